"""Why a state lasts for a player or does not, under the five concepts: made on demand, in the case's own names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.compile.stability import Compared
from detente.engines.stability import Concept, Players, Reply, StabilityModel, certify
from detente.registry.stability_concepts import Sought
from detente.registry.stability_model import Bools, Graph, Report
from detente.registry.stability_views import view_of

ORDER = (Concept.NASH, Concept.SEQ, Concept.SMR, Concept.SIM, Concept.GMR)
"""Reasons are given under the first of these concepts under which a state is stable."""


def why_entry(graph: Graph, rows: Mapping[str, Bools], sought: Sought, codes: Iterable[int]) -> Report:
    """Return, per state and player, what keeps it there or where it could go."""
    wanted = [concept for concept in ORDER if concept in sought.plain]
    return {
        graph.trace.state(code): {
            name: _reason(graph, rows, sought, at, code, wanted) for at, name in enumerate(graph.names)
        }
        for code in (codes if wanted else ())
    }


def _reason(
    graph: Graph, rows: Mapping[str, Bools], sought: Sought, at: int, code: int, wanted: Sequence[Concept]
) -> Report:
    view = view_of(graph, graph.players[at])
    if view is not None and not view.model.occurring()[code]:
        return {"kind": "unseen", "concept": None}
    model, compared = (graph.model, graph.trace.compared) if view is None else (view.model, view.compared)
    concept = next((one for one in wanted if rows[one.value][at][code]), wanted[-1])
    reason = reason_of(graph, model, sought.reply, concept, graph.players, at, code)
    if "improvement" in reason:
        there = graph.trace.code(reason["improvement"])
        reason["unknown"] = any(
            pairs_up(compared[party], code, there) for party in graph.ids(graph.players[at]) if party in compared
        )
    return reason


def pairs_up(compared: Compared, one: int, other: int) -> bool:
    """Return whether it is unknown how two states compare for a party."""
    return any(
        bool((first[one] and second[other]) or (first[other] and second[one])) for first, second in compared.unknown
    )


def reason_of(
    graph: Graph, model: StabilityModel, reply: Reply, concept: Concept, players: Players, at: int, code: int
) -> Report:
    """Return one player's certificate in a state as a report has it.

    `kind` is `none` without any improvement, `deterred` where each is deterred, `open` where one is not.
    """
    found = certify(model, state=code, player=at, concept=concept, reply=reply, players=players)
    word = graph.trace.state
    if found.undeterred:
        entry = {"kind": "open", "improvement": word(found.undeterred[0]), "replies": []}
        return {"concept": concept.value, "improvements": len(found.undeterred) + len(found.deterred), **entry}
    if not found.deterred:
        return {"concept": concept.value, "kind": "none", "improvements": 0}
    first = found.deterred[0]
    return {
        "concept": concept.value,
        "kind": "deterred",
        "improvements": len(found.deterred),
        "improvement": word(first.improvement),
        "replies": [{"parties": graph.ids(players[step.player]), "state": word(step.state)} for step in first.replies],
        "sanction": word(first.sanction),
        "all": [{"improvement": word(one.improvement), "sanction": word(one.sanction)} for one in found.deterred],
    }

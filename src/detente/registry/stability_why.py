"""Why a state lasts or does not, how one gets from one to another, and which coalitions would leave: on demand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detente.compile.stability import Compared
from detente.core.errors import CaseError
from detente.engines.stability import (
    Concept,
    Paths,
    Players,
    Reply,
    StabilityModel,
    certify,
    shortest_paths,
    solve_coalitions,
)
from detente.registry.stability_concepts import Sought
from detente.registry.stability_model import Bools, Graph, Report
from detente.registry.stability_views import view_of

ORDER = (Concept.NASH, Concept.SEQ, Concept.SMR, Concept.SIM, Concept.GMR)
"""Reasons are given under the first of these concepts under which a state is stable."""

MOST_PATHS = 8


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


def path_entry(
    graph: Graph, start: int | None, target: int | None, equilibria: Mapping[str, NDArray[np.int64]]
) -> Report:
    """Return the shortest paths between two states; without a target, how far each equilibrium is."""
    word = graph.trace.state
    if start is None:
        return {
            "from": None,
            "to": None if target is None else word(target),
            "finding": "no state is marked as today's",
        }
    if target is not None:
        return {"from": word(start), "to": word(target), **_both_ways(graph, start, target)}
    ends = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *equilibria.values()]))[:MOST_PATHS]
    return {
        "from": word(start),
        "to": None,
        "reached": [{"to": word(int(end)), **_both_ways(graph, start, int(end))} for end in ends if int(end) != start],
    }


def _both_ways(graph: Graph, start: int, target: int) -> Report:
    return {
        key: _paths(
            graph,
            shortest_paths(
                graph.model, start=start, target=target, improvements_only=only, players=graph.players, most=MOST_PATHS
            ),
        )
        for key, only in (("by_improvements", True), ("by_any_moves", False))
    }


def _paths(graph: Graph, found: Paths) -> Report:
    return {
        "steps": found.steps,
        "sacrifices": found.sacrifices,
        "count": found.count,
        "listed": [
            [
                {
                    "parties": graph.ids(graph.players[step.player]),
                    "state": graph.trace.state(step.state),
                    "sacrifice": step.sacrifice,
                }
                for step in path
            ]
            for path in found.listed
        ],
    }


def coalition_entry(graph: Graph, sought: Sought, asked: Sequence[int], codes: Sequence[int] | None) -> Report:
    """Return the states that hold against every coalition, and which coalitions would leave the listed ones.

    Parameters
    ----------
    graph : Graph
        The compiled model; each coalition judges by the game that it sees.
    sought : Sought
        Of its words, those of the five concepts count.
    asked : sequence of int
        The states for which is said who would leave them.
    codes : sequence of int, optional
        All states, where they are few enough to list stability.

    Raises
    ------
    CaseError
        If none of the five concepts is sought.
    """
    concepts = sought.plain
    if not concepts:
        raise CaseError(
            where="--coalitions", what="none of the concepts is defined for coalitions", got=sought.words[0],
            allowed="nash, gmr, smr, seq and sim are", hint="Add one of them with --concept, or leave --coalitions out",
        )  # fmt: skip
    everyone = range(graph.model.parties)
    seeing = [at for at, party in enumerate(graph.trace.parties) if party in graph.trace.views]
    parts = (part for size in range(len(seeing)) for part in combinations(seeing, size + 1))
    views = {part: view.model for part in parts if (view := view_of(graph, part)) is not None}
    found = solve_coalitions(graph.model, concepts=concepts, reply=sought.reply, views=views)
    word = graph.trace.state
    concept = next(one for one in ORDER if one in concepts)
    leaving: Report = {}
    for code in dict.fromkeys(asked):
        for row, part in enumerate(found.coalitions):
            if len(part) > 1 and not found.stability[concept][row][code]:
                rest = tuple((one,) for one in everyone if one not in part)
                game = views.get(part, graph.model)
                reason = reason_of(graph, game, sought.reply, concept, (part, *rest), 0, code)
                leaving.setdefault(word(code), []).append({"parties": graph.ids(part), "to": reason["improvement"]})
    return {
        "equilibria": {one.value: [word(int(code)) for code in found.equilibria[one]] for one in concepts},
        "stability": None
        if codes is None
        else {
            one.value: {
                "+".join(graph.ids(part)): "".join("1" if held[code] else "0" for code in codes)
                for part, held in zip(found.coalitions, found.stability[one], strict=True)
            }
            for one in concepts
        },
        "leaving": {"concept": concept.value, "states": leaving},
    }

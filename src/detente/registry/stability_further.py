"""Why a state lasts for a party or does not, under the concepts beside the five: reasons in the case's own names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.compile.stability import Compared
from detente.engines.stability import (
    Certificate,
    Concept,
    Outlook,
    RelatedReasons,
    StabilityModel,
    Variant,
    outlooks,
)
from detente.registry.stability_concepts import LIMITED, NON_MYOPIC, Sought, relations_of
from detente.registry.stability_model import Graph, Report
from detente.registry.stability_views import view_of
from detente.registry.stability_why import pairs_up

STRONG = "strong"


def further_entry(graph: Graph, sought: Sought, codes: Iterable[int]) -> Report:
    """Return, per word of a further concept, state and party, what keeps the party there or where it would go.

    Parameters
    ----------
    graph : Graph
        The compiled model; each party judges by the game that it sees.
    sought : Sought
        Of its words, those beside the five concepts count.
    codes : iterable of int
        The states for which reasons are wanted.
    """
    asked = list(codes)
    answer: Report = {word: {graph.trace.state(code): {} for code in asked} for word in sought.wider}
    related = [word for word in sought.wider if word not in (LIMITED, NON_MYOPIC)]
    for party in range(graph.model.parties):
        view = view_of(graph, (party,))
        model, compared = (graph.model, graph.trace.compared) if view is None else (view.model, view.compared)
        name, seen = graph.trace.parties[party], model.occurring()
        reasons = RelatedReasons(model, relations_of(graph, model, compared)) if related else None
        mine = compared.get(name, Compared())
        here = [code for code in asked if seen[code]]
        for word in sought.wider:
            said: Mapping[int, Report]
            if reasons is not None and word in related:
                said = {code: _related(graph, reasons, mine, word, party, code) for code in here}
            else:
                said = _far(graph, model, sought.horizon if word == LIMITED else None, party, here)
            for code in asked:
                answer[word][graph.trace.state(code)][name] = said.get(code, {"kind": "unseen"})
    return answer


def _related(graph: Graph, reasons: RelatedReasons, mine: Compared, word: str, party: int, code: int) -> Report:
    """Return a reason under a variant or under strong stability."""
    base, *rest = word.split("-")
    variant = next((Variant(one) for one in rest if one != STRONG), Variant.A)
    found = reasons.certify(state=code, party=party, concept=Concept(base), variant=variant, strongly=STRONG in rest)
    return _entry(graph, found, mine)


def _entry(graph: Graph, found: Certificate, mine: Compared) -> Report:
    word = graph.trace.state
    count = len(found.deterred) + len(found.undeterred)
    if not count:
        return {"kind": "none", "improvements": 0}
    if found.undeterred:
        there = found.undeterred[0]
        unknown = pairs_up(mine, found.state, there)
        return {"kind": "open", "improvements": count, "improvement": word(there), "unknown": unknown, "replies": []}
    first = found.deterred[0]
    return {
        "kind": "deterred",
        "improvements": count,
        "improvement": word(first.improvement),
        "unknown": pairs_up(mine, found.state, first.improvement),
        "replies": [
            {"parties": [graph.trace.parties[step.player]], "state": word(step.state)} for step in first.replies
        ],
        "sanction": word(first.sanction),
        "sanction_unknown": pairs_up(mine, found.state, first.sanction),
        "all": [{"improvement": word(one.improvement), "sanction": word(one.sanction)} for one in found.deterred],
    }


def _far(
    graph: Graph, model: StabilityModel, horizon: int | None, party: int, codes: Sequence[int]
) -> Mapping[int, Report]:
    """Return reasons of a party that looks ahead, by state."""
    found = outlooks(model, states=codes, moves=horizon)
    return {one.state: _outlook(graph, one) for one in found if one.party == party}


def _outlook(graph: Graph, one: Outlook) -> Report:
    word = graph.trace.state
    if one.leaves is not None:
        first, end = one.leaves
        return {"kind": "open", "moves": one.moves, "move": word(first), "ends": [word(end)]}
    if not one.improvements:
        return {"kind": "none", "improvements": 0}
    first, ends = one.improvements[0]
    return {
        "kind": "deterred",
        "moves": one.moves,
        "improvements": len(one.improvements),
        "move": word(first),
        "ends": [word(end) for end in ends],
    }

"""Each party's own game where it sees another one: what would last there, and what would surprise it.

A first-level hypergame: every player judges by the game that it sees. In a state that it does not see it stays,
since it knows of no move. A state lasts where every player, so judging, stays; it surprises a player that does not
see it, or in whose own game another player would have left it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.engines.stability import Concept, Findings, Reply, StabilityModel, solve
from detente.registry.stability_model import Bools, Graph, Report

MOST_LISTED = 4096


def view_of(graph: Graph, part: tuple[int, ...]) -> StabilityModel | None:
    """Return the game that a player sees, or None if it is the whole one; a coalition sees what any member sees."""
    views = [graph.trace.views.get(party) for party in graph.ids(part)]
    seen = [view for view in views if view is not None]
    if not seen or (len(seen) < len(views)):
        return None
    if len(seen) == 1:
        return seen[0]
    together: Bools = np.logical_or.reduce([view.occurring() for view in seen])
    return replace(graph.model, feasible=together)


def judged_by_views(graph: Graph, found: Findings, reply: Reply) -> dict[Concept, Bools]:
    """Return stability with each player judging by the game that it sees."""
    rows = {concept: np.array(held, dtype=np.bool_) for concept, held in found.stability.items()}
    for at, part in enumerate(graph.players):
        view = view_of(graph, part)
        if view is not None:
            own = solve(view, concepts=tuple(rows), reply=reply, players=graph.players)
            unseen = ~view.occurring() & graph.model.occurring()
            for concept, held in rows.items():
                held[at] = own.stability[concept][at] | unseen
    return rows


def views_entry(
    graph: Graph, equilibria: Mapping[Concept, NDArray[np.int64]], concepts: Sequence[Concept], reply: Reply
) -> Report:
    """Return each player's own game where it differs, and the lasting states that would surprise it."""
    answer: Report = {}
    for name, part in zip(graph.names, graph.players, strict=True):
        view = view_of(graph, part)
        if view is None:
            continue
        own = solve(view, concepts=concepts, reply=reply, players=graph.players)
        seen = view.occurring()
        answer[name] = {
            "count": int(seen.sum()),
            "equilibria": {
                concept.value: [graph.trace.state(int(code)) for code in own.equilibria[concept][:MOST_LISTED]]
                for concept in concepts
            },
            "surprised": {
                concept.value: [
                    entry
                    for code in states[:MOST_LISTED]
                    if (entry := _surprise(graph, own, seen, concept, int(code))) is not None
                ]
                for concept, states in equilibria.items()
            },
        }
    return answer


def _surprise(graph: Graph, own: Findings, seen: Bools, concept: Concept, code: int) -> Report | None:
    if not seen[code]:
        return {"state": graph.trace.state(code), "seen": False, "expected_to_move": []}
    leaving = [name for at, name in enumerate(graph.names) if not own.stability[concept][at][code]]
    return {"state": graph.trace.state(code), "seen": True, "expected_to_move": leaving} if leaving else None

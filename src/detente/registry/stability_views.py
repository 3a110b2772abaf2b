"""Each party's own game where it sees another one: what would last there, and what would surprise it.

A first-level hypergame: every player judges by the game that it sees. In a state that it does not see it stays,
since it knows of no move. A state lasts where every player, so judging, stays. It surprises a player that does not
see it, or in whose own game another player would have left it; and a player is surprised the other way round by moves
from a state that would last in its own game only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.compile.stability import Compared
from detente.engines.stability import StabilityModel
from detente.registry.stability_concepts import Sought, solved
from detente.registry.stability_model import Bools, Graph, Report

MOST_LISTED = 4096


@dataclass(frozen=True, slots=True)
class View:
    """The game that a player sees, where it is not the whole one, and what it sees as unknown or strong in it."""

    model: StabilityModel
    compared: Mapping[str, Compared]


def view_of(graph: Graph, part: Sequence[int]) -> View | None:
    """Return the game that a player sees, or None if it is the whole one.

    Members of a coalition tell each other what they know: it sees each state that one of them sees, and a ranking as
    they see it where all see it alike, else as it is.
    """
    trace = graph.trace
    parties = graph.ids(tuple(part))
    if not all(party in trace.views for party in parties):
        return None  # a member sees the whole game
    views = [trace.views[party] for party in parties]
    compared = [trace.view_compared.get(party, trace.compared) for party in parties]
    if len(parties) == 1:
        return View(views[0], compared[0])
    seen: Bools = np.logical_or.reduce([view.occurring() for view in views])
    ranks, shared = graph.model.ranks.copy(), dict(trace.compared)
    for row, party in enumerate(trace.parties):
        orders = [np.unique(view.ranks[row, seen], return_inverse=True)[1] for view in views]
        if all(np.array_equal(orders[0], other) for other in orders[1:]) and all(
            _same(compared[0].get(party, Compared()), other.get(party, Compared())) for other in compared[1:]
        ):
            ranks[row] = views[0].ranks[row]
            shared[party] = compared[0].get(party, Compared())
    return View(replace(graph.model, feasible=seen, ranks=ranks), shared)


def _same(one: Compared, other: Compared) -> bool:
    """Return whether two parties take the same comparisons for unknown and for strong."""
    for kind in ("unknown", "strong"):
        first, second = getattr(one, kind), getattr(other, kind)
        if len(first) != len(second):
            return False
        for pair, its_like in zip(first, second, strict=True):
            if not all(np.array_equal(side, like) for side, like in zip(pair, its_like, strict=True)):
                return False
    return True


def judged_by_views(graph: Graph, found: Mapping[str, Bools], sought: Sought) -> dict[str, Bools]:
    """Return stability with each player judging by the game that it sees."""
    rows = {word: np.array(held, dtype=np.bool_) for word, held in found.items()}
    for at, part in enumerate(graph.players):
        view = view_of(graph, part)
        if view is not None:
            own = solved(graph, view.model, view.compared, sought)
            unseen = ~view.model.occurring() & graph.model.occurring()
            for word, held in rows.items():
                held[at] = own[word][at] | unseen
    return rows


def views_entry(graph: Graph, rows: Mapping[str, Bools], sought: Sought) -> Report:
    """Return each player's own game where it differs, and by which states and moves it would be surprised.

    Parameters
    ----------
    graph : Graph
        The compiled model.
    rows : mapping of word to (players, states) bool
        Stability with each player judging by its own game.
    sought : Sought
        The words.
    """
    occurring = graph.model.occurring()
    lasting = {word: held.all(axis=0) & occurring for word, held in rows.items()}
    answer: Report = {}
    for name, part in zip(graph.names, graph.players, strict=True):
        view = view_of(graph, part)
        if view is None:
            continue
        own = solved(graph, view.model, view.compared, sought)
        seen = view.model.occurring()
        answer[name] = {
            "count": int(seen.sum()),
            "takes_otherwise": [
                party
                for row, party in enumerate(graph.trace.parties)
                if not _ranks_alike(graph.model, view.model, row)
                or not _same(graph.trace.compared.get(party, Compared()), view.compared.get(party, Compared()))
            ],
            "equilibria": {
                word: [graph.trace.state(int(code)) for code in np.flatnonzero(held.all(axis=0) & seen)[:MOST_LISTED]]
                for word, held in own.items()
            },
            "lasts_only_there": {
                word: [
                    {
                        "state": graph.trace.state(int(code)),
                        "leaving": [who for row, who in enumerate(graph.names) if not rows[word][row][code]],
                    }
                    for code in np.flatnonzero(held.all(axis=0) & seen & ~lasting[word])[:MOST_LISTED]
                ]
                for word, held in own.items()
            },
            "surprised": {
                word: [
                    entry
                    for code in np.flatnonzero(states)[:MOST_LISTED]
                    if (entry := _surprise(graph, own[word], seen, int(code))) is not None
                ]
                for word, states in lasting.items()
            },
        }
    return answer


def _ranks_alike(whole: StabilityModel, view: StabilityModel, row: int) -> bool:
    """Return whether a party's ranking of the states that are seen is the same in a view."""
    seen = view.occurring()
    one, other = (np.unique(game.ranks[row, seen], return_inverse=True)[1] for game in (whole, view))
    return bool(np.array_equal(one, other))


def _surprise(graph: Graph, own: Bools, seen: Bools, code: int) -> Report | None:
    if not seen[code]:
        return {"state": graph.trace.state(code), "seen": False, "expected_to_move": []}
    leaving = [name for at, name in enumerate(graph.names) if not own[at][code]]
    return {"state": graph.trace.state(code), "seen": True, "expected_to_move": leaving} if leaving else None

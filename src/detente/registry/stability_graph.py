"""The graph of states and moves as a report has it: every state while they are few, kinds of state where they are many.

States that every party ranks alike and that hold under the same concepts are one node then. Where even these are too
many, the nodes are today's state, those on the path and the kinds of equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detente.engines.stability import Moves
from detente.registry.stability_model import Graph, Report

MOST_NODES = 24
MOST_STATES = 4096


def graph_entry(graph: Graph, equilibria: Mapping[str, NDArray[np.int64]], path: Sequence[int] = ()) -> Report | None:
    """Return nodes and moves, or None where there are too many states to group.

    Parameters
    ----------
    graph : Graph
        The compiled model.
    equilibria : mapping
        Per concept, the codes of its equilibria.
    path : sequence of int
        The states of a path that is to be seen, from its start.
    """
    codes = np.flatnonzero(graph.model.occurring())
    if codes.size > MOST_STATES:
        return None
    stable = np.stack([np.isin(codes, states) for states in equilibria.values()])
    place = _places(graph, codes, stable, apart=codes.size > MOST_NODES, keep=path)
    members = [codes[place == node] for node in range(int(place.max()) + 1)]
    on_path = frozenset(path)
    if len(members) > MOST_NODES:
        wanted = [
            bool(stable[:, place == node].any() or graph.trace.today in one or on_path.intersection(one.tolist()))
            for node, one in enumerate(members)
        ]
        kept = [node for node, keep in enumerate(wanted) if keep][:MOST_NODES]
    else:
        kept = list(range(len(members)))
    at = {int(code): kept.index(node) for node, one in enumerate(members) if node in kept for code in one}
    nodes = []
    for node in kept:
        first = int(np.flatnonzero(place == node)[0])
        nodes.append(
            {
                "states": [graph.trace.state(int(code)) for code in members[node][:MOST_NODES]],
                "count": int(members[node].size),
                "concepts": [concept for concept, held in zip(equilibria, stable, strict=True) if held[first]],
                "today": graph.trace.today is not None and bool((members[node] == graph.trace.today).any()),
            }
        )
    steps = {(at[one], at[other]) for one, other in pairwise(path) if one in at and other in at}
    return {
        "grouped": codes.size > MOST_NODES,
        "left_out": len(members) - len(kept),
        "nodes": nodes,
        "moves": _moves(graph, at, steps),
    }


def _places(
    graph: Graph, codes: NDArray[np.int64], stable: NDArray[np.bool_], *, apart: bool, keep: Sequence[int]
) -> NDArray[np.int64]:
    """Return the node of each state."""
    if not apart:
        return np.arange(codes.size, dtype=np.int64)
    alone = np.isin(codes, [*keep, *([] if graph.trace.today is None else [graph.trace.today])])
    keys = np.vstack([stable.astype(np.int64), graph.model.ranks[:, codes], np.where(alone, codes + 1, 0)])
    _, first, inverse = np.unique(keys, axis=1, return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))  # nodes in the order of their first state
    found: NDArray[np.int64] = order[inverse.reshape(-1)].astype(np.int64)
    return found


def _moves(graph: Graph, at: Mapping[int, int], steps: Iterable[tuple[int, int]]) -> list[Report]:
    """Return the moves between nodes, each once per player; an improvement if it is one from some state of the node."""
    moves = Moves(graph.model, graph.players)
    found: dict[tuple[int, int, int], bool] = {}
    for player in range(len(graph.players)):
        for code, node in at.items():
            better = frozenset(moves.improvements(player, code).tolist())
            for target in moves.reach(player, code).tolist():
                if target in at and at[target] != node:
                    key = (player, node, at[target])
                    found[key] = found.get(key, False) or target in better
    on_path = frozenset(steps)
    return [
        {
            "player": graph.names[player],
            "from": node,
            "to": target,
            "improvement": better,
            "on_path": (node, target) in on_path,
        }
        for (player, node, target), better in sorted(found.items())
    ]

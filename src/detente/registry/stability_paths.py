"""How one gets from one state to another: by improvements only, or naming the moves without a gain."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from detente.engines.stability import Paths, shortest_paths
from detente.registry.stability_model import Graph, Report

MOST_PATHS = 8


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

"""How to get from one state to another: shortest sequences of moves in which nobody moves twice in a row.

By improvements only, or by any moves; then a step after which its mover is not strictly
better off than before it is a *sacrifice*, and of the shortest sequences those with the
fewest sacrifices count.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from detente.engines.stability.certificates import check_state
from detente.engines.stability.model import Players, StabilityModel, check_players, single_parties
from detente.engines.stability.moves import Moves, parts_of
from detente.maths.compiled import Int64Array

FAR = np.int32(1 << 30)


@dataclass(frozen=True, slots=True)
class PathStep:
    """One move on a path."""

    player: int
    state: int  # in which it ends
    sacrifice: bool  # not every member of the player is strictly better off than before it


Path = tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest paths from a state to another.

    Attributes
    ----------
    steps : int or None
        Number of moves; None when the target cannot be reached, 0 when one is there.
    sacrifices : int
        The fewest on a path of that length.
    count : int
        How many paths there are with so many steps and sacrifices.
    listed : tuple of Path
        As many of them as were asked for, sorted by the states' codes.
    """

    steps: int | None
    sacrifices: int
    count: int
    listed: tuple[Path, ...]


def shortest_paths(
    model: StabilityModel,
    *,
    start: int,
    target: int,
    improvements_only: bool = True,
    players: Players | None = None,
    most: int = 8,
) -> Paths:
    """Return the shortest paths between two states.

    Parameters
    ----------
    model : StabilityModel
        Who may do what, and the rankings.
    start, target : int
        Codes of states that can occur.
    improvements_only : bool
        Whether every step must be an improvement for its mover.
    players : tuple of tuples of int, optional
        Parties that move together; each for itself when absent.
    most : int
        How many paths to write out.

    Raises
    ------
    ModelError
        If a state cannot occur, or players are no partition.
    """
    where = "stability.shortest_paths"
    parts = single_parties(model) if players is None else players
    check_players(model, parts, where)
    check_state(model, start, where)
    check_state(model, target, where)
    if start == target:
        return Paths(0, 0, 1, ((),))
    count = len(parts)
    frozen, feasible = model.frozen(), model.occurring()
    subsets = [parts_of(model.mask(part)) for part in parts]
    steps = np.full((count, model.states), FAR, dtype=np.int32)  # by who moved last
    given = np.full((count, model.states), FAR, dtype=np.int32)  # sacrifices
    frontier = [np.array([start], dtype=np.int64)] * count
    length = 0
    while any(f.size for f in frontier):
        length += 1
        reached: list[list[Int64Array]] = [[] for _ in parts]
        for k, part in enumerate(parts):
            # at the start nobody has moved, so everybody's frontier is the same and one of them is enough
            before = [(-1, frontier[0])] if length == 1 else [(j, frontier[j]) for j in range(count) if j != k]
            for j, here in before:
                cost = np.zeros(here.size, dtype=np.int32) if j < 0 else given[j, here]
                for subset in subsets[k]:
                    open_here = (frozen[here] & subset) == 0
                    source, spent = here[open_here], cost[open_here]
                    there = source ^ subset
                    better = (model.ranks[list(part)][:, there] > model.ranks[list(part)][:, source]).all(axis=0)
                    keep = feasible[there] & (steps[k, there] >= length)
                    if improvements_only:
                        keep &= better
                    there, total = there[keep], (spent + ~better)[keep]
                    new = there[steps[k, there] == FAR]
                    steps[k, new] = length
                    given[k, there] = np.minimum(given[k, there], total)  # from one source set, targets are distinct
                    reached[k].append(new)
        if (steps[:, target] == length).any():
            break
        frontier = [np.concatenate(r) if r else np.empty(0, dtype=np.int64) for r in reached]
    else:
        return Paths(None, 0, 0, ())
    fewest = int(given[steps[:, target] == length, target].min())
    moves = Moves(model, parts)

    @cache
    def into(player: int, state: int, left: int, spent: int) -> tuple[tuple[int, int, int], ...]:
        """Return (who moved before, from where, what had been given up until then), for a step that ends a path."""
        found = []
        stop = [(-1, start)] if left == 1 else None
        for subset in subsets[player].tolist():
            source = state ^ subset
            if not feasible[source] or frozen[source] & subset or (stop and source != start):
                continue
            better = bool(moves.better(player, source, np.array([state]))[0])
            if improvements_only and not better:
                continue
            owed = spent - (not better)
            if stop:
                found += [(-1, start, 0)] if owed == 0 else []
            else:
                found += [
                    (j, source, owed)
                    for j in range(count)
                    if j != player and steps[j, source] == left - 1 and given[j, source] == owed
                ]
        return tuple(sorted(found, key=lambda item: (item[1], item[0])))

    @cache
    def number(player: int, state: int, left: int, spent: int) -> int:
        if left == 0:
            return 1
        return sum(number(j, source, left - 1, owed) for j, source, owed in into(player, state, left, spent))

    def written(player: int, state: int, left: int, spent: int) -> list[Path]:
        if left == 0:
            return [()]
        paths: list[Path] = []
        for j, source, owed in into(player, state, left, spent):
            step = PathStep(player, state, owed != spent)
            paths += [(*path, step) for path in written(j, source, left - 1, owed)]
            if len(paths) >= most:
                break
        return paths[:most]

    last = [k for k in range(count) if steps[k, target] == length and given[k, target] == fewest]
    listed = [path for k in last for path in written(k, target, length, fewest)]
    listed.sort(key=lambda path: [(step.state, step.player) for step in path])
    return Paths(length, fewest, sum(number(k, target, length, fewest) for k in last), tuple(listed[:most]))

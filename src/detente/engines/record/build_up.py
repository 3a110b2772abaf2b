"""Steps of a build-up, added up: one line per party and kind, and never one kind set off against another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.engines.record.model import Ints, Moves


@dataclass(frozen=True, slots=True)
class BuildUp:
    """How many steps of one kind a party had taken by a day.

    Attributes
    ----------
    actor, kind : int
        Whose steps, and of which kind.
    row : array of int64
        The caller's numbers of the steps, in order of time.
    day : array of int64
        Days on which a count changes.
    sure, possible : array of int64
        Steps that had been taken by the end of that day for certain, and those that may have been.
    """

    actor: int
    kind: int
    row: Ints
    day: Ints
    sure: Ints
    possible: Ints


def build_up(moves: Moves) -> tuple[BuildUp, ...]:
    """Return the counts of each party and kind; a count of steps says nothing of their size.

    Examples
    --------
    >>> import numpy as np
    >>> columns = (np.array([3, 5]), np.array([3, 9]), np.array([0, 0]), np.array([0, 0]), np.array([0, 1]))
    >>> (one,) = build_up(Moves(*columns))
    >>> one.day.tolist(), one.sure.tolist(), one.possible.tolist()
    ([3, 5, 9], [1, 1, 2], [1, 2, 2])
    """
    found = []
    for actor, kind in sorted(set(zip(moves.actor.tolist(), moves.kind.tolist(), strict=True))):
        own = np.flatnonzero((moves.actor == actor) & (moves.kind == kind))
        own = own[np.lexsort((moves.row[own], moves.last[own], moves.first[own]))]
        first, last = np.sort(moves.first[own]), np.sort(moves.last[own])
        day = np.unique(np.concatenate((first, last)))
        found.append(
            BuildUp(
                actor=actor,
                kind=kind,
                row=moves.row[own],
                day=day,
                sure=np.searchsorted(last, day, side="right"),
                possible=np.searchsorted(first, day, side="right"),
            )
        )
    return tuple(found)

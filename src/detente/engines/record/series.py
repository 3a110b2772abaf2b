"""Counts and sums of one party's acts towards another, period by period, between bounds where a day is not known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.core.errors import ModelError
from detente.engines.record.model import EventRecord, Floats, Ints, Sign


@dataclass(frozen=True, slots=True)
class Series:
    """One ordered pair's acts by period.

    The first row of each table counts what lies in a period for certain, the second what may lie in it; they are the
    same where every act's time falls into one period.

    Attributes
    ----------
    conflict_acts, cooperation_acts, neutral_acts : array of int64, shape (2, periods)
        How many acts there are.
    conflict, cooperation : array of int64, shape (2, periods)
        Sums of the scale's values without their sign, in steps; never set off against each other.
    net : array of float64, shape (periods,)
        Sum of the values with their sign, in steps; an act of several possible days is spread over them evenly.
    """

    conflict_acts: Ints
    cooperation_acts: Ints
    neutral_acts: Ints
    conflict: Ints
    cooperation: Ints
    net: Floats


def series(acts: EventRecord, edges: Ints) -> Series:
    """Return the series of some acts.

    Parameters
    ----------
    acts : EventRecord
        The acts of one ordered pair.
    edges : array of int64
        First day of each period, ascending, and the day after the last period.

    Raises
    ------
    ModelError
        If the periods do not cover every act.

    Examples
    --------
    >>> import numpy as np
    >>> def column(*numbers):
    ...     return np.array(numbers)
    >>> acts = EventRecord(
    ...     first=column(0, 6),
    ...     last=column(0, 7),
    ...     actor=column(0, 0),
    ...     target=column(1, 1),
    ...     value=column(-2000, 4000),
    ...     row=column(0, 1),
    ...     parties=2,
    ...     start=0,
    ...     end=13,
    ... )
    >>> found = series(acts, column(0, 7, 14))
    >>> found.cooperation_acts.tolist()  # the second act may lie in either week
    [[0, 0], [1, 1]]
    >>> found.net.tolist()
    [0.0, 2000.0]
    """
    edges = np.asarray(edges, dtype=np.int64)
    if len(edges) < 2 or (np.diff(edges) <= 0).any():
        raise ModelError(
            where="record.series",
            what="the periods make no row",
            got=edges.tolist()[:6],
            allowed="Edges ascend, and there are two at least",
            hint="Pass the first day of each period and the day after the last",
        )
    if len(acts.first) and (acts.first.min() < edges[0] or acts.last.max() >= edges[-1]):
        raise ModelError(
            where="record.series",
            what="an act lies outside the periods",
            got=(int(acts.first.min()), int(acts.last.max())),
            allowed=f"The periods cover the days {edges[0]} to {edges[-1] - 1}",
            hint="Pass periods that cover the record",
        )
    periods = len(edges) - 1
    begins = np.searchsorted(edges, acts.first, side="right") - 1
    ends = np.searchsorted(edges, acts.last, side="right") - 1
    spans = ends - begins + 1
    act = np.repeat(np.arange(len(begins)), spans)
    period = np.repeat(begins - np.concatenate(([0], np.cumsum(spans)[:-1])), spans) + np.arange(len(act))
    sure = spans[act] == 1

    def bounds(chosen: NDArray[np.bool_], weights: Ints) -> Ints:
        table = np.zeros((2, periods), dtype=np.int64)
        for bound, taken in enumerate((chosen[act] & sure, chosen[act])):
            np.add.at(table[bound], period[taken], weights[act[taken]])
        table.setflags(write=False)
        return table

    one, size, sign = np.ones_like(acts.value), np.abs(acts.value), np.sign(acts.value)
    overlap = np.minimum(acts.last[act] + 1, edges[period + 1]) - np.maximum(acts.first[act], edges[period])
    share = overlap / (acts.last - acts.first + 1)[act]
    net = np.bincount(period, weights=acts.value[act] * share, minlength=periods).astype(np.float64)
    net.setflags(write=False)
    return Series(
        conflict_acts=bounds(sign == Sign.CONFLICT, one),
        cooperation_acts=bounds(sign == Sign.COOPERATION, one),
        neutral_acts=bounds(sign == 0, one),
        conflict=bounds(sign == Sign.CONFLICT, size),
        cooperation=bounds(sign == Sign.COOPERATION, size),
        net=net,
    )

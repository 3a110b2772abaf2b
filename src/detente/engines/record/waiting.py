"""How long it takes until the other party acts in kind, acts that wait for it to this day included.

An act of B that follows an act of A is called its next act in kind, not a reaction: whether it was one, the dates do
not say. Acts of the same day have no order; the next act is one of a later day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.engines.record.model import EventRecord, Floats, Ints

NORMAL_95 = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution."""

NONE = -1
"""In place of a lag: no act has followed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The share still without a next act after each lag, by the product-limit estimator.

    Attributes
    ----------
    lag : array of int64
        Lags in days at which acts followed.
    at_risk, followed : array of int64
        How many had waited so long, and for how many an act followed at that lag.
    waiting : array of float64
        Share for which none had followed after that lag.
    error : array of float64
        Its standard error by Greenwood's formula.
    low, high : array of float64
        Pointwise interval of 95 %, on the scale of log(−log); NaN where the share is 0 or 1.
    median : int or None
        First lag at which the share is one half or less; None if it never is.
    median_low, median_high : int or None
        The lags whose interval still holds one half; None at the upper end if it is open.
    """

    lag: Ints
    at_risk: Ints
    followed: Ints
    waiting: Floats
    error: Floats
    low: Floats
    high: Floats
    median: int | None
    median_low: int | None
    median_high: int | None


def waiting(lags: Ints, seen: NDArray[np.bool_]) -> Waiting:
    r"""Return the product-limit estimate of a waiting time.

    .. math:: S(t) = \prod_{t_i \le t} \Bigl(1 - \frac{d_i}{n_i}\Bigr), \qquad
              \widehat{\mathrm{var}}\,S(t) = S(t)^2 \sum_{t_i \le t} \frac{d_i}{n_i (n_i - d_i)}

    with :math:`d_i` of the :math:`n_i` that had waited so long ending at lag :math:`t_i`. Assumes that those whose
    end was not seen would have waited like the others.

    Parameters
    ----------
    lags : array of int64
        Days until the next act, or until the record ends.
    seen : array of bool
        Whether an act followed.

    References
    ----------
    [KaplanMeier1958]_, equation 2b; Greenwood's formula there, equation 2f; the interval of the median is that of
    [BrookmeyerCrowley1982]_ on the log(−log) scale.

    Examples
    --------
    >>> import numpy as np
    >>> found = waiting(np.array([1, 2, 3]), np.array([True, False, True]))
    >>> [round(share, 3) for share in found.waiting.tolist()]
    [0.667, 0.0]
    """
    lags, seen = np.asarray(lags, dtype=np.int64), np.asarray(seen, dtype=bool)
    at, followed = np.unique(lags[seen], return_counts=True)
    at_risk = len(lags) - np.searchsorted(np.sort(lags), at, side="left")
    share: Floats = np.cumprod(1 - followed / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.cumsum(followed / (at_risk * (at_risk - followed)))
        error = np.where(share > 0, share * np.sqrt(spread), 0.0)
        width = NORMAL_95 * np.sqrt(spread) / np.abs(np.log(share))
    open_ended = share <= 0
    with np.errstate(divide="ignore", invalid="ignore"):
        limits = [np.where(open_ended, np.nan, share ** np.exp(side * width)) for side in (1.0, -1.0)]
    low, high = (limit.astype(np.float64) for limit in limits)
    # Where the last of all ended, no spread is left to estimate from: such a lag bounds nothing but closes the curve.
    reached = np.flatnonzero(share <= 0.5)
    low_half, high_half = np.flatnonzero((low <= 0.5) | open_ended), np.flatnonzero(high <= 0.5)
    return Waiting(
        lag=at,
        at_risk=at_risk.astype(np.int64),
        followed=followed.astype(np.int64),
        waiting=share,
        error=error,
        low=low,
        high=high,
        median=int(at[reached[0]]) if len(reached) else None,
        median_low=int(at[low_half[0]]) if len(low_half) else None,
        median_high=int(at[high_half[0]]) if len(high_half) else None,
    )


def next_answers(acts: EventRecord, replies: EventRecord) -> tuple[Ints, Ints]:
    """Return how many days after each act the next one of the other party may have come: at the earliest, the latest.

    Returns
    -------
    earliest, latest : array of int64
        Days; `NONE` where no reply follows. The first counts replies that may have come later than the act, the
        second only those that did for certain, at their last day.
    """
    return (
        _following(acts.first, replies.last, replies.first, smallest=1, since=acts.last),
        _following(acts.last, replies.first, replies.last, smallest=1, since=acts.first),
    )


def _following(after: Ints, ordered_by: Ints, counted: Ints, *, smallest: int, since: Ints) -> Ints:
    """Return the least `counted` of the replies whose `ordered_by` lies after an act, as days since the act."""
    if not len(ordered_by):
        return np.full(len(after), NONE, dtype=np.int64)
    order = np.argsort(ordered_by, kind="stable")
    least = np.minimum.accumulate(counted[order][::-1])[::-1]
    place = np.searchsorted(ordered_by[order], after, side="right")
    found = place < len(order)
    lag = np.maximum(least[np.minimum(place, len(order) - 1)] - since, smallest)
    return np.where(found, lag, NONE)

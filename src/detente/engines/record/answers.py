"""Does an act of one party come more often than by chance after an act of the other? Counts, for sparse records.

It leaves out sizes: whether a reply was as strong as the act. And it knows no cause: where both parties act more at
the same time for a third reason, replies come more often too; `before` shows it, the same share in the days before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.fft import irfft, next_fast_len, rfft

from detente.engines.record.model import EventRecord, Floats, Ints, TooFew
from detente.engines.record.waiting import NONE, Waiting, next_answers, waiting

MINIMUM = 5
"""Fewest acts, and replies. With four, even if each were answered and half of all windows held a reply, chance alone
would do as much once in 16 times: nothing could be told from it."""

FEWEST_WINDOWS = 5
"""How many windows the days covered must hold."""

DRAWS = 1000
"""Resampled records."""

INTERVAL = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number between bounds: replies that fall into the window for certain, and those that may do so."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Answers:
    """How often acts are followed by acts of the other party on the same side of the scale.

    Attributes
    ----------
    acts, replies : int
        Acts of the one, acts of the other.
    same_time : int
        Acts with a reply whose day is the same or overlaps: which came first is not known, and it counts neither way
        unless their order is certain.
    whole : int
        Acts with a whole window of the record after them; the shares are among these.
    too_few : TooFew or None
        Why there are no numbers; they are None then.
    answered : Bounds
        How many of the `whole` acts are followed by a reply within the window.
    share, base, gain : Bounds
        Their share; the share if the acts lay anywhere else on the days covered; and the first minus the second.
    interval : Bounds or None
        Interval of 95 % of the gain; None without draws.
    chance : Bounds
        Share of all displacements in time of the one party's acts with as many answered acts or more.
    before : Bounds or None
        Share of acts with a reply in the window before them, among those with a whole window before; None without.
    kept : int
        Resampled records that held an act, of those drawn.
    earliest, latest : Waiting
        Days until the next act of the other party: at the earliest, and at the latest.
    """

    acts: int
    replies: int
    same_time: int
    whole: int
    too_few: TooFew | None = None
    answered: Bounds | None = None
    share: Bounds | None = None
    base: Bounds | None = None
    gain: Bounds | None = None
    interval: Bounds | None = None
    chance: Bounds | None = None
    before: Bounds | None = None
    kept: int = 0
    earliest: Waiting | None = None
    latest: Waiting | None = None


def answers(
    acts: EventRecord,
    replies: EventRecord,
    *,
    within: int,
    generator: np.random.Generator,
    draws: int = DRAWS,
    minimum: int = MINIMUM,
) -> Answers:
    r"""Return how often acts are followed by replies, against how often they would be at any other time.

    An act on day :math:`a` is answered if a reply falls on one of the days :math:`a+1, \dots, a+k`. With
    :math:`R_d = 1` if one falls on :math:`d+1, \dots, d+k`, and :math:`T` days that have a whole window after them,

    .. math:: \text{gain} = \frac1n \sum_{i=1}^n R_{a_i} - \frac1T \sum_{d=1}^T R_d .

    The second term is the mean of the first over all :math:`T` displacements of the acts along the days, put in a
    ring; `chance` counts the displacements exactly, none is drawn. The interval is that of a circular block
    bootstrap over the days, in blocks of two windows.

    An act or reply of which only an interval of days is known is answered for certain if it is on each of its
    possible days, by replies that fall into the window whole; perhaps, if it may be on one, by one that may.

    Assumes that how thickly the record was kept does not change along the days covered. Both parties' acts may be
    clustered, as the displacement keeps each party's own pattern.

    Parameters
    ----------
    acts, replies : EventRecord
        Acts of one party towards another, and of that one back, on one side of the scale.
    within : int
        Days of the window, :math:`k`.
    generator : numpy.random.Generator
        For the bootstrap.
    draws : int
        Resampled records.
    minimum : int
        Fewest acts with a whole window, and fewest replies, for which anything is said.

    References
    ----------
    [PolitisRomano1992]_ for the circular blocks; the displacement test is a randomisation test in the sense of
    [Edgington1980]_ with all displacements listed.
    """
    ring = acts.days - within
    own = acts.those(acts.last <= acts.end - within)
    n = len(own.first)
    counted = Answers(len(acts.first), len(replies.first), _overlapping(acts, replies), n)
    if acts.days < FEWEST_WINDOWS * within:
        return replace(counted, too_few=TooFew.DAYS)
    if n < minimum:
        return replace(counted, too_few=TooFew.ACTS)
    if len(replies.first) < minimum:
        return replace(counted, too_few=TooFew.REPLIES)
    starts = _block_starts(generator, ring, 2 * within, draws)
    exact = bool((own.first == own.last).all() and (replies.first == replies.last).all())
    sides = [_side(own, replies, within, starts, sure=sure) for sure in ((True,) if exact else (True, False))]
    sure, perhaps = sides[0], sides[-1]
    early, late = next_answers(acts, replies)
    return replace(
        counted,
        answered=Bounds(sure.answered, perhaps.answered),
        share=Bounds(sure.answered / n, perhaps.answered / n),
        base=Bounds(sure.base, perhaps.base),
        gain=_ordered(side.answered / n - side.base for side in sides),
        interval=_envelope([side.gains for side in sides]),
        chance=_ordered(side.chance for side in sides),
        before=_before(acts, replies, within),
        kept=len(sure.gains),
        earliest=_waits(early, acts.end - acts.last),
        latest=_waits(late, acts.end - acts.first),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One bound: answered acts, their share at other times, the chance of as many, and the resampled gains."""

    answered: int
    base: float
    chance: float
    gains: Floats


def _side(own: EventRecord, replies: EventRecord, within: int, starts: Ints, *, sure: bool) -> _Side:
    follows = _windows(replies, within, own.days - within, sure=sure)
    totals, numerator, denominator, base = _displaced(own, follows, sure=sure)
    return _Side(
        answered=int(totals[0]),
        base=int(totals.sum()) / (len(own.first) * len(totals)),
        chance=float((totals >= totals[0]).mean()),
        gains=_resampled(numerator, denominator, base, starts, 2 * within),
    )


def _ordered(values: Iterable[float]) -> Bounds:
    found = sorted(values)
    return Bounds(found[0], found[-1])


def _waits(lags: Ints, seen_until: Ints) -> Waiting:
    seen = lags != NONE
    return waiting(np.where(seen, lags, seen_until), seen)


def _overlapping(acts: EventRecord, replies: EventRecord) -> int:
    begun = np.searchsorted(np.sort(replies.first), acts.last, side="right")
    over = np.searchsorted(np.sort(replies.last), acts.first, side="left")
    return int((begun > over).sum())


def _windows(replies: EventRecord, within: int, days: int, *, sure: bool) -> Ints:
    """Return for each day whether a reply falls into the days after it: surely, or perhaps."""
    first, last = replies.first - replies.start, replies.last - replies.start
    begins, ends = (last - within, first - 1) if sure else (first - within, last - 1)
    return _covered(begins, ends, days)


def _covered(begins: Ints, ends: Ints, days: int) -> Ints:
    """Return which of the days 0 … days − 1 lie in one of the intervals; those that end before they begin are none."""
    begins, ends = np.maximum(begins, 0), np.minimum(ends, days - 1)
    real = begins <= ends
    change = np.bincount(begins[real], minlength=days + 1) - np.bincount(ends[real] + 1, minlength=days + 1)
    return (np.cumsum(change)[:days] > 0).astype(np.int64)


def _displaced(own: EventRecord, follows: Ints, *, sure: bool) -> tuple[Ints, Floats, Floats, Floats]:
    """Return the number of answered acts at each displacement, and per day: answered acts, acts, base rate."""
    ring = len(follows)
    totals = np.zeros(ring, dtype=np.int64)
    numerator, denominator, base = np.zeros(ring), np.zeros(ring), np.zeros(ring)
    lengths = own.last - own.first + 1
    for length in np.unique(lengths):
        begins = own.first[lengths == length] - own.start
        counts = np.bincount(begins, minlength=ring).astype(np.float64)
        spread = sliding_window_view(np.resize(follows, ring + int(length) - 1), int(length))
        answered = (spread.min(axis=1) if sure else spread.max(axis=1)).astype(np.float64)
        totals += _at_each_displacement(counts, answered)
        numerator += counts * answered
        denominator += counts
        base += answered * (len(begins) / len(lengths))
    return totals, numerator, denominator, base


def _at_each_displacement(counts: Floats, answered: Floats) -> Ints:
    """Return the sum of counts where answered, for each displacement along the ring.

    Sums are whole numbers far below what a double holds exactly, so that rounding the transform gives them exactly.
    """
    ring = len(counts)
    room = next_fast_len(2 * ring, real=True)
    twice = rfft(np.concatenate((answered, answered)), room)
    product = irfft(np.conj(rfft(counts, room)) * twice, room)[:ring]
    return np.rint(product).astype(np.int64)


def _block_starts(generator: np.random.Generator, ring: int, length: int, draws: int) -> Ints:
    return generator.integers(0, ring, size=(draws, -(-ring // length)))


def _resampled(numerator: Floats, denominator: Floats, base: Floats, starts: Ints, length: int) -> Floats:
    """Return the gain in each resampled record that holds an act."""
    ring, blocks = len(base), starts.shape[1]
    lengths = np.full(blocks, length)
    lengths[-1] = ring - (blocks - 1) * length

    def summed(column: Floats) -> Floats:
        total = np.concatenate(([0.0], np.cumsum(np.resize(column, ring + length))))
        found: Floats = (total[starts + lengths] - total[starts]).sum(axis=1)
        return found

    acts = np.rint(summed(denominator))
    held = acts > 0
    gains: Floats = summed(numerator)[held] / acts[held] - summed(base)[held] / ring
    return gains


def _envelope(spreads: list[Floats]) -> Bounds | None:
    """Return the least lower and the greatest upper limit of the intervals of both bounds; None without draws."""
    if not all(len(gains) for gains in spreads):
        return None
    limits = np.array([np.quantile(gains, INTERVAL) for gains in spreads])
    return Bounds(float(limits[:, 0].min()), float(limits[:, 1].max()))


def _before(acts: EventRecord, replies: EventRecord, within: int) -> Bounds | None:
    """Return the share of acts with a reply in the window before them."""
    late = acts.those(acts.first >= acts.start + within)
    if not len(late.first):
        return None
    first, last = replies.first - replies.start, replies.last - replies.start
    found = []
    for begins, ends, sure in ((last + 1, first + within, True), (first + 1, last + within, False)):
        preceded = np.concatenate(([0], np.cumsum(_covered(begins, ends, acts.days))))
        held = preceded[late.last - late.start + 1] - preceded[late.first - late.start]
        needed = late.last - late.first + 1 if sure else 1
        found.append(float((held >= needed).mean()))
    return Bounds(*found)

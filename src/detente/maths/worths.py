"""Weights of issues and values of options as particles, and what two of them have between them in a comparison.

A particle is one complete guess: a size for every issue and a level for every option. Within an issue levels are
stretched so that the lowest is worth 0 and the highest 1; the size is then the weight of that swing, up to a common
factor. Sizes and levels are independent of each other before anything is answered. A number that somebody judged
before starts from its PERT law, mixed with a broad one so that answers may leave its bounds; any other starts from the
broad law alone: uniform levels, and exponential sizes, whose shares are uniform on the simplex.

References
----------
[EdwardsBarron1994]_: weights are those of swings over the options at hand; ranks alone give rank-order centroids, the
means of the uniform law on weights in that order. [BarronBarrett1996]_: how good these are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from detente.maths.comparisons import Consistency, log_odds_of_difference, log_odds_of_ratio
from detente.maths.compiled import BoolArray, FloatArray
from detente.maths.pert import pert_density, pert_draws

BROAD = 0.04
"""The share of the broad law in the law of a number that was judged before: small enough to leave its 5% and 95%
quantiles inside its bounds, large enough that a few answers against them outweigh it."""


class Said(IntEnum):
    """An answer; the number is its row in `answer_probabilities`."""

    FIRST = 0
    SECOND = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class Ranges:
    """Judged numbers side by side; where `known` is false the other three count for nothing.

    Attributes
    ----------
    low, mode, high : array of float
        low < high and low <= mode <= high wherever known.
    known : array of bool
    """

    low: FloatArray
    mode: FloatArray
    high: FloatArray
    known: BoolArray


@dataclass(frozen=True, slots=True)
class Start:
    """What is assumed of one party before the first answer.

    Attributes
    ----------
    sizes : Ranges
        One per issue, on any scale.
    mean_size : float
        The mean of the broad law of sizes, on that scale.
    levels : Ranges
        One per option, issue after issue, from 0 to 1.
    issue_of : array of int
        The issue of each option, not decreasing; every issue has at least two.
    """

    sizes: Ranges
    mean_size: float
    levels: Ranges
    issue_of: NDArray[np.int64]

    def span(self, issue: int) -> slice:
        """Return where the options of an issue stand in the arrays of options."""
        first, last = np.searchsorted(self.issue_of, [issue, issue + 1])
        return slice(int(first), int(last))

    def options(self, issue: int) -> range:
        """Return the options of an issue, one by one."""
        span = self.span(issue)
        return range(span.start, span.stop)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question about two sides: of one option each (levels), or of two options of an issue each (what lies between).

    Sides of one option belong to the same issue. The order within a side means nothing.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]

    def key(self) -> frozenset[frozenset[int]]:
        """Return the question without the order of its sides."""
        return frozenset({frozenset(self.first), frozenset(self.second)})


@dataclass(frozen=True, slots=True)
class Particles:
    """Equally probable guesses.

    Attributes
    ----------
    sizes : array of shape (particles, issues)
    levels : array of shape (particles, options)
        As drawn, from 0 to 1.
    values : array of shape (particles, options)
        The levels stretched per issue to 0 and 1.
    """

    sizes: FloatArray
    levels: FloatArray
    values: FloatArray

    def weights(self) -> FloatArray:
        """Return the sizes as shares of their sum."""
        return np.asarray(self.sizes / self.sizes.sum(axis=1, keepdims=True))


def drawn(start: Start, count: int, rng: np.random.Generator) -> Particles:
    """Return particles before any answer."""
    sizes = drawn_sizes(start, slice(None), count, rng)
    levels = drawn_levels(start, slice(None), count, rng)
    values = np.empty_like(levels)
    for issue in range(len(start.sizes.mode)):
        span = start.span(issue)
        values[:, span] = stretched(levels[:, span])
    return Particles(sizes, levels, values)


def stretched(levels: FloatArray) -> FloatArray:
    """Return the levels of one issue's options, one row per particle, with the lowest at 0 and the highest at 1."""
    columns = list(levels.T)  # column by column: there are few, and they are long
    low = reduce(np.minimum, columns)[:, None]
    width = reduce(np.maximum, columns)[:, None] - low
    return np.asarray((levels - low) / np.where(width > 0, width, 1.0))


def log_odds(sizes: FloatArray, values: FloatArray, issue_of: NDArray[np.int64], asked: Comparison,
             consistency: Consistency) -> FloatArray:  # fmt: skip
    """Return the log-odds between the sides of a comparison, one per particle."""
    if len(asked.first) == 1:
        return log_odds_of_difference(values[:, asked.first[0]], values[:, asked.second[0]], consistency)
    first, second = (np.abs(values[:, side[0]] - values[:, side[1]]) for side in (asked.first, asked.second))
    here, there = issue_of[asked.first[0]], issue_of[asked.second[0]]
    if here != there:
        first, second = sizes[:, here] * first, sizes[:, there] * second
    return log_odds_of_ratio(first, second, consistency)


def drawn_sizes(start: Start, which: slice, count: int, rng: np.random.Generator) -> FloatArray:
    """Return sizes of some issues from their starting law, shape (particles, issues)."""
    ranges = _part(start.sizes, which)
    broad = rng.exponential(start.mean_size, size=(count, len(ranges.mode)))
    return _mixed(ranges, broad, count, rng)


def drawn_levels(start: Start, which: slice, count: int, rng: np.random.Generator) -> FloatArray:
    """Return levels of some options from their starting law, shape (particles, options)."""
    ranges = _part(start.levels, which)
    broad = rng.random(size=(count, len(ranges.mode)))
    return _mixed(ranges, broad, count, rng)


def density_of_size(start: Start, issue: int, size: FloatArray) -> FloatArray:
    """Return the starting density of an issue's size at points above 0."""
    broad = np.exp(-size / start.mean_size) / start.mean_size
    return _mixed_density(start.sizes, issue, size, broad)


def density_of_level(start: Start, option: int, level: FloatArray) -> FloatArray:
    """Return the starting density of an option's level at points from 0 to 1."""
    return _mixed_density(start.levels, option, level, np.ones_like(level))


def _part(ranges: Ranges, which: slice) -> Ranges:
    return Ranges(ranges.low[which], ranges.mode[which], ranges.high[which], ranges.known[which])


def _mixed(ranges: Ranges, broad: FloatArray, count: int, rng: np.random.Generator) -> FloatArray:
    known = ranges.known
    if known.any():
        judged = pert_draws(rng, ranges.low[known], ranges.mode[known], ranges.high[known], count)
        is_broad = rng.random(size=judged.shape) < BROAD
        broad[:, known] = np.where(is_broad, broad[:, known], judged)
    return broad


def _mixed_density(ranges: Ranges, at: int, x: FloatArray, broad: FloatArray) -> FloatArray:
    if not ranges.known[at]:
        return broad
    judged = pert_density(x, ranges.low[at], ranges.mode[at], ranges.high[at])
    return np.asarray((1.0 - BROAD) * judged + BROAD * broad)

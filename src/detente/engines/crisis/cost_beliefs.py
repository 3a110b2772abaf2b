r"""What one side believes of the other's cost of fighting: laws with a survival function, a density and quantiles.

A belief is a law F of the other's cost as a share of its stake. An offer that asks the other to bear y less than its
chance of prevailing is accepted iff its cost is at least y, so with chance :math:`S(y) = P(c \ge y)`. Continuous laws
have a density; a weighted sample (two types among them) has atoms, and at an atom y counts as accepted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from scipy.special import betaincc, betaincinv, ndtr, ndtri

from detente.core.errors import ModelError
from detente.maths.compiled import FloatArray
from detente.maths.pert import pert_density, pert_shapes


class CostBelief(Protocol):
    """A law of the other's cost of fighting; costs are not negative, `high` may be infinite."""

    @property
    def low(self) -> float:
        """Return the least cost that is thought possible."""

    @property
    def high(self) -> float:
        """Return the greatest."""

    def survival(self, y: FloatArray) -> FloatArray:
        """Return the chance of a cost of at least y."""

    def quantile(self, place: FloatArray) -> FloatArray:
        """Return the least cost that is exceeded with at most the rest of the chance."""


class SmoothBelief(CostBelief, Protocol):
    """A belief with a density."""

    def density(self, y: FloatArray) -> FloatArray:
        """Return the density, from the right at `low`, 0 outside the bounds."""


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every cost between two bounds is as likely as any other."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse bounds that are not in order."""
        _bounds(self.low, self.high)

    def survival(self, y: FloatArray) -> FloatArray:
        """Return the chance of a cost of at least y."""
        return np.clip((self.high - y) / (self.high - self.low), 0.0, 1.0)

    def density(self, y: FloatArray) -> FloatArray:
        """Return the density."""
        return np.where((y >= self.low) & (y <= self.high), 1.0 / (self.high - self.low), 0.0)

    def quantile(self, place: FloatArray) -> FloatArray:
        """Return costs at given places."""
        return np.asarray(self.low + place * (self.high - self.low))


@dataclass(frozen=True, slots=True)
class Pert:
    """The PERT law of a judged cost: bounds and a most likely value; see `maths/pert.py`."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Refuse numbers that are not in order."""
        _bounds(self.low, self.high)
        if not self.low <= self.mode <= self.high:
            _refuse("the most likely cost is outside its bounds", self.mode, f"{self.low:g} to {self.high:g}")

    def shapes(self) -> tuple[float, float]:
        """Return the exponents of the beta law on [0, 1]."""
        first, second = pert_shapes(*(np.array(one) for one in (self.low, self.mode, self.high)))
        return float(first), float(second)

    def survival(self, y: FloatArray) -> FloatArray:
        """Return the chance of a cost of at least y."""
        place = np.clip((y - self.low) / (self.high - self.low), 0.0, 1.0)
        return np.asarray(betaincc(*self.shapes(), place))

    def density(self, y: FloatArray) -> FloatArray:
        """Return the density."""
        return pert_density(y, np.array(self.low), np.array(self.mode), np.array(self.high))

    def quantile(self, place: FloatArray) -> FloatArray:
        """Return costs at given places."""
        return np.asarray(self.low + (self.high - self.low) * betaincinv(*self.shapes(), place))


@dataclass(frozen=True, slots=True)
class Exponential:
    """Costs from 0 on, ever less likely; `rate` is 1 over the mean."""

    rate: float

    def __post_init__(self) -> None:
        """Refuse a rate that is not positive."""
        if not (math.isfinite(self.rate) and self.rate > 0):
            _refuse("the rate of a belief is not positive", self.rate, "A rate is above 0")

    @property
    def low(self) -> float:
        """Return 0."""
        return 0.0

    @property
    def high(self) -> float:
        """Return infinity."""
        return math.inf

    def survival(self, y: FloatArray) -> FloatArray:
        """Return the chance of a cost of at least y."""
        return np.exp(-self.rate * np.maximum(y, 0.0))

    def density(self, y: FloatArray) -> FloatArray:
        """Return the density."""
        return np.where(y >= 0.0, self.rate * np.exp(-self.rate * np.maximum(y, 0.0)), 0.0)

    def quantile(self, place: FloatArray) -> FloatArray:
        """Return costs at given places."""
        return np.asarray(-np.log1p(-place) / self.rate)


@dataclass(frozen=True, slots=True)
class TruncatedNormal:
    """A normal law of given centre and spread, cut to bounds."""

    centre: float
    spread: float
    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a spread that is not positive and bounds that hold next to none of the law."""
        _bounds(self.low, self.high)
        if not (math.isfinite(self.spread) and self.spread > 0 and math.isfinite(self.centre)):
            _refuse("the spread of a belief is not positive", self.spread, "A spread is above 0")
        if self._mass() < 1e-12:
            _refuse("next to none of the normal law lies within the bounds", self._mass(), "At least 1e-12")

    def _mass(self) -> float:
        return float(ndtr(self._scaled(self.high)) - ndtr(self._scaled(self.low)))

    def _scaled(self, y: float) -> float:
        return (y - self.centre) / self.spread

    def survival(self, y: FloatArray) -> FloatArray:
        """Return the chance of a cost of at least y."""
        above = ndtr(-(np.maximum(y, self.low) - self.centre) / self.spread) - ndtr(-self._scaled(self.high))
        return np.clip(above / self._mass(), 0.0, 1.0)

    def density(self, y: FloatArray) -> FloatArray:
        """Return the density."""
        bell = np.exp(-0.5 * ((y - self.centre) / self.spread) ** 2) / (self.spread * math.sqrt(2.0 * math.pi))
        return np.where((y >= self.low) & (y <= self.high), bell / self._mass(), 0.0)

    def quantile(self, place: FloatArray) -> FloatArray:
        """Return costs at given places."""
        below = ndtr(self._scaled(self.low))
        return np.clip(self.centre + self.spread * ndtri(below + place * self._mass()), self.low, self.high)


@dataclass(frozen=True)
class Weighted:
    """A weighted sample of costs: a posterior in draws, or a few types; equal weights where none are given.

    Examples
    --------
    >>> two_types(0.05, 0.35, 0.6).survival(np.array([0.05, 0.2, 0.36])).tolist()
    [1.0, 0.6, 0.0]
    """

    costs: tuple[float, ...]
    weights: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an empty sample, negative costs and weights without a sum."""
        if not self.costs:
            _refuse("a belief has no costs", 0, "At least one cost")
        if not all(math.isfinite(one) and one >= 0 for one in self.costs):
            _refuse("a cost is out of range", min(self.costs), "A cost is not negative")
        if self.weights and len(self.weights) != len(self.costs):
            _refuse("costs and weights are not as many", len(self.weights), f"{len(self.costs)} weights, or none")
        if self.weights and not (min(self.weights) >= 0 and 0 < sum(self.weights) < math.inf):
            _refuse("weights of a belief are out of range", min(self.weights), "Weights are not negative, one above 0")

    @cached_property
    def atoms(self) -> tuple[FloatArray, FloatArray]:
        """Return the distinct costs of positive weight in rising order, and the chance of at least each."""
        weights = np.array(self.weights or [1.0] * len(self.costs))
        costs, place = np.unique(np.array(self.costs), return_inverse=True)
        total = np.bincount(place.ravel(), weights=weights, minlength=len(costs))
        costs, total = costs[total > 0], total[total > 0]
        above = np.cumsum(total[::-1])[::-1]
        return costs, above / above[0]

    @property
    def low(self) -> float:
        """Return the least cost of the sample."""
        return float(self.atoms[0][0])

    @property
    def high(self) -> float:
        """Return the greatest."""
        return float(self.atoms[0][-1])

    def survival(self, y: FloatArray) -> FloatArray:
        """Return the chance of a cost of at least y."""
        costs, above = self.atoms
        return np.append(above, 0.0)[np.searchsorted(costs, y, side="left")]

    def quantile(self, place: FloatArray) -> FloatArray:
        """Return costs at given places."""
        costs, above = self.atoms
        reached = 1.0 - np.append(above[1:], 0.0)
        return costs[np.minimum(np.searchsorted(reached, place, side="left"), len(costs) - 1)]


def two_types(low: float, high: float, chance_high: float) -> Weighted:
    """Return the belief in two types: a cost that is high with the given chance, else low."""
    if not 0.0 <= chance_high <= 1.0:
        _refuse("a chance is out of range", chance_high, "A chance lies between 0 and 1")
    return Weighted((low, high), (1.0 - chance_high, chance_high))


def judged(low: float, mode: float, high: float) -> CostBelief:
    """Return the belief that a judged cost stands for: its PERT law, or certainty where its bounds are the same."""
    return Pert(low, mode, high) if high > low else Weighted((mode,))


def _bounds(low: float, high: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high) and 0.0 <= low < high):
        _refuse("bounds of a cost are not in order", f"{low:g} to {high:g}", "0 <= low < high")


def _refuse(what: str, got: object, allowed: str) -> None:
    raise ModelError(where="crisis.offers: belief", what=what, got=got, allowed=allowed, hint="Correct it")

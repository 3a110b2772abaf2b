r"""Laws of one private number: what the models of signals need to know of them is the distribution function.

What lies above a threshold contributes :math:`\int_x^{h} v\,dF = h - x F(x) - \int_x^{h} F(v)\,dv` on bounded support,
so no density is ever needed, and atoms do no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.integrate import quad
from scipy.special import betainc

from detente.core.errors import ModelError
from detente.maths.compiled import FloatArray
from detente.maths.pert import STEEPNESS, pert_quantile

NODES = 48
"""Nodes at which a second number is taken when two are added: quantiles by Gauss and Legendre."""


NARROW = 1e-12
"""A range that is no wider stands for a number that is known."""


class Law(Protocol):
    """A law of one number between two bounds."""

    @property
    def low(self) -> float:
        """The least that it can be."""

    @property
    def high(self) -> float:
        """The most that it can be."""

    def below(self, x: float) -> float:
        """Return the probability of at most x."""


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every value between two bounds alike."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse bounds out of order."""
        _ordered(self.low, self.low, self.high)

    def below(self, x: float) -> float:
        """Return the probability of at most x."""
        if x >= self.high:
            return 1.0
        return max((x - self.low) / (self.high - self.low), 0.0) if x > self.low else 0.0


@dataclass(frozen=True, slots=True)
class Mixture:
    """PERT laws with weights that sum to 1: one judged number, or the sum of two."""

    weights: FloatArray
    lows: FloatArray
    modes: FloatArray
    highs: FloatArray

    @classmethod
    def pert(cls, low: float, mode: float, high: float) -> Mixture:
        """Return the law of one judged number; equal bounds stand for a number that is known."""
        _ordered(low, mode, high)
        return cls(np.ones(1), *(np.array([number]) for number in (low, mode, high)))

    @classmethod
    def added(cls, one: tuple[float, float, float], other: tuple[float, float, float]) -> Mixture:
        """Return the law of the sum of two judged numbers that know nothing of each other (low, mode, high)."""
        _ordered(*one)
        _ordered(*other)
        nodes, weights = np.polynomial.legendre.leggauss(NODES)
        bounds = [np.array([number]) for number in other]
        shifts = pert_quantile((nodes[:, None] + 1.0) / 2.0, *bounds)[:, 0]
        low, mode, high = one
        return cls(weights / 2.0, low + shifts, mode + shifts, high + shifts)

    @property
    def low(self) -> float:
        """The least that it can be."""
        return float(self.lows.min())

    @property
    def high(self) -> float:
        """The most that it can be."""
        return float(self.highs.max())

    def below(self, x: float) -> float:
        """Return the probability of at most x."""
        width = self.highs - self.lows
        spread = width > NARROW
        wide = np.where(spread, width, 1.0)
        first = np.where(spread, 1.0 + STEEPNESS * (self.modes - self.lows) / wide, 1.0)
        second = np.where(spread, 1.0 + STEEPNESS * (self.highs - self.modes) / wide, 1.0)
        place = np.clip((x - self.lows) / wide, 0.0, 1.0)
        found = np.where(spread, betainc(first, second, place), x >= self.modes)
        return float((self.weights * found).sum())


def mean_above(law: Law, x: float) -> float:
    """Return the part of the mean that values above x contribute, by adaptive quadrature.

    Examples
    --------
    >>> mean_above(Uniform(0.0, 1.0), 0.5)
    0.375
    """
    if x >= law.high:
        return 0.0
    start = max(x, law.low)
    rest, _ = quad(law.below, start, law.high, epsabs=1e-12, epsrel=1e-10, limit=200)
    return law.high - start * law.below(start) - float(rest)


def _ordered(low: float, mode: float, high: float) -> None:
    if not (np.isfinite([low, mode, high]).all() and low <= mode <= high):
        raise ModelError(
            where="signals: law",
            what="the bounds are not in order",
            got=(low, mode, high),
            allowed="Low, most likely and high, each at most the next",
            hint="Correct them",
        )

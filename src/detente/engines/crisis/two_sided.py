r"""Two private values of fighting: sealed offers, and the most that any procedure can reach.

The first side needs at least s of the stake, its value of fighting, and the second can leave at most b, the stake
less its own value of fighting: a deal is possible iff :math:`b \ge s`. That is a seller with cost s and a buyer with
value b. Let s be uniform on :math:`[s_0, s_1]` and b on :math:`[b_0, b_1]`, and :math:`M = b_1 - s_0` the greatest
surplus.

**Sealed offers, the difference split** [ChatterjeeSamuelson1983]_: in the linear equilibrium the sides name

.. math:: S(s) = \tfrac23 s + \tfrac14 b_1 + \tfrac1{12} s_0,
          \qquad B(b) = \tfrac23 b + \tfrac14 s_0 + \tfrac1{12} b_1 ,

and agree iff :math:`b - s \ge M / 4`. It is one iff neither side ever names what the other surely accepts or surely
refuses by a margin: :math:`3 b_1 + s_0 \le 4 s_1` and :math:`4 b_0 \le 3 s_0 + b_1`.

**Any procedure** [MyersonSatterthwaite1983]_: with virtual values :math:`2 b - b_1` and :math:`2 s - s_0` the one
with the most gains agrees iff :math:`b - s \ge d`, for the least d with :math:`E[(2 (b - s) - M)\,1\{b - s \ge d\}]
\ge 0`. It is 0 iff some fixed division suits all types that could agree. For [0, 1] twice, d = 1/4: sealed offers
reach the bound.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from detente.core.errors import ModelError

HALVINGS = 60
NODES, WEIGHTS = (array.copy() for array in np.polynomial.legendre.leggauss(8))


@dataclass(frozen=True, slots=True)
class TwoValues:
    """What the first side needs at least, and what the second can leave it at most, both uniform and independent.

    Attributes
    ----------
    needs : (low, high)
        Of the first side, low < high.
    leaves : (low, high)
        Of the second side, low < high.
    """

    needs: tuple[float, float]
    leaves: tuple[float, float]

    def __post_init__(self) -> None:
        """Refuse bounds that are not in order."""
        for low, high in (self.needs, self.leaves):
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                raise ModelError(
                    where="crisis.two-sided",
                    what="bounds of a value are not in order",
                    got=f"{low:g} to {high:g}",
                    allowed="low < high, finite",
                    hint="Correct it",
                )

    @property
    def most(self) -> float:
        """Return the greatest surplus."""
        return self.leaves[1] - self.needs[0]

    def swapped(self) -> TwoValues:
        """Return the same seen from the second side, whose shares are the rest of the stake."""
        return TwoValues((1.0 - self.leaves[1], 1.0 - self.leaves[0]), (1.0 - self.needs[1], 1.0 - self.needs[0]))


@dataclass(frozen=True, slots=True)
class Agreeing:
    """A rule that agrees iff the surplus is at least `least`: how often it does, and what both expect to gain."""

    least: float
    chance: float
    gains: float


def first_best(one: TwoValues) -> Agreeing:
    """Return what agreeing whenever there is a surplus would bring; often no procedure does.

    Examples
    --------
    >>> found = first_best(TwoValues((0.0, 1.0), (0.0, 1.0)))
    >>> round(found.chance, 9), round(found.gains, 9)
    (0.5, 0.166666667)
    """
    return _agreeing(one, 0.0)


def is_linear(one: TwoValues) -> bool:
    """Return whether the linear offers are an equilibrium of sealed offers for these bounds."""
    (s0, s1), (b0, b1) = one.needs, one.leaves
    return one.most > 0 and 3 * b1 + s0 <= 4 * s1 + 1e-12 and 4 * b0 <= 3 * s0 + b1 + 1e-12


def linear_offers(one: TwoValues, need: float, leave: float) -> tuple[float, float]:
    """Return what a first side with a need and a second side with a limit name in the linear equilibrium.

    Examples
    --------
    >>> [round(offer, 6) for offer in linear_offers(TwoValues((0.0, 1.0), (0.0, 1.0)), 0.3, 0.6)]
    [0.45, 0.483333]
    """
    s0, b1 = one.needs[0], one.leaves[1]
    return 2 * need / 3 + b1 / 4 + s0 / 12, 2 * leave / 3 + s0 / 4 + b1 / 12


def sealed_offers(one: TwoValues) -> Agreeing | None:
    """Return how often sealed offers agree in the linear equilibrium; None where it is none."""
    return _agreeing(one, one.most / 4) if is_linear(one) else None


def any_procedure(one: TwoValues) -> Agreeing:
    """Return the rule with the most gains among all procedures with voluntary agreements.

    Examples
    --------
    >>> found = any_procedure(TwoValues((0.0, 1.0), (0.0, 1.0)))
    >>> round(found.least, 9), round(found.chance, 9), round(found.gains, 9)
    (0.25, 0.28125, 0.140625)
    """
    low, high = 0.0, max(one.most, 0.0) / 2.0
    if _budget(one, 0.0) >= -1e-12:
        return _agreeing(one, 0.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _budget(one, middle) < 0.0 else (low, middle)
    return _agreeing(one, high)


def _agreeing(one: TwoValues, least: float) -> Agreeing:
    mass, mean = _moments(one, least)
    return Agreeing(least, mass, mean)


def _budget(one: TwoValues, least: float) -> float:
    """Return what is left after every type got what it must, where all with so much surplus agree."""
    mass, mean = _moments(one, least)
    return 2.0 * mean - one.most * mass


def _moments(one: TwoValues, least: float) -> tuple[float, float]:
    """Return the chance of a surplus of at least so much, and its mean where it is; piecewise cubic, so exact."""
    (s0, s1), (b0, b1) = one.needs, one.leaves
    breaks = sorted({s0, s1, *(min(max(b - least, s0), s1) for b in (b0, b1))})
    mass = mean = 0.0
    for left, right in itertools.pairwise(breaks):
        s = left + (right - left) * (NODES + 1.0) / 2.0
        start = np.clip(s + least, b0, b1)
        width = b1 - start
        weight = WEIGHTS * (right - left) / 2.0 / ((s1 - s0) * (b1 - b0))
        mass += float((weight * width).sum())
        mean += float((weight * width * ((start + b1) / 2.0 - s)).sum())
    return mass, mean

r"""Fighting as a walk between two defeats, and what battles teach: when both expect the same, fighting ends.

**The war** (after Slantchev 2003): n forts lie between two sides, of which the first holds k. Each battle is won by
the first with chance p and moves one fort. Who holds all has the stake. A battle costs each side something, and what
comes later is discounted by :math:`\delta` per battle, as is the stake. What fighting to the end is worth in each
state solves

.. math:: W_i(k) = -c_i + \delta \, [p \, W_i(k + 1) + (1 - p) \, W_i(k - 1)],
          \qquad W_1(n) = W_2(0) = 1,\; W_1(0) = W_2(n) = 0 .

Without cost and discount, the first prevails with chance :math:`(1 - r^k) / (1 - r^n)`, :math:`r = (1 - p) / p`.

**Beliefs** (after Slantchev 2003; Powell 2004): both sides hold Beta beliefs of the same mass m in p, with :math:`a_1
> a_2` battles won in the first's favour counted beforehand, and fight while their expectations lie further apart than
the costs together. Every battle adds the same to both, so the gap is :math:`(a_1 - a_2) / (m + n)` after n battles
*whatever their results*, and fighting ends after :math:`\max(0, \lceil (a_1 - a_2) / (c_1 + c_2) - m \rceil)`. With
two possible strengths the log-odds move by a fixed amount per battle won or lost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.core.errors import ModelError
from detente.maths.compiled import FloatArray

ROUNDING = 1e-9
"""Of a count of battles: a quotient that is whole up to this is whole."""


@dataclass(frozen=True, slots=True)
class Front:
    """A war over forts.

    Attributes
    ----------
    forts : int
        Between both defeats; at least 1.
    win : float
        The chance that the first side wins a battle, between 0 and 1.
    costs : (first, second)
        Of a battle, in shares of the stake; not negative.
    discount : float
        Per battle, in (0, 1].
    """

    forts: int
    win: float
    costs: tuple[float, float]
    discount: float = 1.0

    def __post_init__(self) -> None:
        """Refuse numbers outside their ranges."""
        if self.forts < 1:
            _refuse("there are no forts", self.forts, "At least 1")
        if not 0.0 < self.win < 1.0:
            _refuse("the chance to win a battle is out of range", self.win, "Above 0 and below 1")
        if not all(math.isfinite(one) and one >= 0.0 for one in self.costs):
            _refuse("a cost is out of range", self.costs, "A cost is not negative")
        if not 0.0 < self.discount <= 1.0:
            _refuse("the discount is out of range", self.discount, "Above 0, at most 1")

    def swapped(self) -> Front:
        """Return the same war told from the other side."""
        return Front(self.forts, 1.0 - self.win, (self.costs[1], self.costs[0]), self.discount)


def fighting_values(one: Front) -> tuple[FloatArray, FloatArray]:
    """Return what fighting to the end is worth to either side in each state, forts of the first from 0 to all.

    Examples
    --------
    >>> first, second = fighting_values(Front(4, 0.5, (0.0, 0.0)))
    >>> [round(float(value), 6) for value in first]
    [0.0, 0.25, 0.5, 0.75, 1.0]
    """
    return (
        _solved(one, np.full(one.forts + 1, -one.costs[0]), 1.0),
        _solved(one, np.full(one.forts + 1, -one.costs[1]), 0.0),
    )


def prevailing(one: Front) -> FloatArray:
    """Return the chance that the first side prevails in each state, if fighting goes on to the end."""
    return _solved(Front(one.forts, one.win, (0.0, 0.0)), np.zeros(one.forts + 1), 1.0)


def battles_left(one: Front) -> FloatArray:
    """Return how many battles are expected in each state, if fighting goes on to the end."""
    return _solved(Front(one.forts, one.win, (0.0, 0.0)), np.ones(one.forts + 1), None)


def _solved(one: Front, each: FloatArray, whole: float | None) -> FloatArray:
    """Return the solution of W = each + discount (p W+ + (1 - p) W-), 1 at the end that is `whole`, 0 at the other."""
    size = one.forts + 1
    rows, right = np.eye(size), each.copy()
    for state in range(1, size - 1):
        rows[state, state + 1] -= one.discount * one.win
        rows[state, state - 1] -= one.discount * (1.0 - one.win)
    right[0] = 1.0 if whole == 0.0 else 0.0
    right[-1] = 1.0 if whole == 1.0 else 0.0
    return np.asarray(np.linalg.solve(rows, right))


def battles_to_settlement(won: tuple[float, float], mass: float, costs: float) -> int:
    """Return after how many battles two sides expect so much the same that no one gains by fighting on.

    Parameters
    ----------
    won : (first, second)
        Battles won by the first side that each counts beforehand, at most `mass`.
    mass : float
        Battles that each counts beforehand; above 0.
    costs : float
        Of fighting, both together; above 0.

    Examples
    --------
    >>> battles_to_settlement((6, 2), 8, 0.2)
    12
    """
    if not (mass > 0 and all(0 <= one <= mass for one in won)):
        _refuse("battles counted beforehand are out of range", (*won, mass), "0 <= won <= mass, mass above 0")
    if not costs > 0:
        _refuse("costs are not positive", costs, "Above 0: without cost, differing beliefs never leave off")
    needed = (won[0] - won[1]) / costs - mass
    return max(0, math.ceil(needed - ROUNDING))


def belief_gap(won: tuple[float, float], mass: float, battles: int) -> float:
    """Return how far both expectations lie apart after some battles, whatever their results."""
    return (won[0] - won[1]) / (mass + battles)


def strong_chance(prior: float, strong: float, weak: float, battles: int, lost: int) -> float:
    """Return the belief that the other side is strong after battles lost to it.

    Parameters
    ----------
    prior : float
        Before any battle, between 0 and 1.
    strong, weak : float
        The chance that a strong and a weak side wins a battle, between 0 and 1.
    battles, lost : int
        Fought, and lost by the one who learns.

    Examples
    --------
    >>> round(strong_chance(0.5, 0.7, 0.4, 10, 5), 6)
    0.339022
    """
    for number in (prior, strong, weak):
        if not 0.0 < number < 1.0:
            _refuse("a chance is out of range", number, "Above 0 and below 1")
    if not 0 <= lost <= battles:
        _refuse("more battles are lost than fought", lost, f"0 to {battles}")
    odds = math.log(prior / (1 - prior))
    odds += lost * math.log(strong / weak) + (battles - lost) * math.log((1 - strong) / (1 - weak))
    return 1.0 / (1.0 + math.exp(-odds))


def drift_if_strong(strong: float, weak: float) -> float:
    """Return by how much a battle moves the log-odds on average if the other side is strong."""
    return strong * math.log(strong / weak) + (1 - strong) * math.log((1 - strong) / (1 - weak))


def _refuse(what: str, got: object, allowed: str) -> None:
    raise ModelError(where="crisis.fighting", what=what, got=got, allowed=allowed, hint="Correct it")

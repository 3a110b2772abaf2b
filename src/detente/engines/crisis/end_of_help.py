r"""Help that may end: what waiting for its end is worth, and how it moves the terms preferred to fighting.

Help ends within a year with chance :math:`h`, and does not come back. A side for which fighting is worth :math:`v`
while help is there and :math:`v'` after it, which discounts a year by :math:`\delta = 1/(1 + r)` and pays :math:`k` for
each year without agreement, expects of waiting for the end

.. math:: W = \frac{\delta h v' - k}{1 - \delta (1 - h)}, \qquad
          W > v \iff h > h^* = \frac{v (1 - \delta) + k}{\delta (v' - v)} \quad (v' > v \ge 0).

A negative :math:`v` counts as 0: nobody has to fight. So a side prefers to wait iff help ends often enough, and the
terms it takes now are at least :math:`\max(v, W)`. With help the shares that both prefer to fighting lie lower by what
help adds to the other's chance, share for share; a side that can wait out the help moves its end back. If waiting is
worth more to it than the other concedes now, no division holds: not for lack of room while help lasts, but because
nobody can promise that it lasts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.core.errors import ModelError
from detente.engines.crisis.bargaining_range import Range


@dataclass(frozen=True, slots=True)
class Waiting:
    """A side's numbers for waiting.

    Attributes
    ----------
    now, after : float
        What fighting is worth to it while help is there, and after it ended.
    cost : float
        What a year without agreement costs it, in shares of its stake.
    rate : float
        By which it discounts per year, 0 or more.
    """

    now: float
    after: float
    cost: float
    rate: float

    def __post_init__(self) -> None:
        """Refuse a negative rate or cost."""
        if self.rate < 0.0 or self.cost < 0.0:
            raise ModelError(
                where="waiting",
                what="a rate or cost is negative",
                got=(self.rate, self.cost),
                allowed="Both are 0 or more",
                hint="Correct it",
            )

    @property
    def factor(self) -> float:
        """Return what a year's delay multiplies a value by."""
        return 1.0 / (1.0 + self.rate)


def value_of_waiting(one: Waiting, leaves: float) -> float:
    """Return what waiting until help ends, and fighting then, is worth; `leaves` is the chance per year.

    Where neither discounting nor the chance ends it, waiting lasts for ever: worth nothing, or endlessly costly.

    Examples
    --------
    >>> round(value_of_waiting(Waiting(now=0.2, after=0.4, cost=0.0, rate=0.1), 0.1), 6)
    0.2
    """
    ends = 1.0 - one.factor * (1.0 - leaves)
    if ends <= 0.0:
        return -math.inf if one.cost > 0.0 else 0.0
    return (one.factor * leaves * one.after - one.cost) / ends


def critical_leaves(one: Waiting) -> float:
    """Return the chance per year that help ends beyond which waiting is worth more than fighting now.

    Infinite where none is large enough: above 1 it is no chance, and is given as it is.

    Examples
    --------
    >>> round(critical_leaves(Waiting(now=0.2, after=0.4, cost=0.0, rate=0.1)), 6)
    0.1
    """
    now = max(0.0, one.now)
    gain = one.factor * (one.after - now)
    needed = now * (1.0 - one.factor) + one.cost
    return needed / gain if gain > 0.0 else math.inf


def range_with_waiting(asking: Waiting, protege: Waiting, leaves: float) -> Range:
    """Return the shares of the protégé's opponent that both prefer to fighting and to waiting."""
    least = max(0.0, asking.now, value_of_waiting(asking, leaves))
    kept = max(0.0, protege.now, value_of_waiting(protege, leaves))
    return Range(least, 1.0 - kept)


def leaves_that_closes(asking: Waiting, protege: Waiting) -> float | None:
    """Return the chance per year beyond which no division is left, found by halving; None where there is none.

    0 where none is left even with help that stays.
    """
    if range_with_waiting(asking, protege, 0.0).empty:
        return 0.0
    if not range_with_waiting(asking, protege, 1.0).empty:
        return None
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (low, middle) if range_with_waiting(asking, protege, middle).empty else (middle, high)
    return high

r"""The range of divisions that both sides prefer to fighting, and where each number closes it.

A side that attacks first expects the share that its chance of prevailing gives it, less what fighting costs:

.. math:: v_1 = \min(1, p_1 + f) - c_1, \qquad v_2 = \min(1, 1 - p_2 + f) - c_2,

with :math:`p_i` the chance that the *first* side prevails as side :math:`i` believes, :math:`f` the advantage of
striking first and :math:`c_i` its cost. It prefers a share :math:`x` in peace iff :math:`u_i(x) = x^{a_i} \ge v_i`, so
the shares of the first side that both prefer are

.. math:: v_1^{1/a_1} \;\le\; x \;\le\; 1 - v_2^{1/a_2} .

With one belief and no advantage this is Fearon's :math:`[p - c_1, p + c_2]`, whose width is :math:`c_1 + c_2`. Each
side has its own belief, so it may be empty by *mutual optimism*, :math:`p_1 - p_2 > c_1 + c_2`; and with an advantage
it is empty iff :math:`2 f > c_1 + c_2` [Fearon1995]_, pp. 386-390, 403. A :math:`v` below 0 means that a side prefers
every division to fighting; the bound then lies beyond the stake, and is left there (an odd power continues u).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.engines.crisis.model import Confrontation

SAME = 1e-12
"""Shares closer than this are the same: differences of a few judged numbers are wrong by less."""

HALVINGS = 60
"""Of an interval of length 1: past every digit of a float."""


@dataclass(frozen=True, slots=True)
class Range:
    """Shares of the first side that both prefer to fighting; empty where `low` exceeds `high`."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """Return how much room there is; negative by how much it is missing."""
        return self.high - self.low

    @property
    def empty(self) -> bool:
        """Return whether no division is preferred by both."""
        return self.low > self.high + SAME

    def within(self) -> Range:
        """Return the part that lies on the stake; an empty range stays empty."""
        return Range(max(self.low, 0.0), min(self.high, 1.0))


@dataclass(frozen=True, slots=True)
class RangeTurn:
    """The value of one number at which the range opens or closes, the others as they are.

    `number` is win_chance, cost, first_strike or risk; `side` is 0 or 1, None for the advantage of striking first.
    `value` is None where no value of it alone turns it. `at_least` tells on which side of it there is a range.
    """

    number: str
    side: int | None
    value: float | None

    @property
    def at_least(self) -> bool:
        """Return whether there is a range from the value upwards, else downwards."""
        return self.number == "cost" or (self.number == "win_chance" and self.side == 1)


def war_values(one: Confrontation) -> tuple[float, float]:
    """Return what each side expects of fighting if it strikes first, as a share of its stake, cost taken off.

    Examples
    --------
    >>> war_values(Confrontation(win_chance=(0.5, 0.5), cost=(0.1, 0.15)))
    (0.4, 0.35)
    """
    first, second = one.win_chance
    return (
        min(1.0, first + one.first_strike) - one.cost[0],
        min(1.0, 1.0 - second + one.first_strike) - one.cost[1],
    )


def bargaining_range(one: Confrontation) -> Range:
    """Return the shares of the first side that both prefer to fighting.

    Examples
    --------
    >>> found = bargaining_range(Confrontation(win_chance=(0.6, 0.6), cost=(0.1, 0.15)))
    >>> found.low, found.high
    (0.5, 0.75)
    """
    first, second = war_values(one)
    return Range(share_worth(first, one.risk[0]), 1.0 - share_worth(second, one.risk[1]))


def critical_first_strike(one: Confrontation) -> float:
    """Return the advantage of striking first beyond which no division is preferred by both; 0 where even none is.

    Infinite where none is large enough, as chances do not exceed 1.
    """
    if bargaining_range(replace(one, first_strike=0.0)).empty:
        return 0.0
    if not bargaining_range(replace(one, first_strike=1.0)).empty:
        return math.inf
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (low, middle) if bargaining_range(replace(one, first_strike=middle)).empty else (middle, high)
    return low


def find_range_turns(one: Confrontation) -> Iterator[RangeTurn]:
    """Yield where each number alone opens or closes the range, in closed form but for the first strike with risk."""
    found = bargaining_range(one)
    first, second = war_values(one)
    reach_first = _utility(found.high, one.risk[0])  # what the first side's war would have to be worth
    reach_second = _utility(1.0 - found.low, one.risk[1])
    gain = one.first_strike
    yield RangeTurn("win_chance", 0, _chance(reach_first + one.cost[0], gain))
    own_chance = _chance(reach_second + one.cost[1], gain)  # the second side's chance to prevail itself
    yield RangeTurn("win_chance", 1, None if own_chance is None else 1.0 - own_chance)
    yield RangeTurn("cost", 0, _cost(first + one.cost[0] - reach_first))
    yield RangeTurn("cost", 1, _cost(second + one.cost[1] - reach_second))
    critical = critical_first_strike(one)
    always_empty = bargaining_range(replace(one, first_strike=0.0)).empty
    yield RangeTurn("first_strike", None, None if always_empty or math.isinf(critical) else critical)
    yield RangeTurn("risk", 0, _exponent(first, found.high))
    yield RangeTurn("risk", 1, _exponent(second, 1.0 - found.low))


def share_worth(value: float, exponent: float) -> float:
    """Return the share x for which x^exponent is a value; an odd power continues it below 0."""
    return value if exponent == 1.0 else math.copysign(abs(value) ** (1.0 / exponent), value)


def _utility(share: float, exponent: float) -> float:
    return share if exponent == 1.0 else math.copysign(abs(share) ** exponent, share)


def _chance(striking: float, gain: float) -> float | None:
    """Return a side's chance to prevail that is so much when it strikes first; None where there is none."""
    return striking - gain if gain <= striking <= 1.0 else None


def _cost(value: float) -> float | None:
    return value if value >= 0.0 else None


def _exponent(value: float, share: float) -> float | None:
    """Return the exponent at which a share is worth a value; None where no exponent does it."""
    if not (0.0 < value < 1.0 and 0.0 < share < 1.0):
        return None
    return math.log(value) / math.log(share)

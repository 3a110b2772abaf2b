r"""Arming as a choice: a shift of power that a side brings about itself, against one that comes by itself.

A side may arm at a cost :math:`k`, which adds :math:`\Delta` to its chance from the next period on; its rival may
strike before that. Costs are shares of the stake in the same flow as its enjoyment, :math:`C = c_1 + c_2` those of
both, and in every period the rival leaves the side just what fighting is worth to it. Then

- arming pays, unless it is struck for it, iff :math:`\delta \Delta > k`;
- striking one that arms pays iff :math:`\delta \Delta > C`.

If arming is *seen*, a side does not arm where it would be struck: there is never war. If it is *not seen* and both pay,
no pure strategies are stable; the side arms with chance :math:`m = C / (\delta \Delta)` and is struck with chance
:math:`s = 1 - k / (\delta \Delta)`, armed or not: the less a strike costs, the likelier it falls on one that is not
arming. A shift that nobody chooses has no such way out: see `commitment`.

"After" [DebsMonteiro2014]_: a reduced form with these results of theirs (transparent investment keeps peace; hidden
investment risks war; effective strikes fall on those that do not arm). The article's own game was not at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of arming; the value is the word in reports."""

    NOT_WORTH_IT = "not worth its cost"
    ARMS = "worth its cost, and no reason to strike first"
    DETERRED = "not worth it, as it is a reason to strike first"
    OPEN = "worth its cost and a reason to strike first: neither side has a stable choice"


@dataclass(frozen=True, slots=True)
class Arming:
    """A choice to arm: what it adds to the side's chance, what it costs, what fighting costs both, patience.

    `deltas` are the discount factors of the side that may arm and of its rival, from one period to the next.
    """

    gain: float
    cost: float
    costs_of_fighting: float
    deltas: tuple[float, float]

    @property
    def pays(self) -> bool:
        """Return whether it pays if it is not struck for."""
        return self.deltas[0] * self.gain > self.cost

    @property
    def strike_pays(self) -> bool:
        """Return whether it pays the rival to strike before the gain is there."""
        return self.deltas[1] * self.gain > self.costs_of_fighting


@dataclass(frozen=True, slots=True)
class Unseen:
    """The equilibrium in mixed strategies where arming is not seen."""

    arms: float
    struck: float

    @property
    def struck_unarmed(self) -> float:
        """Return the share of strikes that fall on a side that is not arming."""
        return 1.0 - self.arms


def if_seen(one: Arming) -> Outcome:
    """Return what becomes of arming that the rival sees in time; never war."""
    if not one.pays:
        return Outcome.NOT_WORTH_IT
    return Outcome.DETERRED if one.strike_pays else Outcome.ARMS


def if_unseen(one: Arming) -> Outcome:
    """Return what becomes of arming that the rival does not see in time."""
    if not one.pays:
        return Outcome.NOT_WORTH_IT
    return Outcome.OPEN if one.strike_pays else Outcome.ARMS


def unseen_equilibrium(one: Arming) -> Unseen:
    """Return the chances of arming and of being struck where arming is not seen.

    Examples
    --------
    >>> found = unseen_equilibrium(Arming(gain=0.5, cost=0.1, costs_of_fighting=0.2, deltas=(0.8, 0.8)))
    >>> found.arms, found.struck
    (0.5, 0.75)
    """
    if not one.pays:
        return Unseen(0.0, 0.0)
    if not one.strike_pays:
        return Unseen(1.0, 0.0)
    own, rival = (delta * one.gain for delta in one.deltas)
    return Unseen(one.costs_of_fighting / rival, 1.0 - one.cost / own)

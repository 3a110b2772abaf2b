r"""Commitment under a shift of power: when a side that declines would rather fight now than bargain later.

*Fearon's game.* A pie of 1 a period is divided by take-it-or-leave-it offers; the first side's chance rises from
:math:`p_1` to :math:`p_2` for good; war ends the game at a cost :math:`C` paid once. The declining side attacks iff

.. math:: \delta p_2 - p_1 > C_2 (1 - \delta)^2 ,

since even the whole pie today does not make up for what it will be pressed to accept later [Fearon1995]_, p. 405.

*Any protocol.* With :math:`M_i` what side :math:`i` can guarantee itself by fighting and
:math:`B = 1 / (1 - \delta)`, no bargaining at all avoids war if the shift exceeds the surplus [Powell2004]_,
[Powell2006]_:

.. math:: \delta M_1(t+1) - M_1(t) > B - M_1(t) - M_2(t) .

Fearon's limit is the stricter one: there the rising side makes every offer, so that the declining one gets no part of
what peace saves. Powell's holds whatever the procedure.

*On the scale of a case.* Costs :math:`c` are shares of the stake in the same flow as its enjoyment. A side with value
of fighting :math:`w` now and :math:`w'` after one period, whose best peace is worth :math:`m`, fights iff

.. math:: w > (1 - \delta) m + \delta w' ,

and :math:`x = (w - \delta w') / (1 - \delta)` is what it would have to get in the meantime not to. In continuous time
with discount rate :math:`r` that is :math:`x = w - \dot w / r`, so the shift is slow enough iff
:math:`|\dot p| \le r (m - w)`, which is :math:`r (p + c)` for the second side if it can get everything. The fastest
path that keeps to this from :math:`p` to :math:`p'` takes :math:`\ln\!\big((p' + c)/(p + c)\big) / r`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """A shift against what bargaining can make up for; above it no offer avoids war."""

    shift: float
    limit: float

    @property
    def holds(self) -> bool:
        """Return whether bargaining can make up for the shift."""
        return self.shift <= self.limit

    @property
    def margin(self) -> float:
        """Return by how much; negative by how much it cannot."""
        return self.limit - self.shift


def fearon_shift(*, now: float, later: float, cost_once: float, delta: float) -> Comparison:
    """Return Fearon's comparison for the declining side.

    Parameters
    ----------
    now, later : float
        Chance that the rising side prevails in this period and from the next on.
    cost_once : float
        What war costs the declining side, in pies of one period.
    delta : float
        Discount factor per period, in [0, 1).

    Examples
    --------
    >>> fearon_shift(now=0.2, later=0.7, cost_once=20.0, delta=0.95).holds
    False
    """
    return Comparison(delta * later - now, cost_once * (1.0 - delta) ** 2)


def largest_peaceful_chance(*, now: float, cost_once: float, delta: float) -> float:
    """Return the greatest later chance of the rising side at which the declining one does not attack."""
    return (now + cost_once * (1.0 - delta) ** 2) / delta


def any_protocol(*, now: float, later: float, costs_once: tuple[float, float], delta: float) -> Comparison:
    """Return Powell's comparison of the shift with the surplus of peace; costs of the rising side first."""
    pie = 1.0 / (1.0 - delta)
    rising, rising_later = now * pie - costs_once[0], later * pie - costs_once[0]
    declining = (1.0 - now) * pie - costs_once[1]
    return Comparison(delta * rising_later - rising, pie - rising - declining)


def critical_shift(*, chance: float, costs: tuple[float, float], delta: float, first_strike: float = 0.0) -> float:
    """Return beyond which size a shift within a period leaves no agreement, whatever the procedure.

    `chance` is the rising side's, and `costs` of both, the rising side's first, are shares of the stake in flows: a
    cost paid once is c / (1 - delta), with which this is `any_protocol`. An advantage of striking first is part of what
    either can guarantee itself.

    Examples
    --------
    >>> round(critical_shift(chance=0.4, costs=(0.1, 0.2), delta=0.8), 6)
    0.45
    """
    return (chance + costs[1] - first_strike) / delta + costs[0] - first_strike - chance


def critical_shift_if_it_offers(*, chance: float, cost: float, delta: float, first_strike: float = 0.0) -> float:
    """Return beyond which size the declining side, with a cost in flows, fights if the rising one makes all offers.

    With a cost paid once, c / (1 - delta), this is `fearon_shift`.
    """
    return (chance + (cost - first_strike) * (1.0 - delta)) / delta - chance


def waiting(*, now: float, later: float, most: float, delta: float) -> Comparison:
    """Return what fighting now is worth against the best that peace can be, for one side on any scale of its own.

    Parameters
    ----------
    now, later : float
        What fighting is worth to it now and after one period.
    most : float
        The most that an agreement can be worth to it in the meantime.
    delta : float
        Discount factor per period.
    """
    return Comparison(now, (1.0 - delta) * most + delta * later)


def speed_limit(*, rate: float, value: float, most: float = 1.0) -> float:
    """Return how fast a side's chance may fall per year without a reason for it to fight now.

    `value` is what fighting is worth to it, as a share of the stake, and `rate` its discount rate per year.

    Examples
    --------
    >>> round(speed_limit(rate=0.05, value=1 - 0.4 - 0.2), 6)
    0.03
    """
    return rate * (most - value)


def meanwhile(*, rate: float, value: float, speed: float) -> float:
    """Return the share that a side would have to get while its chance falls with a speed, so as not to fight now."""
    return value + speed / rate if rate > 0 else math.inf


def shortest_years(*, rate: float, value: float, shift: float, most: float = 1.0, even: bool = False) -> float:
    """Return in how many years at least a side's chance can fall by `shift` without a reason for it to fight.

    The fastest path starts slowly and speeds up; an `even` one keeps to the limit of its first day throughout.
    """
    room = most - value
    if shift <= 0:
        return 0.0
    if rate <= 0 or room <= 0:
        return math.inf
    return shift / (rate * room) if even else math.log1p(shift / room) / rate

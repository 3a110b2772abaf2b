"""How the chance of prevailing moves without agreement, and when that first gives a side a reason to fight now.

A trend is a sum of even ramps. Between their ends the speed does not change, and while a side's chance falls the limit
of speed rises; so a stretch that keeps to the limit on its first day keeps to it throughout. A side that would rather
fight now than later strikes first, so its value of fighting holds that advantage, now and later.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from detente.engines.crisis.bargaining_range import war_values
from detente.engines.crisis.commitment import critical_shift, meanwhile, shortest_years, speed_limit
from detente.engines.crisis.model import Confrontation

SAME = 1e-12
"""Speeds closer than this are the same: quotients and sums of a few judged numbers differ by more."""


@dataclass(frozen=True, slots=True)
class Ramp:
    """An even change of the first side's chance by `size`, from year `start` on, over `years`; 0 years: at once."""

    size: float
    start: float
    years: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which the chance moves with one speed, against the limit for the side that declines.

    Attributes
    ----------
    start, end : float
        In years from now.
    chance : (first, second)
        The first side's chance to prevail at its start, as each side believes.
    speed : float
        Of that chance per year; infinite with its sign for a change at once.
    declining : int, optional
        0 or 1; None if nothing moves.
    limit : float
        Fastest fall of the declining side's chance without a reason for it to fight at once; infinite if none declines.
    needed : float
        Share of the stake that it would have to get meanwhile so as not to fight.
    shortest : float
        Years that the fall would take at least without such a reason.
    any_procedure : bool
        Whether some procedure of bargaining leaves an agreement all the same: whether what falls within a year from
        its start, or in all if that is less, is at most the shift of `critical_shift`.
    """

    start: float
    end: float
    chance: tuple[float, float]
    speed: float
    declining: int | None
    limit: float
    needed: float
    shortest: float
    any_procedure: bool

    @property
    def holds(self) -> bool:
        """Return whether the shift is slow enough."""
        return abs(self.speed) <= self.limit + SAME


def chance_at(one: Confrontation, ramps: Sequence[Ramp], year: float) -> tuple[float, float]:
    """Return the first side's chance to prevail in a year, as each side believes, before any change at once there."""
    moved = sum(ramp.size * _done(ramp, year) for ramp in ramps)
    first, second = one.win_chance
    return min(max(first + moved, 0.0), 1.0), min(max(second + moved, 0.0), 1.0)


def find_stretches(
    one: Confrontation, ramps: Sequence[Ramp], rates: tuple[float, float], most: tuple[float, float] = (1.0, 1.0)
) -> tuple[Stretch, ...]:
    """Return the stretches of a trend in order of time, each against its limit of speed.

    Parameters
    ----------
    one : Confrontation
        At year 0.
    ramps : sequence of Ramp
        How the first side's chance moves.
    rates : (first, second)
        Discount rates of the sides per year.
    most : (first, second)
        The most that an agreement can give each side, as a share of its stake.
    """
    ends = {0.0} | {max(year, 0.0) for ramp in ramps for year in (ramp.start, ramp.start + ramp.years)}
    times = sorted(ends)
    found = []
    for ramp in sorted((ramp for ramp in ramps if ramp.years <= 0 and ramp.start >= 0), key=lambda ramp: ramp.start):
        found.append(_stretch(one, ramps, (ramp.start, ramp.start), math.copysign(math.inf, ramp.size), rates, most))
    for start, end in pairwise(times):
        middle = (start + end) / 2.0
        speed = sum(r.size / r.years for r in ramps if r.years > 0 and r.start < middle < r.start + r.years)
        if speed:
            found.append(_stretch(one, ramps, (start, end), speed, rates, most))
    return tuple(sorted(found, key=lambda stretch: (stretch.start, stretch.end)))


def first_violation(stretches: Sequence[Stretch]) -> Stretch | None:
    """Return the first stretch that is too fast, or None."""
    return next((stretch for stretch in stretches if not stretch.holds), None)


def _stretch(
    one: Confrontation,
    ramps: Sequence[Ramp],
    when: tuple[float, float],
    speed: float,
    rates: tuple[float, float],
    most: tuple[float, float],
) -> Stretch:
    chance = chance_at(one, ramps, when[0])
    declining = 1 if speed > 0 else 0
    value = war_values(replace(one, win_chance=chance))[declining]
    rate = rates[declining]
    if math.isinf(speed):
        size = abs(sum(ramp.size for ramp in ramps if ramp.years <= 0 and ramp.start == when[0]))
    else:
        size = abs(speed) * (when[1] - when[0])
    within = size if math.isinf(speed) else min(size, abs(speed))
    rising_chance = chance[1] if declining == 1 else 1.0 - chance[0]  # as the declining side believes
    critical = critical_shift(
        chance=rising_chance,
        costs=(one.cost[1 - declining], one.cost[declining]),
        delta=math.exp(-rate),
        first_strike=one.first_strike,
    )
    return Stretch(
        start=when[0],
        end=when[1],
        chance=chance,
        speed=speed,
        declining=declining,
        limit=speed_limit(rate=rate, value=value, most=most[declining]),
        needed=meanwhile(rate=rate, value=value, speed=abs(speed)),
        any_procedure=within <= critical + SAME,
        shortest=shortest_years(rate=rate, value=value, shift=size, most=most[declining]),
    )


def _done(ramp: Ramp, year: float) -> float:
    """Return the part of a ramp that is done from now to a year; what was done before now is in today's chance."""
    if ramp.years <= 0:
        return 1.0 if 0 <= ramp.start < year else 0.0
    return _share(ramp, year) - _share(ramp, 0.0)


def _share(ramp: Ramp, year: float) -> float:
    return min(max((year - ramp.start) / ramp.years, 0.0), 1.0)

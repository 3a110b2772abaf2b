"""One contest between two sides, by four models: critical risk, nerves, attrition, and words before an audience."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq

from detente.engines.signals.audiences import Disclosure, TwoAudiences
from detente.engines.signals.chicken import critical_risk
from detente.engines.signals.laws import Mixture
from detente.engines.signals.model import Contestant, Span
from detente.engines.signals.nerves import Nerve, Nerves, nerves
from detente.engines.signals.weighing import Binds, corners, reaches
from detente.maths.attrition import MixedAttrition, mixed_attrition

NOWHERE: tuple[float | None, float | None] = (None, None)

STEPS = 200
"""Values of giving way that are tried for one at which an answer turns."""

WIDEST = 1e6
"""An audience cost is varied by at most this factor in search of where an answer turns."""


@dataclass(frozen=True, slots=True)
class Listened:
    """What public words can tell about whether a side would hold out, after Farrell and Gibbons.

    Believed to hold out, a side of which that is true gains the prize; one of which it is not would gain it too, and
    loses `audience` if it then gives way. `needed` is the audience cost from which on words discipline themselves.
    """

    needed: Span
    at: Disclosure
    disciplined: Binds


@dataclass(frozen=True, slots=True)
class Contested:
    """What the models say of one contest.

    Attributes
    ----------
    critical : (Span, Span)
        Per side the risk up to which it would rather hold out; above 1 it puts a fight above giving way, and infinite
        above its own way.
    nerves : Nerves, optional
        At the most likely numbers; time counts as the share of the public audience costs that stands.
    horizon : (float, float), optional
        Its least and its most over the ends of both audience costs and both prizes.
    turns_at, turns_at_gives_way : (float or None, float or None)
        Per side the audience cost, and the worth of giving way, at which the other side would be the one that gives way
        at once; the nearest, None where there is none.
    attrition : MixedAttrition, optional
        Per year, with known values.
    listened : (Listened or None, Listened or None)
        Per side.
    """

    critical: tuple[Span, Span]
    nerves: Nerves | None
    horizon: tuple[float, float] | None
    turns_at: tuple[float | None, float | None]
    turns_at_gives_way: tuple[float | None, float | None]
    attrition: MixedAttrition | None
    listened: tuple[Listened | None, Listened | None]


def contested(first: Contestant, second: Contestant) -> Contested:
    """Return what the models say of a contest."""
    solved, horizon = None, None
    turns = gives_way = NOWHERE
    if has_nerves(first) and has_nerves(second):
        solved = nerves(_nerve(first), _nerve(second))
        horizon = _horizons(first, second)
        turns = (_turn(first, second, first_varies=True), _turn(first, second, first_varies=False))
        gives_way = (_yielding_turn(first, second, 0), _yielding_turn(first, second, 1))
    waits = None
    if all(one.delay is not None and one.delay.mode > 0 and _prize(one).mode > 0 for one in (first, second)):
        delays = [one.delay.mode for one in (first, second) if one.delay is not None]
        waits = mixed_attrition([_prize(first).mode, _prize(second).mode], delays)
    return Contested(
        critical=(_critical(first), _critical(second)),
        nerves=solved,
        horizon=horizon,
        turns_at=turns,
        turns_at_gives_way=gives_way,
        attrition=waits,
        listened=(_listened(first), _listened(second)),
    )


def has_nerves(one: Contestant) -> bool:
    """Return whether a war of nerves can be fought by a side: it has a prize, and an audience cost that is known."""
    return one.audience is not None and one.audience.mode > 0 and _prize(one).mode > 0


def _prize(one: Contestant) -> Span:
    return one.prevails - one.gives_way


def _nerve(
    one: Contestant,
    *,
    prize: float | None = None,
    audience: float | None = None,
    gives_way: float | None = None,
) -> Nerve:
    """Return a side of a war of nerves at its most likely numbers, but for those given."""
    assert one.audience is not None
    law, base = one.war, one.gives_way.mode if gives_way is None else gives_way
    shifted = Mixture(law.weights, law.lows - base, law.modes - base, law.highs - base)
    return Nerve(
        prize=one.prevails.mode - base if prize is None else prize,
        audience_rate=one.audience.mode if audience is None else audience,
        war=shifted,
    )


def _horizons(first: Contestant, second: Contestant) -> tuple[float, float] | None:
    found = []
    assert first.audience is not None
    assert second.audience is not None
    for prize, rate, other_prize, other_rate in corners(_prize(first), first.audience, _prize(second), second.audience):
        if min(prize, rate, other_prize, other_rate) > 0:
            sides = (_nerve(first, prize=prize, audience=rate), _nerve(second, prize=other_prize, audience=other_rate))
            found.append(nerves(*sides).horizon)
    return (min(found), max(found)) if found else None


def _turn(first: Contestant, second: Contestant, *, first_varies: bool) -> float | None:
    """Return the audience cost of one side, the other's as it is, at which both are exhausted together."""
    varied = first if first_varies else second
    assert varied.audience is not None
    start = varied.audience.mode

    def gap(rate: float) -> float:
        sides = (
            _nerve(first, audience=rate if first_varies else None),
            _nerve(second, audience=None if first_varies else rate),
        )
        one, other = nerves(*sides).exhausts
        return one - other

    low, high = start / WIDEST, start * WIDEST
    if gap(low) * gap(high) >= 0:
        return None
    return float(brentq(gap, low, high, xtol=1e-12, rtol=1e-12))


def _yielding_turn(first: Contestant, second: Contestant, varied: int) -> float | None:
    """Return the nearest worth of giving way to one side at which both are exhausted together."""
    sides = (first, second)

    def gap(worth: float) -> float:
        one, other = (_nerve(side, gives_way=worth if at == varied else None) for at, side in enumerate(sides))
        found = nerves(one, other).exhausts
        return found[0] - found[1]

    own = sides[varied]
    low, high = min(own.war.low, own.gives_way.low), own.prevails.mode
    grid = [low + (high - low) * step / STEPS for step in range(STEPS)]
    gaps = [gap(worth) for worth in grid]
    turns = [
        float(brentq(gap, left, right, xtol=1e-12))
        for left, right, one, other in zip(grid, grid[1:], gaps, gaps[1:], strict=False)
        if one * other < 0
    ]
    return min(turns, key=lambda worth: abs(worth - own.gives_way.mode), default=None)


def _critical(one: Contestant) -> Span:
    """Return a side's critical risk; it is monotone in each of its three numbers, so its ends lie at corners."""
    found = [_risk(*numbers) for numbers in corners(one.prevails, one.gives_way, one.fight)]
    return Span(min(found), _risk(one.prevails.mode, one.gives_way.mode, one.fight.mode), max(found))


def _risk(own: float, other: float, disaster: float) -> float:
    """Return the critical risk; without end where a fight is worth as much as one's own way."""
    found = critical_risk(own, other, disaster)
    return math.inf if found is None else found


def _listened(one: Contestant) -> Listened | None:
    prize = _prize(one)
    if one.audience is None or prize.mode <= 0:
        return None
    words = TwoAudiences(first=(prize.mode, -prize.mode), second=(0.0, one.audience.mode))
    return Listened(prize, words.disclosure, reaches(one.audience, prize))

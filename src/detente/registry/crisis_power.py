"""Power that a deal or time moves, in the case's own names: texts, turning points, trends, and arming as a choice."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.case.crisis import Confrontation, Effect
from detente.case.ledger.tabled import tabled_packages
from detente.compile.crisis_packages import WarPackages, compile_war_packages, exact_war_values
from detente.compile.crisis_power import (
    Rates,
    arming_choices,
    discount_rates,
    effects_of,
    extreme_ramps,
    packages_before_and_after,
    ramps,
    shift_of,
    trends,
)
from detente.core.estimate import Estimate
from detente.core.fields import text_of
from detente.engines.crisis import (
    Arming,
    Judged,
    Ramp,
    Shift,
    Stretch,
    bargaining_range,
    critical_shift,
    fast_offers,
    find_stretches,
    first_violation,
    if_seen,
    if_unseen,
    moved,
    total,
    unseen_equilibrium,
    war_values,
)
from detente.engines.crisis import Confrontation as Lottery
from detente.engines.settlement import Completion
from detente.engines.settlement.counting import count_zone
from detente.registry.crisis_packages import READINGS, count_entry, range_entry

Report = dict[str, Any]
SAME = 1e-9
"""Shares closer than this are the same."""


def power_entry(case: Case, one: Confrontation, judged: Judged, packages: Report) -> Report:
    """Return what texts, dates and time do to a confrontation, and whether that leaves room for agreement."""
    compiled = compile_war_packages(case, one, exact_war_values(one, strike=True))
    rates = discount_rates(case, one)
    most = (1.0, 1.0) if isinstance(compiled, str) else (compiled.most(0), compiled.most(1))
    entry: Report = {
        "texts": [
            _text(one, judged, text, _choice(case, text["text"]), rates, most) for text in packages.get("tabled", ())
        ],
        "packages": _packages(case, one, compiled),
        "turning_points": _turning_points(case, one, judged.mode),
    }
    entry["trend"] = _trend(case, one, judged, rates, most)
    if isinstance(rates, str):
        return {**entry, "patience": {"not_computed": rates}, "arming": []}
    stakes = {side: 0.0 if isinstance(compiled, str) else float(compiled.stake(k)) for k, side in enumerate(one.sides)}
    entry["patience_per_year"] = {side: math.exp(-rate) for side, rate in zip(one.sides, rates.at("mode"), strict=True)}
    entry["patience"] = _patience(one, judged.mode, rates)
    entry["arming"] = [
        _arming(one, judged.mode, signal, party, choice)
        for signal, (party, choice) in arming_choices(case, one, rates, stakes).items()
    ]
    return entry


def _choice(case: Case, text: str) -> Mapping[str, str]:
    return next(package.choice for package in tabled_packages(case) if package.id == text)


def _text(
    one: Confrontation,
    judged: Judged,
    text: Report,
    choice: Mapping[str, str],
    rates: Rates | str,
    most: tuple[float, float],
) -> Report:
    """Return what a text does to the range, and whether either side prefers it to fighting before and after.

    Effects that need years are a shift of power that the text itself sets off, and count against the limit of speed.
    """
    lottery = judged.mode
    applying = effects_of(one, choice)
    effects = {effect.id: effect for effect in one.effects}
    surely = total(shift_of(one, effects[name]) for name, sure in applying.items() if sure)
    after = moved(lottery, surely)
    return {
        "text": text["text"],
        "preferred_for": _preferred_for(one, judged, text["shares"]),
        "effects": [_effect(effects[name], "certain" if sure else "possible") for name, sure in applying.items()],
        "range_after": range_entry(bargaining_range(after)),
        "shift": _shift(one, lottery, [effects[name] for name, sure in applying.items() if sure], rates, most, text),
        "preferred": {
            when: _preferred(one, lottery if when == "before" else after, text["shares"])
            for when in ("before", "after")
        },
    }


def _shift(
    one: Confrontation,
    lottery: Lottery,
    effects: Sequence[Effect],
    rates: Rates | str,
    most: tuple[float, float],
    text: Report,
) -> Report | None:
    """Return the shift of power that a text sets off over years, against the limit of speed; None without one.

    `gives_enough` says whether the text itself gives the side whose chance falls what it needs in the meantime.
    """
    path = tuple(
        Ramp(effect.win_chance.mode, 0.0, effect.years.mode)
        for effect in effects
        if effect.win_chance is not None and effect.years is not None and effect.years.mode > 0
    )
    if not path:
        return None
    if isinstance(rates, str):
        return {"not_computed": rates}
    stretches = find_stretches(lottery, path, rates.at("mode"), most)
    entries = [_stretch(one, stretch) for stretch in stretches]
    for entry in entries:
        low, high = text["shares"][entry["declining"]]
        needed = entry["needed_meanwhile"]
        enough = needed is not None and low >= needed - SAME
        entry["gives_enough"] = "yes" if enough else "open" if needed is not None and high >= needed - SAME else "no"
    return {"stretches": entries, "holds": first_violation(stretches) is None}


def _effect(effect: Effect, applies: str) -> Report:
    return {
        "id": effect.id,
        "applies": applies,
        "because": list(effect.because),
        "win_chance": _numbers(effect.win_chance),
        "first_strike": _numbers(effect.first_strike),
        "cost": {side: _numbers(cost) for side, cost in effect.cost.items()},
        "years": _numbers(effect.years),
    }


def _numbers(estimate: Estimate | None) -> dict[str, float] | None:
    return None if estimate is None else {"low": estimate.low, "mode": estimate.mode, "high": estimate.high}


def _preferred(one: Confrontation, lottery: Lottery, shares: Mapping[str, Sequence[float]]) -> dict[str, str]:
    """Return whether each side prefers a text to fighting: yes, no, or open where that hangs on what it leaves open."""
    found = bargaining_range(lottery)
    needed = dict(zip(one.sides, (found.low, 1.0 - found.high), strict=True))
    return {
        side: "yes" if low >= needed[side] - SAME else "no" if high < needed[side] - SAME else "open"
        for side, (low, high) in shares.items()
    }


def _preferred_for(one: Confrontation, judged: Judged, shares: Mapping[str, Sequence[float]]) -> dict[str, str]:
    """Return whether each side prefers a text to fighting for all, some or none of the numbers in range."""
    strict, mild = bargaining_range(judged.narrowest), bargaining_range(judged.widest)
    bounds = zip(one.sides, ((strict.low, mild.low), (1.0 - strict.high, 1.0 - mild.high)), strict=True)
    return {
        side: "all" if shares[side][0] >= most - SAME else "none" if shares[side][1] < least - SAME else "some"
        for side, (most, least) in bounds
    }


def _packages(case: Case, one: Confrontation, compiled: WarPackages | str) -> Report:
    """Return how many packages both prefer to fighting before they are signed and once their effects are there."""
    if isinstance(compiled, str):
        return {"not_computed": compiled}
    if any(side in one.risk for side in one.sides):
        return {"not_computed": "With an attitude to risk, effects of packages on fighting do not add up."}
    model = packages_before_and_after(case, one, compiled)
    if isinstance(model, str):
        return {"not_computed": model}
    return {reading: _zone(model, completion) for reading, completion in READINGS.items()}


def _zone(model: Any, completion: Completion) -> Any:
    return count_entry(count_zone(model, rules=model.links, completion=completion))


def _turning_points(case: Case, one: Confrontation, lottery: Lottery) -> list[Report]:
    """Return the range if a known date brings its change, beside the range if it does not."""
    found = []
    for point in case.crisis.turning_points if case.crisis else ():
        if one.id not in point.win_chance:
            continue
        change = point.win_chance[one.id]
        found.append(
            {
                "id": point.id,
                "on": point.on.isoformat(),
                "text": text_of(point.text),
                "win_chance": _numbers(change),
                "range_if_it_comes": range_entry(bargaining_range(moved(lottery, Shift(win_chance=change.mode)))),
                "range_if_not": range_entry(bargaining_range(lottery)),
            }
        )
    return found


def _trend(case: Case, one: Confrontation, judged: Judged, rates: Rates | str, most: tuple[float, float]) -> Report:
    """Return how the chance moves without agreement, against what patience lets a declining side wait for."""
    path = ramps(case, one)
    if isinstance(path, str):
        return {"not_computed": path}
    if isinstance(rates, str):
        return {"not_computed": rates}
    stretches = find_stretches(judged.mode, path, rates.at("mode"), most)
    worst = [
        first_violation(find_stretches(judged.narrowest, ends, rates.at("low"), most)) is None
        for ends in extreme_ramps(case, one, fast=True)
    ]
    best = [
        first_violation(find_stretches(judged.widest, ends, rates.at("high"), most)) is None
        for ends in extreme_ramps(case, one, fast=False)
    ]
    violation = first_violation(stretches)
    return {
        "effects": [effect.id for effect in trends(one)],
        "stretches": [_stretch(one, stretch) for stretch in stretches],
        "holds": violation is None,
        "holds_for": "all" if all(worst) else "some" if any(best) else "none",
        "first_violation": None if violation is None else violation.start,
        "turns": _trend_turns(one, judged.mode, rates, stretches, most),
    }


def _stretch(one: Confrontation, stretch: Stretch) -> Report:
    declining = None if stretch.declining is None else one.sides[stretch.declining]
    return {
        "from_year": stretch.start,
        "to_year": stretch.end,
        "win_chance": dict(zip(one.sides, stretch.chance, strict=True)),
        "speed": _finite(stretch.speed),
        "declining": declining,
        "limit": stretch.limit,
        "times_too_fast": _finite(abs(stretch.speed) / stretch.limit) if stretch.limit > 0 else None,
        "holds": stretch.holds,
        "holds_by_some_procedure": stretch.any_procedure,
        "needed_meanwhile": _finite(stretch.needed),
        "shortest_years": _finite(stretch.shortest),
    }


def _trend_turns(
    one: Confrontation,
    lottery: Lottery,
    rates: Rates,
    stretches: Sequence[Stretch],
    most: tuple[float, float],
) -> list[Report]:
    """Return where the declining side's rate and cost turn the condition of the first stretch, in closed form."""
    if not stretches or math.isinf(stretches[0].speed) or stretches[0].declining is None:
        return []
    stretch = stretches[0]
    side = stretches[0].declining
    assert side is not None
    name, speed = one.sides[side], abs(stretch.speed)
    own = stretch.chance[0] if side == 0 else 1.0 - stretch.chance[1]
    own += lottery.first_strike
    room = most[side] - own + lottery.cost[side]
    rate = rates.at("mode")[side]
    given = rates.first if side == 0 else rates.second
    found = [_turn("rate", name, given, speed / room if room > 0 else None)]
    needed = own - most[side] + speed / rate if rate > 0 else None
    found.append(_turn("cost", name, one.cost[name], needed if needed is not None and needed >= 0 else None))
    limit = stretch.limit
    moving = trends(one)
    if len(moving) == 1 and moving[0].years is not None and moving[0].win_chance is not None and limit > 0:
        size = abs(moving[0].win_chance.mode)
        found.append(_turn("years", None, moving[0].years, size / limit))
        sign = math.copysign(1.0, moving[0].win_chance.mode)
        found.append(_turn("win_chance", None, moving[0].win_chance, sign * limit * moving[0].years.mode))
    return found


def _turn(number: str, side: str | None, estimate: Estimate, value: float | None) -> Report:
    inside = value is not None and estimate.low <= value <= estimate.high
    less = number == "win_chance" and value is not None and value > 0
    return {
        "number": number,
        "side": side,
        "mode": estimate.mode,
        "turns_at": value,
        "holds_if": "at most" if less else "at least",
        "within_its_range": inside,
    }


def _patience(one: Confrontation, lottery: Lottery, rates: Rates) -> Report:
    """Return the first side's share if offers follow each other fast: by patience alone, and with fighting outside."""
    first, second = rates.at("mode")
    values = war_values(lottery)
    if first + second <= 0 or sum(values) > 1:
        return {
            "not_computed": "No agreement is preferred to fighting by both, or neither side discounts what is later."
        }
    free, bound = second / (first + second), fast_offers((first, second), values)
    return {"share_by_patience": free, "share_with_fighting_outside": bound, "fighting_binds": abs(free - bound) > SAME}


def _arming(one: Confrontation, lottery: Lottery, signal: str, party: str, choice: Arming) -> Report:
    """Return what becomes of a choice to arm if it is seen and if it is not, and of the same shift unchosen."""
    rising = one.sides.index(party)
    chance = lottery.win_chance[0] if rising == 0 else 1.0 - lottery.win_chance[1]
    costs = (lottery.cost[rising], lottery.cost[1 - rising])
    unseen = unseen_equilibrium(choice)
    return {
        "signal": signal,
        "party": party,
        "gain": choice.gain,
        "cost": choice.cost,
        "costs_of_fighting": choice.costs_of_fighting,
        "pays": choice.pays,
        "strike_pays": choice.strike_pays,
        "if_seen": if_seen(choice).value,
        "if_unseen": if_unseen(choice).value,
        "unseen": {"arms": unseen.arms, "struck": unseen.struck},
        "room_if_nobody_chose_it": choice.gain
        <= critical_shift(chance=chance, costs=costs, delta=choice.deltas[1], first_strike=lottery.first_strike),
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None

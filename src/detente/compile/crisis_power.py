"""What a text, a turning point or time does to a confrontation: effects of the case as shifts and ramps."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import numpy as np

from detente.case.case import Case
from detente.case.crisis import Confrontation, Effect
from detente.compile.crisis_packages import WarPackages
from detente.compile.rules import truth_table
from detente.compile.utilities import exact
from detente.core.estimate import Estimate
from detente.engines.crisis import Arming, Ramp, Shift
from detente.engines.settlement import Interaction, SettlementModel

DAYS = 365.25
"""Days of a year."""

MOST_ENDS = 6
"""More trends than these are not tried at all their ends."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The discount rates per year of the two sides of a confrontation, as judged."""

    first: Estimate
    second: Estimate

    def at(self, bound: str) -> tuple[float, float]:
        """Return both at one bound."""
        return float(getattr(self.first, bound)), float(getattr(self.second, bound))


def discount_rates(case: Case, one: Confrontation) -> Rates | str:
    """Return the rates of both sides, or one sentence on what is missing."""
    given = {delay.party: delay.rate for delay in (case.crisis.delays if case.crisis else ())}
    first, second = (given.get(side) for side in one.sides)
    if first is None or second is None:
        lacking = [side for side in one.sides if given.get(side) is None]
        return f"crisis.delays gives no rate of {' and '.join(lacking)}. Add it, to compare a shift with patience."
    return Rates(first, second)


def effects_of(one: Confrontation, choice: Mapping[str, str]) -> dict[str, bool]:
    """Return the effects that a package brings about (true), or may, as it leaves something open (false)."""
    held = {effect.id: effect.when.holds(choice) for effect in one.effects if effect.when is not None}
    return {name: holds is True for name, holds in held.items() if holds is not False}


def shift_of(one: Confrontation, effect: Effect, bound: str = "mode") -> Shift:
    """Return what an effect adds once it is there."""
    return Shift(
        win_chance=_at(effect.win_chance, bound),
        first_strike=_at(effect.first_strike, bound),
        cost=(_at(effect.cost.get(one.sides[0]), bound), _at(effect.cost.get(one.sides[1]), bound)),
    )


def trends(one: Confrontation) -> tuple[Effect, ...]:
    """Return the effects on the chance to prevail that come about without any agreement."""
    return tuple(effect for effect in one.effects if effect.when is None and effect.win_chance is not None)


def ramps(case: Case, one: Confrontation) -> tuple[Ramp, ...] | str:
    """Return the trends at their most likely numbers, or one sentence on what is missing."""
    found = trends(one)
    if not found:
        return f'Confrontation "{one.id}" names no effect on win_chance without a condition (effects without when).'
    day = _today(case)
    dated = [effect.id for effect in found if effect.starts is not None]
    if dated and day is None:
        return f"{', '.join(dated)}: starts needs a day to count from. Give the case a cut-off, or --as-of."
    return tuple(_ramp(effect, day, "mode", "mode") for effect in found)


def extreme_ramps(case: Case, one: Confrontation, *, fast: bool) -> tuple[tuple[Ramp, ...], ...]:
    """Return the trends at each combination of the ends of their sizes, all as fast or all as slow as they may be."""
    found = trends(one)[:MOST_ENDS]
    day, years = _today(case), "low" if fast else "high"
    return tuple(
        tuple(_ramp(effect, day, size, years) for effect, size in zip(found, sizes, strict=True))
        for sizes in product(("low", "high"), repeat=len(found))
    )


def arming_choices(
    case: Case, one: Confrontation, rates: Rates, stakes: Mapping[str, float]
) -> dict[str, tuple[str, Arming]]:
    """Return the signals of either side that cost it something and add to its chance, as choices to arm.

    What fighting costs both is less twice the advantage of striking first, as in the range.
    """
    strike = 0.0 if one.first_strike is None else one.first_strike.mode
    factors = dict(zip(one.sides, (math.exp(-rate) for rate in rates.at("mode")), strict=True))
    found = {}
    for signal in case.crisis.signals if case.crisis else ():
        if signal.party not in one.sides or signal.sunk is None or signal.win_chance is None:
            continue
        if stakes[signal.party] <= 0:
            continue
        (rival,) = (side for side in one.sides if side != signal.party)
        found[signal.id] = (
            signal.party,
            Arming(
                gain=signal.win_chance.mode,
                cost=signal.sunk.mode / stakes[signal.party],
                costs_of_fighting=max(0.0, sum(one.cost[side].mode for side in one.sides) - 2.0 * strike),
                deltas=(factors[signal.party], factors[rival]),
            ),
        )
    return found


def packages_before_and_after(case: Case, one: Confrontation, compiled: WarPackages) -> SettlementModel | str:
    """Return a settlement model in which each side stands twice: before its effects on power, and after them.

    What an effect adds to a side's value of fighting is taken off what the options that bring it about are worth to the
    side that stands there after them. So its zone holds the packages that both prefer to fighting before they are
    signed and once their effects are there. Chances are not cut off at 0 and 1 here.
    """
    trace = compiled.trace
    options = dict(zip(trace.issues, trace.options, strict=True))
    hidden = {issue.id: tuple(o.id for o in issue.options) for issue in case.issues if issue.id not in options}
    model = compiled.model
    worst = [np.concatenate([table, table]) for table in model.worst]
    best = [np.concatenate([table, table]) for table in model.best]
    terms = [*model.interactions, *(replace(term, party=term.party + 2) for term in model.interactions)]
    for effect in one.effects:
        if effect.when is None:
            continue
        issues, holds = truth_table(effect.when, options, hidden, whatever=True)
        if not issues:
            continue
        if len(issues) > 2:
            return f'Effect "{effect.id}" reads more than two issues; packages are not counted after effects.'
        at = tuple(trace.issues.index(issue) for issue in issues)
        for side in range(2):
            taken = round(_added(one, effect, side) * compiled.stake(side) * trace.grid)
            if len(at) == 1:
                worst[at[0]][side + 2] -= taken * holds
                best[at[0]][side + 2] -= taken * holds
            else:
                terms.append(Interaction(side + 2, (at[0], at[1]), -taken * holds.astype(np.int64)))
    return SettlementModel(
        worst=tuple(worst),
        best=tuple(best),
        bias=np.concatenate([model.bias, model.bias]),
        reservation=np.concatenate([model.reservation, model.reservation]),
        interactions=tuple(terms),
        links=model.links,
    )


def _added(one: Confrontation, effect: Effect, side: int) -> Fraction:
    """Return what an effect adds to a side's value of fighting, in shares of its stake."""
    chance, strike, cost = (
        Fraction(0) if estimate is None else exact(estimate.mode)
        for estimate in (effect.win_chance, effect.first_strike, effect.cost.get(one.sides[side]))
    )
    return (chance if side == 0 else -chance) + strike - cost


def _ramp(effect: Effect, day: datetime.date | None, size: str, years: str) -> Ramp:
    start = 0.0
    if effect.starts is not None:
        assert day is not None
        start = (effect.starts - day).days / DAYS
    return Ramp(_at(effect.win_chance, size), start, _at(effect.years, years))


def _today(case: Case) -> datetime.date | None:
    return case.cut_off or (case.period.last if case.period else None)


def _at(estimate: Estimate | None, bound: str) -> float:
    return 0.0 if estimate is None else float(getattr(estimate, bound))

"""Where the status quo stands between power and benefits, in the case's own names: which side could be dissatisfied."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case
from detente.case.crisis import Confrontation
from detente.compile.crisis_packages import compile_war_packages, exact_war_values
from detente.engines.crisis import Costs, satisfied_band
from detente.engines.settlement import evaluate

Report = dict[str, Any]


def status_quo_entry(case: Case, one: Confrontation) -> Report:
    """Return the first side's share in the status quo as each side sees it, and where neither can be dissatisfied.

    Costs are taken as even between the bounds that the opponent sees (`cost_as_seen`; the side's own where that is left
    out). A side is surely satisfied where even its lowest cost makes fighting
    worth no more to it than the status quo.
    """
    seen = {side: one.cost_as_seen.get(side, one.cost[side]) for side in one.sides}
    costs = [Costs(seen[side].low, seen[side].high) for side in one.sides]
    power = [one.win_chance[side].mode for side in one.sides]
    entry: Report = {
        "power": dict(zip(one.sides, power, strict=True)),
        "costs": {side: [cost.low, cost.high] for side, cost in zip(one.sides, costs, strict=True)},
        "satisfied": {
            side: list(satisfied_band(chance, *costs)) for side, chance in zip(one.sides, power, strict=True)
        },
    }
    compiled = compile_war_packages(case, one, exact_war_values(one))
    held = {issue.id: option.id for issue in case.issues for option in issue.options if option.status_quo}
    if isinstance(compiled, str) or not any(issue in held for issue in compiled.trace.issues):
        return {**entry, "not_computed": "The case marks no option of what is at stake as the status quo."}
    choice = {issue: option for issue, option in held.items() if issue in compiled.trace.issues}
    value = evaluate(compiled.model, compiled.trace.chosen(choice))
    shares = {
        side: [compiled.share(k, value.low[k]), compiled.share(k, value.high[k])] for k, side in enumerate(one.sides)
    }
    return {
        **entry,
        "settles": len(choice),
        "shares": shares,
        "dissatisfied": {side: _dissatisfied(one, k, shares[side]) for k, side in enumerate(one.sides)},
    }


def _dissatisfied(one: Confrontation, side: int, share: list[float]) -> str:
    """Return whether fighting is worth more to a side than the status quo: for all, some or none in range."""
    name = one.sides[side]
    believed = one.win_chance[name]
    low, high = (believed.low, believed.high) if side == 0 else (1.0 - believed.high, 1.0 - believed.low)
    if low - one.cost[name].high > share[1]:
        return "all"
    return "some" if high - one.cost[name].low > share[0] else "none"

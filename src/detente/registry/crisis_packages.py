"""The packages that both sides prefer to fighting, and where the texts on the table lie: in the case's own names."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from detente.case.case import Case
from detente.case.crisis import Confrontation
from detente.case.ledger.tabled import tabled_packages
from detente.compile.crisis_packages import WarPackages, compile_war_packages, exact_war_values
from detente.compile.utilities import exact
from detente.core.errors import ModelError
from detente.engines.crisis import Confrontation as Lottery
from detente.engines.crisis import Judged, Range, bargaining_range
from detente.engines.settlement import Completion, evaluate
from detente.engines.settlement.counting import Count, count_zone
from detente.engines.settlement.frontier import find_frontier

Report = dict[str, Any]
READINGS: Mapping[str, Completion] = {"certain": Completion.WORST, "possible": Completion.BEST}


def packages_entry(case: Case, one: Confrontation, judged: Judged) -> Report:
    """Return how many packages both sides prefer to fighting, and how far an advantage of striking first leaves one.

    `in_range` counts at the numbers that leave the least room, unknown options at their worst, and at those that leave
    the most, unknown options at their best.
    """
    values = exact_war_values(one)
    compiled = compile_war_packages(case, one, values)
    if isinstance(compiled, str):
        return {"not_computed": compiled}
    entry: Report = {
        "issues": list(compiled.trace.issues),
        "left_out": list(compiled.trace.left_out),
        "total": str(compiled.model.total),
        "fighting_is_worth": {
            side: float(compiled.worst[k] + values[k] * compiled.stake(k)) for k, side in enumerate(one.sides)
        },
        "stakes": {side: float(compiled.stake(k)) for k, side in enumerate(one.sides)},
        "tabled": _tabled(case, compiled),
    }
    for reading, completion in READINGS.items():
        entry[reading] = _reading(compiled, completion, exact_war_values(one, strike=True), values)
    entry["in_range"] = {
        "least": _at(compiled, judged.narrowest, Completion.WORST),
        "most": _at(compiled, judged.widest, Completion.BEST),
    }
    return entry


def _at(compiled: WarPackages, lottery: Lottery, completion: Completion) -> Any:
    """Return how many packages both prefer to fighting at given numbers."""
    found = bargaining_range(lottery)
    model = compiled.at((exact(found.low), exact(1.0 - found.high)))
    return count_entry(count_zone(model, rules=model.links, completion=completion))


def _reading(
    compiled: WarPackages,
    completion: Completion,
    striking: tuple[Fraction, Fraction],
    plain: tuple[Fraction, Fraction],
) -> Report:
    """Return the packages under one reading of unknown options; red lines are left aside, links are kept."""
    model = compiled.at(striking)
    found: Report = {"preferred_by_both": count_entry(count_zone(model, rules=model.links, completion=completion))}
    try:
        frontier = find_frontier(compiled.model, rules=compiled.model.links, completion=completion)
    except ModelError as error:
        return {**found, "critical_first_strike": None, "note": str(error)}
    staked = [k for k in range(2) if compiled.stake(k)]  # to whom something is at stake at all
    margins = [
        min(
            (Fraction(int(point.utilities[k]), compiled.trace.grid) - compiled.worst[k]) / compiled.stake(k) - plain[k]
            for k in staked
        )
        for point in frontier
        if staked
    ]
    return {**found, "critical_first_strike": float(max(margins)) if margins else None}


def _tabled(case: Case, compiled: WarPackages) -> list[Report]:
    """Return where each text on the table lies: what it is worth to each side, in shares of its stake."""
    entries = []
    for package in tabled_packages(case):
        choice = {issue: option for issue, option in package.choice.items() if issue in compiled.trace.issues}
        if not choice:
            continue
        value = evaluate(compiled.model, compiled.trace.chosen(choice))
        entries.append(
            {
                "text": package.id,
                "settles": len(choice),
                "shares": {
                    side: [compiled.share(k, value.low[k]), compiled.share(k, value.high[k])]
                    for k, side in enumerate(compiled.trace.parties)
                },
            }
        )
    return entries


def range_entry(found: Range) -> Report:
    """Return a range as it lies on the stake, and its width, negative by how much room is missing."""
    inside = found.within()
    return {"low": inside.low, "high": inside.high, "width": found.width, "empty": found.empty}


def count_entry(found: Count) -> str | dict[str, str]:
    """Return an exact count as a decimal string, else its bounds with their method."""
    if found.exact:
        return str(found.low)
    return {"low": str(found.low), "high": str(found.high), "method": str(found.method)}

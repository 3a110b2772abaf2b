"""The crisis engine's answer for a case, in the case's own names: `docs/reference/crisis-report.md` lists its keys.

A report is a plain dict, ready for JSON. Keys are added to, never renamed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from detente.case.case import Case
from detente.case.crisis import Confrontation
from detente.compile.crisis import compile_crisis, estimates
from detente.core.estimate import Estimate
from detente.core.progress import Progress
from detente.engines.crisis import Judged, RangeFindings, lottery_range, solve
from detente.registry.crisis_deterrence import deterrence_entry
from detente.registry.crisis_game import game_entry
from detente.registry.crisis_offers import offers_entry
from detente.registry.crisis_packages import packages_entry, range_entry
from detente.registry.crisis_power import power_entry
from detente.registry.crisis_status_quo import status_quo_entry

Report = dict[str, Any]


def crisis_report(case: Case, pair: Sequence[str] | None = None, *, progress: Progress | None = None) -> Report:
    """Return what could be fought over, under which conditions, and what comes about without agreement.

    Parameters
    ----------
    case : Case
        As of its day.
    pair : sequence of two str, optional
        Only confrontations between these two parties.
    progress : Progress, optional
        Called with the share done and a word.

    Returns
    -------
    dict
        Under `not_computed` one sentence that names what is missing; else `no_agreement` and `confrontations`.
    """
    compiled = compile_crisis(case, pair)
    head: Report = {"case": case.id, "engine": "crisis", "pair": None if pair is None else list(pair)}
    if isinstance(compiled, str):
        return {**head, "not_computed": compiled}
    found = solve(compiled.model, progress=progress)
    (crisis,) = found.solutions
    trace = compiled.trace
    entries = [
        _entry(case, one, judged, ranges)
        for one, judged, ranges in zip(trace.confrontations, compiled.model.confrontations, crisis.ranges, strict=True)
    ]
    return {
        **head,
        "no_agreement": game_entry(case, compiled.model.game, trace, crisis),
        "two_numbers": _two_numbers(case, trace.confrontations, entries),
        "confrontations": entries,
        "deterrence": deterrence_entry(case, pair),
        "not_computed_for": [{"id": name, "why": why} for name, why in trace.missing.items()],
        "assumptions": [*compiled.assumed, *found.assumptions],
        "notes": list(found.notes),
    }


def _entry(case: Case, one: Confrontation, judged: Judged, found: RangeFindings) -> Report:
    """Return one confrontation; other parts of the engine add keys of their own."""
    packages = packages_entry(case, one, judged)
    power = power_entry(case, one, judged, packages)
    return {
        "id": one.id,
        "sides": list(one.sides),
        "scenario": one.scenario,
        "can_start": list(one.can_start),
        "issues": list(one.issues or (issue.id for issue in case.issues)),
        "numbers": [
            {"number": name, "side": side, **_numbers(estimate), "because": list(estimate.because)}
            for (name, side), estimate in estimates(one).items()
        ],
        "war_values": dict(zip(one.sides, found.war_values, strict=True)),
        "range": {
            "mode": range_entry(found.mode),
            "narrowest": range_entry(found.narrowest),
            "widest": range_entry(found.widest),
            "exists": _when(not found.narrowest.empty, not found.widest.empty),
        },
        "conditions": [
            _optimism(judged, found),
            _commitment(power["trend"]),
            _indivisibility(judged, found, packages),
            _first_strike(one, judged, found),
        ],
        "packages": packages,
        "power": power,
        "status_quo": status_quo_entry(case, one),
        "turns": _turns(one, found),
        "offers": offers_entry(case, one),
    }


def _two_numbers(case: Case, confrontations: Sequence[Confrontation], entries: Sequence[Report]) -> list[Report]:
    """Return what fighting is worth to a side by the outlook's payoff of its scenario, and by the lottery.

    Both are on the scale of the case where everything is fought over; that they differ is for the authors to explain.
    """
    payoffs = {one.party: one.payoffs for one in case.no_agreement.outlooks}
    return [
        {
            "confrontation": one.id,
            "party": side,
            "payoff": payoffs[side][one.scenario].mode,
            "by_the_lottery": entry["packages"]["fighting_is_worth"][side],
        }
        for one, entry in zip(confrontations, entries, strict=True)
        for side in one.sides
        if one.scenario is not None and not one.issues and "not_computed" not in entry["packages"]
        if one.scenario in payoffs.get(side, {})
    ]


def _numbers(estimate: Estimate) -> dict[str, float]:
    return {"low": estimate.low, "mode": estimate.mode, "high": estimate.high}


def _when(always: bool, sometimes: bool) -> str:
    """Return under which numbers in range something holds."""
    return "all" if always else "some" if sometimes else "none"


def _optimism(judged: Judged, found: RangeFindings) -> Report:
    """Return whether the sides' own beliefs leave room for both; by how much their costs exceed their optimism."""
    margins = [
        sum(one.cost) - (one.win_chance[0] - one.win_chance[1])
        for one in (judged.mode, judged.narrowest, judged.widest)
    ]
    return {
        "condition": "beliefs",
        "holds": margins[0] >= 0,
        "holds_for": _when(margins[1] >= 0, margins[2] >= 0),
        "margin": margins[0],
        "optimism": found.optimism,
        "values_of_fighting_together": 1.0 + found.optimism - sum(judged.mode.cost),
        "restored_by": {"optimism_at_most": sum(judged.mode.cost)},
        "costs": sum(judged.mode.cost),
    }


def _first_strike(one: Confrontation, judged: Judged, found: RangeFindings) -> Report:
    lowering = [
        effect.id
        for effect in one.effects
        if effect.when is not None and effect.first_strike is not None and effect.first_strike.mode < 0
    ]
    entry: Report = {
        "condition": "first-strike",
        "critical": _finite(found.critical_first_strike),
        "restored_by": {"effects": lowering},
    }
    if one.first_strike is None:
        return {**entry, "not_computed": f'Confrontation "{one.id}" gives no first_strike.'}
    return {
        **entry,
        "advantage": judged.mode.first_strike,
        "holds": judged.mode.first_strike <= found.critical_first_strike,
        "holds_for": _when(not found.narrowest.empty, not found.widest.empty),
        "margin": _finite(found.critical_first_strike - judged.mode.first_strike),
    }


def _commitment(trend: Report) -> Report:
    """Return whether what moves by itself is slow enough for the side that declines to wait."""
    if "not_computed" in trend:
        return {"condition": "commitment", "not_computed": trend["not_computed"]}
    stretches = trend["stretches"]
    margins = [one["limit"] - abs(one["speed"]) for one in stretches if one["speed"] is not None]
    at_once = len(margins) < len(stretches)
    return {
        "condition": "commitment",
        "holds": trend["holds"],
        "holds_for": trend["holds_for"],
        "margin": None if at_once or not margins else min(margins),
        "first_violation": trend["first_violation"],
        "restored_by": {
            "years_at_least": None if not stretches else stretches[0]["shortest_years"],
            "share_meanwhile": None if not stretches else stretches[0]["needed_meanwhile"],
        },
    }


def _indivisibility(judged: Judged, found: RangeFindings, packages: Report) -> Report:
    """Return whether a whole package lies in the range, and the lottery over everything that would."""
    lottery = lottery_range(judged.mode)
    entry: Report = {
        "condition": "indivisibility",
        "restored_by": {"lottery": None if lottery.empty else {"low": lottery.low, "high": lottery.high}},
    }
    if "not_computed" in packages:
        return {**entry, "not_computed": packages["not_computed"]}
    some = {reading: _some(packages["in_range"][reading]) for reading in ("least", "most")}
    margin = packages["certain"]["critical_first_strike"]
    return {
        **entry,
        "holds": _some(packages["certain"]["preferred_by_both"]),
        "holds_for": _when(some["least"], some["most"]),
        "margin": None if margin is None else margin - judged.mode.first_strike,
        "divisible_range": not found.mode.empty,
    }


def _some(count: str | dict[str, str]) -> bool:
    return int(count if isinstance(count, str) else count["low"]) > 0


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _turns(one: Confrontation, found: RangeFindings) -> list[Report]:
    """Return where each number alone closes or opens the range, and whether that lies within its own range."""
    given = estimates(one)
    entries = []
    for turn in found.turns:
        side = None if turn.side is None else one.sides[turn.side]
        estimate = given.get((turn.number, side))
        at = estimate.mode if estimate is not None else 1.0 if turn.number == "risk" else 0.0
        inside = turn.value is not None and estimate is not None and estimate.low <= turn.value <= estimate.high
        entries.append(
            {
                "number": turn.number,
                "side": side,
                "mode": at,
                "turns_at": turn.value,
                "holds_if": "at least" if turn.at_least else "at most",
                "within_its_range": inside,
            }
        )
    return entries

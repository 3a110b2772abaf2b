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
from detente.engines.crisis import Judged, Range, RangeFindings, solve
from detente.registry.crisis_game import game_entry
from detente.registry.crisis_offers import offers_entry
from detente.registry.crisis_packages import packages_entry

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
    return {
        **head,
        "no_agreement": game_entry(case, compiled.model.game, trace, crisis),
        "confrontations": [
            _entry(case, one, judged, ranges)
            for one, judged, ranges in zip(
                trace.confrontations, compiled.model.confrontations, crisis.ranges, strict=True
            )
        ],
        "not_computed_for": [{"id": name, "why": why} for name, why in trace.missing.items()],
        "assumptions": [*compiled.assumed, *found.assumptions],
        "notes": list(found.notes),
    }


def _entry(case: Case, one: Confrontation, judged: Judged, found: RangeFindings) -> Report:
    """Return one confrontation; other parts of the engine add keys of their own."""
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
        "conditions": [_optimism(judged, found), _first_strike(one, judged, found)],
        "packages": packages_entry(case, one),
        "turns": _turns(one, found),
        "offers": offers_entry(case, one),
    }


def range_entry(found: Range) -> Report:
    """Return a range as it lies on the stake, and its width, negative by how much room is missing."""
    inside = found.within()
    return {"low": inside.low, "high": inside.high, "width": found.width, "empty": found.empty}


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
        "costs": sum(judged.mode.cost),
    }


def _first_strike(one: Confrontation, judged: Judged, found: RangeFindings) -> Report:
    entry: Report = {"condition": "first-strike", "critical": _finite(found.critical_first_strike)}
    if one.first_strike is None:
        return {**entry, "not_computed": f'Confrontation "{one.id}" gives no first_strike.'}
    return {
        **entry,
        "advantage": judged.mode.first_strike,
        "holds": judged.mode.first_strike <= found.critical_first_strike,
        "holds_for": _when(not found.narrowest.empty, not found.widest.empty),
        "margin": _finite(found.critical_first_strike - judged.mode.first_strike),
    }


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
            {"number": turn.number, "side": side, "mode": at, "turns_at": turn.value, "within_its_range": inside}
        )
    return entries

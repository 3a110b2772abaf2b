"""Accidents on the rungs of a case's ladder, within months, with safeguards, and against the rung below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.case.case import Case
from detente.case.crisis import Rung, Safeguard
from detente.compile.in_texts import in_texts
from detente.compile.judged import Number, of_estimate, under
from detente.core.fields import text_of
from detente.engines.ladder import one_rung_down, within

Report = dict[str, Any]

MONTHS = (1, 3, 6, 12, 24)
"""Months within which an accident is counted."""


def hazard_entry(case: Case) -> Report:
    """Return the chance of an accident per rung and time, what safeguards change, and what one rung down would.

    Every range is exact: the ends of a chance are at the ends of the numbers it rests on.
    """
    crisis = case.crisis
    if crisis is None or crisis.ladder is None:
        return {"not_computed": "The case has no ladder (crisis.ladder), so no rung has a chance of an accident."}
    rungs = sorted(crisis.ladder.rungs, key=lambda one: one.rung)
    return {
        "months": list(MONTHS),
        "rungs": [_rung(rung, rungs[at - 1] if at else None, crisis.safeguards) for at, rung in enumerate(rungs)],
        "safeguards": [
            {
                "id": one.id,
                "text": text_of(one.text),
                "when": None if one.when is None else str(one.when),
                "rungs": list(one.rungs),
                "times": _number(one).entry(),
                "in_texts": in_texts(case, one.when),
            }
            for one in crisis.safeguards
        ],
        "assumptions": [
            "An accident is as likely in one month on a rung as in any other, whatever happened before.",
            "Several safeguards multiply the chance in turn, as if each worked alike whether or not others are there.",
        ],
    }


def _number(one: Safeguard) -> Number:
    return of_estimate(one.accident_times, f"crisis.safeguards.{one.id}.accident_times")


def _rung(rung: Rung, below: Rung | None, safeguards: Sequence[Safeguard]) -> Report:
    number = of_estimate(rung.accident, f"crisis.ladder.rungs.{rung.rung}.accident")
    own = [one for one in safeguards if not one.rungs or rung.rung in one.rungs]
    factor = _product([_number(one) for one in own])
    found: Report = {
        "rung": rung.rung,
        "text": text_of(rung.text),
        "per_month": number.entry(),
        "within": _within(number),
        "safeguards": [one.id for one in own],
        "with_each": {one.id: _within(_times(number, _number(one))) for one in own},
        "with_all": _within(_times(number, factor)) if own else None,
        "one_rung_down": None,
    }
    if below is not None:
        lower = of_estimate(below.accident, f"crisis.ladder.rungs.{below.rung}.accident")
        low, high = one_rung_down(lower.low, number.high), one_rung_down(lower.high, number.low)
        found["one_rung_down"] = {
            "rung": below.rung,
            "times": {"low": low, "mode": one_rung_down(_mode(lower), _mode(number)), "high": high},
            "safeguards_times": {"low": factor.low, "mode": factor.mode, "high": factor.high} if own else None,
            "safeguards_do": str(under(lower.low - number.high * factor.high, lower.high - number.low * factor.low))
            if own
            else None,
        }
    return found


def _product(numbers: Sequence[Number]) -> Number:
    low = mode = high = 1.0
    for one in numbers:
        low, mode, high = low * one.low, mode * _mode(one), high * one.high
    return Number(low, mode, high, "product of safeguards")


def _times(number: Number, factor: Number) -> Number:
    mode = _mode(number) * _mode(factor)
    return Number(number.low * factor.low, mode, number.high * factor.high, number.basis)


def _mode(number: Number) -> float:
    """Return the most likely value, which every estimate of a case has."""
    assert number.mode is not None
    return number.mode


def _within(number: Number) -> Report:
    ends = {"low": number.low, "mode": _mode(number), "high": number.high}
    return {str(months): {end: within(value, months) for end, value in ends.items()} for months in MONTHS}

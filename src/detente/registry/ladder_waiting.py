"""Acting before a known date or waiting for it, and who loses less by waiting: in the case's own names."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from detente.case.case import Case
from detente.case.crisis import Delay, TurningPoint
from detente.compile.judged import of_estimate, under
from detente.compile.ladder_waiting import WaitingDraws, day_used, touched, waiting_draws
from detente.core.fields import text_of
from detente.engines.ladder import chance_to_wait, least_terms, patience_share, waiting_value
from detente.maths.compiled import FloatArray

Report = dict[str, Any]

CHANCES = (
    "A change of the chance to prevail counts by what is fought over and the party's belief that it is fought; where "
    "no belief is coded, as if it were certain."
)
RATES = (
    "Offers in quick turn, everything known, nothing but time presses: who discounts less gets more of what there is "
    "to gain. Costs per year are on each party's own scale and are not compared."
)


def waiting_entry(case: Case, draws: int, seed: int) -> Report:
    """Return for each date ahead what waiting for it could be worth to each party that it touches."""
    points = () if case.crisis is None else case.crisis.turning_points
    if not points:
        return {"not_computed": "The case has no turning points (crisis.turning_points)."}
    day = day_used(case)
    if day is None:
        return {"not_computed": "The case has no day from which time counts (cut_off, or period)."}
    return {
        "from": day.isoformat(),
        "dates": [_date(case, one, draws, seed) for one in points],
        "assumptions": [
            "The same terms are taken to be on offer after the date: what waiting is worth here is the most it can be.",
            CHANCES,
        ],
    }


def _date(case: Case, point: TurningPoint, draws: int, seed: int) -> Report:
    day = day_used(case)
    assert day is not None
    head: Report = {
        "id": point.id,
        "on": point.on.isoformat(),
        "text": text_of(point.text),
        "party": point.party,
        "chance": of_estimate(point.chance, f"crisis.turning_points.{point.id}.chance").entry(),
    }
    if point.on <= day:
        return {**head, "not_computed": f"The date is not after {day.isoformat()}, the day from which time counts."}
    parties = touched(case, point)
    if not parties:
        words = "Nothing says what it would change (turning_points: reservation, win_chance)."
        return {**head, "not_computed": words}
    return {**head, "sides": [_side(case, point, party, draws, seed) for party in parties]}


def _side(case: Case, point: TurningPoint, party: str, draws: int, seed: int) -> Report:
    day = day_used(case)
    assert day is not None
    found = waiting_draws(case, point, party, day, draws, seed)
    if isinstance(found, str):
        return {"party": party, "not_computed": found}
    premium = least_terms(found.without) - found.without.reservation
    return {
        "party": party,
        "change": {"low": found.change[0], "high": found.change[1]},
        "settles_from": {"above_no_agreement": _span(premium), "waits_with_some_terms": int((premium > 0).sum())},
        "texts": {name: _text(found, name) for name in found.texts},
    }


def _text(found: WaitingDraws, name: str) -> Report:
    """Return in how many draws a text now is better than waiting, and the chance from which waiting is as good."""
    one = found.texts[name]
    beats = one.terms >= one.reservation
    now = one.terms > waiting_value(one)
    chance = chance_to_wait(one)
    reached = chance[chance <= 1.0]
    return {
        "beats_no_agreement": int(beats.sum()),
        "beats_no_agreement_after": int((one.terms >= one.reservation + one.change).sum()),
        "rather_now": int((beats & now).sum()),
        "even_chance": None if not len(reached) else _span(reached),
        "no_chance_is_enough": int((chance > 1.0).sum()),
    }


def _span(values: FloatArray) -> Report:
    return {"low": float(np.min(values)), "high": float(np.max(values))}


def delay_entry(case: Case) -> Report:
    """Return who loses less by waiting, pair by pair: by the rates alone, as costs of parties cannot be compared."""
    delays = () if case.crisis is None else case.crisis.delays
    rated = [one for one in delays if one.rate is not None]
    if len(rated) < 2:
        return {"not_computed": "Fewer than two parties have a rate per year (crisis.delays: rate)."}
    return {
        "parties": [
            {
                "party": one.party,
                "cost_per_year": None if one.cost is None else of_estimate(one.cost, "crisis.delays.cost").entry(),
                "rate": None if one.rate is None else of_estimate(one.rate, "crisis.delays.rate").entry(),
            }
            for one in delays
        ],
        "pairs": [_pair(one, two) for one, two in itertools.combinations(rated, 2)],
        "assumptions": [
            RATES,
        ],
    }


def _pair(one: Delay, two: Delay) -> Report:
    """Return the share of what there is to gain that goes to the first of two, and whether it discounts less."""
    first, second = one.rate, two.rate
    assert first is not None
    assert second is not None
    return {
        "of": one.party,
        "against": two.party,
        "share": {
            "low": patience_share(first.high, second.low),
            "mode": patience_share(first.mode, second.mode),
            "high": patience_share(first.low, second.high),
        },
        "discounts_less": str(under(second.low - first.high, second.high - first.low)),
        "discounts_more": str(under(first.low - second.high, first.high - second.low)),
    }

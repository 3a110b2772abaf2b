"""Who gains from an act that is not answered, rung by rung: under all, some or none of the numbers, and in draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from detente.compile.judged import Under, under
from detente.compile.ladder import LadderTrace
from detente.engines.ladder import LadderModel, critical_risk, unanswered

Report = dict[str, Any]


def sides_entry(model: LadderModel, trace: LadderTrace) -> list[Report]:
    """Return for each rung and pair in how many draws the one could go on and the other would rather not answer.

    `under` says `all` where one act does so under all numbers, `no` where under none any act could, else `some`.
    """
    numbers = [0, *(one.rung for one in trace.rungs)]
    found = unanswered(model)
    return [
        {
            "standing_on": numbers[at],
            "of": one,
            "against": other,
            "draws": int(np.count_nonzero(found[:, at, a, b])),
            "under": str(_under(model, trace, a, b, at)),
            "moves_above": bool(model.moves[a, at:].any()),
            "answer_coded": _can_answer(model, a, b, at),
        }
        for a, one in enumerate(trace.parties)
        for b, other in enumerate(trace.parties)
        if model.opposed[a, b]
        for at in range(len(trace.rungs))
    ]


def _can_answer(model: LadderModel, a: int, b: int, at: int) -> bool:
    """Return whether b has a move on or above the lowest act that a could take from a rung."""
    acts = np.flatnonzero(model.moves[a, at:])
    return bool(len(acts)) and bool(model.moves[b, at + int(acts[0]) :].any())


def _under(model: LadderModel, trace: LadderTrace, a: int, b: int, at: int) -> Under:
    """Return under which numbers a has an act that b would rather not answer, on any one rung."""
    each = []
    for rung in (at + int(place) for place in np.flatnonzero(model.moves[a, at:])):
        goes = under(*_margin(trace, a, [b], rung))
        others = (rung + int(place) for place in np.flatnonzero(model.moves[b, rung:]))
        answers = [under(*_margin(trace, b, [a], other)) for other in others]
        if goes is Under.ALL and all(one is Under.NO for one in answers):
            return Under.ALL
        each.append(goes is Under.NO or any(one is Under.ALL for one in answers))
    return Under.NO if all(each) else Under.SOME


def _margin(trace: LadderTrace, place: int, opponents: Sequence[int], at: int) -> tuple[float, float]:
    """Return the least and the most that an unanswered act on a rung can be worth above giving way: exact."""
    prevails, lost = trace.prevails[place], trace.uncontrolled[place]
    ends = [trace.gives_way[place][one] for one in opponents]
    risks, cost = _risks(trace, at), trace.cost[place][at]
    months = trace.choices.months
    least = min((1 - q) * prevails.low + q * lost.low for q in risks) - cost.high * months
    most = max((1 - q) * prevails.high + q * lost.high for q in risks) - cost.low * months
    return least - min(one.high for one in ends), most - min(one.low for one in ends)


def _risks(trace: LadderTrace, at: int) -> tuple[float, float]:
    """Return the ends of the chance that events run out of control while an act on a rung stands."""
    low, high = (1.0 - (1.0 - end) ** trace.choices.months for end in (trace.accident[at].low, trace.accident[at].high))
    return low, high


def unanswered_entry(trace: LadderTrace) -> list[Report]:
    """Return under which numbers an unanswered act on a rung is worth more to a party than giving way: exact."""
    acts = {(one.party, one.rung) for one in trace.moves if one.not_counted is None}
    return [
        {
            "party": party,
            "rung": rung.rung,
            "chance": dict(zip(("low", "high"), _risks(trace, at), strict=True)),
            "rather_acts": str(under(*_margin(trace, place, trace.opponents[place], at))),
        }
        for place, party in enumerate(trace.parties)
        for at, rung in enumerate(trace.rungs)
        if (place, at) in acts
    ]


def critical_entry(trace: LadderTrace) -> Report:
    """Return each party's critical risk against each opponent: exact bounds over the ranges."""
    found: Report = {}
    for i, party in enumerate(trace.parties):
        found[party] = {}
        for w in trace.opponents[i]:
            p, y, d = trace.prevails[i], trace.gives_way[i][w], trace.uncontrolled[i]
            ends = np.array([[p.low, y.high, d.low], [p.high, y.low, d.high]])
            low, high = critical_risk(ends[:, 0], ends[:, 1], ends[:, 2]).tolist()
            found[party][trace.parties[w]] = {"low": low, "high": high}
    return found

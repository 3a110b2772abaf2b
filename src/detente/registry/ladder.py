"""The ladder report of a case, in the case's own names: rungs, where each would stop, and what moves that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from detente.case.case import Case
from detente.compile.compiled import Compiled
from detente.compile.ladder import LadderChoices, LadderTrace, compile_ladder
from detente.core.fields import text_of
from detente.core.progress import Progress
from detente.engines.ladder import Climb, LadderModel, LadderPlay, out_of_control, solve
from detente.maths.compiled import BoolArray, FloatArray, Int64Array
from detente.registry.ladder_drivers import drivers_entry
from detente.registry.ladder_hazard import hazard_entry
from detente.registry.ladder_measures import measures_entry
from detente.registry.ladder_replies import replies_entry
from detente.registry.ladder_sides import critical_entry, sides_entry, unanswered_entry
from detente.registry.ladder_waiting import delay_entry, waiting_entry

Report = dict[str, Any]


def ladder_report(case: Case, choices: LadderChoices | None = None, *, progress: Progress | None = None) -> Report:
    """Return where each party would stop on the ladder of a case, over draws, first parties and rungs to begin from.

    Parameters
    ----------
    case : Case
        As of its day.
    choices : LadderChoices, optional
        How acts go on, and how often numbers are drawn.

    Returns
    -------
    dict
        `ladder`, `hazard`, `off_ramps`, `replies`, `brinkmanship`, `measures`, `waiting` and `delay`; each holds
        `not_computed` and one sentence where an input is missing.
    """
    chosen = choices or LadderChoices()
    compiled = compile_ladder(case, chosen)
    trace = None if isinstance(compiled, str) else compiled.trace
    ladder = {"not_computed": compiled} if isinstance(compiled, str) else _ladder(compiled, progress)
    return {
        "case": case.id,
        "engine": "ladder",
        "climb": str(chosen.climb),
        "months": chosen.months,
        "horizontal": chosen.horizontal,
        "draws": chosen.draws,
        "seed": chosen.seed,
        "ladder": ladder,
        "hazard": hazard_entry(case),
        "off_ramps": ladder if trace is None else _off_ramps(trace),
        "replies": ladder if trace is None else replies_entry(case, trace, ladder),
        "brinkmanship": ladder if isinstance(compiled, str) else _brinkmanship(compiled),
        "measures": measures_entry(case, trace),
        "waiting": waiting_entry(case, chosen.draws, chosen.seed),
        "delay": delay_entry(case),
    }


def _ladder(compiled: Compiled[LadderModel, LadderTrace], progress: Progress | None) -> Report:
    model, trace = compiled.model, compiled.trace
    found = solve(model, progress=progress)
    (play,) = found.solutions
    even = replace(model, moves=np.ones_like(model.moves))
    return {
        "parties": list(trace.parties),
        "opponents": {
            party: [trace.parties[at] for at in others]
            for party, others in zip(trace.parties, trace.opponents, strict=True)
        },
        "rungs": [_rung(model, trace, play, at) for at in range(len(trace.rungs))],
        "below": {"turns": _turns(model, trace, play, 0)},
        "if_all_had_every_move": _even(even, trace),
        "drivers": drivers_entry(even, trace),
        "without_coded_answer": _without_answer(model, trace),
        "horizontal": [one.move.id for one in trace.moves if one.elsewhere],
        "ends": _ends(model, trace, play),
        "sides": sides_entry(model, trace),
        "sides_if_all_had_every_move": sides_entry(even, trace),
        "critical_risk": critical_entry(trace),
        "unanswered": unanswered_entry(trace),
        "accidents": _span(_drawn_first(play.accident, model.order)),
        "assumptions": [*compiled.assumed, *found.assumptions],
    }


def _rung(model: LadderModel, trace: LadderTrace, play: LadderPlay, at: int) -> Report:
    rung = trace.rungs[at]
    return {
        "rung": rung.rung,
        "text": text_of(rung.text),
        "accident_per_month": trace.accident[at].entry(),
        "moves": [
            {
                "id": one.move.id,
                "party": one.move.party,
                "text": text_of(one.move.text),
                "against": list(one.move.against),
                "theatre": None if one.move.theatre is None else text_of(one.move.theatre),
                "reversible": one.move.reversible,
                "elsewhere": one.elsewhere,
                "not_counted": None if one.not_counted is None else str(one.not_counted),
            }
            for one in trace.moves
            if one.rung == at
        ],
        "turns": _turns(model, trace, play, at + 1),
    }


def _turns(model: LadderModel, trace: LadderTrace, play: LadderPlay, standing: int) -> Report:
    """Return for each party in how many draws it would give way if this rung stands and its turn comes."""
    turns = {}
    for place, party in enumerate(trace.parties):
        acts = play.act[:, standing, place]
        turns[party] = {
            "gives_way": int(np.count_nonzero(acts == 0)),
            "goes_to": {
                str(trace.rungs[rung - 1].rung): int(times)
                for rung, times in zip(*np.unique(acts[acts > 0], return_counts=True), strict=True)
            },
            "has_a_move_above": bool(model.moves[place, standing:].any()),
        }
    return turns


def _even(even: LadderModel, trace: LadderTrace) -> list[Report]:
    """Return the turns on the same ladder if every party had a move on every rung: what is left is not the coding."""
    (play,) = solve(even).solutions
    numbers = [0, *(one.rung for one in trace.rungs)]
    return [{"standing_on": numbers[at], "turns": _turns(even, trace, play, at)} for at in range(len(trace.rungs))]


def _without_answer(model: LadderModel, trace: LadderTrace) -> list[Report]:
    """Return the acts above which no opponent of the party has a coded move."""
    return [
        {"party": party, "rung": trace.rungs[at].rung, "moves": [one.move.id for one in own]}
        for place, party in enumerate(trace.parties)
        for at in range(len(trace.rungs))
        if (own := [one for one in trace.moves if (one.party, one.rung, one.not_counted) == (place, at, None)])
        and not model.moves[list(trace.opponents[place]), at + 1 :].any()
    ]


def _off_ramps(trace: LadderTrace) -> Report:
    """Return which acts of each rung can be taken back, and what giving way there leaves each party."""
    return {
        "rungs": [
            {
                "rung": rung.rung,
                "can_be_taken_back": [one.move.id for one in own if one.move.reversible],
                "cannot": [one.move.id for one in own if one.move.reversible is False],
                "not_coded": [one.move.id for one in own if one.move.reversible is None],
            }
            for at, rung in enumerate(trace.rungs)
            if (own := [one for one in trace.moves if one.rung == at])
        ],
        "giving_way_leaves": {
            party: {trace.parties[at]: trace.gives_way[place][at].entry() for at in trace.opponents[place]}
            for place, party in enumerate(trace.parties)
        },
        "prevailing_leaves": {
            party: number.entry() for party, number in zip(trace.parties, trace.prevails, strict=True)
        },
    }


def _brinkmanship(compiled: Compiled[LadderModel, LadderTrace]) -> list[Report]:
    """Return for each pair of opponents the race of nerves: its chance of events out of control, over the draws."""
    model, trace = compiled.model, compiled.trace
    found = []
    for i, party in enumerate(trace.parties):
        for j in (at for at in trace.opponents[i] if at > i):
            gives = np.stack([model.end[:, i, j], model.end[:, j, i]], axis=1)
            gain = np.stack([model.end[:, i, i], model.end[:, j, j]], axis=1) - gives
            loss = gives - model.uncontrolled[:, [i, j]]
            inside = np.all((gain > 0) & (loss > 0), axis=1)
            entry: Report = {"parties": [party, trace.parties[j]], "draws": int(inside.sum()), "out_of_control": None}
            if inside.any():
                entry["out_of_control"] = _span(out_of_control(gain[inside], loss[inside]))
            found.append(entry)
    return found


def _drawn_first(values: Int64Array | FloatArray, order: Int64Array) -> Any:
    """Return values by draw and rung for the party that the draw lets act first."""
    return np.take_along_axis(values, order[:, None, :1], axis=2)[:, :, 0]


def _ends(model: LadderModel, trace: LadderTrace, play: LadderPlay) -> Report:
    """Return where plays end: from each rung on which one begins, and over all of them."""
    last, remains = _drawn_first(play.last, model.order), _drawn_first(play.remains, model.order)
    rungs = len(trace.rungs)
    depends = np.any(play.last != play.last[:, :, :1], axis=2) | np.any(play.remains != play.remains[:, :, :1], axis=2)
    return {
        "from": [_end(trace, last[:, at], remains[:, at], depends[:, at], at) for at in range(rungs)],
        "all": _end(trace, last[:, :rungs].ravel(), remains[:, :rungs].ravel(), depends[:, :rungs].ravel(), None),
    }


def _end(trace: LadderTrace, last: Int64Array, remains: Int64Array, depends: BoolArray, begin: int | None) -> Report:
    """Return the counts of one set of plays; rung 0 stands for below the ladder."""
    numbers = [0, *(one.rung for one in trace.rungs)]
    return {
        "begins_on": None if begin is None else numbers[begin],
        "plays": len(last),
        "last_rung": {
            str(numbers[at]): int(times) for at, times in zip(*np.unique(last, return_counts=True), strict=True)
        },
        "remains": {party: int(np.count_nonzero(remains >> at & 1)) for at, party in enumerate(trace.parties)},
        "turns_on_who_is_first": int(np.count_nonzero(depends)),
    }


def _span(values: FloatArray) -> Report:
    """Return the range of a chance over all draws and rungs to begin from."""
    return {"low": float(values.min()), "high": float(values.max())}


__all__ = ["Climb", "LadderChoices", "ladder_report"]

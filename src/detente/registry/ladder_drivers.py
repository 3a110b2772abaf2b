"""Which assumption drives where parties would stop: each held at the ends of its range while the others are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from detente.compile.judged import Number
from detente.compile.ladder import LadderTrace
from detente.engines.ladder import LadderModel, solve
from detente.maths.compiled import FloatArray

Report = dict[str, Any]


def drivers_entry(model: LadderModel, trace: LadderTrace) -> list[Report]:
    """Return in how many turns each party gives way with one kind of number at its low, and at its high ends.

    Parameters
    ----------
    model : LadderModel
        With a move of every party on every rung, so that what is left is not the coding.
    trace : LadderTrace
        Its numbers before they are drawn.

    Returns
    -------
    list of dict
        From the kind that moves most to the one that moves least: `assumption`, `turns` (draws times rungs), `at_low`
        and `at_high` (party → turns in which it gives way), and `moved`, the largest difference.
    """
    rungs = len(trace.rungs)
    found = []
    for name in ("accident", "uncontrolled", "prevails", "gives_way", "cost"):
        counts = {}
        for end in ("low", "high"):
            (play,) = solve(replace(model, **_held(model, trace, name, end))).solutions
            gives = (play.act[:, :rungs] == 0).sum(axis=(0, 1))
            counts[end] = {party: int(gives[place]) for place, party in enumerate(trace.parties)}
        moved = max(abs(counts["high"][party] - counts["low"][party]) for party in trace.parties)
        turns = len(model.accident) * rungs
        found.append(
            {"assumption": name, "turns": turns, "at_low": counts["low"], "at_high": counts["high"], "moved": moved}
        )
    return sorted(found, key=lambda one: -int(one["moved"]))


def _held(model: LadderModel, trace: LadderTrace, name: str, end: str) -> Mapping[str, Any]:
    """Return the arrays of a model with one kind of number at an end of its range."""

    def at(number: Number) -> float:
        return float(getattr(number, end))

    months = trace.choices.months
    if name == "accident":
        held = np.array([1.0 - (1.0 - at(one)) ** months for one in trace.accident])
        return {"accident": _spread(held, model.accident)}
    if name == "uncontrolled":
        return {"uncontrolled": _spread(np.array([at(one) for one in trace.uncontrolled]), model.uncontrolled)}
    if name == "cost":
        held = np.array([[at(one) * months for one in row] for row in trace.cost])
        return {"cost": _spread(held, model.cost)}
    ends = np.array([[at(one) for one in row] for row in trace.gives_way])
    own = np.eye(len(trace.parties), dtype=np.bool_)
    return {"end": np.where(own if name == "prevails" else ~own, ends, model.end)}


def _spread(values: FloatArray, like: FloatArray) -> FloatArray:
    return np.ascontiguousarray(np.broadcast_to(values, like.shape))

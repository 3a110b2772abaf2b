"""How grave answers were on record, and how far up the ladder's own answers go."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case
from detente.compile.ladder import LadderTrace
from detente.compile.ladder_replies import WITHIN_DAYS, Answers, answers_on_record, sizes_of_moves

Report = dict[str, Any]


def replies_entry(case: Case, trace: LadderTrace, ladder: Report) -> Report:
    """Return the sizes of answers on record and in the model: what lies outside them is more or less than usual.

    Parameters
    ----------
    trace : LadderTrace
        The compiled ladder.
    ladder : dict
        Its entry in the report, with the turns on each rung.
    """
    found = answers_on_record(case, trace)
    return {
        "within_days": WITHIN_DAYS,
        "on_record": {"not_computed": found}
        if isinstance(found, str)
        else [
            {
                "acts_of": one.acts_of,
                "answered_by": one.answered_by,
                "undated": one.undated,
                "sizes": [
                    {
                        "above": size.low,
                        "up_to": size.high,
                        "acts": size.acts,
                        "answered": size.answered,
                        "quantiles": None if size.quantiles is None else list(size.quantiles),
                    }
                    for size in one.sizes
                ],
            }
            for one in found
        ],
        "moves": _moves(case, trace, found),
        "in_model": [
            {
                "after_an_act_on": rung["rung"],
                "answered_by": party,
                "gives_way": turn["gives_way"],
                "goes_to": turn["goes_to"],
                "steps": sorted(int(to) - rung["rung"] for to in turn["goes_to"]),
            }
            for rung in ladder["rungs"]
            for party, turn in rung["turns"].items()
            if turn["has_a_move_above"] and any(move["party"] != party for move in rung["moves"])
        ],
    }


def _moves(case: Case, trace: LadderTrace, found: tuple[Answers, ...] | str) -> list[Report]:
    """Return for each move that rests on acts on record how grave the answers to acts of that size were."""
    sizes = sizes_of_moves(case, trace)
    return [
        {
            "move": one.move.id,
            "party": one.move.party,
            "rung": trace.rungs[one.rung].rung,
            "sizes": list(sizes[one.move.id]),
            "answers": []
            if isinstance(found, str)
            else [
                {
                    "answered_by": pair.answered_by,
                    "above": size.low,
                    "up_to": size.high,
                    "answered": size.answered,
                    "quantiles": None if size.quantiles is None else list(size.quantiles),
                }
                for pair in found
                if pair.acts_of == one.move.party
                for size in pair.sizes
                if any(size.low < value <= size.high for value in sizes[one.move.id])
            ],
        }
        for one in trace.moves
        if sizes[one.move.id]
    ]

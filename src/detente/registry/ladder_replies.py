"""How grave answers were on record, and how far up the ladder's own answers go."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case
from detente.compile.ladder import LadderTrace
from detente.compile.ladder_replies import WITHIN_DAYS, answers_on_record

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

"""A posterior as a lens that an analyst may add to the case: nothing is read through it until then."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from detente.case.case import Case
from detente.maths.pert import pert_fitted

Report = Mapping[str, Any]

DIGITS = 4
VIEWPOINT = "what the record says under the assumptions of `detente infer`; nobody's own statement"


def inference_lens(case: Case, reports: Sequence[Report]) -> dict[str, Any] | None:
    """Return the lens that sets what the record moved, or None if it moved nothing of the first party.

    A lens never changes one side only, so the reports of the counterparts come along: what the record moved of them by
    the same rules, or a change by nothing that says that it moved nothing.

    Parameters
    ----------
    case : Case
        As of its day.
    reports : sequence of mapping
        Inference reports: the party that is asked about, then its counterparts.

    Notes
    -----
    A reservation that the case codes is set. Where it follows from scenarios, each payoff is shifted by as much as the
    likeliest reservation moved: the differences between scenarios, and their widths, stay.
    """
    if not reports or not reports[0].get("moved"):
        return None
    known = [report for report in reports if "not_computed" not in report]
    moved = [report for report in known if report["moved"]]
    sides = moved if len(moved) > 1 else known[:2]
    overrides = [one for report in sides for one in _overrides(case, report)]
    if len({one["party"] for one in overrides}) < 2:
        return None
    party = str(reports[0]["party"])
    return {
        "id": f"inferred-{party}",
        "document": "detente infer",
        "viewpoint": VIEWPOINT,
        "public_since": _last_day(case, sides),
        "pairs": [{"overrides": overrides}],
    }


def _overrides(case: Case, report: Report) -> list[dict[str, Any]]:
    party = report["party"]
    steps = [step for step in report["reservation"]["steps"] if step["shift"]]
    because = list(dict.fromkeys(one["id"] for step in steps for one in step["statements"] if one["honesty"] > 0))
    found = [
        {
            "party": party,
            "path": f"red_lines.{line['issue']}.{line['option']}.p_binding",
            "op": "set",
            "value": dict(zip(("low", "mode", "high"), _rounded(line["after"]), strict=True)),
            "because": list(dict.fromkeys(one["id"] for step in line["steps"] for one in step["statements"])),
        }
        for line in report["lines"]
        if line["moved"] and line["issue"] is not None and line["option"] is not None
    ]
    note = {} if because else {"note": "the record moves nothing here"}
    if case.preference[party].reservation is not None:
        value = dict(zip(("low", "mode", "high"), _range(report), strict=True))
        found.append({"party": party, "path": "reservation", "op": "set", "value": value, "because": because, **note})
        return found
    outlook = next((one for one in case.no_agreement.outlooks if one.party == party), None)
    after, before = report["reservation"]["after"], report["reservation"]["before"]
    by = 0.0 if after is None or not because else round(after["mode"] - before["mode"], DIGITS)
    for scenario in () if outlook is None else outlook.payoffs:
        value = {"low": by, "mode": by, "high": by}
        path = f"no_agreement.payoffs.{scenario}"
        found.append({"party": party, "path": path, "op": "add", "value": value, "because": because, **note})
    return found


def _range(report: Report) -> tuple[float, float, float]:
    """Return the range of a PERT law with the posterior's mode and outer twentieths, within the bounds of the prior."""
    band, prior = report["reservation"]["after"], report["prior"]
    if band is None:
        mode = prior["mode"] if prior["mode"] is not None else (prior["low"] + prior["high"]) / 2
        return _rounded((prior["low"], mode, prior["high"]))
    mode = min(max(band["mode"], band["p05"]), band["p95"])
    low, high = pert_fitted(
        np.array([band["p05"]]), np.array([mode]), np.array([band["p95"]]), prior["low"], prior["high"]
    )
    return _rounded((float(low[0]), mode, float(high[0])))


def _rounded(numbers: Sequence[float]) -> tuple[float, float, float]:
    low, mode, high = (round(float(number), DIGITS) for number in numbers)
    return low, mode, high


def _last_day(case: Case, reports: Sequence[Report]) -> datetime.date:
    """Return the first day on which all that counted was public."""
    days = [
        case.statement[one["id"]].public_since
        for report in reports
        for part in (report["reservation"], *report["lines"])
        for step in part["steps"]
        for one in step["statements"]
    ]
    return max(days)

"""The chart of the ladder: what is encoded, and that nobody has a colour."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import ladder, ladder_hazard
from detente.compile.ladder import LadderChoices
from detente.registry.ladder import ladder_report

GREY = {"#111111", "#4d4d4d", "#767676", "#bdbdbd", "#e3e3e3", "#ffffff", "transparent"}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("drafts-and-replies-2021-22")


@pytest.fixture(scope="module")
def report(case: Case) -> dict[str, Any]:
    return ladder_report(case, LadderChoices(draws=100))


def test_only_greys_are_used(case: Case, report: dict[str, Any]) -> None:
    marks = [layer["mark"] for layer in ladder(case, report).spec["layer"]]
    assert {mark[key] for mark in marks for key in ("fill", "stroke", "color") if key in mark} <= GREY


def test_a_bar_is_as_long_as_the_share_of_draws(case: Case, report: dict[str, Any]) -> None:
    spec: Any = ladder(case, report).spec
    rows = [row for layer in spec["layer"] if layer["mark"]["type"] == "rect" for row in layer["data"]["values"]]
    bars: dict[str, list[float]] = {}
    for row in rows:
        if "gives way in" in row.get("label", ""):
            bars.setdefault(row["label"], []).append(row["x2"] - row["x"])
    shares = {label: min(widths) / max(widths) for label, widths in bars.items() if len(widths) == 2}
    counted = {label: int(label.split("gives way in ")[1].split(" of")[0]) / 100 for label in shares}
    assert shares  # some party gives way in some draw
    assert shares == pytest.approx(counted, abs=0.01)  # places are rounded to hundredths of a pixel


def test_the_table_holds_every_party_on_every_rung(case: Case, report: dict[str, Any]) -> None:
    rows = ladder(case, report).table.rows
    assert len(rows) == len(report["ladder"]["parties"]) * (len(report["ladder"]["rungs"]) + 1)


def test_accidents_are_drawn_as_ranges_on_one_scale(case: Case, report: dict[str, Any]) -> None:
    chart = ladder_hazard(case, report)
    marks = [layer["mark"] for layer in chart.spec["layer"]]
    assert {mark[key] for mark in marks for key in ("fill", "stroke", "color") if key in mark} <= GREY
    rows = [row for layer in chart.spec["layer"] if layer["mark"]["type"] == "rect" for row in layer["data"]["values"]]
    spans = {}
    for row in rows:
        if "within" in row.get("label", ""):
            low, high = (float(end) for end in row["label"].split(": ")[1].split(" to "))
            spans[row["label"]] = (row["x2"] - row["x"], high - low)
    wide = [drawn / span for drawn, span in spans.values() if span > 0.1]
    assert len(wide) >= 8
    assert max(wide) - min(wide) <= 4  # of about 400 pixels: labels are rounded to three figures


def test_the_table_of_accidents_holds_every_rung_and_month(case: Case, report: dict[str, Any]) -> None:
    rows = ladder_hazard(case, report).table.rows
    hazard = report["hazard"]
    assert len(rows) == sum(2 if rung["with_all"] else 1 for rung in hazard["rungs"]) * len(hazard["months"])

"""The chart of acts and build-up: what is encoded, and that nobody has a colour."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import record
from detente.registry.record import record_report

GREY = {"#111111", "#4d4d4d", "#767676", "#bdbdbd", "#e3e3e3", "#ffffff", "transparent"}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("drafts-and-replies-2021-22").at(datetime.date(2022, 2, 23))


@pytest.fixture(scope="module")
def report(case: Case) -> dict[str, Any]:
    return record_report(case, draws=0)


def rows_of(spec: Any, kind: str) -> list[dict[str, Any]]:
    return [row for layer in spec["layer"] if layer["mark"]["type"] == kind for row in layer["data"]["values"]]


def test_only_greys_are_used(case: Case, report: dict[str, Any]) -> None:
    marks = [layer["mark"] for layer in record(case, report).spec["layer"]]
    assert {mark[key] for mark in marks for key in ("fill", "stroke", "color") if key in mark} <= GREY


def test_conflict_lies_below_the_line_and_cooperation_above_on_one_scale(case: Case, report: dict[str, Any]) -> None:
    bars = [row for row in rows_of(record(case, report).spec, "rect") if ": co" in row.get("label", "")]
    heights = {}
    for row in bars:
        side, value = row["label"].rsplit(": ", 1)[1].split(" ")
        heights[side, float(value)] = abs(row["y2"] - row["y"])
    ratios = {round(height / value, 2) for (_, value), height in heights.items()}
    assert max(ratios) - min(ratios) <= 0.02  # places are rounded to hundredths of a pixel
    assert {side for side, _ in heights} == {"conflict", "cooperation"}


def test_each_disputed_event_is_a_diamond_with_every_attribution(case: Case, report: dict[str, Any]) -> None:
    diamonds = [
        row
        for layer in record(case, report).spec["layer"]
        if layer["mark"].get("shape") == "diamond"
        for row in layer["data"]["values"]
        if "item" in row
    ]
    assert [row["item"] for row in diamonds] == [event["id"] for event in report["disputed"]]
    assert all(
        row["label"].count("\n") == len(e["claims"]) for row, e in zip(diamonds, report["disputed"], strict=True)
    )


def test_the_table_holds_every_pair_step_and_dispute(case: Case, report: dict[str, Any]) -> None:
    table = record(case, report).table
    ids = {row[-1] for row in table.rows}
    assert {step["id"] for one in report["build_up"] for step in one["steps"]} <= ids
    assert {event["id"] for event in report["disputed"]} <= ids
    shown = {(row[1], row[2]) for row in table.rows if row[0] == "sum"}
    named = {party.id: str(party.name) for party in case.parties}
    pair = (named["UKR"], named["RUS"])
    assert pair in shown


def test_undated_acts_are_drawn_as_what_may_be(case: Case) -> None:
    events = [event.model_dump(mode="json", exclude_unset=True) for event in case.events]
    for one in events:
        if one["id"] == "T067":
            one["happened"] = "2022-01-27/2022-02-02"
    moved = Case.model_validate({**case.model_dump(mode="json", exclude_unset=True), "events": events})
    spec = record(moved, record_report(moved, draws=0)).spec
    assert any("strokeDash" in layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "rect")
    assert "may lie in this period" in json.dumps(spec)


def test_the_picture_is_the_same_bytes_each_time(case: Case, report: dict[str, Any]) -> None:
    assert record(case, report).svg() == record(case, report).svg()

"""The concession map: what is missing is filled, what may be missing hatched."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from detente.case.case import Case
from detente.charts import concession_map
from detente.charts.concession_map import signed
from detente.charts.theme import DARK, INK, PAPER
from tests.charts.conftest import below_best, marks, texts


def row(chart_rows: tuple[tuple[str, ...], ...], issue: str, party: str) -> tuple[str, ...]:
    return next(r for r in chart_rows if r[0].startswith(issue) and r[1] == party)


def test_every_cell_and_every_total_is_in_the_table(basin: Case) -> None:
    rows = concession_map(basin, below_best()).table.rows
    assert len(rows) == 3 * 2 + 2
    assert row(rows, "Least flow", "Tarvia")[2:] == ("set", "0.1", "0.5", "0.4", "−0.15")
    assert row(rows, "Readings", "Tarvia")[2:] == ("left open", "0 to 0.3", "0.3", "0 to 0.3", "−0.15 to +0.15")
    assert row(rows, "the whole package", "Tarvia")[3:] == ("0.1 to 0.4", "", "", "−0.15 to +0.15")


def test_the_filled_part_is_what_is_missing_of_the_best(basin: Case) -> None:
    chart = concession_map(basin, below_best(), lead="TAR")
    width = (640 - 4 - 196) / 2 - 12
    key = 18  # pixels of a sample
    filled = sorted(r["x2"] - r["x"] for _, r in marks(chart, "rect", fill=DARK, stroke=INK))
    whole = sorted(r["x2"] - r["x"] for _, r in marks(chart, "rect", fill=PAPER, stroke=INK))
    assert filled == pytest.approx(sorted([key, 0.4 / 0.5 * width, 0.1 / 0.5 * width]), abs=0.05)
    assert whole == pytest.approx(sorted([key, width, 0.6 * width, 0.8 * width, 0.4 * width, 0.8 * width]), abs=0.05)


def test_what_is_left_open_is_hatched_and_not_filled(basin: Case) -> None:
    hatched = len(marks(concession_map(basin, below_best()), "rule", strokeWidth=0.8))
    settled = below_best()
    for entry in settled["parties"].values():
        for part in entry["issues"].values():
            part["concession"] = [part["concession"][1]] * 2
    chart = concession_map(basin, settled)
    assert hatched > 10
    assert not marks(chart, "rule", strokeWidth=0.8)
    assert not any("possible" in text for text in texts(chart))


def test_the_margin_is_an_interval_around_a_zero_line(basin: Case) -> None:
    chart = concession_map(basin, below_best())
    assert {"−0.15 to +0.15", "+0.4 to +0.6"} <= set(texts(chart))
    intervals = sorted(r["x2"] - r["x"] for _, r in marks(chart, "rule", strokeWidth=2.4))
    zero = len(marks(chart, "rule", strokeWidth=1.4))
    assert zero == 2
    assert intervals[1] / intervals[0] == pytest.approx(0.3 / 0.2, abs=0.01)


def test_signs_are_printed_and_none_is_zero() -> None:
    assert signed(-1e-12, 0.0) == "0"
    assert signed(-0.5, -0.25) == "−0.5 to −0.25"


def test_options_are_named_only_on_demand(basin: Case) -> None:
    plain, named = concession_map(basin, below_best()), concession_map(basin, below_best(), named=True)
    option = str(basin.issue["R1_border_flow"].option("o4").text)

    def words(rows: tuple[tuple[str, ...], ...], hovers: list[str]) -> str:
        return " ".join([*(cell for r in rows for cell in r), *hovers])

    def hovers(chart: Any) -> list[str]:
        return [r.get("label", "") for _, r in marks(chart, "rect")]

    assert option in words(named.table.rows, hovers(named))
    assert option not in words(plain.table.rows, hovers(plain))


def test_parties_turn_round_and_relabelling_changes_no_place(basin: Case) -> None:
    chart = concession_map(basin, below_best(), lead="OST")
    assert [r[1] for r in chart.table.rows[:2]] == ["Ostrel", "Tarvia"]
    other = copy.deepcopy(below_best())
    other["parties"] = {"OST": other["parties"]["TAR"], "TAR": other["parties"]["OST"]}
    swapped = concession_map(basin, other, lead="OST")
    straight = concession_map(basin, below_best(), lead="TAR")

    def boxes(one: Any) -> list[tuple[float, ...]]:
        return sorted((r["x"], r["y"], r["x2"], r["y2"]) for _, r in marks(one, "rect"))

    assert boxes(swapped) == boxes(straight)


def test_a_report_that_holds_the_map_and_a_benchmark_are_read(basin: Case) -> None:
    found = {**below_best(), "package": "nash", "kind": "solution", "title": ""}
    assert "Nash benchmark" in concession_map(basin, {"map": found}).subtitle


def test_a_package_without_a_map_says_why(basin: Case) -> None:
    found = {"package": "reply", "finding": "It says nothing on the issues of this analysis.", "parties": {}}
    chart = concession_map(basin, found)
    assert "It says nothing" in chart.subtitle
    assert chart.table.rows == ()
    chart.svg()


def test_a_single_party_is_drawn(basin: Case) -> None:
    found = below_best()
    del found["parties"]["OST"]
    chart = concession_map(basin, found)
    assert {r[1] for r in chart.table.rows} == {"Tarvia"}
    chart.svg()

"""The zone curve with its readings: every share in the table, bands over all readings, lists without draws."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import Chart, zone_curve
from detente.charts.theme import FAINT, INK
from detente.registry.settlement import settlement_report
from detente.uncertainty.answer import settlement_answer
from tests.charts.conftest import marks, texts
from tests.charts.test_feasibility_curve import one_list, step


def spread(mean: float) -> dict[str, Any]:
    return {"probability": mean, "low": mean / 2, "high": mean, "error": 0.001}


def reading(*shares: tuple[float, float], lens: str | None = None, weights: str = "analyst") -> dict[str, Any]:
    curve = [{"lines": 0, "certain": certain, "possible": possible} for certain, possible in shares]
    zone = {"certain": spread(0.3), "possible": spread(0.6)}
    return {"lens": lens, "weights": weights, "zone": zone, "curve": curve, "packages": []}


def drawn(*readings: dict[str, Any]) -> dict[str, Any]:
    report = one_list(step(9, "all", "0", "0"), step(0, "none", "7", "9"), total="12")
    draws = {"draws": 1001, "inner": 50, "seed": 0, "interval": [0.05, 0.95], "readings": list(readings)}
    return {**report, "draws": draws}


def test_every_share_of_every_reading_is_in_the_table(basin: Case, basin_report: dict[str, Any]) -> None:
    chart = zone_curve(basin, basin_report)
    rows = [row for row in chart.table.rows if row[0] == "all three states of the basin"]
    entry = basin_report["by_consent"]["cl_basin"]
    assert [row[1] for row in rows] == ["0", "9", "14", "as judged"]
    for at, one in enumerate(entry["draws"]["readings"]):
        for row, place in zip(rows, (2, 1, 0), strict=False):  # the report goes from all lines to none
            assert row[3 + at].startswith(f"{one['curve'][place]['certain']:.0f}")
        assert f"{one['zone']['certain']['probability']:.2f}" in rows[-1][3 + at]


def test_steps_go_from_no_line_to_all_whatever_the_order_of_the_report(basin: Case) -> None:
    chart = zone_curve(basin, drawn(reading((0.25, 0.25), (1, 1))))
    assert [(row[1], row[3]) for row in chart.table.rows[:2]] == [("0", "1 ± 0"), ("9", "0.25 ± 0.01")]


def test_the_band_spans_all_readings(basin: Case) -> None:
    chart = zone_curve(basin, drawn(reading((0.2, 0.2), (1, 1)), reading((0.7, 0.7), (1, 1), weights="equal")))
    bands = [row["y2"] - row["y"] for _, row in marks(chart, "rect", fill=FAINT)]
    assert max(bands) == pytest.approx(50, abs=0.1)  # 0.7 less 0.2 of 100 px
    assert len(bands) == 2  # the key, and the one step at which readings differ


def test_own_numbers_stand_on_their_step_and_are_joined_and_other_readings_stand_beside_unjoined(basin: Case) -> None:
    others = [reading((at, at), (1, 1), weights="equal") for at in (0.7, 0.6, 0.5)]
    chart = zone_curve(basin, drawn(reading((0.2, 0.2), (1, 1)), *others))
    joins = [row for _, row in marks(chart, "rule") if abs(row["x2"] - row["x"]) > 100 and row["y"] != row["y2"]]
    assert len(joins) == 1  # from no line to all; no other slanting line
    steps = {row["text"]: row["x"] for _, row in marks(chart, "text", align="center") if row["text"] in ("0", "9")}
    assert (joins[0]["x"], joins[0]["x2"]) == (steps["0"], steps["9"])
    top, low = joins[0]["y"], joins[0]["y2"]
    points = [row for _, row in marks(chart, "point") if row["y"] > top]  # of the step with 9 lines and the last column
    beside = [row["x"] - steps["9"] for row in points if abs(row["x"] - steps["9"]) < 40]
    assert sorted(x for x in beside if x) == pytest.approx([-12, 12, 24])
    assert low - top == pytest.approx(80, abs=0.1)  # 1 less 0.2 of 100 px


def test_the_key_names_what_is_drawn(basin: Case) -> None:
    same = zone_curve(basin, drawn(reading((0.2, 0.2), (1, 1)), reading((0.7, 0.7), (1, 1), weights="equal")))
    assert not [text for text in texts(same) if "least" in text]
    assert any(text.startswith("span of all readings") for text in texts(same))


def test_certain_points_are_filled_and_possible_ones_open(basin: Case) -> None:
    chart = zone_curve(basin, drawn(reading((0.2, 0.8), (1, 1))))
    circles = {(look["fill"], row["y"]) for look, row in marks(chart, "point")}
    filled = {y for fill, y in circles if fill == INK}
    opened = {y for fill, y in circles if fill != INK}
    assert max(filled) - min(opened - filled) > 0


def test_lines_that_bind_as_judged_have_a_column_with_the_range_over_draws(basin: Case) -> None:
    row = zone_curve(basin, drawn(reading((0.2, 0.8), (1, 1)))).table.rows[2]
    assert row[1:] == (
        "as judged",
        "each as often as it is judged to bind",
        "at worst 0.30 [0.15 to 0.30] ± 0.001; at best 0.60 [0.30 to 0.60] ± 0.001",
    )


def test_lists_without_draws_say_why(basin: Case, basin_report: dict[str, Any]) -> None:
    chart = zone_curve(basin, basin_report)
    assert any("no draws" in text for text in texts(chart))
    assert chart.table.rows[-1][2].startswith("no draws. No issue is coded with numbers for")
    nothing = zone_curve(basin, settlement_report(basin))
    assert "Nothing was drawn." in nothing.alt
    nothing.svg()


def test_a_reading_without_an_answer_is_left_out_of_lines_and_said(basin: Case) -> None:
    none = {"lens": "lens_column", "weights": "analyst", "not_computed": True}
    chart = zone_curve(basin, drawn(reading((0.2, 0.8), (1, 1)), none))
    assert {row[4] for row in chart.table.rows} == {"nothing to compute"}
    chart.svg()


def test_issue_by_issue_counts_issues(basin: Case) -> None:
    first, second = (issue.id for issue in basin.issues[:2])
    single = drawn(reading((0.4, 1), (1, 1)))
    report = {"consent": "cl_upper", "by_issue": {first: single, second: {"not_computed": {"missing": ["MEL"]}}}}
    chart = zone_curve(basin, report)
    assert "1 of 2 issues could be drawn" in chart.alt
    assert "on 1 of them with no line binding, on 0 of them with all coded lines binding" in chart.alt
    assert len(chart.table.rows) == 3 + 1


def test_exchanging_readings_exchanges_their_columns_only(basin: Case) -> None:
    one, two = reading((0.2, 0.2), (1, 1), weights="equal"), reading((0.7, 0.9), (1, 1), lens="lens_column")
    own = reading((0.5, 0.5), (1, 1))
    straight, turned = zone_curve(basin, drawn(own, one, two)), zone_curve(basin, drawn(own, two, one))
    assert [(row[3], row[5], row[4]) for row in straight.table.rows] == [row[3:] for row in turned.table.rows]


def test_a_case_of_one_step_and_one_lens_less_is_drawn() -> None:
    case = load_case("two-rivals")
    chart: Chart = zone_curve(case, settlement_answer(case, draws=20))
    assert [row[3:] for row in chart.table.rows] == [("1 ± 0", "1 ± 0")] * 2  # its weights are equal as they are
    assert copy.deepcopy(chart.table) == chart.table
    chart.svg()

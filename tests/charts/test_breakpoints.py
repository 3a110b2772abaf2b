"""Breakpoints: ranges, thresholds in and out of them, lines as crosses, and everything in the table."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from detente.case.case import Case
from detente.charts import breakpoints
from detente.charts.stance import CROSS
from detente.charts.theme import INK, LIGHT, PAPER
from detente.core.errors import ModelError
from tests.charts.conftest import marks, texts, turning

KEY_BOTTOM = 130  # pixels: samples of the key stand above


def below_key(found: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[dict[str, Any]]:
    return [row for _, row in found if row["y"] > KEY_BOTTOM]


def test_every_judgement_and_pair_is_in_the_table(basin: Case) -> None:
    rows = breakpoints(basin, turning(), "cl_upper").table.rows
    assert len(rows) == 1 + 6 + 1
    assert rows[1][2:] == (
        "Tarvia: value of ‹at least 40 m³/s›",
        "0.4",
        "0.2 to 0.6",
        "above 0.55",
        "inside the range",
        "S-Q01",
    )
    assert rows[-1][2] == (
        "Tarvia: red line against ‹at least 40 m³/s› does not bind together with "
        "Ostrel: judged value of no agreement at 0.25"
    )


def test_thresholds_are_filled_inside_the_range_and_open_outside(basin: Case) -> None:
    chart = breakpoints(basin, turning(), "cl_upper")
    filled = below_key(marks(chart, "point", shape="diamond", fill=INK))
    opened = below_key(marks(chart, "point", shape="diamond", fill=PAPER))
    assert len(filled) == 2  # 0.55 and 0.3
    assert len(opened) == 3  # 0.9, 0.1, 0.7
    axis = 416 - 268
    assert filled[0]["x"] == pytest.approx(268 + 0.55 * axis, abs=0.01)


def test_beyond_the_drawn_scale_stands_an_arrow(basin: Case) -> None:
    arrows = below_key(marks(breakpoints(basin, turning(), "cl_upper"), "point", shape="triangle-right"))
    assert len(arrows) == 1  # the weight
    assert arrows[0]["x"] > 416


def test_a_line_is_a_cross_and_has_no_threshold(basin: Case) -> None:
    chart = breakpoints(basin, turning(), "cl_upper")
    crosses = below_key(marks(chart, "point", shape=CROSS))
    assert [row["x"] for row in crosses] == [268]  # where it does not bind
    assert "does not bind" in texts(chart)


def test_a_number_that_nobody_judged_has_no_bar_and_an_unknown_one_no_mode(basin: Case) -> None:
    chart = breakpoints(basin, turning(), "cl_upper")
    bars = below_key(marks(chart, "rect", fill=LIGHT))
    modes = below_key(marks(chart, "rule", strokeWidth=1.8))
    assert len(bars) == 6  # seven judgements, one of which is not judged
    assert len(modes) == 6  # seven judgements, one of which is unknown
    assert "unknown; turns above 0.3" in texts(chart)


def test_conclusions_that_the_same_judgements_turn_share_a_panel(basin: Case) -> None:
    report = turning()
    conclusions = report["by_consent"]["cl_upper"]["conclusions"]
    twin = copy.deepcopy(conclusions[1])
    twin["conclusion"]["reading"] = "possible"
    conclusions.append(twin)
    chart = breakpoints(basin, report, "cl_upper")
    assert texts(chart).count("now 0.4; turns above 0.55") == 1
    assert sum("turns" not in text and text.startswith("So now") for text in texts(chart)) == 3
    assert len(chart.table.rows) == 1 + 6 + 1 + 6


def test_rows_stand_in_the_order_of_the_report(basin: Case) -> None:
    rows = below_key(marks(breakpoints(basin, turning(), "cl_upper"), "rect"))
    items = [row["item"] for row in sorted(rows, key=lambda row: row["y"]) if "item" in row]
    wanted = [
        f"{single['party']} {single['path'] or single.get('line')}"
        for one in turning()["by_consent"]["cl_upper"]["conclusions"]
        for single in one["singles"]
    ]
    assert items == wanted


def test_what_nothing_turns_is_said_with_notes(basin: Case) -> None:
    alt = breakpoints(basin, turning(), "cl_upper").alt
    assert "No single judgement turns, not so now: some package crosses no stated or inferred red line" in alt
    assert "1 pair of judgements does" in alt
    assert "only 200 were tried" in alt


def test_what_has_no_room_is_in_the_table_and_said(basin: Case) -> None:
    report = turning()
    conclusions = report["by_consent"]["cl_upper"]["conclusions"]
    conclusions[1]["singles"] *= 20
    chart = breakpoints(basin, report, "cl_upper")
    assert any("more in the table" in text for text in texts(chart))
    assert len(chart.table.rows) == 1 + 120 + 1
    for number in range(40):
        one = copy.deepcopy(conclusions[1])
        one["conclusion"] = {"id": f"c{number}", "text": f"conclusion {number}"}
        one["singles"] = one["singles"][: number % 5 + 1]
        one["singles"][0]["threshold"] = number / 100
        conclusions.append(one)
    tall = breakpoints(basin, report, "cl_upper")
    assert any("for want of room" in text for text in texts(tall))
    assert tall.spec["height"] / 640 * 170 < 257  # fits A4


def test_a_list_that_goes_issue_by_issue_and_a_bare_list_are_read(basin: Case) -> None:
    conclusions = turning()["by_consent"]["cl_upper"]["conclusions"]
    by_issue = {"by_consent": {"cl_upper": {"by_issue": {"R1_border_flow": {"conclusions": conclusions}}}}}
    assert breakpoints(basin, by_issue).table.rows[0][0].startswith("On Flow at the border: some package")
    bare = breakpoints(basin, {"by_consent": {"cl_upper": conclusions}})
    assert bare.table == breakpoints(basin, turning(), "cl_upper").table


def test_a_list_without_conclusions_is_refused(basin: Case) -> None:
    with pytest.raises(ModelError, match="no list with conclusions"):
        breakpoints(basin, turning(), "cl_delta")


def test_relabelling_parties_relabels_only(basin: Case) -> None:
    names = {"TAR": "OST", "OST": "TAR"}
    report = turning()
    conclusions = report["by_consent"]["cl_upper"]["conclusions"]
    for one in conclusions:
        one["singles"] = [single for single in one["singles"] if single["kind"] != "weight"]  # its scale is the party's
    other = copy.deepcopy(report)
    for one in other["by_consent"]["cl_upper"]["conclusions"]:
        for single in one["singles"]:
            single["party"] = names.get(single["party"], single["party"])
    straight, swapped = breakpoints(basin, report, "cl_upper"), breakpoints(basin, other, "cl_upper")

    def places(chart: Any) -> list[float]:  # across; how high a row is follows from the length of a name
        return [row["x"] for _, row in marks(chart, "point")]

    assert places(straight) == places(swapped)
    turned = [
        r[2].replace("Tarvia", "?").replace("Ostrel", "Tarvia").replace("?", "Ostrel") for r in swapped.table.rows
    ]
    assert turned[:-1] == [r[2] for r in straight.table.rows][:-1]

"""The bargaining space: pairs without a favourite, ranges instead of middles, an empty zone said."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import Chart, bargaining_space
from detente.charts.bargaining_space import LETTER, UPPER
from detente.charts.theme import PAPER
from detente.core.errors import ModelError
from detente.registry.settlement import settlement_report


def texts(chart: Chart) -> list[str]:
    return [
        row["text"]
        for layer in chart.spec["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    ]


def test_every_point_benchmark_text_and_reservation_is_in_the_table(basin: Case, basin_report: dict[str, Any]) -> None:
    entry = basin_report["by_consent"]["cl_upper"]
    rows = bargaining_space(basin, basin_report, consent="cl_upper").table.rows
    possible = len(entry["possible"]["frontier"]) if entry["possible"] else 0
    benchmarks = sum(len(points) for points in entry["solutions"].values())
    points = len(entry["frontier"]) + possible + len(entry["frontier_unconstrained"])
    assert len(rows) == points + benchmarks + len(entry["tabled"]) + 1
    assert rows[-1][0] == "no agreement (reservation)"


def test_with_several_lists_one_must_be_named(basin: Case, basin_report: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="one consent list is needed"):
        bargaining_space(basin, basin_report)
    with pytest.raises(ModelError, match="no computed zone"):
        bargaining_space(basin, basin_report, consent="cl_delta")


def test_three_parties_give_three_pairs_in_which_each_stands_twice(basin: Case, basin_report: dict[str, Any]) -> None:
    chart = bargaining_space(basin, basin_report, consent="cl_basin")
    axes = [text for text in texts(chart) if text.startswith("Worth to")]
    assert sorted(axes) == sorted(2 * ["Worth to Tarvia", "Worth to Ostrel", "Worth to Melune"])


def test_an_empty_zone_is_said_in_each_panel(basin: Case, basin_report: dict[str, Any]) -> None:
    chart = bargaining_space(basin, basin_report, consent="cl_basin")
    assert texts(chart).count("no package in the zone") == 3
    assert "no package is in the zone" in chart.subtitle


def test_a_chosen_pair_is_drawn_alone_and_a_wrong_one_refused(basin: Case, basin_report: dict[str, Any]) -> None:
    chart = bargaining_space(basin, basin_report, consent="cl_basin", pairs=[("MEL", "TAR")])
    assert [text for text in texts(chart) if text.startswith("Worth to")] == ["Worth to Melune", "Worth to Tarvia"]
    with pytest.raises(ModelError, match="pairs"):
        bargaining_space(basin, basin_report, consent="cl_upper", pairs=[("TAR", "MEL")])


def test_a_long_frontier_is_thinned_and_says_so(basin: Case, basin_report: dict[str, Any]) -> None:
    entry = basin_report["by_consent"]["cl_upper"]
    point = entry["frontier"][0]
    long = {**entry, "frontier": [point] * 1601}
    rows = bargaining_space(basin, {"by_consent": {"cl_upper": long}}, consent="cl_upper").table.rows
    assert sum("(200 of 1601)" in row[0] for row in rows) == 200


def test_axis_titles_are_never_cut_and_letters_of_texts_do_not_run_together() -> None:
    case = load_case("drafts-and-replies-2021-22")
    chart = bargaining_space(case, settlement_report(case), consent="cl_A3")  # four parties, five texts
    assert not [text for text in texts(chart) if text.endswith("…")]
    assert texts(chart).count("NATO member states") == 3
    rows = [row for layer in chart.spec["layer"] if layer["mark"]["type"] == "text" for row in layer["data"]["values"]]
    letters = [(row["x"], row["y"]) for row in rows if row["text"] in tuple("ABCDE")]
    for (x, y), (other_x, other_y) in itertools.combinations(letters, 2):
        assert abs(x - other_x) >= LETTER or abs(y - other_y) >= UPPER


def test_benchmarks_hide_no_point(basin: Case, basin_report: dict[str, Any]) -> None:
    layers = bargaining_space(basin, basin_report, consent="cl_upper").spec["layer"]
    drawn = [layer for layer in layers if layer["mark"]["type"] == "point"]
    white = [at for at, layer in enumerate(drawn) if layer["mark"]["stroke"] == PAPER]
    points = [
        at
        for at, layer in enumerate(drawn)
        if layer["mark"]["shape"] == "circle" and "label" in layer["data"]["values"][0]  # the key's have none
    ]
    assert white
    assert points
    assert max(white) < min(points)

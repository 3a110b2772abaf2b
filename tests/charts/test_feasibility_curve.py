"""The feasibility curve: every step, both completions, intervals, huge counts, and lists without a picture."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case
from detente.charts import Chart, feasibility_curve


def step(lines: int, which: str, certain: Any, possible: Any, threshold: float | None = None) -> dict[str, Any]:
    return {
        "lines": lines,
        "which": which,
        "threshold": threshold,
        "stated": min(lines, 3),
        "inferred": max(0, lines - 3),
        "certain": {"exists": certain != "0", "packages": certain},
        "possible": {"exists": possible != "0", "packages": possible},
    }


def one_list(*curve: dict[str, Any], total: str = str(10**30)) -> dict[str, Any]:
    return {
        "consent": "cl_upper",
        "parties": ["TAR", "OST"],
        "issues": ["flow"],
        "packages": {"total": total, "no_red_line": total, "in_zone": "0"},
        "zone_curve": list(curve),
    }


def texts(chart: Chart) -> list[str]:
    return [
        row["text"]
        for layer in chart.spec["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    ]


def test_every_step_of_every_computed_list_is_in_the_table(basin: Case, basin_report: dict[str, Any]) -> None:
    rows = feasibility_curve(basin, basin_report).table.rows
    for entry in basin_report["by_consent"].values():
        for point in entry.get("zone_curve", ()):
            wanted = (str(point["lines"]), point["certain"]["packages"], point["possible"]["packages"])
            assert wanted in [(row[2], row[6], row[7]) for row in rows]


def test_a_list_that_could_not_be_computed_says_whose_position_is_missing(
    basin: Case, basin_report: dict[str, Any]
) -> None:
    chart = feasibility_curve(basin, basin_report)
    missing = [entry for entry in basin_report["by_consent"].values() if "not_computed" in entry]
    assert missing
    assert sum("not computed" in row[3] for row in chart.table.rows) == len(missing)
    assert "not computed" in " ".join(texts(chart))


def test_counts_of_ten_to_the_thirty_and_intervals_are_drawn(basin: Case) -> None:
    bounds = {"low": "5", "high": str(3 * 10**20), "method": "bounds"}
    report = one_list(
        step(9, "all", "0", "0"), step(0, "none", str(10**30), str(10**30)), step(3, "all stated", bounds, bounds)
    )
    chart = feasibility_curve(basin, report)
    assert [row[2] for row in chart.table.rows] == ["0", "3", "9"]
    assert chart.table.rows[1][6] == f"5 to {3 * 10**20} (bounds)"
    assert {"1.0 × 10^30", "no package", "≥ 5"} <= set(texts(chart))
    chart.svg()


def test_an_empty_zone_is_written_at_the_base(basin: Case) -> None:
    chart = feasibility_curve(basin, one_list(step(0, "none", "0", "0"), total="12"))
    assert "no package" in texts(chart)
    assert "0 lines (no line): none and none" in chart.alt


def test_a_zone_that_is_only_possible_says_none_at_worst(basin: Case) -> None:
    chart = feasibility_curve(basin, one_list(step(0, "none", "0", "7"), total="12"))
    assert {"≤ 7", "none at worst"} <= set(texts(chart))


def test_thresholds_are_said_in_words(basin: Case) -> None:
    chart = feasibility_curve(basin, one_list(step(4, "p >= 0.55", "1", "2", 0.55), total="12"))
    assert chart.table.rows[0][3] == "judged 55% or more likely to bind"


def test_issue_by_issue_counts_issues(basin: Case) -> None:
    first, second = (issue.id for issue in basin.issues[:2])
    single = one_list(step(0, "none", "2", "3"), step(3, "all stated", "0", "1"), total="3")
    report = {"consent": "cl_upper", "by_issue": {first: single, second: {"not_computed": {"missing": ["MEL"]}}}}
    chart = feasibility_curve(basin, report)
    assert "1 of 2 issues could be computed" in chart.alt
    assert "on 1 of them with no line binding, on 0 with all stated lines binding" in chart.alt
    assert len(chart.table.rows) == 3

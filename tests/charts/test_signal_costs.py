"""The chart of what signals cost: ranges as they are, and nothing drawn where nothing is known."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import signal_costs
from detente.core.errors import ModelError
from detente.registry.signals import signals_report
from detente.wording.never_print import violations

GREY = {"#111111", "#4d4d4d", "#767676", "#bdbdbd", "#e3e3e3", "#ffffff", "transparent"}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("river-basin")


@pytest.fixture(scope="module")
def report(case: Case) -> dict[str, Any]:
    return signals_report(case)


def rows_of(spec: Any, kind: str) -> list[dict[str, Any]]:
    return [row for layer in spec["layer"] if layer["mark"]["type"] == kind for row in layer["data"]["values"]]


def test_an_unknown_cost_is_said_and_not_drawn_at_zero(case: Case, report: dict[str, Any]) -> None:
    spec = signal_costs(case, report).spec
    assert "not known" in {row["text"] for row in rows_of(spec, "text")}
    labels = {row["label"].split(":")[0] for row in rows_of(spec, "rect") if "label" in row}
    assert labels == {"sunk", "in public"}


def test_bars_are_as_long_as_their_ranges(case: Case, report: dict[str, Any]) -> None:
    bars = {row["label"].split(":")[0]: row["x2"] - row["x"] for row in rows_of(signal_costs(case, report).spec, "rect")
            if "label" in row}  # fmt: skip
    assert bars["in public"] / bars["sunk"] == pytest.approx(0.18 / 0.04, rel=1e-3)  # 0.02 to 0.2, and 0.01 to 0.05


def test_only_greys_are_used_and_its_words_are_fit_to_print(case: Case, report: dict[str, Any]) -> None:
    chart = signal_costs(case, report)
    marks = [layer["mark"] for layer in chart.spec["layer"]]
    assert {mark[key] for mark in marks for key in ("fill", "stroke", "color") if key in mark} <= GREY
    assert [violations(words) for words in (chart.title, chart.subtitle, chart.alt)] == [(), (), ()]
    assert chart.table.rows[0][2:6] == ("in public", "0.02 (0.01 to 0.05)", "0.1 (0.02 to 0.2)", "–")


def test_a_case_without_signals_is_refused() -> None:
    case = load_case("two-rivals")
    with pytest.raises(ModelError, match="nothing to draw"):
        signal_costs(case, signals_report(case))

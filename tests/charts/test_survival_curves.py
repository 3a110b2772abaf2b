"""The chart of survival and lock-in: what is encoded, and that swapping the sides only swaps their names."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import survival_curves
from detente.core.errors import ModelError
from detente.registry.signals import signals_report
from detente.wording.never_print import violations

GREY = {"#111111", "#4d4d4d", "#767676", "#bdbdbd", "#e3e3e3", "#ffffff", "transparent"}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("drafts-and-replies-2021-22")


@pytest.fixture(scope="module")
def contest(case: Case) -> dict[str, Any]:
    (found,) = signals_report(case)["contests"]
    return dict(found)


def test_only_greys_are_used_and_no_side_has_a_tone_of_its_own(case: Case, contest: dict[str, Any]) -> None:
    marks = [layer["mark"] for layer in survival_curves(case, contest).spec["layer"]]
    assert {mark[key] for mark in marks for key in ("fill", "stroke", "color") if key in mark} <= GREY
    curves = {mark["color"] for mark in marks if mark["type"] == "rule" and mark.get("strokeWidth") == 1.8}
    assert curves == {"#111111"}


def test_the_table_says_what_the_curves_say(case: Case, contest: dict[str, Any]) -> None:
    chart = survival_curves(case, contest)
    first = contest["nerves"]["curves"][0]
    assert chart.table.rows[0] == tuple(f"{x:.3f}" for x in (first["at"], *first["stands"], *first["locked_in"]))
    last = contest["nerves"]["curves"][-1]
    assert last["stands"] == pytest.approx(last["locked_in"])


def test_its_words_are_fit_to_print(case: Case, contest: dict[str, Any]) -> None:
    chart = survival_curves(case, contest)
    assert [violations(words) for words in (chart.title, chart.subtitle, chart.alt)] == [(), (), ()]


def test_a_contest_without_nerves_is_refused(case: Case, contest: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="nothing to draw"):
        survival_curves(case, {**contest, "nerves": None})

"""Pictures of confrontations as data: what is encoded, and that swapped sides only swap places."""

from __future__ import annotations

import json

import pytest

from detente.case.load import load_case
from detente.charts import bargaining_range, risk_map, war_region
from detente.core.errors import ModelError
from detente.registry.crisis import crisis_report

NAMES = ("two-rivals", "river-basin", "drafts-and-replies-2021-22")
CHARTS = (bargaining_range, risk_map, war_region)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_each_chart_says_in_words_and_figures_what_it_shows(name: str, chart: object) -> None:
    case = load_case(name)
    drawn = chart(case, crisis_report(case))  # type: ignore[operator]
    assert drawn.alt.endswith(".")
    assert drawn.table.rows
    assert all(len(row) == len(drawn.table.header) for row in drawn.table.rows)
    assert json.dumps(drawn.spec) == json.dumps(chart(case, crisis_report(case)).spec)  # type: ignore[operator]


def test_each_text_is_drawn_as_either_side_values_it() -> None:
    case = load_case("drafts-and-replies-2021-22")
    report = crisis_report(case)
    spec = json.dumps(bargaining_range(case, report).spec)
    for text in report["confrontations"][0]["packages"]["tabled"]:
        for side in ("RUS", "UKR"):
            assert f"{text['text']} as {side} sees it" in spec


def test_the_marks_of_the_shift_chart_are_the_trends_and_choices_of_the_case() -> None:
    case = load_case("drafts-and-replies-2021-22")
    rows = war_region(case, crisis_report(case)).table.rows
    marked = {row[2] for row in rows}
    assert {"cooperation", "RUS-build-up", "UKR-larger-forces"} <= marked


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_nothing_to_draw_is_one_sentence(chart: object) -> None:
    case = load_case("istanbul-talks-2022")
    with pytest.raises(ModelError, match="there is nothing to draw"):
        chart(case, crisis_report(case))  # type: ignore[operator]

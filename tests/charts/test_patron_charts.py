"""The pictures of patrons: their tables say what the report says, and nothing is drawn of what was not computed."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import Chart, deterrence_map, patron_commitment
from detente.core.errors import ModelError
from detente.registry.crisis_deterrence import deterrence_entry
from detente.wording.never_print import violations
from tests.charts.conftest import texts


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("drafts-and-replies-2021-22")


@pytest.fixture(scope="module")
def report(case: Case) -> dict[str, Any]:
    return {"case": case.id, "deterrence": deterrence_entry(case, draws=100)}


@pytest.mark.parametrize("draw", [patron_commitment, deterrence_map])
def test_a_picture_is_drawn_and_its_words_may_be_printed(case: Case, report: dict[str, Any], draw: Any) -> None:
    chart: Chart = draw(case, report)
    assert chart.svg().startswith("<svg")
    assert [said for text in (chart.title, chart.subtitle, chart.alt, *texts(chart)) for said in violations(text)] == []


def test_the_table_of_commitment_has_both_sides_at_each_word(case: Case, report: dict[str, Any]) -> None:
    (entry,) = report["deterrence"]["patronages"]
    table = patron_commitment(case, report).table
    assert len(table.rows) == len(entry["terms"]["over_word"])
    last = table.rows[-1]
    assert last[3] == f"{entry['demand']['private']['over_word'][-1]['size']:.3f}"
    assert last[5] == f"{entry['own_demand']['private']['over_word'][-1]['size']:.3f}"


def test_the_table_of_the_map_counts_all_draws(case: Case, report: dict[str, Any]) -> None:
    assert sum(int(row[2]) for row in deterrence_map(case, report).table.rows) == 100


@pytest.mark.parametrize("draw", [patron_commitment, deterrence_map])
def test_without_a_patronage_there_is_nothing_to_draw(draw: Any) -> None:
    rivals = load_case("two-rivals")
    with pytest.raises(ModelError, match="to draw"):
        draw(rivals, {"case": rivals.id, "deterrence": deterrence_entry(rivals)})

"""The words of every chart of the bundled cases: none that a brief never prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import Chart
from detente.uncertainty.answer import settlement_answer
from detente.wording.never_print import violations
from tests.charts.conftest import computed_charts, texts

CASES = ("two-rivals", "river-basin", "istanbul-talks-2022", "settlement-talks-2024", "drafts-and-replies-2021-22")
SURE = re.compile(r"\bcertain(?:ly|ty)?\b", re.IGNORECASE)


def quoted(data: Any) -> Iterator[str]:
    """Yield the words of a case file: what a chart quotes is not in its own voice."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from quoted(item)
    elif isinstance(data, str) and " " in data:
        yield data


def own_words(case: Case, chart: Chart) -> tuple[str, ...]:
    """Return every text of a chart and its picture, without what it quotes from the case."""
    labels = (row.get("label", "") for layer in chart.spec["layer"] for row in layer["data"]["values"])
    cells = (cell for row in chart.table.rows for cell in row)
    every = {chart.title, chart.subtitle, chart.alt, *chart.table.header, *cells, *labels, *texts(chart)}
    shown = "\n\n".join(sorted(every))
    for quote in sorted(set(quoted(case.model_dump(mode="json"))), key=len, reverse=True):
        shown = shown.replace(quote, "‹›")
    return tuple(shown.split("\n\n"))


@pytest.fixture(scope="module", params=CASES)
def case_and_charts(request: pytest.FixtureRequest) -> tuple[Case, tuple[Chart, ...]]:
    """Return a bundled case and the charts of its own report with draws."""
    case = load_case(request.param)
    return case, computed_charts(case, settlement_answer(case, draws=20))


def test_no_chart_of_a_bundled_case_says_what_a_brief_never_prints(
    case_and_charts: tuple[Case, tuple[Chart, ...]],
) -> None:
    case, every = case_and_charts
    for chart in every:
        for words in own_words(case, chart):
            assert violations(words) == (), (chart.name, words)
            assert not SURE.search(words), (chart.name, words)


def test_nor_does_a_chart_of_concessions_or_breakpoints(basin: Case, charts: tuple[Chart, ...]) -> None:
    for chart in charts:
        for words in own_words(basin, chart):
            assert violations(words) == (), (chart.name, words)
            assert not SURE.search(words), (chart.name, words)

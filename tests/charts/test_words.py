"""The words of every chart of the bundled cases: none that a brief never prints, no plural of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import Chart, acceptability_bars, bargaining_space, feasibility_curve, zone_curve
from detente.uncertainty.answer import settlement_answer
from detente.wording.never_print import violations
from tests.charts.conftest import computed_charts, texts
from tests.charts.test_feasibility_curve import one_list, step

CASES = ("two-rivals", "river-basin", "istanbul-talks-2022", "settlement-talks-2024", "drafts-and-replies-2021-22")
ONE_OF_MANY = re.compile(r"(?<![\d.,])1 (?:issues|lines|packages|draws|points|are)\b")
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


def test_one_of_a_thing_has_no_plural(basin: Case) -> None:
    """A list of one issue, one draw and one binding line, in every chart that counts them."""
    steps = [step(1, "all", "1", "1"), step(0, "none", "1", "1")]
    shares = [{"lines": lines, "certain": 1, "possible": 1} for lines in (1, 0)]
    spread = {kind: {"probability": 1, "low": 1, "high": 1, "error": None} for kind in ("certain", "possible")}
    own = {"lens": None, "weights": "analyst", "zone": spread, "curve": shares, "packages": []}
    report = {
        **one_list(*steps, total="1"),
        "draws": {"draws": 1, "inner": 1, "seed": 0, "interval": [0.05, 0.95], "readings": [own]},
    }
    report["packages"]["in_zone"] = "1"
    point = {"package": {"flow": "o1"}, "utility": {"TAR": 0.5, "OST": 0.5}}
    space = {
        **report,
        "frontier": [point],
        "solutions": {},
        "tabled": [],
        "reservation": {party: {"value": 0.2} for party in ("TAR", "OST")},
    }
    drawn = (
        feasibility_curve(basin, report),
        zone_curve(basin, report),
        acceptability_bars(basin, report),
        bargaining_space(basin, space),
    )
    for chart in drawn:
        for words in own_words(basin, chart):
            assert not ONE_OF_MANY.search(words), (chart.name, words)
    assert any("1 issue, 1 package in all" in words for words in own_words(basin, drawn[0]))
    assert any("1 issue, 1 draw;" in words for words in own_words(basin, drawn[1]))
    assert "1 of 1 package is in the zone" in drawn[3].subtitle

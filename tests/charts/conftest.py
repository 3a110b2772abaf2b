"""Cases and reports that the charts are drawn from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.ledger import ledger
from detente.case.load import load_case
from detente.charts import (
    Chart,
    acceptability_bars,
    bargaining_space,
    breakpoints,
    concession_map,
    feasibility_curve,
    inference_bands,
    matrix_parties,
    paper_matrix,
    timeline,
    zone_curve,
)
from detente.registry.inference import inference_report
from detente.uncertainty.answer import settlement_answer

Rewrite = Callable[[Any], Any]


@pytest.fixture(scope="session")
def basin() -> Case:
    """Return the small fictional case: three parties, two texts, one disputed event."""
    return load_case("river-basin")


@pytest.fixture(scope="session")
def basin_report(basin: Case) -> dict[str, Any]:
    """Return its settlement report with draws, for all consent lists."""
    return settlement_answer(basin, draws=200)


@pytest.fixture(scope="session")
def charts(basin: Case, basin_report: dict[str, Any]) -> tuple[Chart, ...]:
    """Return every chart of the small case."""
    return all_charts(basin, basin_report)


def all_charts(case: Case, report: dict[str, Any]) -> tuple[Chart, ...]:
    """Return every chart of a case, those of one consent list once per list that was computed."""
    return (
        *computed_charts(case, report),
        concession_map(case, below_best()),
        breakpoints(case, turning(), "cl_upper"),
        inference_bands(case, answered()),
    )


def computed_charts(case: Case, report: dict[str, Any]) -> tuple[Chart, ...]:
    """Return the charts of a case that need no other report than the settlement's."""
    entries = report.get("by_consent") or {report.get("consent"): report}
    computed = [consent or None for consent, entry in entries.items() if "frontier" in entry]
    return (
        timeline(case),
        paper_matrix(case, ledger(case), matrix_parties(case)),
        feasibility_curve(case, report),
        zone_curve(case, report),
        *(acceptability_bars(case, report, consent) for consent in computed),
        *(bargaining_space(case, report, consent=consent) for consent in computed),
    )


def answered() -> dict[str, Any]:
    """Return what the answers of one party of the small case say of its reservation."""
    return inference_report(load_case("river-basin"), "MEL")


def below_best() -> dict[str, Any]:
    """Return what a package leaves two parties on three issues: numbers made up for the chart, no engine's."""

    def part(option: str | None, best: float, low: float, high: float) -> dict[str, Any]:
        return {
            "option": option,
            "utility": [low, high],
            "best": best,
            "concession": [low - best, high - best],
            "against_no_agreement": [low - best / 2, high - best / 2],
        }

    return {
        "package": "reply",
        "kind": "tabled",
        "parties": {
            "TAR": {
                "total": [0.1, 0.4],
                "no_agreement": 0.25,
                "margin": [-0.15, 0.15],
                "issues": {
                    "R1_border_flow": part("o4", 0.5, 0.1, 0.1),
                    "R3_river_data": part(None, 0.3, 0.0, 0.3),
                    "R6_disputes": part("o3", 0.0, 0.0, 0.0),
                },
            },
            "OST": {
                "total": [0.7, 0.9],
                "no_agreement": 0.3,
                "margin": [0.4, 0.6],
                "issues": {
                    "R1_border_flow": part("o4", 0.4, 0.4, 0.4),
                    "R3_river_data": part(None, 0.2, 0.0, 0.2),
                    "R6_disputes": part("o3", 0.4, 0.3, 0.3),
                },
            },
        },
    }


def turning() -> dict[str, Any]:
    """Return a report of breakpoints with a judgement of every kind: numbers made up for the chart, no engine's."""

    def single(kind: str, party: str, threshold: float | None, flips: str, **more: Any) -> dict[str, Any]:
        return {
            "kind": kind,
            "party": party,
            "issue": None,
            "option": None,
            "scenario": None,
            "now": 0.4,
            "range": [0.2, 0.6],
            "threshold": threshold,
            "flips": flips,
            "reached": False,
            "within_range": threshold is not None and 0.2 <= threshold <= 0.6,
            "statements": [],
            **more,
        }

    flow = {"issue": "R1_border_flow", "option": "o2"}
    stated = {"what": "package", "lines": "stated", "reading": None}
    zone = {"what": "zone", "lines": "stated", "reading": "certain"}
    numbers = [
        single("value", "TAR", 0.55, "above", path="values.R1_border_flow.o2", statements=["S-Q01"], **flow),
        single("weight", "OST", 7.5, "above", path="weights.R1_border_flow", issue="R1_border_flow"),
        single("belief", "OST", 0.9, "above", path="no_agreement.beliefs.N2", scenario="N2"),
        single("payoff", "TAR", 0.1, "below", path="no_agreement.payoffs.N1", scenario="N1"),
        single("reservation", "MEL", 0.7, "above", path="reservation", range=None),
        single("value", "MEL", 0.3, "above", path="values.R1_border_flow.o3", now=None, range=[0, 1], **flow),
    ]
    line = single("line", "TAR", None, "does_not_bind", path=None, line="TAR-R1-o2", within_range=True, **flow)
    pair = {
        "first": {"kind": "line", "party": "TAR", "flips": "does_not_bind", **flow},
        "second": {"kind": "reservation", "party": "OST", "to": 0.25, "flips": "below"},
    }
    return {
        "by_consent": {
            "cl_upper": {
                "conclusions": [
                    {"conclusion": stated, "now": True, "singles": [line], "pairs": [], "notes": []},
                    {"conclusion": zone, "now": True, "singles": numbers, "pairs": [], "notes": []},
                    {
                        "conclusion": {"what": "zone", "lines": "stated_and_inferred", "reading": "possible"},
                        "now": False,
                        "singles": [],
                        "pairs": [pair],
                        "notes": ["Of the pairs of numbers only 200 were tried."],
                    },
                ]
            },
            "cl_delta": {"not_computed": "Nothing is computed for this list."},
        }
    }


def texts(chart: Chart) -> list[str]:
    """Return every text of a chart's picture."""
    return [row["text"] for _, row in marks(chart, "text")]


def marks(chart: Chart, kind: str, **style: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the looks and rows of the marks of one kind that have this style."""
    return [
        (layer["mark"], row)
        for layer in chart.spec["layer"]
        if layer["mark"]["type"] == kind and all(layer["mark"].get(key) == value for key, value in style.items())
        for row in layer["data"]["values"]
    ]


def rewritten(case: Case, change: Rewrite) -> Case:
    """Return a case whose data were changed by a function of its plain form."""
    return Case.model_validate(change(case.model_dump(mode="json", exclude_none=True)))

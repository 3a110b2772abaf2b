"""Cases and reports that the charts are drawn from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.ledger import ledger
from detente.case.load import load_case
from detente.charts import Chart, bargaining_space, feasibility_curve, matrix_parties, paper_matrix, timeline
from detente.registry.settlement import settlement_report

Rewrite = Callable[[Any], Any]


@pytest.fixture(scope="session")
def basin() -> Case:
    """Return the small fictional case: three parties, two texts, one disputed event."""
    return load_case("river-basin")


@pytest.fixture(scope="session")
def basin_report(basin: Case) -> dict[str, Any]:
    """Return its settlement report, for all consent lists."""
    return settlement_report(basin)


@pytest.fixture(scope="session")
def charts(basin: Case, basin_report: dict[str, Any]) -> tuple[Chart, ...]:
    """Return every chart of the small case."""
    return all_charts(basin, basin_report)


def all_charts(case: Case, report: dict[str, Any]) -> tuple[Chart, ...]:
    """Return every chart of a case, the bargaining space once per list that was computed."""
    return (
        timeline(case),
        paper_matrix(case, ledger(case), matrix_parties(case)),
        feasibility_curve(case, report),
        *(
            bargaining_space(case, report, consent=consent)
            for consent, entry in report["by_consent"].items()
            if "frontier" in entry
        ),
    )


def rewritten(case: Case, change: Rewrite) -> Case:
    """Return a case whose data were changed by a function of its plain form."""
    return Case.model_validate(change(case.model_dump(mode="json", exclude_none=True)))

"""Charts as parts of a brief: the picture where it can be drawn, and always its table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from detente import charts
from detente.brief.document import Picture
from detente.charts.chart import Chart
from detente.core.errors import MissingExtraError
from detente.core.rounding import about
from detente.wording.reading import Reading


@dataclass(frozen=True, slots=True)
class Drawing:
    """What pictures take from the text around them: statement → its printed number."""

    numbers: Mapping[str, int]


def paper_matrix(reading: Reading, drawing: Drawing) -> Picture | None:
    """Return the matrix of files and parties, with the numbers of the statements in this brief."""
    parties = reading.in_turn(reading.principals, 2)
    return _picture(lambda: charts.paper_matrix(reading.case, reading.ledger, parties, numbers=drawing.numbers))


def timeline(reading: Reading) -> Picture | None:
    """Return the timeline of texts, answers and events."""
    return _picture(lambda: charts.timeline(reading.case, lead=reading.lead))


def record_of_events(reading: Reading, report: Mapping[str, Any]) -> Picture | None:
    """Return acts between parties and the build-up; None where nothing was counted."""
    return _picture(lambda: charts.record(reading.case, report)) if report["pairs"] or report["build_up"] else None


def feasibility_curve(reading: Reading) -> Picture | None:
    """Return the zone as a curve over how many lines bind, one panel for each consent list."""
    if not any("zone_curve" in report for report in reading.reports.values()):
        return None
    picture = _picture(lambda: charts.feasibility_curve(reading.case, {"by_consent": dict(reading.reports)}))
    printed = tuple(tuple(_COUNT.sub(lambda m: about(int(m.group())), text) for text in row) for row in picture.rows)
    return replace(picture, rows=printed, exact=picture.rows if printed != picture.rows else ())


def zone_curve(reading: Reading) -> Picture | None:
    """Return the share of draws in which a package is left, reading by reading; None without draws."""
    if not reading.is_drawn:
        return None
    return _picture(lambda: charts.zone_curve(reading.case, {"by_consent": dict(reading.reports)}))


def acceptability_bars(reading: Reading, consent: str) -> Picture | None:
    """Return how often each package is acceptable under one consent list; None without draws or packages.

    Benchmarks are named by their concept only: what they hold may be printed only where the consent rule passes.
    """
    drawn = reading.reports.get(consent, {}).get("draws")
    if drawn is None or not any(one.get("packages") for one in drawn["readings"]):
        return None
    reports = {"by_consent": dict(reading.reports)}
    return _picture(lambda: charts.acceptability_bars(reading.case, reports, consent, lead=reading.lead))


def breakpoints(reading: Reading, consent: str) -> Picture | None:
    """Return which judgement, moved how far, turns each conclusion of one list; None where nothing was computed."""
    if "conclusions" not in reading.breakpoints.get(consent, {}):
        return None
    return _picture(lambda: charts.breakpoints(reading.case, {"by_consent": dict(reading.breakpoints)}, consent))


_COUNT = re.compile(r"(?<![\w.,])\d{5,}(?![\w.,])")


def bargaining_space(reading: Reading, consent: str) -> Picture | None:
    """Return what packages are worth to each pair of parties of one consent list, packages unnamed.

    Which package a point is may be printed only where the consent rule passes, so the brief never says it here.
    """
    if reading.reports.get(consent, {}).get("frontier") is None:
        return None
    reports = {"by_consent": dict(reading.reports)}
    return _picture(lambda: charts.bargaining_space(reading.case, reports, consent=consent, named=False))


def _picture(draw: Callable[[], Chart]) -> Picture:
    """Return a chart as a part of the brief; without the drawing library its table alone."""
    chart = draw()
    try:
        svg = chart.svg()
    except MissingExtraError:
        svg = ""
    return Picture(
        name=chart.name,
        title=chart.title,
        alt=chart.alt,
        source=chart.source,
        svg=svg,
        header=chart.table.header,
        rows=chart.table.rows,
    )

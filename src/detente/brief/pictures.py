"""Charts as parts of a brief: the picture where it can be drawn, and always its table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from detente import charts
from detente.brief.document import Picture
from detente.charts.chart import Chart
from detente.core.errors import MissingExtraError
from detente.wording.reading import Reading


def paper_matrix(reading: Reading) -> Picture | None:
    """Return the matrix of files and parties."""
    parties = reading.in_turn(reading.principals, 2)
    return _picture(lambda: charts.paper_matrix(reading.case, reading.ledger, parties))


def timeline(reading: Reading) -> Picture | None:
    """Return the timeline of texts, answers and events."""
    return _picture(lambda: charts.timeline(reading.case, lead=reading.lead))


def feasibility_curve(reading: Reading) -> Picture | None:
    """Return the zone as a curve over how many lines bind, one panel for each consent list."""
    if not any("zone_curve" in report for report in reading.reports.values()):
        return None
    return _picture(lambda: charts.feasibility_curve(reading.case, {"by_consent": dict(reading.reports)}))


def bargaining_space(reading: Reading, consent: str) -> Picture | None:
    """Return what packages are worth to each pair of parties of one consent list, packages unnamed.

    Which package a point is may be printed only where the consent rule passes, so the brief never says it here.
    """
    if "frontier" not in reading.reports.get(consent, {}):
        return None
    reports = {"by_consent": dict(reading.reports)}
    picture = _picture(lambda: charts.bargaining_space(reading.case, reports, consent=consent))
    columns = [at for at, head in enumerate(picture.header) if head != "package"]
    return replace(
        picture,
        svg=_HOVER.sub("", _MARK_LABEL.sub(r"\1", picture.svg)),
        header=tuple(picture.header[at] for at in columns),
        rows=tuple(tuple(row[at] for at in columns) for row in picture.rows),
    )


_HOVER = re.compile(r"<title>.*?</title>", re.DOTALL)
_MARK_LABEL = re.compile(r'(<(?!svg\b)[^>]*?) aria-label="[^"]*"')


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

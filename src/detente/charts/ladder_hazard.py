"""Chances of an accident on each rung, within months, without and with the safeguards: ranges on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import source_line
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    backdrop,
    box,
    foot,
    head,
    head_height,
    legend,
    paragraph,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, INK, LIGHT, LINE, MID, PAPER, WIDTH, wrapped

Report = Mapping[str, Any]

LEFT, RIGHT = 250, WIDTH - 24
ROW = 15
BAR = 7
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
HEADER = ("Rung", "Within months", "Safeguards", "Low", "Likeliest", "High")


def ladder_hazard(case: Case, report: Report) -> Chart:
    """Return the chance of at least one accident on each rung within some months.

    Parameters
    ----------
    report : mapping
        A ladder report whose hazard was computed.

    Notes
    -----
    Filled bars span the judged range without safeguards, open bars that with all safeguards of the rung; a tick stands
    at the likeliest value. It is a chance under the condition that one stands on the rung all the time.
    """
    part = report["hazard"]
    title = "Accidents on each rung, without and with safeguards"
    subtitle = (
        "Chance of at least one within the months, if one stands on the rung all that time: judged ranges, tick at the "
        "likeliest value. Nobody has measured these chances."
    )
    source = source_line(case)
    top = head_height(title, subtitle) + LINE
    marks: list[Mark] = []
    y = top
    for rung in reversed(part["rungs"]):
        rows = list(_rows(rung))
        lines = wrapped(f"{rung['rung']}. {rung['text']}", LEFT - MARGIN - 60, most=3)
        marks.append(rule(MARGIN, y, WIDTH - MARGIN, y, color=LIGHT, width=0.8))
        marks += paragraph(MARGIN, y + LINE / 2 + 3, lines)
        for at, (months, safe, span) in enumerate(rows):
            marks += _bar(rung["rung"], months, safe, span, y + ROW * (at + 0.5) + 3)
        y += max(ROW * len(rows), LINE * len(lines)) + 6
    marks.append(rule(MARGIN, y, WIDTH - MARGIN, y, color=LIGHT, width=0.8))
    key, end = legend(_samples(), y + 24)
    feet, height = foot(end, source)
    return Chart(
        name="ladder-hazard",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(part),
        spec=sheet((*head(title, subtitle), *backdrop(_grid(top, y)), *marks, *key, *feet), height),
        table=_table(part),
    )


SHOWN = (1, 6, 12)
"""Months drawn; all are in the table."""


def _rows(rung: Report) -> Iterator[tuple[int, bool, Report]]:
    for months in SHOWN:
        yield months, False, rung["within"][str(months)]
        if rung["with_all"] is not None:
            yield months, True, rung["with_all"][str(months)]


def _x(value: float) -> float:
    return LEFT + (RIGHT - LEFT) * value


def _bar(rung: int, months: int, safe: bool, span: Report, y: float) -> Iterator[Mark]:
    with_words = " with safeguards" if safe else ""
    label = f"rung {rung}, within {months} months{with_words}: {span['low']:.3g} to {span['high']:.3g}"
    if not safe:
        yield write(LEFT - 8, y, f"{months} m", align="right", color=DARK)
    fill = PAPER if safe else MID
    yield box(_x(span["low"]), y - BAR / 2, _x(span["high"]), y + BAR / 2, fill=fill, stroke=DARK, label=label)
    at = _x(span["mode"])
    yield rule(at, y - BAR / 2 - 2, at, y + BAR / 2 + 2, color=INK, width=1.6)


def _grid(top: float, end: float) -> Iterator[Mark]:
    for tick in TICKS:
        yield rule(_x(tick), top, _x(tick), end, color=LIGHT, width=0.6)
        yield write(_x(tick), end + 10, f"{tick:g}", align="center", color=DARK)


def _samples() -> Iterator[tuple[Draw, float, str]]:
    yield lambda x, y: [box(x - 12, y - 4, x + 12, y + 4, fill=MID, stroke=DARK)], 26, "without safeguards"
    yield lambda x, y: [box(x - 12, y - 4, x + 12, y + 4, fill=PAPER, stroke=DARK)], 26, "with all of them"
    yield lambda x, y: [rule(x, y - 6, x, y + 6, color=INK, width=1.6)], 6, "likeliest value"


def _alt(part: Report) -> str:
    said = [
        f"on rung {rung['rung']} {rung['within']['12']['low']:.2g} to {rung['within']['12']['high']:.2g}"
        for rung in reversed(part["rungs"])
    ]
    return f"Chance of at least one accident within 12 months: {'; '.join(said)}."


def _table(part: Report) -> Table:
    rows = []
    for rung in reversed(part["rungs"]):
        for months in part["months"]:
            for name, spans in (("none", rung["within"]), (", ".join(rung["safeguards"]), rung["with_all"])):
                if spans is not None:
                    span = spans[str(months)]
                    cells = tuple(f"{span[end]:.3g}" for end in ("low", "mode", "high"))
                    rows.append((str(rung["rung"]), str(months), name, *cells))
    return Table(HEADER, tuple(rows))

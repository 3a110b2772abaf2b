"""Risk over power and status quo: zero where benefits mirror power, rising as they drift apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.confrontation import confrontation_of
from detente.charts.order import party_name, source_line
from detente.charts.sheet import (
    Draw,
    Mark,
    backdrop,
    box,
    foot,
    glyph,
    head,
    head_height,
    legend,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, INK, MID, PAPER
from detente.engines.crisis import Costs, risk_of_war

Report = Mapping[str, Any]

CELLS = 40
LEFT, SIZE = 110, 400
GREYS = (PAPER, "#ededed", "#d9d9d9", "#c2c2c2", "#a8a8a8", "#8c8c8c")
STEPS = (0.0, 0.1, 0.2, 0.3, 0.4)
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def risk_map(case: Case, report: Report) -> Chart:
    """Return the risk over power and status quo of the first confrontation of a crisis report.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A crisis report with at least one confrontation.

    Notes
    -----
    Power is the chance that the first side prevails, the status quo its share of the benefits. Costs are taken as even
    between their bounds. The case stands on the map once for each side's belief and view of the status quo, as a line
    where a range is left open. A grey is a model's answer under these beliefs and no forecast.
    """
    entry = confrontation_of(report)
    first, second = (party_name(case, side) for side in entry["sides"])
    title = f"Power and benefits between {first} and {second}"
    subtitle = (
        f"Across: chance that {first} prevails; up: its share in the status quo. White: neither side can be "
        "dissatisfied. Darker: the model's risk that an offer is refused under even beliefs about costs, above 0 and "
        "then in steps of 0.1. It is a condition on the two numbers and no forecast."
    )
    marks, y = legend(_samples(), head_height(title, subtitle))
    top = y + 8
    drawn = (*backdrop(_cells(_grid(entry), top)), *_axes(top), *_marks(entry, top))
    source = source_line(case)
    feet, height = foot(top + SIZE + 32, source)
    return Chart(
        name="risk-map",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(entry, first),
        spec=sheet((*head(title, subtitle), *marks, *drawn, *feet), height),
        table=_table(entry),
    )


def _x(chance: float) -> float:
    return LEFT + SIZE * chance


def _y(share: float, top: float) -> float:
    return top + SIZE * (1.0 - min(max(share, 0.0), 1.0))


def _grid(entry: Report) -> list[list[float]]:
    """Return the risk at the middle of each cell: rows from the lowest status quo, columns from the lowest power."""
    first, second = (Costs(*entry["status_quo"]["costs"][side]) for side in entry["sides"])
    middles = [(k + 0.5) / CELLS for k in range(CELLS)]
    return [[risk_of_war(share, power, first, second) for power in middles] for share in middles]


def _cells(grid: list[list[float]], top: float) -> Iterator[Mark]:
    """Yield a box for each run of cells of one grey in a row; `grid[i][j]` is at status quo i and power j."""
    for i, row in enumerate(grid):
        count = len(row)
        low, high = _y((i + 1) / len(grid), top), _y(i / len(grid), top)
        start = 0
        for j in range(1, count + 1):
            if j == count or _grey(row[j]) != _grey(row[start]):
                yield box(_x(start / count), low, _x(j / count), high, fill=_grey(row[start]))
                start = j


def _grey(risk: float) -> str:
    return GREYS[sum(risk > step for step in STEPS)]


def _axes(top: float) -> Iterator[Mark]:
    yield box(LEFT, top, LEFT + SIZE, top + SIZE, stroke=MID)
    for tick in TICKS:
        yield write(_x(tick), top + SIZE + 10, f"{tick:g}", align="center", color=DARK)
        yield write(LEFT - 8, _y(tick, top), f"{tick:g}", align="right", color=DARK)
    yield write(LEFT + SIZE / 2, top + SIZE + 24, "power", align="center")
    yield write(LEFT - 40, top + SIZE / 2, "status quo", align="right")
    yield rule(LEFT, top + SIZE, LEFT + SIZE, top, color=MID, width=0.8, dash=(3, 2))


def _marks(entry: Report, top: float) -> Iterator[Mark]:
    found = entry["status_quo"]
    if "not_computed" in found:
        return
    first, second = entry["sides"]
    views = (
        (first, found["shares"][first], "circle", INK),
        (second, [1.0 - found["shares"][second][1], 1.0 - found["shares"][second][0]], "square", PAPER),
    )
    for side, (low, high), shape, fill in views:
        x, label = _x(found["power"][side]), f"as {side} sees it: {low:.3f} to {high:.3f}"
        if high > low:
            yield rule(x, _y(low, top), x, _y(high, top), width=1.2, label=label)
        for share in dict.fromkeys((low, high)):
            yield glyph(x, _y(share, top), shape, size=9, fill=fill, label=label)


def _samples() -> Iterator[tuple[Draw, float, str]]:
    yield lambda x, y: [glyph(x, y, "circle", size=9, fill=INK)], 10, "the case as the first side sees it"
    yield lambda x, y: [glyph(x, y, "square", size=9, fill=PAPER)], 10, "as the second side sees it"
    yield lambda x, y: [rule(x - 9, y, x + 9, y, color=MID, dash=(3, 2))], 20, "benefits mirror power"


def _alt(entry: Report, first: str) -> str:
    low, high = entry["status_quo"]["satisfied"][entry["sides"][0]]
    return (
        f"By the first side's belief neither side can be dissatisfied if {first} has {low:.3f} to {high:.3f} in the "
        "status quo; the model's risk rises on either side of that."
    )


def _table(entry: Report) -> Table:
    found = entry["status_quo"]
    rows = []
    for side in entry["sides"]:
        low, high = found["satisfied"][side]
        least, most = found["costs"][side]
        rows.append((side, f"{found['power'][side]:.3f}", f"{least:.3f} to {most:.3f}", f"{low:.3f} to {high:.3f}"))
    return Table(("Belief of", "Power of the first side", "Own cost", "Nobody dissatisfied"), tuple(rows))

"""Acts between pairs of parties, period by period, and each party's build-up: small multiples on one scale.

Conflict is drawn below the line and cooperation above it, never set off against each other; a party has no colour, and
disputed events stand in a strip of their own, at nobody's line.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line, turned
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    backdrop,
    box,
    broken_line,
    foot,
    glyph,
    head,
    head_height,
    legend,
    paragraph,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, DASH, FAINT, INK, LIGHT, LINE, MID, PAPER, WIDTH, day, month, wrapped
from detente.core.dates import interval_of

Report = Mapping[str, Any]
MOST_PAIRS = 3
LEFT, RIGHT = 176, WIDTH - 40
HALF = 26
GAP = 8
STRIP = 20
LEAST_STEP_ROW = 24


@dataclass(frozen=True, slots=True)
class _Days:
    """Where a day is drawn."""

    first: datetime.date
    last: datetime.date

    def x(self, date: datetime.date) -> float:
        """Return the place of the beginning of a day."""
        return LEFT + (RIGHT - LEFT) * (date - self.first).days / ((self.last - self.first).days + 1)


def record(case: Case, report: Report, *, most: int = MOST_PAIRS) -> Chart:
    """Return the series of the pairs with most acts both ways, the disputed events, and the build-up.

    Parameters
    ----------
    report : mapping
        A report on the record of events.
    most : int
        Pairs drawn; all are in the table.

    Notes
    -----
    All series share one scale: sums of the conflict-cooperation scale's values in a period. A dashed outline adds
    acts that may lie in the period. Which pairs are drawn depends on how many acts are on record between them.
    """
    source = source_line(case)
    if "not_computed" in report:
        return _empty(report, source)
    days = _Days(_date(report["first"]), _date(report["last"]))
    drawn = sorted(report["pairs"], key=lambda pair: -min(entry["total"] for entry in pair["acts"]))[:most]
    drawn = [pair for pair in report["pairs"] if pair in drawn]
    title = f"Acts between parties and steps of build-up, {day(days.first)} to {day(days.last)}"
    subtitle = _subtitle(report, drawn)
    top = head_height(title, subtitle) + LINE
    marks: list[Mark] = []
    y = top
    scale = _scale(drawn)
    for turn, pair in enumerate(drawn):
        for entry in pair["acts"][:: -1 if turn % 2 else 1]:
            marks += _series(case, report, entry, days, scale, y)
            y += 2 * HALF + GAP
    if report["disputed"]:
        marks += _strip(report["disputed"], days, y)
        y += STRIP + GAP
    y += LINE if report["build_up"] else 0
    if report["build_up"]:
        marks.append(write(MARGIN, y - LINE / 2, "Steps of build-up so far", bold=True))
    builders = turned(list(dict.fromkeys(one["party"] for one in report["build_up"])), None, 1)
    build_ups = sorted(report["build_up"], key=lambda one: builders.index(one["party"]))
    for number, one in enumerate(build_ups):
        if number and one["party"] != build_ups[number - 1]["party"]:
            marks.append(rule(MARGIN, y, WIDTH - MARGIN, y, color=LIGHT, width=0.8))
        rows = _steps(case, one, days, y)
        marks += rows[0]
        y += rows[1]
    grid = tuple(backdrop(_months(days, top, y)))
    key, end = legend(_forms(report, drawn), y + 6)
    feet, height = foot(end, source)
    return Chart(
        name="record",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(case, report, drawn),
        spec=sheet((*head(title, subtitle), *grid, *marks, *key, *feet), height),
        table=_table(case, report),
    )


def _empty(report: Report, source: str) -> Chart:
    title, subtitle = "Acts between parties and steps of build-up", f"Nothing is counted. {report['not_computed']}"
    feet, height = foot(head_height(title, subtitle), source)
    table = Table(HEADER, ())
    return Chart("record", title, subtitle, source, subtitle, sheet((*head(title, subtitle), *feet), height), table)


def _scale(drawn: Sequence[Report]) -> float:
    """Return the largest sum of any period, which all series share."""
    return max(
        (
            value
            for pair in drawn
            for entry in pair["acts"]
            for side in ("conflict", "cooperation")
            for value in entry["series"][side][1]
        ),
        default=0.0,
    )


def _series(case: Case, report: Report, entry: Report, days: _Days, scale: float, y: float) -> Iterator[Mark]:
    middle = y + HALF
    name = f"{_name(case, entry['of'])} towards {_name(case, entry['towards'])}"
    lines = wrapped(name, LEFT - 12, most=3)
    yield from paragraph(MARGIN, middle - (len(lines) - 1) * LINE / 2, lines)
    yield rule(LEFT, middle, RIGHT, middle, color=MID, width=0.8)
    tall = (HALF - 2) / (scale or 1)
    for at, period in enumerate(report["periods"]):
        first, last = _date(period["first"]), _date(period["last"])
        x, x2 = days.x(first), days.x(last + datetime.timedelta(days=1))
        gap = min(1.0, (x2 - x) / 6)
        for side, up in (("cooperation", -1), ("conflict", 1)):
            low, high = (entry["series"][side][bound][at] for bound in (0, 1))
            hover = f"{name}, {day(first)} to {day(last)}: {side} {low:g}" + (f" to {high:g}" if high > low else "")
            if low:
                ends = sorted((middle, middle + up * low * tall))
                fill = PAPER if side == "cooperation" else DARK
                yield box(x + gap, ends[0], x2 - gap, ends[1], fill=fill, stroke=INK, width=0.9, label=hover)
            if high > low:
                ends = sorted((middle + up * low * tall, middle + up * high * tall))
                yield box(x + gap, ends[0], x2 - gap, ends[1], stroke=INK, width=0.9, dash=DASH, label=hover)
    largest = {side: max(entry["series"][side][1], default=0.0) for side in ("cooperation", "conflict")}
    for side, height in (("cooperation", middle - HALF / 2), ("conflict", middle + HALF / 2)):
        if largest[side]:
            yield write(RIGHT + 6, height, f"{largest[side]:g}", color=DARK)


def _strip(disputed: Sequence[Report], days: _Days, y: float) -> Iterator[Mark]:
    middle = y + STRIP / 2
    yield write(MARGIN, middle, "Author disputed")
    yield rule(LEFT, middle, RIGHT, middle, color=FAINT, width=0.8)
    for event in disputed:
        claims = "".join(f"\n{claim['who']}: {claim['says']}" for claim in event["claims"])
        label = f"{day(_date(event['first']))}: {event['says']}{claims}"
        yield glyph(days.x(_date(event["first"])), middle, "diamond", size=9, fill=PAPER, label=label, item=event["id"])


def _steps(case: Case, one: Report, days: _Days, y: float) -> tuple[list[Mark], float]:
    """Return the line of one party and kind, which rises by one with each step, and how much room it takes."""
    lines = wrapped(f"{_name(case, one['party'])}: {one['kind']}", LEFT - 12, most=2)
    height = max(LEAST_STEP_ROW, len(lines) * LINE + 4)
    floor, total = y + height - 4, len(one["steps"])
    rise = (height - 10) / total
    marks = list(paragraph(MARGIN, y + height / 2 - (len(lines) - 1) * LINE / 2, lines))
    marks.append(rule(LEFT, floor, RIGHT, floor, color=FAINT, width=0.8))
    for bound, dash in (("high", DASH), ("low", None)):
        if bound == "high" and all(count["low"] == count["high"] for count in one["counts"]):
            continue
        places = [(float(LEFT), floor)]
        for count in one["counts"]:
            x = days.x(_date(count["by"]))
            places += [(x, places[-1][1]), (x, floor - count[bound] * rise)]
        marks += broken_line([*places, (RIGHT, places[-1][1])], width=1.4, dash=dash)
    for number, step in enumerate(one["steps"], 1):
        label = f"{day(_date(step['first']))}: {step['says']}"
        x = days.x(_date(step["last"]))
        marks.append(glyph(x, floor - number * rise, "circle", size=5, fill=INK, label=label, item=step["id"]))
    marks.append(write(RIGHT + 6, floor - (height - 10), str(total), color=DARK))
    return marks, height


def _months(days: _Days, top: float, bottom: float) -> Iterator[Mark]:
    start = datetime.date(days.first.year, days.first.month, 1)
    months = []
    while start <= days.last:
        if start >= days.first:
            months.append(start)
        start = datetime.date(start.year + start.month // 12, start.month % 12 + 1, 1)
    spread = max(1, -(-len(months) // 7))
    for one in months[::spread]:
        x = days.x(one)
        yield rule(x, top - LINE, x, bottom, color=LIGHT, width=0.8)
        if RIGHT - x > 50:
            yield write(x + 4, top - LINE / 2, month(one), color=DARK)
    yield rule(RIGHT, top - LINE, RIGHT, bottom, color=INK, width=1.4)


def _forms(report: Report, drawn: Sequence[Report]) -> Iterator[tuple[Draw, float, str]]:
    series = [entry["series"] for pair in drawn for entry in pair["acts"]]
    if any(sum(one["cooperation"][1]) for one in series):
        yield lambda x, y: [box(x - 5, y - 6, x + 5, y + 6, fill=PAPER, stroke=INK, width=0.9)], 12, "cooperation, sum"
    if any(sum(one["conflict"][1]) for one in series):
        yield lambda x, y: [box(x - 5, y - 6, x + 5, y + 6, fill=DARK, stroke=INK, width=0.9)], 12, "conflict, sum"
    if any(one[side][0] != one[side][1] for one in series for side in ("conflict", "cooperation")):
        yield (
            lambda x, y: [box(x - 5, y - 6, x + 5, y + 6, stroke=INK, width=0.9, dash=DASH)],
            12,
            "may lie in this period",
        )
    if report["disputed"]:
        yield lambda x, y: [glyph(x, y, "diamond", size=9, fill=PAPER)], 10, "event, author disputed"
    if report["build_up"]:
        yield lambda x, y: [glyph(x, y, "circle", size=5, fill=INK)], 8, "step of build-up"


def _subtitle(report: Report, drawn: Sequence[Report]) -> str:
    rest = len(report["pairs"]) - len(drawn)
    words = (
        "Sums of the conflict-cooperation scale (0 to 10 an act) by period, one scale for all; largest at the right."
    )
    if rest:
        words += f" {rest} pair{'s' if rest > 1 else ''} with fewer acts both ways: in the table only."
    return f"{words} Disputed events are in no series."


HEADER = ("what", "of", "towards", "period or day", "conflict", "cooperation", "id")


def _table(case: Case, report: Report) -> Table:
    rows: list[tuple[str, ...]] = []
    for pair in report["pairs"]:
        for entry in pair["acts"]:
            series = entry["series"]
            for at, period in enumerate(report["periods"]):
                sums = [_between(series[side][0][at], series[side][1][at]) for side in ("conflict", "cooperation")]
                if sums != ["0", "0"]:
                    when = f"{day(_date(period['first']))} to {day(_date(period['last']))}"
                    rows.append(("sum", _name(case, entry["of"]), _name(case, entry["towards"]), when, *sums, ""))
    for one in report["build_up"]:
        for step in one["steps"]:
            rows.append((one["kind"], _name(case, one["party"]), "", day(_date(step["first"])), "", "", step["id"]))
    for event in report["disputed"]:
        targets = ", ".join(_name(case, target) for target in event["targets"])
        rows.append(("author disputed", "", targets, day(_date(event["first"])), "", "", event["id"]))
    return Table(HEADER, tuple(rows))


def _alt(case: Case, report: Report, drawn: Sequence[Report]) -> str:
    pairs = "; ".join(
        f"{_name(case, entry['of'])} towards {_name(case, entry['towards'])}: "
        f"{entry['conflict']['acts']} acts of conflict, {entry['cooperation']['acts']} of cooperation"
        for pair in drawn
        for entry in pair["acts"]
    )
    said = f"Acts by period. {pairs}. " if pairs else "No act of one party towards another. "
    return (
        f"{said}{len(report['build_up'])} lines of build-up; {len(report['disputed'])} disputed events. "
        "Every number is in the table."
    )


def _between(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _name(case: Case, party: str) -> str:
    return party_name(case, party)


def _date(value: Any) -> datetime.date:
    return interval_of(str(value))[0]

"""The range of divisions that both sides of a confrontation prefer to fighting, with the texts on the table marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.confrontation import confrontation_of
from detente.charts.order import party_name, source_line
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    box,
    foot,
    glyph,
    hatch,
    head,
    head_height,
    legend,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, INK, LIGHT, LINE, MID, PAPER, WIDTH

Report = Mapping[str, Any]

LEFT, RIGHT = 150, WIDTH - 16
BAR = 18
ROW = 22
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def bargaining_range(case: Case, report: Report) -> Chart:
    """Return a bar for each confrontation on the axis of the first side's share, and a row for each text on the table.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A crisis report with at least one confrontation.

    Notes
    -----
    A text is worth something else to each side, so it has two marks: the share that it gives the first side as the
    first side sees it, and what the second side's own share leaves it. Where a text leaves issues open, each mark is a
    line. Each side prefers the text to fighting if its own mark lies on its own side of its bound.

    Raises
    ------
    ModelError
        If no range was computed.
    """
    confrontation_of(report)
    entries = report["confrontations"]
    title = "What both sides of a confrontation prefer to fighting"
    subtitle = (
        "Shares of the first side in what is at stake. Grey: preferred by both at the most likely numbers; hatched: at "
        "some numbers in range. All chances and costs are judged; the picture says nothing of how likely fighting is."
    )
    marks, y = legend(_samples(), head_height(title, subtitle))
    y += 8
    drawn: list[Mark] = []
    for entry in entries:
        part, y = _confrontation(case, entry, y)
        drawn += part
    source = source_line(case)
    feet, height = foot(y + 6, source)
    return Chart(
        name="bargaining-range",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=" ".join(_alt(case, entry) for entry in entries),
        spec=sheet((*head(title, subtitle), *marks, *drawn, *feet), height),
        table=_table(entries),
    )


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)


def _confrontation(case: Case, entry: Report, y: float) -> tuple[list[Mark], float]:
    first, second = (party_name(case, side) for side in entry["sides"])
    texts = entry["packages"].get("tabled", ())
    drawn = [write(MARGIN, y + LINE / 2, f"{first} and {second}: share of {first}", bold=True)]
    top = y + LINE + 6
    bottom = top + BAR + 6 + ROW * len(texts)
    for tick in TICKS:
        drawn.append(rule(_x(tick), top, _x(tick), bottom, color=LIGHT, width=0.5))
        drawn.append(write(_x(tick), bottom + 8, f"{tick:g}", align="center", color=DARK))
    drawn += _bar(entry["range"], top)
    drawn.append(write(LEFT - 8, top + BAR / 2, "range", align="right"))
    for number, text in enumerate(texts):
        height = top + BAR + 8 + ROW * number + ROW / 2
        drawn.append(write(LEFT - 8, height, text["text"], align="right"))
        drawn += _text(entry["sides"], text, height)
    return drawn, bottom + 22


def _bar(found: Report, top: float) -> Iterator[Mark]:
    mode, widest = found["mode"], found["widest"]
    if not widest["empty"]:
        left, right = _x(widest["low"]), _x(widest["high"])
        yield from hatch(left, top, right, top + BAR, color=MID)
        yield box(left, top, right, top + BAR, stroke=MID, label=_span("at some numbers in range", widest))
    if not mode["empty"]:
        label = _span("at the most likely numbers", mode)
        yield box(_x(mode["low"]), top, _x(mode["high"]), top + BAR, fill=LIGHT, stroke=INK, label=label)
    else:
        for share, what in ((mode["low"], "least that the first side"), (mode["high"], "most that the second side")):
            yield rule(_x(share), top, _x(share), top + BAR, width=1.6, label=f"{what} would leave: {share:.3f}")


def _text(sides: Sequence[str], text: Report, y: float) -> Iterator[Mark]:
    first, second = (text["shares"][side] for side in sides)
    seen = (first, [1.0 - second[1], 1.0 - second[0]])
    for (low, high), shape, fill, side in zip(seen, ("circle", "square"), (INK, PAPER), sides, strict=True):
        height = y - 4 if shape == "circle" else y + 4
        label = f"{text['text']} as {side} sees it: {low:.3f} to {high:.3f}"
        if high - low > 0.0005:
            yield rule(_x(low), height, _x(high), height, width=1.2, label=label)
            ends: tuple[float, ...] = (low, high)
        else:
            ends = (low,)
        for end in ends:
            yield glyph(_x(end), height, shape, size=8, fill=fill, label=label, item=text["text"])


def _samples() -> Iterator[tuple[Draw, float, str]]:
    yield lambda x, y: [box(x - 9, y - 5, x + 9, y + 5, fill=LIGHT, stroke=INK)], 20, "most likely numbers"
    yield lambda x, y: [*hatch(x - 9, y - 5, x + 9, y + 5, color=MID)], 20, "some numbers in range"
    yield lambda x, y: [glyph(x, y, "circle", size=8, fill=INK)], 10, "a text as the first side sees it"
    yield lambda x, y: [glyph(x, y, "square", size=8, fill=PAPER)], 10, "as the second side sees it"


def _span(what: str, found: Report) -> str:
    return f"{what}: {found['low']:.3f} to {found['high']:.3f}"


def _alt(case: Case, entry: Report) -> str:
    first, second = (party_name(case, side) for side in entry["sides"])
    mode = entry["range"]["mode"]
    if mode["empty"]:
        return f"Between {first} and {second} no division is preferred to fighting by both at the most likely numbers."
    return (
        f"Between {first} and {second} both prefer to fighting that {first} has {mode['low']:.3f} to "
        f"{mode['high']:.3f} of the stake, at the most likely numbers."
    )


def _table(entries: Sequence[Report]) -> Table:
    rows = []
    for entry in entries:
        for reading in ("mode", "narrowest", "widest"):
            found = entry["range"][reading]
            room = "empty" if found["empty"] else f"{found['low']:.3f} to {found['high']:.3f}"
            rows.append((entry["id"], reading, room, f"{found['width']:+.3f}"))
        for text in entry["packages"].get("tabled", ()):
            for side in entry["sides"]:
                low, high = text["shares"][side]
                rows.append((entry["id"], f"{text['text']}, own share of {side}", f"{low:.3f} to {high:.3f}", ""))
    return Table(("Confrontation", "What", "Share", "Width"), tuple(rows))

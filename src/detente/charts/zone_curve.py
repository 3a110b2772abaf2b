"""In how many draws a package is left, the more red lines are taken as binding: readings of the case side by side.

The feasibility curve counts packages by the case's own numbers; this one says how far the judged ranges, and other
readings of the case, change whether there is any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line
from detente.charts.readings import Reading, Share, Span, reading_samples, readings_of
from detente.charts.reports import Report, counted, list_name, list_reports, missing_words
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    backdrop,
    box,
    broken_line,
    foot,
    glyph,
    hatch,
    head,
    head_height,
    legend,
    paragraph,
    rule,
    sheet,
    write,
)
from detente.charts.steps import Step, axis_title, step_label, steps_of
from detente.charts.theme import DARK, FAINT, INK, LIGHT, LINE, MID, PAPER, WIDTH, wrapped
from detente.core.fields import text_of

LEFT, RIGHT = 34, WIDTH - 8
PLOT = 100
PITCH = 12.0  # from one reading to the next within a step
POINT = 8
TITLE = "Is a package left, as more red lines bind? Over draws of the judged numbers"
JUDGED = "as judged"


@dataclass(frozen=True, slots=True)
class Column:
    """One place on the axis: how many lines bind and which, and per reading (None: not computed) the shares."""

    lines: str
    which: str
    label: Step | None
    spans: tuple[Span | None, ...]

    @property
    def computed(self) -> tuple[Span, ...]:
        """The readings that were computed."""
        return tuple(span for span in self.spans if span is not None)


@dataclass(frozen=True, slots=True)
class Panel:
    """The columns of one consent list; the last is the one in which lines bind as often as they are judged to."""

    name: str
    parties: tuple[str, ...]
    issues: int
    draws: int
    readings: tuple[Reading, ...]
    columns: tuple[Column, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the curve."""
        return tuple(column.label for column in self.columns if column.label is not None)


def zone_curve(case: Case, report: Report) -> Chart:
    """Return in what share of draws each set of binding lines leaves a package, for every list that has draws.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A settlement report with draws, of one consent list or of several.

    Notes
    -----
    A line joins the points of the case's own numbers and says nothing between them; other readings stand beside them,
    unjoined. The bands are spanned by all readings: grey for
    what is certain (unknown options at their worst), hatched for what is possible (at their best). In the last column
    lines bind as often as they are judged to; its whiskers are the middle nine tenths of outer draws. A list that goes
    issue by issue, or has no draws, is summed up in a sentence.
    """
    reports = tuple(list_reports(report))
    panels = tuple(_panel(case, list_name(case, key), entry) for key, entry in reports if "draws" in entry)
    remarks = tuple(_remark(case, key, entry) for key, entry in reports if "draws" not in entry)
    subtitle = (
        "A draw takes one number from every judged range. Each step assumes that its lines bind; in the last column "
        "each line binds as often as it is judged to. Height: share of draws in which a package is left, 0 to 1; "
        "shares describe these judgements and are no forecast. Other readings stand beside the point of their step."
    )
    marks, y = legend(_samples(panels), head_height(TITLE, subtitle))
    for panel in panels:
        drawn, y = _draw(case, panel, y + 6)
        marks += drawn
    lines = [line for remark in remarks for line in wrapped(remark, WIDTH - 2 * MARGIN)]
    source = source_line(case)
    feet, height = foot(y + 8 + len(lines) * LINE, source)
    return Chart(
        name="zone-curve",
        title=TITLE,
        subtitle=subtitle,
        source=source,
        alt=_alt(panels, remarks),
        spec=sheet(
            (*head(TITLE, subtitle), *marks, *paragraph(MARGIN, y + 10, lines), *feet),
            height,
        ),
        table=_table(case, reports, panels),
    )


def _panel(case: Case, name: str, entry: Report) -> Panel:
    draws = entry["draws"]
    readings = readings_of(case, draws)
    steps = sorted(zip(_as_reported(entry), range(len(entry["zone_curve"])), strict=True), key=_fewest)
    columns = [
        Column(
            str(step.lines),
            step.which,
            step,
            tuple(None if r.part is None else _at(r.part["curve"][place], draws["draws"]) for r in readings),
        )
        for step, place in steps
    ]
    judged = tuple(None if r.part is None else Span.of(r.part["zone"]) for r in readings)
    return Panel(
        name=name,
        parties=tuple(entry["parties"]),
        issues=len(entry["issues"]),
        draws=draws["draws"],
        readings=readings,
        columns=(*columns, Column(JUDGED, "each as often as it is judged to bind", None, judged)),
    )


def _as_reported(entry: Report) -> tuple[Step, ...]:
    """Return the steps in the order of the report, in which the draws give them too."""
    return tuple(steps_of([step])[0] for step in entry["zone_curve"])


def _fewest(numbered: tuple[Step, int]) -> int:
    return numbered[0].lines


def _at(step: Mapping[str, float], draws: int) -> Span:
    return Span(Share.of_outer(step["certain"], draws), Share.of_outer(step["possible"], draws))


def _samples(panels: Sequence[Panel]) -> Iterator[tuple[Draw, float, str]]:
    if not panels:
        return
    spans = [span for panel in panels for column in panel.columns for span in column.computed]
    some_open = _some_open(spans)
    yield _own_sample, 22, panels[0].readings[0].name + (", options at worst" if some_open else "")
    if some_open:
        yield _open_sample, 22, "the same, at best"
    yield from reading_samples(panels[0].readings)
    if any(_band(column, possible=False) for panel in panels for column in panel.columns):
        yield (
            lambda x, y: [box(x - 8, y - 5, x + 8, y + 5, fill=FAINT, stroke=LIGHT, width=0.7)],
            16,
            "span of all readings" + (", at worst" if some_open else ""),
        )
    if any(_band(column, possible=True) for panel in panels for column in panel.columns):
        yield lambda x, y: hatch(x - 8, y - 5, x + 8, y + 5, color=LIGHT), 16, "span of all readings, at best"
    dashed = " (dashed: at best)" if some_open else ""
    yield lambda x, y: _whisker(x, y - 6, y + 6), 8, f"5th to 95th of 100 draws{dashed}"


def _own_sample(x: float, y: float) -> Iterator[Mark]:
    yield rule(x - 11, y, x + 11, y, width=1.6)
    yield _certain(x, y)


def _open_sample(x: float, y: float) -> Iterator[Mark]:
    yield rule(x - 11, y, x + 11, y, width=0.8)
    yield glyph(x, y, "circle", size=POINT, fill=PAPER, stroke=INK, width=1.2)


def _own(x: float, y: float, x2: float, y2: float) -> Iterator[Mark]:
    """Yield the points of the first reading: open for what is possible, and over it filled for what is certain."""
    yield glyph(x2, y2, "circle", size=POINT, fill=PAPER, stroke=INK, width=1.2)
    yield glyph(x, y, "circle", size=POINT, fill=INK, stroke=INK, width=1.2)


def _some_open(spans: Sequence[Span]) -> bool:
    return any(span.is_open for span in spans)


def _band(column: Column, *, possible: bool) -> tuple[float, float] | None:
    """Return the least and most share over the readings, if they can be told apart."""
    shares = [span.possible if possible else span.certain for span in column.computed]
    low, high = min((s.mean for s in shares), default=0.0), max((s.mean for s in shares), default=0.0)
    return (low, high) if high - low > max((s.error or 0.0 for s in shares), default=0.0) else None


def _draw(case: Case, panel: Panel, y: float) -> tuple[tuple[Mark, ...], float]:
    """Return one panel from height y down, and where it ends."""
    names = ", ".join(party_name(case, party) for party in panel.parties)
    heading = f"{counted(panel.issues, 'issue')}, {counted(panel.draws, 'draw')}; agreement needed: {names}"
    lines = wrapped(heading, WIDTH - 2 * MARGIN, most=2)
    base = y + (1 + len(lines)) * LINE + 12 + PLOT
    wide = (RIGHT - LEFT) / len(panel.columns)
    places = [LEFT + (number + 0.5) * wide for number in range(len(panel.columns))]
    marks = [
        write(MARGIN, y + LINE / 2, f"Consent list ‹{panel.name}›", bold=True),
        *paragraph(MARGIN, y + 1.5 * LINE, lines, color=DARK),
        *backdrop(_axis(base, RIGHT - wide)),
    ]
    pitch = min(PITCH, (wide - 16) / max(1, len(panel.readings)))
    for place, column in zip(places, panel.columns, strict=True):
        marks += backdrop(_bands(column, place, pitch * len(panel.readings) / 2 + 4, base))
    marks += _joined(panel, places, base)
    for place, column in zip(places, panel.columns, strict=True):
        marks += _column(panel, column, place, pitch, base)
        marks += _below(column, place, wide, base)
        marks.append(
            box(place - wide / 2, base - PLOT - 6, place + wide / 2, base + 3 * LINE, label=_hover(panel, column))
        )
    depth = max(len(_label(column, wide)) for column in panel.columns)
    end = base + 8 + (1 + depth) * LINE
    marks.append(write((LEFT + RIGHT) / 2, end + LINE / 2, axis_title(panel.steps), align="center", bold=True))
    return tuple(marks), end + LINE + 4


def _y(base: float, share: float) -> float:
    return base - PLOT * share


def _axis(base: float, divide: float) -> Iterator[Mark]:
    for share, words in ((0, "0"), (0.5, "0.5"), (1, "1")):
        y = _y(base, share)
        yield rule(LEFT, y, RIGHT, y, color=MID if share == 0 else FAINT)
        yield write(LEFT - 6, y, words, align="right")
    yield rule(divide, base - PLOT, divide, base, color=MID, dash=(2, 2))


def _bands(column: Column, x: float, half: float, base: float) -> Iterator[Mark]:
    if (band := _band(column, possible=False)) is not None:
        yield box(x - half, _y(base, band[1]), x + half, _y(base, band[0]), fill=FAINT, stroke=LIGHT, width=0.7)
    if (band := _band(column, possible=True)) is not None:
        yield from hatch(x - half, _y(base, band[1]), x + half, _y(base, band[0]), color=LIGHT)


def _joined(panel: Panel, places: Sequence[float], base: float) -> Iterator[Mark]:
    """Yield the lines that join the steps of the case's own numbers, those at best only where they differ somewhere."""
    steps = [(place, column.spans[0]) for place, column in zip(places, panel.columns, strict=True)][:-1]
    at = [(place, span) for place, span in steps if span is not None]
    yield from broken_line(((x, _y(base, span.certain.mean)) for x, span in at), width=1.6)
    if _some_open([span for _, span in at]):
        yield from broken_line(((x, _y(base, span.possible.mean)) for x, span in at), width=0.8)


def _shifted(place: float, number: int, pitch: float, panel: Panel) -> float:
    """Return where a reading stands: the first on its place, the others at either side, so that none hides another."""
    if number == 0:
        return place
    left = (len(panel.readings) - 1) // 2
    return place + (number - left - (number <= left)) * pitch


def _column(panel: Panel, column: Column, place: float, pitch: float, base: float) -> Iterator[Mark]:
    for number, (reading, span) in enumerate(zip(panel.readings, column.spans, strict=True)):
        if span is None:
            continue
        x = _shifted(place, number, pitch, panel)
        certain, possible = _y(base, span.certain.mean), _y(base, span.possible.mean)
        for share, aside in ((span.certain, -2.5), (span.possible, 2.5)):
            if share.high > share.low and (span.is_open or aside < 0):
                here = x + (aside if span.is_open else 0)
                yield from _whisker(here, _y(base, share.high), _y(base, share.low), dashed=aside > 0)
        if span.is_open and column.label is not None:  # the last column has whiskers there
            yield rule(x, certain, x, possible, width=0.9)
        if number == 0:
            yield from _own(x, certain, x, possible) if span.is_open else [_certain(x, certain)]
        else:
            yield from reading.glyphs((x, certain), (x, possible) if span.is_open else None)


def _certain(x: float, y: float) -> Mark:
    return glyph(x, y, "circle", size=POINT, fill=INK, stroke=INK, width=1.2)


def _whisker(x: float, y: float, y2: float, *, dashed: bool = False) -> Iterator[Mark]:
    color, dash = (MID, (2, 1)) if dashed else (INK, None)
    yield rule(x, y, x, y2, color=color, width=1, dash=dash)
    for end in (y, y2):
        yield rule(x - 2, end, x + 2, end, color=color, width=1)


def _label(column: Column, wide: float) -> tuple[str, ...]:
    return ("lines bind",) if column.label is None else step_label(column.label, wide)


def _below(column: Column, x: float, wide: float, base: float) -> Iterator[Mark]:
    words = column.lines
    yield write(x, base + 8 + LINE / 2, words, align="center", bold=True)
    for number, line in enumerate(_label(column, wide)):
        yield write(x, base + 8 + (1.5 + number) * LINE, line, align="center", color=DARK)


def _hover(panel: Panel, column: Column) -> str:
    lines = ["Lines bind as often as judged"]
    if column.label:
        lines = [f"{counted(column.label.lines, 'line')} binding ({column.which})"]
    for reading, span in zip(panel.readings, column.spans, strict=True):
        lines.append(f"{reading.name}: {'nothing to compute' if span is None else span.words}")
    return "\n".join(lines)


def _remark(case: Case, consent: str, entry: Report) -> str:
    """Return a sentence on a consent list without a picture."""
    name = f"Consent list ‹{list_name(case, consent)}›"
    if "by_issue" not in entry:
        why = missing_words(case, entry) if "not_computed" in entry else "Nothing was drawn."
        return f"{name}: no draws. {why}"
    drawn = [_panel(case, "", single) for single in entry["by_issue"].values() if "draws" in single]
    ways = []
    for words, at in (("no line", 0), ("all coded lines", -2)):  # the last column is not a step
        spans = [panel.columns[at].spans[0] for panel in drawn]
        certain = sum(span is not None and span.certain.mean == 1 for span in spans)
        ways.append(f"on {certain} of them with {words} binding")
    return (
        f"{name}: {len(drawn)} of {counted(len(entry['by_issue']), 'issue')} could be drawn one by one. With unknown "
        f"options at their worst, at least one option is left in every draw {', '.join(ways)}."
    )


def _table(case: Case, reports: Sequence[tuple[str, Report]], panels: Sequence[Panel]) -> Table:
    every = [*panels]
    rest: list[tuple[str, str]] = []
    for consent, entry in reports:
        name = list_name(case, consent)
        for issue, single in entry.get("by_issue", {}).items():
            title = f"{name}: {text_of(case.issue[issue].short or case.issue[issue].title)}"
            if "draws" in single:
                every.append(_panel(case, title, single))
            else:
                rest.append((title, f"no draws. {missing_words(case, single)}"))
        if "draws" not in entry and "by_issue" not in entry:
            rest.append((name, f"no draws. {missing_words(case, entry)}"))
    readings = {reading.key: reading.name for panel in every for reading in panel.readings}
    rows = []
    for panel in every:
        for column in panel.columns:
            here = {reading.key: span for reading, span in zip(panel.readings, column.spans, strict=True)}
            spans = (here.get(key) for key in readings)
            cells = ("nothing to compute" if span is None else span.words for span in spans)
            rows.append((panel.name, column.lines, column.which, *cells))
    empty = ("",) * len(readings)
    return Table(
        ("consent list", "lines binding", "which", *readings.values()),
        (*rows, *((name, "", words, *empty) for name, words in rest)),
    )


def _alt(panels: Sequence[Panel], remarks: Sequence[str]) -> str:
    parts = []
    for panel in panels:
        own = [
            f"{counted(column.label.lines, 'line')} ({column.which}) {span.short}"
            if column.label
            else f"lines as judged {span.short}"
            for column in panel.columns
            if (span := column.spans[0]) is not None
        ]
        parts.append(
            f"{panel.name}, {panel.readings[0].name}: share of draws in which a package is left: {'; '.join(own)}."
        )
    return " ".join([*parts, *remarks]) or "No consent list has draws."

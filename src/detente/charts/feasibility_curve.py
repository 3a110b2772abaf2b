"""How many packages are left, the more red lines are taken as binding: one picture per consent list.

There is no single cut-off: every step is shown, from no line to all that are coded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line
from detente.charts.reports import Count, Report, count_of, counted, list_name, list_reports, missing_words
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    backdrop,
    box,
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
from detente.charts.stance import CROSS
from detente.charts.steps import Step, axis_title, step_label, steps_of
from detente.charts.theme import (
    DARK,
    FAINT,
    INK,
    LINE,
    MID,
    PAPER,
    WIDTH,
    power_of_ten,
    text_width,
    wrapped,
)
from detente.core.fields import text_of
from detente.core.rounding import count_words

LEFT, RIGHT = 84, WIDTH - 8
PANEL, BAR = 132, 26
HEADER = (
    *("consent list", "issues", "lines binding", "which", "stated", "inferred"),
    *("packages left, unknown options at their worst", "packages left, unknown options at their best"),
)
NONE, ONE, ABOVE = 17, 25, 34  # pixels: the strip for no package, where one package stands, room for numbers
MOST_TICKS = 6
TITLE = "Packages left in the agreement zone as more red lines are taken as binding"


@dataclass(frozen=True, slots=True)
class Panel:
    """The steps of one consent list."""

    name: str
    parties: tuple[str, ...]
    issues: int
    total: Count
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The height scale of one panel: a strip for none, then 1, 10, 100 and so on."""

    decades: int

    def y(self, base: float, count: int) -> float:
        """Return the place of a count above the base of a panel; counts may be huge."""
        if count <= 0:
            return base - NONE
        return base - ONE - (PANEL - ONE - ABOVE) * math.log10(count) / self.decades

    def shows(self, count: Count) -> bool:
        """Return whether the two bounds of a count can be told apart."""
        return self.y(0, count.low) - self.y(0, count.high) > 3

    @classmethod
    def of(cls, panel: Panel) -> Scale:
        """Return the scale on which the tallest step of a panel fills it."""
        tallest = max((step.possible.high for step in panel.steps), default=0)
        return cls(max(1, len(str(tallest - 1)) if tallest > 1 else 1))


def feasibility_curve(case: Case, report: Report) -> Chart:
    """Return how many packages each set of binding lines leaves, for every consent list that was computed.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A settlement report, of one consent list or of several.

    Notes
    -----
    Solid is certain (unknown options at their worst), open is possible (at their best). A list that goes issue by
    issue, or could not be computed, is summed up in a sentence.
    """
    reports = tuple(list_reports(report))
    panels = tuple(_panel(case, consent, entry) for consent, entry in reports if entry.get("zone_curve"))
    remarks = tuple(_remark(case, consent, entry) for consent, entry in reports if not entry.get("zone_curve"))
    subtitle = (
        "Height: number of packages, in powers of ten, each list on a scale of its own; counts above 9,999 are rounded "
        "to two digits. Which lines bind is not known: every step is one assumption."
    )
    top = head_height(TITLE, subtitle)
    key, y = legend(_samples(panels), top)
    marks: list[Mark] = []
    for panel in panels:
        drawn, y = _draw(case, panel, y + 6)
        marks += drawn
    lines = [line for remark in remarks for line in wrapped(remark, WIDTH - 2 * MARGIN)]
    marks += paragraph(MARGIN, y + 10, lines)
    source = source_line(case)
    feet, height = foot(y + 8 + len(lines) * LINE, source)
    return Chart(
        name="feasibility-curve",
        title=TITLE,
        subtitle=subtitle,
        source=source,
        alt=_alt(panels, remarks),
        spec=sheet((*head(TITLE, subtitle), *key, *marks, *feet), height),
        table=Table(
            HEADER,
            (*(row for panel in panels for row in _rows(panel)), *_other_rows(case, reports)),
        ),
    )


def _panel(case: Case, consent: str, entry: Report) -> Panel:
    return Panel(
        name=list_name(case, consent),
        parties=tuple(entry["parties"]),
        issues=len(entry["issues"]),
        total=count_of(entry["packages"]["total"]),
        steps=steps_of(entry["zone_curve"]),
    )


def _draw(case: Case, panel: Panel, y: float) -> tuple[tuple[Mark, ...], float]:
    """Return one panel from height y down, and where it ends."""
    scale = Scale.of(panel)
    names = ", ".join(party_name(case, party) for party in panel.parties)
    total = f"{panel.total.words} {_packages(panel.total)} in all"
    heading = f"{counted(panel.issues, 'issue')}, {total}; agreement needed: {names}"
    lines = wrapped(heading, WIDTH - 2 * MARGIN, most=2)
    marks = [
        write(MARGIN, y + LINE / 2, f"Consent list ‹{panel.name}›", bold=True),
        *paragraph(MARGIN, y + 1.5 * LINE, lines, color=DARK),
    ]
    base = y + (1 + len(lines)) * LINE + 4 + PANEL
    marks += backdrop(_axis(scale, base))
    wide = (RIGHT - LEFT) / max(1, len(panel.steps))
    for number, step in enumerate(panel.steps):
        marks += _step(step, scale, LEFT + (number + 0.5) * wide, base, wide)
    depth = max((len(step_label(step, wide)) for step in panel.steps), default=1)
    end = base + 4 + (1 + depth) * LINE
    marks.append(write((LEFT + RIGHT) / 2, end + LINE / 2, axis_title(panel.steps), align="center", bold=True))
    return tuple(marks), end + LINE + 4


def _packages(total: Count) -> str:
    return "package" if total.low == total.high == 1 else "packages"


def _axis(scale: Scale, base: float) -> Iterator[Mark]:
    yield box(LEFT, base - NONE, RIGHT, base, fill="#f4f4f4")
    yield write(LEFT - 6, base - NONE / 2 + 1, "none", align="right")
    spread = -(-scale.decades // MOST_TICKS)
    for exponent in range(0, scale.decades + 1, spread):
        y = scale.y(base, 10**exponent)
        yield rule(LEFT, y, RIGHT, y, color=FAINT)
        yield write(LEFT - 6, y, power_of_ten(exponent), align="right")
    yield rule(LEFT, base, RIGHT, base, color=MID)


def _step(step: Step, scale: Scale, x: float, base: float, wide: float) -> Iterator[Mark]:
    half = min(BAR, wide * 0.6) / 2
    certain, possible = scale.y(base, step.certain.low), scale.y(base, step.possible.low)
    if step.possible.low > step.certain.low:
        yield box(x - half, possible, x + half, certain, fill=PAPER, stroke=INK, width=1)
    if step.certain.low:
        yield box(x - half, certain, x + half, base - NONE, fill=DARK, stroke=INK, width=1)
    for count, side in ((step.certain, x + half + 5), (step.possible, x + half + 12)):
        if scale.shows(count):
            yield from _bracket(side, scale.y(base, count.low), scale.y(base, count.high))
    if step.possible.high == 0:
        yield glyph(x, base - NONE / 2, CROSS, size=9, width=2)
    words = _top_words(step)
    if max(text_width(line) for line in words) <= wide:
        top = scale.y(base, max(step.possible.high, step.certain.high)) - 9 - (len(words) - 1) * LINE
        for number, line in enumerate(words):
            yield write(x, top + number * LINE, line, align="center", bold=step.possible.high == 0)
    yield write(x, base + 4 + LINE / 2, str(step.lines), align="center", bold=True)
    for number, line in enumerate(step_label(step, wide)):
        yield write(x, base + 4 + (1.5 + number) * LINE, line, align="center", color=DARK)
    yield box(x - wide / 2, base - PANEL, x + wide / 2, base + 3 * LINE, label=_hover(step))


def _top_words(step: Step) -> tuple[str, ...]:
    low, high = step.certain.low, step.possible.high
    if high == 0:
        return ("no package",)
    if low == high:
        return (count_words(low),)
    return (f"≤ {count_words(high)}", f"≥ {count_words(low)}" if low else "none at worst")


def _bracket(x: float, low: float, high: float) -> Iterator[Mark]:
    yield rule(x, low, x, high, width=1.4)
    for end in (low, high):
        yield rule(x - 3, end, x + 3, end, width=1.4)


def _samples(panels: Sequence[Panel]) -> Iterator[tuple[Draw, float, str]]:
    steps = [(Scale.of(panel), step) for panel in panels for step in panel.steps]
    if any(step.certain.low for _, step in steps):
        yield _filled(DARK), 10, "≥: unknown options at their worst"
    if any(step.possible.low > step.certain.low for _, step in steps):
        yield _filled(PAPER), 10, "≤: at their best"
    if any(scale.shows(count) for scale, step in steps for count in (step.certain, step.possible)):
        yield lambda x, y: _bracket(x, y - 6, y + 6), 8, "known only between two bounds"
    if any(step.possible.high == 0 for _, step in steps):
        yield lambda x, y: [glyph(x, y, CROSS, size=9, width=2)], 10, "no package"


def _filled(fill: str) -> Draw:
    return lambda x, y: [box(x - 5, y - 4, x + 5, y + 4, fill=fill, stroke=INK)]


def _hover(step: Step) -> str:
    return (
        f"{counted(step.lines, 'line')} binding ({step.which}): {step.stated} stated, {step.inferred} inferred\n"
        f"Left with unknown options at their worst: {step.certain.words}\nAt their best: {step.possible.words}"
    )


def _rows(panel: Panel) -> Iterator[tuple[str, ...]]:
    for step in panel.steps:
        yield (
            panel.name,
            str(panel.issues),
            str(step.lines),
            step.which,
            str(step.stated),
            str(step.inferred),
            _exact(step.certain),
            _exact(step.possible),
        )


def _exact(count: Count) -> str:
    if count.low == count.high:
        return str(count.low)
    return f"{count.low} to {count.high}" + (f" ({count.method})" if count.method else "")


def _remark(case: Case, consent: str, entry: Report) -> str:
    """Return a sentence on a consent list without a picture."""
    name = f"Consent list ‹{list_name(case, consent)}›"
    if "by_issue" in entry:
        computed = [steps for _, steps in _by_issue(entry)]
        no_line, stated, coded = (
            sum(pick(steps).certain.low > 0 for steps in computed) for pick in (_no_line, _all_stated, _all_coded)
        )
        return (
            f"{name}: {len(computed)} of {counted(len(entry['by_issue']), 'issue')} could be computed one by one. With "
            f"unknown options at their worst, at least one option stays in the zone on {no_line} of them with no line "
            f"binding, on {stated} with all stated lines binding, on {coded} with all coded ones."
        )
    return f"{name}: not computed. {missing_words(case, entry)}"


def _no_line(steps: Sequence[Step]) -> Step:
    return steps[0]


def _all_stated(steps: Sequence[Step]) -> Step:
    """Return the step at which all stated lines bind: the first one, where none is stated."""
    return next((step for step in steps if step.which == "all stated"), steps[0])


def _all_coded(steps: Sequence[Step]) -> Step:
    return steps[-1]


def _by_issue(entry: Report) -> Iterator[tuple[str, tuple[Step, ...]]]:
    for issue, single in entry["by_issue"].items():
        if single.get("zone_curve"):
            yield issue, steps_of(single["zone_curve"])


def _other_rows(case: Case, reports: Sequence[tuple[str, Report]]) -> Iterator[tuple[str, ...]]:
    for consent, entry in reports:
        name = list_name(case, consent)
        if "by_issue" in entry:
            for issue, steps in _by_issue(entry):
                title = text_of(case.issue[issue].short or case.issue[issue].title)
                yield from _rows(Panel(f"{name}: {title}", (), 1, Count(0, 0), steps))
            for issue, single in entry["by_issue"].items():
                if not single.get("zone_curve"):
                    title = text_of(case.issue[issue].short or case.issue[issue].title)
                    yield (f"{name}: {title}", "1", "", f"not computed. {missing_words(case, single)}", "", "", "", "")
        elif not entry.get("zone_curve"):
            yield (name, "", "", f"not computed. {missing_words(case, entry)}", "", "", "", "")


def _alt(panels: Sequence[Panel], remarks: Sequence[str]) -> str:
    parts = []
    for panel in panels:
        steps = "; ".join(
            f"{counted(step.lines, 'line')} ({step.which}): {step.certain.words} and {step.possible.words}"
            for step in panel.steps
        )
        parts.append(f"{panel.name}: packages left at the worst and at the best of unknown options: {steps}.")
    return " ".join([*parts, *remarks]) or "No consent list could be computed."

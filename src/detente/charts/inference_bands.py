"""The reservation of one party as its record is read day by day: the prior, the posterior, and its answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
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
from detente.charts.theme import DARK, INK, LIGHT, LINE, MID, PAPER, WIDTH, day, wrapped
from detente.core.errors import ModelError

Report = Mapping[str, Any]

LEFT, RIGHT = 44, WIDTH - 12
PLOT = 220
POINT = 9
SMALL = 0.00005
EDGE = 36  # pixels of the prior before the first day, and of the posterior after the last
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
DONE = {"tabled": "tabled", "signed": "signed", "refused": "refused", "countered": "countered"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day with answers: where it stands, its steps, and the law after all of them."""

    date: datetime.date
    x: float
    steps: tuple[Report, ...]
    after: Report | None


def inference_bands(case: Case, report: Report) -> Chart:
    """Return how the law of one party's reservation moved with its answers.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        An inference report that was computed.

    Notes
    -----
    The band spans nine times in ten, the line is the mean; both are level between days, as nothing is known between
    them. Marks stand at what the package was worth to the party. An answer that counts for nothing is drawn hollow
    with a dashed rule, and the band goes through it unmoved.

    Raises
    ------
    ModelError
        If the report holds no law.
    """
    if "not_computed" in report:
        raise ModelError(
            where="--picture",
            what="there is nothing to draw",
            got=report["party"],
            allowed="A picture needs a party with weights and values",
            hint="The text says what is missing",
        )
    name = party_name(case, report["party"])
    found = report["reservation"]
    title = f"The reservation of {name}, as inferred from its answers to packages"
    subtitle = (
        "Band: nine times in ten; line: mean. Before the first day: the prior. Marks stand at what a package was worth "
        "to the party, and numbers refer to the list below. An inference under assumptions; nothing in a brief uses it."
    )
    days = _days(found)
    marks, y = legend(_samples(), head_height(title, subtitle))
    top = y + 10
    place = _place(report, top)
    drawn = (*_axes(report, place, top), *_bands(found, days, place), *_answers(days, place, top))
    entries = [_entry(number, step) for number, step in enumerate(_steps(days), start=1)] or [
        "No answer to a whole package is coded; the prior stands."
    ]
    lines = [line for entry in entries for line in wrapped(entry, WIDTH - 2 * MARGIN)]
    below = top + PLOT + 40
    source = source_line(case)
    feet, height = foot(below + len(lines) * LINE + 4, source)
    return Chart(
        name="inference-bands",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(name, found),
        spec=sheet((*head(title, subtitle), *marks, *drawn, *paragraph(MARGIN, below, lines), *feet), height),
        table=_table(found),
    )


def _days(found: Report) -> tuple[Day, ...]:
    steps = list(found["steps"])
    dates = sorted({datetime.date.fromisoformat(step["day"]) for step in steps})
    if not dates:
        return ()
    first, span = dates[0], (dates[-1] - dates[0]).days
    room = RIGHT - LEFT - 2 * EDGE
    days = []
    for date in dates:
        own = tuple(step for step in steps if step["day"] == date.isoformat())
        x = LEFT + EDGE + (room * (date - first).days / span if span else room / 2)
        days.append(Day(date, x, own, own[-1]["after"]))
    return tuple(days)


def _steps(days: Sequence[Day]) -> list[Report]:
    return [step for one in days for step in one.steps]


class _Place:
    """From a value on the scale to a height."""

    def __init__(self, low: float, high: float, top: float) -> None:
        self.low, self.high, self.top = low, high, top

    def __call__(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / ((self.high - self.low) or 1.0)
        return self.top + PLOT * (1.0 - share)


def _place(report: Report, top: float) -> _Place:
    """Return the scale, widened to hold every package and the prior."""
    found = report["reservation"]
    values = [*report["scale"], found["before"]["p05"], found["before"]["p95"]]
    values += [step["counts_at"] for step in found["steps"]]
    return _Place(min(values), max(values), top)


def _axes(report: Report, place: _Place, top: float) -> Iterator[Mark]:
    low, high = report["scale"]
    for tick in TICKS:
        value = low + tick * (high - low)
        yield rule(LEFT, place(value), RIGHT, place(value), color=LIGHT, width=0.5)
        yield write(LEFT - 6, place(value), f"{value:g}", align="right", color=DARK)
    yield rule(LEFT, top + PLOT, RIGHT, top + PLOT, color=MID, width=0.8)


def _bands(found: Report, days: Sequence[Day], place: _Place) -> Iterator[Mark]:
    starts = [float(LEFT), *(one.x for one in days)]
    ends = [*starts[1:], float(RIGHT)]
    laws = [found["before"], *(one.after for one in days)]
    before: float | None = None
    for x, x2, law in zip(starts, ends, laws, strict=True):
        if law is None:
            return  # answers taken at their word exclude each other from here on
        label = f"mean {law['mean']:.3f}, nine times in ten {law['p05']:.3f} to {law['p95']:.3f}"
        yield box(x, place(law["p95"]), x2, place(law["p05"]), fill=LIGHT, label=label)
        yield rule(x, place(law["mean"]), x2, place(law["mean"]), width=1.8)
        if before is not None:
            yield rule(x, place(before), x, place(law["mean"]), width=1.8)
        before = law["mean"]


def _answers(days: Sequence[Day], place: _Place, top: float) -> Iterator[Mark]:
    number = 0
    for one in days:
        silent = all(step["honesty"] == 0 for step in one.steps)
        yield rule(one.x, top, one.x, top + PLOT, color=MID, width=0.8, dash=(3, 2) if silent else None)
        numbers = []
        for step in one.steps:
            number += 1
            numbers.append(str(number))
            yield from _mark(step, one.x, place(step["counts_at"]))
        yield write(one.x, top + PLOT + 10, ", ".join(numbers), align="center", bold=True)
    for place_of in {days[0].date: days[0], days[-1].date: days[-1]}.values() if days else ():
        yield write(place_of.x, top + PLOT + 24, day(place_of.date), align="center", color=DARK)


def _mark(step: Report, x: float, y: float) -> Iterator[Mark]:
    accepts = step["reaction"] in {"tabled", "signed"}
    fill = PAPER if step["honesty"] == 0 else INK
    label = _entry(0, step)
    shape = "circle" if accepts else "triangle-up"
    yield glyph(x, y, shape, size=POINT, fill=fill, stroke=INK, width=1.2, label=label, item=step["item"])


def _samples() -> Iterator[tuple[Draw, float, str]]:
    yield lambda x, y: [box(x - 9, y - 5, x + 9, y + 5, fill=LIGHT), rule(x - 9, y, x + 9, y, width=1.8)], 20, "the law"
    yield lambda x, y: [glyph(x, y, "circle", size=POINT, fill=INK)], 10, "tabled or signed: needs no more"
    yield lambda x, y: [glyph(x, y, "triangle-up", size=POINT, fill=INK)], 10, "refused or countered: may need more"
    yield lambda x, y: [glyph(x, y, "circle", size=POINT, fill=PAPER)], 10, "hollow: counts for nothing"


def _entry(number: int, step: Report) -> str:
    shift = "counts for nothing" if step["honesty"] == 0 else f"mean {_signed(step['shift'])}"
    head_words = f"{number}  " if number else ""
    when = day(datetime.date.fromisoformat(step["day"]))
    statements = ", ".join(one["id"] for one in step["statements"])
    return (
        f"{head_words}{when}: {step['item']} {DONE[step['reaction']]}, worth {step['counts_at']:.3f} to it; {shift} "
        f"[{statements}]"
    )


def _signed(shift: float | None) -> str:
    if shift is None:
        return "not defined"
    return "+0" if abs(shift) < SMALL else f"{shift:+.4f}"


def _alt(name: str, found: Report) -> str:
    before, after = found["before"], found["after"]
    if not found["moved"]:
        return f"Nothing in the record moves the reservation of {name}: its mean stays {before['mean']:.3f}."
    if after is None:
        return f"The answers of {name}, taken at their word, exclude each other; no law is left."
    return (
        f"The mean of the reservation of {name} is {before['mean']:.3f} before and {after['mean']:.3f} after "
        f"{len(found['steps'])} answers to packages."
    )


def _table(found: Report) -> Table:
    def cells(law: Report | None) -> tuple[str, str, str]:
        return ("–", "–", "–") if law is None else (f"{law['mean']:.3f}", f"{law['p05']:.3f}", f"{law['p95']:.3f}")

    rows = [("prior", "", "", "", *cells(found["before"]), "")]
    for step in found["steps"]:
        told = ", ".join(one["id"] for one in step["statements"])
        honest = f"{step['honesty']:.2f}"
        rows.append(
            (step["day"], f"{step['item']} {DONE[step['reaction']]}", f"{step['counts_at']:.3f}", honest,
             *cells(step["after"]), told)
        )  # fmt: skip
    return Table(("Day", "Answer", "Worth", "Honesty", "Mean", "5%", "95%", "Statements"), tuple(rows))

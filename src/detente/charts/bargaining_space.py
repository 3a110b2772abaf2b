"""What packages are worth to two parties at a time: the zone's frontier, no agreement, benchmarks, texts.

It presumes judged numbers, so it belongs in the annex. It does not show how likely any package is.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.columns import BOLD
from detente.charts.order import party_name, party_short, source_line
from detente.charts.reports import Report, chosen_list, count_of, counted, text_title
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
from detente.charts.theme import DARK, FAINT, INK, LIGHT, LINE, MID, PAPER, WIDTH, text_width, wrapped
from detente.core.errors import ModelError
from detente.core.rounding import about

MOST_PAIRS = 6
MOST_POINTS = 200
MOST_RANGES = 12
BADGES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TICKS = 5
SMALL = 150  # panels below this size have fewer ticks
TOLERANCE = 1e-6  # far above the rounding of weights that sum to 1
LANE = 13
LETTER, UPPER = 11, 12  # room that a letter needs, else every other one stands that much higher
PLUS = "M0,-1L0,1M-1,0L1,0"
BENCHMARKS = {  # from the largest to the smallest, so that coinciding ones stay visible
    "utilitarian": (PLUS, 19, "utilitarian"),
    "egalitarian": ("square", 15, "egalitarian"),
    "kalai_smorodinsky": ("diamond", 13, "Kalai–Smorodinsky"),
    "nash": ("triangle-up", 8, "Nash"),
}

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Worth:
    """What one thing is worth to each party: a value, and a range where options are unknown."""

    what: str
    package: str
    value: Mapping[str, float] | None
    range_: Mapping[str, Sequence[float]] | None
    badge: str = ""
    benchmark: str = ""

    def low(self, party: str) -> float:
        """Return the least it may be worth to a party."""
        return self.range_[party][0] if self.range_ else self.at(party)

    def high(self, party: str) -> float:
        """Return the most it may be worth to a party."""
        return self.range_[party][1] if self.range_ else self.at(party)

    def at(self, party: str) -> float:
        """Return its value to a party; the middle is never used for a range without one."""
        assert self.value is not None
        return self.value[party]


@dataclass(frozen=True, slots=True)
class Space:
    """Everything that is drawn of one consent list."""

    certain: tuple[Worth, ...]
    possible: tuple[Worth, ...]
    anywhere: tuple[Worth, ...]
    benchmarks: tuple[Worth, ...]
    texts: tuple[Worth, ...]
    reservation: Mapping[str, float]

    @property
    def everything(self) -> tuple[Worth, ...]:
        """All rows of the table."""
        return (*self.certain, *self.possible, *self.anywhere, *self.benchmarks, *self.texts)


@dataclass(frozen=True, slots=True)
class Frame:
    """One panel: the pair it shows, where it stands, and its scale."""

    pair: Pair
    left: float
    top: float
    size: float
    low: float
    high: float
    lane: float = LANE

    def x(self, value: float) -> float:
        """Return the place of a value to the first party."""
        return self.left + self.size * (value - self.low) / (self.high - self.low)

    def y(self, value: float) -> float:
        """Return the place of a value to the second party."""
        return self.top + self.size * (self.high - value) / (self.high - self.low)


def bargaining_space(
    case: Case,
    report: Report,
    *,
    consent: str | None = None,
    pairs: Sequence[Pair] | None = None,
    named: bool = True,
) -> Chart:
    """Return what packages are worth to the parties of one consent list, two at a time.

    Parameters
    ----------
    case : Case
        The case, for names and texts.
    report : mapping
        A settlement report.
    consent : str, optional
        Which consent list; needed if the report covers several, as none is the default.
    pairs : sequence of pairs of party ids, optional
        At most six; without it every pair once, the party that comes first in the list on the horizontal axis. Of
        more than six pairs those of neighbours in the list come first.
    named : bool
        Whether hover texts and table say which package a point is.

    Raises
    ------
    ModelError
        If the consent list was not computed, is not named, or a pair is not of its parties.
    """
    entry, name = chosen_list(
        case, report, consent, needs="frontier", what="computed zone", where="charts.bargaining_space"
    )
    parties = tuple(entry["parties"])
    shown = _pairs(parties, pairs)
    space = _space(case, entry) if named else _unnamed(_space(case, entry))
    low, high = _limits(case, space)
    unit = "judged" if case.scale is None else "as in the file"
    title = f"Worth of packages to {_two_by_two(case, parties, shown)} ({unit}, {low:.3g} to {high:.3g})"
    subtitle = _subtitle(case, entry, name, space, len(shown))
    top = head_height(title, subtitle)
    key, y = legend(_samples(space), top)
    columns, size, lane = _layout(len(shown), len(space.texts))
    raised = UPPER if lane < LETTER else 0.0
    axes = _axis_titles(case, shown, size)
    marks: list[Mark] = []
    bottom = y
    for number, pair in enumerate(shown):
        across, down = number % columns, number // columns
        left = (88.0 if columns == 1 else 48.0) + across * WIDTH / columns
        start = y + 18 + raised + down * (size + 74 + raised + LANE * len(space.texts))
        frame = Frame(pair, left, start, size, low, high, lane)
        marks += _panel(case, frame, space, axes)
        bottom = max(bottom, start + size + 48 + LANE * len(space.texts))
    texts, y = _texts(space, bottom + 6)
    source = source_line(case)
    feet, height = foot(y, source)
    return Chart(
        name="bargaining-space",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(case, entry, name, space),
        spec=sheet((*head(title, subtitle), *key, *marks, *texts, *feet), height),
        table=Table(
            ("what", *(("package",) if named else ()), *(f"worth to {party_name(case, party)}" for party in parties)),
            (
                *(_row(worth, parties, named=named) for worth in space.everything),
                (
                    "no agreement (reservation)",
                    *(("",) if named else ()),
                    *(f"{space.reservation[party]:.2f}" for party in parties),
                ),
            ),
        ),
    )


def _layout(panels: int, texts: int) -> tuple[int, float, float]:
    """Return the number of columns, the size of a panel, and the room of a text's bar beside it."""
    if panels == 1:
        return 1, 400.0, LANE
    columns, size = (2, 194.0) if panels < 5 else (3, 122.0)
    return columns, size, min(LANE, (WIDTH / columns - 48 - size - 8) / max(1, texts))


def _pairs(parties: Sequence[str], pairs: Sequence[Pair] | None) -> tuple[Pair, ...]:
    if pairs is None:
        every = tuple(itertools.combinations(range(len(parties)), 2))  # the earlier in the list is across
        if len(every) > MOST_PAIRS:  # neighbours in the circle of the list first, so that nobody is left out
            every = tuple(sorted(every, key=lambda pair: min(pair[1] - pair[0], len(parties) - pair[1] + pair[0])))
        return tuple((parties[first], parties[second]) for first, second in every[:MOST_PAIRS])
    for pair in pairs:
        if len(set(pair)) != 2 or not set(pair) <= set(parties) or len(pairs) > MOST_PAIRS:
            raise ModelError(
                where="charts.bargaining_space",
                what="pairs are not pairs of this list's parties",
                got=pairs,
                allowed=f"At most {MOST_PAIRS} pairs of different parties among {', '.join(parties)}",
                hint="Name parties by their ids",
            )
    return tuple(pairs)


def _two_by_two(case: Case, parties: Sequence[str], shown: Sequence[Pair]) -> str:
    if len(shown) == 1:
        return " and ".join(party_name(case, party) for party in shown[0])
    return f"{len(parties)} parties, two at a time"


def _space(case: Case, entry: Report) -> Space:
    possible = entry.get("possible") or {}
    everywhere = entry.get("frontier_unconstrained")
    source = entry["solutions"] if entry["frontier"] else possible.get("solutions", {})
    suffix = "" if entry["frontier"] else " (unknown options at their best)"
    return Space(
        certain=_points(entry["frontier"], "frontier of the zone, unknown options at their worst"),
        possible=_points(possible.get("frontier") or [], "frontier of the zone, unknown options at their best"),
        anywhere=_points(everywhere or [], "frontier without red lines and reservations"),
        benchmarks=tuple(
            Worth(f"benchmark {words}{suffix}", _package(point), point["utility"], None, benchmark=key)
            for key, (_, _, words) in BENCHMARKS.items()
            for point in source.get(key, ())
        ),
        texts=tuple(
            Worth(f"text: {text_title(case, text['text'])}", _package(text), None, text["utility_range"], badge=badge)
            for text, badge in zip(entry["tabled"], BADGES, strict=False)
        ),
        reservation={party: value["value"] for party, value in entry["reservation"].items()},
    )


def _unnamed(space: Space) -> Space:
    """Return a space whose points do not say which package they are."""

    def bare(worths: Sequence[Worth]) -> tuple[Worth, ...]:
        return tuple(replace(worth, package="") for worth in worths)

    return replace(
        space,
        certain=bare(space.certain),
        possible=bare(space.possible),
        anywhere=bare(space.anywhere),
        benchmarks=bare(space.benchmarks),
        texts=bare(space.texts),
    )


def _points(points: Sequence[Mapping[str, Any]], what: str) -> tuple[Worth, ...]:
    """Return the points of a frontier; of a very long one an even selection that keeps both ends."""
    kept = points
    if len(points) > MOST_POINTS:
        kept = [points[k * (len(points) - 1) // (MOST_POINTS - 1)] for k in range(MOST_POINTS)]
        what = f"{what} ({MOST_POINTS} of {len(points)})"
    return tuple(Worth(what, _package(point), point["utility"], point.get("utility_range")) for point in kept)


def _package(point: Mapping[str, Any]) -> str:
    return "; ".join(f"{issue} {option}" for issue, option in point["package"].items())


def _limits(case: Case, space: Space) -> tuple[float, float]:
    """Return the scale of both axes: 0 to 1 for a judged case, else the file's own."""
    if case.scale is not None:
        return case.scale.low, case.scale.high
    values = [
        value
        for worth in space.everything
        for party in space.reservation
        for value in (worth.low(party), worth.high(party))
    ]
    values += space.reservation.values()
    low, high = min(values, default=0.0), max(values, default=1.0)
    return low if low < -TOLERANCE else 0.0, high if high > 1 + TOLERANCE else 1.0


def _subtitle(case: Case, entry: Report, name: str, space: Space, panels: int) -> str:
    packages = entry["packages"]
    zone = count_of(packages["in_zone"])
    total = count_of(packages["total"])
    things = "package" if total.low == total.high == 1 else "packages"
    state = f"{zone.words} of {total.words} {things} {'is' if zone.low == zone.high == 1 else 'are'} in the zone"
    if zone.high == 0:
        state = f"no package is in the zone, out of {total.words}"
    elif not space.certain:
        state = f"no package is in the zone with unknown options at their worst, {about(zone.high)} at their best"
    parties = len(entry["parties"])
    flat = " Each picture leaves out what the other parties get." if parties > 2 else ""
    pairs = parties * (parties - 1) // 2
    if 1 < panels < pairs:
        flat += f" {panels} of {pairs} pairs are drawn."
    return (
        f"Consent list ‹{name}›, {counted(len(entry['issues']), 'issue')}, stated red lines binding: {state}. "
        f"Benchmarks presume a deal that can be enforced; none is a recommendation.{flat}"
    )


def _panel(case: Case, frame: Frame, space: Space, axes: Mapping[str, str]) -> Iterator[Mark]:
    yield from backdrop(_axes(frame, axes))
    yield from _reservation(frame, space)
    first, second = frame.pair
    scale = 1.0 if frame.size > SMALL else 0.75  # of points, so that they show inside a benchmark
    for worth in space.benchmarks:  # the white around a benchmark is under the points, so that it hides none
        shape, across, _ = BENCHMARKS[worth.benchmark]
        x, y = frame.x(worth.at(first)), frame.y(worth.at(second))
        yield glyph(x, y, shape, size=across, stroke=PAPER, width=4.5)
    for worths, size, fill, stroke in (
        (space.anywhere, 3.2, LIGHT, LIGHT),
        (space.possible, 6.0, PAPER, DARK),
        (space.certain, 4.4, INK, INK),
    ):
        for worth in worths:
            yield glyph(
                frame.x(worth.at(first)),
                frame.y(worth.at(second)),
                "circle",
                size=size * scale,
                fill=fill,
                stroke=stroke,
                width=1,
                label=_hover(case, worth, frame.pair, package=worths is not space.anywhere),
            )
    for worths, color in ((space.possible, LIGHT), (space.certain, MID)):
        for worth in _some(worths):
            yield from _range(frame, worth, color)
    for worth in space.benchmarks:
        shape, across, _ = BENCHMARKS[worth.benchmark]
        x, y = frame.x(worth.at(first)), frame.y(worth.at(second))
        yield glyph(x, y, shape, size=across, width=1.8 * scale, label=_hover(case, worth, frame.pair))
    if not space.certain and not space.possible:
        yield glyph(frame.left + 6, frame.top - 11, CROSS, size=9, width=2)
        yield write(
            frame.left + 16, frame.top - 11, "no package in the zone" if frame.size > SMALL else "no package", bold=True
        )
    for number, worth in enumerate(space.texts):
        yield from _bars(case, frame, worth, number)


def _some(worths: Sequence[Worth]) -> Sequence[Worth]:
    """Return as many points as can show their ranges without hiding the picture."""
    if len(worths) <= MOST_RANGES:
        return worths
    return [worths[k * (len(worths) - 1) // (MOST_RANGES - 1)] for k in range(MOST_RANGES)]


def _axis_titles(case: Case, shown: Sequence[Pair], size: float) -> dict[str, str]:
    """Return each party's axis title: all in the longest form that fits the panels; the chart's title says the rest."""
    room = size + (0 if size > SMALL else 44)
    parties = dict.fromkeys(itertools.chain.from_iterable(shown))
    forms = (
        {party: f"Worth to {party_name(case, party)}" for party in parties},
        {party: f"Worth to {party_short(case, party)}" for party in parties},
        {party: party_short(case, party) for party in parties},
    )
    fitting = (form for form in forms if all(text_width(words, BOLD) <= room for words in form.values()))
    chosen = next(fitting, forms[-1])
    return {party: wrapped(words, room, size=BOLD, most=1)[0] for party, words in chosen.items()}


def _axes(frame: Frame, axes: Mapping[str, str]) -> Iterator[Mark]:
    right, bottom = frame.left + frame.size, frame.top + frame.size
    for value in _ticks(frame.low, frame.high, TICKS if frame.size > SMALL else 2):
        yield rule(frame.x(value), frame.top, frame.x(value), bottom, color=FAINT)
        yield rule(frame.left, frame.y(value), right, frame.y(value), color=FAINT)
        yield write(frame.x(value), bottom + 9, f"{value:g}", align="center", color=DARK)
        yield write(frame.left - 5, frame.y(value), f"{value:g}", align="right", color=DARK)
    yield box(frame.left, frame.top, right, bottom, stroke=MID, width=0.8)
    first, second = (axes[party] for party in frame.pair)
    yield write(frame.left + frame.size / 2, bottom + 26, first, align="center", bold=True)
    yield write(frame.left - 36, frame.top + frame.size / 2, second, align="center", bold=True, angle=270)


def _ticks(low: float, high: float, about_many: int) -> Iterator[float]:
    """Yield round values across a scale, about so many of them."""
    rough = (high - low) / about_many
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough * 0.999)
    for k in range(math.ceil(low / step - TOLERANCE), math.floor(high / step + TOLERANCE) + 1):
        yield round(k * step, 12)


def _reservation(frame: Frame, space: Space) -> Iterator[Mark]:
    first, second = frame.pair
    x, y = frame.x(space.reservation[first]), frame.y(space.reservation[second])
    label = f"No agreement: {space.reservation[first]:.2f} and {space.reservation[second]:.2f}"
    yield rule(x, frame.top, x, frame.top + frame.size, color=INK, dash=(5, 3), label=label)
    yield rule(frame.left, y, frame.left + frame.size, y, color=INK, dash=(5, 3), label=label)


def _range(frame: Frame, worth: Worth, color: str) -> Iterator[Mark]:
    """Yield bars from the least to the most that a package may be worth; none along an axis that is certain."""
    first, second = frame.pair
    x, y = frame.x(worth.at(first)), frame.y(worth.at(second))
    if worth.high(first) > worth.low(first):
        yield rule(frame.x(worth.low(first)), y, frame.x(worth.high(first)), y, color=color, width=0.7)
    if worth.high(second) > worth.low(second):
        yield rule(x, frame.y(worth.low(second)), x, frame.y(worth.high(second)), color=color, width=0.7)


def _bars(case: Case, frame: Frame, worth: Worth, number: int) -> Iterator[Mark]:
    """Yield a text's ranges beside the axes: a partial text has no point."""
    first, second = frame.pair
    label = _hover(case, worth, frame.pair)
    y = frame.top + frame.size + 42 + number * LANE
    yield from _bar(frame.x(worth.low(first)), y, frame.x(worth.high(first)), y, label)
    yield write(frame.left - 8, y, worth.badge, align="right", bold=True)
    x = frame.left + frame.size + 8 + number * frame.lane
    yield from _bar(x, frame.y(worth.low(second)), x, frame.y(worth.high(second)), label, upright=True)
    above = UPPER if frame.lane < LETTER and number % 2 else 0
    yield write(x, frame.top - 11 - above, worth.badge, align="center", bold=True)


def _bar(x: float, y: float, x2: float, y2: float, label: str, *, upright: bool = False) -> Iterator[Mark]:
    yield rule(x, y, x2, y2, color=DARK, width=3, label=label)
    across, down = (4, 0) if upright else (0, 4)
    for end_x, end_y in ((x, y), (x2, y2)):
        yield rule(end_x - across, end_y - down, end_x + across, end_y + down, width=1.2)


def _samples(space: Space) -> Iterator[tuple[Draw, float, str]]:
    if space.certain:
        yield _dot(5, INK, INK), 6, "frontier of the zone, unknown options at their worst"
    if space.possible:
        yield _dot(6, PAPER, DARK), 6, "the same, at their best"
    if space.anywhere:
        yield _dot(3.2, LIGHT, LIGHT), 6, "frontier without red lines"
    if any(worth.range_ for worth in (*space.certain, *space.possible)):
        yield lambda x, y: [rule(x - 7, y, x + 7, y, color=MID, width=0.7)], 14, "range left by unknown options (some)"
    yield lambda x, y: [rule(x - 9, y, x + 9, y, dash=(5, 3))], 18, "no agreement (reservation)"
    for key in reversed(BENCHMARKS):
        if any(worth.benchmark == key for worth in space.benchmarks):
            shape, size, words = BENCHMARKS[key]
            yield _shape(shape, size), size, f"{words} benchmark"
    if space.texts:
        yield lambda x, y: list(_bar(x - 9, y, x + 9, y, "")), 18, "A, B…: range of a tabled text"


def _dot(size: float, fill: str, stroke: str) -> Draw:
    return lambda x, y: [glyph(x, y, "circle", size=size, fill=fill, stroke=stroke, width=1)]


def _shape(shape: str, size: float) -> Draw:
    return lambda x, y: [glyph(x, y, shape, size=size, width=1.8)]


def _texts(space: Space, y: float) -> tuple[tuple[Mark, ...], float]:
    """Return the list of the texts under the pictures, and where it ends."""
    marks: list[Mark] = []
    for worth in space.texts:
        lines = wrapped(worth.what.removeprefix("text: "), WIDTH - 3 * MARGIN - 20)
        marks += [write(MARGIN + 6, y, worth.badge, bold=True, align="center"), *paragraph(MARGIN + 18, y, lines)]
        y += len(lines) * LINE
    return tuple(marks), y + 2


def _value(worth: Worth, party: str) -> str:
    if worth.range_ and worth.high(party) > worth.low(party):
        return f"{worth.low(party):.2f} to {worth.high(party):.2f}"
    return f"{worth.low(party):.2f}"


def _hover(case: Case, worth: Worth, pair: Pair, *, package: bool = True) -> str:
    values = "; ".join(f"{party_name(case, party)} {_value(worth, party)}" for party in pair)
    return f"{worth.what}\n{values}" + (f"\n{worth.package}" if package and worth.package else "")


def _row(worth: Worth, parties: Sequence[str], *, named: bool) -> tuple[str, ...]:
    badge = f"{worth.badge} · " if worth.badge else ""
    return (f"{badge}{worth.what}", *((worth.package,) if named else ()), *(_value(worth, party) for party in parties))


def _alt(case: Case, entry: Report, name: str, space: Space) -> str:
    lines = "; ".join(f"{party_name(case, party)} {value:.2f}" for party, value in space.reservation.items())
    return (
        f"Scatter for the consent list {name}: {counted(len(space.certain), 'point')} on the frontier of the zone with "
        f"unknown options at their worst, {len(space.possible)} with them at their best, {len(space.anywhere)} without "
        f"red lines. No agreement is worth: {lines}. Every point is in the table."
    )

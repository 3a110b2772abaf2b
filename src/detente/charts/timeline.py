"""Who did, tabled and said what, when: lanes by party up to the cut-off, fixed dates ahead.

It leaves out how hostile or friendly an event was: that is a judgement, and belongs to the event series.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from detente.case.case import Case
from detente.case.package import TabledText
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line, turned
from detente.charts.reports import counted
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
from detente.charts.theme import (
    DARK,
    DASH,
    FAINT,
    INK,
    LIGHT,
    LINE,
    MID,
    PAPER,
    TEXT,
    WIDTH,
    day,
    month,
    wrapped,
)
from detente.core.fields import text_of
from detente.evidence.event import Event
from detente.evidence.source import Grade

MOST_LANES = 13
AHEAD = datetime.timedelta(days=14)
MOST_AHEAD = 5
LEFT, RIGHT = 124, WIDTH - 10
DOT, ROW, BADGE = 7, 9, 16
OTHERS, DISPUTED, CALENDAR = "Others", "Author disputed", "Fixed dates"
BADGES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
GRADE_WORDS = {
    Grade.PRIMARY: "primary text read",
    Grade.EXCERPT: "excerpt of the primary text",
    Grade.NEWS: "news agency",
    Grade.COMMENTARY: "commentary",
    Grade.MEMORY: "from memory, to be checked",
}


class Kind(StrEnum):
    """What an entry of the timeline is; the value is the word in the table."""

    TEXT = "text tabled"
    REPLY = "reply"
    EVENT = "event"
    DISPUTED = "event, disputed"
    POSITIONS = "positions taken"
    DATE = "fixed date"


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated thing, in one or more lanes; `badge` is the letter or number under which it is listed."""

    item: str
    kind: Kind
    first: datetime.date
    last: datetime.date
    who: tuple[str, ...]
    says: str
    grade: Grade
    claims: tuple[str, ...] = ()
    badge: str = ""

    @property
    def when(self) -> str:
        """The day, or the first and last day between which it happened."""
        return day(self.first) if self.first == self.last else f"{day(self.first)} to {day(self.last)}"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry in a lane: where it is drawn, in pixels from the left and rows from the bottom of the lane."""

    entry: Entry
    x: float
    row: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One strip of the timeline."""

    name: str
    dots: tuple[Placed, ...]
    badges: tuple[Placed, ...]
    ticks: tuple[Entry, ...]

    @property
    def height(self) -> float:
        """Room that the strip takes."""
        rows = 1 + max((placed.row for placed in self.dots), default=-1)
        marks = rows * ROW + (BADGE + 3 if self.badges else 0) + (5 if self.ticks else 0) + 6
        return max(22.0, len(self.name_lines) * LINE + 4.0, marks)

    @property
    def name_lines(self) -> tuple[str, ...]:
        """The lane's name as it is written beside it."""
        return wrapped(self.name, LEFT - 14, most=2)


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are drawn."""

    first: datetime.date
    cut: datetime.date
    last: datetime.date

    def x(self, date: datetime.date) -> float:
        """Return the place of a day."""
        return LEFT + (RIGHT - LEFT) * ((date - self.first).days + 0.5) / ((self.last - self.first).days + 1)

    def holds(self, entry: Entry) -> bool:
        """Return whether some day of an entry is drawn."""
        return entry.last >= self.first and entry.first <= self.last


def timeline(case: Case, *, lead: str | None = None) -> Chart:
    """Return what happened, was tabled and was said, by party and day.

    Parameters
    ----------
    case : Case
        The case; what became public after its cut-off day is left out.
    lead : str, optional
        The party whose lane is first; the others follow in the order of the case, turned round.

    Notes
    -----
    Days before the case's period are not drawn but are in the table. A disputed event stands in a lane of its
    own with everybody's attribution, never in the lane of the party that is blamed.
    """
    cut = _cut(case)
    entries = tuple(sorted(_entries(case, cut), key=lambda entry: (entry.first, entry.last)))
    window = _window(case, entries, cut)
    entries = _with_badges(entries, window)
    drawn = tuple(entry for entry in entries if window.holds(entry))
    lanes = _lanes(case, drawn, window, lead)
    title = f"Events, texts and positions by party and day, {day(window.first)} to {day(window.cut)}"
    subtitle = _subtitle(entries, drawn, window)
    if not entries:
        title, subtitle = "Events, texts and positions by party and day", "Nothing dated is on record."
    top = head_height(title, subtitle) + 2 * LINE
    bottom = top + sum(lane.height for lane in lanes)
    key, end = _key(case, entries, drawn, window, bottom + 6)
    source = source_line(case)
    feet, height = foot(end, source)
    return Chart(
        name="timeline",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(drawn, lanes, window) if entries else subtitle,
        spec=sheet(
            (
                *head(title, subtitle),
                *(backdrop(_grid(case, lanes, window, drawn, top, bottom)) if entries else ()),
                *_marks(case, lanes, window, top),
                *key,
                *feet,
            ),
            height,
        ),
        table=Table(
            ("listed as", "date", "what", "who", "what is said of it", "grade", "attributions", "id"),
            tuple(_row(case, entry) for entry in entries),
        ),
    )


def _cut(case: Case) -> datetime.date:
    """Return the cut-off day of a case: its own, else the last of its period, else of its record."""
    if case.cut_off or case.period:
        return case.cut_off or case.period.last  # type: ignore[union-attr]
    known = [event.public_since for event in case.events] + [case.day_of(position) for position in case.positions]
    return max((*known, *(text.public_since for text in case.texts)), default=datetime.date(2000, 1, 1))


def _entries(case: Case, cut: datetime.date) -> Iterator[Entry]:
    for event in case.events:
        if event.public_since <= cut:
            yield _of_event(case, event, cut)
    for text in case.texts:
        if text.public_since <= cut:
            yield _of_text(case, text)
    by_day: dict[tuple[str, datetime.date], list[str]] = {}
    for position in case.positions:
        if case.day_of(position) <= cut:
            by_day.setdefault((position.party, case.day_of(position)), []).append(position.id)
    for (party, when), ids in by_day.items():
        issues = dict.fromkeys(_issue_word(case, case.position[id_].issue) for id_ in ids)
        grade = max((case.statement[case.position[id_].because[0]].grade for id_ in ids), key=lambda g: g.rank)
        plural = "positions" if len(ids) > 1 else "position"
        says = f"{len(ids)} {plural} on record, on {', '.join(issues)}"
        yield Entry(" ".join(ids), Kind.POSITIONS, when, when, (party,), says, grade)
    for entry in (one for one in case.calendar if one.cancelled_since is None):
        if entry.public_since <= cut:
            yield Entry("", Kind.DATE, entry.on, entry.on, (), text_of(entry.what), entry.grade)


def _issue_word(case: Case, issue: str) -> str:
    found = case.issue[issue]
    return text_of(found.short or found.title)


def _of_event(case: Case, event: Event, cut: datetime.date) -> Entry:
    return Entry(
        item=event.id,
        kind=Kind.DISPUTED if event.disputed else Kind.EVENT,
        first=event.happened.first,
        last=event.happened.last,
        who=event.actors,
        says=text_of(event.says),
        grade=event.grade,
        claims=tuple(
            f"{party_name(case, claim.who)}: {text_of(claim.says)} ({day(claim.public_since)})"
            for claim in event.claims
            if claim.public_since <= cut
        ),
    )


def _of_text(case: Case, text: TabledText) -> Entry:
    grade = min((case.source[id_].grade for id_ in text.sources if id_ in case.source), key=lambda g: g.rank)
    kind = Kind.REPLY if text.replies_to else Kind.TEXT
    return Entry(text.id, kind, text.happened.first, text.happened.last, text.authors, text_of(text.title), grade)


def _window(case: Case, entries: Sequence[Entry], cut: datetime.date) -> Window:
    past = [entry.first for entry in entries if entry.kind is not Kind.DATE]
    first = case.period.first if case.period else min(past, default=cut)
    soon = cut + max(AHEAD, (cut - first) / 8)
    ahead = [entry.first for entry in entries if entry.kind is Kind.DATE and cut < entry.first <= soon]
    return Window(min(first, cut), cut, max([*ahead, cut]) + datetime.timedelta(days=2))


def _with_badges(entries: Sequence[Entry], window: Window) -> tuple[Entry, ...]:
    """Give letters to the texts, and numbers to the dates ahead, that are drawn."""
    letters, numbers = iter(BADGES), iter(range(1, MOST_AHEAD + 1))
    marked = []
    for entry in entries:
        badge = ""
        if entry.kind in (Kind.TEXT, Kind.REPLY) and window.holds(entry):
            badge = next(letters, "")
        elif entry.kind is Kind.DATE and window.cut < entry.first <= window.last:
            badge = str(next(numbers, ""))
        marked.append(replace(entry, badge=badge))
    return tuple(marked)


def _lanes(case: Case, drawn: Sequence[Entry], window: Window, lead: str | None) -> tuple[Lane, ...]:
    """One lane per party with positions or texts, and the busiest others; then the rest, disputed events, dates."""
    busy: dict[str, int] = {}
    for entry in drawn:
        if entry.kind is not Kind.DISPUTED:
            for party in entry.who:
                busy[party] = busy.get(party, 0) + 1
    speakers = {party for entry in drawn if entry.kind not in (Kind.EVENT, Kind.DISPUTED) for party in entry.who}
    in_order = [party.id for party in case.parties if party.id in busy]
    ranked = sorted(in_order, key=lambda party: (party not in speakers, -busy[party]))
    own = turned([party for party in in_order if party in ranked[:MOST_LANES]], lead)
    lanes = [
        _lane(party_name(case, party), [e for e in drawn if party in e.who and e.kind is not Kind.DISPUTED], window)
        for party in own
    ]
    rest = [e for e in drawn if e.kind not in (Kind.DISPUTED, Kind.DATE) and not set(e.who) & set(own)]
    for name, group in (
        (OTHERS, rest),
        (DISPUTED, [e for e in drawn if e.kind is Kind.DISPUTED]),
        (CALENDAR, [e for e in drawn if e.kind is Kind.DATE and not e.badge]),
    ):
        if group:
            lanes.append(_lane(name, group, window))
    return tuple(lanes)


def _lane(name: str, entries: Sequence[Entry], window: Window) -> Lane:
    dots: list[Placed] = []
    ends: list[float] = []
    for entry in entries:
        if entry.kind not in (Kind.EVENT, Kind.DISPUTED, Kind.DATE):
            continue
        x = window.x(max(entry.first, window.first))
        row = next((number for number, end in enumerate(ends) if end <= x - DOT / 2), len(ends))
        ends[row:] = [x + DOT / 2 + 0.5, *ends[row + 1 :]]
        dots.append(Placed(entry, x, row))
    badges: list[Placed] = []
    for entry in entries:
        if entry.kind in (Kind.TEXT, Kind.REPLY):
            x = window.x(max(entry.first, window.first))
            badges.append(Placed(entry, max(x, badges[-1].x + BADGE + 2) if badges else x, 0))
    return Lane(name, tuple(dots), tuple(badges), tuple(e for e in entries if e.kind is Kind.POSITIONS))


def _grid(
    case: Case, lanes: Sequence[Lane], window: Window, drawn: Sequence[Entry], top: float, bottom: float
) -> Iterator[Mark]:
    edge = (RIGHT - LEFT) / ((window.last - window.first).days + 1) / 2
    cut = window.x(window.cut) + edge
    yield box(cut, top, RIGHT, bottom, fill="#f4f4f4")
    for start in _months(window):
        x = window.x(start) - edge
        yield rule(x, top - LINE, x, bottom, color=LIGHT, width=0.8)
        if RIGHT - x > 60:
            yield write(x + 4, top - LINE / 2, month(start), color=DARK)
    y = top
    for lane in lanes:
        yield rule(MARGIN, y, RIGHT, y, color=FAINT, width=0.8)
        y += lane.height
    yield rule(MARGIN, bottom, RIGHT, bottom, color=LIGHT, width=0.8)
    label_x = cut - 0.7 * TEXT
    for entry in drawn:
        if entry.badge and entry.kind is Kind.DATE:
            x = window.x(entry.first)
            yield rule(x, top, x, bottom, color=MID, width=1, dash=DASH, label=_hover(case, entry))
            label_x = max(x - 2, label_x + TEXT)
            yield write(label_x, top - LINE / 2, entry.badge, bold=True)
    yield rule(cut, top - 1.6 * LINE, cut, bottom, color=INK, width=1.6)
    yield write(cut - 4, top - 1.5 * LINE, f"as of {day(window.cut)}", align="right", bold=True)


def _months(window: Window) -> Iterator[datetime.date]:
    start = window.first if window.first.day == 1 else _next_month(window.first)
    spread = max(1, math.ceil((window.last - window.first).days / 30 / 8))
    number = 0
    while start <= window.last:
        if number % spread == 0:
            yield start
        start, number = _next_month(start), number + 1


def _next_month(date: datetime.date) -> datetime.date:
    return datetime.date(date.year + date.month // 12, date.month % 12 + 1, 1)


def _marks(case: Case, lanes: Sequence[Lane], window: Window, top: float) -> Iterator[Mark]:
    y = top
    for lane in lanes:
        lines = lane.name_lines
        middle = y + lane.height / 2 - (len(lines) - 1) * LINE / 2
        yield from paragraph(MARGIN, middle, lines)
        floor = y + lane.height - 3
        for entry in lane.ticks:
            x = window.x(max(entry.first, window.first))
            yield rule(x, floor + 1, x, floor - 4, width=2.4, label=_hover(case, entry), item=entry.item)
        floor -= 5 if lane.ticks else 0
        for placed in lane.dots:
            yield from _dot(case, placed, window, floor - ROW / 2 - placed.row * ROW)
        for placed in lane.badges:
            yield from _badge(case, placed, window, y + 3 + BADGE / 2, y + lane.height)
        y += lane.height


def _dot(case: Case, placed: Placed, window: Window, y: float) -> Iterator[Mark]:
    entry = placed.entry
    fill = PAPER if entry.grade is Grade.MEMORY else INK
    label = _hover(case, entry)
    if entry.last > entry.first:
        yield rule(placed.x, y, min(window.x(entry.last), RIGHT), y, width=1.2)
    if entry.kind is Kind.DATE:
        yield glyph(placed.x, y, "triangle-down", size=DOT, fill=fill, width=1, label=label, item=entry.item)
    elif entry.kind is Kind.DISPUTED:
        yield glyph(placed.x, y, "diamond", size=DOT + 2.5, fill=fill, width=1.1, label=label, item=entry.item)
    else:
        yield glyph(placed.x, y, "circle", size=DOT - 0.5, fill=fill, width=1, label=label, item=entry.item)


def _badge(case: Case, placed: Placed, window: Window, y: float, bottom: float) -> Iterator[Mark]:
    entry, half = placed.entry, BADGE / 2
    hollow = entry.grade is Grade.MEMORY
    true_x = window.x(max(entry.first, window.first))
    yield rule(true_x, y + half, true_x, bottom, color=MID, width=0.8)
    yield box(
        placed.x - half, y - half, placed.x + half, y + half, fill=PAPER if hollow else INK, stroke=INK, width=1.2
    )
    yield write(placed.x, y + 0.5, entry.badge, align="center", bold=True, color=INK if hollow else PAPER)
    yield box(placed.x - half, y - half, placed.x + half, y + half, label=_hover(case, entry), item=entry.item)


def _key(
    case: Case, entries: Sequence[Entry], drawn: Sequence[Entry], window: Window, y: float
) -> tuple[tuple[Mark, ...], float]:
    """Return the key to the forms, then texts and dates ahead by their badge, the next dates, and where it ends."""
    forms, y = legend(_forms(drawn), y)
    marks, y = list(forms), y + LINE / 2 + 4
    for entry in entries:
        if entry.badge:
            who = f"{', '.join(party_name(case, party) for party in entry.who)}: " if entry.who else ""
            marks.append(write(MARGIN + 6, y, entry.badge, bold=True, align="center"))
            lines = wrapped(f"{entry.when}. {who}{entry.says}", WIDTH - 3 * MARGIN - 20)
            marks += paragraph(MARGIN + 18, y, lines)
            y += len(lines) * LINE
    numbered = sum(_is_dashed(entry) for entry in entries)
    beyond = [entry for entry in entries if _is_beyond(entry, window)][: MOST_AHEAD - numbered]
    if beyond:
        dates = "; ".join(f"{entry.when}, {entry.says}" for entry in beyond)
        lines = wrapped(f"Further ahead, not drawn: {dates}", WIDTH - 2 * MARGIN)
        marks += paragraph(MARGIN, y, lines)
        y += len(lines) * LINE
    return tuple(marks), y


def _forms(drawn: Sequence[Entry]) -> Iterator[tuple[Draw, float, str]]:
    """Yield what each form stands for, as far as it occurs: how to draw it, its width, and the words."""
    kinds = {entry.kind for entry in drawn}
    if any(entry.badge for entry in drawn if entry.kind in (Kind.TEXT, Kind.REPLY)):
        yield lambda x, y: [box(x - 6, y - 6, x + 6, y + 6, fill=INK)], 12, "text or reply (listed below)"
    if Kind.EVENT in kinds:
        yield lambda x, y: [glyph(x, y, "circle", size=DOT - 0.5, fill=INK, width=1)], 9, "event"
    if Kind.DISPUTED in kinds:
        yield lambda x, y: [glyph(x, y, "diamond", size=DOT + 2.5, fill=INK, width=1.1)], 9, "event, author disputed"
    if any(entry.kind is Kind.DATE and not entry.badge for entry in drawn):
        yield lambda x, y: [glyph(x, y, "triangle-down", size=DOT, fill=INK, width=1)], 9, "date fixed in advance"
    if Kind.POSITIONS in kinds:
        yield lambda x, y: [rule(x, y + 4, x, y - 3, width=2.4)], 9, "positions taken that day"
    solid = [entry for entry in drawn if entry.kind is not Kind.POSITIONS and not _is_dashed(entry)]
    if any(entry.grade is Grade.MEMORY for entry in solid):
        yield lambda x, y: [glyph(x, y, "circle", size=DOT - 0.5, fill=PAPER, width=1)], 9, "hollow: from memory"
    if any(_is_dashed(entry) for entry in drawn):
        yield lambda x, y: [rule(x, y - 6, x, y + 6, color=MID, dash=DASH)], 9, "date ahead"


def _is_dashed(entry: Entry) -> bool:
    """Return whether an entry is drawn as the dashed line of a date ahead."""
    return entry.kind is Kind.DATE and bool(entry.badge)


def _is_beyond(entry: Entry, window: Window) -> bool:
    """Return whether an entry is of a day further ahead than what is drawn."""
    return entry.first > window.last


def _subtitle(entries: Sequence[Entry], drawn: Sequence[Entry], window: Window) -> str:
    events = sum(entry.kind in (Kind.EVENT, Kind.DISPUTED) for entry in drawn)
    disputed = sum(entry.kind is Kind.DISPUTED for entry in drawn)
    memory = sum(entry.kind in (Kind.EVENT, Kind.DISPUTED) and entry.grade is Grade.MEMORY for entry in drawn)
    before = sum(entry.last < window.first for entry in entries)
    later = sum(_is_beyond(entry, window) for entry in entries)
    rest = "rests" if memory == 1 else "rest"
    words = f"{counted(events, 'event')}, {disputed} with a disputed author; {memory} {rest} on memory."
    if before or later:
        where = " and ".join(
            f"{count} {side}" for count, side in ((before, "from before"), (later, "further ahead")) if count
        )
        words += f" Not drawn, but in the table: {where}."
    return words


def _hover(case: Case, entry: Entry) -> str:
    who = f" · {', '.join(party_name(case, party) for party in entry.who)}" if entry.who else ""
    claims = "".join(f"\n{claim}" for claim in entry.claims)
    return f"{entry.when}{who} · {entry.kind.value}\n{entry.says}{claims}\nSource: {GRADE_WORDS[entry.grade]}"


def _row(case: Case, entry: Entry) -> tuple[str, ...]:
    return (
        entry.badge,
        entry.when,
        entry.kind.value,
        ", ".join(party_name(case, party) for party in entry.who),
        entry.says,
        GRADE_WORDS[entry.grade],
        "; ".join(entry.claims),
        entry.item,
    )


def _alt(drawn: Sequence[Entry], lanes: Sequence[Lane], window: Window) -> str:
    texts = [entry for entry in drawn if entry.kind in (Kind.TEXT, Kind.REPLY)]
    named = "; ".join(f"{entry.when}, {entry.says}" for entry in texts)
    number = "1 entry" if len(drawn) == 1 else f"{len(drawn)} entries"
    return (
        f"Timeline in {counted(len(lanes), 'lane')} from {day(window.first)} to {day(window.cut)} with {number}"
        + (f", among them {len(texts)} {'text' if len(texts) == 1 else 'texts'}: {named}." if texts else ".")
        + " Every entry is in the table."
    )

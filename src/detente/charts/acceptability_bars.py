"""How often each package is acceptable, to all members of a consent list and to each, over draws of the estimates.

It belongs in the annex: shares follow from judged ranges and from how often red lines are judged to bind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.columns import code_lines, column_heads, party_headings
from detente.charts.order import party_name, party_short, source_line, turned
from detente.charts.readings import Reading, Span, package_names, reading_samples, readings_of
from detente.charts.reports import Report, chosen_list, counted
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
from detente.charts.theme import DARK, FAINT, INK, LIGHT, LINE, MID, PAPER, WIDTH, day, wrapped

LABELS = 158
BAR, UNDER, THIN = 9, 11, 8  # the bar, its whiskers below it, and the line of another reading
TIGHT = 12.5
PAGE = 900  # pixels down to which rows may go on an A4 page
TURN = 2
MOST_LINES = (3, 2)  # of a title: fewer where not every row has room
TITLE = "Who could accept which text or benchmark, over draws of the judged numbers"
KINDS = {"tabled": "Texts on the table", "solution": "Benchmarks: they presume a deal that can be enforced"}
ALL = "all of them"
OWN = "its own text"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One package: what it is called, and per reading and party (None: all) the shares; None where not computed.

    A text has a byline, its authors and its day; they, and whoever they speak for, have no share of their own.
    """

    item: str
    kind: str
    name: str
    byline: str
    authors: frozenset[str]
    sets: int
    shares: tuple[Mapping[str | None, Span] | None, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where columns are: one for all, then one for each party."""

    columns: int

    @property
    def step(self) -> float:
        """Width of a column."""
        return (WIDTH - MARGIN - LABELS) / self.columns

    def x(self, column: int, share: float) -> float:
        """Return the place of a share in a column."""
        return LABELS + column * self.step + 8 + (self.step - 16) * share


def acceptability_bars(case: Case, report: Report, consent: str | None = None, *, lead: str | None = None) -> Chart:
    """Return the shares of draws in which each package is acceptable, to all members of a list and to each.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A settlement report with draws.
    consent : str, optional
        Which consent list; needed if the report covers several, as none is the default.
    lead : str, optional
        The party whose column is first after that for all; the others follow, turned round.

    Raises
    ------
    ModelError
        If the consent list is not named or has no draws.

    Notes
    -----
    Filled is certain (open issues and unknown options at their worst), open is possible (at their best); where the two
    differ by less than the Monte-Carlo error, one bar is drawn. Whiskers are the middle nine tenths of outer draws.
    Benchmarks are named by their concept and never by what they hold.
    """
    entry, name = chosen_list(
        case, report, consent, needs="draws", what="list with draws", where="charts.acceptability_bars"
    )
    draws = entry["draws"]
    readings = readings_of(case, draws)
    parties = turned(tuple(entry["parties"]), lead, TURN)
    packages = _packages(case, readings, parties)
    subtitle = _subtitle(name, draws, len(entry["issues"]), packages)
    frame = Frame(1 + len(parties))
    key, y = legend(_samples(readings, packages), head_height(TITLE, subtitle))
    codes = code_lines(case, parties, frame.step)
    marks = [*key, *paragraph(MARGIN, y + LINE / 2, codes, color=DARK)]
    body, y = _body(case, parties, readings, packages, frame, y + len(codes) * LINE + 2, len(entry["issues"]))
    source = source_line(case)
    feet, height = foot(y + 6, source)
    return Chart(
        name="acceptability-bars",
        title=TITLE,
        subtitle=subtitle,
        source=source,
        alt=_alt(case, name, parties, readings, packages),
        spec=sheet((*head(TITLE, subtitle), *marks, *body, *feet), height),
        table=Table(
            ("package", "issues that it sets", "acceptable to", *(reading.name for reading in readings)),
            tuple(_rows(case, parties, packages)),
        ),
    )


def _packages(case: Case, readings: Sequence[Reading], parties: Sequence[str]) -> tuple[Drawn, ...]:
    """Return the packages in the order of the first reading that holds them."""
    known: dict[tuple[str, tuple[tuple[str, str], ...]], Mapping[str, Any]] = {}
    held: list[dict[tuple[str, tuple[tuple[str, str], ...]], Mapping[str, Any]]] = []
    for reading in readings:
        here = {_identity(one): one for one in (reading.part or {}).get("packages", ())}
        held.append(here)
        known = {**here, **known} if not known else known | {key: one for key, one in here.items() if key not in known}
    names = package_names(case, list(known.values()))
    return tuple(
        Drawn(
            item=entry["package"],
            kind=entry["kind"],
            name=name,
            byline=_byline(case, entry["package"]),
            authors=(authors := _authors(case, entry["package"], parties)),
            sets=len(entry["choice"]),
            shares=tuple(None if key not in here else _shares(here[key], parties, authors) for here in held),
        )
        for (key, entry), name in zip(known.items(), names, strict=True)
    )


def _identity(entry: Mapping[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    return entry["package"], tuple(sorted(entry["choice"].items()))


def _byline(case: Case, package: str) -> str:
    """Return whose text a package is and of which day; nothing for what is no text on the table."""
    if package not in case.text:
        return ""
    text = case.text[package]
    first, last = text.happened.first, text.happened.last
    when = day(first) if first == last else f"{day(first)} to {day(last)}"
    return ", ".join([*(party_short(case, author) for author in text.authors), when.replace(" ", "\u00a0")])


def _authors(case: Case, package: str, parties: Sequence[str]) -> frozenset[str]:
    """Return those of the parties whose own text a package is, or that of the one who speaks for them."""
    if package not in case.text:
        return frozenset()
    wrote = {_speaker(case, author) for author in case.text[package].authors}
    return frozenset(party for party in parties if _speaker(case, party) in wrote)


def _speaker(case: Case, party: str) -> str:
    return case.stand_in(party) if party in case.party else party


def _shares(entry: Mapping[str, Any], parties: Sequence[str], authors: frozenset[str]) -> Mapping[str | None, Span]:
    others: dict[str | None, Span] = {
        party: Span.of(entry["parties"][party]) for party in parties if party not in authors
    }
    return {None: Span.of(entry["all"]), **others}


def _said(one: Drawn, shares: Mapping[str | None, Span] | None, party: str | None) -> str:
    """Return a share in words, or why there is none."""
    if party in one.authors:
        return OWN
    return "nothing to compute" if shares is None else shares[party].words


def _subtitle(name: str, draws: Report, issues: int, packages: Sequence[Drawn]) -> str:
    if not packages:
        return f"Consent list ‹{name}›: no text on the table touches its issues, and no benchmark was found."
    partial = any(one.sets < issues for one in packages)
    left_open = " Issues left open count at their worst or at their best." if partial else ""
    own = ""
    if any(one.authors for one in packages):
        own = " No share is given for a text's own author; for all, it counts like any other."
    return (
        f"Consent list ‹{name}›, {counted(draws['draws'], 'draw')}. A draw takes one number from every judged range "
        "and lets each red line bind as often as it is judged to; a package is acceptable to a party if it crosses "
        "none of its binding lines and is worth no less to it than no agreement."
        f"{left_open}{own} Shares (0 to 1) describe these judgements; they are no forecast."
    )


def _samples(readings: Sequence[Reading], packages: Sequence[Drawn]) -> Iterator[tuple[Draw, float, str]]:
    if not packages:
        return
    spans = [span for one in packages for shares in one.shares if shares for span in shares.values()]
    yield lambda x, y: [box(x - 8, y - 4, x + 8, y + 4, fill=DARK, stroke=INK)], 16, "open and unknown at worst"
    if any(span.is_open for span in spans):
        yield lambda x, y: [box(x - 8, y - 4, x + 8, y + 4, fill=PAPER, stroke=INK)], 16, "at best"
    yield lambda x, y: _whisker(x - 9, x + 9, y), 18, "5th to 95th of 100 draws, at worst"
    if any(span.is_open for span in spans):
        yield lambda x, y: _whisker(x - 9, x + 9, y, dashed=True), 18, "the same, at best"
    yield from reading_samples(readings)
    if any(shares is None for one in packages for shares in one.shares):
        yield lambda x, y: [glyph(x, y, CROSS, size=6, stroke=MID, width=1.4)], 10, "nothing to compute"


def _body(
    case: Case,
    parties: Sequence[str],
    readings: Sequence[Reading],
    packages: Sequence[Drawn],
    frame: Frame,
    y: float,
    issues: int,
) -> tuple[tuple[Mark, ...], float]:
    if not packages:
        return (), y
    heads, y = column_heads(("All", *party_headings(case, parties, frame.step)), LABELS, frame.step, y)
    marks: list[Mark] = [*heads]
    for column in range(frame.columns):
        for share, words in ((0, "0"), (1, "1")):
            marks.append(write(frame.x(column, share), y + LINE / 2 - 2, words, align="center", color=DARK))
    y += LINE
    room = PAGE - y
    kind = ""
    shown = 0
    tall = [[_height(_label(one, issues, most), readings) for one in packages] for most in MOST_LINES]
    most = next(
        (most for most, heights in zip(MOST_LINES, tall, strict=True) if sum(heights) + 2 * (LINE + 2) <= room), 2
    )
    for one in packages:
        label = _label(one, issues, most)
        height = _height(label, readings)
        needed = height + (LINE + 2 if one.kind != kind else 0)
        if needed > room:
            break
        room -= needed
        if one.kind != kind:
            kind = one.kind
            marks += backdrop([box(MARGIN, y, WIDTH - MARGIN, y + LINE + 1, fill=FAINT)])
            marks.append(write(MARGIN + 3, y + LINE / 2 + 1, KINDS.get(kind, kind), bold=True))
            y += LINE + 2
        marks += _row(case, parties, readings, one, frame, y, height, label)
        y += height
        marks.append(rule(MARGIN, y, WIDTH - MARGIN, y, color=LIGHT, width=0.5))
        shown += 1
    if shown < len(packages):
        left = len(packages) - shown
        of = f"{left} of {counted(len(packages), 'package')}"
        rest = f"{of} {'is' if left == 1 else 'are'} in the table only, for want of room."
        marks.append(write(MARGIN, y + LINE / 2 + 2, rest, color=DARK))
        y += LINE + 2
    return tuple(marks), y


def _row(
    case: Case,
    parties: Sequence[str],
    readings: Sequence[Reading],
    one: Drawn,
    frame: Frame,
    y: float,
    height: float,
    label: Sequence[tuple[str, str]],
) -> Iterator[Mark]:
    start = y + height / 2 - (len(label) - 1) * TIGHT / 2
    for number, (line, color) in enumerate(label):
        yield write(MARGIN + 3, start + number * TIGHT, line, color=color)
    for column, party in enumerate((None, *parties)):
        yield from backdrop(
            rule(frame.x(column, share), y, frame.x(column, share), y + height, color=color, width=0.7)
            for share, color in ((0, MID), (0.5, FAINT), (1, LIGHT))
        )
        if party in one.authors:
            yield write(frame.x(column, 0) + 4, y + height / 2, OWN, color=DARK)
        else:
            yield from _cell([None if s is None else s[party] for s in one.shares], readings, frame, column, y + 5)
        left = LABELS + column * frame.step
        item = f"{one.item}/{party or 'all'}"
        yield box(left, y, left + frame.step, y + height, label=_hover(case, one, party, readings), item=item)


def _height(label: Sequence[tuple[str, str]], readings: Sequence[Reading]) -> float:
    return max(5 + BAR + UNDER + THIN * (len(readings) - 1) + 4, len(label) * TIGHT + 4)


def _label(one: Drawn, issues: int, most: int) -> tuple[tuple[str, str], ...]:
    """Return the lines beside a row with their colour: byline, title in so many lines, how much it sets."""
    room = LABELS - MARGIN - 8
    sets = [f"sets {one.sets} of {counted(issues, 'issue')}"] if one.sets < issues else []
    return (
        *((line, DARK) for line in wrapped(one.byline, room)),
        *((line, INK) for line in wrapped(one.name, room, most=most)),
        *((line, MID) for line in sets),
    )


def _cell(
    spans: Sequence[Span | None], readings: Sequence[Reading], frame: Frame, column: int, y: float
) -> Iterator[Mark]:
    """Yield the bar of the first reading with its whiskers, and below it a line for each other reading."""
    start = frame.x(column, 0)
    own = spans[0]
    if own is None:
        yield glyph(start + 4, y + BAR / 2, CROSS, size=6, stroke=MID, width=1.4)
    else:
        certain, possible = frame.x(column, own.certain.mean), frame.x(column, own.possible.mean)
        if own.is_open:
            yield box(certain, y, possible, y + BAR, fill=PAPER, stroke=INK)
        if own.certain.mean > 0:
            yield box(start, y, certain, y + BAR, fill=DARK, stroke=INK)
        for share, dashed in ((own.certain, False), (own.possible, True)):
            if share.high > share.low and (own.is_open or not dashed):
                low, high = frame.x(column, share.low), frame.x(column, share.high)
                yield from _whisker(low, high, y + BAR + (6.8 if dashed else 3.2), dashed=dashed)
    for number, (span, reading) in enumerate(zip(spans[1:], readings[1:], strict=True)):
        here = y + BAR + UNDER + (number + 0.5) * THIN
        if span is None:
            yield glyph(start + 4, here, CROSS, size=6, stroke=MID, width=1.4)
            continue
        certain, possible = frame.x(column, span.certain.mean), frame.x(column, span.possible.mean)
        if span.is_open:
            yield rule(certain, here, possible, here, width=0.9)
        yield from reading.glyphs((certain, here), (possible, here) if span.is_open else None)


def _whisker(x: float, x2: float, y: float, *, dashed: bool = False) -> Iterator[Mark]:
    color, dash = (MID, (2, 1)) if dashed else (INK, None)
    yield rule(x, y, x2, y, color=color, width=1.2, dash=dash)
    for end in (x, x2):
        yield rule(end, y - 1.8, end, y + 1.8, color=color, width=1.2)


def _hover(case: Case, one: Drawn, party: str | None, readings: Sequence[Reading]) -> str:
    who = ALL if party is None else party_name(case, party)
    name = f"{one.name} ({one.byline})" if one.byline else one.name
    if party in one.authors:
        return f"{name}\n{who}: {OWN}"
    lines = [f"{name}: acceptable to {who}"]
    for reading, shares in zip(readings, one.shares, strict=True):
        lines.append(f"{reading.name}: {_said(one, shares, party)}")
    return "\n".join(lines)


def _rows(case: Case, parties: Sequence[str], packages: Sequence[Drawn]) -> Iterator[tuple[str, ...]]:
    for one in packages:
        for party in (None, *parties):
            cells = (_said(one, shares, party) for shares in one.shares)
            yield (one.name, str(one.sets), ALL if party is None else party_name(case, party), *cells)


def _alt(case: Case, name: str, parties: Sequence[str], readings: Sequence[Reading], packages: Sequence[Drawn]) -> str:
    if not packages:
        return f"Consent list {name}: there is no package to draw."
    parts = []
    for one in packages:
        shares = one.shares[0]
        if shares is None:
            parts.append(f"{one.name}: nothing to compute.")
            continue
        each = ", ".join(
            f"{party_name(case, party)} {OWN if party in one.authors else shares[party].short}" for party in parties
        )
        parts.append(f"{one.name}: all {shares[None].short}; {each}.")
    lead = f"Consent list {name}: share of draws in which a package is acceptable, {readings[0].name}."
    return " ".join([lead, *parts])

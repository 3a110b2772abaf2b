"""How far a package is from each party's best, issue by issue, and whether it is worth more to it than no agreement.

It belongs in the annex: it presumes judged numbers. The word for a difference here is "below its best": what one side
calls a concession the other calls its right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.case.issue import Issue
from detente.charts.chart import Chart, Table
from detente.charts.columns import code_lines, column_heads, party_headings
from detente.charts.order import by_cluster, issue_label, party_name, source_line, turned
from detente.charts.readings import package_name
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    backdrop,
    box,
    foot,
    hatch,
    head,
    head_height,
    legend,
    paragraph,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, FAINT, INK, LIGHT, LINE, MID, NOTHING, PAPER, WIDTH, wrapped
from detente.core.fields import text_of
from detente.core.rounding import two_digits

LABELS = 196
BAR = 10
TIGHT = 12.5
TURN = 3
SAME = 1e-9  # below this two judged numbers are one: sums of decimals differ so much by rounding
MANY = 40  # issues beyond which labels take one line each
TITLE = "How far a package is below each party's best, issue by issue"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one issue means to one party: its best, and at least and at most how far the package is below it."""

    party: str
    issue: Issue
    option: str | None
    best: float
    least: float
    most: float
    utility: tuple[float, float]
    against: tuple[float, float]

    @property
    def width(self) -> float:
        """What the box stands for: the most that the issue can be worth to the party."""
        return max(self.best, self.most, 0.0)

    @property
    def is_open(self) -> bool:
        """Whether the two bounds differ."""
        return self.most - self.least > SAME


@dataclass(frozen=True, slots=True)
class Side:
    """One party: what the whole package is worth over no agreement, and its cells by issue."""

    party: str
    no_agreement: float
    total: tuple[float, float]
    margin: tuple[float, float]
    cells: Mapping[str, Cell]


def concession_map(
    case: Case, concessions: Mapping[str, Any], *, lead: str | None = None, named: bool = False
) -> Chart:
    """Return how far a package is below each party's best on each issue, with what it is worth over no agreement.

    Parameters
    ----------
    case : Case
        The case, for names.
    concessions : mapping
        The map of one package under one consent list: `package`, and `parties` with `total`, `no_agreement`, `margin`
        and `issues`; or a report that holds it under `map`.
    lead : str, optional
        The party whose column is first; the others follow, turned round.
    named : bool
        Whether hover texts and table say which option of an issue the package holds. A text on the table says so by
        itself; of any other package its printing rules are for the caller to check.

    Notes
    -----
    A box is as wide as the issue at its best is worth to the party; the filled part is missing for certain, the
    hatched part if an open issue or an unknown option turns out badly. Utilities of different parties have no common
    unit, so widths compare within a column only.
    """
    found = concessions.get("map", concessions)
    name = found.get("title") or package_name(case, found.get("kind", "tabled"), found["package"])
    sides = {party: _side(case, party, entry) for party, entry in found["parties"].items()}
    parties = turned(tuple(sides), lead, TURN)
    columns = tuple(sides[party] for party in parties)
    here = {issue for side in columns for issue in side.cells}
    issues = by_cluster([issue for issue in case.issues if issue.id in here])
    subtitle = _subtitle(case, name, found, columns)
    step = (WIDTH - MARGIN - LABELS) / max(1, len(columns))
    key, y = legend(_samples(columns), head_height(TITLE, subtitle))
    marks: list[Mark] = [*key]
    if columns:
        codes = code_lines(case, parties, step)
        marks += paragraph(MARGIN, y + LINE / 2, codes, color=DARK)
        heads, y = column_heads(party_headings(case, parties, step), LABELS, step, y + len(codes) * LINE + 2)
        rows, y = _body(case, issues, columns, step, y, named=named)
        bottom, y = _margins(case, columns, step, y)
        marks += [*heads, *rows, *bottom]
    source = source_line(case)
    feet, height = foot(y + 6, source)
    return Chart(
        name="concession-map",
        title=TITLE,
        subtitle=subtitle,
        source=source,
        alt=_alt(case, name, columns),
        spec=sheet((*head(TITLE, subtitle), *marks, *feet), height),
        table=_table(case, issues, columns, named=named),
    )


def _side(case: Case, party: str, entry: Mapping[str, Any]) -> Side:
    return Side(
        party=party,
        no_agreement=entry["no_agreement"],
        total=_bounds(entry["total"]),
        margin=_bounds(entry["margin"]),
        cells={issue: _cell_of(case, party, issue, part) for issue, part in entry["issues"].items()},
    )


def _cell_of(case: Case, party: str, issue: str, part: Mapping[str, Any]) -> Cell:
    """Return a cell; the report gives a concession as what is added to the best, so it is negative."""
    low, high = _bounds(part["concession"])
    return Cell(
        party=party,
        issue=case.issue[issue],
        option=part["option"],
        best=part["best"],
        least=max(0.0, -high),
        most=max(0.0, -low),
        utility=_bounds(part["utility"]),
        against=_bounds(part["against_no_agreement"]),
    )


def _bounds(pair: Sequence[float]) -> tuple[float, float]:
    return min(pair), max(pair)


def _subtitle(case: Case, name: str, found: Mapping[str, Any], columns: Sequence[Side]) -> str:
    if not columns:
        return f"‹{name}›: {found.get('finding') or 'it says nothing on the issues of this analysis.'}"
    unit = "judged" if case.scale is None else "as in the file"
    return (
        f"‹{name}›. A box is as wide as the issue, at its best, is worth to the party ({unit}); what the package "
        "leaves of it is white. Utilities of different parties have no common unit: compare within a column only."
    )


def _samples(columns: Sequence[Side]) -> Iterator[tuple[Draw, float, str]]:
    cells = [cell for side in columns for cell in side.cells.values()]
    if not cells:
        return
    yield lambda x, y: [box(x - 9, y - 5, x + 9, y + 5, fill=PAPER, stroke=INK)], 18, "as at its best"
    yield lambda x, y: [box(x - 9, y - 5, x + 9, y + 5, fill=DARK, stroke=INK)], 18, "below its best"
    if any(cell.is_open for cell in cells):
        yield _hatched_sample, 18, "may be below: issue left open, or value unknown"
    if any(cell.width <= SAME for cell in cells):
        yield lambda x, y: [rule(x - 4, y, x + 4, y, color=MID, width=1.2)], 8, "worth nothing to the party at its best"


def _hatched_sample(x: float, y: float) -> Iterator[Mark]:
    yield from hatch(x - 9, y - 5, x + 9, y + 5)
    yield box(x - 9, y - 5, x + 9, y + 5, fill=NOTHING, stroke=INK)


def _body(
    case: Case, issues: Sequence[Issue], columns: Sequence[Side], step: float, y: float, *, named: bool
) -> tuple[tuple[Mark, ...], float]:
    """Return the issues under the headings of their clusters, and where they end."""
    marks: list[Mark] = []
    widest = max((cell.width for side in columns for cell in side.cells.values()), default=0.0)
    cluster: str | None = None
    top = y
    grouped = any(issue.cluster for issue in issues)
    for issue in issues:
        if grouped and issue.cluster != cluster:
            cluster = issue.cluster
            marks.append(box(MARGIN, y, WIDTH - MARGIN, y + LINE + 1, fill=FAINT))
            marks.append(write(MARGIN + 3, y + LINE / 2 + 1, cluster or "Other issues", bold=True))
            y += LINE + 1
        label = wrapped(issue_label(issue), LABELS - 14, most=1 if len(issues) > MANY else 2)
        height = max(BAR + 6, len(label) * TIGHT + 3)
        start = y + height / 2 - (len(label) - 1) * TIGHT / 2
        marks += [write(MARGIN + 3, start + number * TIGHT, line) for number, line in enumerate(label)]
        for number, side in enumerate(columns):
            left = LABELS + number * step
            cell = side.cells.get(issue.id)
            if cell is not None:
                marks += _box(cell, left + 4, y + height / 2, (step - 12) / widest if widest > 0 else 0.0)
                item = f"{issue.id}/{side.party}"
                marks.append(box(left, y, left + step, y + height, label=_hover(case, cell, named=named), item=item))
        y += height
        marks.append(rule(MARGIN, y, WIDTH - MARGIN, y, color=LIGHT, width=0.5))
    marks += backdrop(
        rule(LABELS + number * step, top, LABELS + number * step, y, color=LIGHT, width=0.5)
        for number in range(len(columns))
    )
    return tuple(marks), y


def _box(cell: Cell, left: float, y: float, scale: float) -> Iterator[Mark]:
    """Yield a party's box: from the left what is missing for certain, what may be missing, and what is left."""
    if cell.width <= SAME:
        yield rule(left, y, left + 8, y, color=MID, width=1.2)
        return
    top, bottom = y - BAR / 2, y + BAR / 2
    least, most = left + cell.least * scale, left + cell.most * scale
    yield box(left, top, left + cell.width * scale, bottom, fill=PAPER, stroke=INK)
    if cell.least > SAME:
        yield box(left, top, least, bottom, fill=DARK, stroke=INK)
    if cell.is_open:
        yield from hatch(least, top, most, bottom)
        yield rule(most, top, most, bottom, width=1)


def _margins(case: Case, columns: Sequence[Side], step: float, y: float) -> tuple[tuple[Mark, ...], float]:
    """Return the last row: what the whole package is worth to each party over no agreement, around a zero line."""
    marks = [
        *backdrop([box(MARGIN, y, WIDTH - MARGIN, y + LINE + 1, fill=FAINT)]),
        write(MARGIN + 3, y + LINE / 2 + 1, "The whole package", bold=True),
    ]
    y += LINE + 1
    labels = [wrapped(signed(*side.margin), step - 6) for side in columns]
    upper = max(len(lines) for lines in labels) * TIGHT
    for number, line in enumerate(("worth over no agreement", "(right of the line: more)")):
        marks.append(write(MARGIN + 3, y + upper + 1 + number * TIGHT, line))
    most = max(max(abs(bound) for bound in side.margin) for side in columns)
    middle, end = y + upper + 14.5, y + upper + 27.5
    for number, (side, lines) in enumerate(zip(columns, labels, strict=True)):
        left = LABELS + number * step
        zero, scale = left + step / 2, (step / 2 - 10) / most if most > SAME else 0.0
        marks.append(rule(zero, middle - 8, zero, middle + 9, width=1.4))
        marks += backdrop([rule(left + 6, middle, left + step - 6, middle, color=LIGHT, width=0.7)])
        low, high = (zero + bound * scale for bound in side.margin)
        if high - low > 1:
            marks.append(rule(low, middle, high, middle, width=2.4))
        marks += [rule(place, middle - 4, place, middle + 4, width=1.6) for place in (low, high)]
        for at, line in enumerate(reversed(lines)):
            marks.append(write(zero, y + upper - 2.5 - at * TIGHT, line, align="center"))
        marks.append(box(left, y, left + step, end, label=_total(case, side), item=side.party))
    return tuple(marks), end


def signed(low: float, high: float) -> str:
    """Return an interval of differences with their signs.

    Examples
    --------
    >>> signed(-0.0376, 0.179), signed(14.0, 14.0), signed(0.0, 0.0)
    ('−0.038 to +0.18', '+14', '0')
    """
    return _signed(low) if high - low <= SAME else f"{_signed(low)} to {_signed(high)}"


def _signed(value: float) -> str:
    if abs(value) <= SAME:
        return "0"
    return ("+" if value > 0 else "−") + two_digits(abs(value))


def _interval(low: float, high: float) -> str:
    return _plain(low) if high - low <= SAME else f"{_plain(low)} to {_plain(high)}"


def _plain(value: float) -> str:
    return "0" if abs(value) <= SAME else two_digits(value).replace("-", "−")


def _holds(cell: Cell, *, named: bool) -> str:
    if cell.option is None:
        return "left open"
    return text_of(cell.issue.option(cell.option).text) if named else "set"


def _hover(case: Case, cell: Cell, *, named: bool) -> str:
    return (
        f"{party_name(case, cell.party)} on {text_of(cell.issue.title)}: {_holds(cell, named=named)}\n"
        f"Worth {_interval(*cell.utility)}, at its best {_plain(cell.best)}: "
        f"{_interval(cell.least, cell.most)} below its best"
    )


def _total(case: Case, side: Side) -> str:
    return (
        f"{party_name(case, side.party)}: the package is worth {_interval(*side.total)}, no agreement "
        f"{_plain(side.no_agreement)}; {signed(*side.margin)} over no agreement"
    )


def _table(case: Case, issues: Sequence[Issue], columns: Sequence[Side], *, named: bool) -> Table:
    rows = []
    for issue in issues:
        for side in columns:
            cell = side.cells.get(issue.id)
            if cell is not None:
                rows.append(
                    (
                        text_of(issue.title),
                        party_name(case, side.party),
                        _holds(cell, named=named),
                        _interval(*cell.utility),
                        _plain(cell.best),
                        _interval(cell.least, cell.most),
                        signed(*cell.against),
                    )
                )
    for side in columns:
        party = party_name(case, side.party)
        rows.append(("the whole package", party, "", _interval(*side.total), "", "", signed(*side.margin)))
    header = ("issue", "party", "the package", "worth", "at its best", "below its best", "over no agreement")
    return Table(header, tuple(rows))


def _alt(case: Case, name: str, columns: Sequence[Side]) -> str:
    if not columns:
        return f"{name}: nothing to draw."
    each = "; ".join(f"{party_name(case, side.party)} {signed(*side.margin)}" for side in columns)
    return (
        f"{name}: worth over no agreement: {each}. How far it is below each party's best on each issue is in the table."
    )

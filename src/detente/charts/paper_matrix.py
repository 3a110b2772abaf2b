"""Paper against paper: what each party's latest public word says of every option of every issue.

It shows no weights and no order of options: the glyphs of a cell stand in the order of the case file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from detente.case.case import Case
from detente.case.issue import Issue
from detente.case.ledger.assent import members_on
from detente.case.ledger.ledger import Ledger
from detente.case.ledger.movement import Movement
from detente.case.ledger.stances import Held, held_stances
from detente.case.position import Stance
from detente.charts.chart import Chart, Table
from detente.charts.columns import code_lines, column_heads, party_headings
from detente.charts.order import by_cluster, issue_label, party_name, source_line, turned
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    box,
    foot,
    head,
    head_height,
    legend,
    paragraph,
    rule,
    sheet,
    write,
)
from detente.charts.stance import INFERRED_KEY, KEY, held_words, stance_glyph
from detente.charts.theme import DARK, DASH, FAINT, LIGHT, LINE, MID, WIDTH, day, text_width, wrapped
from detente.charts.timeline import GRADE_WORDS
from detente.core.fields import text_of

LABELS = 204
GLYPH, PITCH = 9, 11
TIGHT = 12.5  # between the two lines of a label
TURN = 1
MOST_NUMBERS = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party holds on one issue; `note` are the printed numbers of its statements, empty without any."""

    party: str
    issue: Issue
    held: Mapping[str, Held]
    moved: Mapping[str, Movement]
    note: str
    awaited: bool

    @property
    def gap(self) -> bool:
        """Whether the party's consent is needed and nothing is on record."""
        return self.awaited and not self.held


@dataclass(frozen=True, slots=True)
class Line:
    """One issue across all parties."""

    issue: Issue
    label: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns are; with narrow columns a cell's number stands below its glyphs, else beside them."""

    columns: int
    options: int

    @property
    def step(self) -> float:
        """Width of a column."""
        return (WIDTH - MARGIN - LABELS) / max(1, self.columns)

    @property
    def pitch(self) -> float:
        """From one glyph of a cell to the next."""
        return min(PITCH, (self.step - 8) / max(1, self.options))

    @property
    def number_below(self) -> bool:
        """Whether a cell's number stands below its glyphs."""
        return self.options * self.pitch + 6 + text_width("88, 88") > self.step

    def height(self, line: Line) -> float:
        """Return the room that a line takes."""
        return 1.0 + max(2 * TIGHT if self.number_below else LINE + 2, len(line.label) * TIGHT)


def matrix_parties(case: Case, consent: str | None = None) -> tuple[str, ...]:
    """Return the parties of the consent lists that have positions, in the order of the case.

    A party that another one stands for is shown as the one whose text it is. Of a list that goes issue by
    issue, whoever must consent to some issue counts.
    """
    lists = [entry for entry in case.consent_lists if consent is None or entry.id == consent]
    asked = {member for entry in lists for issue in case.issues for member in members_on(case, entry, issue.id)}
    speakers = {case.stand_in(member) for member in asked if member in case.party}
    having = {position.party for position in case.positions}
    return tuple(party.id for party in case.parties if party.id in speakers & having)


def paper_matrix(
    case: Case,
    ledger: Ledger,
    parties: Sequence[str],
    *,
    lead: str | None = None,
    numbers: Mapping[str, int] | None = None,
) -> Chart:
    """Return what each party's latest word says of each option, issue by issue.

    Parameters
    ----------
    case : Case
        The case as of its cut-off day.
    ledger : Ledger
        Its ledger; what moved is taken from it.
    parties : sequence of str
        The columns; `matrix_parties` gives those of the consent lists that have positions.
    lead : str, optional
        The party whose column is first; the others follow, turned round.
    numbers : mapping, optional
        Statement → the number under which the page around the chart prints it; without it no number is printed.

    Notes
    -----
    The statements behind a cell are its hover text and a row of the table.
    """
    columns = turned(parties, lead, TURN)
    lines = _lines(case, ledger, columns, numbers or {})
    coded = sum(bool(cell.held) for line in lines for cell in line.cells)
    title = f"Paper against paper: the latest public word of {len(columns)} parties on {len(lines)} issues"
    subtitle = (
        "Marks follow the order of the variants as listed in the table below. "
        f"{coded} of {len(lines) * len(columns)} cells hold a position"
        f"{'; numbers lead to the statements' if numbers else ''}. Nothing on record is unknown, not consent."
    )
    if not columns:
        subtitle = "No party of this chart has a position on record."
    top = head_height(title, subtitle)
    grid = Grid(len(columns), max((len(issue.options) for issue in case.issues), default=0))
    key, y = _key(lines, code_lines(case, columns, grid.step), top)
    heads, y = column_heads(party_headings(case, columns, grid.step), LABELS, grid.step, y)
    body, y = _body(case, lines, grid, y)
    source = source_line(case)
    feet, height = foot(y + 6, source)
    return Chart(
        name="paper-matrix",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(case, lines, columns),
        spec=sheet((*head(title, subtitle), *key, *heads, *body, *feet), height),
        table=Table(
            (
                *(("note",) if numbers else ()),
                *("issue", "party", "holds", "nothing on record on", "changed", "statements"),
            ),
            tuple(_row(case, cell)[0 if numbers else 1 :] for line in lines for cell in line.cells),
        ),
    )


def _lines(case: Case, ledger: Ledger, columns: Sequence[str], numbers: Mapping[str, int]) -> tuple[Line, ...]:
    moved: dict[tuple[str, str], dict[str, Movement]] = {}
    for movement in ledger.movements:
        moved.setdefault((movement.party, movement.issue), {})[movement.option] = movement
    lines = []
    for issue in by_cluster(case.issues):
        cells = []
        for party in columns:
            held = held_stances(case, party, issue.id)
            note = _note(held, numbers)
            changes = moved.get((case.stand_in(party), issue.id), {})
            awaited = any(case.stand_in(member) == party for member in issue.consent.needed() if member in case.party)
            cells.append(Cell(party, issue, held, changes, note, awaited))
        lines.append(Line(issue, wrapped(issue_label(issue), LABELS - 12, most=2), tuple(cells)))
    return tuple(lines)


def _note(held: Mapping[str, Held], numbers: Mapping[str, int]) -> str:
    """Return the numbers of the statements behind a cell, as many as its column has room for."""
    found = sorted({numbers[entry.statement] for entry in held.values() if entry.statement in numbers})
    return ", ".join(map(str, found[:MOST_NUMBERS])) + ("…" if len(found) > MOST_NUMBERS else "")


def _key(lines: Sequence[Line], codes: Sequence[str], y: float) -> tuple[tuple[Mark, ...], float]:
    """Return the key to the glyphs that occur, and to the columns that carry codes, and where it ends."""
    cells = [cell for line in lines for cell in line.cells]
    stances = {held.stance for cell in cells for held in cell.held.values()}
    glyphs, y = legend(_samples(cells), y)
    notes: tuple[str, ...] = ()
    if Stance.WOULD_ACCEPT not in stances:
        notes = ("No party of this chart is on record as ready to accept an option that it does not itself demand.",)
    notes = (*notes, *codes)
    return (*glyphs, *paragraph(MARGIN, y + LINE / 2, notes, color=DARK)), y + len(notes) * LINE + 4


def _samples(cells: Sequence[Cell]) -> Iterator[tuple[Draw, float, str]]:
    for stance, words in KEY:
        yield partial(_sample, stance), GLYPH, words
    yield _inferred_sample, 4 * PITCH, "pale: inferred, not stated"
    if any(cell.moved for cell in cells):
        yield _moved_sample, GLYPH, "changed since earlier"
    if any(cell.gap for cell in cells):
        yield _gap_sample, 26, "consent needed, no word"


def _sample(stance: Stance | None, x: float, y: float) -> Iterator[Mark]:
    return stance_glyph(x, y, stance, size=GLYPH)


def _inferred_sample(x: float, y: float) -> Iterator[Mark]:
    for number, stance in enumerate(INFERRED_KEY):
        yield from stance_glyph(x + (number - 1.5) * PITCH, y, stance, stated=False, size=GLYPH)


def _moved_sample(x: float, y: float) -> Iterator[Mark]:
    yield from _sample(Stance.DEMANDS, x, y - 1)
    yield _moved_mark(x, y - 1)


def _gap_sample(x: float, y: float) -> Iterator[Mark]:
    yield _frame(x - 13, y - 6, x + 13, y + 6)
    for number in (-1, 0, 1):
        yield from _sample(None, x + number * 7, y)


def _moved_mark(x: float, y: float, size: float = GLYPH) -> Mark:
    return rule(x - size / 2, y + size / 2 + 1.8, x + size / 2, y + size / 2 + 1.8, width=1.3)


def _frame(x: float, y: float, x2: float, y2: float) -> Mark:
    return box(x, y, x2, y2, stroke=DARK, width=0.9, dash=DASH)


def _body(case: Case, lines: Sequence[Line], grid: Grid, y: float) -> tuple[tuple[Mark, ...], float]:
    """Return the lines of the matrix under the headings of their clusters, and where they end."""
    marks: list[Mark] = []
    top = y
    cluster: str | None = None
    for line in lines:
        if line.issue.cluster != cluster:
            cluster = line.issue.cluster
            marks.append(box(MARGIN, y, WIDTH - MARGIN, y + LINE + 1, fill=FAINT))
            marks.append(write(MARGIN + 3, y + LINE / 2 + 1, cluster or "Other issues", bold=True))
            y += LINE + 1
        height = grid.height(line)
        start = y + height / 2 - (len(line.label) - 1) * TIGHT / 2
        for number, words in enumerate(line.label):
            marks.append(write(MARGIN + 3, start + number * TIGHT, words))
        for number, cell in enumerate(line.cells):
            x = LABELS + number * grid.step
            marks += _cell(cell, grid, x + 6, y, height)
            edge = x - 3 + grid.step
            marks.append(
                box(x - 3, y, edge, y + height, label=_hover(case, cell), item=f"{cell.issue.id}/{cell.party}")
            )
        y += height
        marks.append(rule(MARGIN, y, WIDTH - MARGIN, y, color=LIGHT, width=0.5))
    for number in range(grid.columns):
        x = LABELS + number * grid.step - 3
        marks.append(rule(x, top, x, y, color=LIGHT, width=0.5))
    return tuple(marks), y


def _cell(cell: Cell, grid: Grid, x: float, y: float, height: float) -> Iterator[Mark]:
    size = min(GLYPH, grid.pitch - 1.2)
    middle = y + (7 if grid.number_below and cell.note else height / 2)
    for number, option in enumerate(cell.issue.options):
        held = cell.held.get(option.id)
        place = x + number * grid.pitch
        yield from stance_glyph(
            place, middle, held.stance if held else None, stated=held is None or held.is_stated, size=size
        )
        if option.id in cell.moved:
            yield _moved_mark(place, middle, size)
    end = x + (len(cell.issue.options) - 1) * grid.pitch
    if cell.gap:
        yield _frame(x - 5, middle - 6, end + 5, middle + 6)
    if cell.note and grid.number_below:
        yield write(x - 4, y + 19.6, cell.note, color=MID)
    elif cell.note:
        yield write(end + 8, middle, cell.note, color=MID)


def _hover(case: Case, cell: Cell) -> str:
    head_line = f"{party_name(case, cell.party)} on {text_of(cell.issue.title)}"
    if not cell.held:
        needed = "\nIts consent is needed here" if cell.awaited else ""
        return f"{head_line}\nNothing on record: unknown, not consent{needed}"
    stances = "".join(
        f"\n· {text_of(option.text)}: "
        + (held_words(cell.held[option.id]) if option.id in cell.held else "nothing on record")
        for option in cell.issue.options
    )
    return f"{head_line}{stances}" + "".join(f"\n{words}" for words in _statements(case, cell))


def _statements(case: Case, cell: Cell) -> tuple[str, ...]:
    """Return the statements behind a cell: day, source grade, how far it can be proved, and what it says."""
    found = []
    for id_ in dict.fromkeys(held.statement for held in cell.held.values()):
        statement = case.statement[id_]
        found.append(
            f"{day(statement.public_since)} ({GRADE_WORDS[statement.grade]}; cited by {statement.level.value}): "
            f"{text_of(statement.says)} [{id_}]"
        )
    return tuple(found)


def _row(case: Case, cell: Cell) -> tuple[str, ...]:
    holds = [
        f"{held_words(cell.held[option.id])}: {text_of(option.text)} ({option.id})"
        for option in cell.issue.options
        if option.id in cell.held
    ]
    open_ = [option.id for option in cell.issue.options if option.id not in cell.held]
    changed = [f"{option} {movement.direction.value}" for option, movement in cell.moved.items()]
    return (
        cell.note,
        f"{text_of(cell.issue.short)} · {text_of(cell.issue.title)}" if cell.issue.short else text_of(cell.issue.title),
        party_name(case, cell.party),
        "; ".join(holds) or ("consent needed, nothing on record" if cell.gap else "nothing on record"),
        ", ".join(open_),
        ", ".join(changed),
        " ".join(_statements(case, cell)),
    )


def _alt(case: Case, lines: Sequence[Line], columns: Sequence[str]) -> str:
    counts = "; ".join(
        f"{party_name(case, party)} {sum(bool(line.cells[number].held) for line in lines)}"
        for number, party in enumerate(columns)
    )
    return (
        f"Matrix of {len(lines)} issues by {len(columns)} parties. Issues on which a position is on record: {counts}. "
        "Every cell and its statements are in the table."
    )

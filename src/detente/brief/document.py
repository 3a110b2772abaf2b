"""The parts of a brief as frozen data: every form (HTML, Markdown, JSON) prints the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.wording.sentence import Part, Run, Runs, Sentence, flat


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences in a row; `style` is plain, lead, key or small."""

    sentences: tuple[Sentence, ...]
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences as a list, numbered or not."""

    sentences: tuple[Sentence, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a `heading` row groups those below it and has one cell."""

    cells: tuple[Runs, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `widths` are shares of the line in percent."""

    caption: Runs
    header: tuple[Runs, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...] = ()
    note: Runs = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the same facts as a table; `svg` is empty where nothing can draw it.

    `exact` are the rows before counts were rounded, where any was; only the JSON form holds them.
    """

    name: str
    title: str
    alt: str
    source: str
    svg: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    exact: tuple[tuple[str, ...], ...] = ()


Block = Paragraph | Points | Grid | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of the main part, or a lettered annex."""

    key: str
    mark: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A statement that the brief rests on, under its printed number."""

    number: int
    statement: str
    says: str
    when: str
    where: str
    how_known: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is needed to print the same brief again."""

    case: str
    case_version: str
    case_hash: str
    version: str
    seed: int
    draws: int
    cut_off: str
    consent: str | None
    stance: str | None
    lens: str | None
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole brief."""

    title: str
    facts: Facts
    header: tuple[tuple[str, Runs], ...]
    legend: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...]
    notes: tuple[Note, ...]

    def section(self, key: str) -> Section:
        """Return a section or annex by its key."""
        return next(section for section in (*self.sections, *self.annexes) if section.key == key)


def cell(*parts: Part) -> Runs:
    """Return the runs of one table cell."""
    return tuple(flat(parts))


def grid(
    caption: Part,
    header: Iterable[Part],
    rows: Iterable[Row | Iterable[Part]],
    *,
    widths: tuple[int, ...] = (),
    note: Part = (),
) -> Grid:
    """Return a table from nested parts."""
    return Grid(
        caption=cell(caption),
        header=tuple(cell(part) for part in header),
        rows=tuple(row if isinstance(row, Row) else Row(tuple(cell(part) for part in row)) for row in rows),
        widths=widths,
        note=cell(note),
    )


def heading(*parts: Part) -> Row:
    """Return a row that groups those below it."""
    return Row((cell(*parts),), heading=True)


def sentences_of(section: Section) -> Iterator[Sentence]:
    """Yield the sentences of a section's prose, in order."""
    for block in section.blocks:
        if isinstance(block, (Paragraph, Points)):
            yield from block.sentences


def runs_of(section: Section) -> Iterator[Run]:
    """Yield every run of a section: prose, definitions and tables."""
    for block in section.blocks:
        if isinstance(block, (Paragraph, Points)):
            for one in block.sentences:
                yield from one.runs
                yield from one.meaning
        elif isinstance(block, Grid):
            yield from block.caption
            for head in block.header:
                yield from head
            for row in block.rows:
                for runs in row.cells:
                    yield from runs
            yield from block.note

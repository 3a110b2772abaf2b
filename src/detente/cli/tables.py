"""Tables as lines of text, 100 columns wide, or as wide as a narrower terminal."""

from __future__ import annotations

import io
import itertools
import shutil
import sys
from collections.abc import Iterator, Sequence

WIDTH = 100
GAP = 2  # between two columns

Row = Sequence[str]


def table_width() -> int:
    """Return how wide a table may be: 100 columns where the output is piped; a terminal may be narrower."""
    return min(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH


def table_lines(heads: Row, rows: Sequence[Row], *, label: int, indent: int, unbroken: bool = False) -> Iterator[str]:
    """Yield a table line by line; where its columns do not fit side by side, as several tables under each other.

    Parameters
    ----------
    heads : sequence of str
        Words over the columns.
    rows : sequence of sequences of str
        A cell may hold line ends. The first of a row is its label.
    label : int
        Width of the column of labels at most.
    indent : int
        How far whoever prints the lines will indent them.
    unbroken : bool
        Keep the lines of a cell whole; else only words are.
    """
    width = table_width() - indent
    first = min(label, _longest([line for row in (heads, *rows) for line in row[0].splitlines()]))
    room = width - first - GAP
    columns = [[row[place] for row in (heads, *rows)] for place in range(1, len(heads))]
    whole = [_longest([line for cell in column for line in cell.splitlines()]) for column in columns]
    needed = whole if unbroken else [_longest([word for cell in column for word in cell.split()]) for column in columns]
    for number, group in enumerate(_groups(needed, room)):
        if number:
            yield ""
        sizes = _sizes([needed[k] for k in group], [whole[k] for k in group], room - GAP * (len(group) - 1))
        chosen = [[row[0], *(row[1 + k] for k in group)] for row in (heads, *rows)]
        yield from _drawn(chosen, [first, *sizes], width)


def _groups(needed: Sequence[int], room: int) -> list[range]:
    """Return the columns of each table: as few tables as can hold what is needed, as even as can be."""
    number = len(needed)
    for tables in range(1, number + 1):
        cuts = [number * k // tables for k in range(tables + 1)]
        groups = [range(a, b) for a, b in itertools.pairwise(cuts)]
        if all(sum(needed[k] + GAP for k in group) - GAP <= room for group in groups):
            return groups
    return [range(k, k + 1) for k in range(number)]


def _sizes(needed: Sequence[int], whole: Sequence[int], room: int) -> list[int]:
    """Return widths: what is needed, then, one by one, what the column still lacks that lacks most."""
    sizes = [max(1, min(need, room)) for need in needed]
    while sum(sizes) < room and any(have < want for have, want in zip(sizes, whole, strict=True)):
        sizes[max(range(len(sizes)), key=lambda k: whole[k] - sizes[k])] += 1
    return sizes


def _drawn(rows: Sequence[Row], sizes: Sequence[int], width: int) -> Iterator[str]:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, GAP - 1, 0, 0), show_edge=False, pad_edge=False)
    for head, size in zip(rows[0], sizes, strict=True):
        table.add_column(Text(head), width=size, overflow="fold")
    for row in rows[1:]:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(
        file=io.StringIO(),
        width=width,
        color_system=None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(table)
    yield from (line.rstrip() for line in captured.get().splitlines())


def _longest(words: Sequence[str]) -> int:
    return max(map(len, words), default=1)

"""Columns of parties: their names as headings, or their codes where names do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.case import Case
from detente.charts.order import party_name
from detente.charts.sheet import MARGIN, Mark, write
from detente.charts.theme import LINE, TEXT, WIDTH, text_width, wrapped

BOLD = TEXT * 1.08  # bold letters are that much wider


def needs_codes(case: Case, parties: Sequence[str], step: float) -> bool:
    """Return whether some party's name does not fit above a column, so that all columns carry codes."""
    return not all(_fits(party_name(case, party), step) for party in parties)


def party_headings(case: Case, parties: Sequence[str], step: float) -> tuple[str, ...]:
    """Return what stands above each party's column of this width."""
    codes = needs_codes(case, parties, step)
    return tuple(_code(party) if codes else party_name(case, party) for party in parties)


def code_lines(case: Case, parties: Sequence[str], step: float) -> tuple[str, ...]:
    """Return the key to the codes, in lines; empty where the columns carry names."""
    if not needs_codes(case, parties, step):
        return ()
    names = [_unbroken(f"{_code(party)} = {party_name(case, party)}") for party in parties]
    return wrapped("; ".join(names), WIDTH - 2 * MARGIN)


def column_heads(names: Sequence[str], left: float, step: float, y: float) -> tuple[tuple[Mark, ...], float]:
    """Return headings above columns from `left` on, and where they end."""
    broken = [wrapped(name, step - 4, size=BOLD, most=2) for name in names]
    height = max((len(lines) for lines in broken), default=1) * LINE
    marks: list[Mark] = []
    for number, lines in enumerate(broken):
        start = y + height - (len(lines) - 1) * LINE - LINE / 2
        x = left + number * step + 2
        marks += [write(x, start + k * LINE, line, bold=True) for k, line in enumerate(lines)]
    return tuple(marks), y + height + 2


def _fits(name: str, step: float) -> bool:
    wide = step - 4
    return len(wrapped(name, wide, size=BOLD)) <= 2 and all(text_width(w, BOLD) <= wide for w in name.split())


def _code(party: str) -> str:
    return party.replace("_", " ")


def _unbroken(words: str) -> str:
    return words.replace(" ", "\u00a0") if text_width(words) <= WIDTH - 2 * MARGIN else words

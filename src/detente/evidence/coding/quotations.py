"""Which stretches of a text are quoted: between any quotation marks, nested, unclosed, over sentences and paragraphs.

An apostrophe is no quotation mark: a single mark opens only where no letter stands before it and closes only where no
letter follows, and a single mark that never closes opens nothing. A double mark that is not closed runs to the end of
its paragraph; a paragraph that begins with an opening mark continues the quotation of the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", '"': '"', "‘": "’", "'": "'", "‚": "‘’", "»": "«"}
_SINGLE = frozenset("‘'‚‹")
_MARK = re.compile("[“”„«»‹›「」\"‘’'‚]")
_LINE = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters [start, end) stand inside quotation marks, which they leave out; `depth` is 1 for the outermost.

    `closed` is False where the closing mark is missing; `words` counts words: one or two are a term, not speech.
    """

    start: int
    end: int
    depth: int = 1
    closed: bool = True
    words: int = 0

    def holds(self, start: int, end: int) -> bool:
        """Return whether more than half of characters [start, end) are quoted."""
        overlap = min(end, self.end) - max(start, self.start)
        return 2 * overlap > end - start


def quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quoted stretches of a text by where they begin, outer ones before inner ones.

    Examples
    --------
    >>> said = "She said: “We don't call it ‘peace’.” Nobody's men moved."
    >>> [said[one.start : one.end] for one in quotations(said)]
    ["We don't call it ‘peace’.", 'peace']
    """
    found: list[Quotation] = []
    opened: list[tuple[str, int]] = []
    for mark in _MARK.finditer(text):
        at, sign = mark.start(), mark[0]
        _close_at_line_end(text, opened, at, found)
        if opened and sign in _PAIRS[opened[-1][0]] and _closes(text, at, sign):
            _, start = opened.pop()
            found.append(_quotation(text, start, at, len(opened) + 1, closed=True))
        elif len(opened) > 1 and sign in _PAIRS[opened[-2][0]] and _closes(text, at, sign):
            opened.pop()  # the inner mark was never closed: it was an apostrophe
            _, start = opened.pop()
            found.append(_quotation(text, start, at, len(opened) + 1, closed=True))
        elif sign in _PAIRS and _opens(text, at, sign):
            opened.append((sign, at + 1))
    _close_at_line_end(text, opened, len(text), found, last=True)
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def _opens(text: str, at: int, sign: str) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if sign in _SINGLE and before.isalnum():
        return False
    if sign == "'" and after.isdigit():
        return False  # '68
    if sign == '"' and before.isalnum() and not after.isalnum():
        return False  # a closing mark whose opening was lost
    return bool(after) and (not after.isspace() or sign in "«‹")


def _closes(text: str, at: int, sign: str) -> bool:
    after = text[at + 1 : at + 2]
    before = text[at - 1 : at] if at else ""
    if sign in "’'‘" and after.isalnum():
        return False
    return not (before.isspace() and sign in "'\"" and after.isalnum())


def _close_at_line_end(
    text: str, opened: list[tuple[str, int]], at: int, found: list[Quotation], *, last: bool = False
) -> None:
    """End quotations whose paragraph ended without a closing mark; single marks that never close opened nothing."""
    while opened:
        sign, start = opened[0]
        line = _LINE.search(text, start, at)
        while (
            line is not None and not text[line.end() : line.end() + 1].isspace() and text[line.end() : line.end() + 1]
        ):
            line = _LINE.search(text, line.end(), at)  # a line break within a paragraph
        if line is None and not last:
            return
        end = at if line is None else line.start()
        del opened[:]
        if sign not in _SINGLE and end > start:
            found.append(_quotation(text, start, end, 1, closed=False))


def _quotation(text: str, start: int, end: int, depth: int, *, closed: bool) -> Quotation:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start, end, depth, closed, len(text[start:end].split()))

"""Plain text: the very file, its physical lines as paragraphs, and which of them are the text proper.

What a text says of itself stands around its first running line: a title above it, names and labels between. A list of
other stories, once begun, goes on to the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.evidence.happened import HowKnown
from detente.evidence.reading.decoding import decoded
from detente.evidence.reading.document import Paragraph, Role, Said
from detente.evidence.reading.furniture import (
    begins_furniture,
    is_disclaimer,
    is_label,
    is_name,
    is_prose,
    role_of,
    words_in,
)
from detente.evidence.reading.pieces import Dated, Extract, lines_in
from detente.evidence.reading.written_dates import date_in

LONGEST_TITLE = 30  # words
_HEAD = 40  # lines in which a title is looked for
_TAIL = 6  # lines that a signature has at most
_PREFIX = re.compile(r"\s*date\s+(\d{4}-\d{2}-\d{2})\s", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\s*(?:published(?: (?:date|on|at|online))?|publication date|posted(?: on)?|опубликовано|дата публикации|"
    r"publié le|veröffentlicht(?: am)?|publicado(?: el)?|تاريخ النشر|发布时间)\b\W{0,3}",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(r"\s*(?:date|дата|fecha|日期)\W{0,3}(?=\d|[A-ZА-Я])", re.IGNORECASE)
_AUTHOR_LABEL = re.compile(
    r"\s*(?:(?:[Aa]uthors?|AUTHORS?|[Ww]ritten by|[Аа]втор|[Aa]uteur|[Aa]utor|الكاتب|作者)\s*[:：]?\s*|(?:By|by|BY)\s+)"
    r"(?P<name>[^\Wa-zа-яё].*)"
)
_VIEWS_OF = re.compile(
    r"\b(?:views?|opinions?) expressed by (?P<name>(?:(?:[A-Z][\w'’-]*\.?|de|van|von|al|bin)\s+){1,6}?"
    r"[A-Z][\w'’-]*)\s+(?:are|is|in)\b"
)
_KEYWORDS = re.compile(r"key ?words?\s*:?", re.IGNORECASE)
_ADDRESS = re.compile(r"corresponding author\s*:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The roles of lines, and what they say of the document; `title_at` is the number of the line, from 0."""

    roles: tuple[Role, ...]
    title_at: int | None = None
    title: Said | None = None
    author: Said | None = None
    published: Dated | None = None


def read_plain(raw: bytes) -> Extract:
    """Return the text of a plain file, byte for byte where it is UTF-8."""
    found = decoded(raw)
    return plain_extract(found.text, found.note())


def plain_extract(text: str, encoding: str | None = None) -> Extract:
    """Return a text with its paragraphs and what it says of itself."""
    places = list(lines_in(text))
    apart = [k + 1 == len(places) or text.count("\n", end, places[k + 1][0]) > 1 for k, (_, end) in enumerate(places)]
    sort = sort_lines([text[start:end].strip() for start, end in places], apart)
    paragraphs = tuple(
        Paragraph(number, start, end, role)
        for number, ((start, end), role) in enumerate(zip(places, sort.roles, strict=True), start=1)
    )
    published = sort.published
    if (prefix := _PREFIX.match(text)) is not None and date_in(prefix[1]) is not None:
        published = Dated(prefix[1], 'prefix "date" of the text')
    return Extract(text, paragraphs, sort.title, sort.author, None, published, encoding)


def sort_lines(lines: Sequence[str], apart: Sequence[bool]) -> Sorted:
    """Return which role each line has.

    Parameters
    ----------
    lines : sequence of str
        Lines without white space around them, none of them empty.
    apart : sequence of bool
        Whether an empty line, or the end of the text, follows.
    """
    roles: list[Role | None] = [role_of(line) for line in lines]
    running = [k for k, line in enumerate(lines) if is_prose(line) and roles[k] is None]
    first = running[0] if running else len(lines)
    if len(running) > 1 and first < _HEAD and apart[first] and _may_be_title(lines[first]):
        first = running[1]
    end = _end_of_article(lines, first)
    for k in range(end, len(lines)):
        if roles[k] is not Role.METADATA or begins_furniture(lines[end]):
            roles[k] = Role.BOILERPLATE
    title_at = _title(lines, roles, min(first, _HEAD)) if first < len(lines) else None
    author = _labelled_author(lines, roles, end)
    if title_at is not None:
        author = _sort_head(lines, roles, title_at, first) or author
    _sort_runs(lines, roles, end)
    author = author or _sort_tail(lines, roles, first, end)
    return Sorted(
        roles=tuple(Role.BODY if role is None else role for role in roles),
        title_at=title_at,
        title=None if title_at is None else Said(lines[title_at], "line above the text"),
        author=author,
        published=_published(lines, roles, first, end),
    )


def _end_of_article(lines: Sequence[str], first: int) -> int:
    """Return where a list of other stories begins, behind at least a third of the characters of running text."""
    total = sum(len(line) for line in lines if is_prose(line))
    before = 0
    for k, line in enumerate(lines):
        if k > first and begins_furniture(line) and 3 * before >= total:
            return k
        before += len(line) if is_prose(line) else 0
    return len(lines)


def _may_be_title(line: str) -> bool:
    """Say whether a line that is long enough to be running text may be a headline: it does not end as a clause ends."""
    return words_in(line) <= LONGEST_TITLE and not line.endswith((".", ",", ";", ":", "。", "-", "–"))


def _title(lines: Sequence[str], roles: Sequence[Role | None], first: int) -> int | None:
    """Return the line above the running text with most words; the first of equals; at least three words."""
    best, most = None, 2
    for k in range(first):
        if roles[k] is None and most < words_in(lines[k]) <= LONGEST_TITLE and not is_name(lines[k]):
            best, most = k, words_in(lines[k])
    return best


def _sort_head(lines: Sequence[str], roles: list[Role | None], title_at: int, first: int) -> Said | None:
    """Give roles to the lines around a title, and return the author who is named below it."""
    roles[title_at] = Role.HEADING
    author = None
    labelled = sum(roles[k] is Role.METADATA and is_label(lines[k]) for k in range(first)) >= 2
    whole = _letters(lines[title_at])
    for k in range(first):
        if roles[k] is not None:
            continue
        if k < title_at:
            roles[k] = Role.BOILERPLATE
        elif k == title_at + 1 and is_name(lines[k]):
            roles[k] = Role.METADATA
            author = Said(lines[k].removeprefix("By ").removeprefix("by "), "line below the title")
        elif labelled or _letters(lines[k]) in whole:
            roles[k] = Role.METADATA
    return author


def _sort_runs(lines: Sequence[str], roles: list[Role | None], end: int) -> None:
    """Give the lines below "Keywords" and "Corresponding author" their role, as far as the label reaches."""
    for k in range(end):
        if _KEYWORDS.fullmatch(lines[k]):
            for j in range(k + 1, min(k + 5, end)):
                if lines[j].count(",") < 2 or lines[j].endswith("."):
                    break
                roles[j] = Role.METADATA
        elif _ADDRESS.fullmatch(lines[k]):
            reach = range(k + 1, min(k + 7, end))
            last = next((j for j in reach if "@" in lines[j]), k)
            for j in range(k + 1, last + 1):
                roles[j] = Role.METADATA


def _sort_tail(lines: Sequence[str], roles: list[Role | None], first: int, end: int) -> Said | None:
    """Find a signature in the last lines: a name on a line of its own below the last running line."""
    start = end
    while start > max(first + 1, end - _TAIL) and not (is_prose(lines[start - 1]) and roles[start - 1] is None):
        start -= 1
    said = None
    for k in range(start, end):
        if said is None and roles[k] is None and is_name(lines[k]):
            said = Said(lines[k], "line below the text")
        if said is not None and roles[k] is None:
            roles[k] = Role.METADATA
    return said


def _labelled_author(lines: Sequence[str], roles: Sequence[Role | None], end: int) -> Said | None:
    for k in range(end):
        if roles[k] is not Role.METADATA:
            continue
        if (match := _AUTHOR_LABEL.fullmatch(lines[k])) is not None and len(match["name"]) <= 100:
            return Said(match["name"], "line that names the author")
        if is_disclaimer(lines[k]) and (match := _VIEWS_OF.search(lines[k])) is not None:
            return Said(match["name"], "disclaimer")
    return None


def _published(lines: Sequence[str], roles: Sequence[Role | None], first: int, end: int) -> Dated | None:
    """Return the date of a line "Published …", else "Date …", else of a line of its own above the running text."""
    for label, where in ((_PUBLISHED, 'line "Published"'), (_DATE_LABEL, 'line "Date"')):
        for k in range(end):
            if roles[k] is Role.METADATA and (match := label.match(lines[k])) is not None:
                found = date_in(lines[k][match.end() :], months=True)
                if found is not None:
                    return Dated(found[0], where, HowKnown.STATED)
    for k in range(min(first, end)):
        if roles[k] is Role.METADATA and not is_label(lines[k]) and (found := date_in(lines[k])) is not None:
            return Dated(found[0], "date line above the text", HowKnown.STATED)
    return None


def _letters(line: str) -> str:
    return "".join(one for one in line.casefold() if one.isalnum())

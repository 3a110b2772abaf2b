"""Markdown: the very file as its text; its blocks are paragraphs, list items one by one; code and links stay out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.evidence.happened import HowKnown
from detente.evidence.reading.decoding import decoded
from detente.evidence.reading.document import Paragraph, Role, Said
from detente.evidence.reading.furniture import role_of
from detente.evidence.reading.pieces import Dated, Extract, lines_in, squeezed
from detente.evidence.reading.written_dates import date_in

_FENCE = re.compile(r" {0,3}(```|~~~)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s+|$)(?P<words>.*?)\s*#*\s*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})\s*")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\S")
_LINKS = re.compile(
    r"\s*(?:[-*+]\s+)?(?:!?\[[^\]]*\]\([^)]*\)[\s|·,]*)+|\s*\[[^\]]+\]:\s+\S+.*|\s*<!--.*-->\s*|\s*[|:\-\s]+"
)
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}")
_FIELD = re.compile(
    r"(?P<key>title|authors?|date|published|publisher|outlet|source)\s*:\s*(?P<value>\S.*?)\s*", re.IGNORECASE
)


def read_markdown(raw: bytes) -> Extract:
    """Return the text of a Markdown file, byte for byte where it is UTF-8."""
    found = decoded(raw)
    text = found.text
    blocks = list(_blocks(text))
    paragraphs = tuple(Paragraph(n, start, end, role) for n, (start, end, role) in enumerate(blocks, start=1))
    fields = {
        key: value
        for start, end, role in blocks[:1]
        if role is Role.METADATA
        for key, value in _fields(text[start:end])
    }
    headings = (text[start:end] for start, end, role in blocks if role is Role.HEADING)
    first = next((words for heading in headings if (words := _words(heading))), None)
    title = _said(fields, "title") or (None if first is None else Said(first, "first heading"))
    when = next((day for key in ("published", "date") if (day := date_in(fields.get(key, "")))), None)
    return Extract(
        text,
        paragraphs,
        title,
        _said(fields, "author", "authors"),
        _said(fields, "outlet", "publisher", "source"),
        None if when is None else Dated(when[0], "front matter", HowKnown.METADATA),
        found.note(),
    )


def _blocks(text: str) -> Iterator[tuple[int, int, Role]]:
    """Yield the blocks of a text with their role: runs of lines without an empty line between."""
    lines = list(lines_in(text))
    fence: str | None = None
    open_at: tuple[int, int] | None = None  # the block that goes on
    at = 0
    if lines and text[slice(*lines[0])].rstrip() == "---":
        last = next((k for k in range(1, len(lines)) if text[slice(*lines[k])].rstrip() in {"---", "..."}), None)
        if last is not None:
            yield lines[0][0], lines[last][1], Role.METADATA
            at = last + 1
    for k in range(at, len(lines)):
        start, end = lines[k]
        line = text[start:end]
        mark = _FENCE.match(line)
        if open_at is not None and (mark or fence or text.count("\n", open_at[1], start) > 1):
            yield *open_at, _role(text[slice(*open_at)])
            open_at = None
        if fence is not None or mark is not None:
            if fence is None and mark is not None:
                fence = mark[1]
            elif mark is not None and mark[1] == fence:
                fence = None
            yield start, end, Role.BOILERPLATE
        elif open_at is not None and _UNDERLINE.fullmatch(line):
            yield open_at[0], end, Role.HEADING
            open_at = None
        elif _HEADING.fullmatch(line) or _LINKS.fullmatch(line) or _RULE.fullmatch(line):
            if open_at is not None:
                yield *open_at, _role(text[slice(*open_at)])
                open_at = None
            yield start, end, Role.HEADING if _HEADING.fullmatch(line) else Role.BOILERPLATE
        elif open_at is not None and not _ITEM.match(line):
            open_at = (open_at[0], end)
        else:
            if open_at is not None:
                yield *open_at, _role(text[slice(*open_at)])
            open_at = (start, end)
    if open_at is not None:
        yield *open_at, _role(text[slice(*open_at)])


def _role(block: str) -> Role:
    return role_of(squeezed(block)) or Role.BODY


def _fields(front: str) -> Iterator[tuple[str, str]]:
    """Yield the plain `key: value` lines of front matter; anything else in it is left alone."""
    for line in front.splitlines():
        if (match := _FIELD.fullmatch(line)) is not None and (value := squeezed(match["value"].strip("\"'"))):
            yield match["key"].lower(), value[:300]


def _said(fields: dict[str, str], *keys: str) -> Said | None:
    return next((Said(fields[key], f"front matter {key}") for key in keys if key in fields), None)


def _words(heading: str) -> str:
    line = heading.splitlines()[0]
    match = _HEADING.fullmatch(line)
    return squeezed(line if match is None else match["words"])

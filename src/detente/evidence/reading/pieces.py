"""How a reader hands over what it found: pieces of text with their role, put together into one text with offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.evidence.happened import HowKnown
from detente.evidence.reading.document import Paragraph, Role, Said

_SPACES = re.compile(r"\s+")
# Characters that cannot be seen and say nothing: controls, lone surrogates (no UTF-8 has them), zero-width marks.
# The joiners U+200C and U+200D and the marks of direction stay: Persian, Hindi and Arabic are written with them.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff\ufeff\u200b\u00ad\u2060]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph on its way into a text."""

    text: str
    role: Role = Role.BODY
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """When a document was published: the interval as `Happened` writes it, where it was read, and how it is known."""

    when: str
    where: str
    how: HowKnown = HowKnown.METADATA


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader took out of the bytes of a document."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    title: Said | None = None
    author: Said | None = None
    outlet: Said | None = None
    published: Dated | None = None
    encoding: str | None = None
    pages: int | None = None
    notes: tuple[str, ...] = ()


def squeezed(text: str) -> str:
    r"""Return a text on one line: runs of white space as one space, without characters that nobody sees.

    Examples
    --------
    >>> squeezed(" two \n lines\u200b ")
    'two lines'
    """
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def assembled(pieces: Iterable[Piece]) -> tuple[str, tuple[Paragraph, ...]]:
    """Return the text of pieces, an empty line between two, and its paragraphs; pieces must not be empty.

    Examples
    --------
    >>> text, paragraphs = assembled([Piece("One."), Piece("Two.")])
    >>> [text[one.start : one.end] for one in paragraphs]
    ['One.', 'Two.']
    """
    texts: list[str] = []
    paragraphs: list[Paragraph] = []
    start = 0
    for number, piece in enumerate(pieces, start=1):
        end = start + len(piece.text)
        paragraphs.append(Paragraph(number, start, end, piece.role, piece.page))
        texts.append(piece.text)
        start = end + 2
    return "\n\n".join(texts), tuple(paragraphs)


def lines_in(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield where each physical line begins and ends that holds a character other than white space.

    A line ends at a line feed or at the end of the text; a carriage return at its end and a byte order mark at the
    beginning of the text belong to no line.

    Examples
    --------
    >>> list(lines_in("one\r\n \ntwo"))
    [(0, 3), (7, 10)]
    """
    start = 1 if text.startswith("\ufeff") else 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        last = end - 1 if end > start and text[end - 1] == "\r" else end
        if text[start:last].strip():
            yield start, last
        start = end + 1

"""A document that was read: its text, its paragraphs, and what it says of itself.

Offsets are 0-based, half-open Unicode code points of `text`. Of a `.txt` file `text` is the very file, decoded as UTF-8
and not normalised, so that a span in it can be proved against the file's bytes; of other formats it is what the reader
extracted, the same for the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detente.evidence.happened import Happened


class Format(StrEnum):
    """What kind of file a document was."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    EMAIL = "email"


class Role(StrEnum):
    """What a paragraph is in its document; only the body is coded."""

    BODY = "body"
    HEADING = "heading"
    METADATA = "metadata"  # title, byline, date line, disclaimer
    BOILERPLATE = "boilerplate"  # menus, share buttons, related stories, footers


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Characters [start, end) of a document's text; `number` counts paragraphs from 1, `page` pages from 1."""

    number: int
    start: int
    end: int
    role: Role = Role.BODY
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Something a document says of itself, and how it is known: the field or the place it was read from."""

    value: str
    how: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    Attributes
    ----------
    name : str
        Its path in the folder that was read, with `/`.
    sha256 : str
        Hash of its bytes.
    published : Happened or None
        When it was published as an interval; `published_how` says where that was read.
    language : str or None
        ISO 639-1 code, None where the text is too short to tell.
    encoding : str or None
        How the bytes of a text were decoded, where that is not UTF-8 or was guessed.
    pages : int or None
        Number of pages of a PDF.
    notes : tuple of str
        What a person should know who reads on: pages without text, changes that are tracked, attachments not read.
    """

    name: str
    format: Format
    sha256: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: Said | None = None
    author: Said | None = None
    outlet: Said | None = None
    published: Happened | None = None
    published_how: str | None = None
    language: str | None = None
    encoding: str | None = None
    pages: int | None = None
    notes: tuple[str, ...] = ()

    def body(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs that are coded."""
        return tuple(one for one in self.paragraphs if one.role is Role.BODY)

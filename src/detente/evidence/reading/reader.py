"""From the bytes of a document to the document: the reader of its format, then what is the same for all.

This runs where the bytes may do no harm (`sandbox`); it opens no file and starts nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.util import find_spec

from detente.core.errors import MissingExtraError
from detente.evidence.happened import Happened
from detente.evidence.reading.document import Document, Format, Role
from detente.evidence.reading.formats import check_beginning
from detente.evidence.reading.language import language_of
from detente.evidence.reading.limits import Limits
from detente.evidence.reading.pieces import Extract
from detente.evidence.reading.plain import plain_extract
from detente.evidence.reading.refused import Unreadable

_NEEDED = ("lxml", "docx", "pypdfium2", "trafilatura", "charset_normalizer", "py3langid")


def need_extra() -> None:
    """Fail with a sentence if the libraries that read documents are not installed.

    Raises
    ------
    MissingExtraError
        If one of them is not.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingExtraError(
            where="detente read",
            what="documents are read by libraries that are not installed",
            got=", ".join(missing),
            hint='Install them with: pip install "detente[documents]"',
        )


def document_of_bytes(raw: bytes, name: str, kind: Format, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """Return a document from its bytes.

    Parameters
    ----------
    raw : bytes
        All bytes of its file.
    name : str
        What it is called in its folder.
    kind : Format
        What its ending says.
    limits : Limits
        How many parts, pages and characters it may have.

    Raises
    ------
    Unreadable
        If it cannot be read, with the reason.
    """
    check_beginning(raw, kind)
    found = _reader(kind)(raw, limits)
    if len(found.text) > limits.characters:
        raise Unreadable(
            f"its text has {len(found.text):,} characters, more than the limit of {limits.characters:,}", "Split it"
        )
    if not any(one.role is Role.BODY for one in found.paragraphs):
        raise Unreadable(
            "no running text is left beside menus, labels and notices", "Save the text of the document alone"
        )
    return _document(found, name, kind, hashlib.sha256(raw).hexdigest())


def document_of_text(text: str, name: str = "text") -> Document:
    r"""Return a text as the document that a plain UTF-8 file with it would be.

    Examples
    --------
    >>> document = document_of_text("The two sides met in March.\n\nThey agreed on nothing.")
    >>> [document.text[one.start : one.end] for one in document.body()]
    ['The two sides met in March.', 'They agreed on nothing.']
    """
    return _document(
        plain_extract(text), name, Format.TEXT, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    )


def _document(found: Extract, name: str, kind: Format, sha256: str) -> Document:
    body = (found.text[one.start : one.end] for one in found.paragraphs if one.role is Role.BODY)
    dated = found.published
    return Document(
        name=name,
        format=kind,
        sha256=sha256,
        text=found.text,
        paragraphs=found.paragraphs,
        title=found.title,
        author=found.author,
        outlet=found.outlet,
        published=None if dated is None else Happened(when=dated.when, how=dated.how),
        published_how=None if dated is None else dated.where,
        language=language_of(body),
        encoding=found.encoding,
        pages=found.pages,
        notes=found.notes,
    )


def _reader(kind: Format) -> Callable[[bytes, Limits], Extract]:
    """Return the reader of a format; its libraries are imported only now."""
    match kind:
        case Format.TEXT:
            from detente.evidence.reading.plain import read_plain

            return lambda raw, _: read_plain(raw)
        case Format.MARKDOWN:
            from detente.evidence.reading.marked_down import read_markdown

            return lambda raw, _: read_markdown(raw)
        case Format.HTML:
            from detente.evidence.reading.web_page import read_page

            return lambda raw, _: read_page(raw)
        case Format.EMAIL:
            from detente.evidence.reading.message import read_message

            return lambda raw, _: read_message(raw)
        case Format.PDF:
            from detente.evidence.reading.pdf import read_pdf

            return read_pdf
        case Format.DOCX:
            from detente.evidence.reading.word import read_word

            return read_word

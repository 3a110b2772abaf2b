"""A document as plain JSON, and back: the line of a corpus, and what the sub-process that reads hands over.

Only keys that say something are written, in one order, so that the same document is the same line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.evidence.happened import Happened, HowKnown
from detente.evidence.reading.document import Document, Format, Paragraph, Role, Said

_SAID = ("title", "author", "outlet")


def document_to_json(document: Document) -> dict[str, Any]:
    """Return everything but the text."""
    found: dict[str, Any] = {"name": document.name, "format": document.format.value, "sha256": document.sha256}
    for key in _SAID:
        said: Said | None = getattr(document, key)
        if said is not None:
            found[key] = {"value": said.value, "how": said.how}
    if document.published is not None:
        found["published"] = {
            "when": document.published.when,
            "known": document.published.how.value,
            "how": document.published_how,
        }
    for key in ("language", "encoding", "pages"):
        if (value := getattr(document, key)) is not None:
            found[key] = value
    if document.notes:
        found["notes"] = list(document.notes)
    found["paragraphs"] = [_paragraph(one) for one in document.paragraphs]
    return found


def document_from_json(found: Mapping[str, Any], text: str) -> Document:
    """Return the document that was written so.

    Raises
    ------
    ValueError, KeyError, TypeError
        If the JSON is not that of a document, or its paragraphs are not in the text.
    """
    published = found.get("published")
    paragraphs = tuple(_from_list(k, one) for k, one in enumerate(found["paragraphs"], start=1))
    if any(not 0 <= one.start < one.end <= len(text) for one in paragraphs):
        raise ValueError("a paragraph is not in the text")
    return Document(
        name=_text(found["name"]),
        format=Format(found["format"]),
        sha256=_text(found["sha256"]),
        text=text,
        paragraphs=paragraphs,
        published=None if published is None else Happened(when=published["when"], how=HowKnown(published["known"])),
        published_how=None if published is None else published["how"],
        language=found.get("language"),
        encoding=found.get("encoding"),
        pages=found.get("pages"),
        notes=tuple(map(_text, found.get("notes", ()))),
        **{key: Said(_text(found[key]["value"]), _text(found[key]["how"])) for key in _SAID if key in found},
    )


def _paragraph(one: Paragraph) -> list[Any]:
    """Return `[start, end, role]`, and the page where there is one; the number is the place in the list."""
    return [one.start, one.end, one.role.value, *([] if one.page is None else [one.page])]


def _from_list(number: int, one: Sequence[Any]) -> Paragraph:
    start, end, role, *page = one
    if not all(isinstance(value, int) for value in (start, end, *page)) or len(page) > 1:
        raise ValueError("a paragraph is [start, end, role] or [start, end, role, page]")
    return Paragraph(number, start, end, Role(role), page[0] if page else None)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text was expected")
    return value

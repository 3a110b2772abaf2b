"""From the output of `detente code --json` to the queue: every coding is tied to its source and to the very words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from detente.case.case import Case
from detente.case.review.documents import cited_file
from detente.case.review.folder import Review
from detente.case.review.item import Codes, Item, item_id
from detente.core.errors import LONGEST_VALUE, CaseError, EvidenceError, shortened
from detente.evidence.happened import Happened, HowKnown
from detente.evidence.reading.document import Document
from detente.evidence.source import Grade, Source
from detente.evidence.statement import Act, Span, TextClass
from detente.evidence.verify import span_hash

SAID_BY_DENYING = frozenset({Act.REJECT, Act.RED_LINE, Act.PRECONDITION, Act.REASSURE})
"""Acts that are said by a negation: "will never accept" draws a red line and does not deny that one is drawn."""

STATED = "stated"
"""The `date_reason` of a date that stands in the text as it is."""

_NO_ID = re.compile(r"[^A-Za-z0-9_.+-]+")


@dataclass(frozen=True, slots=True)
class NewSource:
    """What is said of documents that the case does not know: how well they were read, the day, the class of text."""

    grade: Grade
    published: Happened | None = None
    text_class: TextClass | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What goes into the review: new sources and codings, and how many codings were there already."""

    sources: tuple[Source, ...]
    items: tuple[Item, ...]
    already: int


def added(
    case: Case, review: Review, documents: Sequence[Document], codings: str, new: NewSource, *, where: str
) -> Added:
    """Return what codings add to a review.

    Parameters
    ----------
    case, review : Case, Review
        What is there so far.
    documents : sequence of Document
        The documents that were coded; codings name them by `file`.
    codings : str
        What `detente code --json` printed: a list of codings.
    new : NewSource
        For documents that are no source of the case yet.
    where : str
        What errors call the codings.

    Raises
    ------
    CaseError, EvidenceError
        If the codings are not such a list, name a document that is not there, or leave its text; if a document is not
        the one that the case cites under its name, or nothing says when it was published.
    """
    rows = _rows(codings, where)
    by_name = {one.name: one for one in documents}
    known = {one.id: one for one in (*case.sources, *review.sources.values())}
    taken = set(review.items)
    fresh: dict[str, Source] = {}
    sources: dict[str, Source] = {}
    items: list[Item] = []
    for number, row in enumerate(rows, start=1):
        here = f"{where}, coding {number}"
        document = _document(row, by_name, here)
        if document.name not in sources:
            source = _source(document, {**known, **fresh}, new)
            if source.id not in known:
                fresh[source.id] = source
            sources[document.name] = source
        item = _item(row, document, sources[document.name], new.text_class, here)
        if item.id not in taken:
            taken.add(item.id)
            items.append(item)
    return Added(tuple(fresh.values()), tuple(items), len(rows) - len(items))


def _rows(text: str, where: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _bad(where, "this is not JSON", hint="Write `detente code FILE --json` into a file and name it") from None
    rows = found.get("codings") if isinstance(found, dict) else found
    if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
        raise _bad(
            where,
            "this is no list of codings",
            got=type(found).__name__,
            allowed="It is what `detente code FILE --json` prints",
            hint="Name that output",
        )
    return rows


def _document(row: Mapping[str, Any], documents: Mapping[str, Document], where: str) -> Document:
    name = row.get("file")
    if isinstance(name, str):
        found = documents.get(name) or documents.get(name.rpartition("/")[2])
        if found is not None:
            return found
    shown = ", ".join(list(documents)[:5])
    raise EvidenceError(
        where=where,
        what="the corpus has no such document",
        got=name,
        allowed=f"It holds {shortened(shown, 120)}",
        hint="Name with --corpus the folder that was coded",
    )


def _source(document: Document, known: Mapping[str, Source], new: NewSource) -> Source:
    """Return the source that a document is, or a new one for it."""
    file, sha256 = cited_file(document)
    same = [one for one in known.values() if one.sha256 in {sha256, document.sha256}]
    if same:
        return _dated(same[0], document)
    other = next((one for one in known.values() if one.file in {file, document.name}), None)
    if other is not None:
        raise EvidenceError(
            where=document.name,
            what=f'its bytes are not those that the case cites as source "{other.id}"',
            allowed="Citations hold for one version of a document",
            hint="Move the citations to the new version with `detente verify CASE --corpus DIR --reanchor --apply`, "
            "or rename the file",
        )
    said = document.published or new.published
    source = Source(
        id=_free(document.name, known),
        title=document.title.value if document.title else document.name,
        grade=new.grade,
        file=file,
        sha256=sha256,
    )
    more = {
        "author": document.author.value if document.author else None,
        "outlet": document.outlet.value if document.outlet else None,
        "language": document.language,
        "published": said,
    }
    given = {key: value for key, value in more.items() if value is not None}
    return _dated(Source.model_validate({**source.model_dump(exclude_unset=True), **given}), document)


def _dated(source: Source, document: Document) -> Source:
    if source.published is None:
        raise EvidenceError(
            where=document.name,
            what="nothing says when this document was published",
            allowed="A statement has a day since which it is public",
            hint="Add --published DATE, or `published` to the source in the case",
        )
    return source


def _free(name: str, known: Mapping[str, Source]) -> str:
    """Return an id made of a file's name that no source has."""
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    base = _NO_ID.sub("-", stem).strip("-._+")[:60] or "document"
    if base.startswith("x-"):
        base = base[2:]
    return next(one for one in (base, *(f"{base}-{k}" for k in range(2, len(known) + 3))) if one not in known)


def _item(row: Mapping[str, Any], document: Document, source: Source, text_class: TextClass | None, where: str) -> Item:
    start, end = _whole(row.get("start")), _whole(row.get("end"))
    if not 0 <= start < end <= len(document.text):
        raise _bad(
            where,
            f"the span does not lie in {document.name}",
            got=f"{row.get('start')} to {row.get('end')}",
            allowed=f"It has {len(document.text)} characters",
            hint="Code the document again, and name its corpus",
        )
    codes = _codes(row, text_class, where)
    if codes.happened is not None and _is_ahead(codes.happened, source):
        codes = codes.model_copy(update={"happened": None})
    span = span_of(document, start, end)
    try:
        return Item(
            id=item_id(source.id, span, codes.act, codes.actors),
            source=source.id,
            span=span,
            proposed=codes,
            rule=str(row.get("rule") or "unknown"),
            confidence=float(row.get("confidence", 0)),
            review=row.get("review"),
            guessed=row.get("guessed") or (),
        )
    except (ValidationError, TypeError, ValueError) as error:
        raise _unfit(where, error) from None


def span_of(document: Document, start: int, end: int) -> Span:
    """Return characters [start, end) of a document with their paragraphs and their hash."""
    inside = [one.number for one in document.paragraphs if one.start < end and start < one.end]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    span = Span(paragraph=first, start=start, end=end, sha256_16=span_hash(document.text[start:end]))
    if last == first:
        return span
    return Span(
        paragraph=first, paragraph_end=last, start=start, end=end, sha256_16=span_hash(document.text[start:end])
    )


def _codes(row: Mapping[str, Any], text_class: TextClass | None, where: str) -> Codes:
    voices = row.get("voices") or ([row["voice"]] if row.get("voice") else [])
    values = {
        "act": row.get("act"),
        "second_act": row.get("second_act"),
        "voices": voices,
        "attribution": row.get("attribution"),
        "actors": _listed(row.get("actor")),
        "targets": _listed(row.get("target")),
        "kind": row.get("kind"),
        "topic": row.get("topic"),
        "issue": row.get("issue"),
        "option": row.get("option"),
        "happened": _happened(row.get("date"), row.get("date_reason")),
        "negated": row.get("act") not in SAID_BY_DENYING and row.get("negated", False),
        "hedged": row.get("hedged", False),
        "text_class": text_class,
    }
    try:
        return Codes.model_validate({key: value for key, value in values.items() if value not in (None, [], False)})
    except ValidationError as error:
        raise _unfit(where, error) from None


def _happened(date: object, reason: object) -> object:
    """Return when it happened; a date that the coder worked out ("on Tuesday") is not one that the text states."""
    if isinstance(date, str) and isinstance(reason, str) and reason != STATED:
        return {"when": date, "how": HowKnown.INFERRED}
    if isinstance(date, Mapping):
        return {key: date[key] for key in ("when", "how") if date.get(key) is not None}
    return date


def _is_ahead(happened: Happened, source: Source) -> bool:
    """Return whether a time lies after the text: it is a deadline or a plan, and no time at which the act was done."""
    said = source.published
    if said is None or happened.last <= said.last:
        return False
    return happened.first >= said.first


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _unfit(where: str, error: ValidationError | TypeError | ValueError) -> CaseError:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        got = first.get("input")
        shown = got if isinstance(got, str) else shortened(repr(got), LONGEST_VALUE)
        return _bad(
            where,
            f"{place}: {first['msg'][:1].lower()}{first['msg'][1:]}".rstrip("."),
            got=shown,
            allowed="Codings are as `detente code --json` prints them",
            hint="Correct it",
        )
    return _bad(where, f"a number is not what it should be ({error})", hint="Correct it")


def _bad(where: str, what: str, *, got: object = None, allowed: str = "", hint: str = "") -> CaseError:
    return CaseError(where=where, what=what, got=got, allowed=allowed, hint=hint)

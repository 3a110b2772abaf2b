"""Citations of documents that have changed: what stands where it did, what moved, what reads otherwise, what is gone.

With the documents as they were, changed words are found again; without them only words that nobody touched are, by
their hash. What was left or moved as it was can be put into the record; words that changed go to a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.case.review.adding import span_of
from detente.case.review.documents import cited_file
from detente.case.review.folder import Review
from detente.case.review.item import Codes, Item, item_id
from detente.case.save import Change, Set
from detente.evidence.anchoring import Found, reanchor, relocate
from detente.evidence.reading.document import Document
from detente.evidence.source import Source
from detente.evidence.statement import Span, Statement
from detente.evidence.verify import span_hash


@dataclass(frozen=True, slots=True)
class Reanchored:
    """One citation of a statement in a document that changed.

    `cite` is its place among the citations of the statement; `new` the span in the new document, None where it
    vanished; `similarity` 1 for the same words.
    """

    statement: str
    cite: int
    source: str
    found: Found
    old: Span
    new: Span | None
    similarity: float


@dataclass(frozen=True, slots=True)
class Reanchoring:
    """The sources whose documents changed, with the new hash of each, and their citations in the order of the case."""

    changed: Mapping[str, str]
    citations: tuple[Reanchored, ...]

    def of(self, found: Found) -> tuple[Reanchored, ...]:
        """Return the citations of which the same became."""
        return tuple(one for one in self.citations if one.found is found)


def reanchored(case: Case, documents: Sequence[Document], before: Sequence[Document] = ()) -> Reanchoring:
    """Return where the span citations of a case stand in the documents as they are now.

    Parameters
    ----------
    case : Case
        The whole case.
    documents : sequence of Document
        The documents as they are now, by the names that sources have in `file`.
    before : sequence of Document
        The documents as they were cited, where they are kept: they are known by their hash.
    """
    changed = _changed(case.sources, documents)
    was = _by_hash(before)
    found: list[Reanchored] = []
    for statement in case.statements:
        for place, citation in enumerate(statement.cites):
            if citation.span is None or citation.source not in changed:
                continue
            old = was.get(case.source[citation.source].sha256 or "")
            what, new, similarity = _placed(citation.span, changed[citation.source], old)
            found.append(Reanchored(statement.id, place, citation.source, what, citation.span, new, similarity))
    return Reanchoring({name: cited_file(one)[1] for name, one in changed.items()}, tuple(found))


def reanchored_queue(
    case: Case, review: Review, documents: Sequence[Document], before: Sequence[Document] = ()
) -> tuple[tuple[Source, ...], tuple[Item, ...]]:
    """Return lines for the review of a case whose documents changed: sources with their new hash, codings moved along.

    A coding that nobody decided yet goes along where its words changed, marked so; one that was decided stays where
    it was decided, and so does one that vanished.
    """
    sources = {**review.sources, **case.source}
    changed = _changed(tuple(sources.values()), documents)
    was = _by_hash(before)
    decided = review.standing()
    items = []
    for item in review.items.values():
        if item.source not in changed:
            continue
        found, new, similarity = _placed(item.span, changed[item.source], was.get(sources[item.source].sha256 or ""))
        if new is None or new == item.span:
            continue
        if found is not Found.CHANGED:
            items.append(item.model_copy(update={"span": new}))
        elif item.id not in decided:
            doubt = f"the words changed since they were coded ({similarity:.0%} alike)"
            items.append(item.model_copy(update={"span": new, "review": doubt}))
    fresh = tuple(
        one.model_copy(update={"sha256": cited_file(changed[name])[1]})
        for name, one in review.sources.items()
        if name in changed and name not in case.source
    )
    return fresh, tuple(items)


def _changed(sources: Sequence[Source], documents: Sequence[Document]) -> dict[str, Document]:
    """Return the new documents of the sources whose bytes are not those that were cited."""
    now = {name: one for one in documents for name in (one.name, cited_file(one)[0])}
    return {
        one.id: now[one.file]
        for one in sources
        if one.file in now and one.sha256 not in {None, now[one.file].sha256, cited_file(now[one.file])[1]}
    }


def _by_hash(documents: Sequence[Document]) -> dict[str, Document]:
    return {sha: one for one in documents for sha in (one.sha256, cited_file(one)[1])}


def _placed(span: Span, now: Document, was: Document | None) -> tuple[Found, Span | None, float]:
    if was is not None and span_hash(was.text[span.start : span.end]) == span.sha256_16:
        (one,) = reanchor(was.text, now.text, [(span.start, span.end)])
        return one.found, None if one.new is None else span_of(now, *one.new), one.similarity
    length = span.end - span.start
    places = relocate(now.text, length, span.sha256_16)
    if not places:
        return Found.VANISHED, None, 0.0
    start = min(places, key=lambda at: (abs(at - span.start), at))
    same = Found.SAME if start == span.start else Found.MOVED
    return same if len(places) == 1 else Found.CHANGED, span_of(now, start, start + length), 1.0


def reanchoring_changes(case: Case, found: Reanchoring) -> tuple[Change, ...]:
    """Return the changes that put what stands unchanged into the record, and the new hashes of the documents."""
    changes: list[Change] = []
    sources = {one.id: place for place, one in enumerate(case.sources)}
    statements = {one.id: place for place, one in enumerate(case.statements)}
    for name, sha256 in found.changed.items():
        changes.append(Set(("sources", sources[name], "sha256"), sha256))
    for one in found.citations:
        if one.found in {Found.SAME, Found.MOVED} and one.new is not None and one.new != one.old:
            path = ("statements", statements[one.statement], "cites", one.cite, "span")
            changes.append(Set(path, _plain(one.new)))
    return tuple(changes)


def items_to_review(case: Case, found: Reanchoring) -> tuple[Item, ...]:
    """Return statements whose words changed as codings to review: codes of a person, at a place of a machine."""
    items = []
    for one in found.of(Found.CHANGED):
        if one.new is None:  # pragma: no cover - what changed has a place
            continue
        statement = case.statement[one.statement]
        codes = codes_of(statement)
        items.append(
            Item(
                id=item_id(one.source, one.new, statement.act, statement.actors),
                source=one.source,
                span=one.new,
                proposed=codes,
                rule="reanchored",
                confidence=one.similarity,
                review=f"the words of statement {one.statement} changed ({one.similarity:.0%} alike)",
            )
        )
    return tuple(items)


def codes_of(statement: Statement) -> Codes:
    """Return the codes of a statement."""
    same = set(Codes.model_fields) - {"voices", "kind"}
    values: dict[str, Any] = {name: getattr(statement, name) for name in same}
    return Codes.model_validate({**values, "voices": (statement.voice,)})


def _plain(span: Span) -> dict[str, Any]:
    return span.model_dump(mode="json", exclude_unset=True)

"""Whether citations can be proved: the very characters, in the very bytes, of the documents on this machine.

A span is proved if the source's file is in the corpus, its bytes have the stated SHA-256, and the characters
[start, end) of its UTF-8 text have the stated hash. Nothing is normalised, not even line ends. Citations by document
and article, and those from memory, cannot be proved this way: they are counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from detente.core.errors import EvidenceError
from detente.evidence.source import Source
from detente.evidence.statement import Citation, CitationLevel, Span, Statement

READ_TEXTS = "texts"
"""The folder in which `detente read` keeps plain texts; a file that is not in the corpus itself is sought there."""


@dataclass(frozen=True, slots=True)
class SpanCheck:
    """One span citation; `fault` says in a sentence why it is not proved, and is None if it is."""

    statement: str
    source: str
    start: int
    end: int
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proved, what is broken, and how many citations nobody can prove from bytes.

    Attributes
    ----------
    proved, broken : tuple of SpanCheck
        The span citations, in the order of the statements.
    locator, memory : tuple of str
        The statements whose best citation names document and article only, or nothing that can be looked up.
    """

    proved: tuple[SpanCheck, ...]
    broken: tuple[SpanCheck, ...]
    locator: tuple[str, ...]
    memory: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether no span is broken."""
        return not self.broken


def verify(sources: Iterable[Source], statements: Iterable[Statement], corpus: Path) -> Verification:
    """Prove the span citations of statements against a folder of documents.

    Parameters
    ----------
    sources : iterable of Source
        The documents cited, with `file` and `sha256` where their bytes are held.
    statements : iterable of Statement
        The statements whose citations are checked.
    corpus : Path
        The folder that `file` is a path in.

    Raises
    ------
    EvidenceError
        If the corpus is no folder.
    """
    if not corpus.is_dir():
        raise EvidenceError(
            where=str(corpus),
            what="there is no such folder of documents",
            allowed="The corpus holds the files that sources name",
            hint="Check the path given to --corpus",
        )
    documents = {source.id: _Document(source, corpus) for source in sources}
    every = tuple(statements)
    checks = [
        SpanCheck(
            statement.id,
            citation.source,
            citation.span.start,
            citation.span.end,
            _fault(documents, citation, citation.span),
        )
        for statement in every
        for citation in statement.cites
        if citation.span is not None
    ]
    return Verification(
        proved=tuple(check for check in checks if check.fault is None),
        broken=tuple(check for check in checks if check.fault is not None),
        locator=tuple(one.id for one in every if one.level is CitationLevel.LOCATOR),
        memory=tuple(one.id for one in every if one.level is CitationLevel.MEMORY),
    )


def span_hash(text: str) -> str:
    """Return the hash that a span carries: the first 16 hexadecimal digits of the SHA-256 of its UTF-8 bytes.

    Examples
    --------
    >>> span_hash("détente")
    'e069638f61093638'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _fault(documents: Mapping[str, _Document], citation: Citation, span: Span) -> str | None:
    document = documents.get(citation.source)
    if document is None:
        return "the source is not in the case"
    if document.fault is not None:
        return document.fault
    if not span.start < span.end <= len(document.text):
        return f"characters {span.start} to {span.end} are not in the file, which has {len(document.text)}"
    if span_hash(document.text[span.start : span.end]) != span.sha256_16:
        return "the characters there are not those that were cited"
    return None


class _Document:
    """A source's text, read once and only if a span needs it."""

    def __init__(self, source: Source, corpus: Path) -> None:
        self._source, self._corpus = source, corpus

    @property
    def fault(self) -> str | None:
        return self._read[1]

    @property
    def text(self) -> str:
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[str, str | None]:
        """Return the text and why it proves nothing, if so."""
        name, stated = self._source.file, self._source.sha256
        if name is None:
            return "", "the source names no file"
        if stated is None:
            return "", "the source has no sha256"
        path = self._corpus / name
        if not path.is_file() and (self._corpus / READ_TEXTS / name).is_file():
            path = self._corpus / READ_TEXTS / name
        if not path.resolve().is_relative_to(self._corpus.resolve()):
            return "", f"the file {name} lies outside the corpus"
        try:
            raw = path.read_bytes()
        except OSError:
            return "", f"the file {name} is not in the corpus, or cannot be read"
        if hashlib.sha256(raw).hexdigest() != stated.lower():
            return "", f"the bytes of {name} are not those that were cited"
        try:
            return raw.decode("utf-8"), None
        except UnicodeDecodeError:
            return "", f"the file {name} is not UTF-8 text"

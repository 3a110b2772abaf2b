"""Span citations are proved by the very characters of the very bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from detente.core.errors import EvidenceError
from detente.evidence.source import Source
from detente.evidence.statement import Statement
from detente.evidence.verify import Verification, span_hash, verify

TEXT = "Первая строка\r\nCafé — второе место\n"
RAW = TEXT.encode("utf-8")


def source(**changes: Any) -> Source:
    given = {"file": "a.txt", "sha256": hashlib.sha256(RAW).hexdigest(), **changes}
    return Source.model_validate({"id": "a", "title": "A", "grade": "primary_text_read", **given})


def statement(start: int, end: int, digest: str | None = None, *, of: str = "a", name: str = "s1") -> Statement:
    span = {"paragraph": 1, "start": start, "end": end, "sha256_16": digest or span_hash(TEXT[start:end])}
    return said(name, [{"source": of, "span": span}])


def said(name: str, cites: list[dict[str, Any]], grade: str = "news_agency") -> Statement:
    return Statement.model_validate(
        {
            "id": name,
            "cites": cites,
            "voice": "v",
            "attribution": "own_document",
            "actors": ["A"],
            "act": "demand",
            "says": "x",
            "public_since": "2022-01-01",
            "grade": grade,
        }
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(RAW)
    return tmp_path


def fault(found: Verification) -> str:
    assert not found.holds
    assert found.proved == ()
    (broken,) = found.broken
    assert broken.fault is not None
    return broken.fault


def test_a_span_of_the_very_characters_is_proved(corpus: Path) -> None:
    found = verify([source()], [statement(0, 6), statement(7, len(TEXT), name="s2")], corpus)
    assert found.holds
    assert [(check.statement, check.start, check.fault) for check in found.proved] == [("s1", 0, None), ("s2", 7, None)]


def test_characters_are_counted_after_decoding_and_line_ends_are_kept(corpus: Path) -> None:
    assert TEXT[15:19] == "Café"
    assert verify([source()], [statement(13, 19)], corpus).holds  # "\r\nCafé"


@pytest.mark.parametrize(
    ("given", "cited", "says"),
    [
        (source(), statement(0, 6, "0" * 16), "not those that were cited"),
        (source(), statement(30, 999, "0" * 16), "are not in the file"),
        (source(), statement(5, 5, "0" * 16), "are not in the file"),
        (source(sha256="0" * 64), statement(0, 6), "the bytes of a.txt are not those"),
        (source(sha256=None), statement(0, 6), "has no sha256"),
        (source(file=None), statement(0, 6), "names no file"),
        (source(file="b.txt"), statement(0, 6), "not in the corpus"),
        (source(file="../a.txt"), statement(0, 6), "outside the corpus"),
        (source(), statement(0, 6, of="z"), "not in the case"),
    ],
)
def test_what_does_not_hold_is_broken_with_a_reason(given: Source, cited: Statement, says: str, corpus: Path) -> None:
    assert says in fault(verify([given], [cited], corpus))


def test_a_file_in_another_encoding_proves_nothing(tmp_path: Path) -> None:
    raw = "Café".encode("latin-1")
    (tmp_path / "a.txt").write_bytes(raw)
    given = source(sha256=hashlib.sha256(raw).hexdigest())
    assert "not UTF-8" in fault(verify([given], [statement(0, 4, "0" * 16)], tmp_path))


def test_other_citations_are_listed_by_level(corpus: Path) -> None:
    located = said("l", [{"source": "a", "locator": "Art. 1"}])
    remembered = said("m", [{"source": "a", "locator": "Art. 1"}], grade="memory")
    found = verify([source()], [located, remembered, statement(0, 6)], corpus)
    assert (found.locator, found.memory, len(found.proved)) == (("l",), ("m",), 1)


def test_a_missing_corpus_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no such folder of documents"):
        verify([], [], tmp_path / "none")


@pytest.mark.shared
def test_every_span_of_the_worked_example_is_proved(shared: Path) -> None:
    from detente.case.load import load_case

    case = load_case("drafts-and-replies-2021-22")
    found = verify(case.sources, case.statements, shared / "corpus")
    assert (len(found.proved), len(found.broken)) == (194, 0)  # the 194 coded statements of the five documents

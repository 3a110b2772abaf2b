"""Whatever bytes come in, a reader answers or refuses, and what it answers is where it says it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.evidence.reading.document import Document, Format
from detente.evidence.reading.document_json import document_from_json, document_to_json
from detente.evidence.reading.reader import document_of_bytes, document_of_text
from detente.evidence.reading.refused import Unreadable
from tests.evidence.reading.samples import seeds

SEEDS = seeds()
LIGHT = (Format.TEXT, Format.MARKDOWN, Format.EMAIL)


@st.composite
def changed(draw: st.DrawFn, kinds: tuple[Format, ...]) -> tuple[Format, bytes]:
    """Return a valid document of which one part was replaced by other bytes."""
    kind = draw(st.sampled_from(kinds))
    raw = draw(st.sampled_from(SEEDS[kind]))
    start = draw(st.integers(0, len(raw)))
    end = min(len(raw), start + draw(st.integers(0, 64)))
    return kind, raw[:start] + draw(st.binary(max_size=32)) + raw[end:]


def check(document: Document) -> None:
    last = 0
    for number, one in enumerate(document.paragraphs, start=1):
        assert one.number == number
        assert last <= one.start < one.end <= len(document.text)
        assert document.text[one.start : one.end].strip()
        last = one.end
    assert document.text.encode("utf-8").decode("utf-8") == document.text
    assert document_from_json(document_to_json(document), document.text) == document


def read_or_refuse(kind: Format, raw: bytes) -> Document | str:
    try:
        return document_of_bytes(raw, "x", kind)
    except Unreadable as reason:
        return reason.what


@given(changed(LIGHT))
def test_a_changed_text_is_read_alike_each_time_or_refused(case: tuple[Format, bytes]) -> None:
    kind, raw = case
    found = read_or_refuse(kind, raw)
    assert read_or_refuse(kind, raw) == found
    assert isinstance(found, str) or check(found) is None


@given(changed((Format.HTML, Format.PDF, Format.DOCX)))
def test_a_changed_page_or_file_is_read_alike_each_time_or_refused(case: tuple[Format, bytes]) -> None:
    kind, raw = case
    found = read_or_refuse(kind, raw)
    assert read_or_refuse(kind, raw) == found
    assert isinstance(found, str) or check(found) is None


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=400))
def test_paragraphs_of_a_text_are_its_lines_with_something_to_see(text: str) -> None:
    document = document_of_text(text)
    assert document.text == text
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    found = [text[one.start : one.end] for one in document.paragraphs]
    assert found == [line for line in lines if line.strip()]
    check(document)

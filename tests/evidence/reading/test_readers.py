"""What each reader takes out of a valid document."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from detente.evidence.reading.document import Document, Format, Role
from detente.evidence.reading.formats import format_of
from detente.evidence.reading.reader import document_of_bytes, document_of_text
from detente.evidence.reading.refused import Unreadable
from tests.evidence.reading import samples
from tests.evidence.reading.samples import ARABIC, CHINESE, NORTH, RUSSIAN, SOUTH


def read(raw: bytes | str, name: str) -> Document:
    kind = format_of(name)
    assert kind is not None
    return document_of_bytes(raw.encode() if isinstance(raw, str) else raw, name, kind)


def texts(document: Document, *roles: Role) -> list[str]:
    return [document.text[one.start : one.end] for one in document.paragraphs if one.role in (roles or tuple(Role))]


def test_a_text_file_is_its_bytes_and_its_lines_are_paragraphs() -> None:
    raw = f"\ufeff{NORTH}\r\n \n\r\n{SOUTH}\n"
    document = read(raw, "a.txt")
    assert document.text.encode() == raw.encode()
    assert texts(document) == [NORTH, SOUTH]
    assert [one.number for one in document.paragraphs] == [1, 2]
    assert document.encoding is None


def test_a_text_tells_its_title_its_author_and_its_day_by_where_they_stand() -> None:
    document = read(samples.TEXT, "a.txt")
    assert texts(document, Role.BODY) == [NORTH, SOUTH]
    assert texts(document, Role.HEADING) == ["Talks on the river resume after a long winter"]
    assert texts(document, Role.BOILERPLATE)[0] == "Log in"
    assert texts(document, Role.BOILERPLATE)[-1].startswith("A bridge over the lower river")
    assert document.title is not None
    assert (document.title.value, document.title.how) == (texts(document, Role.HEADING)[0], "line above the text")
    assert document.author is not None
    assert (document.author.value, document.author.how) == ("Ana Vega", "line that names the author")
    assert document.published is not None
    assert (document.published.when, document.published_how) == ("2022-03-01", "date line above the text")
    assert document.language == "en"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published date01 March 2022", "2022-03-01"),
        ("Published: March 1, 2022", "2022-03-01"),
        ("Опубликовано 1 марта 2022", "2022-03-01"),
        ("Veröffentlicht am 1. März 2022", "2022-03-01"),
        ("发布时间：2022年3月1日", "2022-03-01"),
        ("Published March 2022", "2022-03"),
        ("Published 01/03/2022", None),
    ],
)
def test_a_date_behind_a_label_is_read_where_it_can_only_be_one(line: str, day: str | None) -> None:
    document = document_of_text(f"A title of five words\n\n{line}\n\n{NORTH}\n")
    assert (None if document.published is None else document.published.when) == day
    assert line not in texts(document, Role.BODY)


def test_a_machine_prefix_is_a_date_and_stays_in_its_paragraph() -> None:
    document = document_of_text(f" date 2022-03-09 {NORTH}")
    assert document.published is not None
    assert document.published.when == "2022-03-09"
    assert document.published.how.value == "metadata"
    assert texts(document, Role.BODY) == [f" date 2022-03-09 {NORTH}"]


def test_a_list_of_demands_at_the_end_stays_in_the_body() -> None:
    demands = ["1. Withdrawal of the gauges", "2. A joint commission", "3. No further dams"]
    document = document_of_text("\n".join([NORTH, SOUTH, *demands]))
    assert texts(document, Role.BODY) == [NORTH, SOUTH, *demands]


def test_markdown_keeps_the_file_and_gives_blocks() -> None:
    document = read(samples.MARKDOWN, "a.md")
    assert document.text == samples.MARKDOWN
    assert texts(document, Role.BODY) == [
        f"{NORTH}\n{SOUTH}",
        "- the gauges stay where they are",
        "- the commission meets in May",
        RUSSIAN,
    ]
    assert texts(document, Role.HEADING) == ["# Talks", "What is left\n============"]
    assert document.title is not None
    assert (document.title.value, document.title.how) == ("Talks on the river", "front matter title")
    assert document.published is not None
    assert document.published.when == "2022-03-01"


def test_a_page_gives_the_article_and_what_its_head_says() -> None:
    document = read(samples.PAGE, "a.html")
    assert texts(document, Role.BODY) == [NORTH, SOUTH, NORTH, SOUTH]
    assert texts(document, Role.HEADING) == ["Talks on the river resume", "What comes next"]
    assert texts(document, Role.METADATA) == ["By Ana Vega"]
    assert "never" not in document.text
    assert "Hidden" not in document.text
    assert [said and (said.value, said.how) for said in (document.title, document.author, document.outlet)] == [
        ("Talks on the river resume", "JSON-LD headline"),
        ("Ana Vega", "JSON-LD author"),
        ("The River Post", "meta og:site_name"),
    ]
    assert (document.published and document.published.when, document.published_how) == (
        "2022-03-01",
        "JSON-LD datePublished",
    )


def test_a_page_without_linked_data_falls_back_to_meta_tags_and_the_byline() -> None:
    document = read(samples.PAGE.replace("application/ld+json", "text/x"), "a.html")
    assert document.published_how == "meta article:published_time"
    assert document.published is not None
    assert document.published.when == "2022-03-02"  # the day in the zone in which it was written
    assert document.author is not None
    assert (document.author.value, document.author.how) == ("Ana Vega", "byline")


def test_a_page_says_its_encoding() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{RUSSIAN}</p></body></html>'
    document = read(page.encode("cp1251"), "a.html")
    assert texts(document, Role.BODY) == [RUSSIAN]
    assert document.encoding == "cp1251 (declared)"


def test_a_message_is_what_was_written_not_what_it_quotes() -> None:
    document = read(samples.message(), "a.eml")
    assert texts(document, Role.BODY) == [NORTH, SOUTH]
    assert texts(document, Role.BOILERPLATE) == ["On Mon, 28 Feb 2022, B wrote: > old words > more"]
    assert texts(document, Role.METADATA)[-1] == "-- Ana Vega"
    assert document.title is not None
    assert document.title.value == "Antwort: Gespräche"
    assert (document.published and document.published.when, document.published_how) == (
        "2022-03-01",
        "mail header Date",
    )
    assert document.notes == ("attachments not read: draft.pdf",)


def test_a_message_that_is_a_page_is_read_as_one() -> None:
    assert texts(read(samples.message(page=True), "a.eml"), Role.BODY) == [NORTH, SOUTH, NORTH, SOUTH]


def test_a_word_file_gives_paragraphs_cells_and_properties() -> None:
    document = read(samples.word(NORTH, RUSSIAN), "a.docx")
    assert texts(document, Role.HEADING) == ["Draft agreement"]
    assert texts(document, Role.BODY) == [NORTH, RUSSIAN, "Article 1", SOUTH]
    assert document.title is not None
    assert (document.title.value, document.title.how) == ("Draft agreement", "DOCX property title")
    assert document.published is None  # the date of the library's own template is nobody's


def test_a_word_file_without_properties_has_not_the_title_that_the_library_gives_it() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(samples.word(NORTH))) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            if part.filename == "_rels/.rels":  # nothing leads to the part with the properties any more
                new.writestr(part, re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", old.read(part)))
            elif part.filename != "docProps/core.xml":
                new.writestr(part, old.read(part))
    document = read(out.getvalue(), "a.docx")
    assert document.title is not None
    assert (document.title.value, document.title.how) == ("Draft agreement", "first heading")


def test_of_tracked_changes_the_inserted_text_is_read_and_said() -> None:
    tracked = (
        '<w:p><w:r><w:t xml:space="preserve">The sides </w:t></w:r>'
        '<w:ins w:id="1" w:author="x"><w:r><w:t>shall meet in the capital every spring.</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>may meet.</w:delText></w:r></w:del></w:p><w:tbl>'
    )
    document = read(samples.word(NORTH, body_xml=("<w:tbl>", tracked)), "a.docx")
    assert "The sides shall meet in the capital every spring." in texts(document, Role.BODY)
    assert document.notes == ("changes are tracked: inserted text was read, deleted text was not",)


def test_a_pdf_gives_paragraphs_with_their_pages() -> None:
    document = read(
        samples.pdf(f"{NORTH}\n\n{SOUTH}", SOUTH, f"{SOUTH}\n\n{NORTH}", head="The River Report, page"), "a.pdf"
    )
    body = [(document.text[one.start : one.end], one.page) for one in document.body()]
    assert body == [(NORTH, 1), (SOUTH, 1), (SOUTH, 2), (SOUTH, 3), (NORTH, 3)]
    assert texts(document, Role.BOILERPLATE) == [f"The River Report, page {page}" for page in (1, 2, 3)]
    assert document.pages == 3
    assert document.author is not None
    assert (document.author.value, document.author.how) == ("Ana Vega", "PDF info Author")


def test_the_line_of_the_date_of_a_short_pdf_is_no_part_of_its_first_sentence() -> None:
    document = read(samples.pdf(f"Statement of the ministry\n\n5 April 2032\n\n{NORTH}"), "a.pdf")
    assert texts(document, Role.METADATA) == ["5 April 2032"]
    assert texts(document, Role.BODY)[-1] == NORTH
    assert document.published is not None
    assert (document.published.when, document.published_how) == ("2032-04-05", "date line above the text")


@pytest.mark.parametrize(("text", "language"), [(RUSSIAN, "ru"), (ARABIC, "ar"), (CHINESE, "zh"), ("Too short.", None)])
def test_the_language_is_told_where_the_text_is_long_enough(text: str, language: str | None) -> None:
    document = document_of_text(text)
    assert document.language == language
    assert texts(document) == [text]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("cp1251", "cp1251 (guessed)"), ("utf-16", "utf-16 (byte order mark)"), ("utf-16-le", "utf-16-le (zero bytes)")],
)
def test_another_encoding_is_read_and_said(encoding: str, said: str) -> None:
    text = f"{RUSSIAN} {NORTH}" if encoding == "utf-16-le" else RUSSIAN
    raw = (NORTH if encoding == "utf-16-le" else text).encode(encoding)
    document = read(raw, "a.txt")
    assert document.text.removeprefix("\ufeff") == (NORTH if encoding == "utf-16-le" else text)
    assert document.encoding == said


def test_an_address_that_the_standard_library_cannot_take_apart_says_nothing() -> None:
    raw = samples.message().replace(b"To: b@example.org", b"To: <ana@")
    assert texts(read(raw, "a.eml"), Role.BODY) == [NORTH, SOUTH]


@pytest.mark.parametrize(
    ("part", "beyond"),
    [
        (b"01 Mar 2022", b"01 Mar 99999999999999999999"),
        (b"01 Mar", b"999999999901 Mar"),
        (b"+0100", b"+0100" + b"0100" * 16),
    ],
)
def test_a_date_beyond_every_calendar_says_nothing(part: bytes, beyond: bytes) -> None:
    document = read(samples.message().replace(part, beyond), "a.eml")
    assert texts(document, Role.BODY) == [NORTH, SOUTH]
    assert document.published is None


REFUSED = {
    "empty.txt": (b"", "the file is empty"),
    "zeros.txt": (b"abc\x00\x01\x02def", "this is not text"),
    "half.txt": (RUSSIAN.encode()[:-2], "breaks off within a character"),
    "wrong.txt": (b"\x80\xff\xfe abc \x9d" * 3, "its encoding cannot be told"),
    "pdf.txt": (samples.pdf(), "its ending says text, and it is a PDF"),
    "text.pdf": (b"hello", "its ending says PDF"),
    "cut.pdf": (samples.pdf()[:700], "the PDF is broken"),
    "locked.pdf": (samples.pdf(password="secret"), "protected by a password"),
    "scan.pdf": (samples.picture_pdf(), "no text layer (2 pages of pictures)"),
    "cut.docx": (samples.word()[:9000], "the DOCX file is broken or breaks off"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password or an old Word file"),
    "entity.docx": (
        samples.word(NORTH, body_xml=("<w:document ", '<!DOCTYPE x [<!ENTITY e SYSTEM "secret.txt">]><w:document ')),
        "declares entities",
    ),
    "bomb.docx": (
        samples.word(NORTH, extra={"word/media/a.bin": bytes(401 * 2**20)}),
        "unpacks to 402 MB, more than the limit of 400 MB",
    ),
    "long.docx": (
        samples.word(NORTH, body_xml=("</w:body>", f"<!--{' ' * (101 * 2**20)}--></w:body>")),
        "the part document.xml of the DOCX file unpacks to 102 MB, more than the limit of 100 MB",
    ),
    "unbroken.docx": (
        samples.word(NORTH, body_xml=(NORTH, "word " * 2_100_000)),
        "one text of more than 10 MB without a break",
    ),
    "pages.pdf": (samples.empty_pdf(5_001), "the PDF has 5,001 pages, more than the limit of 5,000"),
    "deep.html": ((b"<div>" * 5000) + NORTH.encode(), "nested too deeply"),
    "scripts.html": (b"<html><script>alert(1)</script><style>p{}</style></html>", "the page has no text"),
    "not.eml": (NORTH.encode(), "this is not an e-mail"),
    "parts.eml": (
        b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nwords\n" * 1000 + b"--x--\n",
        "more than 500 parts",
    ),
    "menus.txt": (b"Log in\nHome\nShare:\n", "no running text is left"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_or_hostile_document_is_refused_in_words(name: str) -> None:
    raw, reason = REFUSED[name]
    with pytest.raises(Unreadable) as caught:
        read(raw, name)
    assert reason in caught.value.what


def test_an_entity_bomb_in_a_page_is_only_text() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    document = read(f"{bomb}<html><body><p>{NORTH} &b; {SOUTH}</p></body></html>", "a.html")
    assert NORTH in document.text
    assert "aaaaaaaaaa" not in document.text.partition(NORTH)[2]


def test_the_format_is_told_by_the_ending() -> None:
    assert [format_of(name) for name in ("A.PDF", "a.htm", "a")] == [Format.PDF, Format.HTML, None]

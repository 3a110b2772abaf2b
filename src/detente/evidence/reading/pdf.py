"""PDF: the text layer as PDFium reads it, page by page, lines put together into paragraphs by where they stand.

A paragraph ends where the next line stands further away than lines of this page do, is indented, or follows a line that
stops short; a line that is a date and little else stands alone. A paragraph never crosses a page: its page is its
citation. A hyphen at a line's end is left out only where the document writes the whole word without it elsewhere;
letters that came out wrong are left as they are.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.evidence.reading.document import Role, Said
from detente.evidence.reading.furniture import is_date_line, role_of
from detente.evidence.reading.limits import Limits
from detente.evidence.reading.pieces import Dated, Extract, Piece, assembled, squeezed
from detente.evidence.reading.plain import sort_lines
from detente.evidence.reading.refused import Unreadable
from detente.evidence.reading.written_dates import date_in

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_LINE_HYPHENS = "\x02\ufffe"  # how PDFium writes a hyphen at which a word is divided
_MOST_ON_PAGE = 200_000  # characters; a page of a newspaper has some 20,000
_HEIGHTS = 1.3  # line distances beyond the usual one at which a paragraph ends
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.|seite|стр\.?|с\.)\s*)?[\divxlc]{1,5}(?:\s*(?:/|of|von|из)\s*\d{1,5})?|[-–—]\s*\d{1,5}\s*[-–—]",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, its left, right, bottom and top edge in points; None where PDFium gives no box."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def read_pdf(raw: bytes, limits: Limits) -> Extract:
    """Return the text of a PDF.

    Raises
    ------
    Unreadable
        If it is broken, protected, too long, or has no text layer.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(raw)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Unreadable("the PDF is protected by a password", "Save it without one") from None
        raise Unreadable("the PDF is broken and cannot be opened", "Save or download it again") from None
    try:
        count = len(pdf)
        if count > limits.pages:
            raise Unreadable(f"the PDF has {count:,} pages, more than the limit of {limits.pages:,}", "Split it")
        pages, broken = _pages(pdf, count, limits)
        said = {key: squeezed(value)[:300] for key, value in pdf.get_metadata_dict(skip_empty=True).items()}
    finally:
        pdf.close()
    empty = sum(not page for page in pages)
    if empty == count:
        raise Unreadable(
            f"the PDF has no text layer ({count} {'page' if count == 1 else 'pages'} of pictures)",
            "Recognise its text with a program for that (OCR), then read it again",
        )
    notes = []
    if empty:
        notes.append(f"{empty} of {count} pages have no text")
    if broken:
        notes.append(f"{broken} of {count} pages are broken")
    return _extract(_pieces(pages), said, count, tuple(notes))


def _pages(pdf: PdfDocument, count: int, limits: Limits) -> tuple[list[list[Line]], int]:
    """Return the lines of each page, and how many pages could not be opened."""
    from pypdfium2 import PdfiumError

    pages: list[list[Line]] = []
    broken = characters = 0
    for number in range(count):
        try:
            page = pdf[number]
        except PdfiumError:
            broken += 1
            pages.append([])
            continue
        try:
            lines = list(_lines(page))
        except PdfiumError:
            broken += 1
            lines = []
        finally:
            page.close()
        characters += sum(len(line.text) for line in lines)
        if characters > limits.characters:
            raise Unreadable(f"its text has more than {limits.characters:,} characters", "Split it")
        pages.append(lines)
    return pages, broken


def _lines(page: PdfPage) -> Iterator[Line]:
    """Yield the printed lines of a page with a character that can be seen."""
    from pypdfium2 import raw

    layer = page.get_textpage()
    try:
        count = layer.count_chars()
        if count > _MOST_ON_PAGE:
            raise Unreadable(f"a page has {count:,} characters, more than {_MOST_ON_PAGE:,}", "Print it as a new PDF")
        codes = [raw.FPDFText_GetUnicode(layer, k) for k in range(count)]
        start = 0
        for k in range(count + 1):
            if k == count or codes[k] in {10, 13}:
                if (line := _line(layer, codes, start, k)) is not None:
                    yield line
                start = k + 1
    finally:
        layer.close()


def _line(layer: object, codes: Sequence[int], start: int, end: int) -> Line | None:
    seen = [k for k in range(start, end) if codes[k] > 32 and codes[k] != 0xA0]
    if not seen:
        return None
    units = b"".join(
        code.to_bytes(2, "little") if code < 0x10000 else chr(code).encode("utf-16-le")
        for code in codes[start:end]
        if code < 0x110000
    )
    text = units.decode("utf-16-le", "replace")
    boxes = [layer.get_charbox(k, loose=True) for k in {seen[0], seen[len(seen) // 2], seen[-1]}]  # type: ignore[attr-defined]
    return Line(
        text.strip(),
        min(box[0] for box in boxes),
        max(box[2] for box in boxes),
        min(box[1] for box in boxes),
        max(box[3] for box in boxes),
    )


def _pieces(pages: Sequence[Sequence[Line]]) -> list[Piece]:
    """Return the paragraphs of all pages; running heads, running feet and page numbers are boilerplate."""
    repeated = _running(pages)
    words = Counter(word.casefold() for page in pages for line in page for word in _WORD.findall(line.text))
    pieces: list[Piece] = []
    for number, page in enumerate(pages, start=1):
        block: list[str] = []
        for k, line in enumerate(page):
            at_edge = k < 2 or k >= len(page) - 2
            if at_edge and (_key(line) in repeated or _PAGE_NUMBER.fullmatch(squeezed(line.text))):
                _close(pieces, block, number, words)
                if text := squeezed(line.text):
                    pieces.append(Piece(text, Role.BOILERPLATE, number))
                continue
            if block and k and _begins(page, k):
                _close(pieces, block, number, words)
            block.append(line.text)
        _close(pieces, block, number, words)
    return pieces


def _close(pieces: list[Piece], block: list[str], page: int, words: Counter[str]) -> None:
    if block and (text := squeezed(_joined(block, words))):
        pieces.append(Piece(text, Role.BODY, page))
    block.clear()


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    """Return the lines of a paragraph as one text."""
    text = lines[0]
    for line in lines[1:]:
        if text.endswith(tuple(_LINE_HYPHENS)) or (text.endswith("-") and line[:1].islower()):
            head, tail = _last_word(text[:-1]), _first_word(line)
            whole, divided = (head + tail).casefold(), f"{head}-{tail}".casefold()
            known = bool(tail) and words[whole] > 0 and words[divided] == 0
            text = text[:-1] + ("" if known else "-") + line
        else:
            text = f"{text} {line}"
    return re.sub(f"[{_LINE_HYPHENS}]", "-", text)


def _last_word(text: str) -> str:
    return re.split(r"[\W\d_]+", text)[-1]


def _first_word(text: str) -> str:
    return re.split(r"[\W\d_]+", text)[0]


def _begins(page: Sequence[Line], k: int) -> bool:
    """Say whether the k-th line of a page begins a paragraph."""
    line, before = page[k], page[k - 1]
    if is_date_line(line.text) or (is_date_line(before.text) and (k == 1 or _begins(page, k - 1))):
        return True  # on a page of few lines no distance is usual
    near = page[max(0, k - 12) : k + 12]
    steps = [a.bottom - b.bottom for a, b in itertools.pairwise(near) if 0 < a.bottom - b.bottom < 100]
    usual = statistics.median_low(steps) if steps else 0.0
    step = before.bottom - line.bottom
    if step <= 0 or (usual and step > _HEIGHTS * usual):  # a new column, or a gap
        return True
    height = max(1.0, before.top - before.bottom)
    left = statistics.median_low([one.left for one in near])
    right = max(one.right for one in near)
    indented = line.left - left > 0.8 * height and before.left - left < 0.8 * height
    stops_short = right - before.right > 0.25 * (right - left) and re.search(r"[.!?:;…。！？؟][\"'”’»)]*$", before.text)
    sizes = (line.top - line.bottom) / height
    return bool(indented or stops_short or sizes > 1.5 or sizes < 0.6)


def _running(pages: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """Return what stands, digits aside, at one height in the first or last two lines of three pages and a third."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({_key(line) for line in (*page[:2], *page[-2:])})
    return {key for key, count in counts.items() if count >= max(3, len(pages) // 3)}


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", squeezed(line.text).casefold()), round(line.top / 4)


def _extract(pieces: list[Piece], said: dict[str, str], count: int, notes: tuple[str, ...]) -> Extract:
    """Return the text, and what the PDF's own record and its first page say of it."""
    kept = [k for k, piece in enumerate(pieces) if piece.role is Role.BODY]
    sort = sort_lines([pieces[k].text for k in kept], [True] * len(kept))
    for k, role in zip(kept, sort.roles, strict=True):
        pieces[k] = Piece(pieces[k].text, role_of(pieces[k].text) or role, pieces[k].page)
    text, paragraphs = assembled(pieces)
    title, author, made = said.get("Title"), said.get("Author"), said.get("CreationDate", "")
    stamp = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", made)
    day = date_in("-".join(stamp.groups())) if stamp else None
    return Extract(
        text,
        paragraphs,
        Said(title, "PDF info Title") if title and _is_title(title) else sort.title,
        Said(author, "PDF info Author") if author and _is_title(author) else sort.author,
        None,
        sort.published or (Dated(day[0], "PDF info CreationDate") if day else None),
        pages=count,
        notes=notes,
    )


def _is_title(text: str) -> bool:
    """Say whether a field of the PDF's record was filled in by a person and not by a program."""
    low = text.casefold()
    return low not in {
        "untitled",
        "anonymous",
        "unspecified",
        "(anonymous)",
        "(unspecified)",
        "user",
        "admin",
    } and not low.startswith(("microsoft word -", "c:\\", "/"))

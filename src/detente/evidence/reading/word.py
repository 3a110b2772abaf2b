"""Word files (DOCX): the paragraphs of the body, of tables and of notes, in the order of the file.

Of changes that are tracked the inserted text is read and the deleted text is not, as if all were accepted; a note
says so.
The parts are unpacked only after the file's own directory has been looked at, and no part may declare entities.
"""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from detente.evidence.reading.document import Role, Said
from detente.evidence.reading.furniture import role_of
from detente.evidence.reading.limits import MIB, Limits
from detente.evidence.reading.pieces import Dated, Extract, Piece, assembled, squeezed
from detente.evidence.reading.plain import sort_lines
from detente.evidence.reading.refused import Unreadable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

_MOST_PARTS = 10_000
_TEMPLATE = datetime.date(2013, 12, 23)  # of the empty file that python-docx starts from
_SPLIT = "Split it, or save its text alone"
_HINT = "Open it in a word processor and save it again"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")


def read_word(raw: bytes, limits: Limits) -> Extract:
    """Return the text of a DOCX file.

    Raises
    ------
    Unreadable
        If it is broken, unpacks to too much, or holds what no word processor writes.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    _check_parts(raw, limits)
    try:
        document = docx.Document(io.BytesIO(raw))
        roots = [document.element.body, *_notes(document)]
        pieces = [piece for root in roots for piece in _pieces(root, _headings(document))]
        tracked = any(next(root.iter(f"{_W}ins", f"{_W}del"), None) is not None for root in roots)
        said = _core(document)
    except LxmlError as error:
        if "huge" in str(error).casefold():  # libxml2 takes no text node or attribute beyond 10 million bytes
            raise Unreadable("the DOCX file holds one text of more than 10 MB without a break", _SPLIT) from None
        raise Unreadable("the DOCX file is broken, or is no Word document", _HINT) from None
    except (OpcError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, zlib.error, EOFError):
        raise Unreadable("the DOCX file is broken, or is no Word document", _HINT) from None
    if not pieces:
        raise Unreadable("the document has no text", "If it holds pictures of pages, recognise their text first (OCR)")
    return _extract(pieces, said, tracked)


def _check_parts(raw: bytes, limits: Limits) -> None:
    """Look at the directory of the packed file and the beginning of each XML part before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS:
                raise Unreadable(f"the DOCX file has {len(parts):,} parts, more than {_MOST_PARTS:,}", _HINT)
            size = sum(part.file_size for part in parts)
            if size > limits.unpacked_mib * MIB:
                raise Unreadable(_too_large("the DOCX file", size, limits.unpacked_mib), _SPLIT)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and part.file_size > limits.part_mib * MIB:
                    name = part.filename.rpartition("/")[2]
                    raise Unreadable(
                        _too_large(f"the part {name} of the DOCX file", part.file_size, limits.part_mib), _SPLIT
                    )
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable("the DOCX file is protected by a password", "Save it without one")
            if "[Content_Types].xml" not in packed.namelist():
                raise Unreadable("its ending says DOCX, and it is some other packed (ZIP) file", "Correct the ending")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as opened:
                        beginning = opened.read(4096)
                    if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
                        raise Unreadable(
                            "a part of the DOCX file declares entities, which no word processor does", _HINT
                        )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise Unreadable("the DOCX file is broken or breaks off", "Save or download it again") from None


def _too_large(what: str, size: int, most_mib: int) -> str:
    return f"{what} unpacks to {-(-size // MIB):,} MB, more than the limit of {most_mib:,} MB"


def _notes(document: WordDocument) -> Iterator[_Element]:
    """Yield the roots of footnotes and endnotes."""
    from docx.oxml import parse_xml

    for part in document.part.package.iter_parts():
        if str(part.partname) in _NOTES:
            yield parse_xml(part.blob)


def _headings(document: WordDocument) -> dict[str, bool]:
    """Return the ids of the styles of titles (True) and headings (False)."""
    found: dict[str, bool] = {}
    for style in document.styles:
        name = (style.name or "").casefold()
        if name in {"title", "subtitle"} or name.startswith("heading"):
            found[style.style_id] = name == "title"
    return found


def _pieces(root: _Element, headings: dict[str, bool]) -> Iterator[Piece]:
    """Yield the paragraphs below a root, each once, those of cells and text boxes too."""
    for paragraph in root.iter(f"{_W}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue
        text = squeezed("".join(_texts(paragraph)))
        if not text:
            continue
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        heading = style is not None and style.get(f"{_W}val") in headings
        yield Piece(text, Role.HEADING if heading else Role.BODY)


def _texts(paragraph: _Element) -> Iterator[str]:
    """Yield the text of a paragraph's own runs: what is inserted, not what is deleted, nor a text box within it."""
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in {f"{_W}tab", f"{_W}br", f"{_W}cr"}:
            yield " "
        elif node.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif node.tag not in {f"{_W}p", f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}instrText"}:
            waiting += reversed(node)


def _core(document: WordDocument) -> dict[str, Any]:
    """Return the core properties that say something; python-docx gives files without them its own."""
    core = document.core_properties
    said: dict[str, Any] = {"title": squeezed(core.title or "")[:300], "author": squeezed(core.author or "")[:300]}
    said["created"] = core.created
    if core.created is not None and core.created.date() == _TEMPLATE:
        said["created"] = None
    if said["title"] == "Word Document" or said["title"].startswith("Microsoft Word - "):
        said["title"] = ""
    if said["author"].casefold() in {"python-docx", "user", "admin", "author"}:
        said["author"] = ""
    return said


def _extract(pieces: list[Piece], said: dict[str, Any], tracked: bool) -> Extract:
    sort = sort_lines([piece.text for piece in pieces], [True] * len(pieces))
    roles = [
        Role.HEADING if piece.role is Role.HEADING else role_of(piece.text) or role
        for piece, role in zip(pieces, sort.roles, strict=True)
    ]
    text, paragraphs = assembled(Piece(piece.text, role) for piece, role in zip(pieces, roles, strict=True))
    first = next((piece.text for piece in pieces if piece.role is Role.HEADING), None)
    title = Said(said["title"], "DOCX property title") if said["title"] else None
    title = title or (Said(first[:300], "first heading") if first else sort.title)
    created = said["created"]
    dated = sort.published
    if dated is None and created is not None and 1990 <= created.year <= 2199:
        dated = Dated(created.date().isoformat(), "DOCX property created")
    return Extract(
        text,
        paragraphs,
        title,
        Said(said["author"], "DOCX property author") if said["author"] else sort.author,
        None,
        dated,
        notes=("changes are tracked: inserted text was read, deleted text was not",) if tracked else (),
    )

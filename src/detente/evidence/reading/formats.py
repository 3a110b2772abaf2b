"""What kind of file a document is: its ending says so, and its first bytes must not deny it."""

from __future__ import annotations

from pathlib import PurePath

from detente.evidence.reading.document import Format
from detente.evidence.reading.refused import Unreadable

ENDINGS = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".eml": Format.EMAIL,
}

# Documents that a person would expect to be read, and that are not.
UNREAD = {
    ".doc": "Save it as DOCX",
    ".rtf": "Save it as DOCX",
    ".odt": "Save it as DOCX",
    ".pages": "Export it as DOCX or PDF",
    ".epub": "Save its chapters as HTML",
    ".msg": "Save it as .eml",
    ".mbox": "Save its messages as .eml, one by one",
    ".mht": "Save the page as HTML",
    ".mhtml": "Save the page as HTML",
    ".webarchive": "Save the page as HTML",
    ".docm": "Save it as DOCX, without its macros",
    ".zip": "Unpack it and read the folder",
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a packed (ZIP) file"),
    (_OLE, "an old Word, Outlook or encrypted Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"bplist", "a web archive"),
)


def format_of(name: str) -> Format | None:
    """Return the format that a file's ending names, None where no reader is for it.

    Examples
    --------
    >>> format_of("Reply.PDF"), format_of("photo.jpg")
    (<Format.PDF: 'pdf'>, None)
    """
    return ENDINGS.get(PurePath(name).suffix.lower())


def reason_unread(name: str) -> Unreadable | None:
    """Return why a document of a known kind is not read, None where the ending is not that of a document."""
    ending = PurePath(name).suffix.lower()
    if ending not in UNREAD:
        return None
    return Unreadable(f"there is no reader for {ending} files", UNREAD[ending])


def check_beginning(raw: bytes, kind: Format) -> None:
    """Refuse bytes that are plainly another kind of file than the ending says.

    Raises
    ------
    Unreadable
        If they are.
    """
    if not raw:
        raise Unreadable("the file is empty", "Save the document again")
    seen = next((what for mark, what in _MARKS if raw.startswith(mark)), None)
    if kind is Format.PDF:
        if b"%PDF-" not in raw[:1024]:
            raise Unreadable(f"its ending says PDF, and it is {seen or 'something else'}", "Correct the ending")
    elif kind is Format.DOCX:
        if raw.startswith(_OLE):
            raise Unreadable(
                "its ending says DOCX, and it is protected by a password or an old Word file",
                "Save it as DOCX without a password",
            )
        if not raw.startswith(b"PK\x03\x04"):
            raise Unreadable(f"its ending says DOCX, and it is {seen or 'something else'}", "Correct the ending")
    elif seen is not None:
        ending = {Format.TEXT: "text", Format.MARKDOWN: "Markdown", Format.HTML: "HTML", Format.EMAIL: "e-mail"}[kind]
        raise Unreadable(f"its ending says {ending}, and it is {seen}", "Correct the ending")

"""E-mail: the message that was written, without what it quotes and its signature; attachments are only named."""

from __future__ import annotations

import email
import email.errors
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage

from detente.evidence.reading.decoding import decoded
from detente.evidence.reading.document import Role, Said
from detente.evidence.reading.furniture import role_of
from detente.evidence.reading.pieces import Dated, Extract, Piece, assembled, squeezed
from detente.evidence.reading.refused import Unreadable
from detente.evidence.reading.web_page import page_extract

_MOST_PARTS = 500
_DEEPEST = 30
# What the standard library raises on headers that break its grammar, beside what it means to raise.
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, email.errors.MessageError)
_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_QUOTE = re.compile(r"\s*>")
_ON_WROTE = re.compile(
    r"(?:on\b.{5,200}\bwrote|am\b.{5,200}\bschrieb\b.{0,80}|le\b.{5,200}\ba écrit|.{5,200}\bпишет|"
    r"-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|исходное сообщение)\s*-{2,})\s*:?",
    re.IGNORECASE,
)


def read_message(raw: bytes) -> Extract:
    """Return the text of a message: its headers as one line each, then its paragraphs.

    Raises
    ------
    Unreadable
        If it has no headers of a message, or no text.
    """
    try:
        return _extract(email.message_from_bytes(raw, policy=email.policy.default))
    except _BROKEN:
        raise Unreadable("the e-mail is broken", "Save it again") from None


def _extract(message: EmailMessage) -> Extract:
    headers = {name: header for name in _HEADERS if (header := _header(message, name))}
    if not headers.keys() & {"From", "Date", "Subject"}:
        raise Unreadable("this is not an e-mail (it has no sender, date or subject)", "Correct the ending")
    parts = list(_parts(message))
    pieces = [Piece(f"{name}: {value}", Role.METADATA) for name, value in headers.items()]
    plain = next((part for part in parts if _is_text(part, "plain")), None)
    page = next((part for part in parts if _is_text(part, "html")), None)
    encoding = None
    if plain is not None:
        text, encoding = _text(plain)
        pieces += _paragraphs(text)
    if page is not None and not any(piece.role is Role.BODY for piece in pieces):
        text, encoding = _text(page)
        found = page_extract(text) if text.strip() else None
        if found is not None:
            pieces += [Piece(found.text[one.start : one.end], one.role) for one in found.paragraphs]
    if all(piece.role is Role.METADATA for piece in pieces):
        raise Unreadable("the message has no text", "Read its attachments as files")
    attached = [squeezed(name) for part in parts if (name := part.get_filename())]
    notes = (f"attachments not read: {', '.join(attached)[:300]}",) if attached else ()
    joined, paragraphs = assembled(pieces)
    subject, sender = headers.get("Subject"), headers.get("From")
    return Extract(
        joined,
        paragraphs,
        Said(subject, "mail header Subject") if subject else None,
        Said(sender, "mail header From") if sender else None,
        None,
        _sent(headers.get("Date")),
        encoding,
        notes=notes,
    )


def _header(message: EmailMessage, name: str) -> str:
    """Return a header on one line; one that the library cannot take apart says nothing."""
    try:
        return squeezed(str(message[name] or ""))[:500]
    except _BROKEN:
        return ""


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts of a message that hold no others; messages that it carries as attachments are not opened."""
    waiting = [(message, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop(0)
        seen += 1
        if seen > _MOST_PARTS or depth > _DEEPEST:
            raise Unreadable(
                f"the message has more than {_MOST_PARTS} parts, or parts nested deeper than {_DEEPEST}",
                "Save its text as a file of its own",
            )
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting = [(one, depth + 1) for one in part.get_payload() if isinstance(one, EmailMessage)] + waiting
        elif part.get_content_maintype() != "message":
            yield part


def _is_text(part: EmailMessage, kind: str) -> bool:
    return part.get_content_type() == f"text/{kind}" and part.get_content_disposition() != "attachment"


def _text(part: EmailMessage) -> tuple[str, str | None]:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    if not raw:
        return "", None
    found = decoded(raw, part.get_content_charset())
    return found.text, found.note()


def _paragraphs(text: str) -> Iterator[Piece]:
    """Yield the paragraphs of a message; what it quotes of others is boilerplate, its signature metadata."""
    lines: list[str] = []
    role = Role.BODY

    def taken() -> Iterator[Piece]:
        joined = squeezed(" ".join(lines))
        if joined:
            yield Piece(joined, role if role is not Role.BODY else role_of(joined) or Role.BODY)
        lines.clear()

    signed = False
    for line in text.splitlines():
        if line.rstrip("\r\n") in {"-- ", "--"}:
            yield from taken()
            signed = True
        quoted = _QUOTE.match(line) is not None or _ON_WROTE.fullmatch(line.strip()) is not None
        now = Role.BOILERPLATE if quoted else Role.METADATA if signed else Role.BODY
        if not line.strip() or now is not role:
            yield from taken()
            role = now
        lines.append(line)
    yield from taken()


def _sent(header: str | None) -> Dated | None:
    """Return the day in a header's own zone."""
    if header is None:
        return None
    try:
        day = email.utils.parsedate_to_datetime(header).date()
    except (ValueError, TypeError, OverflowError):
        return None
    return Dated(day.isoformat(), "mail header Date")

"""From bytes to characters, and how that was known; a text that nobody can decode with confidence is refused.

UTF-8 first, then what a byte order mark or the document says, then UTF-16 told by its zero bytes, then the reading that
some language would be in (`guessing`), and for other scripts a guess that must be a good one. Nothing is repaired: a
byte that does not fit refuses the document.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from detente.evidence.reading.guessing import guess
from detente.evidence.reading.refused import Unreadable

LEAST_GUESSED = 40  # bytes beyond ASCII below which a guess of another script is a toss-up
_SAMPLE = 200_000  # bytes from which an encoding is guessed
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HINT = "Save it as UTF-8 text"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, how that is known, and what about it cannot be told.

    How is one of `utf-8`, `byte order mark`, `declared`, `zero bytes`, `guessed`.
    """

    text: str
    encoding: str
    how: str
    doubt: str | None = None

    def note(self) -> str | None:
        """Return what is to be said of the encoding, None for UTF-8."""
        if self.encoding == "utf-8":
            return None
        return f"{self.encoding} ({self.how}{f'; {self.doubt}' if self.doubt else ''})"


def decoded(raw: bytes, declared: str | None = None) -> Decoded:
    """Return the text of bytes.

    Parameters
    ----------
    raw : bytes
        The text's bytes.
    declared : str, optional
        The encoding that the document itself names.

    Raises
    ------
    Unreadable
        If it is no text, or its encoding cannot be told.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _checked(raw, encoding, "byte order mark")
    if b"\x00" in raw:
        return _with_zeros(raw)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(raw) and error.start > 0:
            raise Unreadable("the text is UTF-8 and breaks off within a character", "Save it whole") from None
    if declared is not None:
        return _checked(raw, declared, "declared")
    return _guessed(raw)


def declared_in_html(raw: bytes) -> str | None:
    """Return the encoding that a page names within its first bytes, if it is one that Python knows."""
    found = re.search(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", raw[:4096])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        b"".decode(name)
    except LookupError:
        return None
    # browsers read these labels as the wider Windows code page
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)


def _checked(raw: bytes, encoding: str, how: str) -> Decoded:
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise Unreadable(f"the text is not the {encoding} that it says it is ({how})", _HINT) from None
    if "\x00" in text:
        raise Unreadable("this is not text", "Correct the ending")
    return Decoded(text, encoding, how)


def _with_zeros(raw: bytes) -> Decoded:
    """Return UTF-16 without a mark: nearly every second byte of a text in a European language is zero."""
    even, odd, half = raw[0::2].count(0), raw[1::2].count(0), len(raw) // 2
    if len(raw) % 2 == 0:
        if odd > 0.6 * half and even < 0.05 * half:
            return _checked(raw, "utf-16-le", "zero bytes")
        if even > 0.6 * half and odd < 0.05 * half:
            return _checked(raw, "utf-16-be", "zero bytes")
    raise Unreadable("this is not text (it holds zero bytes)", "Correct the ending, or save it as UTF-8 text")


def _guessed(raw: bytes) -> Decoded:
    """Return the reading of a known language, else the best guess of charset-normalizer that fits the whole text."""
    found = guess(raw)
    if found is not None:
        return Decoded(raw.decode(found.encoding), found.encoding, "guessed", found.doubt())
    from charset_normalizer import from_bytes

    beyond = sum(byte > 127 for byte in raw[:_SAMPLE])
    best = from_bytes(raw[:_SAMPLE]).best() if beyond >= LEAST_GUESSED else None
    if best is None or best.encoding in {"utf_16", "utf_32", "utf_7"} or best.percent_chaos > 10:
        raise Unreadable("the text is not UTF-8, and its encoding cannot be told with confidence", _HINT)
    return _checked(raw, best.encoding.replace("_", "-"), "guessed")

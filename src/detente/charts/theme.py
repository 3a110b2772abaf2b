"""The look of every chart: greys only, form before tone, sizes that stay legible on A4 and on a laptop.

A sheet is 640 px wide. Printed 17 cm wide, 12 px are 9 pt; on a screen of 1366 × 768 it fits beside a margin.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

WIDTH = 640
FONT = "Liberation Sans, Arial, Helvetica, DejaVu Sans Condensed, sans-serif"
TEXT = 12
TITLE = 15
LINE = 15

INK = "#111111"
DARK = "#4d4d4d"
MID = "#767676"
LIGHT = "#bdbdbd"
FAINT = "#e3e3e3"
PAPER = "#ffffff"
NOTHING = "transparent"

DASH = (3, 2)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LARGE = {6: "million", 9: "billion", 12: "trillion"}  # raised figures are missing from common fonts
# Characters that XML forbids, and those that turn the reading direction of what follows.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile("[ \t\u2028\u2029]+")
_NARROW, _WIDE = frozenset("iljtfI.,:;'’|!()[]/- \u00a0"), frozenset("mwMWQ@%—…")


def clean(text: str) -> str:
    """Return a text without characters that a picture cannot hold, its lines kept."""
    return "\n".join(_SPACES.sub(" ", _UNPRINTABLE.sub(" ", line)).strip(" ") for line in text.split("\n"))


def text_width(text: str, size: float = TEXT) -> float:
    """Return about how many pixels a text takes; close enough to break lines."""
    return size * sum(_share(character) for character in text)


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.31
    if character in _WIDE:
        return 0.88
    if ord(character) > 0x2E80:
        return 1.0
    return 0.69 if character.isupper() else 0.55


def wrapped(text: str, width: float, *, size: float = TEXT, most: int | None = None) -> tuple[str, ...]:
    """Return a text in lines of at most `width` pixels; beyond `most` lines the last ends in an ellipsis.

    Examples
    --------
    >>> wrapped("one package or separate tracks", 100)
    ('one package or', 'separate tracks')
    >>> wrapped("one package or separate tracks", 100, most=1)
    ('one package or…',)
    """
    lines: list[str] = []
    for word in _words(clean(text), width, size):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if most is None or len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while " " in last and text_width(f"{last}…", size) > width:  # at the end of a word, while there are several
        last = last[: last.rindex(" ")]
    while last and text_width(f"{last}…", size) > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip(' ,;:')}…")


def _words(text: str, width: float, size: float) -> Iterator[str]:
    """Yield the words of a text, those longer than a line in pieces."""
    longest = max(1, int(width / size))
    for word in text.replace("\n", " ").split(" "):
        if not word:
            continue
        if text_width(word, size) <= width:
            yield word
        else:
            yield from (word[start : start + longest] for start in range(0, len(word), longest))


def day(date: datetime.date) -> str:
    """Return a day as print shows it.

    Examples
    --------
    >>> day(datetime.date(2022, 2, 17))
    '17 Feb 2022'
    """
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def month(date: datetime.date) -> str:
    """Return the month of a day: `Feb 2022`."""
    return f"{_MONTHS[date.month - 1]} {date.year}"


def power_of_ten(exponent: int) -> str:
    """Return a power of ten as print shows it.

    Examples
    --------
    >>> power_of_ten(0), power_of_ten(4), power_of_ten(7), power_of_ten(30)
    ('1', '10,000', '10 million', '10^30')
    """
    if exponent < 6:
        return f"{10**exponent:,}"
    return f"{10 ** (exponent % 3)} {_LARGE[exponent - exponent % 3]}" if exponent < 15 else f"10^{exponent}"

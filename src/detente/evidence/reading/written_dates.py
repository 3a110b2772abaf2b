"""Dates as documents write them on a line of their own or behind a label: `2022-03-01`, `1 March 2022`, `1. März 2022`.

A date whose day and month can be swapped (`01/03/2022`) is not read: which of the two is meant depends on the country.
"""

from __future__ import annotations

import datetime
import re

_MONTHS = (
    ("january jan janvier januar jänner enero janeiro gennaio января январь січня", 1),
    ("february feb février fevrier februar febrero fevereiro febbraio февраля февраль лютого", 2),
    ("march mar mars märz maerz marzo março marco марта март березня", 3),
    ("april apr avril abril aprile апреля апрель квітня", 4),
    ("may mai mayo maio maggio мая май травня", 5),
    ("june jun juin juni junio junho giugno июня июнь червня", 6),
    ("july jul juillet juli julio julho luglio июля июль липня", 7),
    ("august aug août aout agosto августа август серпня", 8),
    ("september sept sep septembre septiembre setembro settembre сентября сентябрь вересня", 9),
    ("october oct octobre oktober octubre outubro ottobre октября октябрь жовтня", 10),
    ("november nov novembre noviembre novembro ноября ноябрь листопада", 11),
    ("december dec décembre decembre dezember diciembre dezembro dicembre декабря декабрь грудня", 12),
)
_MONTH = {word: number for words, number in _MONTHS for word in words.split()}
_MONTH |= {
    word: number
    for number, word in enumerate(
        ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
        start=1,
    )
}
_WORD = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))
_FORMS = (
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)",
    r"(?P<y>\d{4})/(?P<m>\d{2})/(?P<d>\d{2})(?!\d)",
    r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
    r"(?P<y>\d{4})\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日",
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?P<w>{_WORD})\.?,?\s+(?:de\s+)?(?P<y>\d{{4}})(?!\d)",
    rf"\b(?P<w>{_WORD})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)",
)
_DATE = tuple(re.compile(rf"(?<![\d.]){form}", re.IGNORECASE) for form in _FORMS)
_MONTH_ONLY = re.compile(rf"(?<![\d.])\b(?P<w>{_WORD})\.?,?\s+(?P<y>\d{{4}})(?!\d)", re.IGNORECASE)


def date_in(text: str, *, months: bool = False) -> tuple[str, int, int] | None:
    """Return the first date in a text as ISO writes it, and where it begins and ends; None if there is none.

    Parameters
    ----------
    text : str
        A short line; of a longer one the first 300 characters are looked at.
    months : bool
        Whether a month without a day (`March 2022`) is a date too.

    Examples
    --------
    >>> date_in("Published on 1 March 2022")
    ('2022-03-01', 13, 25)
    >>> date_in("01/03/2022") is None
    True
    """
    text = text[:300]
    found: list[tuple[int, int, str]] = []
    for form in _DATE:
        if (match := form.search(text)) is not None and (day := _day(match)) is not None:
            found.append((match.start(), match.end(), day))
    if not found and months and (match := _MONTH_ONLY.search(text)) is not None:
        year = int(match["y"])
        if _is_year(year):
            found.append((match.start(), match.end(), f"{year:04d}-{_MONTH[match['w'].lower()]:02d}"))
    if not found:
        return None
    start, end, day = min(found)
    return day, start, end


def _day(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year, day = int(parts["y"]), int(parts["d"])
    month = _MONTH[parts["w"].lower()] if parts.get("w") else int(parts["m"])
    try:
        return datetime.date(year, month, day).isoformat() if _is_year(year) else None
    except ValueError:
        return None


def _is_year(year: int) -> bool:
    """Say whether a document of our field can be of that year."""
    return 1800 <= year <= 2199

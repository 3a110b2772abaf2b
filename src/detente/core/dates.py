"""Dates as the record gives them: a day, a month or a year, or an interval between two of them."""

from __future__ import annotations

import calendar
import datetime
import re

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def interval_of(text: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day that a partial ISO date covers.

    Parameters
    ----------
    text : str
        `2022`, `2022-02`, `2022-02-17`, or two of them joined by `/`.

    Raises
    ------
    ValueError
        If the text is not such a date, or the interval ends before it begins.

    Examples
    --------
    >>> [day.isoformat() for day in interval_of("2022-02")]
    ['2022-02-01', '2022-02-28']
    """
    first, _, second = text.partition("/")
    begin, end = _span(first)
    if second:
        end = _span(second)[1]
    if end < begin:
        raise ValueError("the interval ends before it begins")
    return begin, end


def _span(text: str) -> tuple[datetime.date, datetime.date]:
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError("not a date")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if day is None:
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    return datetime.date(year, month, day), datetime.date(year, month, day)

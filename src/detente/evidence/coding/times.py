"""When an act happened: the expression of time nearest to its clause, resolved against the document's date.

The rule is the order in which a reader looks: the clause itself, then the sentence before it, then after it. Where
nothing says a time there is none; the document's date is a bound and never stands in for it.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence

from detente.evidence.coding.coding import Time
from detente.evidence.coding.expressions import Days, Expression, expressions
from detente.evidence.happened import Happened, HowKnown

BOUND = re.compile(r"\b(?P<word>since|by|until|till|before|after|from|than)\s*(?:the )?$", re.I)
"""Words before an expression that make it an end of the interval."""


def time_of(
    sentence: str, start: int, end: int, written: Happened | None = None, precedent: Time | None = None
) -> Time | None:
    """Return when the act of a clause happened, or None if nothing says so.

    Parameters
    ----------
    sentence : str
        The sentence that the clause stands in.
    start, end : int
        The clause, characters [start, end) of the sentence.
    written : Happened, optional
        When the document was written; without it only full dates resolve.
    precedent : Time, optional
        The time told just before.

    Examples
    --------
    >>> told = time_of("On Monday Oslo said that talks would open.", 3, 42, Happened(when="2024-11-21"))
    >>> told.happened.when, told.reason
    ('2024-11-18', 'the last Monday up to 2024-11-21')
    """
    days = (written.first, written.last) if written else None
    before = (precedent.happened.first, precedent.happened.last) if precedent else None
    found = expressions(sentence, days, before)
    return _told(sentence, chosen(found, start, end), days) if found else None


def chosen(found: Sequence[Expression], start: int, end: int) -> Expression:
    """Return the expression that belongs to a clause: inside it, else the nearest before it, else after it."""

    def distance(one: Expression) -> tuple[int, int]:
        if start <= one.start < end:
            return 0, one.start
        return (1, start - one.end) if one.end <= start else (2, one.start - end)

    return min(found, key=distance)


def _told(sentence: str, one: Expression, written: Days | None) -> Time:
    first, last = one.days
    reason = one.reason
    words = one.words
    lead = BOUND.search(sentence[: one.start])
    word = lead["word"].lower() if lead else ""
    how = HowKnown.STATED if reason == "stated" else HowKnown.INFERRED
    if word in ("since", "from", "after") and written and written[1] >= last and not (word == "from" and first < last):
        last, reason = written[1], f"{reason}; {word}: up to the day of writing"
        how = HowKnown.INFERRED
    elif word in ("by", "until", "till", "before", "than") and written and written[0] <= last:
        bound = last - datetime.timedelta(days=1) if word == "before" and first > written[0] else last
        first, last, reason = written[0], max(written[0], bound), f"{reason}; {word}: from the day of writing"
        how = HowKnown.INFERRED
    return Time(Happened(when=interval_text(first, last), how=how), reason, words)


def interval_text(first: datetime.date, last: datetime.date) -> str:
    """Return two days as a record writes them: `2022`, `2022-02`, `2022-02-17` or two days joined by `/`.

    Examples
    --------
    >>> interval_text(datetime.date(2022, 2, 1), datetime.date(2022, 2, 28))
    '2022-02'
    """
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04d}"
    month_end = calendar.monthrange(first.year, first.month)[1]
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == month_end:
        return f"{first.year:04d}-{first.month:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"

"""Expressions of time in English text, and the days that each means as of the day it was written.

Every expression resolves to an interval with a reason. What has no year, or is relative, needs the day of writing; a
document dated by an interval gives the hull over both its ends, so nothing is more precise than the document's date.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

Days = tuple[datetime.date, datetime.date]

MONTHS = {
    name: number for number in range(1, 13) for name in (calendar.month_name[number], calendar.month_abbr[number])
}
MONTHS["Sept"] = 9
WEEKDAYS = {name: number for number, name in enumerate(calendar.day_name)}
_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: number for number, word in enumerate(re.findall(r"\w+", _COUNTED))}
NUMBERS |= {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "a hundred": 100}

DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
DAY2 = r"(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
MONTH2 = MONTH.replace("?P<month>", "?P<month2>")
YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
DASH = r"\s?(?:-|–|—|to|and|until|through)\s?"
COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|several|a few)"
UNIT = r"(?P<unit>day|week|month|year|decade)s?"
WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
PART = r"(?P<part>early|mid|late|the beginning of|the middle of|the end of|the start of)"
SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"

LEADS = "in|since|by|until|till|before|after|during|last|next|of|for|from|through"

FUTURE = re.compile(
    r"\b(?:will|shall|would|must|should|going to|is to|are to|due|plans?|planned|scheduled|intends?|until|by|"
    r"later than)\b"
)
"""Words by which a day without a year lies ahead."""

SOON = 31
"""A day without a year that comes within so many days is the coming one; who means the year before says so."""

_TEXTS = (
    r"(?:[Aa]ccords?|[Aa]greements?|[Tt]reat(?:y|ies)|[Cc]onventions?|[Pp]rotocols?|[Mm]emorand(?:um|a)|[Dd]eclarations?|"
    r"[Cc]harters?|[Rr]esolutions?|[Cc]onstitutions?|[Cc]ommuniqu[eé]s?|[Pp]acts?|[Dd]eals?|[Tt]ruces?|[Ll]aws?|"
    r"[Aa]rmistices?|[Cc]easefires?|[Ff]inal [Aa]ct|[Ff]ounding [Aa]ct)"
)
_ARTICLE = re.compile(r"\b(?:the|their|its|his|her|our|a|an|this|that|both) $", re.I)
_TEXT_AFTER = re.compile(rf" (?:[\w’'-]+ ){{0,3}}?{_TEXTS}\b")
_TEXT_BEFORE = re.compile(rf"\b{_TEXTS} (?:of|from|signed (?:in|on)|agreed (?:in|on)|concluded (?:in|on)) (?:the )?$")


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: the day of writing, the words around, and the time told just before."""

    written: datetime.date | None
    around: str = ""
    precedent: Days | None = None

    @property
    def is_ahead(self) -> bool:
        """Whether the words around speak of the future."""
        return FUTURE.search(self.around) is not None


class _Unresolved(Exception):
    """The expression needs a day of writing, or a time told before, that is not there."""


def _day(year: int, month: int, day: int) -> Days:
    try:
        one = datetime.date(year, month, day)
    except ValueError:
        raise _Unresolved from None
    return one, one


def month_of(year: int, month: int) -> Days:
    """Return the first and last day of a month."""
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def year_of(year: int) -> Days:
    """Return the first and last day of a year."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def _written(context: Context) -> datetime.date:
    if context.written is None:
        raise _Unresolved
    return context.written


def _year(match: re.Match[str], context: Context, month: int, day: int = 1) -> tuple[int, str]:
    """Return the year of a day or month, and why it is that year."""
    if stated := match.groupdict().get("year"):
        return int(stated), "stated"
    written = _written(context)
    here = (month, day) if "day" in match.groupdict() else (month, 1)
    if context.is_ahead:
        year = (
            written.year
            if here >= (written.month, written.day if "day" in match.groupdict() else 1)
            else written.year + 1
        )
        return year, f"no year in the text; the first such time from {written} on"
    if here <= (written.month, written.day):
        return written.year, f"no year in the text; the last such time up to {written}"
    if "day" in match.groupdict() and (_day(written.year, month, day)[0] - written).days <= SOON:
        return written.year, f"no year in the text; within {SOON} days after {written}"
    return written.year - 1, f"no year in the text; the last such time up to {written}"


def _on_day(match: re.Match[str], context: Context) -> tuple[Days, str]:
    month, day = MONTHS[match["month"]], int(match["day"])
    year, why = _year(match, context, month, day)
    return _day(year, month, day), why


def _iso(match: re.Match[str], _: Context) -> tuple[Days, str]:
    return _day(int(match["year"]), int(match["m"]), int(match["d"])), "stated"


def _days_of_month(match: re.Match[str], context: Context) -> tuple[Days, str]:
    month, day = MONTHS[match["month"]], int(match["day"])
    month2 = MONTHS[match["month2"]] if match.groupdict().get("month2") else month
    year, why = _year(match, context, month, day)
    last = _day(year + (month2 < month), month2, int(match["day2"]))
    first = _day(year, month, day)
    if last < first:
        raise _Unresolved
    return (first[0], last[1]), why


def _in_month(match: re.Match[str], context: Context) -> tuple[Days, str]:
    month = MONTHS[match["month"]]
    year, why = _year(match, context, month)
    return _part(month_of(year, month), match.groupdict().get("part")), why


def _in_year(match: re.Match[str], _: Context) -> tuple[Days, str]:
    return _part(year_of(int(match["year"])), match.groupdict().get("part")), "stated"


def _part(days: Days, part: str | None) -> Days:
    """Return the first, middle or last third of an interval, the whole of it without a part."""
    if part is None:
        return days
    first, last = days
    third = ((last - first).days + 1) // 3
    if part in ("early", "the beginning of", "the start of"):
        return first, first + datetime.timedelta(days=third)
    if part in ("mid", "the middle of"):
        return first + datetime.timedelta(days=third), last - datetime.timedelta(days=third)
    return last - datetime.timedelta(days=third), last


SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


def _in_season(match: re.Match[str], context: Context) -> tuple[Days, str]:
    first, last = SEASONS[match["season"]]
    year, why = _year(match, context, first)
    return (month_of(year, first)[0], month_of(year + (last < first), last)[1]), f"{why}; seasons of the northern half"


def _decade(match: re.Match[str], _: Context) -> tuple[Days, str]:
    year = int(match["decade"])
    return (datetime.date(year, 1, 1), datetime.date(year + 9, 12, 31)), "stated"


def _quarter(match: re.Match[str], context: Context) -> tuple[Days, str]:
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}[match["which"]]
    months = 3 if match["size"] == "quarter" else 6
    number = min(number, 12 // months)
    first = (number - 1) * months + 1
    year, why = _year(match, context, first)
    return (month_of(year, first)[0], month_of(year, first + months - 1)[1]), why


def _near_day(match: re.Match[str], context: Context) -> tuple[Days, str]:
    written = _written(context)
    word = match["near"].lower()
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    day = written + datetime.timedelta(days=shift)
    return (day, day), f"counted from {written}"


def _on_weekday(match: re.Match[str], context: Context) -> tuple[Days, str]:
    written, wanted = _written(context), WEEKDAYS[match["weekday"]]
    which = (match.groupdict().get("which") or "").lower()
    ahead = which in ("next", "this coming", "coming") or (not which and context.is_ahead)
    if ahead:
        day = written + datetime.timedelta(days=(wanted - written.weekday() - 1) % 7 + 1)
        return (day, day), f"the first {match['weekday']} after {written}"
    back = (written.weekday() - wanted) % 7
    day = written - datetime.timedelta(days=back or (7 if which == "last" else 0))
    return (day, day), f"the last {match['weekday']} up to {written}"


def _shifted(match: re.Match[str], context: Context) -> tuple[Days, str]:
    written = _written(context)
    which = match["which"].lower().split()[-1]
    days = _unit_around(
        written, match["unit"], {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    )
    return days, f"counted from {written}"


def _unit_around(day: datetime.date, unit: str, shift: int) -> Days:
    if unit == "weekend":  # the last one that has begun, and counted from there
        saturday = day - datetime.timedelta(days=(day.weekday() - 5) % 7) + datetime.timedelta(weeks=max(shift, 0))
        return saturday, saturday + datetime.timedelta(days=1)
    if unit == "week":
        monday = day - datetime.timedelta(days=day.weekday()) + datetime.timedelta(weeks=shift)
        return monday, monday + datetime.timedelta(days=6)
    if unit == "month":
        index = day.year * 12 + day.month - 1 + shift
        return month_of(index // 12, index % 12 + 1)
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * shift
        return datetime.date(first, 1, 1), datetime.date(first + 9, 12, 31)
    return year_of(day.year + shift)


def _count(match: re.Match[str]) -> tuple[int, int]:
    word = match["count"].lower()
    if word in ("several", "a few"):
        return 2, 6
    number = int(word) if word.isdigit() else NUMBERS[word]
    return number, number


LENGTHS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}


def _ago(match: re.Match[str], context: Context) -> tuple[Days, str]:
    written = _written(context)
    least, most = _count(match)
    length = LENGTHS[match["unit"]]
    # a count of units is rounded: half a unit on either side, but a day is a day
    slack = length // 2
    days = (
        written - datetime.timedelta(days=most * length + slack),
        written - datetime.timedelta(days=least * length - slack),
    )
    either = f", half a {match['unit']} either way" if slack else ""
    return days, f"counted from {written}{either}"


def _ahead(match: re.Match[str], context: Context) -> tuple[Days, str]:
    written = _written(context)
    _, most = _count(match)
    return (written, written + datetime.timedelta(days=most * LENGTHS[match["unit"]])), f"counted from {written}"


def _past_stretch(match: re.Match[str], context: Context) -> tuple[Days, str]:
    written = _written(context)
    _, most = _count(match)
    return (written - datetime.timedelta(days=most * LENGTHS[match["unit"]]), written), f"counted back from {written}"


def _recent(match: re.Match[str], context: Context) -> tuple[Days, str]:
    written = _written(context)
    length = LENGTHS[match["unit"]] * 6
    return (written - datetime.timedelta(days=length), written), f"recent: up to six {match['unit']}s before {written}"


def _now(_: re.Match[str], context: Context) -> tuple[Days, str]:
    written = _written(context)
    return (written, written), "the day of writing"


def _after_precedent(match: re.Match[str], context: Context) -> tuple[Days, str]:
    if context.precedent is None:
        raise _Unresolved
    first, last = context.precedent
    why = f"counted from the time told before, {first}" + ("" if first == last else f" to {last}")
    groups = match.groupdict()
    if groups.get("same"):
        return context.precedent, "the time told before"
    if groups.get("count"):
        least, most = _count(match)
        length = LENGTHS[match["unit"]]
        return (first + datetime.timedelta(days=least * length), last + datetime.timedelta(days=most * length)), why
    if groups["unit"] == "day":
        return (first + datetime.timedelta(days=1), last + datetime.timedelta(days=1)), why
    return (_unit_around(first, groups["unit"], 1)[0], _unit_around(last, groups["unit"], 1)[1]), why


Resolver = Callable[[re.Match[str], Context], tuple[Days, str]]

# The first pattern that matches at a place holds; longer forms stand before those that they contain.
_FORMS: tuple[tuple[str, Resolver, int], ...] = (
    (rf"\b{YEAR}-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])\b", _iso, 0),
    (rf"\b{DAY}(?: of)? {MONTH}{DASH}{DAY2}(?: of)? {MONTH2},? {YEAR}\b", _days_of_month, 0),
    (rf"\b{DAY}(?: of)? {MONTH}{DASH}{DAY2}(?: of)? {MONTH2}\b", _days_of_month, 0),
    (rf"\b{DAY}{DASH}{DAY2}(?: of)? {MONTH}(?:,? {YEAR})?\b", _days_of_month, 0),
    (rf"\b{MONTH} {DAY}{DASH}{DAY2}(?:,? {YEAR})?\b(?!\s?[:%])", _days_of_month, 0),
    (rf"\b(?:the )?{DAY}(?: of)? {MONTH}(?:,? {YEAR})?\b", _on_day, 0),
    (rf"\b{MONTH} (?:the )?{DAY}(?:,? {YEAR})?\b(?!\s?[:%])", _on_day, 0),
    (rf"\b{PART}[ -]{MONTH}(?:,? {YEAR})?\b", _in_month, 0),
    (rf"\b{MONTH}(?: of)?,? {YEAR}\b", _in_month, 0),
    (rf"\bthe (?P<which>first|second|third|fourth|last) (?P<size>quarter|half) of {YEAR}\b", _quarter, re.I),
    (rf"\b(?:the )?{SEASON}(?: of)? {YEAR}\b", _in_season, 0),
    (rf"\b{PART}[ -]{YEAR}\b", _in_year, 0),
    (r"\bthe (?:early |late |mid-)?(?P<decade>1[89]\d0|20\d0)s\b", _decade, 0),
    (r"\b(?P<near>yesterday|today|tonight|tomorrow|last night|this (?:morning|afternoon|evening))\b", _near_day, re.I),
    (rf"\b(?P<which>last|next|this coming|this|coming) {WEEKDAY}\b", _on_weekday, re.I),
    (rf"\b{WEEKDAY}\b", _on_weekday, 0),
    (r"\b(?P<which>over the|at the|this|last|next|the past|the coming) (?P<unit>weekend)\b", _shifted, re.I),
    (rf"\b{COUNT} {UNIT} ago\b", _ago, re.I),
    (rf"\b(?:over|during|in|for|within) the (?:past|last) {COUNT} {UNIT}\b", _past_stretch, re.I),
    (rf"\b{COUNT} {UNIT} (?:later|after that|afterwards)\b", _after_precedent, re.I),
    (rf"\b(?:in|within|over) (?:the (?:next|coming) )?{COUNT} {UNIT}(?:' time)?\b", _ahead, re.I),
    (
        r"\b(?:in|over|during) (?:the )?(?:recent|past|last few|past few) (?P<unit>day|week|month|year)s\b",
        _recent,
        re.I,
    ),
    (
        r"\b(?P<which>last|next|this|the past|the previous|the coming) (?P<unit>week|month|year|decade)\b",
        _shifted,
        re.I,
    ),
    (r"\bthe (?P<same>same) (?:day|week|month|year|time)\b", _after_precedent, re.I),
    (r"\bthe (?:next|following) (?P<unit>day|week|month|year)\b", _after_precedent, re.I),
    (rf"\b(?i:{LEADS}) (?P<core>{MONTH})\b(?! \d)", _in_month, 0),
    (rf"\b(?i:{LEADS}|the) (?P<core>{YEAR})\b", _in_year, 0),
    (rf"\((?P<core>{YEAR})\)", _in_year, 0),
    (r"\b(?:now|currently|at present|at the moment|nowadays)\b", _now, re.I),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Resolver], ...]:
    return tuple((re.compile(form, flags), resolver) for form, resolver, flags in _FORMS)


CLUE = re.compile(
    r"\d|day|night|week|month|year|decade|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|morrow|\bnow\b|current|present|"
    r"moment|morning|afternoon|evening"
)
"""What every expression of time contains; a text without it need not be looked through."""


@dataclass(frozen=True, slots=True)
class Expression:
    """Words [start, end) of a text that say a time, the days they mean, and why."""

    start: int
    end: int
    words: str
    days: Days
    reason: str


def expressions(text: str, written: Days | None = None, precedent: Days | None = None) -> tuple[Expression, ...]:
    """Return the expressions of time in a text that can be resolved, in order of place.

    Parameters
    ----------
    text : str
        A sentence.
    written : pair of dates, optional
        The first and last day on which it may have been written.
    precedent : pair of dates, optional
        The time told just before, for "the next day".

    Examples
    --------
    >>> import datetime
    >>> day = datetime.date(2022, 2, 3)
    >>> [one.days[0].isoformat() for one in expressions("They met in Geneva on January 21.", (day, day))]
    ['2022-01-21']
    """
    if CLUE.search(text) is None:
        return ()
    found: list[Expression] = []
    taken: list[tuple[int, int]] = []
    for pattern, resolver in _compiled():
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            if names_a_text(text, match):
                taken.append((start, end))
                continue
            around = text[max(0, start - 60) : end]
            resolved = _resolved(match, resolver, around, written, precedent)
            if resolved is not None:
                taken.append((start, end))
                core = "core" if "core" in match.groupdict() else 0
                found.append(Expression(match.start(core), match.end(core), match.group(core), *resolved))
    return tuple(sorted(found, key=lambda one: one.start))


def names_a_text(text: str, match: re.Match[str]) -> bool:
    """Return whether a year belongs to the name of a text, which says nothing of the act: "the 1994 Accord"."""
    groups = match.groupdict()
    if groups.get("year") is None:
        return False
    core = "core" if "core" in groups else 0
    start = match.start() + 4 if match[0][:4] in ("the ", "The ") else match.start(core)
    if _ARTICLE.search(text, max(0, start - 6), start) and _TEXT_AFTER.match(text, match.end(core)):
        return True
    return _TEXT_BEFORE.search(text, max(0, start - 60), match.start(core)) is not None


def _resolved(
    match: re.Match[str], resolver: Resolver, around: str, written: Days | None, precedent: Days | None
) -> tuple[Days, str] | None:
    days: list[Days] = []
    reasons: list[str] = []
    for day in dict.fromkeys(written) if written else (None,):
        try:
            one, reason = resolver(match, Context(day, around, precedent))
        except (_Unresolved, OverflowError, ValueError):
            return None
        days.append(one)
        reasons.append(reason)
    hull = (min(first for first, _ in days), max(last for _, last in days))
    if written and len(days) > 1 and reasons[0] != reasons[1]:
        return hull, f"{reasons[0]}; the document was written between {written[0]} and {written[1]}"
    return hull, reasons[0]

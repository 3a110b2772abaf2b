"""What is shown as of a day names no later day: names, titles, option texts, locators, terms and paraphrases.

A cut by days takes away what became public later; it cannot take a later date out of the words of what is left.
Exempt are days that are known ahead (the calendar), the days of judgement, and what names the case as a whole.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.library import library_cases
from detente.case.load import load_case

EXEMPT = frozenset({"id", "title", "summary", "period", "cut_off", "calendar", "lenses", "missing_voices", "version"})
"""The case's own names and period, what is known ahead, and readings, which are cut by the day of their document."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATE = re.compile(
    r"(?:(?:(?P<day>\d{1,2}) )?(?P<month>" + "|".join(MONTHS) + r")[a-z]* )?(?<![\d/])(?P<year>(?:19|20)\d\d)(?![\d/])"
    r"(?:-(?P<iso_month>\d\d)(?!\d)(?:-(?P<iso_day>\d\d))?)?(?:[–-](?P<last>\d\d)(?!\d))?",
    re.IGNORECASE,
)
NOT_SHOWN = frozenset({"basis", "note", "read", "record"})
"""Remarks of the coder on where an issue or a list comes from, on a party, and on what was read of a source."""

NO_WORDS = frozenset({"id", "because", "see", "statements", "judged_on", "published", "happened"})


def dates_in(words: str) -> Iterator[datetime.date]:
    """Yield the first day of each date that words name; of a range of years also that of its last year."""
    for found in DATE.finditer(words):
        named = found["month"]
        month = int(found["iso_month"] or (MONTHS.index(named[:3].lower()) + 1 if named else 1))
        if not 1 <= month <= 12:  # a range such as 2014-22
            yield datetime.date(int(found["year"][:2] + found["iso_month"]), 1, 1)
            continue
        yield datetime.date(int(found["year"]), month, int(found["iso_day"] or found["day"] or 1))
        if found["last"]:
            yield datetime.date(int(found["year"][:2] + found["last"]), 1, 1)


def words_of(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the words of each text in a case; ids and days are none."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in NO_WORDS | NOT_SHOWN:
                name = str(part.get("id", ""))
                yield from words_of(value, f"{path}[{name}].{key}" if name else f"{path}.{key}")
    elif isinstance(part, list | tuple):
        for one in part:
            yield from words_of(one, path)
    elif isinstance(part, str):
        yield path, part


@cache
def case_of(name: str) -> Case:
    return load_case(name)


def days_of(case: Case) -> list[datetime.date]:
    """Return 15 days, spread evenly from the first day of a case to its last."""
    public = [one.public_since for one in case.statements] or [datetime.date(2020, 1, 1)]
    first = min(public) if case.period is None else case.period.first
    last = case.cut_off or max(public)
    return [first + (last - first) * step // 14 for step in range(15)]


def later_dates(case: Case, day: datetime.date) -> list[tuple[str, str]]:
    then = case.at(day).model_dump(mode="json")
    shown = {key: value for key, value in then.items() if key not in EXEMPT}
    return [
        (path, words)
        for path, words in words_of(shown)
        if any(found > day for found in dates_in(words)) and not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", words)
    ]


@pytest.mark.parametrize("name", library_cases())
def test_nothing_that_is_shown_names_a_later_day(name: str) -> None:
    found = {entry for day in days_of(case_of(name)) for entry in later_dates(case_of(name), day)}
    assert sorted(found) == []


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("restated 17 Feb 2022", ["2022-02-17"]),
        ("in April 2024", ["2024-04-01"]),
        ("the conflict, 2014–2022", ["2014-01-01", "2022-01-01"]),
        ("2014-2022", ["2014-01-01", "2022-01-01"]),
        ("2014–22", ["2014-01-01", "2022-01-01"]),
        ("2024-11-21", ["2024-11-21"]),
        ("rt.com/548032, resolution 2202", []),
    ],
)
def test_a_date_is_found_in_words(words: str, days: list[str]) -> None:
    assert [day.isoformat() for day in dates_in(words)] == days

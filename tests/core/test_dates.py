"""Days, months, years and intervals between two of them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.dates import interval_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-02-17", "2022-02-17", "2022-02-17"),
        ("2022-01-27/2022-02", "2022-01-27", "2022-02-28"),
        ("2021/2022", "2021-01-01", "2022-12-31"),
    ],
)
def test_an_interval_covers_its_days(text: str, first: str, last: str) -> None:
    assert [day.isoformat() for day in interval_of(text)] == [first, last]


@pytest.mark.parametrize(
    "text",
    ["", "22", "2022-2", "2022-13", "2022-02-30", "2022-02-17T00:00", "/2022", "2022/2021", "0000", "x"],
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        interval_of(text)


@given(st.dates(), st.dates())
def test_an_interval_begins_with_its_first_part_and_ends_with_its_last(
    one: datetime.date, other: datetime.date
) -> None:
    first, last = sorted((one, other))
    assert interval_of(f"{first.isoformat()}/{last.isoformat()}") == (first, last)

"""When an act happened: what the words say, as of the day they were written."""

from __future__ import annotations

import pytest

from detente.evidence.coding.expressions import expressions
from detente.evidence.coding.times import time_of
from detente.evidence.happened import Happened, HowKnown

THURSDAY = Happened(when="2024-11-21")


def told(sentence: str, written: Happened | None = THURSDAY) -> str | None:
    time = time_of(sentence, 0, len(sentence), written)
    return time.happened.when if time else None


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("They signed on December 7, 2021.", "2021-12-07"),
        ("They signed on the 7th of December 2021.", "2021-12-07"),
        ("File of 2021-12-07", "2021-12-07"),
        ("Talks were held on 10–13 January 2022.", "2022-01-10/2022-01-13"),
        ("From 30 May to 2 June 2020 the truce held.", "2020-05-30/2020-06-02"),
        ("The border was closed in March 2019.", "2019-03"),
        ("The 2008 summit promised it.", "2008"),
        ("At the talks (1978) he agreed.", "1978"),
        ("It was a quarrel of the 1990s.", "1990-01-01/1999-12-31"),
        ("In the first half of 2022 nothing moved.", "2022-01-01/2022-06-30"),
        ("In early February 2022 they wrote.", "2022-02-01/2022-02-10"),
        ("In the winter of 2021 it was cold.", "2021-12-01/2022-02-28"),
    ],
)
def test_a_full_date_needs_no_day_of_writing(sentence: str, when: str) -> None:
    assert told(sentence, None) == when
    time = time_of(sentence, 0, len(sentence))
    assert time is not None
    assert time.happened.how is HowKnown.STATED or "seasons" in time.reason


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("They met in Geneva on January 21.", "2024-01-21"),  # the last one before 21 November
        ("They met on 23 December.", "2023-12-23"),
        ("They propose a meeting on 4 December.", "2024-12-04"),  # in 13 days: who means 2023 says so
        ("They met on 1 December 2023.", "2023-12-01"),
        ("They will meet on January 21.", "2025-01-21"),  # ahead
        ("He said so yesterday.", "2024-11-20"),
        ("He said so on Monday.", "2024-11-18"),  # 21 November 2024 is a Thursday
        ("He said so last Thursday.", "2024-11-14"),
        ("They meet next Tuesday.", "2024-11-26"),
        ("Over the weekend shells fell.", "2024-11-16/2024-11-17"),
        ("It refused last year.", "2023"),
        ("It refused last month.", "2024-10"),
        ("It refused last week.", "2024-11-11/2024-11-17"),
        ("Two weeks ago the envoy left.", "2024-11-04/2024-11-10"),
        ("Three days ago the envoy left.", "2024-11-18"),
        ("Troops must leave within ninety days.", "2024-11-21/2025-02-19"),
        ("Over the past two months nothing moved.", "2024-09-22/2024-11-21"),
        ("It has held the town since 2014.", "2014-01-01/2024-11-21"),
        ("It must answer by 10 August.", "2024-11-21/2025-08-10"),
        ("Talks are stuck at present.", "2024-11-21"),
    ],
)
def test_what_is_relative_is_resolved_against_the_day_of_writing(sentence: str, when: str) -> None:
    assert told(sentence) == when
    assert told(sentence, None) in (None, "2014", "2023-12-01")  # without it, only the year that is named


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("Peru accused Chile of breaking the 2009 Lima Accord.", None),
        ("Peru broke the agreement of 2009.", None),
        ("Peru left the ceasefire agreed in May 2009.", None),
        ("Peru rejected the 12 March 2009 draft agreement.", None),
        ("In 2011 Peru broke the 2009 Accord.", "2011"),
        ("They signed an agreement on 4 May 2009.", "2009-05-04"),
        ("The 2008 summit promised it.", "2008"),
    ],
)
def test_the_year_in_the_name_of_a_text_is_not_the_time_of_the_act(sentence: str, when: str | None) -> None:
    assert told(sentence) == when


@pytest.mark.parametrize(
    "sentence", ["They may march on the capital.", "A second round failed.", "The 31 February attack", "It may be so."]
)
def test_what_says_no_time_gives_none(sentence: str) -> None:
    assert told(sentence) is None


def test_a_document_dated_by_an_interval_gives_no_more_than_that() -> None:
    time = time_of("He said so yesterday.", 0, 21, Happened(when="2022-02-02/2022-02-14"))
    assert time is not None
    assert time.happened.when == "2022-02-01/2022-02-13"
    assert time.happened.how is HowKnown.INFERRED


def test_the_expression_in_the_clause_goes_before_one_elsewhere() -> None:
    sentence = "On 3 May 2020 it agreed, but on 9 June 2020 it withdrew."
    cut = sentence.index("but")
    first, second = time_of(sentence, 0, cut), time_of(sentence, cut, len(sentence))
    assert first is not None
    assert second is not None
    assert (first.happened.when, second.happened.when) == ("2020-05-03", "2020-06-09")


def test_the_next_day_counts_from_the_time_told_before() -> None:
    before = time_of("They met on 3 May 2020.", 0, 23)
    after = time_of("The next day they parted.", 0, 25, precedent=before)
    later = time_of("Two days later they parted.", 0, 27, precedent=before)
    assert after is not None
    assert later is not None
    assert (after.happened.when, later.happened.when) == ("2020-05-04", "2020-05-05")
    assert "2020-05-03" in after.reason


def test_every_expression_stands_where_it_says() -> None:
    text = "On Monday, 3 May 2020 and in 2019, then last week."
    for one in expressions(text):
        assert text[one.start : one.end] == one.words

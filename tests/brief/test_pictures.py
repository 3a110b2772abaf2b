"""Annex A draws how sure its answers are, where the report holds draws; else it draws what it did before."""

from __future__ import annotations

from functools import cache

import pytest

from detente.brief.annexes.models import models_annex
from detente.brief.document import Picture, Section
from detente.brief.pictures import Drawing, acceptability_bars, zone_curve
from detente.case.ledger import ledger
from detente.registry.settlement import settlement_report
from detente.uncertainty.answer import settlement_answer
from detente.wording.never_print import violations
from detente.wording.reading import Reading, Report
from tests.brief.briefs import RIVER, case_named, words

DRAWN = ("zone-curve", "acceptability-bars")


@cache
def reading_of(*, draws: int, lead: str | None = None) -> Reading:
    case = case_named(RIVER)
    report: Report = settlement_answer(case, draws=draws) if draws else settlement_report(case)
    return Reading(case, ledger(case), report["by_consent"], case.consent_lists, lead=lead, no_report="")


def pictures(section: Section) -> list[Picture]:
    return [block for block in section.blocks if isinstance(block, Picture)]


def test_annex_a_draws_the_zone_by_reading_and_each_list_s_packages() -> None:
    annex = models_annex(reading_of(draws=50), Drawing({}))
    names = [picture.name for picture in pictures(annex)]
    assert names == ["feasibility-curve", *DRAWN, "acceptability-bars", "bargaining-space", "bargaining-space"]
    assert "no draws from the judged ranges" not in words(annex)
    for picture in pictures(annex):
        assert picture.svg.startswith("<svg")
        assert picture.rows


def test_without_draws_nothing_of_them_is_drawn_and_the_annex_says_so() -> None:
    annex = models_annex(reading_of(draws=0), Drawing({}))
    assert not [picture for picture in pictures(annex) if picture.name in DRAWN]
    assert "no draws from the judged ranges" in words(annex)


def test_a_list_without_draws_has_no_bars() -> None:
    assert acceptability_bars(reading_of(draws=50), "cl_delta") is None
    assert acceptability_bars(reading_of(draws=0), "cl_upper") is None
    assert zone_curve(reading_of(draws=0)) is None


@pytest.mark.parametrize("lead", ["TAR", "OST", "MEL"])
def test_the_party_that_leads_the_print_leads_the_bars(lead: str) -> None:
    picture = acceptability_bars(reading_of(draws=50, lead=lead), "cl_basin")
    assert picture is not None
    assert picture.rows[1][2] == str(case_named(RIVER).party[lead].name)


def test_pictures_of_draws_keep_to_the_words_of_a_brief_and_name_no_content() -> None:
    for picture in pictures(models_annex(reading_of(draws=50), Drawing({}))):
        if picture.name in DRAWN:
            for text in (picture.title, picture.alt, *picture.header):
                assert violations(text) == ()
            for issue in case_named(RIVER).issues:
                assert issue.id not in picture.svg

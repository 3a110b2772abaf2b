"""Questions to the parties: what they may be asked, and what is never put in anybody's mouth."""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from detente.case.as_of import at
from detente.case.ledger import ledger
from detente.case.ledger.stances import OPEN_STANCES, held_stances
from detente.case.load import load_case
from detente.case.position import Stance
from detente.wording.printable import is_holders_own
from detente.wording.questions import Question, questions
from detente.wording.reading import Reading
from detente.wording.stances import is_unnamed

CUTS = (
    ("istanbul-talks-2022", "2022-03-10"),
    ("istanbul-talks-2022", "2022-04-15"),
    ("settlement-talks-2024", ""),
    ("drafts-and-replies-2021-22", "2022-02-23"),
    ("river-basin", ""),
)


@cache
def read(name: str, day: str) -> Reading:
    case = load_case(name)
    last = None if case.period is None else case.period.last
    cut = datetime.date.fromisoformat(day) if day else last
    case = case if cut is None else at(case, cut)
    return Reading(case, ledger(case), {}, case.consent_lists)


@cache
def asked(name: str, day: str) -> tuple[Question, ...]:
    return questions(read(name, day), 5)


@pytest.mark.parametrize(("name", "day"), CUTS)
def test_a_yes_meets_only_what_others_say_themselves_and_cites_where_they_say_it(name: str, day: str) -> None:
    case = read(name, day).case
    for question in asked(name, day):
        if question.variant is None:
            continue
        issue, option = question.variant
        held = [held_stances(case, party, issue)[option] for party in question.meets]
        assert held
        assert all(entry.is_stated and entry.stance in OPEN_STANCES for entry in held)
        assert not any(is_unnamed(case, entry.statement) for entry in held)
        cited = {statement for run in question.ask.runs for statement in run.cites}
        assert cited == {entry.statement for entry in held}


@pytest.mark.parametrize(("name", "day"), CUTS)
def test_no_variant_is_asked_of_two_capitals(name: str, day: str) -> None:
    variants = [question.variant for question in asked(name, day) if question.variant is not None]
    assert len(variants) == len(set(variants))


@pytest.mark.parametrize(("name", "day"), CUTS)
def test_nobody_is_asked_whether_it_means_to_refuse_what_touches_its_own_territory(name: str, day: str) -> None:
    case = read(name, day).case
    for question in asked(name, day):
        said = question.ask.text
        if "is this refusal yours" not in said:
            continue
        for issue in case.issues:
            for option, held in held_stances(case, question.party, issue.id).items():
                if held.stance is Stance.RULES_OUT and is_holders_own(case, question.party, issue.id, option):
                    assert read(name, day).naming.option(issue.id, option).text not in said


def test_of_the_four_regions_nothing_is_asked_of_their_holder() -> None:
    case = read("settlement-talks-2024", "").case
    assert is_holders_own(case, "UKR", "C02_territory", "o2")
    assert not is_holders_own(case, "RUS", "C02_territory", "o2")


@pytest.mark.parametrize(("name", "day"), CUTS)
def test_nothing_is_asked_whose_answer_changes_nothing_and_nothing_twice_in_one_breath(name: str, day: str) -> None:
    for question in asked(name, day):
        assert "nothing changes" not in question.would_change.text
        labels = [run.text for run in question.ask.runs if run.text.startswith("‹")]
        assert len(labels) == len(set(labels)), question.ask.text

"""Stances and changes of stance in words: what is shown as moved, what silence is called, what unnamed sources say."""

from __future__ import annotations

from functools import cache

import pytest

from detente.brief.compose import compose
from detente.brief.document import runs_of
from detente.case.case import Case
from detente.case.ledger.movement import movements
from detente.case.ledger.stances import held_stances
from detente.case.load import load_case
from detente.wording.sentence import flat, text_of_runs
from detente.wording.stances import is_unnamed, movement_words, shown_movements, stance_words

NAMES = ("istanbul-talks-2022", "settlement-talks-2024", "drafts-and-replies-2021-22", "river-basin")


@cache
def cut(name: str) -> Case:
    case = load_case(name)
    return case if case.cut_off is None else case.at(case.cut_off)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_as_moved_is_what_is_held_now(name: str) -> None:
    case = cut(name)
    for movement in shown_movements(case, movements(case, [party.id for party in case.parties])):
        held = held_stances(case, movement.party, movement.issue).get(movement.option)
        assert (None if held is None else held.stance) is movement.after


def test_a_stance_that_ended_the_same_day_is_not_shown_as_a_movement() -> None:
    case = cut("settlement-talks-2024")
    found = movements(case, ["RUS"])
    shown = shown_movements(case, found)
    assert any(one.issue == "C02_territory" and one.option == "o3" for one in found)
    assert not any(
        "would now discuss ‹freeze at the line" in text_of_runs(flat(movement_words(case, one))) for one in shown
    )


def test_silence_is_told_as_silence_and_as_our_reading() -> None:
    case = cut("istanbul-talks-2022")
    said = [
        text_of_runs(flat(movement_words(case, one)))
        for one in shown_movements(case, movements(case, ["UKR"]))
        if one.after is None
    ]
    assert said
    assert all("its later text does not repeat ‹" in one and "(our reading; " in one for one in said)


def test_from_unnamed_sources_no_demand_is_said_to_have_ended() -> None:
    for case in map(cut, NAMES):
        for one in shown_movements(case, movements(case, [party.id for party in case.parties])):
            assert one.after is not None or not is_unnamed(case, case.position[one.later].because[0])


def test_a_stance_known_from_unnamed_sources_is_marked() -> None:
    case = cut("settlement-talks-2024")
    marked = 0
    for issue in case.issues:
        for party in case.parties:
            for held in held_stances(case, party.id, issue.id).values():
                words = text_of_runs(flat(stance_words(case, held)))
                assert words.endswith("(unnamed sources)") is is_unnamed(case, held.statement)
                marked += is_unnamed(case, held.statement)
    assert marked
    paper = text_of_runs(runs_of(compose(case).section("paper")))
    assert "(unnamed sources)" in paper
    assert "asks no longer for" not in paper

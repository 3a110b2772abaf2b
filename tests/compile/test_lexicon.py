"""From a case to the words by which it is recognised."""

from __future__ import annotations

import datetime
from pathlib import Path

from detente.case.case import Case
from detente.case.load import load_case
from detente.compile.lexicon import lexicon_of
from detente.evidence.coding.coder import code_document
from detente.evidence.coding.lexicon import NameKind
from detente.evidence.coding.mentions import mentions
from detente.evidence.coding.names import general_lexicon
from detente.evidence.coding.subjects import subject_of
from detente.evidence.reading import document_of_text

CASE = """\
schema_version: "1"
id: pass
version: "1"
title: The pass
authors: [A. Writer]
licence: CC0-1.0
parties:
  - id: north
    name: Peru
    kind: state
    aliases: [{text: the Northern Side, until: 2019-12-31}]
  - {id: south, name: Sudelia (fictional), kind: state, capital: Sudport}
issues:
  - id: I1
    title: Customs posts on the pass
    options: [{id: o1, text: closed customs posts}, {id: o2, text: joint customs posts with Peru}]
  - id: I2
    title: Grazing rights
    options: [{id: o1, text: seasonal grazing}, {id: o2, text: none}]
"""


def case_of(folder: Path, text: str = CASE) -> Case:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return load_case(path)


def test_a_state_of_the_case_takes_its_capital_people_and_leaders_along(tmp_path):
    lexicon = general_lexicon().joined(lexicon_of(case_of(tmp_path)))
    text = "Lima warned. Peruvian envoys met Sudelia. Sudport agreed."
    found = mentions(text, lexicon, datetime.date(2018, 1, 1))
    assert [one.actor for one in found] == ["north", "north", "south", "south"]


def test_an_alias_holds_within_its_dates_only(tmp_path):
    case = case_of(tmp_path)
    lexicon = lexicon_of(case)
    text = "The Northern Side left."
    assert [one.actor for one in mentions(text, lexicon, datetime.date(2018, 1, 1))] == ["north"]
    assert mentions(text, lexicon, datetime.date(2021, 1, 1)) == ()
    assert "Northern Side" not in {name.text for name in lexicon_of(case, datetime.date(2021, 1, 1)).names}


def test_issue_and_option_are_found_by_their_words(tmp_path):
    lexicon = lexicon_of(case_of(tmp_path))
    text = "They would run joint customs posts."
    about = subject_of(text, 0, len(text), lexicon)
    assert (about.issue, about.option) == ("I1", "o2")


def test_party_names_are_no_words_of_an_issue(tmp_path):
    terms = {term for one in lexicon_of(case_of(tmp_path)).subjects for term in one.terms}
    assert "peru" not in terms
    assert "customs" in terms


def test_ids_and_order_of_issues_do_not_change_what_is_recognised(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    before = lexicon_of(case_of(tmp_path / "a"))
    renamed = CASE.replace("I1", "Z9").replace("id: o1", "id: p1").replace("id: o2", "id: a1")
    after = lexicon_of(case_of(tmp_path / "b", renamed))
    assert [one.terms for one in before.subjects] == [one.terms for one in after.subjects]


def test_a_party_of_one_letter_has_no_name_in_a_text():
    assert all(len(name.text) > 1 for name in lexicon_of(load_case("two-rivals")).names)


def test_a_seat_that_two_parties_share_is_nobodys():
    seats = [
        name.text for name in lexicon_of(load_case("drafts-and-replies-2021-22")).names if name.kind is NameKind.CAPITAL
    ]
    assert "Brussels" not in seats
    assert "Beijing" in seats


def test_whatever_a_case_calls_its_parties_the_same_is_coded(tmp_path):
    """An unnamed speaker is called by small letters (`diplomats`); a party of such an id is still a party."""
    text = (
        "Peru accused Sudelia of moving the posts. Sudelia rejected Peru’s offer, and it demanded a new one. "
        "An unnamed trader blamed Peru.\n\nPeru said that Sudelia would close the pass."
    )
    small = case_of(tmp_path)
    large = case_of(tmp_path, CASE.replace("id: north", "id: NORTH").replace("id: south", "id: SOUTH"))

    def coded(case, rename):
        lexicon = general_lexicon().joined(lexicon_of(case))
        return [
            (
                one.start,
                one.act,
                *(tuple(map(rename, who)) for who in (one.voices, one.actors, one.targets)),
                one.guessed,
            )
            for one in code_document(document_of_text(text), lexicon)
        ]

    capitals = {"north": "NORTH", "south": "SOUTH"}
    found = coded(small, lambda one: capitals.get(one, one))
    assert found == coded(large, str)
    assert found[0][2:] == (("author", "NORTH"), ("NORTH",), ("SOUTH",), ())

"""What a clause is about."""

from __future__ import annotations

import pytest

from detente.evidence.coding.lexicon import Lexicon, Subject
from detente.evidence.coding.names import general_lexicon
from detente.evidence.coding.stems import stem
from detente.evidence.coding.subjects import general_subjects, subject_of


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Both will exchange all prisoners of war", "prisoners"),
        ("The reservoir is filled before the rains", "water"),
        ("Inspectors may enter each site", "inspections"),
        ("It will enrich uranium", "nuclear_enrichment"),
        ("Ballistic missiles were moved", "missile_deployment"),
        ("A referendum will be held", "referendum"),
        ("They shook hands", None),
    ],
)
def test_the_topic_is_the_one_whose_words_stand_there(text, topic):
    assert subject_of(text, 0, len(text), general_lexicon()).topic == topic


def test_no_topic_is_listed_twice_and_each_has_words():
    topics = [one.topic for one in general_subjects()]
    assert len(set(topics)) == len(topics)
    assert all(one.terms for one in general_subjects())


def test_one_word_of_an_issue_is_not_enough_and_two_are():
    lexicon = Lexicon(
        subjects=(
            Subject(("reservoir", "release"), issue="W"),
            Subject(("large", "release", "summer"), issue="W", option="o1"),
            Subject(("patrol", "delta"), issue="P"),
        )
    )
    once = "No release"
    twice = "A large summer release from the reservoir"
    assert subject_of(once, 0, len(once), lexicon).issue is None
    about = subject_of(twice, 0, len(twice), lexicon)
    assert (about.issue, about.option) == ("W", "o1")
    assert about.reason is not None


def test_the_order_of_issues_and_their_ids_change_nothing():
    subjects = (Subject(("reservoir", "release"), issue="W"), Subject(("patrol", "delta"), issue="P"))
    renamed = tuple(Subject(one.terms, issue=f"x{one.issue}") for one in reversed(subjects))
    text = "A patrol in the delta"
    assert subject_of(text, 0, len(text), Lexicon(subjects=subjects)).issue == "P"
    assert subject_of(text, 0, len(text), Lexicon(subjects=renamed)).issue == "xP"


@pytest.mark.parametrize(
    "family",
    [
        ("withdraw", "withdraws", "withdrawn", "withdrawal", "withdrawing"),
        ("sanction", "sanctions", "sanctioned"),
        ("missile", "missiles"),
    ],
)
def test_forms_of_a_word_have_one_stem(family):
    assert len({stem(word) for word in family}) == 1


def test_to_rule_out_is_no_matter_of_the_courts():
    lexicon = Lexicon(subjects=general_subjects())
    assert [subject_of(text, 0, len(text), lexicon).topic for text in ("It ruled out a summit", "A court ruled")] == [
        subject_of("a summit", 0, 8, lexicon).topic,
        "constitution_and_law",
    ]

"""Where a text names an actor."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.evidence.coding.lexicon import NameKind
from detente.evidence.coding.mentions import mentions
from detente.evidence.coding.names import general_lexicon

DAY = datetime.date(2016, 6, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tell us when the US comes.", ["USA"]),
        ("A turkey is no Turkey.", ["TUR"]),
        ("Michael Jordan scored.", []),
        ("Yesterday Jordan objected.", ["JOR"]),
        ("Jordan’s king and the Jordan River", ["JOR"]),
        ("The US-led plan for Iran–Iraq trade", ["USA", "IRN", "IRQ"]),
        ("Talks in Geneva", []),
        ("The delegation flew to Moscow.", []),
        ("Moscow said the talks in Vienna and Oslo were over.", ["RUS"]),
        ("CAIRO — Ships left.", []),
        ("CAIRO (AP) - Ships left.", []),
        ("Sails in the South China Sea", []),
        ("United\nNations envoys", ["UN"]),
        ("Equatorial Guinea and Guinea-Bissau", ["GNQ", "GNB"]),
        ("South Sudan’s army", ["SSD"]),
        ("the Bosnian Serbs", ["REPUBLIKA_SRPSKA"]),
        ("Americanness and Iranology", []),
        ("Mr Brown and a brown dog", []),
        ("Both sides met; the parties left.", ["PARTIES", "PARTIES"]),
    ],
)
def test_the_longest_name_of_whole_words_is_found(text, expected):
    assert [one.actor for one in mentions(text, general_lexicon(), DAY)] == expected


def test_an_agreed_text_is_named_but_is_no_actor():
    (one,) = mentions("as the Minsk agreements say", general_lexicon(), DAY)
    assert (one.kind, one.actor) == (NameKind.DOCUMENT, "MINSK_AGREEMENTS")


def test_a_surname_shared_by_two_actors_goes_to_the_one_the_text_speaks_of():
    on = datetime.date(2020, 6, 1)  # Mahmoud Abbas in Ramallah, Yasser Abbas in Khartoum
    assert [one.actor for one in mentions("Ramallah waited. Abbas wrote.", general_lexicon(), on)] == ["PSE", "PSE"]
    assert [one.actor for one in mentions("Sudan waited. Abbas wrote.", general_lexicon(), on)] == ["SDN", "SDN"]


@given(st.text(alphabet="US Iran'’s-–\n.,Moscow in\u00a0t“”", max_size=80))
def test_mentions_are_in_order_apart_and_whole_words(text):
    found = mentions(text, general_lexicon(), DAY)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert not text[one.start - 1 : one.start].isalnum() or one.start == 0
        assert not text[one.end : one.end + 1].isalnum()
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=60))
def test_text_after_a_full_stop_changes_no_mention_before_it(tail):
    before = "Iran rejected the American offer."
    found = mentions(f"{before} {tail}", general_lexicon(), DAY)
    assert [one.actor for one in found if one.end <= len(before)] == ["IRN", "USA"]

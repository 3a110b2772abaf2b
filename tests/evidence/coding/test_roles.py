"""Whose act a clause tells of, and towards whom; sentences of our own."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.evidence.coding.coding import Guess
from detente.evidence.coding.discourse import discourse_of
from detente.evidence.coding.names import general_lexicon
from detente.evidence.coding.roles import Roles, roles_of
from detente.evidence.coding.voices import voice_of
from detente.evidence.statement import Act

DAY = datetime.date(2016, 6, 1)


def cast(text: str, clause: str, act: Act, *, author: str | None = None) -> Roles:
    start = text.index(clause)
    scene = discourse_of(text, general_lexicon(), DAY, author=author)
    return roles_of(scene, start, start + len(clause), act, voice_of(scene, start, start + len(clause), act))


@pytest.mark.parametrize(
    ("text", "clause", "act", "actors", "targets"),
    [
        ("Iran rejected the American offer.", "Iran rejected the American offer", Act.REJECT, ["IRN"], ["USA"]),
        (
            "The offer was rejected by Iran, to the anger of Oman.",
            "The offer was rejected by Iran",
            Act.REJECT,
            ["IRN"],
            ["OMN"],
        ),
        ("Peru and Chile signed.", "Peru and Chile signed", Act.ACCEPT, ["PER", "CHL"], []),
        ("Peru urged Chile to withdraw.", "Peru urged Chile to withdraw", Act.DEMAND, ["PER"], ["CHL"]),
        ("Peru accused Chile of theft.", "Peru accused Chile of theft", Act.ACCUSE, ["PER"], ["CHL"]),
        ("Kenya met Uganda and then offered to help.", "offered to help", Act.MEDIATE, ["KEN"], ["UGA"]),
        (
            "Iran's rejection of the US plan shook Oman.",
            "Iran's rejection of the US plan",
            Act.REJECT,
            ["IRN"],
            ["USA"],
        ),
        ("Kenya told Uganda. It would close the port.", "It would close the port", Act.THREATEN, ["KEN"], ["UGA"]),
        (
            "Talks between Kenya and Uganda resumed.",
            "Talks between Kenya and Uganda resumed",
            Act.ENGAGE,
            ["KEN", "UGA"],
            [],
        ),
        ("Kenya waits, and the FARC said that Colombia lied.", "Colombia lied", Act.ACCUSE, ["FARC"], ["COL"]),
        (
            "Peru, which Chile distrusts, will withdraw.",
            "Peru, which Chile distrusts, will withdraw",
            Act.DE_ESCALATE,
            ["PER"],
            ["CHL"],
        ),
    ],
)
def test_actor_and_target_follow_the_syntax(text, clause, act, actors, targets):
    roles = cast(text, clause, act)
    assert (list(roles.actors), list(roles.targets)) == (actors, targets)
    assert roles.reason


def test_a_judgement_of_the_author_has_the_author_as_actor_and_the_judged_as_targets():
    roles = cast("Kenya and Uganda distrust the map.", "Kenya and Uganda distrust the map", Act.ASSESS_PERCEPTION)
    assert (roles.actors, roles.targets) == (("AUTHOR",), ("KEN", "UGA"))


def test_the_first_person_is_the_voice():
    text = "“We will keep the bridge,” the Greek envoy told Turkey."
    assert cast(text, "We will keep the bridge", Act.COMMIT).actors == ("GRC",)


def test_the_rebels_and_the_army_are_the_movement_and_the_state():
    text = "Colombia and the FARC met. The army stopped its raids. The rebels kept their guns."
    assert cast(text, "The army stopped its raids", Act.DE_ESCALATE).actors == ("COL",)
    assert cast(text, "The rebels kept their guns", Act.REJECT).actors == ("FARC",)


def test_an_own_text_that_does_not_say_whose_it_is_has_no_actor_for_its_first_person():
    text = "I ask this House for patience. We will hold the pass. Our soldiers, our people, we all stand."
    assert cast(text, "We will hold the pass", Act.COMMIT).actors == ()


def test_an_act_without_anybody_named_is_towards_the_other_side():
    text = "Ethiopia began to fill the dam. Egypt protested. Addis Ababa went on. Egypt recalled its envoy."
    assert cast(text, "Egypt recalled its envoy", Act.SANCTION).targets == ("ETH",)


@pytest.mark.parametrize(("one", "other"), [("Kenya", "Uganda"), ("Iran", "Oman"), ("Peru", "Chile")])
def test_swapping_names_swaps_roles(one, other):
    text, swapped = f"{one} urged {other} to go.", f"{other} urged {one} to go."
    first, second = cast(text, text[:-1], Act.DEMAND), cast(swapped, swapped[:-1], Act.DEMAND)
    assert (first.actors, first.targets) == (second.targets, second.actors)


@given(
    st.text(alphabet="Iran US said he they “”.,' \n", max_size=90),
    st.integers(0, 90),
    st.integers(0, 90),
    st.sampled_from(Act),
)
def test_any_text_and_clause_is_read_without_a_fault(text, one, other, act):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    scene = discourse_of(text, general_lexicon(), DAY)
    voice = voice_of(scene, start, end, act)
    roles = roles_of(scene, start, end, act, voice)
    assert voice.voices[0] == "author"
    assert not set(roles.actors) & set(roles.targets)


@pytest.mark.parametrize(
    ("text", "clause", "act", "guessed"),
    [
        ("Iran rejected the American offer.", "Iran rejected the American offer", Act.REJECT, ()),
        ("Iran met Oman. Iran recalled its envoy.", "Iran recalled its envoy", Act.SANCTION, (Guess.TARGET,)),
        ("Iran met Oman. A ship was seized.", "A ship was seized", Act.SANCTION, (Guess.ACTOR, Guess.TARGET)),
        ("According to Iran, troops left Oman.", "troops left Oman", Act.DE_ESCALATE, (Guess.ACTOR,)),
        ("Iran met Oman and rejected the map.", "rejected the map", Act.REJECT, (Guess.TARGET,)),
        ("The truce is fragile. Kenya waits.", "The truce is fragile", Act.ASSESS_PERCEPTION, (Guess.TARGET,)),
        ("A ship was seized.", "A ship was seized", Act.SANCTION, ()),
    ],
)
def test_what_the_clause_does_not_say_is_marked_as_guessed(text, clause, act, guessed):
    roles = cast(text, clause, act)
    assert roles.guessed == guessed
    assert roles.reason.count("guessed") == len(guessed)


@pytest.mark.parametrize(
    ("text", "clause", "act", "actors"),
    [
        ("Peru rejected the draft and proposed a new one.", "proposed a new one", Act.PROPOSE, ["PER"]),
        ("Peru rejected Chile's draft, and sent a new one.", "sent a new one", Act.PROPOSE, ["PER"]),
        (
            "The Peruvian minister met Chile's envoy on Monday and demanded a date.",
            "demanded a date",
            Act.DEMAND,
            ["PER"],
        ),
        ("Peru met Chile, which left the talks, and then accused Oman.", "accused Oman", Act.ACCUSE, ["PER"]),
        ("Peru met Chile, which left the talks and accused Oman.", "accused Oman", Act.ACCUSE, ["CHL"]),
        ("Peru said that Chile would leave and demanded a date.", "demanded a date", Act.DEMAND, ["PER"]),
        ("While Peru waited, Chile met Oman and proposed a date.", "proposed a date", Act.PROPOSE, ["CHL"]),
        ("Peru said it feared a war and would leave.", "would leave", Act.DE_ESCALATE, ["PER"]),
    ],
)
def test_a_verb_without_a_subject_has_that_of_the_verb_it_is_joined_to(text, clause, act, actors):
    roles = cast(text, clause, act)
    assert list(roles.actors) == actors
    assert Guess.ACTOR not in roles.guessed


def test_a_verb_that_may_go_on_with_the_report_or_its_teller_has_a_guessed_subject():
    roles = cast("Brazil warned that Peru rejected the draft and proposed a date.", "proposed a date", Act.PROPOSE)
    assert (roles.actors, Guess.ACTOR in roles.guessed) == (("PER",), True)


@pytest.mark.parametrize("verb", ["proposed a date", "demanded a date", "accused Oman", "feared a war"])
def test_a_shared_subject_is_no_judgement_of_the_authors(verb):
    for act in (Act.PROPOSE, Act.DEMAND, Act.REJECT, Act.THREATEN, Act.RED_LINE):
        assert cast(f"Peru rejected the draft and {verb}.", verb, act).actors == ("PER",)


@pytest.mark.parametrize(
    ("text", "clause", "act", "actors"),
    [
        ("An Ecuadorian villager said the guards must go.", "the guards must go", Act.DEMAND, ["ecuadorian-villager"]),
        ("Peru moved. A farmer demanded a road.", "A farmer demanded a road", Act.DEMAND, ["farmer"]),
        ("The Peruvian columnist Jane Doe said it was a crime.", "it was a crime", Act.ACCUSE, ["jane-doe"]),
        ("Peru met Chile. A villager said the mill had been shelled.", "the mill had been shelled", Act.DEPLOY, []),
        ("Peru met Chile. According to Reuters, shells fell.", "shells fell", Act.DEPLOY, []),
    ],
)
def test_who_speaks_for_nobody_acts_for_no_state(text, clause, act, actors):
    assert list(cast(text, clause, act).actors) == actors


@pytest.mark.parametrize("first", ["Ruritania rejected the draft", "Ruritania met Chile", "The ceasefire fell apart"])
def test_a_verb_joined_to_one_of_an_unknown_subject_is_nobodys(first):
    roles = cast(f"{first} and proposed a new one.", "proposed a new one", Act.PROPOSE)
    assert (roles.actors, roles.guessed) == ((), ())

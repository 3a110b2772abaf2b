"""Who is speaking; sentences of our own."""

from __future__ import annotations

import datetime

import pytest

from detente.evidence.coding.discourse import discourse_of
from detente.evidence.coding.names import general_lexicon
from detente.evidence.coding.voices import Voice, voice_of
from detente.evidence.statement import Act, Attribution

DAY = datetime.date(2016, 6, 1)
QUOTE, SPEECH = Attribution.DIRECT_QUOTE, Attribution.REPORTED_SPEECH
EVENT, OWN, JUDGED = Attribution.REPORTED_EVENT, Attribution.OWN_DOCUMENT, Attribution.AUTHOR_ASSERTION


def heard(text: str, clause: str, act: Act = Act.DEMAND, *, author: str | None = None) -> Voice:
    start = text.index(clause)
    scene = discourse_of(text, general_lexicon(), DAY, author=author)
    return voice_of(scene, start, start + len(clause), act)


@pytest.mark.parametrize(
    ("text", "clause", "voices", "attribution"),
    [
        ("“The dam stays shut,” Egypt’s minister said.", "The dam stays shut", ("author", "EGY"), QUOTE),
        ("“The dam stays shut,” said the Kenyan envoy.", "The dam stays shut", ("author", "KEN"), QUOTE),
        ("Iran told reporters: “The dam stays shut.”", "The dam stays shut", ("author", "IRN"), QUOTE),
        ("“It stays,” Kenya said. “The rest can wait for years.”", "The rest can wait", ("author", "KEN"), QUOTE),
        ("Greece said on Monday that the port would close.", "the port would close", ("author", "GRC"), SPEECH),
        ("The port would close, the Greek envoy added.", "The port would close", ("author", "GRC"), SPEECH),
        ("According to Israel, the tunnel was mined.", "the tunnel was mined", ("author", "ISR"), SPEECH),
        (
            "Peru accused Chile of moving the marker.",
            "Peru accused Chile of moving the marker",
            ("author", "PER"),
            SPEECH,
        ),
        ("Peru moved two brigades to the line.", "Peru moved two brigades", ("author",), EVENT),
        ("Kenya said it would. Peru moved two brigades.", "Peru moved two brigades", ("author",), EVENT),
        ("Mali offered to withdraw.", "Mali offered to withdraw", ("author",), EVENT),
    ],
)
def test_the_voice_is_the_one_that_the_sentence_gives(text, clause, voices, attribution):
    voice = heard(text, clause)
    assert (voice.voices, voice.attribution) == (voices, attribution)
    assert voice.reason


@pytest.mark.parametrize(
    ("text", "clause", "voices"),
    [
        (
            "The Post reported on Monday, citing Peruvian officials, that Chile would withdraw its guards.",
            "Chile would withdraw",
            ("author", "the-post", "PER"),
        ),
        (
            "According to the Morning Post, citing two diplomats, Peru would accept a buffer zone.",
            "Peru would accept",
            ("author", "morning-post", "diplomats"),
        ),
        (
            "Reuters, citing a diplomat, said that Peru would withdraw its guards.",
            "Peru would withdraw",
            ("author", "reuters", "diplomat"),
        ),
        (
            "Chile will close the strait, the newspaper reported, citing a Peruvian official.",
            "Chile will close the strait",
            ("author", "newspaper", "PER"),
        ),
        ("Peru refused to sign, citing Chile’s violations of the truce.", "Peru refused to sign", ("author",)),
        ("Peru halted the talks, citing its diplomats’ safety.", "Peru halted the talks", ("author",)),
    ],
)
def test_who_is_cited_as_a_source_is_the_innermost_voice(text, clause, voices):
    assert heard(text, clause, Act.DEPLOY).voices == voices


def test_a_judgement_that_nobody_else_says_is_the_authors():
    assert heard("The truce is fragile.", "The truce is fragile", Act.ASSESS_PERCEPTION).attribution is JUDGED


def test_a_belief_that_is_told_of_somebody_is_no_judgement_of_the_authors():
    text = "Ankara believes that the truce is fragile."
    assert heard(text, text[:-1], Act.ASSESS_PERCEPTION).attribution is not JUDGED


def test_a_letter_of_an_office_is_its_own_text():
    text = "Upon instructions from my Government I write to inform the Council. The convoy must be let through."
    voice = heard(text, "The convoy must be let through", author="Permanent Representative of Kenya")
    assert (voice.voices, voice.attribution, voice.speakers) == (("author",), OWN, ("KEN",))


def test_a_passing_we_makes_no_document_a_governments():
    text = (
        "We saw the port. It is empty. " + "The ships have left for the south and nobody knows when they return. " * 8
    )
    assert heard(text, "It is empty", Act.ASSESS_PERCEPTION).attribution is JUDGED


def test_turns_of_a_briefing_belong_to_their_labels():
    text = "Q: Will Kenya leave the talks? SPOKESWOMAN: The delegation stays. Q: For how long? A: We will see."
    asked = heard(text, "Will Kenya leave the talks", author="foreign ministry press office, Nairobi")
    told = heard(text, "The delegation stays", author="foreign ministry press office, Nairobi")
    assert (asked.voices, told.voices) == (("author", "journalist"), ("author", "KEN"))
    assert told.attribution is QUOTE


def test_voices_nest_from_the_outermost_inwards():
    text = "Q: And the strike? A: Peru says that the convoy was armed. Q: Sure? A: We saw it."
    voice = heard(text, "the convoy was armed", author="foreign ministry press office, Lima")
    assert voice.voices[0] == "author"
    assert voice.voices[-1] == "PER"


def test_an_unnamed_speaker_gets_a_name_in_lower_case():
    text = "A Western diplomat said that the list was too long."
    assert heard(text, "the list was too long").voices == ("author", "western-diplomat")


def test_a_day_that_is_not_known_is_no_obstacle():
    scene = discourse_of("Iran said it would go.", general_lexicon(), None)
    assert voice_of(scene, 10, 21).voices == ("author", "IRN")


@pytest.mark.parametrize(
    "text",
    [
        "Jane Okoro, a fisherman of the delta, said that the patrol was late.",
        "“The patrol was late,” said Jane Okoro.",
        "Jane Okoro said the boats were old. “It is true that the patrol was late,” Okoro added.",
    ],
)
def test_a_private_person_who_speaks_is_called_by_the_name(text):
    assert heard(text, "patrol was late").voices == ("author", "jane-okoro")


@pytest.mark.parametrize(
    ("text", "clause", "voices"),
    [
        (
            "According to Reuters, an official said Peru believed that Chile would withdraw.",
            "Chile would withdraw",
            ("author", "reuters", "official", "PER"),
        ),
        (
            "The New York Times reported on Monday that a Kenyan official told Congress that Iran feared an attack.",
            "an attack",
            ("author", "new-york-times", "KEN", "IRN"),
        ),
        ("Reuters reported that Peru said Chile had lied.", "Chile had lied", ("author", "reuters", "PER")),
        (
            "“It stays,” the minister of Peru said, according to El Comercio.",
            "It stays",
            ("author", "el-comercio", "PER"),
        ),
        ("The guards would go, the spokesman claimed.", "The guards would go", ("author", "spokesman")),
        ("The guards would go, according to Peru’s ministry.", "The guards would go", ("author", "PER")),
        (
            "According to Al-Sabah, Peru’s envoy said the mill was mined.",
            "the mill was mined",
            ("author", "al-sabah", "PER"),
        ),
        ("According to the Charter, Peru must go.", "Peru must go", ("author",)),
        ("Peru said that it would leave, and Chile said that it would stay.", "it would leave", ("author", "PER")),
        ("Peru said that it would leave, and Chile said that it would stay.", "it would stay", ("author", "CHL")),
        ("The mill was taken, and Chile said that it would stay.", "The mill was taken", ("author",)),
        ("Peru left, according to Reuters, and Chile burned the mill.", "Chile burned the mill", ("author",)),
        ("The mill was taken. According to Reuters, Peru was late.", "The mill was taken", ("author",)),
    ],
)
def test_reports_of_reports_give_a_chain_of_voices_from_the_outermost_inwards(text, clause, voices):
    assert heard(text, clause, Act.ENGAGE).voices == voices


@pytest.mark.parametrize(
    ("text", "clause", "voice"),
    [
        ("An Ecuadorian villager said that the guards must leave.", "the guards must leave", "ecuadorian-villager"),
        ("The analyst Jane Doe of the Lima Policy Institute said Peru would refuse.", "Peru would refuse", "jane-doe"),
        (
            "Jane Doe, an analyst at the Lima Policy Institute, said the army would attack.",
            "the army would",
            "jane-doe",
        ),
        ("Peru moved. The columnist said that the army would attack.", "the army would attack", "columnist"),
        ("Peru moved. A farmer demanded a road.", "A farmer demanded a road", "farmer"),
        ("A former Peruvian minister said that the truce would fail.", "the truce would", "former-peruvian-minister"),
        ("Peru moved. A villager wept. The villager said that it was late.", "it was late", "villager"),
        ("The Peruvian spokesman told reporters that the guards must leave.", "the guards must leave", "PER"),
    ],
)
def test_who_speaks_for_nobody_has_no_state_as_a_voice(text, clause, voice):
    assert heard(text, clause).voices == ("author", voice)

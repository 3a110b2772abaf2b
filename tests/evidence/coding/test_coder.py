"""From a document to codings: spans, order, what is left out, and why a person looks first."""

import pytest

from detente.evidence.coding.coder import UNREAD, code_document, code_documents, explained
from detente.evidence.coding.coding import Guess
from detente.evidence.coding.names import general_lexicon
from detente.evidence.reading import document_of_text
from detente.evidence.statement import Act

LEXICON = general_lexicon()
TEXT = """Peru rejected the map on Monday. Ecuador’s foreign minister said that his country would talk only if \
the guards left the mill. “The island is not for sale,” he told reporters.

A war is unlikely. Brazil offered its good offices.
"""


def _codings(text):
    return code_document(document_of_text(text), LEXICON)


def test_a_short_report_gives_its_acts_with_who_does_them():
    found = [(one.act, one.actors, TEXT[one.start : one.end]) for one in _codings(TEXT)]
    assert found == [
        (Act.REJECT, ("PER",), "Peru rejected the map on Monday"),
        (Act.PRECONDITION, ("ECU",), "his country would talk only if the guards left the mill"),
        (Act.RED_LINE, ("ECU",), "The island is not for sale"),
        (Act.PREDICT, ("AUTHOR",), "A war is unlikely"),
        (Act.MEDIATE, ("BRA",), "Brazil offered its good offices"),
    ]


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Peru refused to see the envoy of Ecuador.", Act.REJECT),
        ("Should Ecuador cross the river, Peru will retaliate.", Act.THREATEN),
        ("Until the last soldier has left, Peru will not talk to Ecuador.", Act.PRECONDITION),
        ("Peru will never give up the island.", Act.RED_LINE),
        ("Peru assured Ecuador that it had no intention of attacking anybody.", Act.REASSURE),
        ("Peru imposed an embargo on timber from Ecuador.", Act.SANCTION),
        ("Peru moved two brigades to the border with Ecuador.", Act.DEPLOY),
        ("Peru withdrew its troops from the ridge.", Act.DE_ESCALATE),
        ("Peru accused Ecuador of sheltering bandits.", Act.ACCUSE),
        ("Peru demanded that Ecuador release the fishermen.", Act.DEMAND),
        ("The council called an emergency session.", Act.CONVENE_FORUM),
        ("Peru accepted the timetable.", Act.ACCEPT),
        ("The presidents of Peru and Ecuador met in Brasilia.", Act.ENGAGE),
        ("Brazil proposed a swap of the two islands.", Act.PROPOSE),
    ],
)
def test_each_act_is_seen_in_a_plain_sentence(sentence, act):
    (one,) = _codings(sentence)
    assert one.act is act


def test_headings_and_scraps_are_not_coded():
    assert _codings("Section 3\n\nARTICLE IV\n") == ()


def test_garbled_text_waits_for_a_person():
    found = _codings("Peru rejected the the map of Ecuador.")
    assert [one.review is not None for one in found] == [True]


def test_each_document_is_coded_when_it_is_asked_for():
    asked = []

    def documents():
        for number in range(3):
            asked.append(number)
            yield document_of_text(TEXT, str(number))

    coded = code_documents(documents(), LEXICON)
    document, found = next(coded)
    assert (document.name, len(found), asked) == ("0", 5, [0])


def test_a_coding_says_what_decided_it():
    one = next(explained(document_of_text(TEXT), LEXICON))
    assert one.coding.rule == "reject.verb"
    assert one.coding.rule in {fired.rule.id for fired in one.reading.fired}
    assert one.reasons["voice"]
    assert one.reasons["actor"]


def test_damaged_words_without_an_act_wait_as_unread_for_a_person():
    text = "The the rain fell. Peru rejected the map."
    unread, read = _codings(text)
    assert (unread.rule, unread.review, unread.confidence) == (UNREAD, "unread: a word doubled", 0.0)
    assert (text[unread.start : unread.end], unread.guessed[0]) == ("The the rain fell", Guess.ACT)
    assert (read.act, read.review) == (Act.REJECT, None)


def test_sound_words_without_an_act_are_left_out_as_before():
    assert [one.rule for one in _codings("The rain fell. Peru rejected the map.") if one.rule == UNREAD] == []


def test_what_is_misspelt_is_quoted_as_it_stands():
    text = "Peru rejceted the map. Chile accepted it."
    first, second = _codings(text)
    assert (text[first.start : first.end], first.review) == (
        "Peru rejceted the map",
        "unread: letters that make no word",
    )
    assert second.review is None


def test_the_sentence_in_which_a_document_breaks_off_waits_for_a_person():
    first, last = _codings("Peru rejected the map. Chile demanded that Peru withdraw its")
    assert first.review is None
    assert last.review == "the document stops in the middle of a sentence"

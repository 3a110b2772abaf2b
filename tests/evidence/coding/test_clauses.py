"""Where sentences and clauses begin and end, in constructions that are hard without a parser."""

import pytest

from detente.evidence.coding.clauses import clauses_of, sentences_of


def _clauses(text: str) -> list[str]:
    return [text[one.start : one.end] for one in clauses_of(text, 0, len(text))]


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences_of(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Soto met Gen. Paz. They talked.", ["Mr. Soto met Gen. Paz.", "They talked."]),
        ("The U.S. envoy left. He was tired.", ["The U.S. envoy left.", "He was tired."]),
        ("J. Soto came at 5 p.m. and left.", ["J. Soto came at 5 p.m. and left."]),
        ("Growth was 3.5 per cent. Nobody cheered.", ["Growth was 3.5 per cent.", "Nobody cheered."]),
        ("“Go home.” The crowd left!", ["“Go home.”", "The crowd left!"]),
        ("Is it over? No…", ["Is it over?", "No…"]),
        ("Resolution No. 12 was read.", ["Resolution No. 12 was read."]),
    ],
)
def test_sentences_end_where_no_abbreviation_explains_the_stop(text, expected):
    assert _sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru rejected the plan and withdrew its envoy.", ["Peru rejected the plan", "withdrew its envoy"]),
        ("Lima wants talks; Quito wants guns.", ["Lima wants talks", "Quito wants guns"]),
        ("The minister said that the bridge was safe.", ["the bridge was safe"]),
        ("She told reporters on Monday that the fleet would sail.", ["the fleet would sail"]),
        ("The fleet would sail, the minister said on Monday.", ["The fleet would sail"]),
        ("“We will sail,” he told reporters.", ["We will sail"]),
        ("According to the palace, the fleet had sailed.", ["the fleet had sailed"]),
        (
            "Lima denied the charge, while Quito kept its guns.",
            ["Lima denied the charge", "while Quito kept its guns"],
        ),
        ("Lima will talk if the guards leave.", ["Lima will talk if the guards leave"]),
        ("The rebels, who dropped their claim, will hand in their guns.", None),
        ("Soldiers and tanks and talks and hopes.", ["Soldiers and tanks and talks and hopes"]),
        ("LIMA — The court sat.", ["The court sat"]),
    ],
)
def test_clauses_are_what_one_act_needs(text, expected):
    assert _clauses(text) == ([text.rstrip(".")] if expected is None else expected)


def test_the_phrase_that_reports_is_kept_as_the_lead():
    text = "The minister said that the bridge was safe."
    (clause,) = clauses_of(text, 0, len(text))
    assert text[clause.lead_start : clause.lead_end] == "The minister said that"


def test_a_second_verb_of_one_subject_has_no_subject_of_its_own():
    text = "Peru rejected the plan and withdrew its envoy."
    assert [one.has_subject for one in clauses_of(text, 0, len(text))] == [True, False]


def test_places_are_those_of_the_whole_text():
    text = "Heading\n\nLima left. Quito stayed."
    assert [text[one.start : one.end] for one in clauses_of(text, 9, len(text))] == ["Lima left", "Quito stayed"]


@pytest.mark.parametrize("text", ["", " \n ", "...", "?!", "“", "—", "a", "said", "that that that", "\u202e\u0000"])
def test_scraps_of_text_are_no_trouble(text):
    for one in clauses_of(text, 0, len(text)):
        assert 0 <= one.start < one.end <= len(text)

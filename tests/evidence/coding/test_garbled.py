"""Damaged text is recognised, and sound text is left alone."""

from __future__ import annotations

import pytest

from detente.evidence.coding.garbled import cut_off, damage, garbled
from detente.evidence.reading import document_of_text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The treatyâ€™s text was sent.", "characters decoded wrongly"),
        ("The text was\x07 sent.", "control characters"),
        ("It was said by the President. It was a surprise.", "a sentence stops in the middle"),
        ("It has been so in the region. remains the best way.", "a sentence begins in the middle"),
        ("The papers were leakedExternal and read.", "words run together"),
        ("A bro- ken word stands here.", "a word broken at a line end"),
        ("He went to the the border.", "a word doubled"),
        ("They fired a mis#ile at the port.", "signs inside a word"),
        ("It was a s e c r e t plan.", "letters set apart"),
        ("The envoy rejetced the plan.", "letters that make no word"),
        ("The envoy reejected the plan, and wiithdrew.", "letters that make no word"),
        ("The guards wthdrw to the mill.", "letters that make no word"),
        ("The agreeement was sent to the envoy.", "letters that make no word"),
        ("The plan was delvrkngst to the envoy.", "letters that make no word"),
    ],
)
def test_damage_is_named(text: str, reason: str) -> None:
    assert garbled(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "It was signed by the President of the republic.",
        "They spoke of medium- and short-range missiles.",
        "Article 5, para. 2 was read by Mr. van der Berg and Col. de Souza.",
        "President McDonald went to LaPaz.",
        "«Нет», — сказал он. Он ушёл.",
        "The catchphrase of the twelfths lengths was sung by knights in the borschts of Brno.",
        "The hajj, the fjord, the kibbutz and the tsunami were in the cwm of the Szczecin schmaltz.",
        "The martial nuclear unclear sacred casual prefect was perfect in the marital calvary.",
        "The line at https://example.org/xkcdgh carries 400 kwh in the dprk.gov.kp mail of hmrcvb@mfa.example.",
        "Die Angstschweißtropfen des Rechtsstaats, selbstständig.",
        "",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert garbled(text) is None


def test_the_stop_of_a_clause_counts() -> None:
    text = "Peru sent the map to the. Chile waited."
    assert damage(text, 0, text.index(".")) == "a sentence stops in the middle"
    assert damage(text, text.index("Chile"), len(text) - 1) is None


IN_A_SENTENCE = "the document stops in the middle of a sentence"
IN_A_WORD = "the document stops in the middle of a word"


@pytest.mark.parametrize(
    ("text", "tail", "reason"),
    [
        ("Peru rejected the map. Chile said that it would not", "Chile said", IN_A_SENTENCE),
        ("Peru rejected the map. Chile moved its bri-", "Chile moved", IN_A_WORD),
        ("Peru rejected the map. They met in the", "They met", IN_A_SENTENCE),
        ("Peru rejected the map.\n\nChile waited.\n\nThe envoys of both sides met", "The envoys", IN_A_SENTENCE),
        ("Peru moved its bri-\n", "Peru moved", IN_A_WORD),
    ],
)
def test_a_document_that_breaks_off_is_told(text: str, tail: str, reason: str) -> None:
    document = document_of_text(text)
    assert cut_off(document.text, document.body()) == (text.index(tail), reason)


@pytest.mark.parametrize(
    "text",
    [
        "Peru rejected the map. Chile said that it would not.",
        "Peru rejected the map. “Chile will not,” he said. “It never will.”",
        "Peru rejected the map.\n\nJane Doe, Lima correspondent of the paper",
        "Peru rejected the map.\n\nMinistry of Foreign Affairs of the Republic",
        "Peru rejected the map\n\nChile accepted the map\n\nThe envoys met again",
        "Peru rejected the map. (End of the text.)",
        "Peru and Chile met again",
        "",
    ],
)
def test_a_document_that_ends_is_left_alone(text: str) -> None:
    document = document_of_text(text)
    assert cut_off(document.text, document.body()) is None

"""Damaged text is recognised, and sound text is left alone."""

from __future__ import annotations

import pytest

from detente.evidence.coding.garbled import garbled


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
        "",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert garbled(text) is None

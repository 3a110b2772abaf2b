"""The strict reader: YAML 1.2 words, lines of values, extras."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.save import to_yaml
from detente.case.yamlfile import DEEPEST, MOST_ALIASES, Located, parse_json_lines, parse_yaml
from detente.core.errors import CaseError


def value(text: str) -> Any:
    data = parse_yaml(f"a: {text}", "t").data
    assert isinstance(data, dict)
    return data["a"]


@pytest.mark.parametrize(
    "word", ["NO", "no", "yes", "on", "off", "y", "22:30", "2022-02-17", "1_000", "1.2.3", "=", "<<"]
)
def test_words_that_yaml_1_1_would_change_stay_text(word: str) -> None:
    assert value(word) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("007", 7),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        (".inf", math.inf),
        ("-.inf", -math.inf),
        ('"12"', "12"),
        ("'true'", "true"),
        ("[1, a]", [1, "a"]),
    ],
)
def test_numbers_booleans_and_nothing_are_read_as_yaml_1_2_says(text: str, expected: object) -> None:
    assert value(text) == expected
    assert type(value(text)) is type(expected)


def test_keys_are_always_words() -> None:
    assert parse_yaml("1: a\ntrue: b\nNO: c\n2022-01-01: d\n", "t").data == {
        "1": "a",
        "true": "b",
        "NO": "c",
        "2022-01-01": "d",
    }


def test_extra_keys_are_read_over() -> None:
    assert parse_yaml("a: 1\nx-note: {deep: [1]}\nb: {x-y: 2, c: 3}\n", "t").data == {"a": 1, "b": {"c": 3}}
    assert parse_json_lines('{"a": {"x-b": 1}, "x-c": 2}\n', "t").data == [{"a": {}}]


LINES = """\
# a comment
title: x
parties:
  - id: a
    name: A
  -
    id: b
    words: {one: 1,
            two: 2}
last: |
  text
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("parties",), 3),
        (("parties", 0), 4),
        (("parties", 0, "name"), 5),
        (("parties", 1, "words", "two"), 9),
        (("parties", 1, "absent", "deeper"), 7),
        (("parties", 9), 3),
        (("last",), 10),
        ((), 2),
    ],
)
def test_every_value_knows_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert parse_yaml(LINES, "t").line(path) == line


def test_aliases_are_expanded_up_to_a_limit() -> None:
    text = "a: &a {k: 1}\nb: [" + ", ".join(["*a"] * MOST_ALIASES) + "]\n"
    found = parse_yaml(text, "t")
    assert found.data == {"a": {"k": 1}, "b": [{"k": 1}] * MOST_ALIASES}
    assert found.line(("b", 3)) == 2


def test_depth_is_limited_through_aliases_too() -> None:
    half = DEEPEST // 2 + 1
    text = f"a: &a {'[' * half}{']' * half}\nb: {'[' * half}*a{']' * half}\n"
    with pytest.raises(CaseError, match="nested too deeply"):
        parse_yaml(text, "t")


def test_json_lines_skip_blank_lines_and_count_them() -> None:
    found = parse_json_lines('{"a": 1}\n\n{"a": 2}\n', "t")
    assert found.data == [{"a": 1}, {"a": 2}]
    assert found.line((1, "a")) == 3


def test_a_byte_order_mark_and_windows_lines_are_harmless() -> None:
    assert parse_yaml("a: 1\r\nb: x\r\n", "t").data == {"a": 1, "b": "x"}


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
    | st.sampled_from(
        ["NO", "on", "22:30", "2022-02-17", "1e3", "0o7", "1.0", "~", "null", "- a", "a: b", "#", "<<", "="]
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_what_is_written_is_read_back_the_same(plain: object) -> None:
    assert parse_yaml(to_yaml({"k": plain}), "t").data == {"k": plain}


def test_located_data_is_the_root() -> None:
    assert isinstance(parse_yaml("a: 1", "t"), Located)

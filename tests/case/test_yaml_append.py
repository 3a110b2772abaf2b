"""Lines put into a hand-written file change nothing else, whatever its style."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.library import library_cases
from detente.case.load import find_case
from detente.case.yaml_append import appended
from detente.case.yamlfile import parse_yaml
from detente.core.errors import CaseError


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", ("a",), "a:\n  - x\n"),
        ("# head\na:\n  - y  # why\n\n# tail\nb: 1\n", ("a",), "# head\na:\n  - y  # why\n  - x\n\n# tail\nb: 1\n"),
        ("a:\n- y", ("a",), "a:\n- y\n- x\n"),
        ("a: [y,\n  z]\n", ("a",), "a: [y,\n  z, x]\n"),
        ("a: []\n", ("a",), "a: [x]\n"),
        ("b: 1  # one\n", ("a",), "b: 1  # one\na:\n  - x\n"),
        ("a:\n  - {b: 1}\n", ("a", 0, "c"), "a:\n  - {b: 1, c: [x]}\n"),
        ("a:\n  - b: 1\n  - b: 2\n", ("a", 0, "c"), "a:\n  - b: 1\n    c:\n      - x\n  - b: 2\n"),
        ("a:\n  - |\n    text\nb: 1\n", ("a",), "a:\n  - |\n    text\n  - x\nb: 1\n"),
    ],
)
def test_lines_are_put_in_where_a_person_would(text: str, path: tuple[str | int, ...], expected: str) -> None:
    assert appended(text, path, "x", "f.yaml") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: []\nb: 1\n", "a:\n  - id: x\n    c: [y]\nb: 1\n"),
        ("b: 1\na: [  ]  # none yet\n", "b: 1\na:  # none yet\n  - id: x\n    c: [y]\n"),
        ("a: []", "a:\n  - id: x\n    c: [y]\n"),
    ],
)
def test_an_empty_list_in_brackets_is_begun_with_one_entry_to_a_line(text: str, expected: str) -> None:
    assert appended(text, ("a",), {"id": "x", "c": ["y"]}, "f.yaml") == expected


@pytest.mark.parametrize(("text", "path"), [("a: 1\n", ("a",)), ("a: [1]\n", ("b", "c")), ("a: {}\n", ("a", 3, "c"))])
def test_where_no_list_is_nothing_is_put_in(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(CaseError, match="nothing can be added here by adding lines"):
        appended(text, path, "x", "f.yaml")


@pytest.mark.parametrize("name", [one for one in library_cases() if find_case(one).is_dir()])
def test_every_bundled_positions_file_takes_one_more(name: str) -> None:
    text = (find_case(name) / "positions.yaml").read_text(encoding="utf-8")
    new = {"id": "new", "party": "A", "issue": "i", "because": ["s"], "stances": {"o": "demands"}}
    added = appended(text, ("positions",), new, "positions.yaml")
    old_lines = iter(added.splitlines())
    assert all(line in old_lines for line in text.splitlines())
    assert parse_yaml(added, "positions.yaml").data["positions"][-1] == new


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@given(st.lists(st.dictionaries(st.sampled_from(["id", "note"]), WORDS, min_size=1), min_size=1, max_size=3), WORDS)
def test_whatever_the_words_say_they_are_read_back(rows: list[dict[str, str]], note: str) -> None:
    text = "# kept\nb: 1\n"
    for row in rows:
        text = appended(text, ("a",), row, "f.yaml")
    text = appended(text, ("a", 0, "list"), note, "f.yaml")
    assert text.startswith("# kept\nb: 1\n")
    assert parse_yaml(text, "f.yaml").data == {"b": 1, "a": [{**rows[0], "list": [note]}, *rows[1:]]}

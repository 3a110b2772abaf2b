"""The coverage page says what is there: every command, section and test that it names exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass

import click
import pytest

from detente.cli.main import group
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "reference" / "coverage.md"
MECHANISMS = 60
STATUSES = ("yes", "part", "not yet")
NONE = "–"
_CODE = re.compile(r"`([^`]+)`")
_SECTION = re.compile(r"[0-8]|A|B|C")


@dataclass(frozen=True, slots=True)
class Row:
    """One mechanism as the page describes it."""

    number: int
    mechanism: str
    status: str
    what: str
    command: str
    sections: str
    tests: str


def rows() -> list[Row]:
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if re.match(r"\| *\d+ *\|", line):
            number, *cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
            assert len(cells) == 4, f"row {number} has {len(cells) + 1} cells, not 5"
            where = cells.pop().split(" · ")
            assert where == [NONE] or len(where) == 3, f"row {number} names a command, sections and tests, or nothing"
            command, sections, tests = where if len(where) == 3 else (NONE, NONE, NONE)
            found.append(Row(int(number), *cells, command, sections, tests))
    return found


def listed_tests() -> dict[str, str]:
    found = re.findall(r"^\| (T\d+) \| `([^`]+)` \|$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len({mark for mark, _ in found}) == len(found), "a mark stands for two tests"
    return dict(found)


ROWS = rows()
TESTS = listed_tests()
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))


def test_there_is_one_row_for_each_mechanism_in_order() -> None:
    assert [row.number for row in ROWS] == list(range(1, MECHANISMS + 1))
    assert len({row.mechanism for row in ROWS}) == MECHANISMS


@each_row
def test_a_row_has_a_status_and_says_what_is_missing(row: Row) -> None:
    assert row.status in STATUSES
    assert ("Missing:" in row.what) == (row.status == "part")
    named = [cell for cell in (row.command, row.tests) if cell != NONE]
    assert len(named) == (0 if row.status == "not yet" else 2), "a command and a test, or neither"


@each_row
def test_the_sections_of_a_row_are_sections_of_the_brief(row: Row) -> None:
    if row.sections == NONE:
        return
    assert row.status != "not yet"
    for section in row.sections.split(", "):
        assert _SECTION.fullmatch(section), section


@each_row
def test_the_commands_of_a_row_exist_with_their_options(row: Row) -> None:
    for text in _CODE.findall(row.command):
        first, *words = text.split()
        assert first == "detente"
        found: click.Command = group
        context = click.Context(group, info_name="detente")
        while words and isinstance(found, click.Group):
            word = words.pop(0)
            nested = found.get_command(context, word)
            assert nested is not None, f"there is no command {word!r} in {text!r}"
            found, context = nested, click.Context(nested, parent=context)
        known = {name for parameter in found.params for name in (*parameter.opts, *parameter.secondary_opts)}
        assert {word for word in words if word.startswith("-")} <= known


@each_row
def test_the_tests_of_a_row_are_listed(row: Row) -> None:
    if row.tests != NONE:
        assert set(row.tests.split(", ")) <= set(TESTS)


def test_every_listed_test_is_named_by_a_row() -> None:
    assert {mark for row in ROWS for mark in re.findall(r"T\d+", row.tests)} == set(TESTS)


@pytest.mark.parametrize("mark", TESTS)
def test_a_listed_test_exists(mark: str) -> None:
    path, _, name = TESTS[mark].partition("::")
    file = ROOT / path
    assert file.name.startswith("test_")
    assert file.is_file(), f"there is no file {path}"
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert name in {"", *(node.name for node in tree.body if isinstance(node, ast.FunctionDef))}


def test_the_counts_of_the_introduction_are_those_of_the_table() -> None:
    said = re.search(r"\*\*(\d+) yes, (\d+) in part, (\d+) not yet\*\*", PAGE.read_text(encoding="utf-8"))
    assert said is not None
    number = Counter(row.status for row in ROWS)
    assert [int(word) for word in said.groups()] == [number[status] for status in STATUSES]

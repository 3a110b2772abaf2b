"""Whatever stands in a file, reading it ends in a case or in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case.check import check
from detente.case.load import load_case
from detente.case.yamlfile import parse_json_lines, parse_yaml
from detente.core.errors import CaseError
from tests.case.builders import small, write

T = TypeVar("T")
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**20),
    st.floats(),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
    st.sampled_from(
        ["A", "water", "w2", "s1", "p1", "2022-01-01", "1645056000", [], {}, [[]], [None], {"a": {}}, {"": ""}]
    ),
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in items for place in places(item, (*path, key)))]


def attempt(read: Callable[[], T]) -> tuple[T | None, str | None]:
    """Return what reading gives, or the line with which it is refused; any other exception is a failure."""
    try:
        return read(), None
    except CaseError as error:
        return None, error.line()


PLACES = [place for place in places(small()) if place]


@given(st.text(max_size=60) | st.text(alphabet="[]{}:,-&*!|>'\"#%@ \n\tab1", max_size=60))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    for parse in (parse_yaml, parse_json_lines):
        _, line = attempt(lambda parse=parse: parse(text, "file"))
        assert line is None or (line.startswith("file:") and "\n" not in line)


@settings(max_examples=150)
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=3))
def test_any_change_of_a_case_gives_a_case_or_one_line(
    changes: list[tuple[tuple[str | int, ...], Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    values = small()
    for place, junk in changes:
        here: Any = values
        for step in place[:-1]:
            inside = isinstance(here, dict) or (isinstance(here, list) and isinstance(step, int) and step < len(here))
            here = here[step] if inside and not (isinstance(here, dict) and step not in here) else None
        if isinstance(here, dict) or (isinstance(here, list) and isinstance(place[-1], int) and place[-1] < len(here)):
            here[place[-1]] = junk
    path: Path = write(tmp_path_factory.mktemp("fuzz") / "case.yaml", values)
    case, line = attempt(lambda: load_case(path))
    assert line is None or (line.startswith(str(path)) and "\n" not in line)
    for day in ("2021-01-01", "2022-02-15") if case is not None else ():
        assert check(case).as_json()
        assert case.at(day).at(day) == case.at(day)

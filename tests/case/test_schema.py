"""The published schema accepts what the reader accepts."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from detente.case.library import library_cases
from detente.case.load import find_case, read_files
from detente.case.schema import json_schema
from tests.case.builders import small

SCHEMA = json_schema()


def faults(values: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(values)]


def test_it_is_a_schema_of_2020_12() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"].endswith("2020-12/schema")
    assert SCHEMA["title"]


@pytest.mark.parametrize("name", library_cases())
def test_the_bundled_cases_are_valid(name: str) -> None:
    assert faults(dict(read_files(find_case(name)).data)) == []


def test_shorthands_and_extras_are_valid() -> None:
    assert faults(small()) == []
    assert faults(small(**{"x-mine": 3})) == []


@pytest.mark.parametrize(
    "change", [{"lenzes": []}, {"schema_version": 1}, {"parties": []}, {"title": 3}, {"illustrative": "yes"}]
)
def test_what_the_reader_refuses_is_invalid(change: dict[str, Any]) -> None:
    assert faults(small(**change)) != []


def test_every_kind_is_described() -> None:
    kinds = {name: kind for name, kind in SCHEMA["$defs"].items() if not name.startswith("detente")}
    assert [name for name, kind in kinds.items() if not kind.get("description")] == []

"""The page on the case file names every field, so that it cannot fall behind the models."""

from __future__ import annotations

import re
import types
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from detente.case.case import Case
from detente.case.load import FILE_OF_KEY
from detente.evidence.source import Grade
from detente.evidence.statement import Act

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "case-file.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)  # fences would shift the pairs of backticks
NAMED = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]+)`", PROSE))))


def models(kind: Any) -> list[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    if get_origin(kind) in {Annotated, Union, types.UnionType, tuple, dict}:
        return [model for argument in get_args(kind) for model in models(argument)]
    return []


def all_models() -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    waiting: list[type[BaseModel]] = [Case]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.append(model)
            waiting.extend(inner for field in model.model_fields.values() for inner in models(field.annotation))
    return found


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.__name__)
def test_every_field_is_named(model: type[BaseModel]) -> None:
    assert set(model.model_fields) - NAMED == set()


def test_every_key_stands_in_the_row_of_its_file() -> None:
    rows = {row.split("`")[1]: row for row in PAGE.splitlines() if re.match(r"\| `\w+\.(yaml|jsonl)`", row)}
    assert {key for key, file in FILE_OF_KEY.items() if f"`{key}`" not in rows[file]} == set()


def test_every_grade_is_named_and_acts_are_the_vocabulary() -> None:
    assert {grade.value for grade in Grade} <= NAMED
    assert Act.DE_ESCALATE.value == "de-escalate"

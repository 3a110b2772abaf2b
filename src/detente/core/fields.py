"""The kinds of field that every record is made of, and the frozen base of all records."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, Strict, WithJsonSchema

from detente.core.condition import Condition, parse_condition
from detente.core.dates import interval_of

ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,79}"


class Part(BaseModel):
    """A frozen record of a case; unknown keys are refused, and so are values of another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _day(value: object) -> object:
    if isinstance(value, datetime.date):
        return value
    try:
        first, last = interval_of(value) if isinstance(value, str) else (None, None)
    except ValueError:
        first, last = None, None
    if first is None or first != last:
        raise ValueError("not a day. A day is written as 2022-02-17. Correct it")
    return first


def _text(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("the text is empty. Write it, or leave the field out")
    if isinstance(value, Mapping) and not value:
        raise ValueError("a text in several languages needs at least one of them. Write one, or leave the field out")
    return value


def _condition(value: object) -> object:
    return parse_condition(value) if isinstance(value, str) else value


def _switch_condition(value: object) -> object:
    return parse_condition(value, switches=True) if isinstance(value, str) else value


Id = Annotated[str, Field(pattern=f"^{ID_PATTERN}$")]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Probability = Annotated[float, Strict(), Field(ge=0, le=1, allow_inf_nan=False)]
Flag = Annotated[bool, Strict()]
Count = Annotated[int, Strict(), Field(ge=0)]
Day = Annotated[
    datetime.date,
    BeforeValidator(_day),
    PlainSerializer(lambda day: day.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Text = Annotated[str | dict[str, str], BeforeValidator(_text)]
ConditionField = Annotated[
    Condition,
    BeforeValidator(_condition),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "description": "a condition, such as: A in [o1, o2] and not B in [o3]"}),
]
SwitchConditionField = Annotated[
    Condition,
    BeforeValidator(_switch_condition),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "description": "a condition over switches, such as: attack and not release"}),
]


def text_of(text: str | Mapping[str, str], language: str = "en") -> str:
    """Return a text in a language, else in English, else in the first language it has."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get("en") or next(iter(text.values()))

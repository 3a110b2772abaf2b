"""What a party says of the options of an issue, on a day."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field, model_validator

from detente.core.fields import Id, Part, Text


class Stance(StrEnum):
    """What a party says of an option; an option that is not listed is unknown."""

    DEMANDS = "demands"
    WOULD_ACCEPT = "would_accept"
    WOULD_DISCUSS = "would_discuss"
    RULES_OUT = "rules_out"
    NO_ANSWER = "no_answer"


class Basis(StrEnum):
    """How a stance or a line is known."""

    STATED = "stated"  # the party says so
    INFERRED = "inferred"  # the coder concludes it
    UNKNOWN = "unknown"


class OptionStance(Part):
    """One party's stance on one option; written `demands` where it is stated, else with its basis."""

    stance: Stance
    basis: Basis = Basis.STATED

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: Any) -> Any:
        return {"stance": value} if isinstance(value, str) else value


class Position(Part):
    """A party's dated stances on the options of one issue.

    The first statement of `because` is the one it was taken in and gives it its dates, grade and text class;
    `see` lists statements by others that report the same.
    """

    id: Id
    party: Id
    issue: Id
    because: tuple[Id, ...] = Field(min_length=1)
    see: tuple[Id, ...] = ()
    stances: dict[Id, OptionStance] = Field(min_length=1)
    confidence: str | None = None
    note: Text | None = None

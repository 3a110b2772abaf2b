"""When something happened: an interval, and how it is known."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any, Self

from pydantic import model_serializer, model_validator

from detente.core.dates import interval_of
from detente.core.fields import Part


class HowKnown(StrEnum):
    """How the time of a fact is known."""

    STATED = "stated"  # the text or the record says so
    METADATA = "metadata"  # the file says so
    INFERRED = "inferred"  # worked out from other facts
    UNKNOWN = "unknown"  # a bound only


class Happened(Part):
    """The days between which something happened; written `2022-02-17`, `2022-02`, `2022-01-27/2022-02-03`."""

    when: str
    how: HowKnown = HowKnown.STATED

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"when": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_interval(self) -> Self:
        try:
            interval_of(self.when)
        except ValueError as error:
            forms = "2022, 2022-02, 2022-02-17 or 2022-01-27/2022-02-03"
            raise ValueError(f"{error}. A time is written as {forms}. Correct it") from None
        return self

    @model_serializer
    def _as_text(self) -> Any:
        return self.when if self.how is HowKnown.STATED else {"when": self.when, "how": self.how.value}

    @property
    def first(self) -> datetime.date:
        """First day of the interval."""
        return interval_of(self.when)[0]

    @property
    def last(self) -> datetime.date:
        """Last day of the interval."""
        return interval_of(self.when)[1]

"""A judged number: a range with its grounds, its author and the day of the judgement."""

from __future__ import annotations

from typing import Any, Self

from pydantic import model_validator

from detente.core.fields import Day, Id, Number, Part, Text


class Estimate(Part):
    """A number that somebody judged, as hard bounds and a most likely value.

    Draws follow a PERT distribution scaled to the bounds. A bare number in a file is an exact value.

    Attributes
    ----------
    low, mode, high : float
        Lower bound, most likely value, upper bound; low ≤ mode ≤ high. Unit and scale are those of the field.
    because : tuple of str
        Ids of the statements, positions or events it rests on; empty means "assumed".
    see : tuple of str
        Commentary consulted that does not set the number.
    by : str, optional
        Who judged it.
    judged_on : date, optional
        When it was judged; a later day than the cut-off marks it "judged later".
    since : date, optional
        First day on which an assumption without grounds may be used.
    note : Text, optional
        Why this number.
    """

    low: Number
    mode: Number
    high: Number
    because: tuple[Id, ...] = ()
    see: tuple[Id, ...] = ()
    by: str | None = None
    judged_on: Day | None = None
    since: Day | None = None
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, value: Any) -> Any:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return {"low": value, "mode": value, "high": value}
        if isinstance(value, dict) and "mode" in value:
            return {"low": value["mode"], "high": value["mode"], **value}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"low {self.low:g}, mode {self.mode:g}, high {self.high:g} are not in this order")
        return self

"""A lens: a named set of overrides of estimates, a reading of one source and never the author's numbers."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from detente.core.estimate import Estimate
from detente.core.fields import Day, Id, Part, Text


class Operation(StrEnum):
    """What an override does to each bound of an estimate."""

    SET = "set"
    SCALE = "scale"
    ADD = "add"


class Override(Part):
    """One change of one estimate of one party, with the statements it reads."""

    party: Id
    path: str
    op: Operation
    value: Estimate
    because: tuple[Id, ...] = ()
    note: Text | None = None


class Pair(Part):
    """Overrides that belong together, on both sides of the dispute, so that a lens never changes one side only."""

    overrides: tuple[Override, ...] = Field(min_length=2)


class Lens(Part):
    """A reading of one source, applied as overrides; shown one by one and never pooled by default."""

    id: Id
    document: str
    viewpoint: Text
    public_since: Day
    pairs: tuple[Pair, ...] = ()

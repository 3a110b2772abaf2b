"""Dated acts of one party towards another, as arrays: days, parties and steps of a scale, no names and no calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from detente.core.errors import ModelError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

STEP = 1000
"""Steps per point of the conflict-cooperation scale, so that sums are exact and do not depend on their order."""

MOST_DAYS = 200_000
"""Days that a record may cover: five centuries."""


class Sign(IntEnum):
    """On which side of the scale an act lies; an act at zero is neither."""

    CONFLICT = -1
    COOPERATION = 1


class TooFew(StrEnum):
    """Why nothing is said of how one party answers another: a finding, not an error."""

    DAYS = "days"  # the record covers less than five windows
    ACTS = "acts"  # fewer acts than the minimum, with a whole window of the record after them
    REPLIES = "replies"  # the other party acts less often than the minimum
    WEEKS = "weeks"  # fewer weeks, or fewer weeks with acts, than the model has use for
    VARIATION = "variation"  # the weeks do not vary enough for the coefficients to be told apart


@dataclass(frozen=True, slots=True)
class EventRecord:
    """Acts between parties within the days that a record covers.

    Rows are put in order of time, so that no result depends on the order in which they were listed.

    Attributes
    ----------
    first, last : array of int64
        Days between which each act happened, both included; the same day where the day is known.
    actor, target : array of int64
        Numbers of the parties, 0 to `parties` − 1; nobody acts towards himself.
    value : array of int64
        Where the act lies between conflict (−10) and cooperation (10), in steps of 1/`STEP`.
    row : array of int64
        The caller's number of each act, kept through the sorting.
    parties : int
        How many parties there are.
    start, end : int
        First and last day that the record covers; every act lies between them.

    Raises
    ------
    ModelError
        If lengths differ, an act ends before it begins, lies outside the days covered or beyond the scale, or names
        no party.
    """

    first: Ints
    last: Ints
    actor: Ints
    target: Ints
    value: Ints
    row: Ints
    parties: int
    start: int
    end: int

    def __post_init__(self) -> None:
        names = ("first", "last", "actor", "target", "value", "row")
        columns = {name: np.asarray(getattr(self, name), dtype=np.int64) for name in names}
        if len({len(column) for column in columns.values()}) != 1:
            lengths = {name: len(column) for name, column in columns.items()}
            raise _error("columns of different length", lengths, "Every act has one entry in each column")
        if not 0 <= self.end - self.start < MOST_DAYS:
            allowed = f"A record covers 1 to {MOST_DAYS:,} days"
            raise _error("the days covered make no interval", (self.start, self.end), allowed)
        first, last, actor, target, value, _ = columns.values()
        for wrong, what, allowed in (
            (last < first, "an act ends before it begins", "The last day is the first or a later one"),
            (
                (first < self.start) | (last > self.end),
                "an act lies outside the days covered",
                "Acts lie between the first and the last day",
            ),
            (
                (actor < 0) | (target < 0) | (np.maximum(actor, target) >= self.parties),
                "an act names no party",
                "Parties are numbered from 0",
            ),
            (actor == target, "a party acts towards itself", "Actor and target are two parties"),
            (np.abs(value) > 10 * STEP, "an act lies beyond the scale", "The scale runs from −10 to 10"),
        ):
            if wrong.any():
                raise _error(what, int(np.flatnonzero(wrong)[0]), allowed)
        order = np.lexsort((columns["row"], value, target, actor, last, first))
        for name, column in columns.items():
            kept = column[order]
            kept.setflags(write=False)
            object.__setattr__(self, name, kept)

    @property
    def days(self) -> int:
        """How many days are covered."""
        return self.end - self.start + 1

    def between(self, actor: int, target: int) -> EventRecord:
        """Return the acts of one party towards another."""
        return self.those((self.actor == actor) & (self.target == target))

    def of_sign(self, sign: Sign) -> EventRecord:
        """Return the acts on one side of the scale."""
        return self.those(np.sign(self.value) == sign)

    def those(self, chosen: NDArray[np.bool_] | Ints) -> EventRecord:
        """Return some of the acts."""
        return replace(
            self,
            first=self.first[chosen],
            last=self.last[chosen],
            actor=self.actor[chosen],
            target=self.target[chosen],
            value=self.value[chosen],
            row=self.row[chosen],
        )


@dataclass(frozen=True, slots=True)
class Moves:
    """Steps of a build-up: days between which each was taken, by whom, and of which kind."""

    first: Ints
    last: Ints
    actor: Ints
    kind: Ints
    row: Ints


def _error(what: str, got: object, allowed: str) -> ModelError:
    return ModelError(where="record.EventRecord", what=what, got=got, allowed=allowed, hint="Correct the columns")

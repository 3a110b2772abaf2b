r"""What is observed of one party, as arrays: answers to packages, what became of its red lines, and its threats.

Each observation has an *honesty* :math:`\rho`, the probability that the act follows what the party holds; otherwise it
is a coin flip and tells nothing. Honesty is set outside, by what the act cost and by whose ears it was meant for.
Observations of one *group* are one act seen several times (statements of one text on one day): together they count as
one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from detente.core.errors import ModelError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class Conduct(IntEnum):
    """What was seen of a red line, after the act that declared it."""

    DECLARED = 0  # declared again
    KEPT = 1  # a package that crosses it was refused
    CROSSED = 2  # the party proposed or signed what crosses it


@dataclass(frozen=True, slots=True)
class Prior:
    """What is held of a number before any observation.

    A PERT law from `low` to `high` with its peak at `mode`, or the uniform law between the bounds where `mode` is None.
    """

    low: float
    mode: float | None
    high: float

    def __post_init__(self) -> None:
        inside = self.mode is None or self.low <= self.mode <= self.high
        if not (np.isfinite(self.low) and np.isfinite(self.high) and self.low <= self.high and inside):
            raise ModelError(
                where="prior",
                what="the bounds are not in order",
                got=f"{self.low}, {self.mode}, {self.high}",
                allowed="They are finite numbers with low ≤ mode ≤ high",
                hint="Correct them",
            )


@dataclass(frozen=True, slots=True)
class Answers:
    """A party's answers to packages, `n` of them.

    Attributes
    ----------
    utility : (n,) float
        What the package was worth to the party, on the scale of the reservation.
    accepted : (n,) bool
        Whether it was accepted, signed or proposed by the party; else refused or countered.
    line : (n,) bool
        Whether the answer is a declared threshold instead: "nothing worth this much or less".
    honesty : (n,) float
        Probability from 0 to 1 that the answer follows the reservation.
    hope : (n,) float
        Probability from 0 to 1 that a package which it prefers to no agreement is refused in hope of a better one.
    barred : (n,) float
        Probability from 0 to 1 that a red line bars the package, so that it is refused whatever it is worth.
    group : (n,) int
        Answers with one number are one act.
    day : (n,) int
        Ordinal of the day; only the order of steps depends on it.
    """

    utility: FloatArray
    accepted: BoolArray
    line: BoolArray
    honesty: FloatArray
    hope: FloatArray
    barred: FloatArray
    group: IntArray
    day: IntArray

    def __post_init__(self) -> None:
        rows = (self.accepted, self.line, self.honesty, self.hope, self.barred, self.group, self.day)
        if any(row.shape != self.utility.shape for row in rows) or self.utility.ndim != 1:
            raise ModelError(where="answers", what="the arrays differ in length", allowed="One entry for each answer")
        if not np.isfinite(self.utility).all():
            raise ModelError(where="answers", what="a utility is no finite number", allowed="Utilities are numbers")
        for name, row in (("honesty", self.honesty), ("hope", self.hope), ("probability of a bar", self.barred)):
            if not ((row >= 0) & (row <= 1)).all():
                raise ModelError(where="answers", what=f"the {name} is out of range", allowed="It is from 0 to 1")

    def __len__(self) -> int:
        return len(self.utility)

    def chosen(self, rows: BoolArray | IntArray) -> Answers:
        """Return some of the answers."""
        return Answers(
            self.utility[rows],
            self.accepted[rows],
            self.line[rows],
            self.honesty[rows],
            self.hope[rows],
            self.barred[rows],
            self.group[rows],
            self.day[rows],
        )

    @classmethod
    def none(cls) -> Answers:
        """Return no answers."""
        empty = np.zeros(0)
        flags, whole = np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.int64)
        return cls(empty, flags, flags, empty, empty, empty, whole, whole)


@dataclass(frozen=True, slots=True)
class LineRecord:
    """A red line: the range of its probability of binding, and what was seen of it afterwards (`n` observations).

    `conduct` holds values of `Conduct`; the other arrays are as in `Answers`.
    """

    low: float
    mode: float
    high: float
    conduct: IntArray
    honesty: FloatArray
    hope: FloatArray
    group: IntArray
    day: IntArray

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.mode <= self.high <= 1:
            raise ModelError(
                where="red line",
                what="the range is out of order",
                got=f"{self.low}, {self.mode}, {self.high}",
                allowed="It holds probabilities with low ≤ mode ≤ high",
            )
        if any(row.shape != self.conduct.shape for row in (self.honesty, self.hope, self.group, self.day)):
            raise ModelError(where="red line", what="the arrays differ in length", allowed="One entry each")
        for name, row in (("honesty", self.honesty), ("hope", self.hope)):
            if not ((row >= 0) & (row <= 1)).all():
                raise ModelError(where="red line", what=f"the {name} is out of range", allowed="It is from 0 to 1")


@dataclass(frozen=True, slots=True)
class Threats:
    """How many threats were carried out of how many that came due, and the Beta prior of following through."""

    carried_out: int
    due: int
    a: float = 1.0
    b: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.carried_out <= self.due:
            raise ModelError(
                where="threats",
                what="more threats were carried out than came due, or fewer than none",
                got=f"{self.carried_out}/{self.due}",
                allowed="Write how many were carried out of how many that came due, such as 3/10",
            )
        if not (self.a > 0 and self.b > 0):
            raise ModelError(where="threats", what="the prior is out of range", allowed="Both numbers are above 0")


@dataclass(frozen=True, slots=True)
class InferenceModel:
    """One party's record, ready to be weighed.

    Attributes
    ----------
    prior : Prior
        Of the reservation.
    answers : Answers
        To packages.
    lines : tuple of LineRecord
        Its red lines.
    beta : float
        Precision of answers: how sharply acceptance turns from no to yes as a package passes the reservation, per unit
        of utility; may be infinite.
    threats : Threats
        Carried out or not.
    """

    prior: Prior
    answers: Answers
    lines: tuple[LineRecord, ...]
    beta: float
    threats: Threats = Threats(0, 0)

    def __post_init__(self) -> None:
        if not self.beta > 0:
            raise ModelError(
                where="beta",
                what="the precision of answers is out of range",
                got=self.beta,
                allowed="It is a number above 0; inf takes every answer at its word",
                hint="Choose another",
            )

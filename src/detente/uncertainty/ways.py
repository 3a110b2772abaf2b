"""Numbers on their way to an end: what two of them may be, and where they are at a part of the way."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from detente.case.case import Case
from detente.uncertainty.judgements import Judged, Judgement, natural_scale

HALVINGS = 20
"""Times that a way is halved."""

Aim = tuple[Judgement, Fraction]
"""A number and the end to which it is moved."""


@dataclass(frozen=True, slots=True)
class Together:
    """Two numbers that turn a conclusion when both have gone this part of the way."""

    first: Aim
    second: Aim
    part: Fraction
    is_judged: bool

    def at(self, aim: Aim) -> Fraction:
        """Return where one of the two numbers is then."""
        return on_the_way(aim, self.part)


def on_the_way(aim: Aim, part: Fraction) -> Fraction:
    """Return where a number is when it has gone a part of its way."""
    judgement, end = aim
    return judgement.now + part * (end - judgement.now)


def ends(case: Case, judgement: Judgement, *, judged: bool) -> tuple[Fraction, Fraction]:
    """Return the ends to which a number is moved: of its judged range, or of the scale on which it says something."""
    if judged:
        return judgement.judged or (judgement.now, judgement.now)
    low, high = natural_scale(case, judgement)
    return min(low, judgement.now), max(high, judgement.now)


def of_one(aims: Sequence[Aim]) -> list[tuple[Aim, Aim]]:
    """Return the pairs of one speaker's numbers: none goes two ways, and two beliefs take from each other."""
    return [
        (first, second)
        for first, second in itertools.combinations(aims, 2)
        if first[0].path != second[0].path and not first[0].kind is second[0].kind is Judged.BELIEF
    ]

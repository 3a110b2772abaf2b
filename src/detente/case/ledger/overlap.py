"""Where two parties' words meet: in words both used, or only in our reading."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from detente.case.case import Case
from detente.case.ledger.stances import OPEN_STANCES, Held, held_stances


class Meeting(StrEnum):
    """How two parties meet on an issue."""

    IN_WORDS_BOTH_USED = "in_words_both_used"  # both say that they demand, accept or would discuss one option
    IN_OUR_READING = "in_our_reading"  # at least one of the two is inferred
    APART = "apart"  # both are coded and no option is common
    NOT_CODED = "not_coded"  # one of them has no position


@dataclass(frozen=True, slots=True)
class Overlap:
    """Whether two parties meet on an issue, and on which options."""

    first: str
    second: str
    issue: str
    meeting: Meeting
    common: tuple[tuple[Held, Held], ...]


def overlaps(case: Case, parties: Iterable[str]) -> tuple[Overlap, ...]:
    """Return the overlap of each pair of parties on each issue.

    Two parties meet on an option when each demands it, would accept it or would discuss it.
    """
    return tuple(
        _overlap(case, first, second, issue.id)
        for first, second in itertools.combinations(tuple(parties), 2)
        for issue in case.issues
    )


def _overlap(case: Case, first: str, second: str, issue: str) -> Overlap:
    one, other = held_stances(case, first, issue), held_stances(case, second, issue)
    if not one or not other:
        return Overlap(first, second, issue, Meeting.NOT_CODED, ())
    common = tuple(
        (one[option], other[option])
        for option in one
        if option in other and one[option].stance in OPEN_STANCES and other[option].stance in OPEN_STANCES
    )
    if not common:
        return Overlap(first, second, issue, Meeting.APART, ())
    in_words = any(a.is_stated and b.is_stated for a, b in common)
    return Overlap(first, second, issue, Meeting.IN_WORDS_BOTH_USED if in_words else Meeting.IN_OUR_READING, common)

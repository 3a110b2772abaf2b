"""Where two replies to the same text differ."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.package import TabledText
from detente.case.position import OptionStance, Position
from detente.case.tabled import positions_in


@dataclass(frozen=True, slots=True)
class ReplyDifference:
    """What two replies say differently of one issue; an empty side means that reply is silent on it."""

    first: str
    second: str
    issue: str
    first_says: Mapping[str, OptionStance]
    second_says: Mapping[str, OptionStance]
    positions: tuple[str, ...]


def reply_differences(case: Case) -> tuple[ReplyDifference, ...]:
    """Return the issues on which two replies of the same day, by different authors, differ in their coded positions."""
    replies = [text for text in case.texts if text.replies_to]
    return tuple(
        difference
        for first, second in itertools.combinations(replies, 2)
        if not set(first.authors) & set(second.authors) and first.happened.first == second.happened.first
        for difference in _differences(case, first, second)
    )


def _differences(case: Case, first: TabledText, second: TabledText) -> list[ReplyDifference]:
    one, other = _by_issue(case, first), _by_issue(case, second)
    found = []
    for issue in case.issues:
        a, b = one.get(issue.id), other.get(issue.id)
        says_a = dict(a.stances) if a else {}
        says_b = dict(b.stances) if b else {}
        if {k: v.stance for k, v in says_a.items()} != {k: v.stance for k, v in says_b.items()}:
            ids = tuple(position.id for position in (a, b) if position)
            found.append(ReplyDifference(first.id, second.id, issue.id, says_a, says_b, ids))
    return found


def _by_issue(case: Case, text: TabledText) -> dict[str, Position]:
    return {position.issue: position for position in positions_in(case, text)}

"""What reviewers decided of the queue: every decision is kept, and the last one of each reviewer stands.

A coding becomes a statement if one reviewer accepted or corrected it and nobody decided otherwise. Where two decided
differently it is in dispute until somebody resolves it. A blind decision (made without sight of the machine's act and
of the other's decision) checks another and never enters the record by itself: act, actor and target are all it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from detente.case.review.item import Codes
from detente.core.fields import Day, Flag, Id, Part, Text


class Verdict(StrEnum):
    """What a reviewer does with a coding."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    WITHDRAW = "withdraw"  # takes the reviewer's last decision of this coding back


class Decision(Part):
    """One decision of one reviewer on one coding; `says` is the paraphrase, `reason` that of a rejection."""

    item: Id
    by: str = Field(min_length=1)
    on: Day
    verdict: Verdict
    codes: Codes | None = None
    says: Text | None = None
    reason: str | None = None
    blind: Flag = False
    resolves: Flag = False

    @property
    def keeps(self) -> bool:
        """Whether the coding is taken for an act."""
        return self.verdict in {Verdict.ACCEPT, Verdict.CORRECT}


class State(StrEnum):
    """Where a coding stands in the review."""

    OPEN = "open"
    BLIND = "blind only"
    DISPUTED = "disputed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the decisions on a coding amount to; `decision` is the one that counts, `by` all who stand behind it."""

    state: State
    decision: Decision | None = None
    by: tuple[str, ...] = ()


Standing = Mapping[str, tuple[Decision, ...]]
"""The standing decisions by coding, each reviewer's last, in the order in which the reviewers first decided."""


def standing(decisions: Iterable[Decision]) -> Standing:
    """Return each reviewer's last decision on each coding; one that was withdrawn is none."""
    last: dict[str, dict[tuple[str, bool], Decision]] = {}
    for one in decisions:
        mine = last.setdefault(one.item, {})
        key = (one.by, one.resolves)
        if one.verdict is Verdict.WITHDRAW:
            mine.pop(key, None)
        else:
            mine[key] = one
    return {item: tuple(mine.values()) for item, mine in last.items() if mine}


def differences(one: Decision, other: Decision) -> tuple[str, ...]:
    """Return in which of the compared respects two decisions differ; a rejected coding has no act to compare."""
    if one.keeps is not other.keeps:
        return ("accept",)
    if one.codes is None or other.codes is None:
        return ()
    pairs = (
        ("act", one.codes.act, other.codes.act),
        ("actor", set(one.codes.actors), set(other.codes.actors)),
        ("target", set(one.codes.targets), set(other.codes.targets)),
    )
    return tuple(name for name, mine, theirs in pairs if mine != theirs)


def outcome(decisions: tuple[Decision, ...]) -> Outcome:
    """Return what the standing decisions on one coding amount to."""
    resolving = [one for one in decisions if one.resolves]
    if resolving:
        return _decided(resolving[-1], (resolving[-1].by,))
    full = [one for one in decisions if not one.blind]
    if not decisions:
        return Outcome(State.OPEN)
    if any(differences(decisions[0], other) for other in decisions[1:]):
        return Outcome(State.DISPUTED, by=tuple(one.by for one in decisions))
    if not full and decisions[0].keeps:
        return Outcome(State.BLIND, by=tuple(one.by for one in decisions))
    return _decided((full or list(decisions))[0], tuple(dict.fromkeys(one.by for one in decisions)))


def _decided(decision: Decision, by: tuple[str, ...]) -> Outcome:
    return Outcome(State.ACCEPTED if decision.keeps else State.REJECTED, decision, by)

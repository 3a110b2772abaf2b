"""Who moved on what, between its earlier and its later word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from detente.case.case import Case
from detente.case.ledger.stances import OPEN_STANCES, superseded
from detente.case.position import Basis, Position, Stance


class Direction(StrEnum):
    """What a later position did to an option."""

    OPENED = "opened"  # ready to discuss, accept or demand what it had refused or left unmentioned
    CLOSED = "closed"  # refuses what it had not refused
    CHANGED = "changed"  # between demanding, accepting and discussing
    DROPPED = "dropped"  # demands another option now and says nothing more of this one
    CONFIRMED = "confirmed"  # the same stance, now stated where it had been inferred


@dataclass(frozen=True, slots=True)
class Movement:
    """A change of one party's stance on one option.

    `before` is None where it had said nothing of the option, `after` where it says nothing more of it.
    """

    party: str
    issue: str
    option: str
    before: Stance | None
    after: Stance | None
    basis: Basis
    direction: Direction
    earlier: str
    later: str


def movements(case: Case, parties: Iterable[str]) -> tuple[Movement, ...]:
    """Return the changes between successive positions of each party on each issue, oldest first per issue."""
    return tuple(
        movement
        for issue in case.issues
        for party in parties
        for movement in _along(case, party, issue.id, case.positions_of.get((party, issue.id), ()))
    )


def _along(case: Case, party: str, issue: str, positions: tuple[Position, ...]) -> Iterable[Movement]:
    held: dict[str, tuple[Stance, Basis, str]] = {}
    for index, position in enumerate(positions):
        asked = {
            name: case.day_of(case.position[since])
            for name, (stance, _, since) in held.items()
            if stance is Stance.DEMANDS
        }
        for option in superseded(case, position, positions, asked):
            stance, basis, earlier = held.pop(option)
            yield Movement(party, issue, option, stance, None, basis, Direction.DROPPED, earlier, position.id)
        for option, entry in position.stances.items():
            before = held.get(option)
            direction = _direction(before, entry.stance, entry.basis) if index else None
            if direction is not None:
                yield Movement(
                    party,
                    issue,
                    option,
                    before[0] if before else None,
                    entry.stance,
                    entry.basis,
                    direction,
                    before[2] if before else positions[index - 1].id,
                    position.id,
                )
            if before is None or before[0] is not entry.stance or entry.basis is Basis.STATED:
                held[option] = (entry.stance, entry.basis, position.id)


def _direction(before: tuple[Stance, Basis, str] | None, after: Stance, basis: Basis) -> Direction | None:
    stance = before[0] if before else None
    if stance is after:
        assert before is not None
        return Direction.CONFIRMED if basis is Basis.STATED and before[1] is not Basis.STATED else None
    if after is Stance.RULES_OUT:
        return Direction.CLOSED
    if after in OPEN_STANCES:
        return Direction.CHANGED if stance in OPEN_STANCES else Direction.OPENED
    return Direction.CHANGED

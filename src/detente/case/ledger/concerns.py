"""Fears in the parties' own words, and whether the other side has acknowledged them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.said import in_order, is_own_word
from detente.evidence.statement import Statement


@dataclass(frozen=True, slots=True)
class Concern:
    """A fear that a party states, and the statements of others that acknowledge it, as far as linked."""

    party: str
    statement: Statement
    acknowledged_by: tuple[Statement, ...]


def concerns(case: Case) -> tuple[Concern, ...]:
    """Return the coded fears of the parties, with acknowledgements where they are linked."""
    return tuple(
        Concern(
            party,
            statement,
            tuple(
                other
                for other in case.statements
                if statement.id in other.acknowledges and any(actor != party for actor in other.actors)
            ),
        )
        for statement in case.statements
        if statement.fear and is_own_word(case, statement)
        for party in statement.actors
        if party in case.party
    )


@dataclass(frozen=True, slots=True)
class Recognition:
    """One party takes up what another said.

    `of_fear` says that what it takes up voices a fear; `since` is the day since which the taking up is public.
    """

    by: str
    of: str
    statement: str
    concern: str
    of_fear: bool
    since: datetime.date


def recognitions(case: Case) -> tuple[Recognition, ...]:
    """Return every statement of a party, in its own words, that takes up one of another party, oldest first."""
    return tuple(
        Recognition(by, of, one.id, name, case.statement[name].fear, one.public_since)
        for one in sorted(case.statements, key=in_order)
        if is_own_word(case, one)
        for name in one.acknowledges
        for by in one.actors
        for of in case.statement[name].actors
        if by != of and by in case.party and of in case.party
    )

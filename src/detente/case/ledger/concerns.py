"""Fears in the parties' own words, and whether the other side has acknowledged them."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.case import Case
from detente.evidence.statement import Attribution, Statement

OWN_WORDS = frozenset({Attribution.OWN_DOCUMENT, Attribution.DIRECT_QUOTE, Attribution.REPORTED_SPEECH})
"""Attributions under which an act is a party's own word; an author's assertion about it is not."""


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
        if statement.fear and statement.attribution in OWN_WORDS
        for party in statement.actors
        if party in case.party
    )

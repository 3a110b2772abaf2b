"""Who says what in a statement, and since when: what the parts of the ledger that read statements have in common."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.case import Case
from detente.evidence.source import Channel
from detente.evidence.statement import Attribution, Statement

OWN_WORDS = frozenset({Attribution.OWN_DOCUMENT, Attribution.DIRECT_QUOTE, Attribution.REPORTED_SPEECH})
"""Attributions under which an act is a party's own word; an author's assertion about it is not."""


@dataclass(frozen=True, slots=True)
class Said:
    """One actor's part in one statement.

    `own_word` is false where an author tells of the actor. `voice` names who speaks where the actor is no party.
    """

    who: str
    voice: str
    statement: str
    on: datetime.date
    since: datetime.date
    own_word: bool
    channel: Channel


def said_by(statement: Statement) -> Iterator[Said]:
    """Yield one entry for each actor of a statement."""
    for actor in statement.actors:
        yield Said(
            who=actor,
            voice=statement.voice,
            statement=statement.id,
            on=said_on(statement),
            since=statement.public_since,
            own_word=statement.attribution in OWN_WORDS,
            channel=statement.channel,
        )


def said_on(statement: Statement) -> datetime.date:
    """Return the day on which something was said, as well as it is known: texts become public later."""
    happened = statement.happened
    return happened.last if happened is not None and happened.last <= statement.public_since else statement.public_since


def in_order(said: Statement | Said) -> tuple[datetime.date, str]:
    """Return a sort key that does not depend on the order of a file: the day since which it is public, then the id."""
    if isinstance(said, Statement):
        return said.public_since, said.id
    return said.since, said.statement


def is_of_case(case: Case, issue: str | None) -> bool:
    """Return whether an issue is one of the case; a shared record holds those of other cases too."""
    return issue is None or issue in case.issue

"""Who says what in a statement, and since when: what the parts of the ledger that read statements have in common."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.party import MemberRule
from detente.evidence.source import Channel
from detente.evidence.statement import Attribution, Statement

OWN_WORDS = frozenset({Attribution.OWN_DOCUMENT, Attribution.DIRECT_QUOTE, Attribution.REPORTED_SPEECH})
"""Attributions under which an act is somebody's word and not what an author asserts; see `is_own_word`."""

AUTHOR = "author"
"""The voice of who wrote the document."""


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


def teller_of(case: Case, statement: Statement) -> str | None:
    """Return who else tells of the actors of a statement, None where they speak for themselves or an author tells.

    "Sudland says that Nordia moved troops" is an act of Nordia's and the word of Sudland. It is somebody else's word if
    its voice is another party or actor of the case that speaks for none of them, or, in a reviewed coding, somebody
    unnamed: a voice in small letters, as the coder calls those who speak for nobody.
    """
    voice = statement.voice
    if statement.attribution not in OWN_WORDS or voice in statement.actors:
        return None
    if voice in case.party:
        return None if any(speaks_for(case, voice, actor) for actor in statement.actors) else voice
    named = voice in case.actors or any(one.id == voice for one in case.third_parties)
    unnamed = statement.reviewed is not None and voice[:1].islower() and voice != AUTHOR
    return voice if named or unnamed else None


def speaks_for(case: Case, voice: str, actor: str) -> bool:
    """Return whether a party's word counts as that of a group, or a group's as that of its member."""
    group, member = case.party.get(actor), case.party[voice]
    joint = group is not None and voice in group.members and group.member_rule is MemberRule.JOINT
    return joint or actor in member.members


def is_own_word(case: Case, statement: Statement) -> bool:
    """Return whether a statement is the word of its actors themselves: neither an author nor anybody else tells it."""
    return statement.attribution in OWN_WORDS and teller_of(case, statement) is None


def speakers_of(case: Case, statement: Statement) -> tuple[str, ...]:
    """Return whose word a statement is: of who tells it, else of its actors."""
    teller = teller_of(case, statement)
    return statement.actors if teller is None else (teller,)


def said_by(case: Case, statement: Statement) -> Iterator[Said]:
    """Yield one entry for each whose word a statement is."""
    for speaker in speakers_of(case, statement):
        yield Said(
            who=speaker,
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

"""Where a party says both: over time, on one day, or between what it says in public and otherwise.

A change after an answer is movement, not contradiction: if another party spoke on the matter in between, the change is
listed apart (`revisions`) for claims, and stands among the movements for options. Only a party's own words count.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from detente.case.case import Case
from detente.case.ledger.said import OWN_WORDS, in_order, is_of_case, said_on, speakers_of
from detente.case.ledger.stances import YES
from detente.case.position import Stance
from detente.evidence.source import Channel
from detente.evidence.statement import Statement


class Between(StrEnum):
    """What lies between two words of one party that exclude each other."""

    ONE_DAY = "one_day"  # both said on one day
    TIME = "time"  # said on different days, and nobody else spoke on it in between
    CHANNELS = "channels"  # one in public, the other not, and nobody else spoke on it in between
    ANSWER = "answer"  # somebody else spoke on it in between: a change of mind, no contradiction


@dataclass(frozen=True, slots=True)
class BothWays:
    """Two words of one party that exclude each other: on a claim, or on an option of an issue.

    `first` is the earlier statement. `answers` are what others said on the matter in between.
    """

    party: str
    claim: str | None
    issue: str | None
    option: str | None
    first: str
    first_on: datetime.date
    first_channel: Channel
    second: str
    second_on: datetime.date
    second_channel: Channel
    between: Between
    answers: tuple[str, ...]


def contradictions_in_words(case: Case) -> tuple[BothWays, ...]:
    """Return where a party says both, without an answer in between.

    On options it takes one day or two channels: what a party refuses in public on a later day than it asked for it is
    among the movements. A pair that a red line names as relaxed or contested is settled and not listed.
    """
    found = [one for one in (*_on_claims(case), *_on_options(case)) if one.between is not Between.ANSWER]
    return tuple(sorted(found, key=lambda one: (one.second_on, one.first, one.second, one.party)))


def revisions(case: Case) -> tuple[BothWays, ...]:
    """Return the claims on which a party says the contrary after somebody else had spoken on them."""
    found = [one for one in _on_claims(case) if one.between is Between.ANSWER]
    return tuple(sorted(found, key=lambda one: (one.second_on, one.first, one.second, one.party)))


def _on_claims(case: Case) -> Iterator[BothWays]:
    for claim in case.claims:
        if not is_of_case(case, claim.issue):
            continue
        own = [one for one in case.statements if one.attribution in OWN_WORDS]
        on_it = sorted((one for one in own if claim.id in (*one.asserts, *one.denies)), key=_by_day)
        for party in case.party:
            said = [one for one in on_it if party in speakers_of(case, one)]
            for first, second in itertools.pairwise(said):
                if (claim.id in first.asserts) == (claim.id in second.asserts):
                    continue
                answers = _spoken_between(case, party, first, second, on_it)
                yield _pair(party, first, second, answers, claim=claim.id)


def _on_options(case: Case) -> Iterator[BothWays]:
    for (party, issue), positions in sorted(case.positions_of.items()):
        settled = _settled(case, party)
        for option in case.issue[issue].options:
            said = [
                (case.statement[one.because[0]], one.stances[option.id].stance is Stance.RULES_OUT)
                for one in positions
                if option.id in one.stances
                and one.id not in settled
                and one.stances[option.id].stance in {*YES, Stance.RULES_OUT}
            ]
            said.sort(key=lambda one: _by_day(one[0]))
            on_it = [one for one in case.statements if one.issue == issue]
            for (first, refused), (second, refuses) in itertools.pairwise(said):
                channels = (first.channel is Channel.PUBLIC) != (second.channel is Channel.PUBLIC)
                if refused == refuses or not (channels or said_on(first) == said_on(second)):
                    continue
                answers = _spoken_between(case, party, first, second, on_it)
                yield _pair(party, first, second, answers, issue=issue, option=option.id)


def _settled(case: Case, party: str) -> frozenset[str]:
    lines = case.preference[party].red_lines if party in case.preference else ()
    return frozenset(name for line in lines for name in (*line.relaxed_by, *line.contested_by))


def _by_day(one: Statement) -> tuple[datetime.date, str]:
    return said_on(one), one.id


def _spoken_between(
    case: Case, party: str, first: Statement, second: Statement, on_it: list[Statement]
) -> tuple[str, ...]:
    """Return what others said on a matter after the first word and not after the second, as far as it was public."""
    start, end = said_on(first), said_on(second)
    others = (one for one in on_it if party not in speakers_of(case, one) and start < one.public_since <= end)
    return tuple(one.id for one in sorted(others, key=in_order))


def _pair(
    party: str,
    first: Statement,
    second: Statement,
    answers: tuple[str, ...],
    *,
    claim: str | None = None,
    issue: str | None = None,
    option: str | None = None,
) -> BothWays:
    if said_on(first) == said_on(second):
        between = Between.ONE_DAY
    elif answers:
        between = Between.ANSWER
    elif (first.channel is Channel.PUBLIC) != (second.channel is Channel.PUBLIC):
        between = Between.CHANNELS
    else:
        between = Between.TIME
    return BothWays(
        party=party,
        claim=claim,
        issue=issue,
        option=option,
        first=first.id,
        first_on=said_on(first),
        first_channel=first.channel,
        second=second.id,
        second_on=said_on(second),
        second_channel=second.channel,
        between=between,
        answers=answers,
    )

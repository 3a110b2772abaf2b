"""Claims: who asserts, who denies, since when. Nothing here says which is true."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.said import Said, in_order, is_of_case, said_by, speakers_of
from detente.core.fields import Text
from detente.evidence.claims import Use


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim, with all that assert it and all that deny it, oldest first.

    `since` is the day of the first word on it, `latest` the statement of the last. `contested_since` is the first day
    on which somebody had asserted it and somebody else had denied it; None while nobody else has. Two voices of one
    party do not make it contested: they are among the contradictions.
    """

    claim: str
    says: Text
    issue: str | None
    topic: str | None
    asserted: tuple[Said, ...]
    denied: tuple[Said, ...]
    since: datetime.date
    latest: str
    contested_since: datetime.date | None


@dataclass(frozen=True, slots=True)
class ClaimGround:
    """An agreed text on which somebody rests, or with which somebody disputes, a claim."""

    claim: str
    asserts: bool
    who: tuple[str, ...]
    text: str
    principle: str | None
    use: Use
    statement: str


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody says of an event whose author or course is disputed."""

    who: str
    says: Text
    since: datetime.date


@dataclass(frozen=True, slots=True)
class DisputedEvent:
    """An event of which there are different accounts, each with the day since which it is public."""

    event: str
    accounts: tuple[Account, ...]


def claim_views(case: Case) -> tuple[ClaimView, ...]:
    """Return the claims on which somebody has spoken, those contested first by the day since which they are."""
    views = [view for claim in case.claims if is_of_case(case, claim.issue) for view in _view(case, claim.id)]
    return tuple(sorted(views, key=lambda v: (v.contested_since is None, v.contested_since or v.since, v.claim)))


def _view(case: Case, claim: str) -> Iterator[ClaimView]:
    asserted = _those(case, claim, "asserts")
    denied = _those(case, claim, "denies")
    both = sorted((*asserted, *denied), key=in_order)
    if not both:
        return
    item = case.claim[claim]
    days = [max(one.since, other.since) for one in asserted for other in denied if _another(case, one, other)]
    yield ClaimView(
        claim=claim,
        says=item.says,
        issue=item.issue,
        topic=item.topic,
        asserted=asserted,
        denied=denied,
        since=both[0].since,
        latest=both[-1].statement,
        contested_since=min(days, default=None),
    )


def _another(case: Case, one: Said, other: Said) -> bool:
    """Return whether two words are of different parties, or of different voices where no party speaks."""
    return one.who != other.who or (one.who not in case.party and one.voice != other.voice)


def _those(case: Case, claim: str, field: str) -> tuple[Said, ...]:
    found = (said for one in case.statements if claim in getattr(one, field) for said in said_by(case, one))
    return tuple(sorted(found, key=in_order))


def claim_grounds(case: Case) -> tuple[ClaimGround, ...]:
    """Return the agreed texts that statements on a claim rely on."""
    return tuple(
        ClaimGround(claim, field == "asserts", speakers_of(case, one), entry.text, entry.principle, entry.use, one.id)
        for one in sorted(case.statements, key=in_order)
        for field in ("asserts", "denies")
        for claim in getattr(one, field)
        if claim in case.claim and is_of_case(case, case.claim[claim].issue)
        for entry in one.relies_on
    )


def disputed_events(case: Case) -> tuple[DisputedEvent, ...]:
    """Return the events whose author or course is disputed, oldest first, with everybody's account."""
    events = sorted((one for one in case.events if one.disputed), key=lambda one: (one.happened.first, one.id))
    return tuple(
        DisputedEvent(
            one.id,
            tuple(
                Account(claim.who, claim.says, claim.public_since)
                for claim in sorted(one.claims, key=lambda claim: claim.public_since)
            ),
        )
        for one in events
        if case.period is None or case.period.first <= one.happened.last
    )

"""Pledges: what a party's public word rules out for itself, what is left to it, and where it later spoke otherwise."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.said import in_order, is_own_word
from detente.case.ledger.stances import OPEN_STANCES
from detente.case.ledger.tabled import tabled_packages
from detente.evidence.source import Channel
from detente.evidence.statement import Statement


@dataclass(frozen=True, slots=True)
class Pledge:
    """What one party's pledge closes on one issue.

    `left` are the options that neither this pledge nor an earlier one of the party closes; `packages` those on the
    table that choose a closed option. `reopened` are later positions of its own that demand, would accept or would
    discuss a closed option: it has moved, or the two stand against each other.
    """

    party: str
    statement: str
    since: datetime.date
    channel: Channel
    issue: str
    closed: tuple[str, ...]
    left: tuple[str, ...]
    packages: tuple[str, ...]
    reopened: tuple[str, ...]


def pledges(case: Case) -> tuple[Pledge, ...]:
    """Return the pledges of the parties in their own words, oldest first."""
    shut: dict[tuple[str, str], set[str]] = {}
    packages = tabled_packages(case)
    found = []
    for statement, party, issue, closed in _given(case):
        held = shut.setdefault((party, issue), set())
        held.update(closed)
        found.append(
            Pledge(
                party=party,
                statement=statement.id,
                since=statement.public_since,
                channel=statement.channel,
                issue=issue,
                closed=closed,
                left=tuple(option.id for option in case.issue[issue].options if option.id not in held),
                packages=tuple(one.id for one in packages if one.choice.get(issue) in closed),
                reopened=tuple(_reopened(case, party, issue, closed, statement)),
            )
        )
    return tuple(found)


def _given(case: Case) -> Iterator[tuple[Statement, str, str, tuple[str, ...]]]:
    for one in sorted(case.statements, key=in_order):
        if not is_own_word(case, one):
            continue
        for closes in one.closes:
            if closes.issue in case.issue:
                order = [option.id for option in case.issue[closes.issue].options]
                for actor in one.actors:
                    if actor in case.party:
                        yield one, actor, closes.issue, tuple(sorted(closes.options, key=order.index))


def _reopened(case: Case, party: str, issue: str, closed: tuple[str, ...], pledge: Statement) -> Iterator[str]:
    for position in case.positions_of.get((party, issue), ()):
        opened = any(position.stances[o].stance in OPEN_STANCES for o in closed if o in position.stances)
        if opened and case.day_of(position) > pledge.public_since:
            yield position.id

"""Things of several parties side by side, beginning with another party in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from detente.case.case import Case
from detente.wording.naming import rotated

T = TypeVar("T")


def parties_in_turn(case: Case, parties: Iterable[str], turn: int) -> tuple[str, ...]:
    """Return parties, each once, by the order of the case but beginning with another one each turn."""
    found = set(parties)
    return rotated([party.id for party in case.parties if party.id in found], turn)


def in_turn(case: Case, things: Iterable[T], party_of: Callable[[T], str], turn: int) -> list[T]:
    """Return things party by party, beginning with another party each turn; those of one party keep their order."""
    listed = list(things)
    parties = parties_in_turn(case, map(party_of, listed), turn)
    return [one for party in parties for one in listed if party_of(one) == party]

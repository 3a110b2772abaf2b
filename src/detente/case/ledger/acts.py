"""How often each party does what, month by month, in public and otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.said import in_order, is_own_word, said_on
from detente.evidence.source import Channel
from detente.evidence.statement import Act


@dataclass(frozen=True, slots=True)
class ActCount:
    """How many statements of one party hold one act, in one month (`2022-01`).

    `public` and `otherwise` (private or leaked) are its own words; `told` are what authors and other parties tell of
    it. `statements` are all of them, by the day since which they are public.
    """

    party: str
    act: Act
    month: str
    public: int
    otherwise: int
    told: int
    statements: tuple[str, ...]


def act_counts(case: Case) -> tuple[ActCount, ...]:
    """Return the counts of acts within the period of the case, by party as they stand, act and month.

    A statement counts once, by its first act, for each party that is its actor. What is counted is what was coded,
    which is not all that was said.
    """
    found: dict[tuple[str, Act, str], list[tuple[str, str]]] = {}
    for one in sorted(case.statements, key=in_order):
        day = said_on(one)
        if case.period is not None and not case.period.first <= day <= case.period.last:
            continue
        how = "told" if not is_own_word(case, one) else "public" if one.channel is Channel.PUBLIC else "otherwise"
        for actor in one.actors:
            if actor in case.party:
                found.setdefault((actor, one.act, f"{day:%Y-%m}"), []).append((one.id, how))
    place, order = {party: at for at, party in enumerate(case.party)}, list(Act)
    cells = sorted(found, key=lambda cell: (place[cell[0]], order.index(cell[1]), cell[2]))
    return tuple(
        ActCount(
            party=party,
            act=act,
            month=month,
            public=_number(found[party, act, month], "public"),
            otherwise=_number(found[party, act, month], "otherwise"),
            told=_number(found[party, act, month], "told"),
            statements=tuple(name for name, _ in found[party, act, month]),
        )
        for party, act, month in cells
    )


def _number(statements: Iterable[tuple[str, str]], how: str) -> int:
    return sum(one == how for _, one in statements)

"""How often each party does what, month by month, in public and otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.said import OWN_WORDS, said_on
from detente.evidence.source import Channel
from detente.evidence.statement import Act


@dataclass(frozen=True, slots=True)
class ActCount:
    """How many statements of one party hold one act, in one month (`2022-01`).

    `public` and `otherwise` (private or leaked) are its own words; `told` are what authors tell of it.
    """

    party: str
    act: Act
    month: str
    public: int
    otherwise: int
    told: int


def act_counts(case: Case) -> tuple[ActCount, ...]:
    """Return the counts of acts within the period of the case, by party as they stand, act and month.

    A statement counts once, by its first act, for each party that is its actor. What is counted is what was coded,
    which is not all that was said.
    """
    counted: Counter[tuple[str, Act, str, str]] = Counter()
    for one in case.statements:
        day = said_on(one)
        if case.period is not None and not case.period.first <= day <= case.period.last:
            continue
        how = "told" if one.attribution not in OWN_WORDS else "public" if one.channel is Channel.PUBLIC else "otherwise"
        for actor in one.actors:
            counted[actor, one.act, f"{day:%Y-%m}", how] += 1
    cells = {(party, act, month) for party, act, month, _ in counted}
    place, order = {party: at for at, party in enumerate(case.party)}, list(Act)
    return tuple(
        ActCount(
            party,
            act,
            month,
            *(counted[party, act, month, how] for how in ("public", "otherwise", "told")),
        )
        for party, act, month in sorted(
            (cell for cell in cells if cell[0] in place),
            key=lambda cell: (place[cell[0]], order.index(cell[1]), cell[2]),
        )
    )

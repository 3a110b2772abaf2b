"""Terms by how much help there is, waiting for its end, and demands with private costs, in the case's names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from detente.compile import crisis_deterrence as named
from detente.compile.crisis_deterrence import PatronageNumbers
from detente.engines.crisis import Confrontation, Range, bargaining_range, war_values
from detente.engines.crisis.end_of_help import (
    Waiting,
    critical_leaves,
    leaves_that_closes,
    range_with_waiting,
    value_of_waiting,
)
from detente.engines.crisis.private import Law, PrivateDemand, best_private_demand
from detente.engines.crisis.turning import find_changes

Report = dict[str, Any]

WORDS = 21
"""Places between no word and the greatest one at which the private game is solved."""

FIGHTING = (named.OPPONENT_CHANCE, named.PROTEGE_CHANCE, named.OPPONENT_COST, named.PROTEGE_COST)
DELAYS = (named.OPPONENT_DELAY, named.OPPONENT_RATE, named.PROTEGE_DELAY, named.PROTEGE_RATE)


def turns_entry(
    one: PatronageNumbers, laws: Mapping[str, Law], outcome: Callable[[Mapping[str, float]], Any]
) -> list[Report]:
    """Return which numbers, of which party, alone change an outcome within their own ranges, and where."""
    return [
        {
            "number": one.numbers[change.number].field,
            "party": one.numbers[change.number].party,
            "mode": one.numbers[change.number].law.mode,
            "turns_at": change.value,
            "to": _said(change.to),
        }
        for change in find_changes(outcome, laws)
    ]


def _said(outcome: Any) -> Any:
    return {"answer": outcome[0], "patron_helps": outcome[1]} if isinstance(outcome, tuple) else outcome


def terms_entry(one: PatronageNumbers) -> Report:
    """Return the shares of the opponent that both prefer to fighting, by how much help there is, and by its word."""
    if (why := one.lacks(*FIGHTING, named.AID)) is not None:
        return {"not_computed": why}
    aid = one.numbers[named.AID].law
    return {
        "share_of": one.one.against,
        "by_aid": [
            {"aid": amount, "what": what, **_range(_terms(one, amount))}
            for what, amount in (("no help", 0.0), ("low", aid.low), ("mode", aid.mode), ("high", aid.high))
        ],
        "over_word": _terms_over_word(one),
    }


def _terms_over_word(one: PatronageNumbers) -> Report | list[Report]:
    """Return the terms where help if all is fought over is as unsure as the patron's private cost makes it."""
    needs = (named.AID, named.STAKE, named.PATRON_COST, named.WORD)
    if (why := one.lacks(*needs)) is not None:
        return {"not_computed": why}
    at = one.modes(*needs)
    cost = one.numbers[named.PATRON_COST].law
    words = np.linspace(0.0, _most_word(one), WORDS)
    chances = cost.below(at[named.AID] * at[named.STAKE] + words)
    return [
        {"word": float(word), "help_under_beliefs": float(chance), **_range(_terms(one, at[named.AID] * float(chance)))}
        for word, chance in zip(words, chances, strict=True)
    ]


def _most_word(one: PatronageNumbers) -> float:
    """Return the greatest word that curves go to: where help is sure, or the end of the word's own range."""
    return max(one.numbers[named.PATRON_COST].law.high, one.numbers[named.WORD].law.high)


def _terms(one: PatronageNumbers, aid: float) -> Range:
    return bargaining_range(_lottery(one, one.modes(*FIGHTING), aid))


def _lottery(one: PatronageNumbers, at: Mapping[str, float], aid: float) -> Confrontation:
    """Return the confrontation with the opponent as its first side and its chance less what help adds."""
    war = one.confrontation
    chances = [min(1.0, max(0.0, at[name] - aid)) for name in (named.OPPONENT_CHANCE, named.PROTEGE_CHANCE)]
    exponents = [war.risk[side].mode if side in war.risk else 1.0 for side in (one.one.against, one.one.protege)]
    return Confrontation(
        win_chance=(chances[0], chances[1]),
        cost=(at[named.OPPONENT_COST], at[named.PROTEGE_COST]),
        first_strike=0.0 if war.first_strike is None else war.first_strike.mode,
        risk=(exponents[0], exponents[1]),
    )


def _range(found: Range) -> Report:
    inside = found.within()
    return {"low": inside.low, "high": inside.high, "width": found.width, "empty": found.empty}


def waiting_entry(one: PatronageNumbers) -> Report:
    """Return what waiting for the end of help is worth to either side, and from which chance per year it is more."""
    needs = (*FIGHTING, named.AID, named.LEAVES, *DELAYS)
    if (why := one.lacks(*needs)) is not None:
        return {"not_computed": why}
    law = one.numbers[named.LEAVES].law
    sides = _waiting(one, one.modes(*needs))
    opponent, protege = sides
    closes = leaves_that_closes(opponent, protege)
    return {
        "leaves": {"low": law.low, "mode": law.mode, "high": law.high},
        "sides": [
            _waits(one, party, side) for party, side in zip((one.one.against, one.one.protege), sides, strict=True)
        ],
        "terms": {
            end: _range(range_with_waiting(opponent, protege, getattr(law, end))) for end in ("low", "mode", "high")
        },
        "no_terms_beyond": closes,
        "within_its_range": closes is not None and law.low <= closes <= law.high,
    }


def _waiting(one: PatronageNumbers, at: Mapping[str, float]) -> tuple[Waiting, Waiting]:
    """Return both sides' numbers: fighting with help now, and without it after."""
    now, after = (war_values(_lottery(one, at, aid)) for aid in (at[named.AID], 0.0))
    return (
        Waiting(now[0], after[0], at[named.OPPONENT_DELAY], at[named.OPPONENT_RATE]),
        Waiting(now[1], after[1], at[named.PROTEGE_DELAY], at[named.PROTEGE_RATE]),
    )


def waiting_turns(one: PatronageNumbers) -> list[Report]:
    """Return which numbers alone change who prefers to wait, or whether terms are left."""
    needs = (*FIGHTING, named.AID, named.LEAVES, *DELAYS)
    if one.lacks(*needs) is not None:
        return []

    def outcome(at: Mapping[str, float]) -> str:
        opponent, protege = _waiting(one, at)
        leaves = at[named.LEAVES]
        waits = [
            party
            for party, side in ((one.one.against, opponent), (one.one.protege, protege))
            if value_of_waiting(side, leaves) > max(0.0, side.now)
        ]
        left = "none" if range_with_waiting(opponent, protege, leaves).empty else "some"
        return f"waits: {', '.join(waits) or 'nobody'}; terms: {left}"

    return turns_entry(one, {name: one.numbers[name].law for name in needs}, outcome)


def _waits(one: PatronageNumbers, party: str, side: Waiting) -> Report:
    law = one.numbers[named.LEAVES].law
    critical = critical_leaves(side)
    value = value_of_waiting(side, law.mode)
    return {
        "party": party,
        "fighting_now": side.now,
        "fighting_after": side.after,
        "waiting": value,
        "prefers_to_wait": value > max(0.0, side.now),
        "critical_leaves": critical if critical <= 1.0 else None,
        "prefers_for": "all" if law.low > critical else "some" if law.high > critical else "none",
    }


def private_entry(one: PatronageNumbers, *, own: bool) -> Report:
    """Return the demand of the highest value where the asked party's cost and the patron's are private, by its word."""
    seen = named.OPPONENT_COST_AS_SEEN if own else named.PROTEGE_COST_AS_SEEN
    needs = (*FIGHTING, seen, named.AID, named.STAKE, named.PATRON_COST, named.WORD)
    if (why := one.lacks(*needs)) is not None:
        return {"not_computed": why}
    at = one.modes(*needs)
    chance = (at[named.OPPONENT_CHANCE], at[named.PROTEGE_CHANCE])
    demand = PrivateDemand(
        chance=(1.0 - chance[1], 1.0 - chance[0]) if own else chance,
        cost=at[named.PROTEGE_COST if own else named.OPPONENT_COST],
        help_moves=at[named.AID] if own else -at[named.AID],
        refuser=one.numbers[seen].law,
        helper=one.numbers[named.PATRON_COST].law,
        gain=at[named.AID] * at[named.STAKE],
        word=at[named.WORD],
    )
    most = _most_word(one)
    return {
        **_private(demand),
        "over_word": [
            {"word": most * step / (WORDS - 1), **_private(replace(demand, word=most * step / (WORDS - 1)))}
            for step in range(WORDS)
        ],
    }


def _private(demand: PrivateDemand) -> Report:
    found = best_private_demand(demand)
    return {
        "size": found.size,
        "refusal_under_beliefs": found.refusal,
        "help_under_beliefs": found.help_chance,
        "worth": found.worth,
    }

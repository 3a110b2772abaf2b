"""Deterrence among three, in the case's own names: a patron, its protégé and that party's opponent.

Everything is said of either side that could ask for something, and of all three parties' numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from detente.case.case import Case
from detente.compile import crisis_deterrence as named
from detente.compile.crisis_deterrence import PatronageNumbers, compile_patronages
from detente.core.streams import DRAWS
from detente.engines.crisis.patron import (
    Demand,
    Outcome,
    Patron,
    Piece,
    attack_on_protege,
    best_demand,
    demand_of_protege,
    pieces_over_word,
    worth_to_patron,
)
from detente.engines.crisis.regimes import Extended, ExtendedFinding, find_extended
from detente.registry.crisis_help import private_entry, terms_entry, turns_entry, waiting_entry, waiting_turns

Report = dict[str, Any]
Numbers = Mapping[str, float]

MAPPED = 200
"""Of the draws in the game, the first so many are placed on the map."""

TIER = 2
"""Propositions were derived again and not checked by the articles' own numbers: annex only, "after" their authors."""

ASSUMES = (
    "The chances of a confrontation are read as those without the patron's help; help moves them for all alike.",
    (
        "A demand is a part of what is at stake, held by the party it is made on; if it is refused, that part is "
        "fought over, at a cost that does not depend on its size."
    ),
    "One patron at a time: what others do is left as it is.",
    (
        "An advantage of striking first and an attitude to risk count in the terms, the first in waiting too; a demand "
        "is refused before it is fought over, and is judged neutrally to risk."
    ),
)


def deterrence_entry(case: Case, pair: Sequence[str] | None = None, *, draws: int = DRAWS, seed: int = 0) -> Report:
    """Return what each patronage of a case changes: demands, terms, waiting, deterrence; or why nothing is computed."""
    if case.crisis is None or not case.crisis.patronages:
        return {"not_computed": "The case names no patronage. Add one under crisis.patronages."}
    found, missing = compile_patronages(case, pair)
    if not found and not missing:
        return {"not_computed": "The case names no patronage between these two parties."}
    return {
        "patronages": [_entry(case, one, draws, seed) for one in found],
        "not_computed_for": [{"id": name, "why": why} for name, why in missing.items()],
        "tier": TIER,
        "assumptions": list(ASSUMES),
    }


def _entry(case: Case, one: PatronageNumbers, draws: int, seed: int) -> Report:
    who = one.one
    return {
        "id": who.id,
        "patron": who.patron,
        "protege": who.protege,
        "against": who.against,
        "confrontation": one.confrontation.id,
        "numbers": [
            {"number": number.field, "party": number.party, "low": number.law.low, "mode": number.law.mode,
             "high": number.law.high, "because": list(number.because)}
            for number in one.numbers.values()
        ],
        "help": _help(one, draws, seed),
        "demand": _demand(one, own=False, draws=draws, seed=seed),
        "own_demand": _demand(one, own=True, draws=draws, seed=seed),
        "terms": terms_entry(one),
        "waiting": {**waiting_entry(one), "turns": waiting_turns(one)},
        "instead_of_help": _instead(case, one),
        "deterrence": _regimes(one, draws, seed),
    }  # fmt: skip


def _patron(at: Numbers) -> Patron:
    return Patron(at[named.AID], at[named.STAKE], at[named.PATRON_COST], at[named.WORD])


def _sides(at: Numbers) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the chances that the opponent prevails, as it and as the protégé believes, and their costs."""
    chances = (min(1.0, max(0.0, at[name])) for name in (named.OPPONENT_CHANCE, named.PROTEGE_CHANCE))
    first, second = chances
    return (first, second), (at[named.OPPONENT_COST], at[named.PROTEGE_COST])


def _help(one: PatronageNumbers, draws: int, seed: int) -> Report:
    """Return beyond which demand the patron helps, and whether by its stake or only by its word."""
    needs = (named.AID, named.STAKE, named.PATRON_COST, named.WORD)
    if (why := one.lacks(*needs)) is not None:
        return {"not_computed": why}
    at = one.modes(*needs)
    beyond = _patron(at).helps_beyond()
    by_stake = at[named.AID] * at[named.STAKE]
    laws = {name: one.numbers[name].law for name in needs}
    drawn = one.draws(draws, seed)
    helps = sum(
        bool(_patron({name: float(drawn[name][k]) for name in needs}).helps_beyond() < 1.0) for k in range(draws)
    )
    return {
        "by_stake": by_stake,
        "word": at[named.WORD],
        "cost": at[named.PATRON_COST],
        "margin": by_stake + at[named.WORD] - at[named.PATRON_COST],
        "helps_if_all_is_asked": beyond < 1.0,
        "for_its_word_alone": beyond < 1.0 and by_stake <= at[named.PATRON_COST],
        "beyond": None if beyond >= 1.0 else beyond,
        "helps_in_draws": helps,
        "draws": draws,
        "turns": turns_entry(one, laws, lambda given: _patron(given).helps_beyond() < 1.0),
    }


def _demand(one: PatronageNumbers, *, own: bool, draws: int, seed: int) -> Report:
    """Return the demand of the highest value: the opponent's on the protégé, or the protégé's own."""
    who = one.one
    by, on = (who.protege, who.against) if own else (who.against, who.protege)
    head: Report = {"by": by, "on": on}
    if (why := one.lacks(*named.DECIDING)) is not None:
        return {**head, "not_computed": why}
    at = one.modes(*named.DECIDING)
    chance, cost = _sides(at)
    patron = _patron(at)

    def outcome(demand: Demand, *, word_covers_it: bool = True) -> Report:
        found = best_demand(demand)
        worth = worth_to_patron(found, chance, patron, own=own, word_covers_it=word_covers_it)
        return {**_outcome(found), "worth_to_patron": worth}

    demand = _as_demand(at, own=own)
    most = max(at[named.PATRON_COST], one.numbers[named.WORD].law.high)
    drawn = one.draws(draws, seed)
    counts = Counter(
        _kind(best_demand(_as_demand({name: float(drawn[name][k]) for name in named.DECIDING}, own=own)))
        for k in range(draws)
    )
    entry: Report = {
        **head,
        **outcome(demand),
        "without_patron": outcome(replace(demand, helps_beyond=math.inf), word_covers_it=False),
        "with_certain_help": outcome(replace(demand, helps_beyond=0.0)),
        "over_word": [_piece(piece) for piece in pieces_over_word(chance, cost, patron, most=most, own=own)],
        "in_draws": [
            {"answer": answer, "patron_helps": helped, "draws": count}
            for (answer, helped), count in sorted(counts.items())
        ],
        "turns": turns_entry(
            one,
            {name: one.numbers[name].law for name in named.DECIDING},
            lambda given: _kind(best_demand(_as_demand(given, own=own))),
        ),
        "private": private_entry(one, own=own),
    }  # fmt: skip
    if own:
        alone = demand_of_protege(chance, cost, patron, word_covers_it=False)
        entry["word_does_not_cover_it"] = outcome(alone, word_covers_it=False)
    return entry


def _as_demand(at: Numbers, *, own: bool) -> Demand:
    chance, cost = _sides(at)
    if own:
        return demand_of_protege(chance, cost, _patron(at), word_covers_it=True)
    return attack_on_protege(chance, cost, _patron(at))


def _kind(found: Outcome) -> tuple[str, bool]:
    return found.answer.value, found.helped


def _outcome(found: Outcome) -> Report:
    return {"size": found.size, "answer": found.answer.value, "patron_helps": found.helped, "worth": found.worth}


def _piece(piece: Piece) -> Report:
    return {
        "word": [piece.low, piece.high],
        "answer": piece.answer.value,
        "patron_helps": piece.helped,
        "size": list(piece.sizes),
        "worth": list(piece.worths),
    }


def _instead(case: Case, one: PatronageNumbers) -> Report:
    """Return what else of the case would move the chance as the help does: the protégé's own steps, other patrons."""
    who = one.one
    assert case.crisis is not None
    own = [
        {"signal": signal.id, "adds": signal.win_chance.mode}
        for signal in case.crisis.signals
        if signal.party == who.protege and signal.win_chance is not None
    ]
    others = [
        {"patronage": other.id, "patron": other.patron, "adds": other.aid.mode}
        for other in case.crisis.patronages
        if other is not who and (other.protege, other.against) == (who.protege, who.against)
    ]
    return {
        "needed": one.numbers[named.AID].law.mode,
        "own_steps": own,
        "other_patrons": others,
        "named_in_all": sum(entry["adds"] for entry in (*own, *others)),
    }


def _regimes(one: PatronageNumbers, draws: int, seed: int) -> Report:
    """Return the equilibria of the deterrence game over draws of all numbers but the two private costs."""
    needs = (*named.DECIDING, named.GIVES_WAY)
    if (why := one.lacks(*needs)) is not None:
        return {"not_computed": why}
    mode = _extended(one, one.modes(*needs))
    drawn = one.draws(draws, seed)
    found = [_extended(one, {name: float(drawn[name][k]) for name in needs}) for k in range(draws)]
    counts = Counter(finding.regime.value for finding in found)
    placed = [(finding, place) for finding in found if (place := finding.place()) is not None]
    return {
        "mode": _finding(mode),
        "draws": draws,
        "map": [
            {"patron": place[0], "opponent": place[1], "regime": finding.regime.value}
            for finding, place in placed[:MAPPED]
        ],
        "counts": [{"regime": regime, "draws": count} for regime, count in sorted(counts.items())],
        "turns": turns_entry(
            one,
            {name: one.numbers[name].law for name in needs if name not in (named.OPPONENT_COST, named.PATRON_COST)},
            lambda given: _extended(one, {**one.modes(*needs), **given}).regime.value,
        ),
    }


def _extended(one: PatronageNumbers, at: Numbers) -> ExtendedFinding:
    chance, cost = _sides(at)
    reading = Extended(chance, at[named.AID], at[named.STAKE], at[named.WORD], at[named.GIVES_WAY], cost[1])
    return find_extended(reading, one.numbers[named.OPPONENT_COST].law, one.numbers[named.PATRON_COST].law)


def _finding(found: ExtendedFinding) -> Report:
    opponent, patron = found.p_hard
    at = found.at
    return {
        "regime": found.regime.value,
        "opponent_would_fight": opponent,
        "patron_would_help": patron,
        "deters_the_hard": None if at is None else at.hard,
        "deters_the_soft": None if at is None else at.soft,
        "doubt": None if at is None else at.doubt,
    }

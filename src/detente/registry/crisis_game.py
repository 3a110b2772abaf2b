"""No agreement as a game, in the case's own names: equilibria, who prefers to start what, and what each then gets."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case
from detente.compile.crisis import CrisisTrace, GameTrace
from detente.compile.no_agreement import no_agreement_value
from detente.engines.crisis import NOTHING, Crisis, Equilibrium, NoAgreementGame, Start, Turn

Report = dict[str, Any]


def game_entry(case: Case, game: NoAgreementGame | None, trace: CrisisTrace, found: Crisis) -> Report:
    """Return the game of no agreement, or under `not_computed` why there is none."""
    if game is None or trace.game is None:
        return {"not_computed": trace.no_game}
    names = trace.game
    startable = [names.scenarios[k] for k, can in enumerate(game.startable) if can]
    return {
        "scenarios": [
            {
                "id": scenario,
                "intensity": game.intensity[k] if scenario in startable else None,
                "can_be_started_by": [names.parties[p] for p in range(game.parties) if game.can_start[p, k]],
                "beliefs": {party: float(game.beliefs[p, k]) for p, party in enumerate(names.parties)},
                "payoffs": {party: float(game.payoffs[p, k]) for p, party in enumerate(names.parties)},
            }
            for k, scenario in enumerate(names.scenarios)
        ],
        "if_nobody_starts": dict(zip(names.parties, found.rest, strict=True)),
        "starts": [_start(case, names, start) for start in found.starts],
        "equilibria": [_equilibrium(names, one) for one in found.equilibria],
        "settlement_uses": [_compared(case, names, found, party) for party in names.parties],
    }


def _start(case: Case, names: GameTrace, start: Start) -> Report:
    least, most = start.gain_range
    return {
        "party": names.parties[start.party],
        "scenario": names.scenarios[start.scenario],
        "gain": start.gain,
        "gain_range": [least, most],
        "prefers": start.gain > 0,
        "prefers_for": "all" if least > 0 else "some" if most > 0 else "none",
        "turns": [_turn(case, names, start, turn) for turn in start.turns],
    }


def _turn(case: Case, names: GameTrace, start: Start, turn: Turn) -> Report:
    party, scenario = names.parties[start.party], names.scenarios[turn.scenario]
    outlook = next(one for one in case.no_agreement.outlooks if one.party == party)
    estimate = (outlook.payoffs if turn.kind == "payoff" else outlook.beliefs)[scenario]
    inside = turn.value is not None and estimate.low <= turn.value <= estimate.high
    return {
        "number": turn.kind,
        "scenario": scenario,
        "mode": estimate.mode,
        "turns_at": turn.value,
        "within_its_range": inside,
    }


def _equilibrium(names: GameTrace, one: Equilibrium) -> Report:
    return {
        "starts": {
            names.parties[p]: names.scenarios[choice] for p, choice in enumerate(one.profile) if choice != NOTHING
        },
        "comes_about": None if one.scenario == NOTHING else names.scenarios[one.scenario],
        "reservations": dict(zip(names.parties, one.payoffs, strict=True)),
        "dominated_for": [names.parties[p] for p in one.dominated],
    }


def _compared(case: Case, names: GameTrace, found: Crisis, party: str) -> Report:
    """Return what `detente settle` takes no agreement to be worth, beside what it is in the equilibria."""
    value, basis = no_agreement_value(case, party)
    at = names.parties.index(party)
    reached = sorted({one.payoffs[at] for one in found.equilibria if not one.dominated})
    used = None if value is None else float(value)
    return {
        "party": party,
        "value": used,
        "basis": basis.value,
        "in_equilibria": reached,
        "differs": used is not None and any(abs(one - used) > 1e-9 for one in reached),
    }

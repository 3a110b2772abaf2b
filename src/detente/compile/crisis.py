"""From a case to the crisis model: confrontations as lotteries, and no agreement as a game.

What is missing disables the part that needs it, with a sentence that names the field. Nothing missing is replaced, but
for an attitude to risk, which is neutral where it is left out, as the case file says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.case.case import Case
from detente.case.context import Outlook
from detente.case.crisis import Confrontation as CaseConfrontation
from detente.compile.compiled import Compiled
from detente.compile.worth import Worth
from detente.core.estimate import Estimate
from detente.engines.crisis import Confrontation, CrisisModel, Judged, NoAgreementGame


@dataclass(frozen=True, slots=True)
class GameTrace:
    """What the rows and columns of the game stand for."""

    parties: tuple[str, ...]
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrisisTrace:
    """What each part of a crisis model stands for.

    Attributes
    ----------
    confrontations : tuple
        Those of the case that are computed, in the order of the model.
    missing : mapping
        Confrontation → why its range is not computed.
    game : GameTrace, optional
        Of the game; else `no_game` says why there is none.
    """

    confrontations: tuple[CaseConfrontation, ...]
    missing: Mapping[str, str]
    game: GameTrace | None
    no_game: str | None


def compile_crisis(case: Case, pair: Sequence[str] | None = None) -> Compiled[CrisisModel, CrisisTrace] | str:
    """Return the crisis model of a case, or one sentence that names what is missing for it.

    Parameters
    ----------
    case : Case
        As of its day.
    pair : sequence of two str, optional
        Keep only confrontations between these two parties, in either order.
    """
    if case.crisis is None or not case.crisis.confrontations:
        return "The case names no confrontation. Add one under crisis.confrontations."
    asked = [one for one in case.crisis.confrontations if pair is None or set(one.sides) == set(pair)]
    if not asked:
        names = " and ".join(pair or ())
        return f"The case names no confrontation between {names}. Add one under crisis.confrontations."
    missing = {one.id: why for one in asked if (why := _missing(one)) is not None}
    computed = tuple(one for one in asked if one.id not in missing)
    game, trace, no_game = _game(case)
    assumed: list[str] = []
    for one in computed:
        assumed += _assumed(one)
    return Compiled(
        model=CrisisModel(tuple(judged(one) for one in computed), game),
        trace=CrisisTrace(computed, missing, trace, no_game),
        assumed=tuple(dict.fromkeys(assumed)),
    )


def judged(one: CaseConfrontation) -> Judged:
    """Return a confrontation at its most likely numbers, and with the least and the most room for agreement."""
    return Judged(
        mode=_lottery(one, ("mode", "mode")),
        narrowest=_lottery(one, ("high", "low")),
        widest=_lottery(one, ("low", "high")),
    )


def estimates(one: CaseConfrontation) -> dict[tuple[str, str | None], Estimate]:
    """Return every judged number of a confrontation that is given, by its field and side."""
    found: dict[tuple[str, str | None], Estimate] = {}
    for side in one.sides:
        for name, given in (("win_chance", one.win_chance), ("cost", one.cost), ("risk", one.risk)):
            if side in given:
                found[name, side] = given[side]
    if one.first_strike is not None:
        found["first_strike", None] = one.first_strike
    return found


def _lottery(one: CaseConfrontation, ends: tuple[str, str]) -> Confrontation:
    """Return a lottery at given ends: first that of what closes the range as it rises, then that of what opens it."""
    closing, opening = ends
    first, second = one.sides
    exponents = {side: float(getattr(one.risk[side], closing)) if side in one.risk else 1.0 for side in one.sides}
    return Confrontation(
        win_chance=(
            float(getattr(one.win_chance[first], closing)),
            float(getattr(one.win_chance[second], opening)),
        ),
        cost=(float(getattr(one.cost[first], opening)), float(getattr(one.cost[second], opening))),
        first_strike=0.0 if one.first_strike is None else float(getattr(one.first_strike, closing)),
        risk=(exponents[first], exponents[second]),
    )


def _missing(one: CaseConfrontation) -> str | None:
    lacking = [
        f"{name}.{side}"
        for name, given in (("win_chance", one.win_chance), ("cost", one.cost))
        for side in one.sides
        if side not in given
    ]
    if not lacking:
        return None
    return f'Confrontation "{one.id}" gives no {", no ".join(lacking)}. Add it under crisis.confrontations.'


def _assumed(one: CaseConfrontation) -> list[str]:
    sentences = []
    neutral = [side for side in one.sides if side not in one.risk]
    if neutral:
        sentences.append(f'"{one.id}": {" and ".join(neutral)} judge shares neutrally to risk, as no risk is given.')
    if one.first_strike is None:
        sentences.append(f'"{one.id}": no first_strike is given; nothing is added for striking first.')
    bare = [number for number in estimates(one).values() if not number.because]
    if bare:
        sentences.append(f'"{one.id}": {len(bare)} of {len(estimates(one))} numbers rest on no statement.')
    return sentences


def _game(case: Case) -> tuple[NoAgreementGame | None, GameTrace | None, str | None]:
    """Return the game of no agreement, what it stands for, or why there is none."""
    assert case.crisis is not None
    fought = [one for one in case.crisis.confrontations if one.scenario is not None and one.can_start]
    if not fought:
        return None, None, "No confrontation names both a scenario and who can start it (scenario, can_start)."
    scenarios = tuple(one.id for one in case.no_agreement.scenarios)
    startable = {one.scenario for one in fought}
    if set(scenarios) <= startable:
        return None, None, "Every scenario can be started. Add one of no agreement in which nobody starts anything."
    graver = {one.id: one.intensity for one in case.no_agreement.scenarios if one.id in startable}
    levels = list(graver.values())
    if len(levels) > 1 and (None in levels or len(set(levels)) < len(levels)):
        names = ", ".join(graver)
        return None, None, f"Scenarios {names} can be started and have no intensities that differ. Give each one."
    outlooks = [one for one in case.no_agreement.outlooks if _whole(one, scenarios, startable)]
    parties = tuple(one.party for one in outlooks)
    absent = sorted({party for one in fought for party in one.can_start} - set(parties))
    if absent:
        return (
            None,
            None,
            (
                f"{', '.join(absent)} can start something, and no_agreement.outlooks gives no payoff of each scenario "
                "and no belief in one that nobody can start. Add them."
            ),
        )
    return _compiled(case, outlooks, fought, scenarios), GameTrace(parties, scenarios), None


def _whole(one: Outlook, scenarios: Sequence[str], startable: set[str | None]) -> bool:
    rest = [scenario for scenario in scenarios if scenario not in startable]
    believed = sum(one.beliefs[scenario].mode for scenario in rest if scenario in one.beliefs)
    return set(scenarios) <= set(one.payoffs) and set(rest) <= set(one.beliefs) and believed > 0


def _compiled(
    case: Case, outlooks: Sequence[Outlook], fought: Sequence[CaseConfrontation], scenarios: Sequence[str]
) -> NoAgreementGame:
    parties = [one.party for one in outlooks]
    intensity = {one.id: one.intensity or 0 for one in case.no_agreement.scenarios}
    can_start = np.zeros((len(parties), len(scenarios)), dtype=np.bool_)
    alone = {bound: np.zeros((len(parties), *can_start.shape)) for bound in ("low", "mode", "high")}
    for one in fought:
        assert one.scenario is not None
        at = scenarios.index(one.scenario)
        for party in one.can_start:
            can_start[parties.index(party), at] = True
        if one.first_strike is None or not set(one.sides) <= set(parties):
            continue
        for starter, other in (one.sides, one.sides[::-1]):
            if starter not in one.can_start:
                continue
            who, whom = parties.index(starter), parties.index(other)
            for bound, added in alone.items():
                added[who, who, at] += getattr(one.first_strike, bound) * _stake(case, starter, one.issues)
                added[who, whom, at] -= getattr(one.first_strike, bound) * _stake(case, other, one.issues)

    def table(field: str, bound: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        rows = [getattr(one, field) for one in outlooks]
        zero = Estimate(low=0.0, mode=0.0, high=0.0)
        return np.array([[getattr(row.get(scenario, zero), bound) for scenario in scenarios] for row in rows])

    return NoAgreementGame(
        payoffs=table("payoffs", "mode"),
        beliefs=table("beliefs", "mode"),
        can_start=can_start,
        intensity=tuple(intensity[scenario] for scenario in scenarios),
        alone=alone["mode"],
        payoff_range=(table("payoffs", "low"), table("payoffs", "high")),
        belief_range=(table("beliefs", "low"), table("beliefs", "high")),
        alone_range=(np.minimum(alone["low"], alone["high"]), np.maximum(alone["low"], alone["high"])),
    )


def _stake(case: Case, party: str, issues: Sequence[str]) -> float:
    """Return what lies between a party's worst and best package of some issues (all where none is named)."""
    worth = Worth.of(case, case.stand_in(party))
    if worth is None:
        return 0.0
    low, high = worth.range_of({})
    if not issues:
        return high - low
    fixed = {issue: names[:1] for issue, names in worth.options.items() if issue not in issues}
    low, high = worth.range_of(fixed)
    unknown = sum(
        float(worth.utilities.best[issue][0] - worth.utilities.worst[issue][0]) for issue in fixed
    )  # a range of its own for an unknown option is no stake
    return high - low - unknown

"""From a case to what waiting for a known date, and waiting as such, would cost and bring each party."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.case.case import Case
from detente.case.crisis import Confrontation, TurningPoint
from detente.case.ledger.tabled import tabled_packages
from detente.compile.judged import Number, drawn, of_estimate
from detente.compile.worth import Worth
from detente.core.fields import text_of
from detente.core.streams import Purpose, stream
from detente.engines.ladder import Waiting
from detente.maths.compiled import FloatArray

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class WaitingDraws:
    """One party's draws for one date: without terms, and for each text on the table that it can value."""

    party: str
    change: tuple[float, float]
    without: Waiting
    texts: Mapping[str, Waiting]


def day_used(case: Case) -> datetime.date | None:
    """Return the day from which time counts: the case's cut-off, else the last of its period."""
    if case.cut_off is not None:
        return case.cut_off
    return None if case.period is None else case.period.last


def touched(case: Case, point: TurningPoint) -> tuple[str, ...]:
    """Return the parties whose value of no agreement a date may change, in the order of the case."""
    fights = _fights(case, point)
    named = {*point.reservation, *(side for fight in fights for side in fight.sides)}
    return tuple(party.id for party in case.parties if party.id in named)


def waiting_draws(
    case: Case, point: TurningPoint, party: str, day: datetime.date, draws: int, seed: int
) -> WaitingDraws | str:
    """Return a party's draws for a date, or one sentence that says which input is missing.

    Parameters
    ----------
    point : TurningPoint
        Of the case; its place in the case and that of the party say which random stream is used.
    day : date
        From which time counts.
    """
    assert case.crisis is not None
    name = text_of(case.party[party].name)
    delay = next((one for one in case.crisis.delays if one.party == party), None)
    if delay is None or delay.cost is None or delay.rate is None:
        return f"What a year without agreement costs {name}, and its rate, are not coded (crisis.delays)."
    worth = Worth.of(case, case.stand_in(party))
    if worth is None:
        return f"There are no weights and values of {name} (preferences)."
    at = case.crisis.turning_points.index(point), [one.id for one in case.parties].index(party)
    source = stream(seed, Purpose.LADDER, 2, *at)
    reservation = _reservation(case, party, source, draws)
    if reservation is None:
        return (
            f"What no agreement is worth to {name} is not coded (preferences: reservation, or no_agreement.outlooks)."
        )
    change, low, high = np.zeros(draws), 0.0, 0.0
    if party in point.reservation:
        judged_change = of_estimate(point.reservation[party], f"crisis.turning_points.{point.id}.reservation.{party}")
        change = change + drawn([judged_change], source.random((draws, 1)))[:, 0]
        low, high = judged_change.low, judged_change.high
    for place, fight in enumerate(_fights(case, point)):
        if party not in fight.sides:
            continue
        factor = _stake(worth, fight) * (1.0 if fight.sides[0] == party else -1.0)
        number = of_estimate(point.win_chance[fight.id], "win_chance")
        moved = drawn([number], stream(seed, Purpose.LADDER, 3, at[0], place).random((draws, 1)))[:, 0]
        weight = _belief(case, party, fight)
        change = change + moved * factor * weight
        ends = sorted((number.low * factor * weight, number.high * factor * weight))
        low, high = low + ends[0], high + ends[1]
    # one chance for all parties: the date is the same
    chance = drawn([of_estimate(point.chance, "chance")], stream(seed, Purpose.LADDER, 4, at[0]).random((draws, 1)))
    judged = drawn([of_estimate(delay.cost, "cost"), of_estimate(delay.rate, "rate")], source.random((draws, 2)))
    years = (point.on - day).days / DAYS_A_YEAR

    def at_terms(terms: FloatArray) -> Waiting:
        return Waiting(terms, reservation, change, chance[:, 0], judged[:, 0], judged[:, 1], years)

    texts = {}
    for one in tabled_packages(case):
        span = worth.range_of({issue: (option,) for issue, option in one.choice.items()})
        number = Number(span[0], None, span[1], one.id)
        texts[one.id] = at_terms(drawn([number], source.random((draws, 1)))[:, 0])
    return WaitingDraws(party, (low, high), at_terms(reservation), texts)


def _fights(case: Case, point: TurningPoint) -> Sequence[Confrontation]:
    assert case.crisis is not None
    return [one for one in case.crisis.confrontations if one.id in point.win_chance]


def _stake(worth: Worth, fight: Confrontation) -> float:
    """Return what lies between the best and the worst of the issues fought over, for one party."""
    issues = [issue for issue in worth.options if not fight.issues or issue in fight.issues]
    best = sum(max(worth.utilities.best[issue]) for issue in issues)
    worst = sum(min(worth.utilities.worst[issue]) for issue in issues)
    return float(best - worst)


def _belief(case: Case, party: str, fight: Confrontation) -> float:
    """Return a party's belief that the confrontation comes about; 1, the most that can be, where none is coded."""
    outlook = next((one for one in case.no_agreement.outlooks if one.party == party), None)
    if fight.scenario is None or outlook is None or fight.scenario not in outlook.beliefs:
        return 1.0
    total = sum(one.mode for one in outlook.beliefs.values())
    return outlook.beliefs[fight.scenario].mode / total if total > 0 else 1.0


def _reservation(case: Case, party: str, source: np.random.Generator, draws: int) -> FloatArray | None:
    """Return draws of what no agreement is worth: the case's number, else payoffs weighed by beliefs."""
    preference = case.preference.get(case.stand_in(party))
    if preference is not None and preference.reservation is not None:
        number = of_estimate(preference.reservation, f"preferences.{party}.reservation")
        return drawn([number], source.random((draws, 1)))[:, 0]
    outlook = next((one for one in case.no_agreement.outlooks if one.party == case.stand_in(party)), None)
    if outlook is None or not outlook.beliefs or set(outlook.beliefs) - set(outlook.payoffs):
        return None
    names = list(outlook.beliefs)
    numbers = [of_estimate(one[name], name) for one in (outlook.beliefs, outlook.payoffs) for name in names]
    values = drawn(numbers, source.random((draws, len(numbers))))
    beliefs, payoffs = values[:, : len(names)], values[:, len(names) :]
    total = beliefs.sum(axis=1)
    if not np.all(total > 0):
        return None
    return np.asarray((beliefs * payoffs).sum(axis=1) / total)

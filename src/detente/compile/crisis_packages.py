"""The packages that both sides of a confrontation prefer to fighting, as a settlement model.

Fighting is worth to a side what it loses plus its share of the stake,

    w = u(worst) + v (u(best) - u(worst)),

with v its value of fighting in shares and the stake between its worst and its best package of what is fought over; on
an imported scale where everything is fought over, between the ends of that scale, as its author meant them. So the
bargaining range on packages is an agreement zone in which w stands in the place of no agreement.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from detente.case.case import Case
from detente.case.crisis import Confrontation
from detente.compile.compiled import Missing
from detente.compile.settlement import SettlementTrace, compile_settlement
from detente.compile.utilities import exact
from detente.engines.crisis import share_worth
from detente.engines.settlement import SettlementModel, evaluate


@dataclass(frozen=True, slots=True)
class WarPackages:
    """A settlement model between two sides in which fighting stands in the place of no agreement.

    Attributes
    ----------
    model : SettlementModel
        Members are the two sides, in the order of the confrontation; its reservations are what fighting is worth.
    trace : SettlementTrace
        What its indices stand for.
    worst, best : (first, second) Fraction
        What a side has that loses all and that wins all that is fought over, links left aside.
    """

    model: SettlementModel
    trace: SettlementTrace
    worst: tuple[Fraction, Fraction]
    best: tuple[Fraction, Fraction]

    def stake(self, side: int) -> Fraction:
        """Return what lies between a side's worst and best package."""
        return self.best[side] - self.worst[side]

    def at(self, values: Sequence[Fraction]) -> SettlementModel:
        """Return the model with other values of fighting, in shares of each side's stake."""
        needed = [
            math.ceil((self.worst[side] + values[side] * self.stake(side)) * self.trace.grid) for side in range(2)
        ]
        return replace(self.model, reservation=np.array(needed, dtype=np.int64))

    def most(self, side: int) -> float:
        """Return the most that a package can give a side, as a share of its stake."""
        every = evaluate(self.model, [None] * len(self.trace.issues))
        return self.share(side, every.high[side])

    def share(self, side: int, steps: int) -> float:
        """Return a utility in steps as a share of a side's stake."""
        stake = self.stake(side)
        return float((Fraction(steps, self.trace.grid) - self.worst[side]) / stake) if stake else 0.0


def compile_war_packages(case: Case, one: Confrontation, values: Sequence[Fraction]) -> WarPackages | str:
    """Return the packages of a confrontation with given values of fighting, or one sentence on what is missing."""
    compiled = compile_settlement(case, one.sides, issues=one.issues or None)
    if isinstance(compiled, Missing):
        lacking = " and ".join(compiled.parties) or "both sides"
        return f"Packages are not compared with fighting: {lacking} have no numbers on an issue that both have coded."
    trace = compiled.trace
    least = evaluate(compiled.model, [None] * len(trace.issues))
    worst = (Fraction(least.low[0], trace.grid), Fraction(least.low[1], trace.grid))
    best = (Fraction(least.high[0], trace.grid), Fraction(least.high[1], trace.grid))
    if case.scale is not None and not one.issues:
        worst, best = (exact(case.scale.low),) * 2, (exact(case.scale.high),) * 2
    draft = WarPackages(compiled.model, trace, worst, best)
    return WarPackages(draft.at(values), trace, worst, best)


def exact_war_values(one: Confrontation, *, strike: bool = False) -> tuple[Fraction, Fraction]:
    """Return the share of its stake that is worth to each side what fighting is, at its most likely numbers.

    `strike` adds the advantage of striking first. Fractions are exact for sides that are neutral to risk.
    """
    first, second = one.sides
    gain = exact(one.first_strike.mode) if strike and one.first_strike is not None else Fraction(0)
    chance = {first: exact(one.win_chance[first].mode), second: 1 - exact(one.win_chance[second].mode)}
    shares = {}
    for side in one.sides:
        value = min(Fraction(1), chance[side] + gain) - exact(one.cost[side].mode)
        exponent = one.risk[side].mode if side in one.risk else 1.0
        shares[side] = value if exponent == 1.0 else Fraction(share_worth(float(value), exponent))
    return shares[first], shares[second]

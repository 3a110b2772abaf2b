r"""Offers and counteroffers without end over a status quo: the game behind the risk of power that outgrows benefits.

Shares are told as what a side keeps *beyond its power*: the satisfied side holds :math:`D = |q - p| > 0` there, a
settlement gives it y, and the other side :math:`-y`. A confrontation is worth :math:`-c_1` and :math:`-c_2`. While
nothing is settled each enjoys the status quo for a period and discounts the rest by :math:`\delta_i`. The satisfied
side offers first; whoever answers accepts for good, fights, or refuses; after a period at the status quo it is the one
that offers, or fights instead. So type :math:`c_2` of the other side is dissatisfied iff :math:`c_2 < D`.

*No settlement is below the lowest cost a that the satisfied side still thinks possible.* Let m be the least in any
equilibrium. Who refuses gets at most :math:`-(1-\delta_2) D - \delta_2 m`, so every type takes an offer below
:math:`m' = \min(a, (1-\delta_2) D + \delta_2 m)`, and nobody offers less than that. Nor does the satisfied side take
less: by refusing it gets at least :math:`(1-\delta_1) D + \delta_1 m'`. Both exceed m as long as :math:`m < a`.

*So no dissatisfied type ever waits.* If some did, the toughest of them, with cost a, would get at most
:math:`-(1-\delta_2) D - \delta_2 a < -a`: it would rather fight at once. Hence in every equilibrium whose beliefs
never leave what earlier actions allow, an offer is accepted or fought over, and the one that serves a satisfied side
with cost :math:`c_1` maximises :math:`y \Pr(c_2 \ge y) - c_1 \Pr(c_2 < y)` over :math:`y \le D`, whatever the
discount factors: the answer of :func:`detente.engines.crisis.status_quo.risk_of_war`, and the prediction of
[Powell1996]_ and [Powell1999]_, ch. 3.

*What this rests on.* A side whose own offer is refused must let a period pass before it can fight. If it may fight on
the spot, waiting can pay: the satisfied side then gives up to :math:`c_1` beyond power rather than be fought, and only
types for which :math:`\delta_2 < (D - c_2) / (D + \bar c_1)` never wait; patient sides then have equilibria with
counteroffers and agreement [LeventogluTarar2008]_.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detente.core.errors import ModelError
from detente.engines.crisis.status_quo import Costs


class Reply(StrEnum):
    """What one does to whom an offer is made."""

    ACCEPTS = "accepts"
    FIGHTS = "fights"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A status quo that favours one side, told from that side: shares count beyond its power.

    Attributes
    ----------
    disparity : float
        What the status quo gives the satisfied side beyond its power, above 0.
    satisfied, dissatisfied : Costs
        Beliefs about what fighting costs the side that the status quo favours, and the other one.
    discounts : (satisfied, dissatisfied)
        Discount factors per period, at least 0 and below 1.
    """

    disparity: float
    satisfied: Costs
    dissatisfied: Costs
    discounts: tuple[float, float]

    def __post_init__(self) -> None:
        """Refuse a status quo that favours nobody, and factors that are none."""
        if not (self.disparity > 0 and all(0 <= one < 1 for one in self.discounts)):
            raise ModelError(
                where="crisis.counteroffers",
                what="this is no dispute",
                got=(self.disparity, *self.discounts),
                allowed="The disparity is above 0, discount factors are at least 0 and below 1",
                hint="Correct them, or turn the sides round",
            )

    def offer(self, cost: float) -> float:
        """Return what a satisfied side with some cost of fighting asks to keep beyond its power.

        Examples
        --------
        >>> Dispute(0.7, Costs(0.1, 0.1), Costs(0.0, 0.4), (0.9, 0.9)).offer(0.1)
        0.15000000000000002
        """
        low, high = self.dissatisfied.low, self.dissatisfied.high
        return min(self.disparity, max(low, (high - cost) / 2.0))

    def reply(self, offered: float, cost: float) -> Reply:
        """Return what a type of the other side does if it is left so much less than its power."""
        if offered <= min(cost, self.disparity):
            return Reply.ACCEPTS
        return Reply.FIGHTS if cost < self.disparity else Reply.WAITS

    def least_settlements(self, rounds: int) -> tuple[float, ...]:
        """Return ever higher bounds below which no equilibrium settles, one round of the argument after the other.

        The first is that the satisfied side never agrees to less than fighting is worth to it. They reach the lowest
        cost of the other side, or the status quo, in finitely many rounds unless that is the status quo itself.

        Examples
        --------
        >>> [round(one, 3) for one in Dispute(0.4, Costs(0.0, 0.3), Costs(0.1, 0.5), (0.5, 0.5)).least_settlements(3)]
        [-0.3, 0.05, 0.1, 0.1]
        """
        toughest = min(self.dissatisfied.low, self.disparity)
        bounds = [min(-self.satisfied.high, toughest)]
        for _ in range(rounds):
            offered = min(toughest, _delayed(self.disparity, bounds[-1], self.discounts[1]))
            taken = _delayed(self.disparity, offered, self.discounts[0])
            bounds.append(min(offered, taken))
        return tuple(bounds)

    def waiting_loses(self, cost: float) -> float:
        """Return what a dissatisfied type loses by waiting if nobody tougher waits: positive, whatever the patience."""
        return _delayed(self.disparity, cost, self.discounts[1]) - cost

    def never_waits_below(self, cost: float) -> float:
        """Return the discount factor below which a type never waits even if it may fight the moment it is refused.

        Examples
        --------
        >>> round(Dispute(0.4, Costs(0.0, 0.2), Costs(0.0, 0.4), (0.9, 0.9)).never_waits_below(0.1), 6)
        0.5
        """
        return max(0.0, (self.disparity - cost) / (self.disparity + self.satisfied.high))


def _delayed(now: float, later: float, discount: float) -> float:
    """Return what one period of the one and then the other for good are worth per period."""
    return (1.0 - discount) * now + discount * later

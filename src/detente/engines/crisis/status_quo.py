r"""Power against benefits: the risk of war as the status quo and the distribution of power drift apart.

The first side holds a share :math:`q` of the benefits and would prevail with chance :math:`p`. Each knows its own cost
of fighting; the other believes it to be uniform, :math:`c_i \sim U[a_i, b_i]`. A side is dissatisfied if fighting is
worth more to it than the status quo: the second iff :math:`c_2 < q - p`, the first iff :math:`c_1 < p - q`; never both.
The satisfied side makes the offer that trades the gain against the risk, and the dissatisfied one accepts it or fights.
If the second may be dissatisfied, a first side with cost :math:`c_1` keeps :math:`p + y` with

.. math:: y = \min\!\Big(q - p,\; \max\big(a_2, \tfrac{b_2 - c_1}{2}\big)\Big), \qquad
          P = \frac{y - a_2}{b_2 - a_2} \text{ for } y > a_2 \text{, else } 0,

and the risk is the mean of P over :math:`c_1`. It is zero where benefits mirror power,
:math:`-a_1 \le q - p \le a_2`, and does not fall as they drift apart: [Powell1996]_ and [Powell1999]_, ch. 3, whose
game has an infinite horizon with offers and counteroffers. That nobody waits in it, whatever the discount factors, is
shown in :mod:`detente.engines.crisis.counteroffers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from detente.core.errors import ModelError


@dataclass(frozen=True, slots=True)
class Costs:
    """The bounds between which a side's cost of fighting is believed to lie, evenly."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse bounds out of order."""
        if not 0.0 <= self.low <= self.high:
            raise ModelError(
                where="crisis.status_quo: costs",
                what="bounds are out of order",
                got=(self.low, self.high),
                allowed="0 <= low <= high",
                hint="Correct them",
            )


def satisfied_band(power: float, first: Costs, second: Costs) -> tuple[float, float]:
    """Return the shares of the first side in the status quo with which no side can be dissatisfied."""
    return max(0.0, power - first.low), min(1.0, power + second.low)


def risk_of_war(status_quo: float, power: float, first: Costs, second: Costs) -> float:
    """Return the risk of war under these beliefs, both sides' shares and costs as in the module's text.

    Examples
    --------
    >>> costs = Costs(0.0, 0.4)
    >>> risk_of_war(0.5, 0.5, costs, costs), round(risk_of_war(0.9, 0.3, costs, costs), 6)
    (0.0, 0.25)
    """
    disparity = status_quo - power
    if disparity >= 0:
        return _mean_risk(disparity, offering=first, answering=second)
    return _mean_risk(-disparity, offering=second, answering=first)


def _mean_risk(disparity: float, *, offering: Costs, answering: Costs) -> float:
    """Return the mean over the costs of the one who offers of the chance that the other fights, in closed form.

    The risk of one cost c is piecewise linear in it: flat where the status quo caps the offer, then falling to zero.
    """
    low, high = answering.low, answering.high
    if disparity <= low or high == low:
        return 0.0

    def risk(cost: float) -> float:
        return (min(disparity, max(low, (high - cost) / 2.0)) - low) / (high - low)

    if offering.low == offering.high:
        return risk(offering.low)
    kinks = (high - 2.0 * disparity, high - 2.0 * low)
    points = [offering.low, *(kink for kink in kinks if offering.low < kink < offering.high), offering.high]
    area = sum((after - before) * (risk(before) + risk(after)) / 2.0 for before, after in pairwise(points))
    return area / (offering.high - offering.low)

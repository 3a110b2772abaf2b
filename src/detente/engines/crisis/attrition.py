r"""Who holds out longer when a third party pays a part of what holding out costs.

Two sides hold out for a prize; side i values it at v_i and pays c_i per unit of time, less an aid a_i that somebody
else bears. In the stationary equilibrium each quits at a rate that makes the other indifferent,

.. math:: h_1 = (c_2 - a_2) / v_2, \qquad h_2 = (c_1 - a_1) / v_1,

so aid to a side slows the *other's* quitting and leaves its own rate as it is: the contest lasts longer on average,
:math:`1 / (h_1 + h_2)`, and the aided side is more often the one that quits first, a property of this equilibrium and
not of aid. A side whose aid covers its cost never quits while it lasts. If aid then ends at a rate :math:`\mu` and the
aided side quits when it does, waiting for that is worth :math:`v - c / \mu` to the other, else it quits at once.

With values drawn from one law of hazard h and equal net costs c a side of value v quits at :math:`t(v) = \int_0^v x
\, h(x) / c \; dx`: aid that covers a share of the costs of both stretches all times alike. With aid to one of two
sides of private values the equilibria are a continuum, and none is computed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.core.errors import ModelError
from detente.engines.crisis.cost_beliefs import SmoothBelief

NODES, WEIGHTS = (array.copy() for array in np.polynomial.legendre.leggauss(128))


@dataclass(frozen=True, slots=True)
class Attrition:
    """Two sides that hold out, with what a third party pays of it.

    Attributes
    ----------
    prize : (first, second)
        What prevailing is worth to each; above 0.
    cost : (first, second)
        Per unit of time; above 0.
    aid : (first, second)
        Per unit of time; not negative.
    """

    prize: tuple[float, float]
    cost: tuple[float, float]
    aid: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        """Refuse numbers outside their ranges."""
        for name, numbers, least in (("prize", self.prize, True), ("cost", self.cost, True), ("aid", self.aid, False)):
            for number in numbers:
                if not (math.isfinite(number) and (number > 0 if least else number >= 0)):
                    _refuse(f"{name} is out of range", number, "Above 0" if least else "Not negative")

    @property
    def net(self) -> tuple[float, float]:
        """Return what each side pays itself per unit of time."""
        return max(0.0, self.cost[0] - self.aid[0]), max(0.0, self.cost[1] - self.aid[1])

    def swapped(self) -> Attrition:
        """Return the same contest told from the other side."""
        return Attrition(self.prize[::-1], self.cost[::-1], self.aid[::-1])


@dataclass(frozen=True, slots=True)
class HoldingOut:
    """The stationary equilibrium.

    Attributes
    ----------
    rates : (first, second)
        At which each side quits.
    quits_first : (first, second)
        With which chance each is the one that quits.
    duration : float
        Expected; infinite if neither ever quits.
    """

    rates: tuple[float, float]
    quits_first: tuple[float, float]
    duration: float


def holding_out(one: Attrition) -> HoldingOut:
    """Return the stationary equilibrium; a side that pays nothing never quits, and the other does at once.

    Examples
    --------
    >>> found = holding_out(Attrition((10.0, 10.0), (2.0, 1.0), (0.0, 0.5)))
    >>> found.rates, found.duration
    ((0.05, 0.2), 4.0)
    """
    first, second = one.net
    if first == second == 0.0:
        return HoldingOut((0.0, 0.0), (0.0, 0.0), math.inf)
    if first == 0.0:
        return HoldingOut((0.0, math.inf), (0.0, 1.0), 0.0)
    if second == 0.0:
        return HoldingOut((math.inf, 0.0), (1.0, 0.0), 0.0)
    rates = (second / one.prize[1], first / one.prize[0])
    total = sum(rates)
    return HoldingOut(rates, (rates[0] / total, rates[1] / total), 1.0 / total)


def waits_for_aid_to_end(prize: float, cost: float, ending: float) -> bool:
    """Return whether a side waits for the other's aid to end, if the other quits when it does.

    Parameters
    ----------
    prize, cost : float
        Of the side that waits.
    ending : float
        The rate at which aid ends, per unit of time.

    Examples
    --------
    >>> waits_for_aid_to_end(10.0, 2.0, 0.5), waits_for_aid_to_end(10.0, 2.0, 0.1)
    (True, False)
    """
    return ending * prize > cost


def quitting_time(value: float, law: SmoothBelief, net_cost: float) -> float:
    """Return when a side of a private value quits, both drawn from one law and paying the same themselves.

    Examples
    --------
    >>> from detente.engines.crisis.cost_beliefs import Exponential
    >>> round(quitting_time(2.0, Exponential(1.0), 0.5), 9)
    4.0
    """
    if not net_cost > 0:
        _refuse("the net cost is out of range", net_cost, "Above 0")
    if value >= law.high:
        return math.inf
    start = max(law.low, 0.0)
    if value <= start:
        return 0.0
    at = start + (value - start) * (NODES + 1.0) / 2.0
    hazard = law.density(at) / law.survival(at)
    return float((WEIGHTS * at * hazard).sum()) * (value - start) / 2.0 / net_cost


def _refuse(what: str, got: object, allowed: str) -> None:
    raise ModelError(where="crisis.attrition", what=what, got=got, allowed=allowed, hint="Correct it")

r"""Who waits longer: the war of attrition, with known values and with private ones.

Two sides wait; each second of it costs side i :math:`c_i`, and the one that stays gets :math:`v_i`. With known values
there is an equilibrium in mixed strategies in which side i stops at a constant rate [MaynardSmith1974]_,

.. math:: h_i = c_j / v_j ,

the rate that leaves the *other* side indifferent. So who values the prize more stops later only in other equilibria: in
this one it prevails less often. That is an artefact of mixing, and the reason to prefer private values.

With private values from one law F, and a cost of 1 per unit of time for both, side i with value v stops at
[Riley1980]_

.. math:: t(v) = \int_0^v x\,\frac{f(x)}{1 - F(x)}\,dx = \int_0^v \Lambda(v) - \Lambda(x)\,dx, \qquad
          \Lambda = -\ln(1 - F) ,

increasing in v: who values it more prevails.

References
----------
.. [MaynardSmith1974] Maynard Smith, J. (1974). The theory of games and the evolution of animal conflicts. Journal of
   Theoretical Biology 47, 209-221.
.. [Riley1980] Riley, J. G. (1980). Strong evolutionary equilibrium and the war of attrition. Journal of Theoretical
   Biology 82, 383-400.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scipy.integrate import quad

from detente.core.errors import ModelError


@dataclass(frozen=True, slots=True)
class MixedAttrition:
    """The mixed equilibrium with known values, per side: rate of stopping, chance to prevail; and how long it lasts."""

    stops: tuple[float, float]
    prevails: tuple[float, float]
    duration: float


def mixed_attrition(values: Sequence[float], costs: Sequence[float]) -> MixedAttrition:
    """Return the mixed equilibrium of the war of attrition with known values.

    Parameters
    ----------
    values : two floats
        What prevailing is worth to each side, over stopping at once; positive.
    costs : two floats
        What a unit of time costs each side; positive.

    Raises
    ------
    ModelError
        If a value or a cost is not positive.

    Examples
    --------
    >>> found = mixed_attrition((10.0, 6.0), (1.0, 1.0))
    >>> found.prevails, found.duration
    ((0.375, 0.625), 3.75)
    """
    for name, numbers in (("values", values), ("costs", costs)):
        if len(numbers) != 2 or not all(0 < number < math.inf for number in numbers):
            raise ModelError(
                where=f"attrition: {name}",
                what="two positive numbers are needed",
                got=tuple(numbers),
                allowed="A side with nothing to gain stops at once, and one without costs never does",
                hint="Correct it",
            )
    first, second = costs[1] / values[1], costs[0] / values[0]
    both = first + second
    return MixedAttrition((first, second), (second / both, first / both), 1.0 / both)


def stopping_time(value: float, survival: Callable[[float], float]) -> float:
    r"""Return how long a side of private value waits, at a cost of 1 per unit of time.

    Parameters
    ----------
    value : float
        Its own value of the prize, at least 0; divide it by its cost per unit of time where that is not 1.
    survival : callable
        :math:`1 - F(x)`, the probability that the other side's value exceeds x.

    Returns
    -------
    float
        Infinite where the other side's value cannot be as large.

    Examples
    --------
    >>> import math
    >>> round(stopping_time(2.0, lambda x: math.exp(-x)), 9)
    2.0
    """
    if value < 0:
        raise ModelError(
            where="attrition: value",
            what="a prize of negative value is not waited for",
            got=value,
            allowed="It is at least 0",
            hint="Correct it",
        )
    last = survival(value)
    if last <= 0:
        return math.inf
    hazard = -math.log(last)
    waited, _ = quad(lambda x: hazard + math.log(survival(x)), 0.0, value, epsabs=1e-12, epsrel=1e-11, limit=200)
    return float(waited)

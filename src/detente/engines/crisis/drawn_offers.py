r"""The one offer with the highest expected value, for many draws of judged numbers at once.

For neutral attitudes and a PERT belief on [l, h] only two numbers matter: the place of the mode between the bounds, and
:math:`\kappa = (l + c_p - o) / (h - l)`. With :math:`z = (y - l) / (h - l)` the condition is
:math:`S(z) / f(z) = z + \kappa` for the beta law with exponents that add up to 6. Its density is log-concave, so
:math:`\ln f(z) + \ln(z + \kappa) - \ln S(z)` rises and has one root, found by Newton's method kept within a bracket.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.maths.compiled import FloatArray, compiled
from detente.maths.pert import pert_shapes

STEPS = 60
"""Most steps; Newton's take about five."""
CLOSE = 1e-12
"""Of the place between the bounds: where the search ends."""


@dataclass(frozen=True, slots=True)
class DrawnOffers:
    """One entry per draw; nan where no offer is better than fighting.

    Attributes
    ----------
    kept : (draws,) float
        The share that the proposer keeps.
    demand : (draws,) float
        The least cost at which the other side accepts.
    refusal : (draws,) float
        The chance of a refusal under the proposer's belief.
    gain : (draws,) float
        The expected value beyond that of fighting.
    """

    kept: FloatArray
    demand: FloatArray
    refusal: FloatArray
    gain: FloatArray


def drawn_offers(
    own_chance: FloatArray,
    other_chance: FloatArray,
    own_cost: FloatArray,
    low: FloatArray,
    mode: FloatArray,
    high: FloatArray,
) -> DrawnOffers:
    """Return the offer with the highest expected value in every draw, for neutral attitudes and PERT beliefs.

    Parameters
    ----------
    own_chance, other_chance, own_cost : (draws,) float
        As in `OneShot`.
    low, mode, high : (draws,) float
        The proposer's belief in the other's cost, 0 <= low < high, low <= mode <= high.

    Examples
    --------
    >>> half, tenth = np.array([0.5]), np.array([0.1])
    >>> found = drawn_offers(half, half, tenth, np.array([0.0]), np.array([0.2]), np.array([0.4]))
    >>> round(float(found.demand[0]), 4), round(float(found.refusal[0]), 4)
    (0.128, 0.1905)
    """
    arrays = np.broadcast_arrays(own_chance, other_chance, own_cost, low, mode, high)
    p, q, c, least, likely, most = (np.ascontiguousarray(one, dtype=np.float64) for one in arrays)
    first, second = pert_shapes(least, likely, most)
    width = most - least
    slack = c - (p + q - 1.0)
    place = np.minimum(_roots(first, second, (least + slack) / width), (q - least) / width)
    survival = _survivals(first, second, place)
    demand = least + width * place
    gain = survival * (demand + slack)
    better = gain > 0.0
    kept, demand, refusal, gain = (
        np.where(better, one, np.nan) for one in (1.0 - q + demand, demand, 1.0 - survival, gain)
    )
    return DrawnOffers(kept, demand, refusal, gain)


@compiled("float64(float64, float64)")
def _series(c: float, w: float) -> float:
    """Return 2F1(6, 1; c + 1; w) for w up to 1/2: the lower tail of a beta law is this times w (1 - w) f(w) / c."""
    term, total, n = 1.0, 1.0, 0
    while term > 1e-17 * total:
        term *= w * (6.0 + n) / (c + 1.0 + n)
        total += term
        n += 1
    return total


@compiled("UniTuple(float64, 2)(float64, float64, float64, float64)")
def _tail(a: float, b: float, log_beta: float, z: float) -> tuple[float, float]:
    """Return the upper tail at z, and its ratio to the density, for exponents that add up to 6; 0 < z < 1."""
    density = math.exp((a - 1.0) * math.log(z) + (b - 1.0) * math.log1p(-z) - log_beta)
    if z > 0.5:
        ratio = z * (1.0 - z) / b * _series(b, 1.0 - z)
        return ratio * density, ratio
    tail = 1.0 - z * (1.0 - z) / a * _series(a, z) * density
    return tail, tail / density


@compiled("float64[:](float64[:], float64[:], float64[:])", threaded=True)
def _roots(first: FloatArray, second: FloatArray, kappa: FloatArray) -> FloatArray:
    """Return the roots; 0 where already the least cost is asked too much, 1 where no cost is enough."""
    found = np.empty(len(kappa))
    for row in range(len(kappa)):
        a, b, k = first[row], second[row], kappa[row]
        if k <= -1.0:
            found[row] = 1.0
            continue
        if a == 1.0 and b * k >= 1.0:
            found[row] = 0.0
            continue
        log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(6.0)
        left, right = max(0.0, -k), 1.0
        half = math.sqrt(a * b / 84.0)  # of a uniform law with the same spread, whose root is where the search begins
        z = max(a / 6.0 - 0.75 * half, (a / 6.0 + half - k) / 2.0)
        z = min(max(z, left + 0.05 * (1.0 - left)), left + 0.9 * (1.0 - left))
        for _ in range(STEPS):
            _, ratio = _tail(a, b, log_beta, z)
            value = math.log((z + k) / ratio)
            slope = 1.0 / (z + k) + 1.0 / ratio + (a - 1.0) / z - (b - 1.0) / (1.0 - z)
            if value < 0.0:
                left = z
            else:
                right = z
            new = z - value / slope
            if not left < new < right:
                new = (left + right) / 2.0
            moved = abs(new - z)
            z = new
            if moved < CLOSE:
                break
        found[row] = z
    return found


@compiled("float64[:](float64[:], float64[:], float64[:])", threaded=True)
def _survivals(first: FloatArray, second: FloatArray, place: FloatArray) -> FloatArray:
    """Return the upper tails."""
    found = np.empty(len(place))
    for row in range(len(place)):
        a, b, z = first[row], second[row], place[row]
        if z <= 0.0:
            found[row] = 1.0
        elif z >= 1.0:
            found[row] = 0.0
        else:
            found[row] = _tail(a, b, math.lgamma(a) + math.lgamma(b) - math.lgamma(6.0), z)[0]
    return found

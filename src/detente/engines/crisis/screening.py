r"""Offers over rounds to a side whose cost is private: who settles when, and what fast offers change.

A type of cost c (the loss from fighting to the end, as a share of its stake) that refuses in a round fights on until
the next: fighting decides within the round, or the rest is discounted; :math:`\delta_t` is the weight of what comes
after round t. Refusing costs it :math:`(1 - \delta_t) c` of the round itself, so it takes a demand y_t rather than
y_{t+1} iff :math:`y_t \le (1 - \delta_t) c + \delta_t y_{t+1}`: higher costs settle first (*skimming*), and after
every round the types below a cutoff are left. With n rounds left and types up to k

.. math:: V_n(k) = \max_{k' \le k} \; (F(k) - F(k')) \, y_n(k') - (1 - \delta_n) c_p F(k') + \delta_n V_{n-1}(k'),
          \qquad y_n(k') = (1 - \delta_n) k' + \delta_n y_{n-1}(k'),

where :math:`y_{n-1}(k')` is what is asked next of the types up to k', and those left at the end fight on:
:math:`y_0(k) = k`, :math:`V_0(k) = -c_p F(k)`. For costs uniform on [0, b] and c_p = 0 everything is linear in k, so
the recursion is exact [SobelTakahashi1983]_; else it runs on a grid of cutoffs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.core.errors import ModelError
from detente.engines.crisis.cost_beliefs import SmoothBelief, Weighted
from detente.maths.compiled import FloatArray, compiled

CUTOFFS = 1000
"""Parts of the grid: cutoffs are known to a thousandth of the width of the belief."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Demands and cutoffs, first round first.

    Attributes
    ----------
    demands : tuple of float
        What is asked in each round, in costs.
    cutoffs : tuple of float
        Above which cost types have settled after it.
    settled : tuple of float
        The chance of a settlement in each round.
    refused : float
        The chance that fighting goes on to the end.
    value : float
        What the proposer expects beyond its chance of prevailing.
    """

    demands: tuple[float, ...]
    cutoffs: tuple[float, ...]
    settled: tuple[float, ...]
    refused: float
    value: float


def screen_uniform(high: float, weights: Sequence[float]) -> Schedule:
    """Return the schedule for costs uniform on [0, high] and a proposer without cost, exactly.

    Parameters
    ----------
    high : float
        The greatest cost, above 0.
    weights : sequence of float
        For each round the weight of what comes after it, in [0, 1]; that of the last round changes nothing here.

    Examples
    --------
    >>> found = screen_uniform(1.0, (0.9, 0.9))
    >>> [round(y, 6) for y in found.demands], round(found.refused, 6)
    ([0.465385, 0.423077], 0.423077)
    """
    _check_weights(weights)
    if not (math.isfinite(high) and high > 0):
        _refuse("the greatest cost is not positive", high, "A cost above 0")
    asked, worth, steps = 1.0, 0.0, []  # of the stage after: y = asked k, V = worth k^2 / high
    for delta in reversed(weights):
        slope = (1.0 - delta) + delta * asked
        kept = slope / (2.0 * (slope - delta * worth))  # k' = kept k
        asked, worth = slope * kept, slope * kept * (1.0 - kept) + delta * worth * kept**2
        steps.append((kept, asked))
    demands, cutoffs, settled, cut = [], [], [], high
    for kept, demand in reversed(steps):
        demands.append(demand * cut)
        settled.append(cut * (1.0 - kept) / high)
        cut *= kept
        cutoffs.append(cut)
    return Schedule(tuple(demands), tuple(cutoffs), tuple(settled), cut / high, worth * high)


def screen(
    belief: SmoothBelief | Weighted,
    own_cost: float,
    weights: Sequence[float],
    *,
    most: float = math.inf,
    parts: int = CUTOFFS,
) -> Schedule:
    """Return the schedule for any belief and own cost, on a grid of cutoffs.

    Parameters
    ----------
    belief : SmoothBelief or Weighted
        In the other side's cost; a belief without an upper bound is cut where one in a million lies beyond; a sample of
        several costs is refused.
    own_cost : float
        What fighting to the end costs the proposer, less by how much the sides' chances add up to more than 1: negative
        where it prefers fighting to the least demand.
    weights : sequence of float
        As in `screen_uniform`.
    most : float
        The greatest demand: that at which the proposer keeps everything.
    parts : int
        Of the grid between the least and the greatest cost.

    Examples
    --------
    >>> from detente.engines.crisis.cost_beliefs import Uniform
    >>> found = screen(Uniform(0.0, 1.0), 0.0, (0.9, 0.9))
    >>> [round(y, 2) for y in found.demands], round(found.refused, 2)
    ([0.47, 0.42], 0.42)
    """
    _check_weights(weights)
    if not math.isfinite(own_cost):
        _refuse("the own cost is no number", own_cost, "A finite number")
    if isinstance(belief, Weighted):
        if belief.low < belief.high:
            _refuse("types of one cost would settle in part over rounds", belief.costs, "One cost, or a density")
        known = min(belief.high, most)
        always = (known,) * len(weights)
        return Schedule(always, always, _sure(len(weights)), 0.0, known)
    high = belief.high if math.isfinite(belief.high) else float(belief.quantile(np.array(1.0 - 1e-6)))
    cuts = np.linspace(belief.low, high, parts + 1)
    below = 1.0 - belief.survival(cuts)
    below[-1] = 1.0
    asked, worth = np.minimum(cuts, most), -own_cost * below
    stages = []
    for delta in reversed(weights):
        demand = np.minimum((1.0 - delta) * cuts + delta * asked, most)
        rest = -(1.0 - delta) * own_cost * below + delta * worth
        worth, chosen = stage(below, demand, rest)
        asked = np.interp(chosen, np.arange(parts + 1), demand)
        stages.append((chosen, demand))
    return _read(cuts, below, stages, float(worth[-1]))


@compiled("UniTuple(float64[:], 2)(float64[:], float64[:], float64[:])")
def stage(below: FloatArray, demand: FloatArray, rest: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return for every upper cutoff the greatest value, and where on the grid the lower cutoff lies that brings it.

    Inside it is the vertex of the parabola through the best place and its neighbours: rounded to the grid, each stage
    would choose among errors of the next in its own favour.
    """
    worth, chosen = np.empty(len(below)), np.zeros(len(below))
    for top in range(len(below)):
        best, place = -np.inf, 0
        for cut in range(top + 1):
            value = (below[top] - below[cut]) * demand[cut] + rest[cut]
            if value > best:
                best, place = value, cut
        worth[top], chosen[top] = best, place
        if 0 < place < top:
            left = (below[top] - below[place - 1]) * demand[place - 1] + rest[place - 1]
            right = (below[top] - below[place + 1]) * demand[place + 1] + rest[place + 1]
            bend = left - 2.0 * best + right
            if bend < 0.0:
                chosen[top] = place + 0.5 * (left - right) / bend
                worth[top] = best - 0.125 * (left - right) ** 2 / bend
    return worth, chosen


def _read(cuts: FloatArray, below: FloatArray, stages: list[tuple[FloatArray, FloatArray]], value: float) -> Schedule:
    """Return the schedule along the cutoffs that follow one another; places between points of the grid are read off."""
    places = np.arange(len(cuts))
    demands, cutoffs, settled, top = [], [], [], float(len(cuts) - 1)
    for chosen, demand in reversed(stages):
        cut = float(np.interp(top, places, chosen))
        demands.append(float(np.interp(cut, places, demand)))
        cutoffs.append(float(np.interp(cut, places, cuts)))
        settled.append(float(np.interp(top, places, below) - np.interp(cut, places, below)))
        top = cut
    return Schedule(tuple(demands), tuple(cutoffs), tuple(settled), float(np.interp(top, places, below)), value)


def _sure(rounds: int) -> tuple[float, ...]:
    return (1.0, *(0.0,) * (rounds - 1))


def _check_weights(weights: Sequence[float]) -> None:
    if not weights or not all(0.0 <= one <= 1.0 for one in weights):
        _refuse("weights of what comes after are out of range", tuple(weights), "One per round, between 0 and 1")


def _refuse(what: str, got: object, allowed: str) -> None:
    raise ModelError(where="crisis.screening", what=what, got=got, allowed=allowed, hint="Correct it")

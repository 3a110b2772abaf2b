r"""Which packages of the zone bargaining theory recommends.

With gains :math:`g_j = u_j - d_j` over no agreement and the ideal point :math:`m`,
the most each party can get in the zone:

=================== ==============================================================
Nash                :math:`\max \prod g_j` [Nash1950]_
Kalai-Smorodinsky   leximin of :math:`g_j / (m_j - d_j)` [KalaiSmorodinsky1975]_, [Imai1983]_
egalitarian         leximin of :math:`g_j` [Kalai1977]_
utilitarian         :math:`\max \sum u_j`
=================== ==============================================================

Leximin makes the smallest term as large as possible, then the next one. All are
attained on the frontier of the zone. Ties are all returned. Floats only select
candidates; the comparison that decides is in whole numbers or fractions.

A party that gains nothing anywhere in the zone is left out of the product and of
the ratios. If every product is still zero, as many parties as possible gain, and
then the product over those is maximal [Caragiannis2019]_.

References
----------
.. [Nash1950] Nash (1950). The bargaining problem. Econometrica 18(2), 155-162.
.. [KalaiSmorodinsky1975] Kalai & Smorodinsky (1975). Other solutions to Nash's
   bargaining problem. Econometrica 43(3), 513-518.
.. [Imai1983] Imai (1983). Individual monotonicity and lexicographic maxmin
   solution. Econometrica 51(2), 389-401.
.. [Kalai1977] Kalai (1977). Proportional solutions to bargaining situations.
   Econometrica 45(7), 1623-1630.
.. [Caragiannis2019] Caragiannis et al. (2019). The unreasonable fairness of maximum
   Nash welfare. ACM Transactions on Economics and Computation 7(3), 12.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from detente.engines.settlement.frontier import Frontier, Point
from detente.maths.compiled import BoolArray, FloatArray, Int64Array

NEAR = 1e-9
"""Candidates this close to the best, relatively, are compared exactly; floats err by less than 1e-12."""


class Concept(StrEnum):
    """A way to single out a package; the value is the CLI and URL word."""

    NASH = "nash"
    KALAI_SMORODINSKY = "kalai-smorodinsky"
    EGALITARIAN = "egalitarian"
    UTILITARIAN = "utilitarian"


@dataclass(frozen=True, slots=True)
class Solution:
    """The points that one concept recommends; several if they tie.

    `left_out` names the parties that gain nothing anywhere in the zone and so have
    no say in the Nash product or the Kalai-Smorodinsky ratios.
    """

    concept: Concept
    points: tuple[Point, ...]
    left_out: tuple[int, ...] = ()


def solve_concepts(zone: Frontier, reservation: Int64Array) -> tuple[Solution, ...]:
    """Return all concepts' solutions on a zone's frontier; none if the zone is empty.

    Parameters
    ----------
    zone : Frontier
        Frontier of the packages at least as good as no agreement for every party.
    reservation : (parties,) int64
        Value of no agreement.
    """
    if len(zone) == 0:
        return ()
    gains = zone.values - reservation
    ideal = gains.max(axis=0)
    counted = tuple(int(j) for j in np.flatnonzero(ideal > 0))
    left_out = tuple(int(j) for j in np.flatnonzero(ideal == 0))
    rows = {
        Concept.NASH: _nash(gains[:, counted]),
        Concept.KALAI_SMORODINSKY: _leximin(gains[:, counted], ideal[list(counted)]),
        Concept.EGALITARIAN: _leximin(gains, np.ones(gains.shape[1], np.int64)),
        Concept.UTILITARIAN: _best(
            range(len(gains)), lambda row: sum(int(u) for u in gains[row]), gains.sum(axis=1, dtype=np.float64)
        ),
    }
    scaled = {Concept.NASH, Concept.KALAI_SMORODINSKY}
    return tuple(
        Solution(concept, tuple(zone.point(row) for row in found), left_out if concept in scaled else ())
        for concept, found in rows.items()
    )


def _best(rows: Sequence[int], key: Callable[[int], Any], estimate: FloatArray) -> tuple[int, ...]:
    """Return the rows with the largest exact key among those whose estimate is near the largest."""
    top = estimate.max()
    near = np.flatnonzero(estimate >= top - NEAR * np.abs(top))
    keys = {rows[k]: key(rows[k]) for k in near.tolist()}
    best = max(keys.values())
    return tuple(row for row, value in keys.items() if value == best)


def _nash(gains: Int64Array) -> tuple[int, ...]:
    positive: BoolArray = gains > 0
    many = positive.sum(axis=1)
    rows = np.flatnonzero(many == many.max())
    logs = np.where(positive[rows], np.log(np.maximum(gains[rows], 1).astype(np.float64)), 0.0).sum(axis=1)
    near = rows[logs >= logs.max() - NEAR * max(1.0, abs(float(logs.max())))]
    keys = {row: prod(int(g) for g in gains[row] if g > 0) for row in near.tolist()}
    best = max(keys.values())
    return tuple(row for row, value in keys.items() if value == best)


def _leximin(gains: Int64Array, scale: Int64Array) -> tuple[int, ...]:
    if gains.shape[1] == 0:
        return tuple(range(len(gains)))
    smallest = (gains / scale).min(axis=1)
    return _best(
        range(len(gains)),
        lambda row: sorted(Fraction(int(g), int(s)) for g, s in zip(gains[row], scale, strict=True)),
        smallest,
    )

"""One package offered once, where the other side's value of fighting is its own knowledge.

Of the packages that no other is better than for both, the one with the highest expected value for the proposer is
sought by trying each: it is accepted iff the other's share of its own stake reaches what fighting is worth to it, so
iff its cost is at least its chance of prevailing less that share. Utilities of packages carry attitudes to risk.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.engines.crisis.cost_beliefs import CostBelief
from detente.maths.compiled import FloatArray

SAME = 1e-12
"""Demands nearer than this are the same, so that rounding refuses nothing at an atom of a belief."""


@dataclass(frozen=True, slots=True)
class PackageOffer:
    """The package with the highest expected value: its row, the chance of a refusal, the gain over fighting."""

    row: int
    refusal: float
    gain: float


def refusal_chances(other_shares: FloatArray, other_chance: float, belief: CostBelief) -> FloatArray:
    """Return with which chance each package is refused.

    Parameters
    ----------
    other_shares : (packages,) float
        What each leaves the other side, in shares of its own stake.
    other_chance : float
        That the other prevails, as it believes.
    belief : CostBelief
        In its cost.
    """
    return 1.0 - belief.survival(other_chance - other_shares - SAME)


def best_package(
    own_shares: FloatArray, other_shares: FloatArray, fighting: float, other_chance: float, belief: CostBelief
) -> PackageOffer | None:
    """Return the package with the highest expected value for the proposer; None where none is better than fighting.

    Of those with the same value the one that is refused less often is returned, then the first.

    Examples
    --------
    >>> from detente.engines.crisis.cost_beliefs import Uniform
    >>> best_package(np.array([0.5, 0.8]), np.array([0.5, 0.1]), 0.4, 0.5, Uniform(0.0, 0.5))
    PackageOffer(row=0, refusal=0.0, gain=0.09999999999999998)
    """
    refused = refusal_chances(other_shares, other_chance, belief)
    gains = (1.0 - refused) * (own_shares - fighting)
    if not len(gains) or gains.max() <= 0.0:
        return None
    best = np.flatnonzero(gains >= gains.max() - SAME)
    row = int(best[int(np.argmin(refused[best]))])
    return PackageOffer(row, float(refused[row]), float(gains[row]))

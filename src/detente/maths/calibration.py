r"""How far stated probabilities are the shares that occur, and the curve that brings the one nearer to the other.

Pairs :math:`(p_i, o_i)` are what was stated and whether it came out, 0 or 1. With bins of equal width that hold
:math:`n_k` pairs, the mean :math:`\bar p_k` of what was stated and the share :math:`\bar o_k` that came out, the
expected calibration error is

.. math:: E = \frac1n \sum_k n_k |\bar p_k - \bar o_k|

0 is best. It depends on the bins, and with few pairs it is above 0 by chance alone. Platt's curve has a slope a and a
shift b of the log odds, those of greatest likelihood,

.. math:: c(p) = \frac{1}{1 + \exp(-(a \log\frac{p}{1 - p} + b))}

References
----------
[Naeini2015]_, sec. 2; [Platt1999]_, sec. 2, here of the log odds of a probability.

.. [Naeini2015] Naeini, M. P., Cooper, G. F. and Hauskrecht, M. (2015). Obtaining well calibrated probabilities using
   Bayesian binning. *AAAI* 29, 2901-2907.
.. [Platt1999] Platt, J. (1999). Probabilistic outputs for support vector machines and comparisons to regularized
   likelihood methods. *Advances in Large Margin Classifiers*, 61-74.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

BINS = 10
SMALLEST = 1e-6
Pairs = Sequence[tuple[float, bool]]
"""What was stated, and whether it came out."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose stated probability lies in [low, high): the mean stated, the share that came out, how many."""

    low: float
    high: float
    stated: float
    right: float
    number: int


def reliability(pairs: Pairs, bins: int = BINS) -> list[Bin]:
    """Return the bins that hold any pair, from the least to the most probable; the last includes 1.

    Examples
    --------
    >>> reliability([(0.92, True), (0.98, False), (0.15, False)])
    [Bin(low=0.1, high=0.2, stated=0.15, right=0.0, number=1), Bin(low=0.9, high=1.0, stated=0.95, right=0.5, number=2)]
    """
    found = []
    for place in range(bins):
        inside = [pair for pair in pairs if min(int(round(pair[0] * bins, 9)), bins - 1) == place]
        if inside:
            stated = round(sum(one for one, _ in inside) / len(inside), 9)
            share = sum(right for _, right in inside) / len(inside)
            found.append(Bin(place / bins, (place + 1) / bins, stated, share, len(inside)))
    return found


def calibration_error(pairs: Pairs, bins: int = BINS) -> float:
    """Return the expected calibration error, 0 to 1.

    Examples
    --------
    >>> round(calibration_error([(0.92, True), (0.98, False), (0.15, False)]), 4)
    0.35
    """
    return sum(one.number * abs(one.stated - one.right) for one in reliability(pairs, bins)) / max(len(pairs), 1)


def log_loss(pairs: Pairs) -> float:
    """Return the mean negative logarithm of the probability given to what came out."""
    stated = np.clip(np.array([one for one, _ in pairs]), SMALLEST, 1 - SMALLEST)
    right = np.array([one for _, one in pairs])
    return float(-np.mean(np.where(right, np.log(stated), np.log(1 - stated))))


def platt(pairs: Pairs) -> tuple[float, float]:
    """Return the slope and the shift of the log odds that fit the pairs best."""
    odds = _log_odds(np.array([one for one, _ in pairs]))
    right = np.array([1.0 if one else -1.0 for _, one in pairs])

    def loss(parameters: NDArray[np.float64]) -> float:
        return float(np.logaddexp(0.0, -right * (parameters[0] * odds + parameters[1])).sum())

    found = minimize(loss, np.array([1.0, 0.0]), method="BFGS").x
    return float(found[0]), float(found[1])


def by_platt(parameters: tuple[float, float], stated: Sequence[float]) -> list[float]:
    """Return probabilities after Platt's curve."""
    odds = parameters[0] * _log_odds(np.array(stated)) + parameters[1]
    return [float(one) for one in 1 / (1 + np.exp(-odds))]


def _log_odds(stated: NDArray[np.float64]) -> NDArray[np.float64]:
    kept = np.clip(stated, SMALLEST, 1 - SMALLEST)
    odds: NDArray[np.float64] = np.log(kept / (1 - kept))
    return odds

"""The PERT law of judged numbers: draws and densities, element by element.

A judged number with bounds `low`, `high` and most likely value `mode` is a beta variable stretched to its bounds whose
mode is the most likely value; its mean is (low + 4 mode + high) / 6.

References
----------
[MalcolmEtAl1959]_, where the mean is taken so.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaln, xlog1py, xlogy

from detente.maths.compiled import FloatArray


def pert_shapes(low: FloatArray, mode: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the two exponents of the beta law; `low < high` and `low <= mode <= high`, elementwise.

    Examples
    --------
    >>> [shape.tolist() for shape in pert_shapes(np.array([0.0]), np.array([0.25]), np.array([1.0]))]
    [[2.0], [4.0]]
    """
    width = high - low
    return 1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width


def pert_draws(rng: np.random.Generator, low: FloatArray, mode: FloatArray, high: FloatArray, count: int) -> FloatArray:
    """Return draws of shape (count, *low.shape)."""
    first, second = pert_shapes(low, mode, high)
    return np.asarray(low + (high - low) * rng.beta(first, second, size=(count, *low.shape)))


def pert_density(x: FloatArray, low: FloatArray, mode: FloatArray, high: FloatArray) -> FloatArray:
    """Return the density at points, 0 outside the bounds; arguments are broadcast against each other."""
    first, second = pert_shapes(low, mode, high)
    width = high - low
    inside = (x >= low) & (x <= high)
    at = np.where(inside, (x - low) / width, 0.5)
    logs = xlogy(first - 1.0, at) + xlog1py(second - 1.0, -at) - betaln(first, second)
    return np.asarray(np.where(inside, np.exp(logs) / width, 0.0))

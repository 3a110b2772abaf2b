r"""The PERT law of judged numbers: quantiles, draws and densities, element by element.

For bounds :math:`l < h` and a most likely value :math:`m` between them,
:math:`(X - l) / (h - l)` follows a beta law with

.. math:: \alpha = 1 + 4\,\frac{m - l}{h - l}, \qquad \beta = 1 + 4\,\frac{h - m}{h - l},

so the mode is :math:`m` and the mean :math:`(l + 4m + h) / 6` [MalcolmEtAl1959]_.

References
----------
.. [MalcolmEtAl1959] Malcolm, Roseboom, Clark & Fazar (1959). Application of a technique for research and
   development program evaluation. Operations Research 7(5), 646-669.
"""

import numpy as np
from scipy.special import betaincinv, betaln, xlog1py, xlogy

from detente.maths.compiled import FloatArray

STEEPNESS = 4.0
"""Weight of the most likely value against the two bounds together counted as two."""


def pert_shapes(low: FloatArray, mode: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the two exponents of the beta law; `low < high` and `low <= mode <= high`, elementwise.

    Examples
    --------
    >>> [shape.tolist() for shape in pert_shapes(np.array([0.0]), np.array([0.25]), np.array([1.0]))]
    [[2.0], [4.0]]
    """
    width = high - low
    return 1.0 + STEEPNESS * (mode - low) / width, 1.0 + STEEPNESS * (high - mode) / width


def pert_quantile(place: FloatArray, low: FloatArray, mode: FloatArray, high: FloatArray) -> FloatArray:
    """Return the values of scaled PERT laws at given places.

    The same place in two laws makes two readings of a number differ by their bounds and not by chance.

    Parameters
    ----------
    place : (..., n) float
        Probabilities in [0, 1].
    low, mode, high : (n,) float
        Bounds and most likely values, low <= mode <= high. Where low equals high the value is that.

    Returns
    -------
    (..., n) float
        Values between `low` and `high`, rising with `place`.

    Examples
    --------
    >>> one = np.array([0.0]), np.array([0.5]), np.array([1.0])
    >>> float(pert_quantile(np.array([[0.5]]), *one)[0, 0])
    0.5
    """
    values = np.broadcast_to(low, place.shape).copy()
    wide = np.flatnonzero(high > low)
    if len(wide):
        first, second = pert_shapes(low[wide], mode[wide], high[wide])
        values[..., wide] += (high - low)[wide] * betaincinv(first, second, place[..., wide])
    return values


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

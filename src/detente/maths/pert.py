r"""The PERT law of judged numbers: quantiles, draws, densities, and the law that has given quantiles, by element.

For bounds :math:`l < h` and a most likely value :math:`m` between them,
:math:`(X - l) / (h - l)` follows a beta law with

.. math:: \alpha = 1 + 4\,\frac{m - l}{h - l}, \qquad \beta = 1 + 4\,\frac{h - m}{h - l},

so the mode is :math:`m` and the mean :math:`(l + 4m + h) / 6` [MalcolmEtAl1959]_.

References
----------
.. [MalcolmEtAl1959] Malcolm, Roseboom, Clark & Fazar (1959). Application of a technique for research and
   development program evaluation. Operations Research 7(5), 646-669.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import betaincinv, betaln, xlog1py, xlogy

from detente.maths.compiled import FloatArray

STEEPNESS = 4.0
"""Weight of the most likely value against the two bounds together counted as two."""

FITTED = 0.05
"""The lower of the two quantiles that a fitted law is given; the upper is as far from 1."""

HALVINGS = 45
"""Of the interval from 0 to 1 in which the place of a mode is sought: past any digit that is printed."""


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


def pert_fitted(
    low_quantile: FloatArray, mode: FloatArray, high_quantile: FloatArray, floor: float, ceiling: float
) -> tuple[FloatArray, FloatArray]:
    r"""Return the bounds of the PERT laws with given modes, 5% quantiles and 95% quantiles.

    With :math:`\tau = (m - l) / (h - l)` and the quantiles :math:`z_p(\tau)` of the law on [0, 1], the quantiles
    :math:`a \le m \le b` of a law fulfil

    .. math:: \frac{m - a}{b - a} = \frac{\tau - z_{.05}}{z_{.95} - z_{.05}}, \qquad
              h - l = \frac{b - a}{z_{.95} - z_{.05}} .

    The right side of the first rises with :math:`\tau` from below 0 to above 1, so there is exactly one such law. If it
    reaches below the floor, its low bound is the floor, and of the quantiles the upper alone is met, where
    :math:`(m - l) / (b - l) = \tau / z_{.95}`; so at the ceiling, mirrored. If neither leaves room for the other, both
    are bounds, and no quantile lies outside the given ones: no law with this mode between them is as wide as is asked.

    Parameters
    ----------
    low_quantile, mode, high_quantile : (n,) float
        floor <= low_quantile <= mode <= high_quantile <= ceiling.
    floor, ceiling : float
        Admissible bounds; infinite where there is none.

    Returns
    -------
    tuple of (n,) float
        Low and high; where the quantiles are the same, so are the bounds.

    Examples
    --------
    >>> quantiles = pert_quantile(np.array([[0.05], [0.95]]), np.array([1.0]), np.array([2.0]), np.array([4.0]))
    >>> low, high = pert_fitted(quantiles[0], np.array([2.0]), quantiles[1], 0.0, np.inf)
    >>> round(float(low[0]), 6), round(float(high[0]), 6)
    (1.0, 4.0)
    """
    low, high = low_quantile.copy(), high_quantile.copy()
    wide = np.flatnonzero(high_quantile > low_quantile)
    if len(wide):
        a, m, b = low_quantile[wide], mode[wide], high_quantile[wide]
        share = _solved(lambda tau: (tau - _lower(tau)) / _inner(tau), (m - a) / (b - a))
        width = (b - a) / _inner(share)
        below, above = a - width * _lower(share), b + width * _lower(1.0 - share)
        at = np.flatnonzero(below < floor)
        below[at], above[at] = floor, floor + _reach((m - floor)[at], (b - floor)[at])
        at = np.flatnonzero(above > ceiling)
        below[at], above[at] = ceiling - _reach((ceiling - m)[at], (ceiling - a)[at]), ceiling
        at = np.flatnonzero(below < floor)
        below[at], above[at] = floor, floor + _reach((m - floor)[at], (b - floor)[at])
        low[wide] = np.clip(below, floor, a)
        high[wide] = np.clip(above, b, ceiling)
    return low, high


def _reach(mode: FloatArray, high_quantile: FloatArray) -> FloatArray:
    """Return the high bounds of the laws from 0 with given modes and 95% quantiles."""
    share = _solved(lambda tau: tau / (1.0 - _lower(1.0 - tau)), mode / high_quantile)
    return high_quantile / (1.0 - _lower(1.0 - share))


def _lower(share: FloatArray) -> FloatArray:
    """Return the lower quantiles of laws on [0, 1]; the upper are 1 less those of the mirrored laws."""
    return np.asarray(betaincinv(1.0 + STEEPNESS * share, 1.0 + STEEPNESS * (1.0 - share), FITTED))


def _inner(share: FloatArray) -> FloatArray:
    return 1.0 - _lower(1.0 - share) - _lower(share)


def _solved(rising: Callable[[FloatArray], FloatArray], wanted: FloatArray) -> FloatArray:
    """Return where between 0 and 1 a rising function has given values."""
    low, high = np.zeros_like(wanted), np.ones_like(wanted)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        below = rising(middle) < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2.0)

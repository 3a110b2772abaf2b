r"""Draws of a judged number: the PERT law scaled to hard bounds.

For bounds :math:`l < h` and a most likely value :math:`m` between them,
:math:`(X - l) / (h - l)` follows a beta law with

.. math:: \alpha = 1 + 4\,\frac{m - l}{h - l}, \qquad \beta = 1 + 4\,\frac{h - m}{h - l},

so the mode is :math:`m` and the mean :math:`(l + 4m + h) / 6` [MalcolmEtAl1959]_. Draws are made by
quantiles: the same uniform number gives the same place in every law, so that two readings
of a case differ by their numbers and not by chance.

References
----------
.. [MalcolmEtAl1959] Malcolm, Roseboom, Clark & Fazar (1959). Application of a technique for research and
   development program evaluation. Operations Research 7(5), 646-669.
"""

import numpy as np
from scipy import special

from detente.maths.compiled import FloatArray

STEEPNESS = 4.0
"""Weight of the most likely value against the two bounds together counted as two."""


def pert_quantile(place: FloatArray, low: FloatArray, mode: FloatArray, high: FloatArray) -> FloatArray:
    """Return the values of scaled PERT laws at given places.

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
    >>> import numpy as np
    >>> one = np.array([0.0]), np.array([0.5]), np.array([1.0])
    >>> float(pert_quantile(np.array([[0.5]]), *one)[0, 0])
    0.5
    """
    values = np.broadcast_to(low, place.shape).copy()
    wide = np.flatnonzero(high > low)
    if len(wide):
        span = (high - low)[wide]
        alpha = 1.0 + STEEPNESS * (mode - low)[wide] / span
        beta = 2.0 + STEEPNESS - alpha
        values[..., wide] += span * special.betaincinv(alpha, beta, place[..., wide])
    return values

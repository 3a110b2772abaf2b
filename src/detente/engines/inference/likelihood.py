r"""The probability of what was observed, given what a party holds.

Of a package worth :math:`u` to a party with reservation :math:`r`, with honesty :math:`\rho`, hope :math:`h` and bar
:math:`k`,

.. math:: P(\text{yes}) = \rho\,(1 - h)(1 - k)\,\sigma(\beta (u - r)) + \tfrac{1 - \rho}{2}, \qquad
          P(\text{no}) = \rho\,\bigl[1 - (1 - h)(1 - k)\,\sigma(\beta (u - r))\bigr] + \tfrac{1 - \rho}{2},

the logit choice of [McFadden1974]_ with three ways in which a "no" says less than it seems to: a party may refuse in
hope of more (:math:`h`), because a red line bars the package whatever it is worth (:math:`k`), or say what it does not
hold (:math:`1 - \rho`). A declared threshold at :math:`u` has
:math:`P = \rho\,\mathbb 1[r > u] + (1 - \rho)/2`. A group of observations counts as one: the mean of their logarithms
is taken, so that one act told twice is one act.

References
----------
.. [McFadden1974] McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In P. Zarembka (ed.),
   Frontiers in Econometrics, 105-142.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from detente.engines.inference.model import Answers, Conduct, FloatArray, IntArray, LineRecord


def acceptance(utility: FloatArray, reservation: FloatArray, beta: float) -> FloatArray:
    """Return the probability that a package is preferred, broadcast; with infinite beta, whether it is.

    A package worth exactly the reservation is as good as no agreement: the party may say either, with probability 1/2.
    """
    gap = utility - reservation
    if np.isinf(beta):
        return np.heaviside(gap, 0.5)
    return np.asarray(expit(beta * gap))


def answer_probabilities(answers: Answers, reservation: FloatArray, beta: float) -> FloatArray:
    """Return the probability of each answer at each value of the reservation, of shape (answers, values)."""
    utility, honesty = answers.utility[:, None], answers.honesty[:, None]
    free = ((1.0 - answers.hope) * (1.0 - answers.barred))[:, None]
    yes = free * acceptance(utility, reservation[None, :], beta)
    held = np.where(answers.accepted[:, None], yes, 1.0 - yes)
    above = (reservation[None, :] > utility).astype(np.float64)
    held = np.where(answers.line[:, None], above, held)
    return np.asarray(honesty * held + (1.0 - honesty) / 2.0)


def conduct_probabilities(line: LineRecord) -> tuple[FloatArray, FloatArray]:
    r"""Return the probabilities of what was seen of a line, if it binds and if it does not.

    An honest party declares a line if and only if it binds, and never crosses one that does. A package that crosses a
    line that does not bind is refused for other reasons with probability :math:`(1 + h) / 2`: as likely as not on its
    merits, and else in hope of more.
    """
    kept = (1.0 + line.hope) / 2.0
    binds = np.where(line.conduct == Conduct.CROSSED, 0.0, 1.0)
    free = np.choose(line.conduct, [np.zeros_like(kept), kept, np.ones_like(kept)])
    coin = (1.0 - line.honesty) / 2.0
    return line.honesty * binds + coin, line.honesty * free + coin


def grouped(logs: FloatArray, group: IntArray) -> FloatArray:
    """Return the sum over groups of the mean logarithm within each, of shape logs.shape[1:].

    Examples
    --------
    >>> float(grouped(np.array([-1.0, -1.0, -2.0]), np.array([4, 4, 7])))
    -3.0
    """
    if not len(logs):
        return np.zeros(logs.shape[1:])
    _, place, sizes = np.unique(group, return_inverse=True, return_counts=True)
    weight = (1.0 / sizes)[place]
    with np.errstate(invalid="ignore"):
        return np.asarray((logs * weight.reshape(-1, *[1] * (logs.ndim - 1))).sum(axis=0))

r"""How much a statement that costs nothing can tell: the most informative equilibrium of cheap talk.

A sender knows a state, uniform on [0, 1], and says something; the hearer then acts. Both lose with the square of the
distance between the act and what they want, and the sender wants the act to lie :math:`b` higher than the hearer does.
In equilibrium only so many messages can be told apart [CrawfordSobel1982]_:

.. math:: N(b) = \max \{ n : 2 n (n - 1) b < 1 \}, \qquad a_i = i\,a_1 + 2 i (i - 1) b, \quad
          a_1 = \frac{1 - 2 N (N - 1) b}{N},

and the variance that is left after the message is :math:`\sigma^2 = \frac{1}{12 N^2} + \frac{b^2 (N^2 - 1)}{3}`.
From :math:`b = 1/4` on there is one message, which tells nothing ("babbling"). Babbling is an equilibrium at every
:math:`b`; what is computed here is the most that words can carry.

References
----------
.. [CrawfordSobel1982] Crawford, V. & Sobel, J. (1982). Strategic information transmission. Econometrica 50(6),
   1431-1451: section 4, the uniform-quadratic example.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.core.errors import ModelError

PRIOR_VARIANCE = 1.0 / 12.0
"""Of a state that is uniform on [0, 1]."""


@dataclass(frozen=True, slots=True)
class CheapTalk:
    """What words can carry at a bias.

    Attributes
    ----------
    messages : int, optional
        Messages that can be told apart; None where there is no bias, and so no bound.
    cuts : tuple of float
        Where the intervals of the state meet that a message stands for, with both ends; empty without a bias.
    residual_variance : float
        What is left of the variance 1/12 after the message.
    """

    messages: int | None
    cuts: tuple[float, ...]
    residual_variance: float

    @property
    def informativeness(self) -> float:
        """The share of the variance that the message removes: 0 where nothing can be told, 1 without a bias."""
        return max(0.0, 1.0 - self.residual_variance / PRIOR_VARIANCE)


def cheap_talk(bias: float) -> CheapTalk:
    """Return the most informative equilibrium at a bias.

    Parameters
    ----------
    bias : float
        How far apart sender and hearer want the act, as a share of the range of the state; at least 0.

    Raises
    ------
    ModelError
        If the bias is negative or no number.

    Examples
    --------
    >>> cheap_talk(0.2).messages, [round(cut, 3) for cut in cheap_talk(0.2).cuts]
    (2, [0.0, 0.1, 1.0])
    >>> cheap_talk(0.25).informativeness, cheap_talk(0).informativeness
    (0.0, 1.0)
    """
    if not 0 <= bias < math.inf:
        raise ModelError(
            where="cheap talk",
            what="the bias is out of range",
            got=bias,
            allowed="It is a distance on a scale from 0 to 1, at least 0",
            hint="Correct it",
        )
    if bias < SMALLEST:
        return CheapTalk(None, (), 0.0)
    count = max(1, math.ceil(-0.5 + math.sqrt(1.0 + 2.0 / bias) / 2.0))
    while 2 * (count + 1) * count * bias < 1:  # the root above is rounded; the inequality decides
        count += 1
    while count > 1 and 2 * count * (count - 1) * bias >= 1:
        count -= 1
    first = (1 - 2 * count * (count - 1) * bias) / count
    cuts = (*(i * first + 2 * i * (i - 1) * bias for i in range(count)), 1.0)
    residual = 1.0 / (12 * count**2) + bias**2 * (count**2 - 1) / 3
    return CheapTalk(count, cuts, residual)


SMALLEST = 1e-9
"""A bias below this is none: it would leave more than ten thousand messages."""


def bias_of_correlation(correlation: float) -> float:
    r"""Return the bias that stands for a correlation of two parties' utilities: :math:`b = (1 - \rho) / 4`.

    A convention, not a theorem: it lets words carry everything between parties that rank and weigh all packages alike,
    and nothing from :math:`\rho = 0` on, where what one gains tells nothing of the other.

    Examples
    --------
    >>> bias_of_correlation(1.0), bias_of_correlation(0.0), bias_of_correlation(-1.0)
    (0.0, 0.25, 0.5)
    """
    return (1.0 - correlation) / 4.0

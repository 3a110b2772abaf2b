r"""Brinkmanship as a race of two hazards: who gives way first, if events do not run out of control before.

While neither of two gives way, events run out of control at a rate :math:`\lambda`. With :math:`v_i` what is gained
if the other gives way, and :math:`d_i` what is lost if events run out of control, both against giving way oneself, each
is indifferent where the other's rate of giving way is :math:`h_j = \lambda d_i / v_i`. The chance that events run out
of control is then

.. math:: \frac{1}{1 + d_1/v_1 + d_2/v_2} ,

whatever :math:`\lambda`: rarer accidents make such a contest longer, not safer. After [Schelling1966]_ and
[Powell1990]_; their own models are richer. Who gives way more often in it is an artefact of indifference (the one with
the *smaller* loss does), and is not printed.
"""

from __future__ import annotations

import numpy as np

from detente.maths.compiled import FloatArray


def out_of_control(gain: FloatArray, loss: FloatArray) -> FloatArray:
    """Return the chance that events run out of control before one of two gives way.

    Parameters
    ----------
    gain, loss : (..., 2) float
        Of each of the two, against giving way, above 0.

    Examples
    --------
    >>> out_of_control(np.array([10.0, 10.0]), np.array([90.0, 30.0])).round(6).tolist()
    0.076923
    """
    return np.asarray(1.0 / (1.0 + (loss / gain).sum(axis=-1)))


def yields_first(gain: FloatArray, loss: FloatArray) -> FloatArray:
    """Return the chances that the first and that the second gives way before all else, of shape (..., 2).

    Examples
    --------
    >>> yields_first(np.array([10.0, 10.0]), np.array([90.0, 30.0])).round(6).tolist()
    [0.230769, 0.692308]
    """
    ratios = loss / gain
    return np.asarray(ratios[..., ::-1] / (1.0 + ratios.sum(axis=-1, keepdims=True)))

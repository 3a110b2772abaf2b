r"""Scores of forecasts of events that occur or not: Brier's, with Murphy's decomposition, and the logarithmic one.

For forecasts :math:`p_i` of events with outcomes :math:`o_i \in \{0, 1\}` the Brier score is

.. math:: B = \frac1n \sum_i (p_i - o_i)^2

0 is best, 1 is worst, and a forecast of one half for everything has 0.25. Murphy's decomposition groups equal
forecasts: with :math:`n_k` forecasts of the value :math:`p_k`, of which the share :math:`\bar o_k` occurred, and the
base rate :math:`\bar o`,

.. math:: B = \frac1n \sum_k n_k (p_k - \bar o_k)^2 - \frac1n \sum_k n_k (\bar o_k - \bar o)^2 + \bar o (1 - \bar o),

reliability minus resolution plus uncertainty. The logarithmic score is the mean of minus the natural logarithm of the
probability given to what happened; a certainty that fails makes it infinite.

Both are proper: nobody gains by stating another probability than the one believed. Neither says whether a difference
between two forecasters is more than chance; with few events it mostly is not.

References
----------
[Brier1950]_, p. 1 (here half of his sum over two classes); [Murphy1973]_, eq. 12; [Good1952]_, sec. 8.

.. [Brier1950] Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. *Monthly Weather
   Review* 78, 1-3.
.. [Murphy1973] Murphy, A. H. (1973). A new vector partition of the probability score. *Journal of Applied Meteorology*
   12, 595-600.
.. [Good1952] Good, I. J. (1952). Rational decisions. *Journal of the Royal Statistical Society B* 14, 107-114.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from detente.core.errors import ModelError


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of some forecasts.

    Attributes
    ----------
    number : int
        How many forecasts.
    base_rate : float
        Share of the events that occurred.
    brier : float
        Mean score; lower is better.
    log : float or None
        Mean score; lower is better; None where it is infinite.
    reliability, resolution, uncertainty : float
        Brier score = reliability - resolution + uncertainty.
    skill : float or None
        1 minus the ratio of the Brier score to that of always stating the base rate; None where all events occurred or
        none did, for then the base rate has a score of 0.
    """

    number: int
    base_rate: float
    brier: float
    log: float | None
    reliability: float
    resolution: float
    uncertainty: float
    skill: float | None


def scores(probabilities: Sequence[float], occurred: Sequence[bool]) -> Scores:
    """Return the scores of forecasts of events that occur or not.

    Parameters
    ----------
    probabilities : sequence of float
        Each in [0, 1], dimensionless.
    occurred : sequence of bool
        Whether each event occurred, in the same order.

    Raises
    ------
    ModelError
        If there is no forecast, the two differ in length, or a probability lies outside [0, 1].

    Examples
    --------
    >>> found = scores([0.9, 0.7, 0.7, 0.4, 0.4, 0.1, 0.1, 0.1], [True, True, False, True, False, False, False, True])
    >>> round(found.brier, 4), round(found.reliability, 4), round(found.resolution, 4), found.uncertainty
    (0.2425, 0.0342, 0.0417, 0.25)
    """
    if not probabilities or len(probabilities) != len(occurred):
        raise ModelError(
            where="scores",
            what="forecasts and outcomes do not match",
            got=f"{len(probabilities)} and {len(occurred)}",
            allowed="There is at least one forecast, and one outcome for each",
            hint="Leave forecasts without an outcome out",
        )
    if wrong := [p for p in probabilities if not 0 <= p <= 1]:
        raise ModelError(
            where="scores",
            what="this is not a probability",
            got=wrong[0],
            allowed="Probabilities lie between 0 and 1",
            hint="Correct it",
        )
    number = len(probabilities)
    base = math.fsum(map(float, occurred)) / number
    groups: dict[float, list[bool]] = defaultdict(list)
    for p, o in zip(probabilities, occurred, strict=True):
        groups[p].append(o)
    shares = [(p, len(group), sum(group) / len(group)) for p, group in sorted(groups.items())]
    brier = math.fsum((p - o) ** 2 for p, o in zip(probabilities, occurred, strict=True)) / number
    uncertainty = base * (1 - base)
    said = [p if o else 1 - p for p, o in zip(probabilities, occurred, strict=True)]
    return Scores(
        number=number,
        base_rate=base,
        brier=brier,
        log=None if 0 in said else -math.fsum(map(math.log, said)) / number,
        reliability=math.fsum(n * (p - share) ** 2 for p, n, share in shares) / number,
        resolution=math.fsum(n * (share - base) ** 2 for _, n, share in shares) / number,
        uncertainty=uncertainty,
        skill=None if uncertainty == 0 else 1 - brier / uncertainty,
    )

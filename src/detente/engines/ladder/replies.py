"""How grave answers on record were: the gravest act of one party in the days after an act of the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.maths.compiled import FloatArray, Int64Array

FEWEST = 5
"""Answered acts below which nothing is said of the size of answers."""

CLASSES = ((0.0, 3.0), (3.0, 6.0), (6.0, 10.0))
"""Sizes of acts of conflict on the scale from 0 to 10 without sign: above the first bound, up to the second."""


@dataclass(frozen=True, slots=True)
class AnswerSizes:
    """The sizes of answers to acts of one class: how many acts there were, how many answered, and quantiles.

    `quantiles` are the least, the quartiles and the largest; None where fewer than `FEWEST` were answered.
    """

    low: float
    high: float
    acts: int
    answered: int
    quantiles: tuple[float, float, float, float, float] | None


def answer_sizes(
    act_days: Int64Array, acts: FloatArray, answer_days: Int64Array, answers: FloatArray, last: int, within: int
) -> tuple[AnswerSizes, ...]:
    """Return how grave the gravest act in kind was in the days after each act, by the size of the act.

    Parameters
    ----------
    act_days, answer_days : (n,), (m,) int
        Days as ordinals.
    acts, answers : (n,), (m,) float
        Sizes of acts of conflict without sign, in (0, 10].
    last : int
        The last day of the record; acts without a whole window before it do not count.
    within : int
        Days that an answer may take; acts of the same day have no order and are no answers.

    Examples
    --------
    >>> days = np.array([1, 20, 40, 60, 80])
    >>> found = answer_sizes(days, np.full(5, 2.0), days + 3, np.array([1.0, 2.0, 2.0, 3.0, 5.0]), 200, 14)
    >>> found[0].acts, found[0].answered, found[0].quantiles
    (5, 5, (1.0, 2.0, 2.0, 3.0, 5.0))
    """
    gravest = np.full(len(acts), np.nan)
    for at, day in enumerate(act_days):
        own = answers[(answer_days > day) & (answer_days <= day + within)]
        if len(own):
            gravest[at] = own.max()
    whole = act_days + within <= last
    found = []
    for low, high in CLASSES:
        chosen = whole & (acts > low) & (acts <= high)
        sizes = gravest[chosen]
        sizes = sizes[~np.isnan(sizes)]
        quantiles = np.quantile(sizes, (0.0, 0.25, 0.5, 0.75, 1.0)).tolist() if len(sizes) >= FEWEST else None
        found.append(
            AnswerSizes(low, high, int(chosen.sum()), len(sizes), None if quantiles is None else tuple(quantiles))
        )
    return tuple(found)

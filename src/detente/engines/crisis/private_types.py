"""What fighting is worth to a side that knows its own chance and cost, as equally likely types."""

from __future__ import annotations

import numpy as np

from detente.core.errors import ModelError
from detente.engines.crisis.cost_beliefs import CostBelief
from detente.maths.compiled import FloatArray

FINE = 120
"""Quantiles of each law whose differences are sorted into types."""


def fighting_types(chance: CostBelief, cost: CostBelief, types: int) -> FloatArray:
    """Return so many equally likely values of chance less cost, both independent: the means of equal parts of the law.

    Examples
    --------
    >>> from detente.engines.crisis.cost_beliefs import Uniform, Weighted
    >>> fighting_types(Weighted((0.5,)), Uniform(0.0, 0.4), 2).round(6).tolist()
    [0.2, 0.4]
    """
    if types < 1 or FINE * FINE % types:
        raise ModelError(
            where="crisis.types",
            what="the law cannot be cut into so many equal parts",
            got=types,
            allowed=f"A divisor of {FINE * FINE}",
            hint="Take 12",
        )
    places = (np.arange(FINE) + 0.5) / FINE
    values = np.sort((chance.quantile(places)[:, None] - cost.quantile(places)[None, :]).ravel())
    return np.asarray(values.reshape(types, -1).mean(axis=1))

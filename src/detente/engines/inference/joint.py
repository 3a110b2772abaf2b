r"""The reservation when what packages are worth is itself uncertain: weights and reservation together.

Each draw of a party's weights and values gives every answered package another worth. For draw :math:`s` the
reservation is integrated exactly, by cells, and the draw counts by its evidence

.. math:: e_s = \int f(r) \prod_k P(y_k \mid r, u_{sk})\,dr .

The law of the reservation is then the mixture of the draws' posteriors with weights :math:`e_s / \sum e`, and the mean
of anything that was drawn (an issue's weight) is its mean under the same weights: importance sampling from the prior,
with the reservation integrated out. How many equal draws the weights are worth is :math:`(\sum e)^2 / \sum e^2`
[Kong1992]_.

References
----------
.. [Kong1992] Kong, A. (1992). A note on importance sampling using standardized weights. University of Chicago,
Department
   of Statistics, technical report 348.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.core.errors import ModelError
from detente.engines.inference.cells import Band, Cells
from detente.engines.inference.likelihood import answer_probabilities, grouped
from detente.engines.inference.model import Answers, FloatArray, Prior


@dataclass(frozen=True, slots=True)
class Joint:
    """The law of the reservation over draws of worths, and what the answers say of what was drawn.

    Attributes
    ----------
    prior, posterior : Band
        Of the reservation; None if no draw makes the answers possible.
    effective : float
        How many equal draws the weighted ones are worth, from 1 to their number; 0 where none is possible.
    before, after : (k,) float
        Means of the drawn features, under the prior and under the posterior.
    """

    prior: Band
    posterior: Band | None
    effective: float
    before: FloatArray
    after: FloatArray


def infer_jointly(prior: Prior, answers: Answers, beta: float, worths: FloatArray, features: FloatArray) -> Joint:
    """Return the law of the reservation over draws of what packages are worth.

    Parameters
    ----------
    prior : Prior
        Of the reservation, with distinct bounds, independent of what is drawn.
    answers : Answers
        `n` of them; their own `utility` is not used.
    beta : float
        Precision of answers.
    worths : (s, n) float
        What each package is worth in each draw.
    features : (s, k) float
        What was drawn, such as the weights of issues.

    Raises
    ------
    ModelError
        If the shapes differ, or the prior is a bare number.
    """
    if worths.ndim != 2 or worths.shape[1] != len(answers) or len(features) != len(worths) or not len(worths):
        raise ModelError(
            where="joint inference",
            what="the draws do not fit the answers",
            got=f"{worths.shape} and {features.shape}",
            allowed="One row for each draw, one column for each answer",
        )
    if prior.low == prior.high:
        raise ModelError(
            where="joint inference",
            what="the prior is a bare number",
            got=prior.low,
            allowed="It has distinct bounds",
            hint="Infer without draws",
        )
    cells = Cells.of(prior, worths.ravel()[:0])
    start = cells.band(np.zeros_like(cells.points))
    assert start is not None
    before = features.mean(axis=0)
    points = cells.points.ravel()
    logs = np.empty(len(worths))
    density = np.zeros(len(points))
    top = -np.inf
    for draw, worth in enumerate(worths):
        with np.errstate(divide="ignore"):
            single = np.log(answer_probabilities(replace(answers, utility=worth), points, beta))
        whole = grouped(single, answers.group) if len(answers) else np.zeros(len(points))
        evidence = cells.log_evidence(whole.reshape(cells.points.shape))
        logs[draw] = evidence
        peak = float(whole.max())
        if peak == -np.inf:
            continue
        if peak > top:  # keep the running mixture on the scale of the largest likelihood so far
            density *= np.exp(top - peak) if top > -np.inf else 0.0
            top = peak
        density += np.exp(whole - top)
    if top == -np.inf:
        return Joint(start, None, 0.0, before, before)
    shares = np.exp(logs - logs.max())
    shares /= shares.sum()
    with np.errstate(divide="ignore"):
        mixed = np.log(density).reshape(cells.points.shape)
    return Joint(start, cells.band(mixed), float(1.0 / (shares**2).sum()), before, shares @ features)

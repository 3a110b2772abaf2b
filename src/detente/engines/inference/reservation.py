"""The posterior of a reservation: before and after, step by step, and without each group of observations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.engines.inference.cells import Band, Cells
from detente.engines.inference.likelihood import acceptance, answer_probabilities, grouped
from detente.engines.inference.model import Answers, FloatArray, InferenceModel, IntArray, Prior


@dataclass(frozen=True, slots=True)
class HardBounds:
    """What the answers say if each is taken at its word: the reservation lies between.

    `low` is the best package refused (or declared too little), `high` the worst one accepted; None where there is none.
    `conflict` tells that they exclude each other; they are then reported as they are.
    """

    low: float | None
    high: float | None

    @property
    def conflict(self) -> bool:
        """Whether a refused package was worth more than an accepted one."""
        return self.low is not None and self.high is not None and self.low > self.high


@dataclass(frozen=True, slots=True)
class Step:
    """One group of observations, and what it does.

    Attributes
    ----------
    group, day : int
        As in the model; the day is the first of the group.
    rows : tuple of int
        The answers of the group.
    before, after : Band, optional
        The law before and after it, earlier groups counted; None once answers exclude each other.
    without : Band, optional
        The law from all other groups: with the posterior, what this group alone adds in the end.
    """

    group: int
    day: int
    rows: tuple[int, ...]
    before: Band | None
    after: Band | None
    without: Band | None


@dataclass(frozen=True, slots=True)
class Reservation:
    """The posterior of a reservation, with all that led to it.

    Attributes
    ----------
    prior : Band
        The law before any observation.
    posterior : Band, optional
        After all; None if answers taken at their word exclude each other.
    steps : tuple of Step
        In the order of days, and within a day of group numbers.
    bounds : HardBounds
        From answers that count at all.
    """

    prior: Band
    posterior: Band | None
    steps: tuple[Step, ...]
    bounds: HardBounds

    @property
    def moved(self) -> bool:
        """Whether the posterior differs from the prior."""
        return self.posterior != self.prior


def infer_reservation(prior: Prior, answers: Answers, beta: float) -> Reservation:
    """Return the posterior of a reservation from answers to packages.

    Examples
    --------
    >>> import numpy as np
    >>> no = np.zeros(5, dtype=bool)
    >>> known = Answers(
    ...     np.array([0.3, 0.45, 0.6, 0.55, 0.7]),
    ...     np.array([False, False, True, False, True]),
    ...     no,
    ...     np.ones(5),
    ...     np.zeros(5),
    ...     np.zeros(5),
    ...     np.arange(5),
    ...     np.arange(5),
    ... )
    >>> found = infer_reservation(Prior(0, None, 1), known, 10.0)
    >>> round(found.posterior.mean, 5), found.bounds
    (0.58696, HardBounds(low=0.55, high=0.6))
    """
    order = _groups(answers)
    if prior.low == prior.high:  # a bare number is held for certain
        band = Band(prior.low, 0.0, prior.low, prior.low, prior.low, prior.low)
        certain = tuple(Step(group, day, rows, band, band, band) for group, day, rows in order)
        return Reservation(band, band, certain, _bounds(answers))
    cells = Cells.of(prior, answers.utility)
    logs = _logs(answers, cells, beta)
    flat = np.zeros_like(cells.points)
    start = cells.band(flat)
    assert start is not None
    total = _sum(logs, answers.group, np.arange(len(answers)), flat)
    posterior = cells.band(total) if answers.honesty.any() else start
    steps: list[Step] = []
    before: Band | None = start
    seen: list[int] = []
    for group, day, rows in order:
        silent = not answers.honesty[list(rows)].any()  # a coin flip moves nothing, not even by rounding
        seen += rows
        after = before if silent else cells.band(_sum(logs, answers.group, np.array(seen), flat))
        others = np.flatnonzero(answers.group != group)
        without = posterior if silent else cells.band(_sum(logs, answers.group, others, flat))
        steps.append(Step(group, day, rows, before, after, without))
        before = after
    return Reservation(start, posterior, tuple(steps), _bounds(answers))


def probability_of_yes(model: InferenceModel, utility: float) -> float | None:
    """Return the probability that the party prefers a package to no agreement; None if its answers exclude each other.

    It is the mean of the logit choice over the posterior, with neither hope nor dishonesty.
    """
    prior, answers = model.prior, model.answers
    if prior.low == prior.high:
        return float(acceptance(np.array(utility), np.array(prior.low), model.beta))
    cells = Cells.of(prior, np.append(answers.utility, utility))
    flat = np.zeros_like(cells.points)
    total = _sum(_logs(answers, cells, model.beta), answers.group, np.arange(len(answers)), flat)
    if total.max() == -np.inf:
        return None
    return cells.probability(total, acceptance(np.array(utility), cells.points, model.beta))


def _logs(answers: Answers, cells: Cells, beta: float) -> FloatArray:
    probabilities = answer_probabilities(answers, cells.points.ravel(), beta)
    with np.errstate(divide="ignore"):
        return np.log(probabilities).reshape(len(answers), *cells.points.shape)


def _sum(logs: FloatArray, group: IntArray, rows: IntArray, flat: FloatArray) -> FloatArray:
    return flat if len(rows) == 0 else grouped(logs[rows], group[rows])


def _groups(answers: Answers) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return each group with its first day and its rows, in the order of days."""
    found = []
    for group in np.unique(answers.group):
        rows = np.flatnonzero(answers.group == group)
        found.append((int(answers.day[rows].min()), int(group), tuple(int(row) for row in rows)))
    return [(group, day, rows) for day, group, rows in sorted(found)]


def _bounds(answers: Answers) -> HardBounds:
    """Return the bounds from answers with any honesty."""
    heard = answers.honesty > 0
    yes = answers.utility[heard & answers.accepted & ~answers.line]
    no = answers.utility[heard & (~answers.accepted | answers.line)]
    return HardBounds(float(no.max()) if len(no) else None, float(yes.min()) if len(yes) else None)

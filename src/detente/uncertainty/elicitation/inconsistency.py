"""Answers that do not fit: circles of "counts for more", and single answers that are improbable given all the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from detente.maths.comparisons import cycles, predictive_ordinate
from detente.maths.learning import probability
from detente.uncertainty.elicitation.learner import Answer, Learner, Step, answered

IMPROBABLE = 0.05
"""An answer less probable than this, given the start and all other answers, is shown."""


class Misfit(StrEnum):
    """Why answers are shown again; the value is the word in JSON."""

    CIRCLE = "circle"  # each says that one thing exceeds the next
    IMPROBABLE = "improbable"  # the other answers speak against it
    DEPARTS = "departs"  # what was assumed at the start speaks against it already


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Answers to look at again.

    Attributes
    ----------
    misfit : Misfit
    steps : tuple of int
        Places of the answers, from 0; for a circle in its order.
    probability : float, optional
        Of the single answer, given the start and all other answers; None for a circle.
    """

    misfit: Misfit
    steps: tuple[int, ...]
    probability: float | None = None


def inconsistencies(learner: Learner, steps: Sequence[Step]) -> tuple[Inconsistency, ...]:
    """Return what does not fit: circles first, then single answers, the least probable first."""
    before, after = learner.after(()), learner.after(steps)
    told = [at for at, step in enumerate(steps) if step.answer is not Answer.UNKNOWN]
    single: list[tuple[float, int, Misfit]] = []
    for at, one in zip(told, answered(steps), strict=True):
        likely = predictive_ordinate(probability(after, learner.start, one, learner.consistency))
        if likely < IMPROBABLE:
            at_first = float(np.mean(probability(before, learner.start, one, learner.consistency)))
            single.append((likely, at, Misfit.DEPARTS if at_first < IMPROBABLE else Misfit.IMPROBABLE))
    return (
        *(Inconsistency(Misfit.CIRCLE, circle) for circle in circles(steps)),
        *(Inconsistency(misfit, (at,), likely) for likely, at, misfit in sorted(single)),
    )


def circles(steps: Sequence[Step]) -> tuple[tuple[int, ...], ...]:
    """Return the places of answers that go round in a circle, each saying that one thing exceeds the next."""
    nodes: dict[frozenset[int], int] = {}
    edges, places = [], []
    for at, step in enumerate(steps):
        first, second = (
            nodes.setdefault(frozenset(side), len(nodes)) for side in (step.asked.first, step.asked.second)
        )
        if step.answer is Answer.FIRST:
            edges.append((first, second))
        elif step.answer is Answer.SECOND:
            edges.append((second, first))
        else:
            continue
        places.append(at)
    return tuple(tuple(places[edge] for edge in circle) for circle in cycles(edges))

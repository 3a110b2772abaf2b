"""Inference in one call: the reservation, the red lines, threats, and how far it all hangs on the assumptions."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from detente.core.findings import Findings
from detente.core.progress import Progress
from detente.engines.inference.cells import Band
from detente.engines.inference.lines import Binding, infer_binding, infer_following_through
from detente.engines.inference.model import InferenceModel
from detente.engines.inference.reservation import Reservation, infer_reservation

ASSUMES = (
    "A party has one reservation over the whole record; it does not change with events.",
    "Groups of observations are independent, given what the party holds.",
    "An answer follows the reservation with the stated precision, and else is a coin flip.",
    "Not answered is neither yes nor no.",
)

FACTORS = (0.25, 0.5, 2.0, 4.0, math.inf)
"""By what the precision of answers is multiplied in the sensitivity."""

HOPES = (0.0, 0.5, 0.9)
"""Probabilities of refusing in hope of more that the sensitivity puts in place of all others."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The posterior under another assumption; None where answers then exclude each other."""

    beta: float
    hope: float | None
    posterior: Band | None


@dataclass(frozen=True, slots=True)
class Inference:
    """What a record says of one party.

    Attributes
    ----------
    reservation : Reservation
        Before and after.
    lines : tuple of Binding
        One for each line of the model.
    threats : tuple of Band
        Following through, before and after.
    sensitivity : tuple of Variant
        The posterior of the reservation under other precisions, then under other hopes.
    """

    reservation: Reservation
    lines: tuple[Binding, ...]
    threats: tuple[Band, Band]
    sensitivity: tuple[Variant, ...]


def solve(model: InferenceModel, *, progress: Progress | None = None) -> Findings[Inference]:
    """Return the posteriors of one party's reservation, red lines and threats.

    Parameters
    ----------
    model : InferenceModel
        Priors and observations.
    progress : Progress, optional
        Called with the share done and a word.

    Returns
    -------
    Findings of Inference
        Exactly one. Where nothing moves a prior, the posterior is the prior, to the last digit.
    """
    prior, answers = model.prior, model.answers
    found = infer_reservation(prior, answers, model.beta)
    variants = []
    for factor in FACTORS:
        beta = model.beta * factor
        if beta != model.beta:
            variants.append(Variant(beta, None, infer_reservation(prior, answers, beta).posterior))
    for hope in HOPES:
        other = replace(answers, hope=np.full(len(answers), hope))
        variants.append(Variant(model.beta, hope, infer_reservation(prior, other, model.beta).posterior))
    lines = tuple(infer_binding(line) for line in model.lines)
    notes = []
    if found.bounds.conflict:
        notes.append("A package was refused that is worth more than one that was accepted.")
    if any(line.conflict for line in lines):
        notes.append("What was seen of a red line is impossible, whether it binds or not.")
    if progress is not None:
        progress(1.0, "done")
    inference = Inference(found, lines, infer_following_through(model.threats), tuple(variants))
    parameters: dict[str, object] = {"beta": model.beta, "factors": FACTORS, "hopes": HOPES}
    return Findings("inference", (inference,), ASSUMES, tuple(notes), MappingProxyType(parameters))

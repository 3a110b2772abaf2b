"""The annexes: A the models, B the numbers, C coverage, sources, terms, and how to print the brief again."""

from __future__ import annotations

from collections.abc import Sequence

from detente.brief.annexes.estimates import numbers_annex
from detente.brief.annexes.models import models_annex
from detente.brief.annexes.record import record_annex
from detente.brief.document import Facts, Section
from detente.wording.reading import Reading


def annexes(reading: Reading, facts: Facts, wording: Sequence[str] = ()) -> tuple[Section, ...]:
    """Return annexes A, B and C; `wording` are labels of the case that its own term sheet contests."""
    return (models_annex(reading), numbers_annex(reading), record_annex(reading, facts, wording))

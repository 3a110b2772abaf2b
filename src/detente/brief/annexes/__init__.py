"""The annexes: A the models, B the numbers, C coverage, sources, terms, and how to print the brief again."""

from __future__ import annotations

from collections.abc import Sequence

from detente.brief.annexes.estimates import numbers_annex
from detente.brief.annexes.models import models_annex
from detente.brief.annexes.record import record_annex
from detente.brief.document import Facts, Section
from detente.brief.pictures import Drawing
from detente.wording.reading import Reading


def annexes(
    reading: Reading, facts: Facts, wording: Sequence[str] = (), drawing: Drawing | None = None
) -> tuple[Section, ...]:
    """Return annexes A, B and C; `wording` are labels of the case that its own term sheet contests.

    Without `drawing` the pictures are left out: they carry the numbers of the statements, which follow the text.
    """
    return (
        models_annex(reading, drawing),
        numbers_annex(reading),
        record_annex(reading, facts, wording, drawing),
    )

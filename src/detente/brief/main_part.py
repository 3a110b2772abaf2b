"""Sections 0 to 8: what fits on four pages, from dated public positions."""

from __future__ import annotations

from detente.brief.document import Section
from detente.brief.sections.bottom import bottom_section
from detente.brief.sections.closing import efforts_section, questions_section, wrong_section
from detente.brief.sections.consent import consent_section
from detente.brief.sections.ground import ground_section
from detente.brief.sections.paper import paper_section
from detente.brief.sections.voices import fears_section, no_deal_section
from detente.wording.reading import Reading
from detente.wording.sentence import Sentence


def main_part(reading: Reading, *, stance_note: Sentence | None = None) -> tuple[Section, ...]:
    """Return sections 0 to 8."""
    return (
        bottom_section(reading, stance_note),
        consent_section(reading),
        paper_section(reading),
        fears_section(reading),
        no_deal_section(reading),
        ground_section(reading),
        efforts_section(),
        questions_section(reading),
        wrong_section(reading),
    )

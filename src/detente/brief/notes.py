"""The statements that a brief rests on, numbered in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable

from detente.brief.document import Note, Paragraph, Points, Section, runs_of
from detente.case.case import Case
from detente.wording.statements import how_known, says, when, where


def notes(case: Case, sections: Iterable[Section]) -> tuple[Note, ...]:
    """Return a note for each statement cited in these sections, then for each that a sentence rests on."""
    chapters = tuple(sections)
    cited = [item for section in chapters for run in runs_of(section) for item in run.cites]
    rested = [
        item
        for section in chapters
        for block in section.blocks
        if isinstance(block, (Paragraph, Points))
        for one in block.sentences
        for item in one.rests_on
    ]
    ids = [item for item in dict.fromkeys((*cited, *rested)) if item in case.statement]
    return tuple(
        Note(
            number=number,
            statement=item,
            says=says(case, case.statement[item]),
            when=when(case.statement[item]),
            where=where(case, case.statement[item]),
            how_known=how_known(case.statement[item]),
        )
        for number, item in enumerate(ids, 1)
    )

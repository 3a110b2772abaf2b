"""What the engines on crises, signals and ladders add, where the case says what could be fought over.

Annex A gets a paragraph for each, with its assumptions and how far they may move; section 8 names the judgements on
which they hang, without numbers. Shares of a stake, who would yield and who would prefer to fight under which numbers
stay on the analyst's screen: in a document that may leak, such a line reads as a demand or a forecast.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.brief.document import Block, Paragraph, Points
from detente.registry.crisis import crisis_report
from detente.registry.ladder import ladder_report
from detente.registry.signals import signals_report
from detente.wording import crisis_print, ladder, signals
from detente.wording.reading import Reading
from detente.wording.sentence import Sentence

WORDS = ((crisis_report, crisis_print), (signals_report, signals), (ladder_report, ladder))


def crisis_blocks(reading: Reading) -> Iterator[Block]:
    """Yield the paragraphs of annex A on confrontations, signals and the ladder; nothing where none is coded."""
    case = reading.case
    if case.crisis is None:
        return
    for report_of, words in WORDS:
        report = report_of(case)
        if said := tuple(words.annex_sentences(case, report)):
            yield Paragraph(said)
        if turns := tuple(words.turning_sentences(case, report)):
            yield Points(turns)


def crisis_hinges(reading: Reading) -> tuple[Sentence, ...]:
    """Return the judgements on which it hangs whether there is anything that both sides prefer to fighting."""
    if reading.case.crisis is None:
        return ()
    return tuple(crisis_print.hinge_sentences(reading.case, crisis_report(reading.case)))

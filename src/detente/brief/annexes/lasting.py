"""What the graph model adds, where the case writes one: what would last, and where it differs from settlement.

An assumed model is not printed: it is a first look for whoever runs the command, and rests on nothing in the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.brief.document import Block, Paragraph
from detente.engines.stability import Concept
from detente.registry.stability import stability_report
from detente.registry.stability_text import text_states
from detente.wording.reading import Reading
from detente.wording.sentence import Sentence
from detente.wording.stability_annex import annex_sentences, disagreement_sentences
from detente.wording.stability_inverse import text_sentences

CONCEPTS = (Concept.NASH, Concept.SEQ)


def stability_blocks(reading: Reading) -> Iterator[Block]:
    """Yield the paragraph of annex A on the graph model; nothing where the case writes none."""
    if reading.case.stability is not None:
        report = stability_report(reading.case, concepts=CONCEPTS, draws=0)
        yield Paragraph(tuple(annex_sentences(reading.case, report)))


def stability_disagreements(reading: Reading) -> tuple[Sentence, ...]:
    """Return where the graph model and the settlement model differ, and what the latest text would take to last.

    Nothing where the case writes no graph model; of texts only where it says which states they are.
    """
    if reading.case.stability is None:
        return ()
    report = stability_report(reading.case, concepts=CONCEPTS, draws=0)
    texts = text_sentences(reading.case, report, text_states(reading.case)[:1])
    return (*disagreement_sentences(reading, report), *texts)

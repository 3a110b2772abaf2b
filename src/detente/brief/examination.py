"""What a brief is held to before it is written: words, numbers, sentences.

A number is counted when it is a quantity stated in the prose of sections 0 to 8, in figures or in words ("five
variants", "15 of the 24 files" counts two). Dates, the numbers of lists, notes, articles and sections, quantities in
tables, and anything inside quoted words or names are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.brief.document import Brief, Section, runs_of, sentences_of
from detente.case.case import Case
from detente.wording.bottom_line import MOST_NUMBERS, MOST_SENTENCES
from detente.wording.never_print import term_violations, violations
from detente.wording.sentence import Kind, Sentence

_FIGURE = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand)\b")


def numbers_in_prose(brief: Brief) -> tuple[str, ...]:
    """Return the quantities stated in the prose of the main part, in order."""
    return tuple(
        run.text
        for section in brief.sections
        for sentence in sentences_of(section)
        for run in sentence.runs
        if run.kind is Kind.NUMBER and run.text not in {"no", "none"}
    )


def own_words(sentence: Sentence) -> str:
    """Return what the program says itself in a sentence; a label or a quotation becomes an ellipsis."""
    return "".join(run.text if run.kind in {Kind.OWN, Kind.NUMBER} else "…" for run in sentence.runs)


def faults(brief: Brief) -> tuple[str, ...]:
    """Return every never-print rule and limit that a brief breaks, as sentences; a brief with any is not written."""
    found = []
    for section in (*brief.sections, *brief.annexes):
        broken = [violation for text in _own_texts(section) for violation in violations(text)]
        if section in brief.sections:
            for one in sentences_of(section):
                broken += violations(own_words(one), section=section.key)
        found += [f"section {section.mark}: {v.rule}, “{v.found}”: {v.reason}" for v in dict.fromkeys(broken)]
    bottom = tuple(sentences_of(brief.section("bottom")))
    if len(bottom) > MOST_SENTENCES:
        found.append(f"section 0 has {len(bottom)} sentences; at most {MOST_SENTENCES} are allowed")
    counted = numbers_in_prose(brief)
    if len(counted) > MOST_NUMBERS:
        found.append(f"the main part states {len(counted)} numbers; at most {MOST_NUMBERS} are allowed")
    found += [f"section {s.mark}: an uncounted number in “{words}”" for s, words in _uncounted(brief)]
    return tuple(found)


def contested_words(case: Case, brief: Brief) -> tuple[str, ...]:
    """Return the wordings that the case's term sheet contests and the program's own sentences use."""
    texts = dict.fromkeys(text for section in (*brief.sections, *brief.annexes) for text in _own_texts(section))
    return tuple(dict.fromkeys(v.found for text in texts for v in term_violations(case, text)))


def contested_labels(case: Case, sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Return the names and titles of the case that use a wording contested by its term sheet, or never printed here."""
    labels = dict.fromkeys(run.text for section in sections for run in runs_of(section) if run.kind is Kind.LABEL)
    return tuple(text for text in labels if term_violations(case, text) or violations(text))


def _own_texts(section: Section) -> tuple[str, ...]:
    return tuple(dict.fromkeys(run.text for run in runs_of(section) if run.kind in {Kind.OWN, Kind.NUMBER}))


def _uncounted(brief: Brief) -> Iterator[tuple[Section, str]]:
    for section in brief.sections:
        for sentence in sentences_of(section):
            for run in sentence.runs:
                if run.kind is Kind.OWN and _FIGURE.search(run.text):
                    yield section, run.text

"""How a statement is shown: who says it, when, how well its source was read, how far it can be proved."""

from __future__ import annotations

import datetime
import re

from detente.case.case import Case
from detente.core.fields import text_of
from detente.evidence.claims import AgreedText
from detente.evidence.source import Grade
from detente.evidence.statement import CitationLevel, Statement

GRADE_WORDS = {
    Grade.PRIMARY: "primary text read",
    Grade.EXCERPT: "excerpt of the primary text",
    Grade.NEWS: "news agency",
    Grade.COMMENTARY: "commentary",
    Grade.MEMORY: "memory",
}
LEVEL_WORDS = {
    CitationLevel.SPAN: "proved character by character",
    CitationLevel.LOCATOR: "document and place named",
    CitationLevel.MEMORY: "not proved",
}


def told_from(text: AgreedText) -> str:
    """Return what stands behind the title of an agreed text whose principles are told from memory, else nothing."""
    return " [its principles from memory]" if text.grade is Grade.MEMORY else ""


def day(date: datetime.date) -> str:
    """Return a date as "17 December 2021"."""
    return f"{date.day} {date:%B} {date.year}"


def short_day(date: datetime.date) -> str:
    """Return a date as "17 Dec 2021"."""
    return f"{date.day} {date:%b} {date.year}"


def when(statement: Statement) -> str:
    """Return when a statement was made, else since when it is public."""
    if statement.happened is None:
        return f"public since {short_day(statement.public_since)}"
    first, last = statement.happened.first, statement.happened.last
    made = short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"
    late = f", public since {short_day(statement.public_since)}" if statement.public_since > last else ""
    return made + late


def says(case: Case, statement: Statement, *, beside: str | None = None) -> str:
    """Return the paraphrase, with the actor named in front where the paraphrase does not name it.

    Where the actor's name stands beside it, as in a row of a table, it is not named again.
    """
    text = text_of(statement.says)
    if beside is not None and beside == next((actor for actor in statement.actors if actor in case.party), None):
        return text
    names = [text_of(case.party[actor].name) for actor in statement.actors if actor in case.party]
    if not names or any(mentions(text, name) for name in names) or statement.voice.split()[0] in text:
        return text
    return f"{_head(names[0])}: {text}"


def _head(name: str) -> str:
    return re.split(r" \(|,", name)[0]


def mentions(text: str, name: str) -> bool:
    """Return whether a text names a party by its name, a word with the same stem, or its initials."""
    head = _head(name)
    initials = "".join(word[0] for word in head.split() if word[0].isupper())
    stems = [word[:5] for word in head.split() if len(word) > 4 and word not in {"United", "Union", "States"}]
    named = len(initials) > 1 and re.search(rf"(?<![\w-]){initials}(?![\w-])", text) is not None
    return head in text or named or any(stem in text for stem in stems)


def where(case: Case, statement: Statement) -> str:
    """Return the sources and places of a statement."""
    places = []
    for citation in statement.cites:
        title = text_of(case.source[citation.source].title) if citation.source in case.source else citation.source
        places.append(f"{title}, {citation.locator}" if citation.locator else title)
    return "; ".join(places)


def how_known(statement: Statement) -> str:
    """Return the grade of the source and the level of the citation in words."""
    grade, level = GRADE_WORDS[statement.grade], LEVEL_WORDS[statement.level]
    return f"{grade}; {level}"

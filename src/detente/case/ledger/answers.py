"""What was answered and what was not, article by article and item by item."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.package import Answer, AnswerStatus

ANSWERED = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED, AnswerStatus.OWN_STATEMENT})


@dataclass(frozen=True, slots=True)
class AnswerTally:
    """How one addressee answered one text: numbers of articles or items by status.

    `through` counts the articles left to another party's answer (such as an alliance's).
    """

    text: str
    addressee: str
    articles: int
    answered: int
    partly_answered: int
    own_statement: int
    no_answer: int
    through: int


def tallies(case: Case) -> tuple[AnswerTally, ...]:
    """Return the tally of each (text, addressee) that has answers coded, in file order."""
    groups: dict[tuple[str, str], list[Answer]] = {}
    for answer in case.answers:
        if answer.status is not AnswerStatus.NOT_ADDRESSED:
            groups.setdefault((answer.text, answer.addressee), []).append(answer)
    return tuple(_tally(text, addressee, answers) for (text, addressee), answers in groups.items())


def _tally(text: str, addressee: str, answers: list[Answer]) -> AnswerTally:
    number = Counter(answer.status for answer in answers)
    return AnswerTally(
        text=text,
        addressee=addressee,
        articles=len(answers),
        answered=number[AnswerStatus.ANSWERED],
        partly_answered=number[AnswerStatus.PARTLY_ANSWERED],
        own_statement=number[AnswerStatus.OWN_STATEMENT],
        no_answer=number[AnswerStatus.NO_ANSWER],
        through=sum(answer.through is not None for answer in answers),
    )


def unanswered(case: Case) -> tuple[Answer, ...]:
    """Return the articles and items to which no answer was found and for which nobody else answered."""
    return tuple(a for a in case.answers if a.status is AnswerStatus.NO_ANSWER and a.through is None)


@dataclass(frozen=True, slots=True)
class Silence:
    """An article or item that none of its addressees answered, in what was read."""

    text: str
    article: str | None
    item: str | None
    issues: tuple[str, ...]
    addressees: tuple[str, ...]


def silences(case: Case) -> tuple[Silence, ...]:
    """Return the articles and items that no addressee answered at all."""
    groups: dict[tuple[str, str | None, str | None], list[Answer]] = {}
    for answer in case.answers:
        if answer.status is not AnswerStatus.NOT_ADDRESSED:
            item = None if answer.item is None else str(answer.item)
            groups.setdefault((answer.text, answer.article, item), []).append(answer)
    return tuple(
        Silence(
            text,
            article,
            item,
            tuple(dict.fromkeys(answer.issue for answer in answers)),
            tuple(dict.fromkeys(answer.addressee for answer in answers)),
        )
        for (text, article, item), answers in groups.items()
        if not any(answer.status in ANSWERED for answer in answers)
    )

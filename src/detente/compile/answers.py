"""A party's answers to whole packages, as the record has them: tabled, signed, refused, countered, or no answer.

Only an answer to a whole text or package counts. Who would accept an option says nothing of whether the whole is better
than no agreement; who is silent has not answered.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from detente.case.case import Case
from detente.case.package import AnswerStatus, PackageStatus, TabledText
from detente.case.position import Basis, Position, Stance
from detente.case.tabled import demanded_in, positions_in
from detente.evidence.statement import Statement


class Reaction(StrEnum):
    """What a party did with a package."""

    TABLED = "tabled"
    SIGNED = "signed"
    REFUSED = "refused"
    COUNTERED = "countered"

    @property
    def accepts(self) -> bool:
        """Whether the package is at least as good as no agreement to who does so."""
        return self in {Reaction.TABLED, Reaction.SIGNED}


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """One answer to one package.

    `package` gives for each issue the options that the package may hold; `statements` are the party's own.
    """

    item: str
    reaction: Reaction
    package: Mapping[str, tuple[str, ...]]
    statements: tuple[Statement, ...]
    day: datetime.date


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A text or package from which nothing can be inferred of a party, and why."""

    item: str
    reason: str


def recorded_answers(case: Case, party: str) -> tuple[tuple[RecordedAnswer, ...], tuple[NoAnswer, ...]]:
    """Return a party's answers in the order of days, and what it did not answer."""
    found = [*_to_texts(case, party), *_to_packages(case, party)]
    answers = [one for one in found if isinstance(one, RecordedAnswer)]
    return (
        tuple(sorted(answers, key=lambda one: (one.day, one.item))),
        tuple(one for one in found if isinstance(one, NoAnswer)),
    )


def _to_texts(case: Case, party: str) -> Iterator[RecordedAnswer | NoAnswer]:
    for text in case.texts:
        package = {issue: tuple(options) for issue, options in demanded_in(case, text).items()}
        mine = [position for position in positions_in(case, text) if position.party == party]
        if party in text.authors:
            if not package:
                yield NoAnswer(text.id, "no option that it demands is coded")
            elif not mine:
                yield NoAnswer(text.id, "tabled with others, and no statement of its own is coded in it")
            else:
                yield RecordedAnswer(text.id, Reaction.TABLED, package, _taken_in(case, mine), text.public_since)
        elif _is_addressed(case, text, party):
            yield _reply(case, text, party, package)


def _is_addressed(case: Case, text: TabledText, party: str) -> bool:
    groups = (case.party[name] for name in text.addressees if name in case.party)
    if party in text.addressees or any(party in group.members for group in groups):
        return True
    return any(text.id in reply.replies_to and party in reply.authors for reply in case.texts)


def _reply(
    case: Case, text: TabledText, party: str, package: Mapping[str, tuple[str, ...]]
) -> RecordedAnswer | NoAnswer:
    if not package:
        return NoAnswer(text.id, "no option that it demands is coded")
    replies = [one for one in case.texts if text.id in one.replies_to and party in one.authors]
    written = [
        position
        for reply in replies
        for position in positions_in(case, reply)
        if position.party == party  # a co-author's words are no words of this party
    ]
    if written:
        refused = any(_rules_out(position, package) for position in written)
        reaction = Reaction.REFUSED if refused else Reaction.COUNTERED
        return RecordedAnswer(text.id, reaction, package, _taken_in(case, written), min(map(case.day_of, written)))
    given = [
        case.position[name]
        for answer in case.answers
        if answer.text == text.id and answer.addressee == party
        and answer.status in {AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED}
        for name in answer.because
        if name in case.position and case.position[name].party == party
    ]  # fmt: skip
    refusing = [position for position in given if _rules_out(position, package)]
    if refusing:
        day = min(map(case.day_of, refusing))
        return RecordedAnswer(text.id, Reaction.REFUSED, package, _taken_in(case, refusing), day)
    if given:
        return NoAnswer(text.id, "it answered on single issues and ruled out nothing that is demanded")
    if text.status is PackageStatus.REFUSED:
        return NoAnswer(text.id, "listed as refused, by no coded statement of the party")
    return NoAnswer(text.id, "no answer of its own is coded; that is neither yes nor no")


def _to_packages(case: Case, party: str) -> Iterator[RecordedAnswer | NoAnswer]:
    for package in case.packages:
        own = [_own_statement(case, party, name) for name in package.because]
        statements = tuple(dict.fromkeys(one for one in own if one is not None))
        if party not in package.authors and package.status is not PackageStatus.SIGNED:
            yield NoAnswer(package.id, "no answer to it is coded; that is neither yes nor no")
        elif not statements:
            yield NoAnswer(package.id, "no statement of the party is coded with it")
        else:
            reaction = Reaction.SIGNED if package.status is PackageStatus.SIGNED else Reaction.TABLED
            choice = {issue: (option,) for issue, option in package.choice.items()}
            day = min(statement.public_since for statement in statements)
            yield RecordedAnswer(package.id, reaction, choice, statements, day)


def _own_statement(case: Case, party: str, name: str) -> Statement | None:
    """Return the statement that an item names or was taken in, if the party is an actor of it."""
    statement = case.statement.get(case.position[name].because[0] if name in case.position else name)
    return statement if statement is not None and party in statement.actors else None


def _rules_out(position: Position, package: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether a position rules out in words all that a package would have on its issue."""
    demanded = package.get(position.issue, ())
    return bool(demanded) and all(said_of(position, option, Stance.RULES_OUT) for option in demanded)


def said_of(position: Position, option: str, *stances: Stance) -> bool:
    """Return whether a position takes one of these stances on an option in words."""
    said = position.stances.get(option)
    return said is not None and said.stance in stances and said.basis is Basis.STATED


def _taken_in(case: Case, positions: Sequence[Position]) -> tuple[Statement, ...]:
    """Return the statements in which positions were taken, each once."""
    names = dict.fromkeys(position.because[0] for position in positions)
    return tuple(case.statement[name] for name in names)

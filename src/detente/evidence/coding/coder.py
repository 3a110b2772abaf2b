"""From a document to codings: clauses, the acts they carry, and who says and does what to whom, about what and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from detente.evidence.coding.acts import STRONG, Fired, Reading, clause_string, fired_on, matchable, read, weighed
from detente.evidence.coding.calibration import calibrated
from detente.evidence.coding.clauses import Clause, clauses_of
from detente.evidence.coding.coding import Coding, Guess, Time
from detente.evidence.coding.discourse import Discourse, discourse_of
from detente.evidence.coding.garbled import cut_off, damage
from detente.evidence.coding.lexicon import Lexicon
from detente.evidence.coding.modality import is_hedged, is_negated, kind_of
from detente.evidence.coding.roles import roles_of
from detente.evidence.coding.rules import RuleSet, general_rules
from detente.evidence.coding.subjects import subject_of
from detente.evidence.coding.times import time_of
from detente.evidence.coding.voices import voice_of
from detente.evidence.happened import Happened
from detente.evidence.reading.document import Document

MOST_NOTHING = 0.6
"""A clause that carries no act with at least this probability is left out."""

UNREAD = "unread"
"""What stands for the rule where damaged words carry no act that is recognised."""

CLOSE = 0.03
"""Where the second act is as probable as the act but for so little, a person looks first."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A clause, or verbs of one subject, with the rules that fired, before they are weighed."""

    clause: Clause
    string: str
    fired: tuple[Fired, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A coding, the reading of its act, and why its voice, actors and subject are what they are.

    A coding that a model proposed has no reading.
    """

    coding: Coding
    reading: Reading | None
    reasons: Mapping[str, str]


def code_document(
    document: Document, lexicon: Lexicon, rules: RuleSet | None = None, *, written: Happened | None = None
) -> tuple[Coding, ...]:
    """Return the acts in the body of a document, in the order of its text.

    Parameters
    ----------
    document : Document
        As it was read.
    lexicon : Lexicon
        Names and subjects, from `general_lexicon()` or a case.
    rules : RuleSet, optional
        The rules that see acts; those that come with the program if left out.
    written : Happened, optional
        When it was written, where that is known better than the document says.

    Returns
    -------
    tuple of Coding
        Proposals for a person to review: about half of the acts are not as a person would code them (see the page on
        the coder's quality). The same document, lexicon and rules give the same codings.
    """
    return tuple(one.coding for one in explained(document, lexicon, rules, written=written))


def code_documents(
    documents: Iterable[Document], lexicon: Lexicon, rules: RuleSet | None = None
) -> Iterator[tuple[Document, tuple[Coding, ...]]]:
    """Yield each document with its codings; one document is held at a time."""
    for document in documents:
        yield document, code_document(document, lexicon, rules)


def explained(
    document: Document, lexicon: Lexicon, rules: RuleSet | None = None, *, written: Happened | None = None
) -> Iterator[Explained]:
    """Yield the codings of a document with what decided them; see `code_document`."""
    rules = general_rules() if rules is None else rules
    written = document.published if written is None else written
    scene = discourse_of(
        document.text,
        lexicon,
        _day(written),
        author=document.author.value if document.author else None,
        title=document.title.value if document.title else None,
    )
    precedent: Time | None = None
    body = document.body()
    cut = cut_off(document.text, body)
    for paragraph in body:
        for clause, reading in _read(document.text, paragraph.start, paragraph.end, rules):
            broken = damage(document.text, clause.start, clause.end)
            if broken is None and cut is not None and clause.sentence_end > cut[0] and clause.end > cut[0]:
                broken = cut[1]
            if not carries_act(clause, reading):
                if broken is None:
                    continue
                yield _unread(_coded(scene, clause, reading, lexicon, written, precedent, broken), broken)
                continue
            one = _coded(scene, clause, reading, lexicon, written, precedent, broken)
            precedent = one.coding.time or precedent
            yield one


def _unread(one: Explained, broken: str) -> Explained:
    """Return a damaged clause in which no act is recognised, for a person to read: its act is a guess."""
    coding = replace(
        one.coding,
        second_act=None,
        confidence=0.0,
        rule=UNREAD,
        review=f"unread: {broken}",
        guessed=(Guess.ACT, *one.coding.guessed),
    )
    return replace(one, coding=coding)


def _day(written: Happened | None) -> datetime.date | None:
    return None if written is None else written.last


def _coded(
    scene: Discourse,
    clause: Clause,
    reading: Reading,
    lexicon: Lexicon,
    written: Happened | None,
    precedent: Time | None,
    broken: str | None,
) -> Explained:
    """Return the coding of one clause of a text."""
    words = scene.text[clause.start : clause.end]
    voice = voice_of(scene, clause.start, clause.end, reading.act)
    roles = roles_of(scene, clause.start, clause.end, reading.act, voice)
    about = subject_of(scene.text, clause.start, clause.end, lexicon)
    sentence = scene.text[clause.sentence_start : clause.sentence_end]
    begin = clause.sentence_start
    coding = Coding(
        clause.start,
        clause.end,
        reading.act,
        reading.second,
        voice.voices,
        voice.attribution,
        roles.actors,
        roles.targets,
        kind_of(reading.act, voice.attribution, words),
        round(calibrated(reading.p_act), 2),
        reading.rule,
        about.topic,
        about.issue,
        about.option,
        time_of(sentence, clause.start - begin, clause.end - begin, written, precedent),
        is_negated(words),
        is_hedged(words),
        broken or _review(reading, roles.actors),
        roles.guessed,
    )
    reasons = {"voice": voice.reason, "actor": roles.reason, **({"topic": about.reason} if about.reason else {})}
    return Explained(coding, reading, reasons)


def _review(reading: Reading, actors: tuple[str, ...]) -> str | None:
    """Return why a person has to look first, None where the coding waits like any other."""
    if not actors:
        return "no actor is named"
    if reading.p_act - reading.p_second < CLOSE:
        return f"{reading.act} and {reading.second} are as likely"
    return None


def heard(text: str, start: int, end: int, rules: RuleSet) -> Iterator[tuple[Heard, ...]]:
    """Yield what is heard in each sentence of characters [start, end)."""
    for place, group in groupby(clauses_of(text, start, end), key=lambda one: (one.sentence_start, one.sentence_end)):
        sentence = f" ^ {matchable(text, *place)}"
        found: list[Heard] = []
        for clause in group:
            string = clause_string(text, clause)
            one = Heard(clause, string, fired_on(string, sentence, rules))
            joined = None
            if found and not clause.has_subject and clause.lead_start is None and not clause.is_dependent:
                joined = _joined(found[-1], one)
            if joined is None:
                found.append(one)
            else:
                found[-1] = joined
        yield tuple(found)


def readings(
    text: str, start: int, end: int, rules: RuleSet, weights: Mapping[str, Mapping[str, float]] | None = None
) -> Iterator[tuple[Clause, Reading]]:
    """Yield the clauses of characters [start, end) that carry an act, with the act.

    Parameters
    ----------
    weights : mapping, optional
        What was learnt about rules and circumstances; the program's own if left out, `{}` for none.
    """
    for clause, reading in _read(text, start, end, rules, weights):
        if carries_act(clause, reading):
            yield clause, reading


def carries_act(clause: Clause, reading: Reading) -> bool:
    """Return whether a clause is taken to carry an act; a heading in which nothing is recognised carries none."""
    return (bool(reading.fired) or clause.has_verb) and reading.p_nothing < MOST_NOTHING


def _read(
    text: str, start: int, end: int, rules: RuleSet, weights: Mapping[str, Mapping[str, float]] | None = None
) -> Iterator[tuple[Clause, Reading]]:
    """Yield every clause of characters [start, end) with what is most likely in it."""
    for sentence in heard(text, start, end, rules):
        for place, one in enumerate(sentence):
            yield (
                one.clause,
                read(text, one.clause, one.string, one.fired, place=place, of=len(sentence), weights=weights),
            )


def _joined(before: Heard, after: Heard) -> Heard | None:
    """Return two verbs of one subject as one clause, None if each carries an act of its own."""
    one, other = weighed(before.fired), weighed(after.fired)
    if (
        max(one.values(), default=0) >= STRONG
        and max(other.values(), default=0) >= STRONG
        and before.fired[0].act is not after.fired[0].act
    ):
        return None
    known = {fired.name for fired in before.fired}
    return Heard(
        replace(before.clause, end=after.clause.end),
        before.string + after.string.removeprefix(" ^ "),
        before.fired + tuple(fired for fired in after.fired if fired.name not in known),
    )

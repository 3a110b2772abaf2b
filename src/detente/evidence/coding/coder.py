"""From a document to codings: clauses, the acts they carry, and who says and does what to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from detente.evidence.coding.acts import STRONG, Fired, Reading, clause_string, fired_on, matchable, read, weighed
from detente.evidence.coding.clauses import Clause, clauses_of
from detente.evidence.coding.rules import RuleSet

MOST_NOTHING = 0.6
"""A clause that carries no act with at least this probability is left out."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A clause, or verbs of one subject, with the rules that fired, before they are weighed."""

    clause: Clause
    string: str
    fired: tuple[Fired, ...]


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
    """Yield the clauses of characters [start, end) that carry an act, with the act."""
    for sentence in heard(text, start, end, rules):
        for place, one in enumerate(sentence):
            reading = read(text, one.clause, one.string, one.fired, place=place, of=len(sentence), weights=weights)
            if reading.p_nothing < MOST_NOTHING:
                yield one.clause, reading


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

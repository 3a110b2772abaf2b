"""From a document to codings: clauses, the acts they carry, and who says and does what to whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from detente.evidence.coding.acts import DEFAULT_WEIGHT, Reading, clause_string, matchable, reading_of
from detente.evidence.coding.clauses import Clause, clauses_of
from detente.evidence.coding.rules import RuleSet
from detente.evidence.statement import Act

STRONG = 4.0


def readings(text: str, start: int, end: int, rules: RuleSet) -> Iterator[tuple[Clause, Reading]]:
    """Yield the clauses of characters [start, end) that carry an act, with the act."""
    for place, group in groupby(clauses_of(text, start, end), key=lambda one: (one.sentence_start, one.sentence_end)):
        yield from _sentence(text, place, tuple(group), rules)


def _sentence(
    text: str, place: tuple[int, int], clauses: tuple[Clause, ...], rules: RuleSet
) -> Iterator[tuple[Clause, Reading]]:
    sentence = f" ^ {matchable(text, *place)}"
    found = [(clause, reading_of(clause_string(text, clause), sentence, rules)) for clause in clauses]
    for clause, reading in found:
        if reading is not None:
            yield clause, reading
        elif not clause.is_dependent and not any(one for _, one in found):
            yield clause, Reading(Act.ASSESS_PERCEPTION, None, DEFAULT_WEIGHT, ())

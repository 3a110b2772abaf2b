"""The subject that a verb shares with one before it: "Peru rejected the draft and proposed another".

A clause without a subject of its own that "and", "but", "or" or "then" joins to the clause before has that clause's
subject. A comma before the co-ordinator takes it out of a relative clause ("Peru, which ..., and proposed"). After what
somebody is reported to say it may go on with the report or with its teller; the tense tells where a future is
followed by a past ("said that Chile would leave and demanded a date": who said demanded), else the nearer is taken and
marked as guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.evidence.coding.clauses import Clause, begins_with_past, begins_with_verb, clauses_of
from detente.evidence.coding.discourse import Discourse
from detente.evidence.coding.heads import antecedent, subject_of
from detente.evidence.coding.references import Reference
from detente.evidence.coding.syntax import is_oblique, sentence_start

_JOINED = re.compile(
    r"(?P<comma>[,;])?\s+(?:and|but|or|nor|yet|then)\s+(?:(?:then|also|later|further|in turn|thus|therefore|\w+ly)\s+)*"
    r"(?:,[^,]{1,60},\s+)?$"
)
_FUTURE = re.compile(r"\b(?:will|would|shall|should|must|may|might|can|could)\b")
_BACK = 90
"""Characters before a verb in which its co-ordinator stands."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The subject of the verb before, and whether another one would fit as well."""

    subject: tuple[Reference, ...]
    guessed: bool


def is_joined(scene: Discourse, start: int, end: int) -> bool:
    """Return whether characters [start, end) begin with a verb that a co-ordinator joins to one before it."""
    joined = _JOINED.search(scene.text, max(0, start - _BACK), start)
    return joined is not None and begins_with_verb(scene.text, start, end)


def shared_subject(scene: Discourse, start: int, end: int) -> Shared | None:
    """Return the subject that the verb at the start of characters [start, end) shares with a verb before it.

    Returns
    -------
    Shared or None
        None where no co-ordinator joins it, where it has a subject of its own, or where the verb before has a subject
        that is no actor.
    """
    text = scene.text
    joined = _JOINED.search(text, max(0, start - _BACK), start)
    if joined is None or not begins_with_verb(text, start, end):
        return None
    for clause in reversed(clauses_of(text, sentence_start(text, start), joined.start())):
        whom = antecedent(scene, clause.start)
        if whom is not None and clause.is_dependent:
            if joined["comma"] is None:
                return Shared((whom,), guessed=False)
            continue
        found = subject_of(scene, scene.within(clause.start, clause.end), clause.start, clause.end)
        if not found and not clause.has_subject:
            continue
        return _chosen(scene, clause, found, start, end)
    return None


def _chosen(scene: Discourse, clause: Clause, found: Sequence[Reference], start: int, end: int) -> Shared | None:
    """Return the subject of a clause, or of what reports it."""
    if clause.lead_start is not None and clause.lead_end is not None:
        tellers = [one for one in scene.within(clause.lead_start, clause.lead_end) if one.is_head]
        teller = next((one for one in tellers if not is_oblique(scene.text, one.start)), None)
        if teller is not None:
            goes_on = begins_with_past(scene.text, start, end) and _FUTURE.search(scene.text, clause.start, clause.end)
            if goes_on or not found:
                return Shared((teller,), guessed=not goes_on)
            return Shared(tuple(found), guessed=teller.actors != found[0].actors)
    return Shared(tuple(found), guessed=False) if found else None

"""What a clause is like apart from the rules that fire on it: its mood, its person, its place in the sentence.

Circumstances carry no act of their own. They move the balance between acts: a clause in the first person and the future
is rather a commitment than a forecast, a short one without a verb rather nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.evidence.coding.clauses import Clause

_WORDS = {
    "future": r" (?:will|shall|going to|would|may|might|could) ",
    "will": r" (?:will|shall) ",
    "would": r" would ",
    "may": r" (?:may|might|could) ",
    "must": r" (?:must|should|ought|has to|have to|needs?) ",
    "if": r" (?:if|unless|should|until|once|when|before|provided) ",
    "not": r" (?:not|no|never|nobody|nothing|neither|nor|none) ",
    "we": r" (?:we|i|our|my|us) ",
    "you": r" you ",
    "question": r" \? ",
    "perfect": r" (?:has|have|had) ",
    "be": r" (?:is|are|was|were|be) ",
    "passive": r" (?:is|are|was|were|been|be) \w+ed ",
    "shall": r" shall ",
    "they": r" (?:he|she|they) ",
    "participle": r"\^ \w+ing ",
}
_FOUND = {name: re.compile(pattern) for name, pattern in _WORDS.items()}
SHORT, LONG = 8, 22


def circumstances(text: str, clause: Clause, string: str, *, place: int, of: int) -> Iterator[str]:
    """Yield the circumstances of a clause, the `place`-th (from 0) of the clauses `of` its sentence."""
    yield "always"
    yield from (name for name, pattern in _FOUND.items() if pattern.search(string))
    length = string.count(" ") - 1
    if length < SHORT:
        yield "short"
    if length > LONG:
        yield "long"
    if not clause.has_subject:
        yield "no-subject"
    if clause.is_dependent:
        yield "dependent"
    if not clause.has_verb:
        yield "no-verb"
    if clause.lead_start is not None:
        yield "reported"
    if _within_quotes(text, clause.start):
        yield "quoted"
    if place == 0:
        yield "first"
    if of > 1:
        yield "of-several"


def _within_quotes(text: str, at: int) -> bool:
    """Whether a quotation is open here; an opening mark further back than a page is taken as a slip."""
    before = text[max(0, at - PAGE) : at]
    paragraph = before[before.rfind("\n\n") + 1 :]
    return paragraph.rfind("“") > paragraph.rfind("”") or paragraph.count('"') % 2 == 1


PAGE = 3000

"""The grammatical subject of a clause: the actors that stand as heads before its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.evidence.coding.clauses import is_past
from detente.evidence.coding.discourse import Discourse
from detente.evidence.coding.references import Reference
from detente.evidence.coding.syntax import is_oblique, sentence_start

RELATIVE = re.compile(r"(?:who|which|whose|that)\b")
_RELATIVE_BEFORE = re.compile(r"\b(?:who|which|whose)\s+$")
ANTECEDENT = 40
"""Characters between a relative pronoun and whom it stands for."""
_BETWEEN = re.compile(r"\bbetween (?:the )?$")


def antecedent(scene: Discourse, start: int) -> Reference | None:
    """Return whom the relative pronoun at the start of a clause, or right before it, stands for."""
    text = scene.text
    before = _RELATIVE_BEFORE.search(text, max(0, start - 10), start)
    at = start if before is None else before.start()
    if before is None and RELATIVE.match(text, start) is None:
        return None
    near = scene.within(max(sentence_start(text, at), at - ANTECEDENT), at)
    return near[-1] if near else None


def subject_of(scene: Discourse, inside: Sequence[Reference], start: int, end: int) -> list[Reference]:
    """Return the heads before the verb: the first that is no object of a preposition, with those joined to it."""
    text = scene.text
    if RELATIVE.match(text, start, end):
        return []
    owner: list[Reference] = []
    for number, one in enumerate(inside):
        if _BETWEEN.search(text, max(0, one.start - 14), one.start):
            return with_joined(scene, inside, number)
        if one.actors != ("",) and not is_oblique(text, one.start, start):
            if _after_verb(text, start, one.start):
                break
            if one.is_head or _possesses_act(text, one):
                return with_joined(scene, inside, number)
            owner = owner or [one]
    return owner


_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|shall|should|must|may|might|can|could|did|"
    r"does|do|cannot|won't|isn't|aren't|didn't)\b"
    r"|(?<=[a-z] )\b\w{3,}ed\b"
)
_STARTS = re.compile(
    r"[,;:—(]\s*|\b(?:while|when|if|as|that|because|before|after|until|unless|whether|since|"
    r"although|though|and|but|or|where|how|what|why)\b\s*"
)
_POSSESSED_ACT = re.compile(r"(?:al|ion|ment|ance|ence|er|ure|nd|at|ge|st|ise|ure|sal|ack|aid|ort|ing|ch|ea|ll)s?$")


def _after_verb(text: str, start: int, at: int) -> bool:
    """Return whether a verb with another subject, or none, stands before a place: then the actor there is an object."""
    head = _STARTS.split(text[start:at])[-1]
    first = _FIRST_WORD.match(text[start:at])
    if first is not None and _VERB_FIRST.fullmatch(first[1]) and not _STARTS.search(text[start + 1 : at]):
        return True
    words = _WORD.findall(head)
    verbs = (place for place, word in enumerate(words) if is_past(word) or (word in _NOUNS_TOO and place))
    return _FINITE.search(head) is not None or any(place or words[0] not in _ADJECTIVES for place in verbs)


_WORD = re.compile(r"[\w’'-]+")
_NOUNS_TOO = frozenset({"left", "led", "put", "set", "cut", "found", "let", "hurt"})
_ADJECTIVES = frozenset(
    {"armed", "united", "retired", "disputed", "allied", "occupied", "divided", "combined", "isolated", "besieged"}
)
"""Past forms that stand before a name as adjectives."""
_FIRST_WORD = re.compile(r"\W*(?:and |but |or |then |also |further |in turn |now |only )*([\w’'-]+)")
_VERB_FIRST = re.compile(
    r"to|will|would|shall|has|have|had|is|are|was|were|must|should|may|might|can|could|not|"
    r"[a-z]\w{2,}(?:ed|ing|es)"
)


def _possesses_act(text: str, one: Reference) -> bool:
    return bool(one.of) and _POSSESSED_ACT.search(one.of) is not None


_JOINED = re.compile(
    r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+or\s+|\s+as well as\s+|\s+along with\s+|-|–|"
    r"/)(?:the\s+|its\s+|his\s+|their\s+|President\s+|both\s+)*"
)


def with_joined(scene: Discourse, inside: Sequence[Reference], number: int) -> list[Reference]:
    """Return a reference and those joined to it by a comma or "and" with nothing but nouns between."""
    joined = [inside[number]]
    for one in inside[number + 1 :]:
        between = scene.text[joined[-1].end : one.start]
        noun = joined[-1].of
        if noun and between.lower().startswith((f" {noun}", f"’s {noun}", f"'s {noun}")):
            between = between[between.lower().index(noun) + len(noun) :]
        if _JOINED.fullmatch(between) is None:
            break
        joined.append(one)
    return joined

"""Whether a stretch of text looks damaged; what is damaged goes to a person and is never repaired silently."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from detente.evidence.coding.clauses import clauses_of, sentences_of
from detente.evidence.coding.spelling import no_word
from detente.evidence.coding.words import word_list
from detente.evidence.reading.document import Paragraph

MOJIBAKE = re.compile(r"Ã[\x80-\xbf€-™]|â€|Â[\xa0-\xbf]|Ð[\x80-\xbf]|ï¿½|\ufffd")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
GLUED = re.compile(r"[a-z]{4,}(?:[A-Z][a-z]{3,})")
GLUED_NAMES = re.compile(r"\b(?:Mac|Mc|De|Di|Le|La|Van|Fitz)[A-Z]")
STOPPED = re.compile(r"\b(?:the|a|an|and|or|with|by|from|President|Minister|Vladimir)\s*[.!?](?:\s|$)")
DOUBLED = re.compile(r"\b(the|a|an|of|to|and|in|that|is|was|for|with)\s+\1\b", re.I)
FRAGMENT = re.compile(r"[.!?]\s+(?=[a-z]{2,}\s)")
ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|vs|etc|e\.g|i\.e|cf|Art|Arts|No|Nos|par|para|paras|Gen|Col|Lt|Jan|Feb|Mar|"
    r"Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|p|pp|approx|ca|al)[.]\s+$"
)
BROKEN_WORD = re.compile(r"\b[a-z]{2,}- [a-z]{2,}\b")
SUSPENDED = re.compile(r"\b[a-z]+- (?:and|or|to|und)\b")
SIGNS_INSIDE = re.compile(r"[a-z](?:[#$@‡†¤§]|[01])[a-z]")
UNFINISHED = re.compile(r"\b(?:the|an|and|their)\s*[.!?](?:\s|$)")
CLOSED = re.compile(r"[.!?…:;][\"”’')\]»*_]*\s*$")
BREAK = re.compile(r"[a-z]{2}[-‐\u00ad]\s*$")
ITEM = re.compile(r"\s*(?:[-•*–]|\(?\w{1,3}[.)])\s")
SHORTEST_SENTENCE = 4
"""Words that the last piece of a document has at least, to be a sentence that was cut off."""
ADDRESS = re.compile(r"\S+@[\w-]+\.[\w.]+|\bhttps?://\S+")
SPACED = re.compile(r"(?:\b\w\s){6,}")


def garbled(text: str) -> str | None:
    """Return why a stretch of text looks damaged, or None.

    Looked for: characters decoded wrongly, control characters, words run together or broken at a line end, a word
    doubled, a sentence that stops after an article or begins in small letters, signs inside words, letters set apart,
    letters that make no word (see `spelling`).

    Examples
    --------
    >>> garbled("It was signed by the President. of the republic.")
    'a sentence stops in the middle'
    >>> garbled("It was signed by the President of the republic.") is None
    True
    """
    for reason, looks in _SIGNS:
        if looks(text):
            return reason
    return None


def damage(text: str, start: int, end: int) -> str | None:
    """Return why a clause, characters [start, end) of a text, looks damaged, or None; its stop counts too."""
    reason = garbled(text[start:end])
    if reason is None and UNFINISHED.search(text[start : end + 2]):
        return "a sentence stops in the middle"
    return reason


def cut_off(text: str, body: Sequence[Paragraph]) -> tuple[int, str] | None:
    """Return where the last sentence of a document begins and why it looks cut off, or None.

    A document is cut off if it ends within a word, or if its last sentence has no stop although what comes before has:
    earlier sentences of the same paragraph, or at least half of the paragraphs. A last line without a verb (a name, a
    place, a heading) is no sentence, unless it ends in an article, a preposition or "and".

    Examples
    --------
    >>> text = "Peru rejected the map. Chile said that it would not"
    >>> cut_off(text, [Paragraph(1, 0, len(text))])
    (23, 'the document stops in the middle of a sentence')
    """
    if not body:
        return None
    last = body[-1]
    sentences = list(sentences_of(text, last.start, last.end))
    if not sentences:
        return None
    start, end = sentences[-1]
    piece = text[start:end]
    if CLOSED.search(piece):
        return None
    if BREAK.search(piece):
        return start, "the document stops in the middle of a word"
    before = [CLOSED.search(text[one:other]) is not None for one, other in sentences[:-1]]
    others = [CLOSED.search(text[one.start : one.end]) is not None for one in body[:-1]]
    if not (any(before) or (others and 2 * sum(others) >= len(others))) or len(piece.split()) < SHORTEST_SENTENCE:
        return None
    if piece.split()[-1].lower() in _LEADING_ON:
        return start, "the document stops in the middle of a sentence"
    has_verb = any(one.has_verb for one in clauses_of(text, start, end))
    if not has_verb or (not any(before) and ITEM.match(piece)):
        return None
    return start, "the document stops in the middle of a sentence"


def _fragment(text: str) -> bool:
    return any(
        not ABBREVIATED.search(text[: match.end()]) and text[match.start()] == "." for match in FRAGMENT.finditer(text)
    )


def _signs(text: str) -> bool:
    return bool(SIGNS_INSIDE.search(text)) and bool(SIGNS_INSIDE.search(ADDRESS.sub(" ", text)))


def _glued(text: str) -> bool:
    return any(not GLUED_NAMES.search(match.group()) for match in GLUED.finditer(text))


def _broken(text: str) -> bool:
    return bool(BROKEN_WORD.search(SUSPENDED.sub("", text)))


_SIGNS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("characters decoded wrongly", MOJIBAKE.search),
    ("control characters", CONTROL.search),
    ("a sentence stops in the middle", STOPPED.search),
    ("a sentence begins in the middle", _fragment),
    ("words run together", _glued),
    ("a word broken at a line end", _broken),
    ("a word doubled", DOUBLED.search),
    ("signs inside a word", _signs),
    ("letters set apart", SPACED.search),
    ("letters that make no word", no_word),
)
_LEADING_ON = word_list("determiners") | word_list("prepositions") | word_list("coordinators")

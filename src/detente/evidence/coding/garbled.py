"""Whether a stretch of text looks damaged; what is damaged goes to a person and is never repaired silently."""

from __future__ import annotations

import re
from collections.abc import Callable

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
SPACED = re.compile(r"(?:\b\w\s){6,}")


def garbled(text: str) -> str | None:
    """Return why a stretch of text looks damaged, or None.

    Looked for: characters decoded wrongly, control characters, words run together or broken at a line end, a word
    doubled, a sentence that stops after an article or begins in small letters, signs inside words, letters set apart.

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


def _fragment(text: str) -> bool:
    return any(
        not ABBREVIATED.search(text[: match.end()]) and text[match.start()] == "." for match in FRAGMENT.finditer(text)
    )


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
    ("signs inside a word", SIGNS_INSIDE.search),
    ("letters set apart", SPACED.search),
)

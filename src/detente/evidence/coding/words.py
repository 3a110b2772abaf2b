"""A text as words with their places, and as the string that patterns are matched against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_TOKEN = re.compile(r"\w+(?:[’'.\-&/]\w+)*|[^\w\s]")
_CONTRACTED = re.compile(r"(.+?)(n't|'s|'ll|'d|'re|'ve|'m)$")
_IRREGULAR = {"won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not")}
_FULL = {"n't": "not", "'ll": "will", "'d": "would", "'re": "are", "'ve": "have", "'m": "am", "'s": "'s"}
_NAMES = {"US": "u-s", "May": "month"}
"""Names that in small letters would be other words."""

KEPT = frozenset("?!")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: characters [start, end), its text as written and in lower case with straight apostrophes."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number rather than a mark."""
        return self.text[0].isalnum() or self.text[0] == "_"


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words and marks of characters [start, end)."""
    return [
        Token(found.start(), found.end(), found.group(), found.group().lower().replace("’", "'"))
        for found in _TOKEN.finditer(text, start, len(text) if end is None else end)
    ]


def plain_words(token: Token) -> tuple[str, ...]:
    """Return a token as patterns see it: contractions taken apart, marks gone.

    Examples
    --------
    >>> [plain_words(token) for token in tokens("Won't Iran’s")]
    [('will', 'not'), ('iran', "'s")]
    """
    word = _NAMES.get(token.text, token.lower)
    if not token.is_word:
        return (word,) if word in KEPT else ()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if "'" in word and (found := _CONTRACTED.fullmatch(word)):
        return found.group(1), _FULL[found.group(2)]
    return (word,)


def word_list(name: str) -> frozenset[str]:
    """Return one of the lists of `data/words.yaml`."""
    return frozenset(_word_lists()[name].split())


@cache
def _word_lists() -> dict[str, str]:
    text = (files("detente.evidence.coding") / "data" / "words.yaml").read_text(encoding="utf-8")
    lists: dict[str, str] = yaml.safe_load(text)
    return lists

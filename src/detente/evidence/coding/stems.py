"""A light stemmer: forms of one English word become one, without a dictionary.

It takes off plural, possessive, participle and nominal endings, so that "withdrawal", "withdrawn" and "withdraws" meet.
It errs on the side of keeping words apart; a subject that needs another form lists it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

import yaml

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = tuple(
    (ending, instead)
    for instead, endings in (
        ("ise", "isations izations isation ization ised ized ises izes ize"),
        ("ate", "ational ations ation"),
        ("ive", "iveness"),
        ("e", "ements ement"),
        ("", "ments ment"),
        ("ity", "ities"),
        ("", "ings ing"),
        ("y", "ies ied"),
        ("", "als al"),
        ("or", "ors"),
        ("", "ers er"),
        ("ss", "sses"),
        ("ch", "ches"),
        ("sh", "shes"),
        ("x", "xes"),
        ("", "ed"),
        ("w", "wn"),
        ("", "ly s"),
    )
    for ending in endings.split()
)
_SHORTEST = 4


def stems_of(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a text, in their order, without words that carry no content.

    Examples
    --------
    >>> stems_of("The withdrawal of troops was verified; inspectors withdraw")
    ('withdraw', 'troop', 'verify', 'inspector', 'withdraw')
    """
    return tuple(stem(word) for word in content_words(text))


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without those that carry no content.

    Examples
    --------
    >>> content_words("No new missiles in the border zone")
    ('missiles', 'border', 'zone')
    """
    return tuple(word for word in map(str.lower, _WORD.findall(text)) if word not in word_list("stop"))


@cache
def word_list(key: str) -> frozenset[str]:
    """Return a list of words of `data/subjects/words.yaml`: `stop` without content, `common` to every negotiation."""
    text = (files("detente.evidence.coding") / "data" / "subjects" / "words.yaml").read_text(encoding="utf-8")
    return frozenset(str(word) for word in yaml.safe_load(text)[key])


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of one word."""
    word = re.sub(r"['’](?:s|ve|re|ll|d|t|m)?$", "", word.lower())
    if word in word_list("keep") or (not word.isascii() and len(word) <= _SHORTEST):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + instead
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word

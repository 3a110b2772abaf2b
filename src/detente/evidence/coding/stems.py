"""A light stemmer: forms of one English word become one, without a dictionary.

It takes off plural, possessive, participle and nominal endings, so that "withdrawal", "withdrawn" and "withdraws" meet.
It errs on the side of keeping words apart; a subject that needs another form lists it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = (
    ("isations", "ise"), ("izations", "ise"), ("isation", "ise"), ("ization", "ise"), ("ational", "ate"), ("ations", "ate"), ("ation", "ate"),
    ("iveness", "ive"), ("ements", "e"), ("ement", "e"), ("ments", ""), ("ment", ""), ("ities", "ity"), ("ings", ""), ("ing", ""),
    ("ised", "ise"), ("ized", "ise"), ("ises", "ise"), ("izes", "ise"), ("ize", "ise"), ("ies", "y"), ("ied", "y"), ("als", ""), ("al", ""),
    ("ors", "or"), ("ers", ""), ("er", ""), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ed", ""), ("wn", "w"), ("ly", ""), ("s", ""),
)  # fmt: skip
_SHORTEST = 4
_KEEP = frozenset(
    ["series", "species", "news", "always", "perhaps", "thus", "this", "his", "its", "was", "has", "does", "us", "is", "as", "yes", "less", "various", "previous"]
)
STOP_WORDS = frozenset(
    ["a", "an", "the", "and", "or", "but", "nor", "so", "of", "to", "in", "on", "at", "by", "for", "from", "with", "without", "within", "into", "onto", "over", "under", "between", "among", "against", "about", "as", "than", "then", "that", "this", "these", "those", "there", "here", "it", "its", "he", "she", "they", "them", "their", "his", "her", "we", "us", "our", "you", "your", "i", "me", "my", "who", "whom", "whose", "which", "what", "when", "where", "why", "how", "be", "is", "are", "was", "were", "been", "being", "am", "do", "does", "did", "done", "have", "has", "had", "having", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "not", "no", "any", "all", "some", "each", "every", "both", "either", "neither", "more", "most", "less", "least", "very", "much", "many", "few", "other", "another", "such", "only", "own", "same", "if", "because", "while", "until", "before", "after", "again", "further", "once", "during", "through", "up", "down", "out", "off", "per", "via", "etc", "also", "just", "even", "still", "yet", "ever", "never", "one", "two", "new"]
)


def stems_of(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a text, in their order, without words that carry no content.

    Examples
    --------
    >>> stems_of("The withdrawal of troops was verified; inspectors withdraw")
    ('withdraw', 'troop', 'verify', 'inspector', 'withdraw')
    """
    words = (word.lower() for word in _WORD.findall(text))
    return tuple(stem(word) for word in words if word not in STOP_WORDS)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of one word."""
    word = re.sub(r"['’](?:s|ve|re|ll|d|t|m)?$", "", word.lower())
    if word in _KEEP or (not word.isascii() and len(word) <= _SHORTEST):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + instead
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word

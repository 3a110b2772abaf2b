"""Words that are no words: letters in an order that English does not have, or a known word with two letters swapped.

No dictionary is used, so only what is certain is named: a small word without a vowel, a run of consonants that no word
has, a letter three times in a row, and a word that becomes one of the coder's own (its verbs in all forms and the words
of its rules) when two neighbouring letters change places or a doubled one goes. Names, abbreviations, foreign words and
words in capitals are left alone; so is every text that is not English. What is found is shown, never mended.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from detente.evidence.coding.clauses import verb_forms
from detente.evidence.coding.names import role_nouns
from detente.evidence.coding.rules import general_rules
from detente.evidence.coding.words import word_list

SHORTEST = 4
"""Letters of a word that is looked at."""

SHORTEST_SWAPPED = 6
"""Letters of a word in which two may have changed places; shorter ones are too often other words."""

_WORD = re.compile(r"(?<![\w.@/#’'&-])[a-z]{4,}(?![\w@/’'&-]|\.\w)")
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|was|that|for|with|has|have|will)\b")
_NO_VOWEL = re.compile(r"[^aeiouy]+")
_TRIPLE = re.compile(r"([a-z])\1\1")
_NEVER_DOUBLED = re.compile(r"([ahijkquvwxy])(?=\1)|^([b-df-np-z])(?=\2)")
_CONSONANT = "[bcdfghjklmnpqrstvwxz]"
_BEGINS = re.compile(rf"(?!sch|phth|psch|tsch|dzh|tzs|szcz){_CONSONANT}{{4}}")
_RUN = re.compile(rf"{_CONSONANT}{{6}}")
_COMPOUNDS = re.compile(r"tchphr|tchstr|ghtsch|ghtstr|rthstr|lthstr|ghthl|ngthsc|ghtspr|rchstr|ndschm|rstschm|rscht")
_ENDS = re.compile(rf"{_CONSONANT}{{5}}$")
_MEASURES = re.compile(
    r"(?:[kmg]?(?:wh|bps|hz|pbs|bq)|mmhg|kmph|https?|html|psst|brrr|grrr|hmmm+|mmmm+|pdf|xml|mph|kph|bcm|mbbl)s?"
)
_OTHER_WORDS = frozenset(
    (
        *("casual", "causal", "casually", "causally", "sacred", "scared", "untied", "united", "unties", "unites"),
        *("unclear", "nuclear", "martial", "marital", "barley", "barely", "sliver", "silver", "slivers", "singed"),
        *("prefect", "prefects", "dairies", "diaries", "angles", "angels", "calvary", "cavalry", "trails", "trailed"),
        *("carving", "carvings", "craving", "cravings", "carved", "craved", "crated", "carted", "braked", "barked"),
        *("braking", "barking", "skating", "broader", "boarder", "aligned", "compiled", "compiles", "sparse", "spares"),
        *("warping", "preformed", "resides", "deserts", "tribal", "gander", "reserve", "reverse"),
    )
)
"""Words that another word becomes when two letters change places: no sign of damage."""


@cache
def known_words() -> frozenset[str]:
    """Return the words that the coder knows for certain: its verbs in all forms, and those of its rules and lists."""
    examples = (word for rule in general_rules().rules for one in rule.examples for word in one.split())
    nouns = (word for listed in role_nouns().values() for one in listed for word in one.split())
    lists = (word for name in ("prepositions", "subordinators", "determiners") for word in word_list(name))
    words = (word.strip(".,;:!?“”\"()'’").lower() for word in (*examples, *nouns, *lists))
    return frozenset((*verb_forms(), *(word for word in words if word.isalpha() and len(word) >= SHORTEST)))


def no_word(text: str) -> str | None:
    """Return the first word of a text that is certainly none, or None.

    Examples
    --------
    >>> no_word("The envoy rejcected the plan of the council.") is None
    True
    >>> no_word("The envoy rejetced the plan of the council.")
    'rejetced'
    """
    if _ENGLISH.search(text) is None:
        return None
    return next((found[0] for found in _WORD.finditer(text) if _is_no_word(found[0])), None)


@lru_cache(maxsize=20_000)
def _is_no_word(word: str) -> bool:
    if word in known_words() or word in _OTHER_WORDS or _MEASURES.fullmatch(word):
        return False
    if _NO_VOWEL.fullmatch(word) or _TRIPLE.search(word) or _BEGINS.match(word):
        return True
    run = _RUN.search(word)
    if run is not None and _COMPOUNDS.search(word) is None:
        return True
    if _ENDS.search(word) and not word.endswith(("ths", "sts", "scht", "schts")):
        return True
    return len(word) >= SHORTEST_SWAPPED and (_is_swapped(word) or _is_doubled(word))


def _is_swapped(word: str) -> bool:
    """Return whether a word becomes a known one when two neighbouring letters inside it change places."""
    return any(
        word[at] != word[at + 1] and word[:at] + word[at + 1] + word[at] + word[at + 2 :] in known_words()
        for at in range(1, len(word) - 1)
    )


def _is_doubled(word: str) -> bool:
    """Return whether a word becomes a known one without a letter that English does not double there."""
    places = (found.start() for found in _NEVER_DOUBLED.finditer(word))
    return any(word[:at] + word[at + 1 :] in known_words() for at in places)

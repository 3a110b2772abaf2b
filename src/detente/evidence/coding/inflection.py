"""The written forms of an English word: what `withdraw+` stands for in a rule.

Regular spelling (-s, -ed, -ing, with the silent e, y to i, and a doubled last consonant) and a table of irregular
verbs. Forms that nobody writes ("admited") come along with those that are written: they cost nothing, since no text
has them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

_VOWELS = frozenset("aeiou")


@cache
def irregular_verbs() -> dict[str, tuple[str, ...]]:
    """Return base form -> its irregular past and participle forms."""
    text = (files("detente.evidence.coding") / "data" / "irregular_verbs.yaml").read_text(encoding="utf-8")
    return {base: tuple(forms.split()) for base, forms in yaml.safe_load(text).items()}


@cache
def inflections(word: str) -> tuple[str, ...]:
    """Return a word's forms as verb and as noun, the base first.

    Examples
    --------
    >>> inflections("deny")
    ('deny', 'denied', 'denies', 'denying')
    >>> inflections("withdraw")
    ('withdraw', 'withdrawed', 'withdrawing', 'withdrawn', 'withdraws', 'withdrew')
    """
    head, _, rest = word.partition("-")
    irregular = irregular_verbs().get(word, ())
    if not irregular and rest in irregular_verbs():  # re-open is regular, over-fly is not
        irregular = tuple(f"{head}-{form}" for form in irregular_verbs()[rest])
    forms = {word, *irregular, *_regular(word)}
    return (word, *sorted(forms - {word}))


def past_forms(word: str) -> tuple[str, ...]:
    """Return the past and participle forms, in which a verb is a verb for certain more often than not."""
    irregular = irregular_verbs().get(word)
    return irregular if irregular is not None else tuple(form for form in _regular(word) if form.endswith("ed"))


def _regular(word: str) -> set[str]:
    stem = word[:-1]
    last, before = word[-1:], word[-2:-1]
    if last == "y" and before not in _VOWELS:
        return {f"{stem}ies", f"{stem}ied", f"{word}ing"}
    if last == "e":
        return {f"{word}s", f"{word}d", f"{word}ing" if word.endswith("ee") else f"{stem}ing"}
    forms = {f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{word}s"}
    forms |= {f"{word}ed", f"{word}ing"}
    if last not in _VOWELS and last not in "wxyh" and before in _VOWELS and word[-3:-2] not in _VOWELS:
        forms |= {f"{word}{last}ed", f"{word}{last}ing"}
    return forms

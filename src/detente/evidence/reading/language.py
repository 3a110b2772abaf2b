"""Which language a text is in, by a model that is part of an installed library: offline, the same answer everywhere."""

from __future__ import annotations

from collections.abc import Iterable

LEAST_LETTERS = 40  # of an alphabet; a Chinese, Japanese or Korean character counts for four
_SAMPLE = 10_000
_LEAST_LEAD = 5.0  # by how much the best log-likelihood must lead the second


def load_model() -> None:
    """Load the model, which takes a second; `language_of` does so by itself when it is first needed."""
    from py3langid import rank

    rank("")


def language_of(parts: Iterable[str]) -> str | None:
    """Return the ISO 639-1 code of the language of a text, None where it is too short or too mixed to tell.

    Parameters
    ----------
    parts : iterable of str
        The paragraphs of the body; the first 10,000 characters are looked at.
    """
    text = ""
    for part in parts:
        text += part[: _SAMPLE - len(text)] + " "
        if len(text) >= _SAMPLE:
            break
    if sum(4 if "\u3040" <= one <= "\ud7af" else one.isalpha() for one in text) < LEAST_LETTERS:
        return None
    from py3langid import rank

    (best, first), (_, second) = rank(text)[:2]
    return str(best) if first - second >= _LEAST_LEAD else None

"""The little syntax that actors and voices need: where sentences break, and what a preposition governs."""

from __future__ import annotations

import re

SENTENCE_BREAK = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(A-ZÀ-Þ—])|\n\s*\n")
_PREPOSITION = re.compile(
    r"\b(?:of|to|from|with|by|against|on|in|for|at|towards?|between|among|over|into|about|"
    r"under|upon|through|without|within|behind|near|than|like|despite|including|"
    r"alongside)\s+(?:(?:the|its|his|her|their|a|an|some|all|any|both|former|new|whole|other|"
    r"rival)\s+)*(?:[\w-]+\s)?$"
)


def is_oblique(text: str, at: int, start: int = 0) -> bool:
    """Return whether a reference is the object of a preposition in its clause: "with Iran", "of the Ethiopian side"."""
    window = text[max(start, at - 40) : at]
    found = _PREPOSITION.search(window)
    if found is None:
        return False
    between = window[found.start() :].split()
    return len(between) <= 3


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence of a place begins."""
    begin = max(0, at - 600)
    last = begin
    for found in SENTENCE_BREAK.finditer(text, begin, min(len(text), at + 1)):
        last = found.end()
    return last

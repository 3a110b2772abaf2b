"""Where the words of a citation stand in a document that has changed: there still, elsewhere, in other words, or gone.

Cheap and certain first. What lies before the first change or after the last one is where it was, or moved as a whole.
Words that stand elsewhere letter by letter are found again; of several such places the one with the same surroundings
is meant, and where none stands out a person has to say. What is left is compared letter by letter with every place of
the new text, and the closest is offered for review if it is close enough. Whether changed words still say the same is
not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from detente.core.errors import EvidenceError, MissingExtraError
from detente.evidence.verify import span_hash

CLOSE_ENOUGH = 0.75
"""Least similarity at which changed words are offered for review: 1 less the share of letters put in or taken out."""

SURROUNDINGS = 200
"""Characters on each side of a place by which one of several places is told from the others."""

_WORD_END = re.compile(r"\w")


class Found(StrEnum):
    """What became of a span."""

    SAME = "same"  # the same words at the same place
    MOVED = "moved"  # the same words elsewhere
    CHANGED = "changed"  # similar words, or several places that could be meant: a person has to look
    VANISHED = "vanished"  # nothing close enough


@dataclass(frozen=True, slots=True)
class Anchored:
    """A span of the old text and where it is in the new one.

    Attributes
    ----------
    old : (int, int)
        Characters [start, end) of the old text.
    new : (int, int) or None
        Those of the new text; None if it vanished.
    similarity : float
        1 for the same words, else how similar they are, from 0 to 1.
    places : int
        How many places have these very words.
    """

    old: tuple[int, int]
    found: Found
    new: tuple[int, int] | None = None
    similarity: float = 1.0
    places: int = 1


def reanchor(old_text: str, new_text: str, spans: Iterable[tuple[int, int]]) -> tuple[Anchored, ...]:
    """Return where spans of a text are in its new version.

    Parameters
    ----------
    old_text, new_text : str
        The document before and after.
    spans : iterable of (start, end)
        Characters [start, end) of the old text.

    Returns
    -------
    tuple of Anchored
        One for each span, in the given order. Against the same text every span is the same; text put in front of all
        moves all; a span whose words nobody touched is never lost.

    Raises
    ------
    EvidenceError
        If a span is empty or does not lie in the old text.
    MissingExtraError
        If words changed and the extra that compares them is not installed.

    Examples
    --------
    >>> old, new = "No. We will not sign this.", "Yes and no. No. We shall never sign this."
    >>> [(one.found.value, one.new) for one in reanchor(old, new, [(0, 3), (4, 26)])]
    [('moved', (12, 15)), ('changed', (16, 41))]
    """
    edges = _Edges(old_text, new_text)
    return tuple(_anchored(edges, start, end) for start, end in spans)


def relocate(new_text: str, length: int, sha256_16: str) -> tuple[int, ...]:
    """Return where the words of a span stand in a text of which only their length and hash are known.

    Every place of that length is hashed, so it finds what was left or moved as it was, and nothing that was changed.
    """
    return tuple(
        start
        for start in range(len(new_text) - length + 1)
        if length > 0 and span_hash(new_text[start : start + length]) == sha256_16
    )


class _Edges:
    """Two texts and what they have in common at their beginning and end, which do not overlap."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        shorter = min(len(old), len(new))
        self.head = next((k for k in range(shorter) if old[k] != new[k]), shorter)
        rest = shorter - self.head
        self.tail = next((k for k in range(rest) if old[-1 - k] != new[-1 - k]), rest)


def _anchored(edges: _Edges, start: int, end: int) -> Anchored:
    old, new = edges.old, edges.new
    if not 0 <= start < end <= len(old):
        raise EvidenceError(
            where="anchoring.reanchor",
            what="this span does not lie in the old text",
            got=f"{start} to {end}",
            allowed=f"A span begins before it ends, within the {len(old)} characters of the text",
            hint="Pass the text that the span was taken from",
        )
    words = old[start:end]
    places = tuple(_places(new, words))
    if end <= edges.head:
        return Anchored((start, end), Found.SAME, (start, end), places=len(places))
    if start >= len(old) - edges.tail:
        shift = len(new) - len(old)
        found = Found.MOVED if shift else Found.SAME
        return Anchored((start, end), found, (start + shift, end + shift), places=len(places))
    if places:
        return _chosen(edges, start, end, places)
    return _closest(new, words, start, end)


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _chosen(edges: _Edges, start: int, end: int, places: tuple[int, ...]) -> Anchored:
    """Return the place with the same surroundings, for review if two have equally much of them."""
    shared = {place: _shared(edges, start, end, place) for place in places}
    most = max(shared.values())
    best = [place for place in places if shared[place] == most]
    new = min(best, key=lambda place: (abs(place - start), place))
    length = end - start
    if len(best) > 1:
        found = Found.CHANGED
    else:
        found = Found.SAME if new == start else Found.MOVED
    return Anchored((start, end), found, (new, new + length), places=len(places))


def _shared(edges: _Edges, start: int, end: int, place: int) -> int:
    """Return how many characters before and after a place are those around the old one, up to the first difference."""
    old, new, length = edges.old, edges.new, end - start
    before = 0
    while before < SURROUNDINGS and before < min(start, place) and old[start - before - 1] == new[place - before - 1]:
        before += 1
    after = 0
    room = min(len(old) - end, len(new) - place - length)
    while after < SURROUNDINGS and after < room and old[end + after] == new[place + length + after]:
        after += 1
    return before + after


def _closest(new: str, words: str, start: int, end: int) -> Anchored:
    """Return the most similar place, widened to whole words, if it is close enough."""
    if not new.strip():
        return Anchored((start, end), Found.VANISHED, similarity=0.0, places=0)
    try:
        from rapidfuzz import fuzz
    except ImportError:  # pragma: no cover - the extra is installed wherever tests run
        raise MissingExtraError(
            where="anchoring.reanchor",
            what="changed words are compared by a library that is not installed",
            got="rapidfuzz",
            hint='Install it with: pip install "detente[documents]"',
        ) from None
    near = fuzz.partial_ratio_alignment(words, new)
    if near is None or near.dest_start >= near.dest_end:
        return Anchored((start, end), Found.VANISHED, similarity=0.0, places=0)
    tries = {_whole_words(new, begin, stop) for begin, stop in _around(new, words, near.dest_start, near.dest_end)}
    ranked = [(fuzz.ratio(words, new[begin:stop]) / 100, -begin, -stop) for begin, stop in tries if begin < stop]
    if not ranked:
        return Anchored((start, end), Found.VANISHED, similarity=0.0, places=0)
    similarity, begin, stop = max(ranked)
    if similarity < CLOSE_ENOUGH:
        return Anchored((start, end), Found.VANISHED, similarity=similarity, places=0)
    return Anchored((start, end), Found.CHANGED, (-begin, -stop), similarity, places=0)


def _around(text: str, words: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield a place and places that end up to half the words' length earlier or later, as if words had gone or come."""
    yield begin, stop
    reach = len(words) // 2
    for last in range(max(begin + 1, stop - reach), min(len(text), stop + reach) + 1):
        if last == len(text) or not _WORD_END.match(text[last]):
            yield begin, last
    for first in range(max(0, begin - reach), min(stop, begin + reach)):
        if first == 0 or not _WORD_END.match(text[first - 1]):
            yield first, stop


def _whole_words(text: str, begin: int, stop: int) -> tuple[int, int]:
    while begin > 0 and _WORD_END.match(text[begin - 1]) and _WORD_END.match(text[begin]):
        begin -= 1
    while stop < len(text) and _WORD_END.match(text[stop - 1]) and _WORD_END.match(text[stop]):
        stop += 1
    while begin < stop and text[begin].isspace():
        begin += 1
    while begin < stop and text[stop - 1].isspace():
        stop -= 1
    return begin, stop

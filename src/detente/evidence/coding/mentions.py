"""Where a text names an actor: the longest name that holds on the document's day.

Names are matched by whole words and in their own case ("US" is not "us"), with either apostrophe or dash, over line
ends, with a possessive ending, and within a hyphen compound ("US-led", "Iran-Iraq"). A name of a place that contains an
actor's name hides it. A capital is an actor unless the words before it make it a place ("in Geneva", "held in Vienna").
What the reader has to infer, such as "the rebels" or "she", is left to `detente.evidence.coding.references`.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.evidence.coding.lexicon import Lexicon, Name, NameKind
from detente.evidence.coding.names import word_lists
from detente.evidence.coding.remembered import once_per_object

_SAME = str.maketrans({"\n": " ", "\t": " ", "\u00a0": " ", "’": "'", "‘": "'", "–": "-", "‑": "-"})
_WORD = re.compile(r"[^\W_]+")
_WORD_BEFORE = re.compile(r"([\w.'-]+) $")
_AND_PLACE = re.compile(r",? (?:and |or )?")
_DATELINE_AFTER = re.compile(
    r"\s*(?:,\s+(?:[A-Z][a-z]+\s+)?\(?[A-Z]?[a-z]*\)?\s?\d{0,2}\s*)?[—–]\s|\s\([A-Z][A-Za-z]+\)\s[-—–]"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|around|inside|into|via|through|throughout|north of|south of|east of|west of|city of|"
    r"toward|across|leaving|left|reached|visit(?:ed|ing|s)? to|visit(?:ed|ing|s)?|arriv(?:ed|es|ing) from|"
    r"(?:fl[ye]w?|flies|flown|flying|travel(?:s|led|ing)?|went|go|goes|going|came|come|"
    r"return(?:s|ed|ing)?|mov(?:e|ed|ing)|drove|journey|trip|"
    r"flight|road|train|march(?:ed|es|ing)?|invited?|called?|recalled|back|brought?|"
    r"bring) (?:\w+ ){0,3}?(?:to|from|for|on|towards)|from [A-Z]\w+ to)\s(?:the\s)?$",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"\s(?:talks|summit|conference|round|meeting|process|airport|rounds|street|streets|hotel|bureau)\b"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\"“”(—]\s?|\n)\s*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters [start, end) name an actor: which one, by which name of the lexicon, and as what."""

    start: int
    end: int
    actor: str
    kind: NameKind
    name: str


def mentions(text: str, lexicon: Lexicon, on: datetime.date | None) -> tuple[Mention, ...]:
    """Return the actors and agreed texts that a text names, in the order of the text.

    Parameters
    ----------
    text : str
        Any text; offsets are its code points.
    lexicon : Lexicon
        The names that are known, with the days on which they hold.
    on : date or None
        The day on which the text was written. Without one, names that still hold go before names that no longer do, and
        a name that could mean two actors means neither.

    Examples
    --------
    >>> from detente.evidence.coding.names import general_lexicon
    >>> day = datetime.date(2020, 6, 1)
    >>> [
    ...     (one.actor, one.name)
    ...     for one in mentions(
    ...         "Talks in Geneva: Iran's envoy told us the US-led plan was dead.", general_lexicon(), day
    ...     )
    ... ]
    [('IRN', 'Iran'), ('USA', 'US')]
    """
    index = _indexed(lexicon)
    flat = text.translate(_SAME)
    found: list[tuple[int, int, tuple[Name, ...]]] = []
    position = 0
    for word in _WORD.finditer(flat):
        start = word.start()
        if start < position:
            continue
        hit = _longest(flat, start, word.end(), index, on)
        if hit is not None:
            found.append((start, *hit))
            position = hit[0]
    sure = {names[0].actor for _, _, names in found if len(names) == 1}
    return tuple(_told(flat, found, sure))


def _told(flat: str, found: Sequence[tuple[int, int, tuple[Name, ...]]], sure: set[str]) -> Iterator[Mention]:
    place_end = -1
    for start, end, names in found:
        named = [name for name in names if name.actor in sure]
        name = named[-1] if len({one.actor for one in named}) == 1 else names[-1]
        joined = place_end >= 0 and _AND_PLACE.fullmatch(flat, place_end, start) is not None
        if name.kind is NameKind.CAPITAL and (joined or _is_place(flat, start, end)):
            place_end = end
        elif name.kind is not NameKind.PLACE and _is_name(flat, start, name):
            yield Mention(start, end, name.actor, name.kind, name.text)


def _longest(
    flat: str,
    start: int,
    word_end: int,
    index: Mapping[str, tuple[tuple[str, tuple[Name, ...]], ...]],
    on: datetime.date | None,
) -> tuple[int, tuple[Name, ...]] | None:
    """Return the end of the longest name that begins here and holds on the day, with its meanings."""
    first = flat[start:word_end]
    for written, names in index.get(first, ()):
        end = start + len(written)
        if not (flat.startswith(written[1:], start + 1) and _ends(flat, end, written)):
            continue
        holding = _holding(names, on)
        if holding:
            return end, holding
    return None


def _ends(flat: str, end: int, written: str) -> bool:
    """Return whether a name ends here: at the end of a word, or before a possessive ending or a hyphen."""
    following = flat[end : end + 1]
    return not (following.isalnum() or following == "_") or not written[-1].isalnum()


def _holding(names: tuple[Name, ...], on: datetime.date | None) -> tuple[Name, ...]:
    """Return the meanings of a name that hold on a day; one per actor, the later ones in the list last."""
    if on is None:
        open_ended = tuple(name for name in names if name.until is None)
        chosen = open_ended or names
        persons = {name.actor for name in chosen if name.kind is NameKind.PERSON}
        return () if len(persons) > 1 else chosen[-1:]
    valid = [
        name for name in names if (name.since is None or name.since <= on) and (name.until is None or on <= name.until)
    ]
    if not valid or valid[-1].kind is not NameKind.PERSON:
        return tuple(valid[-1:])
    return tuple({name.actor: name for name in valid if name.kind is NameKind.PERSON}.values())


def _is_name(flat: str, start: int, name: Name) -> bool:
    if name.text in word_lists()["states"]:
        return not _other_name_before(flat, start)
    if name.kind is NameKind.PERSON and " " not in name.text:
        return not _other_name_before(flat, start)
    return True


def _is_place(flat: str, start: int, end: int) -> bool:
    """Return whether the words around a capital's name make it a place."""
    if _PLACE_BEFORE.search(flat, max(0, start - 60), start) or _PLACE_AFTER.match(flat, end):
        return True
    at_start = _SENTENCE_START.search(flat, max(0, start - 4), start) is not None
    return at_start and _DATELINE_AFTER.match(flat, end) is not None


def _other_name_before(flat: str, start: int) -> bool:
    """Return whether the word before belongs to another person's or place's name."""
    before = _WORD_BEFORE.search(flat, max(0, start - 30), start)
    if before is None:
        return False
    word = before[1]
    if not word[:1].isupper() or word in word_lists()["titles"] or word.rstrip(".") in word_lists()["titles"]:
        return False
    return not (word.lower() in word_lists()["small"] or word.endswith(("'s", "ly")) or word.isupper())


@once_per_object
def _indexed(lexicon: Lexicon) -> Mapping[str, tuple[tuple[str, tuple[Name, ...]], ...]]:
    """Return the names by their first word, the longest first."""
    written: dict[str, list[Name]] = defaultdict(list)
    for name in lexicon.names:
        form = name.text.translate(_SAME)
        written[form].append(name)
        if form[:1].islower():
            written[form[:1].upper() + form[1:]].append(name)
    index: dict[str, list[tuple[str, tuple[Name, ...]]]] = defaultdict(list)
    for form, names in written.items():
        first = _WORD.match(form)
        if first is not None:
            index[first[0]].append((form, tuple(names)))
    return {first: tuple(sorted(forms, key=lambda one: -len(one[0]))) for first, forms in index.items()}

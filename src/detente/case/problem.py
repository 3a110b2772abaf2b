"""Something wrong at a place of a case, before it is known in which file and line that place is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Step = str | int
PathTo = tuple[Step, ...]
"""Keys and list places, from the top of a case down to a value."""

# what one element of a list is called
ONE_OF: Mapping[str, str] = {
    "parties": "party",
    "consent_lists": "consent list",
    "issues": "issue",
    "options": "option",
    "links": "link",
    "positions": "position",
    "texts": "text",
    "articles": "article",
    "answers": "answer",
    "packages": "package",
    "preferences": "preference",
    "red_lines": "red line",
    "interactions": "interaction",
    "scenarios": "scenario",
    "outlooks": "outlook",
    "alternatives": "alternative",
    "moves": "move",
    "perceptions": "perception",
    "forums": "forum",
    "third_parties": "third party",
    "calendar": "calendar entry",
    "terms": "term",
    "uses": "use",
    "constituencies": "constituency",
    "author_claims": "author claim",
    "record_notes": "record note",
    "trust_classes": "trust class",
    "dyads": "dyad",
    "switches": "switch",
    "infeasible": "infeasible rule",
    "bans": "ban",
    "outcomes": "outcome",
    "ranked_conditions": "ranked condition",
    "misperceptions": "misperception",
    "coalitions": "coalition",
    "lenses": "lens",
    "pairs": "pair",
    "overrides": "override",
    "sources": "source",
    "statements": "statement",
    "events": "event",
    "cites": "citation",
    "claims": "claim",
    "agreed_texts": "agreed text",
    "principles": "principle",
    "forecast_outcomes": "outcome of a forecast",
    "relies_on": "reliance",
    "closes": "pledge",
    "aliases": "alias",
    "roles": "role",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a path of keys and list places, what would be allowed there and what to do."""

    path: PathTo
    what: str
    got: object = None
    allowed: str = ""
    hint: str = ""


def in_words(path: Sequence[Step], data: object) -> str:
    """Return a path as a person would say it: `issue "water", option "o2", value`.

    Parameters
    ----------
    path : sequence of str or int
        Keys and list places from the top of the case.
    data : object
        The plain value of the case, in which list elements are looked up for their ids.
    """
    words: list[str] = []
    here = data
    before: Step = ""
    for step in path:
        if isinstance(step, int):
            here = here[step] if isinstance(here, (list, tuple)) and step < len(here) else None
            name = ONE_OF.get(str(before), "item")
            label = _label(here)
            words[-1:] = [f'{name} "{label}"' if label else f"{_list_name(words)}{name} {step + 1}"]
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
            words.append(f'key "{step}"' if step.isdigit() else step)  # 1: is a key, not a place
        before = step
    return ", ".join(words)


def _list_name(words: list[str]) -> str:
    """Return the name of the list that an element without an id stands in, where the element's name repeats none."""
    return f"{words[-1]}, " if words and words[-1] not in ONE_OF else ""


def _label(value: object) -> str | None:
    if not isinstance(value, Mapping):
        return None
    for key in ("id", "party"):
        if isinstance(value.get(key), str):
            return str(value[key])
    return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint with the nearest known word, or the known ones if they are few, or nothing."""
    choices = list(dict.fromkeys(known))
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f'"{close[0]}" is known: write that if it is meant'
    if 0 < len(choices) <= 12:
        return f"Known: {', '.join(choices)}"
    return ""


def alike(word: str, known: Iterable[str], most: int = 5) -> str:
    """Return how many words are known, with those that begin most like a word, or nothing if there are none.

    Examples
    --------
    >>> alike("S200", ["S199", "E1", "S2"], 2)
    '3 are known, such as S2, S199'
    """
    choices = list(dict.fromkeys(known))
    ranked = sorted(choices, key=lambda one: -_shared(word, one))
    return f"{len(choices):,} are known, such as {', '.join(ranked[:most])}" if choices else ""


def _shared(one: str, other: str) -> int:
    """Return how many characters two words have in common at their beginning."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )

"""Names in the stability report: concepts, states, what changes between two states, and who acts.

Neutral throughout: a sentence says what a party could do, what it ranks higher and how others could answer; never who
would have to move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.wording.naming import Naming, short_name

Report = Mapping[str, Any]

CONCEPTS: Mapping[str, str] = {
    "nash": "no party can move alone to a state that it ranks higher",
    "gmr": "the others could answer each such move so that the mover gains nothing",
    "smr": "the same, and the mover could not mend that by another move",
    "seq": "the others could so answer by moves that they themselves rank higher",
    "sim": "others who move at the same time could leave the mover no better off",
}
SHORT: Mapping[str, str] = {
    "nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sim": "SIM", "limited": "L", "non-myopic": "non-myopic"
}  # fmt: skip
STRONGLY = "what deters a mover is a state to which it strongly prefers the present one"
VARIANTS: Mapping[str, str] = {
    "a": "a party leaves for states that it cannot compare, and is not deterred by one",
    "b": "a party does not leave for states that it cannot compare, and is not deterred by one",
    "c": "a party leaves for states that it cannot compare, and is deterred by one",
    "d": "a party does not leave for states that it cannot compare, and is deterred by one",
}
MOST_SHOWN = 20


def short_of(report: Report, word: str) -> str:
    """Return the short name of a concept, as in a table.

    Examples
    --------
    >>> short_of({}, "gmr-strong-a"), short_of({"horizon": 3}, "limited")
    ('GMR strong (a)', 'L3')
    """
    if word == "limited":
        return f"{SHORT[word]}{report['horizon']}"
    if word in SHORT:
        return SHORT[word]
    base, *rest = word.split("-")
    return " ".join([SHORT[base], *(f"({part})" if part in VARIANTS else part for part in rest)])


def meaning_of(report: Report, word: str) -> str:
    """Return in words under which condition a state is stable.

    Examples
    --------
    >>> meaning_of({"horizon": 2}, "limited")
    'no party that looks 2 moves ahead would move'
    """
    if word == "limited":
        return f"no party that looks {number_of(report['horizon'], 'move')} ahead would move"
    if word == "non-myopic":
        return "no party that looks far enough ahead would move, however much further it looks"
    if word in CONCEPTS:
        return CONCEPTS[word]
    _, *rest = word.split("-")
    said = [VARIANTS[part] for part in rest if part in VARIANTS]
    if "strong" in rest:
        said.insert(0, STRONGLY)
    return "; ".join(said)


def folded(report: Report, words: Sequence[str]) -> str:
    """Return the short names of concepts, the variants of one together.

    Examples
    --------
    >>> folded({}, ["nash", "gmr-a", "gmr-d", "gmr-strong-d"])
    'Nash, GMR (a, d), GMR strong (d)'
    """
    together: dict[str, list[str]] = {}
    for word in words:
        concept, _, variant = word.rpartition("-")
        if variant in VARIANTS:
            together.setdefault(f"{concept}-", []).append(variant)
        else:
            together[word] = []
    names = ((short_of(report, word.removesuffix("-")), variants) for word, variants in together.items())
    return ", ".join(f"{name} ({', '.join(variants)})" if variants else name for name, variants in names)


def state_words(case: Case, report: Report, state: str) -> str:
    """Return a state in words: what is done in it, by whom.

    Every party that does something is named, in the order of the switches.
    """
    taken = [one for one, letter in zip(report["switches"], state, strict=True) if letter == "Y"]
    if not taken:
        return "nobody does any of it"
    return "; ".join(f"{short_name(case, one['party'])}: {one['text']}" for one in taken)


def change_words(report: Report, before: str, after: str) -> str:
    """Return what turns one state into another: switches taken and dropped.

    Examples
    --------
    >>> change_words({"switches": [{"text": "attack"}, {"text": "release water"}]}, "NY", "YN")
    'take up ‹attack› and drop ‹release water›'
    """
    changed = [
        f"{'take up' if new == 'Y' else 'drop'} ‹{one['text']}›"
        for one, old, new in zip(report["switches"], before, after, strict=True)
        if old != new
    ]
    return " and ".join(changed)


def player_of(case: Case, player: str) -> str:
    """Return a player's name as it stands in a sentence: that of a party, or those of the members of a coalition."""
    return parties_of(case, members_of(case, player))


def members_of(case: Case, player: str) -> list[str]:
    """Return the ids of the parties that a player of a report stands for."""
    return [player] if player in case.party else player.split("+")


def parties_of(case: Case, parties: Sequence[str]) -> str:
    """Return the names of parties that act together."""
    names = [party_of(case, one) for one in parties]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} together"


def party_of(case: Case, party: str) -> str:
    """Return a party's name as it stands in a sentence."""
    return Naming(case).the(party).text


def number_of(number: int, noun: str) -> str:
    """Return a number of things.

    Examples
    --------
    >>> number_of(1, "move"), number_of(1200, "move")
    ('1 move', '1,200 moves')
    """
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def count_of(number: int) -> str:
    """Return how many states are stable, as the beginning of a sentence goes on."""
    if number == 0:
        return "no state is stable"
    return "1 state is stable" if number == 1 else f"{number:,} states are stable"

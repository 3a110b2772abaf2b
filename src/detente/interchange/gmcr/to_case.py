"""From a `.gmcr` file to a case with a `stability` section."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detente.case.case import Case
from detente.case.consent import ConsentList
from detente.case.issue import Issue
from detente.case.party import Party
from detente.case.stability import Direction, Infeasible, Misperception, Stability, StatePreference, Switch
from detente.case.stability_problems import MOST_LISTED
from detente.compile.stability import SwitchTable, state_word
from detente.core.condition import NOT_TAKEN, TAKEN, Among, Condition, Every, Not, Some
from detente.core.errors import ImportFileError
from detente.interchange.gmcr.numbering import program_codes
from detente.interchange.gmcr.read import GmcrFile, Maker, Patterns, read_gmcr

_DIRECTION = {"both": Direction.BOTH, "fwd": Direction.TAKE, "back": Direction.DROP}


@dataclass(frozen=True, slots=True)
class GmcrImport:
    """The case, and sentences about what was read otherwise than it stood there."""

    case: Case
    notes: tuple[str, ...]


def import_gmcr(path: Path) -> GmcrImport:
    """Return the case that a `.gmcr` file says.

    Raises
    ------
    ImportFileError
        If the file cannot be read, leaves no state at all or none that a decision maker sees, or a ranking by hand does
        not rank each state once.
    """
    file = read_gmcr(path)
    parties = _unique(_slug(maker.name, "party") for maker in file.makers)
    switches = _unique(_slug(name, "option") for name, _ in file.options)
    notes = [f"Each option became an issue with {TAKEN} and {NOT_TAKEN}: a case has issues, and the file has none."]
    section = Stability(
        switches=tuple(
            Switch(id=switches[at], party=parties[file.owner[at]], text=name, direction=_DIRECTION[direction])
            for at, (name, direction) in enumerate(file.options)
        ),
        **_given("infeasible", tuple(Infeasible(when=_condition(one, switches)) for one in file.infeasible)),
        **_given("preferences", _preferences(path, file, parties, switches, notes)),
        **_given("misperceptions", tuple(_misperceptions(path, file, parties, switches))),
        **_given("coalitions", tuple(tuple(parties[one] for one in part) for part in file.coalitions)),
    )
    slug = _slug(file.title, "imported")
    case = Case(
        schema_version="1",
        id=slug,
        version="1",
        title=file.title if file.title.isprintable() and file.title.strip() else slug,
        authors=("imported from a .gmcr file",),
        licence="as the file",
        parties=tuple(
            Party.model_validate({"id": party, "name": maker.name, "kind": "class"})
            for party, maker in zip(parties, file.makers, strict=True)
        ),
        consent_lists=(ConsentList.model_validate(_everybody(parties)),),
        issues=tuple(
            Issue.model_validate(_issue(switch, name, parties[file.owner[at]]))
            for at, (switch, (name, _)) in enumerate(zip(switches, file.options, strict=True))
        ),
        stability=section,
    )
    return GmcrImport(case, tuple(notes))


def _everybody(parties: Sequence[str]) -> dict[str, Any]:
    return {"id": "all", "name": "all decision makers", "parties": list(parties), "basis": "assumed by the import"}


def _issue(switch: str, name: str, owner: str) -> dict[str, Any]:
    return {
        "id": switch,
        "title": name,
        "options": [{"id": NOT_TAKEN, "text": "not taken"}, {"id": TAKEN, "text": "taken"}],
        "consent": {"owns": [owner]},
    }


def _given(name: str, items: tuple[Any, ...]) -> dict[str, Any]:
    """Return a field if there is anything in it, so that files hold no empty lists."""
    return {name: items} if items else {}


def _condition(patterns: Patterns, switches: Sequence[str]) -> Condition:
    """Return a condition of the one grammar: some of the patterns, each of them all of its options."""
    found = []
    for pattern in patterns:
        atoms: list[Condition] = [
            Among(switches[option], (TAKEN,)) if letter == TAKEN else Not(Among(switches[option], (TAKEN,)))
            for option, letter in pattern
        ]
        found.append(atoms[0] if len(atoms) == 1 else Every(tuple(atoms)))
    return found[0] if len(found) == 1 else Some(tuple(found))


def _preferences(
    path: Path, file: GmcrFile, parties: Sequence[str], switches: Sequence[str], notes: list[str]
) -> tuple[StatePreference, ...]:
    found = []
    states = _states(path, file, switches)
    for party, maker in zip(parties, file.makers, strict=True):
        ways: dict[str, Any] = {}
        if file.by_hand and maker.ranking:
            ways["ranking"] = _ranking(path, maker, states, len(switches))
        if not file.by_hand and maker.ranking:
            notes.append(f"{maker.name}: the file ranks by conditions, so its ranking by hand is not taken over.")
        if file.by_hand and not maker.ranking and maker.conditions:
            notes.append(f"{maker.name}: the file ranks by hand and has no ranking of it; its conditions count.")
        if maker.conditions:
            ways["ranked_conditions"] = tuple(_condition(one, switches) for one in maker.conditions)
        if ways or not maker.options:  # one with neither would not be there at all
            found.append(StatePreference(party=party, **ways))
    return tuple(found)


def _states(path: Path, file: GmcrFile, switches: Sequence[str]) -> Mapping[int, int]:
    """Return the states that can be with the program's code of each: state number n of the file is the n-th.

    Empty beyond so many options that nobody lists the states.
    """
    if len(switches) > MOST_LISTED:
        return {}
    table = SwitchTable(switches)
    out = [table.holds(_condition(one, switches)) for one in file.infeasible]
    able = [int(code) for code in table.codes if not any(one[code] for one in out)]
    if not able:
        raise ImportFileError(
            where=f"{path}, infeasibles",
            what="the patterns leave no state",
            allowed="At least one state can be",
            hint="Remove one of them",
        )
    return program_codes(able, [maker.options for maker in file.makers])


def _ranking(path: Path, maker: Maker, states: Mapping[int, int], switches: int) -> tuple[tuple[str, ...], ...]:
    """Return a ranking by hand as states; the file numbers those that can be from 1, older ones by their code."""
    ranked = [number for tie in maker.ranking for number in tie]
    numbered = dict(enumerate(states, start=1))
    coded = {number: code for code, number in states.items()}
    meant = next((one for one in (numbered, coded) if sorted(ranked) == sorted(one)), None)
    if meant is None or not states:
        raise ImportFileError(
            where=f'{path}, decision maker "{maker.name}", preferenceRanking',
            what="the ranking does not rank each state once",
            got=f"{len(ranked)} entries for {len(states)} states",
            allowed=f"The numbers 1 to {len(states)} once each, with up to {MOST_LISTED} options",
            hint="Correct it, or set useManualPreferenceRanking to false",
        )
    return tuple(tuple(state_word(meant[number], switches) for number in tie) for tie in maker.ranking)


def _misperceptions(
    path: Path, file: GmcrFile, parties: Sequence[str], switches: Sequence[str]
) -> Iterable[Misperception]:
    states = _states(path, file, switches)
    table = SwitchTable(switches)
    for party, maker in zip(parties, file.makers, strict=True):
        if not maker.not_seen:
            continue
        rules = tuple(_condition(one, switches) for one in maker.not_seen)
        unseen = np.logical_or.reduce([table.holds(rule) for rule in rules])
        if states and all(unseen[code] for code in states):
            raise ImportFileError(
                where=f'{path}, decision maker "{maker.name}", misperceptions',
                what="the patterns leave no state to it",
                allowed="It sees at least one of the states that can be",
                hint="Remove one of them",
            )
        yield Misperception(party=party, not_seen=rules)


def _slug(name: str, otherwise: str) -> str:
    """Return an id made of a name's Latin letters and digits."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    word = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:60]
    return f"{otherwise}-{word}" if word.startswith("x-") else word or otherwise


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    """Return words with a number after those that stand there already, and after those of the grammar."""
    found: list[str] = []
    for word in words:
        name = f"{word}-option" if word in {"in", "and", "or", "not", "if", "then"} else word
        number = 2
        free = name
        while free in found:
            free, number = f"{name}-{number}", number + 1
        found.append(free)
    return tuple(found)

"""The general lists of names: states, organisations, offices, leaders, movements, agreed texts, places.

The lists are the files in `data/names`; each says at its top how its lines are read. A name with dates means its actor
from the first to the last of those days: a surname resolves only while its bearer speaks for somebody, and "Moscow"
means the Soviet Union before 26 December 1991. No list decides a contested status: names follow the usage of the
United Nations, and other names in use are aliases.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from detente.core.dates import interval_of
from detente.evidence.coding.lexicon import Lexicon, Name, NameKind
from detente.evidence.coding.subjects import general_subjects

_SHORTEST_SURNAME = 3


@cache
def general_lexicon() -> Lexicon:
    """Return the general names and topics, the same for everybody; a case's lexicon is joined to it.

    Examples
    --------
    >>> {name.actor for name in general_lexicon().names if name.text == "Moscow"} == {"RUS", "USSR"}
    True
    """
    return Lexicon(names=tuple(_general_names()), subjects=general_subjects())


@cache
def word_lists() -> Mapping[str, frozenset[str]]:
    """Return the words that decide whether a name is one: `surnames`, `titles`, `states`, `family_name_first`."""
    return {key: frozenset(words) for key, words in _file("words").items()}


@cache
def state_ids() -> frozenset[str]:
    """Return the ids of the list of states."""
    return frozenset(_file("states"))


@cache
def role_nouns() -> Mapping[str, frozenset[str]]:
    """Return the nouns that stand for an actor without naming it: `state`, `person`, `armed`, `unnamed`."""
    return {key: frozenset(words) for key, words in _file("roles").items()}


def _general_names() -> Iterator[Name]:
    yield from _actors("states", NameKind.STATE)
    yield from _actors("organisations", NameKind.ORGANISATION)
    yield from _actors("groups", NameKind.GROUP)
    yield from _offices()
    yield from _leaders()
    for document, texts in _file("documents").items():
        yield from (Name(text, document, NameKind.DOCUMENT) for text in texts)
    yield from (Name(text, "", NameKind.PLACE) for text in _file("places"))


def _actors(name: str, kind: NameKind) -> Iterator[Name]:
    for key, entry in _file(name).items():
        actor = entry.get("as", key)
        since, until = _first_day(entry.get("since")), _last_day(entry.get("until"))
        forms = (("names", kind), ("people", NameKind.DEMONYM), ("capital", NameKind.CAPITAL))
        for field, of_kind in forms:
            yield from (Name(text, actor, of_kind, since, until) for text in entry.get(field, ()))


def _offices() -> Iterator[Name]:
    for actor, entries in _file("offices").items():
        for entry in entries:
            dated = entry if isinstance(entry, dict) else {"names": [entry]}
            since, until = _first_day(dated.get("since")), _last_day(dated.get("until"))
            yield from (Name(text, actor, NameKind.OFFICE, since, until) for text in dated["names"])


def _leaders() -> Iterator[Name]:
    for actor, people in _file("leaders").items():
        for full, since, until, *others in people:
            first, last = _first_day(since), _last_day(until)
            for text in dict.fromkeys([full, *others, *_short_forms(actor, full)]):
                yield Name(text, actor, NameKind.PERSON, first, last)


def _short_forms(actor: str, full: str) -> Iterator[str]:
    """Yield the forms by which a person is named after the first time."""
    words = word_lists()
    surname = full.rsplit(" ", 1)[-1]
    if actor in words["family_name_first"] or len(surname) < _SHORTEST_SURNAME or not surname.isalpha():
        return
    if surname.isupper() or " " not in full:
        return
    if surname not in words["surnames"]:
        yield surname
        return
    yield from (f"{title} {surname}" for title in sorted(words["titles"]))


def _first_day(value: object) -> datetime.date | None:
    return None if value is None else interval_of(str(value))[0]


def _last_day(value: object) -> datetime.date | None:
    return None if value is None else interval_of(str(value))[1]


@cache
def _file(name: str) -> Any:
    text = (files("detente.evidence.coding") / "data" / "names" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

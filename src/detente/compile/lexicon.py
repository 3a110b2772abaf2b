"""From a case to the words by which its parties, issues and options are recognised in a text.

A party is recognised by its name, short name, capital and aliases, each within its dates; and by every general name of
the actor that it is: where a case calls a state by an id of its own, that state's adjectives, offices and leaders mean
the case's party. Issues and options are recognised by the content words of their texts, never by their ids, so a change
of ids or of their order changes no recognition. Join it after the general lexicon: the later name holds.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping

from detente.case.case import Case
from detente.case.issue import Issue
from detente.case.party import Party, PartyKind
from detente.core.fields import Text, text_of
from detente.evidence.coding.lexicon import Lexicon, Name, NameKind, Subject
from detente.evidence.coding.names import general_lexicon
from detente.evidence.coding.stems import content_words, stem
from detente.evidence.coding.subjects import common_stems

_KINDS = {PartyKind.STATE: NameKind.STATE, PartyKind.ORGANISATION: NameKind.ORGANISATION}
_NAMED = frozenset({NameKind.STATE, NameKind.ORGANISATION, NameKind.DEMONYM, NameKind.CAPITAL})
_SHORTEST = 2
_REMARK = re.compile(r"\s*\([^()]*\)")
_ARTICLE = re.compile(r"^(?:the|The) (?=[A-Z])")


def lexicon_of(case: Case, on: datetime.date | None = None) -> Lexicon:
    """Return the names and subjects of a case.

    Parameters
    ----------
    case : Case
        The case.
    on : date, optional
        Leave out aliases that do not hold on this day; without it every alias stays, with its dates.

    Returns
    -------
    Lexicon
        To be joined after the general one: ``general_lexicon().joined(lexicon_of(case))``.
    """
    known = _known_actors()
    parties = sorted(case.parties, key=lambda party: text_of(party.name))
    seats = Counter(_plain(party.capital) for party in parties if party.capital)
    shared = {seat for seat, count in seats.items() if count > 1}  # Brussels: nobody's own in this case
    names = [name for party in parties for name in _names(party, known) if name.text not in shared]
    held = tuple(name for name in names if on is None or _holds(name, on))
    here = {party.id for party in parties}
    everybody = [*names, *(name for name in general_lexicon().names if name.actor in here)]
    parties_words = {stem(word) for name in everybody if name.kind in _NAMED for word in content_words(name.text)}
    issues = sorted(case.issues, key=lambda issue: text_of(issue.title))
    without = parties_words | common_stems()
    subjects = tuple(subject for issue in issues for subject in _subjects(issue, without))
    return Lexicon(names=held, subjects=subjects)


def _names(party: Party, known: Mapping[str, tuple[str, NameKind]]) -> Iterator[Name]:
    texts: list[tuple[str, datetime.date | None, datetime.date | None]] = [
        (_plain(text), None, None) for text in (party.name, party.short) if text is not None
    ]
    texts += [(_plain(alias.text), alias.since, alias.until) for alias in party.aliases]
    general = {known[text][0] for text, _, _ in texts if text in known and known[text][1] is not NameKind.CAPITAL}
    for actor in sorted(general - {party.id}):
        yield from (
            Name(name.text, party.id, name.kind, name.since, name.until)
            for name in general_lexicon().names
            if name.actor == actor
        )
    for text, since, until in dict.fromkeys(texts):
        if len(text) < _SHORTEST:
            continue  # "A" is a party of a sketch and an article of every text
        kind = known[text][1] if text in known else _KINDS.get(party.kind, NameKind.GROUP)
        yield Name(text, party.id, kind, since, until)
    if party.capital:
        yield Name(_plain(party.capital), party.id, NameKind.CAPITAL)


def _plain(text: Text) -> str:
    """Return a name without the remark and the article that a case adds to it."""
    return _ARTICLE.sub("", _REMARK.sub("", text_of(text))).strip(" '\"‘’“”")


def _known_actors() -> dict[str, tuple[str, NameKind]]:
    """Return whom a general name means today, for those that name one actor whatever the day."""
    known: dict[str, tuple[str, NameKind]] = {}
    for name in general_lexicon().names:
        if name.until is None and name.kind not in (NameKind.PERSON, NameKind.DOCUMENT, NameKind.PLACE):
            known[name.text] = (name.actor, name.kind)
    return known


def _holds(name: Name, on: datetime.date) -> bool:
    return (name.since is None or name.since <= on) and (name.until is None or on <= name.until)


def _subjects(issue: Issue, without: Container[str]) -> Iterator[Subject]:
    yield Subject(terms=_terms(without, issue.title, issue.short), issue=issue.id)
    for option in sorted(issue.options, key=lambda one: text_of(one.text)):
        yield Subject(terms=_terms(without, option.text, option.short), issue=issue.id, option=option.id)


def _terms(without: Container[str], *texts: Text | None) -> tuple[str, ...]:
    """Return the content words of texts, each once; who is party to an issue does not say what it is about."""
    words = (word for text in texts if text is not None for word in content_words(text_of(text)))
    return tuple(word for word in dict.fromkeys(words) if stem(word) not in without)

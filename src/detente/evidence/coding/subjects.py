"""What a clause is about: a general topic, and the issue and option of a case where its lexicon is given.

A subject is recognised by its terms: one word, or several in a row, compared by their stems. Each term that stands in
the clause counts with its number of words, divided by the number of subjects that share it; the subject with most
holds, the earlier in the lexicon at equal counts. Nothing is guessed: without a term there is no topic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from detente.evidence.coding.lexicon import Lexicon, Subject
from detente.evidence.coding.remembered import once_per_object
from detente.evidence.coding.stems import stem, stems_of, word_list

_WORDS_OF_ISSUE = 2  # one word of a title is no issue: "time", "meeting"
_OPTION_NEEDS = 1.5


@dataclass(frozen=True, slots=True)
class About:
    """The topic, issue and option of a clause, and the words that say so."""

    topic: str | None = None
    issue: str | None = None
    option: str | None = None
    reason: str | None = None


@cache
def general_subjects() -> tuple[Subject, ...]:
    """Return the general topics of security disputes, with their words."""
    text = (files("detente.evidence.coding") / "data" / "subjects" / "topics.yaml").read_text(encoding="utf-8")
    return tuple(Subject(terms=tuple(terms), topic=topic) for topic, terms in yaml.safe_load(text).items())


@cache
def common_stems() -> frozenset[str]:
    """Return the stems of words that every negotiation uses, which tell no issue from another."""
    return frozenset(stem(word) for word in word_list("common"))


def subject_of(text: str, start: int, end: int, lexicon: Lexicon) -> About:
    """Return what characters [start, end) of a text are about.

    Examples
    --------
    >>> lexicon = Lexicon(subjects=general_subjects())
    >>> subject_of("Both sides will exchange all prisoners", 0, 38, lexicon).topic
    'prisoners'
    """
    words = stems_of(text[start:end])
    scores = _scores(words, _indexed(lexicon))
    topic = _best(scores, lexicon, lambda one: one.topic, 0.0)
    many = _said_often_enough(scores, lexicon)
    issue = _best(scores, lexicon, lambda one: one.issue if one.issue in many else None, 0.0)
    option = None
    if issue is not None:
        of_issue = issue
        option = _best(scores, lexicon, lambda one: one.option if one.issue == of_issue else None, _OPTION_NEEDS)
    said = [scores.words[index] for index in scores.points if _is_chosen(lexicon.subjects[index], topic, issue)]
    reason = ", ".join(dict.fromkeys(word for terms in said for word in terms)) or None
    return About(topic, issue, option, reason)


@dataclass(frozen=True, slots=True)
class _Scores:
    points: Mapping[int, float]
    words: Mapping[int, tuple[str, ...]]


def _said_often_enough(scores: _Scores, lexicon: Lexicon) -> frozenset[str]:
    """Return the issues of which the clause has at least two words."""
    words: dict[str, set[str]] = defaultdict(set)
    for index, terms in scores.words.items():
        issue = lexicon.subjects[index].issue
        if issue is not None:
            words[issue].update(terms)
    return frozenset(issue for issue, said in words.items() if len(said) >= _WORDS_OF_ISSUE)


def _is_chosen(subject: Subject, topic: str | None, issue: str | None) -> bool:
    if subject.issue is not None:
        return subject.issue == issue
    return topic is not None and subject.topic == topic


def _scores(words: Sequence[str], index: Mapping[str, tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]]) -> _Scores:
    points: dict[int, float] = defaultdict(float)
    said: dict[int, list[str]] = defaultdict(list)
    seen: set[tuple[str, ...]] = set()
    for term, subjects in _terms_in(words, index):
        if term in seen:
            continue
        seen.add(term)
        for subject in subjects:
            points[subject] += len(term) / len(subjects)
            said[subject].append(" ".join(term))
    return _Scores(points, {key: tuple(terms) for key, terms in said.items()})


def _terms_in(
    words: Sequence[str], index: Mapping[str, tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]]
) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    for place, word in enumerate(words):
        for term, subjects in index.get(word, ()):
            if tuple(words[place : place + len(term)]) == term:
                yield term, subjects


def _best(scores: _Scores, lexicon: Lexicon, named: Callable[[Subject], str | None], needed: float) -> str | None:
    totals: dict[str, float] = {}
    for index in sorted(scores.points):
        name = named(lexicon.subjects[index])
        if name is not None:
            totals[name] = max(totals.get(name, 0.0), scores.points[index])
    if not totals:
        return None
    best = max(totals, key=lambda name: totals[name])
    return best if totals[best] >= needed else None


@once_per_object
def _indexed(lexicon: Lexicon) -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]]:
    """Return the terms by their first stem, each with the subjects that have it; topics and issues count apart."""
    by_term: dict[tuple[bool, tuple[str, ...]], list[int]] = defaultdict(list)
    for number, subject in enumerate(lexicon.subjects):
        for term in dict.fromkeys(stems_of(term) for term in subject.terms):
            if term:
                by_term[subject.topic is not None, term].append(number)
    index: dict[str, list[tuple[tuple[str, ...], tuple[int, ...]]]] = defaultdict(list)
    for (_, term), numbers in by_term.items():
        index[term[0]].append((term, tuple(numbers)))
    return MappingProxyType({first: tuple(terms) for first, terms in index.items()})

"""Every pair of numbers, decided on the packages that can be listed.

Over the packages that keep the rules and leave all others as well off as no agreement, the two speakers' margins at
the ends of the ways say whether a zone is left. Of one speaker only packages count that are best for it among those
that agree on two things, as options on issues or conditions of joint values: two numbers say nothing of the others.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from detente.engines.settlement import Completion
from detente.maths.compiled import BoolArray, Int64Array
from detente.uncertainty.analysis import Analysis
from detente.uncertainty.margins import Margins, met
from detente.uncertainty.red_lines import Bound
from detente.uncertainty.ways import HALVINGS, Aim, Together, of_one, on_the_way


class ListedPackages:
    """The packages of an analysis that keep the rules, and what they are worth."""

    def __init__(self, analysis: Analysis, bound: Bound, completion: Completion) -> None:
        model, trace = analysis.model, analysis.trace
        pool = analysis.readings.pooled()
        rules = (*model.links, *(pool.lines[k].rule for k in sorted(bound)))
        options = np.indices(model.sizes).reshape(len(model.sizes), -1)
        for rule in rules:
            options = options[:, rule.allowed[tuple(options[i] for i in rule.issues)]]
        self.options: Int64Array = np.ascontiguousarray(options.T)
        self.sizes = model.sizes
        self.margins, self.own, self.joint, self.reached = {}, {}, {}, {}
        for speaker, party in analysis.speakers.items():
            numbers = analysis.numbers_of(speaker, completion)
            worth = np.full(options.shape[1], model.bias[party], np.int64)
            own = np.zeros_like(worth)
            for row, issue, table in zip(options, trace.issues, model.tables(completion), strict=True):
                worth += table[party][row]
                counts = [round(numbers.weights[issue] * v * trace.grid) for v in numbers.counted[issue]]
                own += np.array(counts, np.int64)[row]
            for term in model.interactions:
                if term.party == party:
                    worth += term.table[options[term.issues[0]], options[term.issues[1]]]
            self.reached[speaker] = worth >= model.reservation[party]
            self.own[speaker], self.joint[speaker] = own, worth - own
            self.margins[speaker] = Margins(
                analysis.case, speaker, trace, analysis.weights, numbers, analysis.slack(speaker)
            )

    def content(self, *silent: str) -> Int64Array:
        """Return the packages that leave every speaker as well off as no agreement, save some who ask for nothing."""
        kept = np.ones(len(self.options), np.bool_)
        for speaker, reached in self.reached.items():
            if speaker not in silent:
                kept &= reached
        return np.flatnonzero(kept)

    def best_for(self, speaker: str) -> Int64Array:
        """Return, of those that leave all others content, the packages that count when two numbers of one move.

        A number is about the option on an issue, or about whether the condition of a joint value is met. Per two of
        these, and for each sum of joint values, those count that give it most by weighted values.
        """
        which = self.content(speaker)
        counted = np.lexsort((-self.own[speaker][which],))
        which = which[counted]
        joint = self.joint[speaker][which]
        kept: set[int] = set()
        chosen = self.options[which]
        conditions = self.margins[speaker].conditions.values()
        about = [*chosen.T, *(met(condition, chosen).astype(np.int64) for condition in conditions)]
        for first, second in itertools.combinations(about, 2) if len(about) > 1 else [(about[0], about[0])]:
            key = np.stack((first, second, joint), axis=1)
            kept.update(which[np.unique(key, axis=0, return_index=True)[1]].tolist())
        return np.array(sorted(kept), np.int64)

    def reaching(
        self, speaker: str, aims: Sequence[Sequence[Aim]], parts: Sequence[Fraction], which: Int64Array
    ) -> BoolArray:
        """Return per some numbers of a speaker on their way, and package, whether the package leaves it content."""
        settings = [{aim[0]: on_the_way(aim, part) for aim in some} for some, part in zip(aims, parts, strict=True)]
        return self.margins[speaker].reached(settings, self.options[which], self.joint[speaker][which])


def decided(
    packages: ListedPackages, aims: Mapping[str, list[Aim]], now: bool, is_judged: bool, most: int
) -> list[Together]:
    """Decide every pair at the ends of the ways, and find how far those go that turn the conclusion."""
    turned: list[_Turned] = []
    for one, other in itertools.combinations_with_replacement(aims, 2):
        if one == other:
            turned += _of_one_speaker(packages, one, of_one(aims[one]), now)
        else:
            turned += _of_two_speakers(packages, one, other, aims, now)
    return _nearest(packages, turned, now, is_judged, most)


@dataclass(frozen=True, slots=True)
class _Turned:
    """Two numbers that have turned a conclusion at the ends of their ways, and the packages that count for them."""

    first: Aim
    second: Aim
    which: Int64Array

    @property
    def halves(self) -> tuple[tuple[Aim, ...], ...]:
        """The two numbers by speaker: one speaker's move at once."""
        if self.first[0].party == self.second[0].party:
            return ((self.first, self.second),)
        return (self.first,), (self.second,)


def _of_one_speaker(
    packages: ListedPackages, speaker: str, pairs: Sequence[tuple[Aim, Aim]], now: bool
) -> Iterator[_Turned]:
    which = packages.best_for(speaker)
    if len(which) == 0 or not pairs:
        return  # rules and the others exclude everything, whatever this speaker's numbers are
    exists = packages.reaching(speaker, pairs, [Fraction(1)] * len(pairs), which).any(axis=1)
    for at in np.flatnonzero(exists != now).tolist():
        first, second = pairs[at]
        yield _Turned(first, second, which)


def _of_two_speakers(
    packages: ListedPackages, one: str, other: str, aims: Mapping[str, list[Aim]], now: bool
) -> Iterator[_Turned]:
    which = packages.content(one, other)
    if len(which) == 0 or not aims[one] or not aims[other]:
        return
    first, second = (
        packages.reaching(speaker, [[aim] for aim in aims[speaker]], [Fraction(1)] * len(aims[speaker]), which)
        for speaker in (one, other)
    )
    exists = first.astype(np.float32) @ second.T.astype(np.float32) > 0
    for a, b in np.argwhere(exists != now):
        yield _Turned(aims[one][a], aims[other][b], which)


def _nearest(
    packages: ListedPackages, turned: Sequence[_Turned], now: bool, is_judged: bool, most: int
) -> list[Together]:
    """Halve the ways of all pairs at once, and leave out on the way those that are surely not among the nearest."""
    left = [(pair, Fraction(0), Fraction(1)) for pair in turned]
    for _ in range(HALVINGS):
        parts = [(low + high) / 2 for _, low, high in left]
        exist = _exist(packages, [pair for pair, _, _ in left], parts)
        halved = [
            (pair, low, part) if exists is not now else (pair, part, high)
            for (pair, low, high), part, exists in zip(left, parts, exist, strict=True)
        ]
        bar = sorted(high for _, _, high in halved)[:most][-1:]
        left = [entry for entry in halved if entry[1] < bar[0]]
    return [Together(pair.first, pair.second, high, is_judged) for pair, _, high in left]


def _exist(packages: ListedPackages, pairs: Sequence[_Turned], parts: Sequence[Fraction]) -> list[bool]:
    """Return per pair whether a zone exists when its numbers have gone their part of the way."""
    asked: dict[tuple[int, str], dict[tuple[tuple[Aim, ...], Fraction], int]] = {}
    wanted = []
    which = {id(pair.which): pair.which for pair in pairs}
    for pair, part in zip(pairs, parts, strict=True):
        rows = []
        for aims in pair.halves:
            place = id(pair.which), aims[0][0].party
            known = asked.setdefault(place, {})
            rows.append((place, known.setdefault((aims, part), len(known))))
        wanted.append(rows)
    reached = {
        (number, speaker): packages.reaching(
            speaker, [aims for aims, _ in known], [part for _, part in known], which[number]
        )
        for (number, speaker), known in asked.items()
    }
    return [bool(np.logical_and.reduce([reached[place][row] for place, row in rows]).any()) for rows in wanted]

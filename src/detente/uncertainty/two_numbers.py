"""Which two numbers, each on its way to an end, turn a conclusion together.

Where the packages can be listed, every pair is decided: over the packages that keep the rules and leave all others as
well off as no agreement, the two speakers' margins at the ends of the ways say whether a zone is left. Of one speaker
only packages count that are best for it among those with the same options on two issues: two numbers say nothing of
the other issues. Elsewhere a limited number of pairs is tried, chosen by what each number does alone, so that no order
of a file and no name has a part in it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from detente.case.case import Case
from detente.compile.compiled import Missing
from detente.compile.settlement import compile_settlement
from detente.engines.settlement import Completion
from detente.engines.settlement.feasibility import demands
from detente.maths.compiled import BoolArray, Int64Array
from detente.uncertainty.analysis import Analysis, Conclusion
from detente.uncertainty.judgements import Judged, Judgement, judgements_of, moved, natural_scale
from detente.uncertainty.margins import Margins
from detente.uncertainty.red_lines import Bound, Lines

HALVINGS = 20

TRIES = 200
"""Pairs of numbers tried where packages cannot be listed; each is a case compiled anew."""

LISTED = 1 << 16
"""Most packages, whatever rules they break, for which every pair of numbers is decided."""

Aim = tuple[Judgement, Fraction]
"""A number and the end to which it is moved."""

Test = Callable[[Sequence[Fraction]], BoolArray]
"""Whether each pair has turned the conclusion at its part of the way."""


@dataclass(frozen=True, slots=True)
class Together:
    """Two numbers that turn a conclusion when both have gone this part of the way."""

    first: Aim
    second: Aim
    part: Fraction
    is_judged: bool

    def at(self, aim: Aim) -> Fraction:
        """Return where one of the two numbers is then."""
        return on_the_way(aim, self.part)


def on_the_way(aim: Aim, part: Fraction) -> Fraction:
    """Return where a number is when it has gone a part of its way."""
    judgement, end = aim
    return judgement.now + part * (end - judgement.now)


def ends(case: Case, judgement: Judgement, *, judged: bool) -> tuple[Fraction, Fraction]:
    """Return the ends to which a number is moved: of its judged range, or of the scale on which it says something."""
    if judged:
        return judgement.judged or (judgement.now, judgement.now)
    low, high = natural_scale(case, judgement)
    return min(low, judgement.now), max(high, judgement.now)


def two_numbers(
    analysis: Analysis, conclusion: Conclusion, now: bool, *, most: int, tries: int = TRIES, listed: int = LISTED
) -> tuple[list[Together], int | None]:
    """Return the pairs of numbers that turn a conclusion and go least far, and how many were tried if not all.

    First those within judged ranges; where there are none, those on the scales. Given are the `most` that go least far
    and all that equal the last of them.

    Raises
    ------
    ModelError
        If too many partial packages would have to be held.
    """
    assert conclusion.completion is not None
    bound = analysis.readings.bound(conclusion.lines)
    can_list = analysis.model.total <= listed
    packages = _Packages(analysis, bound, conclusion.completion) if can_list else None
    tried: int | None = None
    for is_judged in (True, False):
        aims = _aims(analysis, conclusion.completion, is_judged)
        if packages is not None:
            found = _decided(packages, aims, now, is_judged, most)
        else:
            found, tried = _tried(analysis, conclusion, now, aims, is_judged, tries)
        if found or tried is not None:
            return found, tried
    return [], None


def _aims(analysis: Analysis, completion: Completion, is_judged: bool) -> dict[str, list[Aim]]:
    return {
        speaker: [
            (judgement, end)
            for judgement in judgements_of(
                analysis.case, speaker, analysis.trace, analysis.weights, analysis.numbers_of(speaker, completion)
            )
            for end in ends(analysis.case, judgement, judged=is_judged)
            if end != judgement.now
        ]
        for speaker in analysis.speakers
    }


def _of_one(aims: Sequence[Aim]) -> list[tuple[Aim, Aim]]:
    """Return the pairs of one speaker's numbers: none goes two ways, and two beliefs take from each other."""
    return [
        (first, second)
        for first, second in itertools.combinations(aims, 2)
        if first[0].path != second[0].path and not first[0].kind is second[0].kind is Judged.BELIEF
    ]


class _Packages:
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

        Per options of two issues, those that give it most by weighted values, for each sum of joint values.
        """
        which = self.content(speaker)
        counted = np.lexsort((-self.own[speaker][which],))
        which = which[counted]
        joint = self.joint[speaker][which]
        kept: set[int] = set()
        issues = range(len(self.sizes))
        for first, second in itertools.combinations(issues, 2) if len(issues) > 1 else [(0, 0)]:
            chosen = self.options[which]
            key = np.stack((chosen[:, first], chosen[:, second], joint), axis=1)
            kept.update(which[np.unique(key, axis=0, return_index=True)[1]].tolist())
        return np.array(sorted(kept), np.int64)

    def reaching(
        self, speaker: str, aims: Sequence[Sequence[Aim]], parts: Sequence[Fraction], which: Int64Array
    ) -> BoolArray:
        """Return per some numbers of a speaker on their way, and package, whether the package leaves it content."""
        settings = [{aim[0]: on_the_way(aim, part) for aim in some} for some, part in zip(aims, parts, strict=True)]
        return self.margins[speaker].reached(settings, self.options[which], self.joint[speaker][which])


def _decided(packages: _Packages, aims: dict[str, list[Aim]], now: bool, is_judged: bool, most: int) -> list[Together]:
    """Decide every pair at the ends of the ways, and find how far those go that turn the conclusion."""
    turned: list[_Turned] = []
    for one, other in itertools.combinations_with_replacement(aims, 2):
        if one == other:
            turned += _of_one_speaker(packages, one, _of_one(aims[one]), now)
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
    packages: _Packages, speaker: str, pairs: Sequence[tuple[Aim, Aim]], now: bool
) -> Iterator[_Turned]:
    which = packages.best_for(speaker)
    if len(which) == 0 or not pairs:
        return  # rules and the others exclude everything, whatever this speaker's numbers are
    exists = packages.reaching(speaker, pairs, [Fraction(1)] * len(pairs), which).any(axis=1)
    for at in np.flatnonzero(exists != now).tolist():
        first, second = pairs[at]
        yield _Turned(first, second, which)


def _of_two_speakers(
    packages: _Packages, one: str, other: str, aims: dict[str, list[Aim]], now: bool
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


def _nearest(packages: _Packages, turned: Sequence[_Turned], now: bool, is_judged: bool, most: int) -> list[Together]:
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


def _exist(packages: _Packages, pairs: Sequence[_Turned], parts: Sequence[Fraction]) -> list[bool]:
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


def _tried(
    analysis: Analysis, conclusion: Conclusion, now: bool, aims: dict[str, list[Aim]], is_judged: bool, tries: int
) -> tuple[list[Together], int | None]:
    """Try the pairs whose numbers do most each alone, and find how far those go; and how many these are, if not all."""
    chosen, cut = _foremost(_candidates(analysis, conclusion, now, aims), now, tries)
    found = []
    for first, second in chosen:
        part = _first_turn(analysis, conclusion, now, first, second)
        if part is not None:
            found.append(Together(first, second, part, is_judged))
    return found, len(chosen) if cut else None


Margin = Fraction | None
"""The most that a speaker can have beyond its value of no agreement; None if that is without limit."""


def _foremost(
    candidates: Sequence[tuple[Aim, Aim, Margin]], now: bool, tries: int
) -> tuple[list[tuple[Aim, Aim]], bool]:
    """Return the pairs to try, and whether some are left out.

    A zone closes soonest where little is left beyond no agreement, and opens where much is. Pairs that equal the last
    one are tried as well, or none of them if that makes more than twice `tries`.
    """

    def order(candidate: tuple[Aim, Aim, Margin]) -> tuple[bool, Fraction]:
        margin = candidate[2]
        if margin is None:
            return now, Fraction(0)
        return not now, margin if now else -margin

    ordered = sorted(candidates, key=order)
    chosen: list[tuple[Aim, Aim]] = []
    for _, group in itertools.groupby(ordered, key=order):
        equals = [(first, second) for first, second, _ in group]
        if len(chosen) >= tries or len(chosen) + len(equals) > 2 * tries:
            return chosen, True
        chosen += equals
    return chosen, False


def _candidates(
    analysis: Analysis, conclusion: Conclusion, now: bool, aims: dict[str, list[Aim]]
) -> list[tuple[Aim, Aim, Margin]]:
    """Return the pairs that may turn a conclusion, each with the sum of what either number leaves its speaker alone."""
    assert conclusion.completion is not None
    bound = analysis.readings.bound(conclusion.lines)
    found: list[tuple[Aim, Aim, Margin]] = []
    for one, other in itertools.combinations_with_replacement(aims, 2):
        if not now and not analysis.exists(bound, conclusion.completion, analysis.all_but(one, other)):
            continue  # lines and the others exclude everything, whatever these two are worth
        if one == other:
            left = _alone(analysis, conclusion.completion, bound, aims[one], None)
            pairs = _of_one(aims[one])
            found += [(a, b, _sum(left[a], left[b])) for a, b in pairs if a in left and b in left]
            continue
        silent = (None, None) if now else (other, one)  # to open, each must do its part when the other asks for nothing
        first, second = (
            _alone(analysis, conclusion.completion, bound, aims[speaker], quiet)
            for speaker, quiet in zip((one, other), silent, strict=True)
        )
        found += [
            (a, b, _sum(left, right))
            for (a, left), (b, right) in itertools.product(first.items(), second.items())
            if now or all(margin is None or margin >= 0 for margin in (left, right))
        ]
    return found


def _sum(left: Margin, right: Margin) -> Margin:
    return None if left is None or right is None else left + right


def _alone(
    analysis: Analysis, completion: Completion, bound: Bound, aims: Sequence[Aim], silent: str | None
) -> dict[Aim, Margin]:
    """Return what each number leaves its speaker at its end, the others content; none where nothing leaves them so."""
    if not aims:
        return {}
    speaker = aims[0][0].party
    leeway = analysis.leeway(speaker, bound, completion, silent)
    margins = Margins(
        analysis.case, speaker, analysis.trace, analysis.weights, analysis.numbers_of(speaker, completion),
        analysis.slack(speaker),
    )  # fmt: skip
    found: dict[Aim, Margin] = {}
    for judgement, end in aims:
        at = margins.exactly({judgement: end})
        issue = 0 if judgement.issue is None else analysis.trace.issues.index(judgement.issue)
        most = [
            at.rest * Fraction(a, analysis.trace.grid) + Fraction(e, analysis.trace.grid) + own
            for row, own in zip(leeway.pairs[issue], at.utility[issue], strict=True)
            for a, e in row
        ]
        if most:
            found[judgement, end] = None if at.needed is None else max(most) - at.needed
    return found


def _first_turn(analysis: Analysis, conclusion: Conclusion, now: bool, first: Aim, second: Aim) -> Fraction | None:
    """Return the part of the way at which the conclusion turns, rounded up; None if it has not at the end."""

    def turns(part: Fraction) -> bool:
        case = analysis.case
        for aim in (first, second):
            case = moved(case, aim[0], float(on_the_way(aim, part)))
        return _is_true(analysis, case, conclusion) is not now

    if not turns(Fraction(1)):
        return None
    low, high = Fraction(0), Fraction(1)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if turns(middle) else (middle, high)
    return high


def _is_true(analysis: Analysis, case: Case, conclusion: Conclusion) -> bool:
    """Return whether a conclusion about a zone holds in another case, compiled anew."""
    compiled = compile_settlement(case, analysis.trace.parties, weights=analysis.weights, issues=analysis.trace.issues)
    assert not isinstance(compiled, Missing)
    lines = enumerate(compiled.model.lines)
    binding = tuple(k for k, line in lines if line.stated or conclusion.lines is Lines.EVERY)
    asked = demands(compiled.model, lines=binding, completion=conclusion.completion or Completion.WORST)
    return asked.ask((1 << asked.number) - 1).unmet is not None

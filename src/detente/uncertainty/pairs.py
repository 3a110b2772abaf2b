"""Pairs of judgements that turn a conclusion where no single one does.

Two numbers move together: each goes the same part of the way from where it is to an end of its judged range or, where
no pair does it there, to an end of where it may lie. A line is read otherwise wholly or not at all, so with a line
only the number's part counts. The part is found by halving: just before it, on the way, the conclusion has not turned.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from detente.case.case import Case
from detente.compile.compiled import Missing
from detente.compile.settlement import Weights, compile_settlement
from detente.compile.utilities import exact
from detente.engines.settlement import Completion, Flip
from detente.engines.settlement.feasibility import demands
from detente.uncertainty.analysis import Analysis, Conclusion, Single
from detente.uncertainty.judgements import Judged, Judgement, judgements_of, moved, natural_scale, scale_of
from detente.uncertainty.red_lines import Bound, LineJudgement, Lines, Turn

Report = dict[str, Any]

MOST = 5
"""Pairs listed, and those that equal the last of them."""

DIGITS = 6
"""Decimals to which a threshold is given, rounded to the side on which the conclusion has changed."""

TRIES = 200
"""Pairs of numbers tried; each is a case compiled anew."""

HALVINGS = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """Two judgements that turn a conclusion together.

    `part` is how much of the way numbers go, None for two lines; `is_judged` whether to an end of the judged range.
    """

    first: Report
    second: Report
    part: Fraction | None
    is_judged: bool

    def named(self) -> Report:
        """Return it as the report gives it."""
        way = "judged range" if self.is_judged else "admissible domain"
        return {
            "first": self.first,
            "second": self.second,
            "fraction": None if self.part is None else round(float(self.part), DIGITS),
            "of": None if self.part is None else way,
        }


def pairs_that_turn(
    analysis: Analysis, conclusion: Conclusion, now: bool, *, most: int = MOST, tries: int = TRIES
) -> tuple[list[Report], list[str]]:
    """Return a few pairs of judgements that turn a conclusion, those that move least first, and notes.

    Pairs that go as far as the last of the `most` are listed with it: a cut among equals would be a choice.

    Raises
    ------
    ModelError
        If too many partial packages would have to be held.
    """
    turn = Turn.STATED if now else Turn.OUT
    lines = list(analysis.readings.judgements(conclusion.lines, turn))
    found = list(_two_lines(analysis, conclusion, now, lines))
    notes: list[str] = []
    if conclusion.completion is not None:
        found += _line_and_number(analysis, conclusion, now, lines)
        numbers, cut = _two_numbers(analysis, conclusion, now, tries)
        found += numbers
        if cut:
            notes.append(f"Of the pairs of numbers only {tries} were tried.")
    found = in_rotation(found)
    if not found and not notes:
        notes.append("No single judgement and no pair turns this conclusion.")
    return [pair.named() for pair in found if _distance(pair) <= _distance(found[:most][-1])], notes


def _distance(pair: Pair) -> tuple[bool, Fraction]:
    """Return how far a pair goes, by which pairs are ordered."""
    return not pair.is_judged, Fraction(1) if pair.part is None else pair.part


def in_rotation(found: Sequence[Pair]) -> list[Pair]:
    """Return pairs, those that go least far first, and among equals one of each combination of parties in rotation.

    Combinations of two parties stand before those of one. No order of a file has a part in it.
    """

    def about(pair: Pair) -> tuple[str, ...]:
        return tuple(sorted(str(half.get("line") or half["path"]) for half in (pair.first, pair.second)))

    ordered: list[Pair] = []
    for _, equal in itertools.groupby(sorted(found, key=_distance), key=_distance):
        groups: dict[tuple[int, tuple[str, ...]], list[Pair]] = {}
        for pair in sorted(equal, key=about):
            parties = tuple(sorted({pair.first["party"], pair.second["party"]}))
            groups.setdefault((-len(parties), parties), []).append(pair)
        rounds = itertools.zip_longest(*(groups[key] for key in sorted(groups)))
        ordered += [pair for one in rounds for pair in one if pair is not None]
    return ordered


def _two_lines(analysis: Analysis, conclusion: Conclusion, now: bool, lines: Sequence[LineJudgement]) -> Iterator[Pair]:
    for one, other in itertools.combinations(sorted(lines, key=lambda one: one.line.id), 2):
        if analysis.holds(conclusion, [one, other]) is not now:
            yield Pair(_line(one), _line(other), None, is_judged=True)


def _line_and_number(
    analysis: Analysis, conclusion: Conclusion, now: bool, lines: Sequence[LineJudgement]
) -> Iterator[Pair]:
    for line in lines:
        for single in analysis.numbers(conclusion, now, [line]):
            part = _part_of_way(analysis.case, single)
            if part is not None:
                to = printed(single.flip, single.judgement)
                number = _number(analysis.case, single.judgement, to, single.flip.above)
                yield Pair(_line(line), number, part, is_judged=single.is_within)


def _part_of_way(case: Case, single: Single) -> Fraction | None:
    """Return how much of the way to the end of its range, else of its domain, a number goes; None if further."""
    end = ends(case, single.judgement, judged=single.is_within)[single.flip.above]
    way = abs(end - single.judgement.now)
    part = abs(single.flip.threshold - single.judgement.now) / way if way else Fraction(0)
    return part if part <= 1 else None


def ends(case: Case, judgement: Judgement, *, judged: bool) -> tuple[Fraction, Fraction]:
    """Return the ends to which a number is moved: of its judged range, or of where it may lie.

    A value of no agreement goes one width of the scale beyond its ends, a weight up to the sum of all weights, a joint
    value to one width of the scale either way.
    """
    if judged:
        return judgement.judged or (judgement.now, judgement.now)
    low, high = judgement.low, judgement.high
    if judgement.kind is Judged.RESERVATION:
        bottom, top = scale_of(case)
        low, high = min(2 * bottom - top, judgement.now), max(2 * top - bottom, judgement.now)
    if judgement.kind is Judged.WEIGHT:
        high = max(judgement.width, judgement.now)
    if judgement.kind is Judged.JOINT_VALUE:
        low, high = min(-judgement.width, judgement.now), max(judgement.width, judgement.now)
    return low, high


def _two_numbers(analysis: Analysis, conclusion: Conclusion, now: bool, tries: int) -> tuple[list[Pair], bool]:
    """Return pairs of numbers that turn a conclusion, and whether some were left untried."""
    assert conclusion.completion is not None
    found: list[Pair] = []
    left = tries
    for is_judged in (True, False):
        for first, second in _candidates(analysis, conclusion, now, is_judged):
            if left == 0:
                return found, True
            left -= 1
            way = _Way(analysis, conclusion, now, first, second)
            if (part := way.first_turn()) is not None:
                one, other = (
                    _number(analysis.case, judgement, float(start + part * (end - start)), end > start)
                    for judgement, start, end in way.ways
                )
                found.append(Pair(one, other, part, is_judged))
        if found:
            break
    return found, False


Aim = tuple[Judgement, Fraction]
"""A number and the end to which it is moved."""


def _candidates(analysis: Analysis, conclusion: Conclusion, now: bool, is_judged: bool) -> Iterator[tuple[Aim, Aim]]:
    assert conclusion.completion is not None
    bound = analysis.readings.bound(conclusion.lines)
    aims = {
        speaker: [
            (judgement, end)
            for judgement in judgements_of(
                analysis.case,
                speaker,
                analysis.trace,
                analysis.weights,
                analysis.numbers_of(speaker, conclusion.completion),
            )
            for end in ends(analysis.case, judgement, judged=is_judged)
            if end != judgement.now
        ]
        for speaker in analysis.speakers
    }
    for one, other in itertools.combinations_with_replacement(analysis.speakers, 2):
        if not now and not analysis.exists(bound, conclusion.completion, analysis.all_but(one, other)):
            continue  # lines and the others exclude everything, whatever these two are worth
        if one == other:
            for first, second in itertools.combinations(aims[one], 2):
                # a number does not go two ways; beliefs take from each other and cannot be moved apart
                beliefs = first[0].kind is second[0].kind is Judged.BELIEF
                if first[0].path != second[0].path and not beliefs:
                    yield first, second
        elif now:
            yield from itertools.product(aims[one], aims[other])
        else:  # each must do its part when the other asks for nothing
            yield from itertools.product(
                _able(analysis, conclusion.completion, bound, aims[one], other),
                _able(analysis, conclusion.completion, bound, aims[other], one),
            )


def _able(analysis: Analysis, completion: Completion, bound: Bound, aims: Sequence[Aim], silent: str) -> list[Aim]:
    """Return the numbers of one speaker that open a zone if another speaker asks for nothing."""
    if not aims:
        return []
    speaker = aims[0][0].party
    if analysis.exists(bound, completion, analysis.all_but(silent)):
        return list(aims)
    able = {
        (single.judgement.path, single.flip.above)
        for single in analysis.numbers_of_one(speaker, bound, completion, now=False, silent=silent)
    }
    return [(judgement, end) for judgement, end in aims if (judgement.path, end > judgement.now) in able]


class _Way:
    """Two numbers on their way to an end, and the first point at which a conclusion turns."""

    def __init__(self, analysis: Analysis, conclusion: Conclusion, now: bool, first: Aim, second: Aim) -> None:
        self.case, self.members = analysis.case, analysis.trace.parties
        self.issues, self.weights = analysis.trace.issues, analysis.weights
        self.conclusion, self.now = conclusion, now
        self.ways = tuple((judgement, judgement.now, end) for judgement, end in (first, second))

    def first_turn(self) -> Fraction | None:
        """Return the part of the way at which the conclusion turns, rounded up; None if it has not at the end."""
        if not self._turns(Fraction(1)):
            return None
        low, high = Fraction(0), Fraction(1)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if self._turns(middle) else (middle, high)
        return high

    def _turns(self, part: Fraction) -> bool:
        case = self.case
        for judgement, start, end in self.ways:
            case = moved(case, judgement, float(start + part * (end - start)))
        return is_true(case, self.members, self.conclusion, self.weights, self.issues) is not self.now


def is_true(
    case: Case, members: Sequence[str], conclusion: Conclusion, weights: Weights, issues: Sequence[str]
) -> bool:
    """Return whether a conclusion about a zone holds in a case, compiled anew."""
    compiled = compile_settlement(case, members, weights=weights, issues=issues)
    assert not isinstance(compiled, Missing)
    lines = enumerate(compiled.model.lines)
    binding = tuple(k for k, line in lines if line.stated or conclusion.lines is Lines.EVERY)
    asked = demands(compiled.model, lines=binding, completion=conclusion.completion or Completion.WORST)
    return asked.ask((1 << asked.number) - 1).unmet is not None


def _line(one: LineJudgement) -> dict[str, Any]:
    line = one.line
    return {
        "kind": Judged.LINE.value,
        "party": one.speaker,
        "line": line.id,
        "issue": line.issue,
        "option": line.option,
        "path": one.path,
        "flips": one.turn.value,
    }


def printed(flip: Flip, judgement: Judgement) -> float:
    """Return a threshold as a decimal on the side on which the conclusion has changed."""
    unit = 10**DIGITS
    scaled = flip.threshold * unit
    beyond = math.ceil(scaled) if flip.above else math.floor(scaled)
    if beyond == scaled and not flip.reached:
        beyond += 1 if flip.above else -1
    decimal = Fraction(beyond, unit)
    return float(min(max(decimal, judgement.low), judgement.high))


def _number(case: Case, judgement: Judgement, to: float, above: bool) -> dict[str, Any]:
    low, high = natural_scale(case, judgement)
    return {
        "kind": judgement.kind.value,
        "party": judgement.party,
        "issue": judgement.issue,
        "option": judgement.option,
        "scenario": judgement.scenario,
        "when": None if judgement.term is None else judgement.term.when,
        "path": judgement.path,
        "now": None if judgement.is_unknown else float(judgement.now),
        "to": round(to, DIGITS),
        "beyond_scale": not low <= exact(to) <= high,
        "flips": "above" if above else "below",
    }

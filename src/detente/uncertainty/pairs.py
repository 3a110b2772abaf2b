"""Pairs of judgements that turn a conclusion where no single one does.

Two numbers move together: each goes the same part of the way from where it is to an end of its judged range or, where
no pair does it there, of the scale on which it says something. A line is read otherwise wholly or not at all, so with
a line only the number's part counts. For two numbers it is found by halving: just before it nothing has turned.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from detente.case.case import Case
from detente.compile.utilities import exact
from detente.engines.settlement import Flip
from detente.uncertainty.analysis import Analysis, Conclusion, Single
from detente.uncertainty.judgements import Judged, Judgement, natural_scale
from detente.uncertainty.red_lines import LineJudgement, Turn
from detente.uncertainty.two_numbers import LISTED, TRIES, two_numbers
from detente.uncertainty.ways import Together, ends

Report = dict[str, Any]

MOST = 5
"""Pairs listed, and those that equal the last of them."""

DIGITS = 6
"""Decimals to which a threshold is given, rounded to the side on which the conclusion has changed."""


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
    analysis: Analysis,
    conclusion: Conclusion,
    now: bool,
    *,
    most: int = MOST,
    tries: int = TRIES,
    listed: int = LISTED,
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
        numbers, tried = two_numbers(analysis, conclusion, now, most=most, tries=tries, listed=listed)
        found += [_together(analysis.case, pair) for pair in numbers]
        if tried is not None:
            notes.append(f"Of the pairs of numbers only {tried} were tried, those whose numbers do most each alone.")
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


def _together(case: Case, pair: Together) -> Pair:
    one, other = sorted((pair.first, pair.second), key=lambda aim: (aim[0].path, aim[0].party))
    first, second = (_number(case, aim[0], float(pair.at(aim)), aim[1] > aim[0].now) for aim in (one, other))
    return Pair(first, second, pair.part, pair.is_judged)


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

"""Some pairs of numbers, tried where packages cannot be listed: those whose numbers do most each alone.

Each try is a case compiled anew. What is tried rests on what numbers do, so that no order of a file and no name has a
part in it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from detente.case.case import Case
from detente.compile.compiled import Missing
from detente.compile.settlement import compile_settlement
from detente.engines.settlement import Completion, Leeway
from detente.engines.settlement.feasibility import demands
from detente.uncertainty.analysis import Analysis, Conclusion
from detente.uncertainty.judgements import Judgement, moved
from detente.uncertainty.margins import Exact, Margins
from detente.uncertainty.red_lines import Bound, Lines
from detente.uncertainty.ways import HALVINGS, Aim, Together, of_one, on_the_way


def tried_pairs(
    analysis: Analysis, conclusion: Conclusion, now: bool, aims: Mapping[str, list[Aim]], is_judged: bool, tries: int
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
    analysis: Analysis, conclusion: Conclusion, now: bool, aims: Mapping[str, list[Aim]]
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
            pairs = of_one(aims[one])
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
        most = max(_offered(judgement, at, leeway, margins), default=None)
        if most is not None:
            found[judgement, end] = None if at.needed is None else most - at.needed
    return found


def _offered(judgement: Judgement, at: Exact, leeway: Leeway, margins: Margins) -> Iterator[Fraction]:
    """Yield what packages offer a speaker when one number is set elsewhere, among them the most."""
    trace = margins.trace
    if judgement.term is not None:
        ((_, more),) = at.joint
        under = leeway.under[margins.numbers.joint.index(judgement.term)]
        for steps, added in zip(under, (more, Fraction(0)), strict=True):
            if steps is not None:
                yield Fraction(steps, trace.grid) + added
        return
    issue = 0 if judgement.issue is None else trace.issues.index(judgement.issue)
    for row, own in zip(leeway.pairs[issue], at.utility[issue], strict=True):
        for a, e in row:
            yield at.rest * Fraction(a, trace.grid) + Fraction(e, trace.grid) + own


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

"""The judgements that a settlement rests on: each number of each speaker and each red line, and how it may move.

A speaker that stands for several members has one set of numbers and lines: they move once for all of them. Paths are
those of lens overrides (`detente.case.lens_path.FORMS`); a joint value, which no override names, is called by its
condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from detente.case.case import Case
from detente.case.change import changed
from detente.case.lens_apply import summing_to_one
from detente.case.ranges import LARGEST
from detente.compile.no_agreement import ReservationBasis
from detente.compile.settlement import SettlementTrace, Weights
from detente.compile.utilities import exact, issue_weights, rescaled
from detente.core.estimate import Estimate
from detente.engines.settlement import (
    Leeway,
    Moving,
    moving_joint_value,
    moving_reservation,
    moving_value,
    moving_weight,
)
from detente.uncertainty.joint_values import JointTerm, joint_terms, largest_joint_value

ANY = Fraction(int(LARGEST))
HEAVIEST = 100
"""A weight is moved to at most so many times the sum of all weights: nothing else counts beyond that."""


class Judged(StrEnum):
    """What kind of judgement moves; the value is the word in the report."""

    VALUE = "value"
    WEIGHT = "weight"
    BELIEF = "belief"
    PAYOFF = "payoff"
    JOINT_VALUE = "joint_value"
    RESERVATION = "reservation"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judged number of one speaker.

    Attributes
    ----------
    kind, party : Judged, str
        What it is and whose; `party` is the speaker.
    issue, option, scenario : str, optional
        What it is about.
    now : Fraction
        The number that counts now: the mode, or the end of the scale at which an unknown option counts.
    estimate : Estimate, optional
        The judged range and grounds; None for an unknown option or an assumed reservation.
    low, high : Fraction
        Between which ends it may be moved.
    width : Fraction
        What a move of 1 is: the width of the scale or of a probability, or the sum of the party's weights.
    term : JointTerm, optional
        Which joint value it is.
    """

    kind: Judged
    party: str
    now: Fraction
    estimate: Estimate | None
    low: Fraction
    high: Fraction
    width: Fraction
    issue: str | None = None
    option: str | None = None
    scenario: str | None = None
    term: JointTerm | None = None

    @property
    def path(self) -> str:
        """The path of the number, as a lens override names it; of a joint value, its condition instead."""
        if self.term is not None:
            return self.term.path
        return {
            Judged.VALUE: f"values.{self.issue}.{self.option}",
            Judged.WEIGHT: f"weights.{self.issue}",
            Judged.BELIEF: f"no_agreement.beliefs.{self.scenario}",
            Judged.PAYOFF: f"no_agreement.payoffs.{self.scenario}",
            Judged.RESERVATION: "reservation",
        }[self.kind]

    @property
    def is_unknown(self) -> bool:
        """Whether it is the value of an option that nobody coded: then its range is the whole scale."""
        return self.kind is Judged.VALUE and self.estimate is None

    @property
    def judged(self) -> tuple[Fraction, Fraction] | None:
        """The judged range, the whole scale for an unknown option, or None where nothing was judged."""
        if self.is_unknown:
            return self.low, self.high
        return None if self.estimate is None else (exact(self.estimate.low), exact(self.estimate.high))


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the numbers of one speaker are in one analysis, in fractions.

    Attributes
    ----------
    values : mapping of issue to fractions, one per option
        Before rescaling; an unknown option at the end of the scale at which it counts.
    counted : mapping of issue to fractions
        What each option counts before the weight.
    weights : mapping of issue to Fraction
        As they count.
    joint : tuple of JointTerm
        The joint values of the analysis, in the order of the case.
    """

    values: Mapping[str, tuple[Fraction, ...]]
    counted: Mapping[str, tuple[Fraction, ...]]
    weights: Mapping[str, Fraction]
    is_rescaled: Mapping[str, bool]
    unknown: Mapping[str, frozenset[str]]
    joint: tuple[JointTerm, ...]


def scale_of(case: Case) -> tuple[Fraction, Fraction]:
    """Return the ends of the scale of values."""
    return (Fraction(0), Fraction(1)) if case.scale is None else (exact(case.scale.low), exact(case.scale.high))


def natural_scale(case: Case, judgement: Judgement) -> tuple[Fraction, Fraction]:
    """Return between which ends a number says something.

    A value lies on the scale of the case and a belief from 0 to 1; a value of no agreement, or of a scenario, may lie
    one width of the scale below it, as war can be worse than any package, and no higher than its top; a weight lies
    from 0 to the sum of all judged weights of the party; a joint value takes or adds one width of the scale at most. A
    judged range is always inside.
    """
    low, high = scale_of(case)
    match judgement.kind:
        case Judged.BELIEF:
            low, high = Fraction(0), Fraction(1)
        case Judged.PAYOFF | Judged.RESERVATION:
            low = 2 * low - high
        case Judged.JOINT_VALUE:
            low, high = low - high, high - low
        case Judged.WEIGHT:
            weights = case.preference[judgement.party].weights.values()
            low, high = Fraction(0), sum((exact(weight.mode) for weight in weights), Fraction(0))
    bounds = judgement.judged or (judgement.now, judgement.now)
    return min(low, *bounds), max(high, *bounds)


def numbers_of(case: Case, speaker: str, trace: SettlementTrace, weights: Weights, *, best: bool) -> Numbers:
    """Return a speaker's numbers on the issues of an analysis, unknown options at their best or at their worst."""
    preference = case.preference[speaker]
    end = scale_of(case)[best]
    values, counted, rescaling, unknown = {}, {}, {}, {}
    for issue, options in zip(trace.issues, trace.options, strict=True):
        known = {option: exact(series[-1].mode) for option, series in preference.values[issue].items()}
        unknown[issue] = frozenset(option for option in options if option not in known)
        rescaling[issue] = case.scale is None and not unknown[issue]
        values[issue] = tuple(known.get(option, end) for option in options)
        scaled = rescaled(known) if rescaling[issue] else known
        counted[issue] = tuple(scaled.get(option, end) for option in options)
    return Numbers(
        values,
        counted,
        issue_weights(case, speaker, trace.issues, weights),
        rescaling,
        unknown,
        joint_terms(case, speaker, trace),
    )


def judgements_of(
    case: Case, speaker: str, trace: SettlementTrace, weights: Weights, numbers: Numbers
) -> Iterator[Judgement]:
    """Yield the numbers of a speaker on which an analysis rests, in the order of the case."""
    preference = case.preference[speaker]
    member = trace.speakers.index(speaker)
    reservation, basis = trace.reservations[member]
    low, high = scale_of(case)
    if basis is not ReservationBasis.ASSUMED:  # else every package reaches it, whatever weights and values are
        for issue, options in zip(trace.issues, trace.options, strict=True):
            scaled_alone = (
                len(trace.issues) == 1 and case.scale is None
            )  # the only weight is scaled to 1, whatever it is
            if weights is Weights.ANALYST and not scaled_alone:
                total = sum(exact(preference.weights[one].mode) for one in trace.issues) or Fraction(1)
                given = preference.weights[issue]
                heaviest = max(HEAVIEST * total, exact(given.high))
                yield Judgement(Judged.WEIGHT, speaker, exact(given.mode), given, Fraction(0), heaviest, total, issue)
            for option, value in zip(options, numbers.values[issue], strict=True):
                series = preference.values[issue].get(option)
                known = None if series is None else series[-1]
                yield Judgement(Judged.VALUE, speaker, value, known, low, high, high - low, issue, option)
        for term in numbers.joint:
            given, most = preference.interactions[term.place].value, largest_joint_value(case, speaker, term)
            yield Judgement(
                Judged.JOINT_VALUE, speaker, exact(given.mode), given, -most, most, high - low, term=term
            )  # fmt: skip
    if basis is ReservationBasis.OUTLOOK:
        outlook = next(entry for entry in case.no_agreement.outlooks if entry.party == speaker)
        for scenario, belief in outlook.beliefs.items():
            yield Judgement(
                Judged.BELIEF, speaker, exact(belief.mode), belief, Fraction(0), Fraction(1), Fraction(1),
                scenario=scenario,
            )  # fmt: skip
        for scenario in outlook.beliefs:
            payoff = outlook.payoffs[scenario]
            yield Judgement(
                Judged.PAYOFF, speaker, exact(payoff.mode), payoff,
                min(2 * low - high, exact(payoff.low)), max(2 * high - low, exact(payoff.high)), high - low,
                scenario=scenario,
            )  # fmt: skip
    else:
        yield Judgement(Judged.RESERVATION, speaker, reservation, preference.reservation, -ANY, ANY, high - low)


def moving(
    case: Case,
    judgement: Judgement,
    *,
    trace: SettlementTrace,
    numbers: Numbers,
    leeway: Leeway,
    reservation: Fraction,
    slack: Fraction,
) -> Moving:
    """Return how a zone depends on one number, all others as they are.

    `reservation` is the speaker's value of no agreement as it counts, less than the exact one by `slack` where
    utilities are rounded.
    """
    grid = trace.grid
    if judgement.term is not None:
        holding, otherwise = (
            None if most is None else Fraction(most, grid) for most in leeway.under[numbers.joint.index(judgement.term)]
        )
        return moving_joint_value(holding, otherwise, joint=judgement.now, reservation=reservation)
    if judgement.issue is None:
        reached = most(leeway, trace, numbers)
        return moving_reservation(None if reached is None else reached + slack, _reservation_at(case, judgement))
    at = trace.issues.index(judgement.issue)
    pairs = [[(Fraction(a, grid), Fraction(e, grid)) for a, e in row] for row in leeway.pairs[at]]
    if judgement.kind is Judged.WEIGHT:
        total = sum(exact(case.preference[judgement.party].weights[issue].mode) for issue in trace.issues)
        return moving_weight(
            pairs,
            values=numbers.counted[judgement.issue],
            rest=total - judgement.now if case.scale is None else None,
            total=total if total else Fraction(1),
            reservation=reservation,
        )
    assert judgement.option is not None
    return moving_value(
        pairs,
        weight=numbers.weights[judgement.issue],
        values=numbers.values[judgement.issue],
        option=trace.options[at].index(judgement.option),
        rescaled=case.scale is None and numbers.unknown[judgement.issue] <= {judgement.option},
        reservation=reservation,
    )


def most(leeway: Leeway, trace: SettlementTrace, numbers: Numbers) -> Fraction | None:
    """Return the most that the speaker can get while all others reach their value of no agreement."""
    issue = trace.issues[0]
    first = [numbers.weights[issue] * value for value in numbers.counted[issue]]
    found = [Fraction(a + e, trace.grid) + own for row, own in zip(leeway.pairs[0], first, strict=True) for a, e in row]
    return max(found, default=None)


class _At:
    """A party's value of no agreement as one of its numbers moves."""

    def __init__(self, intercept: Fraction, slope: Fraction, empty_at: Fraction | None = None) -> None:
        self.intercept, self.slope, self.empty_at = intercept, slope, empty_at

    def __call__(self, x: Fraction) -> Fraction | None:
        return None if x == self.empty_at else self.intercept + self.slope * x


def _reservation_at(case: Case, judgement: Judgement) -> _At:
    if judgement.kind is Judged.RESERVATION:
        return _At(Fraction(0), Fraction(1))
    outlook = next(entry for entry in case.no_agreement.outlooks if entry.party == judgement.party)
    beliefs = {scenario: exact(belief.mode) for scenario, belief in outlook.beliefs.items()}
    payoffs = {scenario: exact(outlook.payoffs[scenario].mode) for scenario in beliefs}
    assert judgement.scenario is not None
    chosen = judgement.scenario
    others = sum(belief for scenario, belief in beliefs.items() if scenario != chosen)
    elsewhere = sum((beliefs[s] * payoffs[s] for s in beliefs if s != chosen), Fraction(0))
    if judgement.kind is Judged.PAYOFF:
        total = others + beliefs[chosen]
        return _At(elsewhere / total, beliefs[chosen] / total)
    if others == 0:  # nothing to share the rest with: the belief is scaled to 1, or there is none at all
        return _At(payoffs[chosen], Fraction(0), empty_at=Fraction(0))
    return _At(elsewhere / others, payoffs[chosen] - elsewhere / others)


def moved(case: Case, judgement: Judgement, to: float) -> Case:
    """Return the case with one number changed, and what follows from it: other beliefs share what is left."""
    number = Estimate(low=to, mode=to, high=to)
    if judgement.scenario is not None:
        field = "beliefs" if judgement.kind is Judged.BELIEF else "payoffs"
        outlooks = []
        for outlook in case.no_agreement.outlooks:
            if outlook.party == judgement.party:
                new = {**getattr(outlook, field), judgement.scenario: number}
                outlook = changed(
                    outlook, **{field: summing_to_one(new, judgement.scenario) if field == "beliefs" else new}
                )
            outlooks.append(outlook)
        return changed(case, no_agreement=changed(case.no_agreement, outlooks=tuple(outlooks)))
    preference = case.preference[judgement.party]
    if judgement.kind is Judged.RESERVATION:
        new_preference = changed(preference, reservation=number)
    elif judgement.term is not None:
        terms = list(preference.interactions)
        terms[judgement.term.place] = changed(terms[judgement.term.place], value=number)
        new_preference = changed(preference, interactions=tuple(terms))
    elif judgement.kind is Judged.WEIGHT:
        new_preference = changed(preference, weights={**preference.weights, str(judgement.issue): number})
    else:
        issue, option = str(judgement.issue), str(judgement.option)
        values = {**preference.values, issue: {**preference.values[issue], option: (number,)}}
        new_preference = changed(preference, values=values)
    return with_preference(case, new_preference, judgement.party)


def with_preference(case: Case, preference: object, party: str) -> Case:
    """Return the case with the preference of one party replaced."""
    return changed(case, preferences=tuple(preference if p.party == party else p for p in case.preferences))


def statements_behind(case: Case, because: Iterable[str]) -> list[str]:
    """Return the statements among grounds, and those in which positions among them were taken."""
    found: dict[str, None] = {}
    for ground in because:
        if ground in case.statement:
            found[ground] = None
        elif ground in case.position:
            found.update(dict.fromkeys(one for one in case.position[ground].because if one in case.statement))
    return list(found)

"""The joint values of a speaker in one analysis: on which condition each counts, and how large it may be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from detente.case.case import Case
from detente.case.ranges import LARGEST
from detente.compile.rules import truth_table
from detente.compile.settlement import SettlementTrace
from detente.compile.utilities import exact
from detente.engines.settlement import Rule


@dataclass(frozen=True, slots=True)
class JointTerm:
    """A joint value of a speaker.

    Attributes
    ----------
    place : int
        Its place among the party's joint values.
    when : str
        Its condition, as the case has it.
    path : str
        What tells it from every other number of the party: `interactions.` and the condition, with a count where the
        party has several joint values on one condition.
    """

    place: int
    when: str
    path: str


def joint_terms(case: Case, speaker: str, trace: SettlementTrace) -> tuple[JointTerm, ...]:
    """Return the joint values of a speaker whose issues are all in an analysis, in the order of the case."""
    seen: Counter[str] = Counter()
    found = []
    for place, term in enumerate(case.preference[speaker].interactions):
        when = str(term.when)
        seen[when] += 1
        path = f"interactions.{when}" + (f" ({seen[when]})" if seen[when] > 1 else "")
        if set(term.when.issues()) <= set(trace.issues):
            found.append(JointTerm(place, when, path))
    return tuple(found)


def joint_rule(case: Case, speaker: str, trace: SettlementTrace, term: JointTerm) -> Rule:
    """Return the condition of a joint value as a rule over the issues of an analysis."""
    condition = case.preference[speaker].interactions[term.place].when
    issues, holds = truth_table(condition, dict(zip(trace.issues, trace.options, strict=True)), {}, whatever=True)
    return Rule(tuple(trace.issues.index(issue) for issue in issues), holds)


def largest_joint_value(case: Case, speaker: str, term: JointTerm) -> Fraction:
    """Return how large a joint value may be, either way, so that the party's utilities can still be counted.

    It is what `detente.case.ranges.too_large_together` leaves it beside the party's other numbers.
    """
    preference = case.preference[speaker]
    terms = enumerate(preference.interactions)
    others = [max(abs(one.value.low), abs(one.value.high)) for place, one in terms if place != term.place]
    own = preference.interactions[term.place].value
    if case.scale is None:
        packages = Fraction(1)
    else:
        weights = sum((exact(weight.high) for weight in preference.weights.values()), Fraction(0))
        packages = exact(max(abs(case.scale.low), abs(case.scale.high))) * weights
    left = Fraction(int(LARGEST)) - packages - sum(map(exact, others), Fraction(0))
    return max(left, exact(abs(own.low)), exact(abs(own.high)))

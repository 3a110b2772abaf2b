"""Whether every judged number lies where it may, and beliefs over the scenarios sum to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.case import Case
from detente.case.change import estimates_of
from detente.case.known import Known, unknown
from detente.case.preference import Preference
from detente.case.problem import PathTo, Problem
from detente.core.estimate import Estimate

BELIEF_TOLERANCE = 1e-6

LARGEST = 1e6
"""How far from 0 a judged number may lie, and a party's utility at most.

The engines count utilities in steps of 2**-40 as 64-bit integers, which end near eight million.
"""


def number_problems(case: Case, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the numbers of a case, and with the grounds that they name."""
    for text_class, prior in case.text_class_priors.items():
        yield from out_of_range(prior, 0.0, 1.0, ("text_class_priors", text_class.value), "probability")
    for at, outlook in enumerate(case.no_agreement.outlooks):
        path: PathTo = ("no_agreement", "outlooks", at)
        yield from unknown(outlook.party, known.parties, "party", (*path, "party"))
        for scenario, belief in outlook.beliefs.items():
            yield from out_of_range(belief, 0.0, 1.0, (*path, "beliefs", scenario), "belief")
        for field in ("beliefs", "payoffs"):  # a payoff may lie outside the scale: war can be worse than any package
            given: Mapping[str, Estimate] = getattr(outlook, field)
            for scenario, number in given.items():
                yield from unknown(scenario, known.scenarios, "scenario", (*path, field, scenario))
                if field == "payoffs":
                    yield from out_of_range(number, None, None, (*path, field, scenario), "payoff")
            missing = sorted(known.scenarios - given.keys())
            if given and missing:
                yield Problem((*path, field), f'there is none for scenario "{missing[0]}"', None,
                              "Unknown is not zero: each scenario has its own", "Add it")  # fmt: skip
        total = sum(belief.mode for belief in outlook.beliefs.values())
        if outlook.beliefs and abs(total - 1) > BELIEF_TOLERANCE:
            yield Problem(
                (*path, "beliefs"),
                "the modes of the beliefs do not sum to 1",
                float(f"{total:.6g}"),
                "One of the scenarios comes true",
                "Correct them",
            )
    for at, trust in enumerate(case.trust_classes):
        yield from out_of_range(trust.value, 0.0, 1.0, ("trust_classes", at, "value"), "trust")
    for at, dyad in enumerate(case.dyads):
        if dyad.value is not None:
            yield from out_of_range(dyad.value, 0.0, 1.0, ("dyads", at, "value"), "trust")
    if case.shared.patience_6m is not None:
        yield from out_of_range(case.shared.patience_6m, 0.0, 1.0, ("shared", "patience_6m"), "patience")
    if case.shared.audience_cost is not None:
        yield from out_of_range(case.shared.audience_cost, 0.0, None, ("shared", "audience_cost"), "cost")
    for at, lens in enumerate(case.lenses):
        for place, pair in enumerate(lens.pairs):
            for number_at, override in enumerate(pair.overrides):
                here = ("lenses", at, "pairs", place, "overrides", number_at, "value")
                yield from out_of_range(override.value, None, None, here, "value")
    for path, estimate in estimates_of(case):
        for field in ("because", "see"):
            for name in getattr(estimate, field):
                yield from unknown(name, known.evidence, "statement, position or event", (*path, field))


def out_of_range(number: Estimate, low: float | None, high: float | None, path: PathTo, what: str) -> Iterator[Problem]:
    """Yield a problem if a bound of a number lies outside a range; None is as far as any number may go."""
    low, high = -LARGEST if low is None else low, LARGEST if high is None else high
    outside = [value for value in (number.low, number.high) if not low <= value <= high]
    if outside:
        allowed = f"It is from {_plain(low)} to {_plain(high)}, its bounds too"
        yield Problem(path, f"the {what} is out of range", outside[0], allowed, "Correct it")


def too_large_together(case: Case, preference: Preference, path: PathTo) -> Iterator[Problem]:
    """Yield a problem if the utilities of a party can add up to more than the engines count."""
    joint = [max(abs(term.value.low), abs(term.value.high)) for term in preference.interactions]
    weights = [weight.high for weight in preference.weights.values()]
    end = 1.0 if case.scale is None else max(abs(case.scale.low), abs(case.scale.high))
    if max(end, *joint, *weights, 0.0) > LARGEST:
        return  # a fault by itself
    most = sum(joint) + (1.0 if case.scale is None else end * sum(weights))  # else weights are scaled to sum to 1
    if most > LARGEST * (1 + BELIEF_TOLERANCE):
        yield Problem(
            path,
            "the utilities of this party are too large together",
            float(f"{most:.6g}"),
            f"Weights times the end of the scale, and joint values, add up to {_plain(LARGEST)} at most",
            "Use larger units",
        )


def _plain(bound: float) -> str:
    return f"{bound:,.0f}" if abs(bound) >= 1000 and bound == round(bound) else f"{bound:g}"

"""Whether every judged number lies where it may, and beliefs over the scenarios sum to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.case import Case
from detente.case.change import estimates_of
from detente.case.known import Known, unknown
from detente.case.problem import PathTo, Problem
from detente.core.estimate import Estimate

BELIEF_TOLERANCE = 1e-6


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
            for scenario in given:
                yield from unknown(scenario, known.scenarios, "scenario", (*path, field, scenario))
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
    for path, estimate in estimates_of(case):
        for field in ("because", "see"):
            for name in getattr(estimate, field):
                yield from unknown(name, known.evidence, "statement, position or event", (*path, field))


def out_of_range(number: Estimate, low: float, high: float | None, path: PathTo, what: str) -> Iterator[Problem]:
    """Yield a problem if a bound of a number lies outside a range; None is no upper end."""
    outside = [value for value in (number.low, number.high) if value < low or (high is not None and value > high)]
    if outside:
        bounds = f"at least {low:g}" if high is None else f"from {low:g} to {high:g}"
        yield Problem(path, f"the {what} is out of range", outside[0], f"It is {bounds}, its bounds too", "Correct it")

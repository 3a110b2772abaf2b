"""Draws of a party's weights and values, and what the answered packages are worth in each: for the joint inference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.case.case import Case
from detente.case.preference import Preference
from detente.compile.inference import InferenceTrace
from detente.compile.utilities import Weights, issue_weights
from detente.compile.worth import Worth
from detente.core.estimate import Estimate
from detente.core.streams import Purpose, stream
from detente.maths.compiled import FloatArray
from detente.maths.pert import pert_quantile

DECIMALS = 6
"""Decimals of a drawn number: far finer than any judgement, and exact as a fraction."""


@dataclass(frozen=True, slots=True)
class DrawnWorths:
    """What each answered package is worth in each draw (`worths`), and each issue's weight in it (`weights`)."""

    issues: tuple[str, ...]
    worths: FloatArray
    weights: FloatArray


def drawn_worths(case: Case, trace: InferenceTrace, draws: int, seed: int) -> DrawnWorths:
    """Return draws of a party's numbers from their PERT laws; ranges of worth count at the end that says least."""
    party = trace.party
    preference = case.preference[party]
    ranges = _ranges(preference)
    low, mode, high = (np.array([getattr(one, bound) for one in ranges]) for bound in ("low", "mode", "high"))
    numbers = pert_quantile(stream(seed, Purpose.INFERENCE).random((draws, len(ranges))), low, mode, high)
    worths, weights = [], []
    issues: tuple[str, ...] = ()
    for row in np.round(numbers, DECIMALS):
        drawn = _with_numbers(preference, [float(number) for number in row])
        others = tuple(drawn if one is preference else one for one in case.preferences)
        read = case.model_copy(update={"preferences": others})
        worth = Worth.of(read, party)
        assert worth is not None
        issues = tuple(worth.options)
        shares = issue_weights(read, party, issues, Weights.ANALYST)
        spans = [worth.range_of(one.answer.package) for one in trace.answers]
        ends = [
            span[1] if one.answer.reaction.accepts else span[0] for span, one in zip(spans, trace.answers, strict=True)
        ]
        worths.append(ends)
        weights.append([float(shares[issue]) for issue in issues])
    return DrawnWorths(issues, np.array(worths, dtype=np.float64), np.array(weights, dtype=np.float64))


def _ranges(preference: Preference) -> list[Estimate]:
    """Return the judged numbers of a preference that count: weights, the last revisions of values, joint values."""
    values = [series[-1] for options in preference.values.values() for series in options.values()]
    return [*preference.weights.values(), *values, *(term.value for term in preference.interactions)]


def _with_numbers(preference: Preference, numbers: list[float]) -> Preference:
    """Return a preference with other numbers, in the order of `_ranges`."""
    left = iter(numbers)

    def following() -> Estimate:
        number = next(left)
        return Estimate(low=number, mode=number, high=number)

    return preference.model_copy(
        update={
            "weights": {issue: following() for issue in preference.weights},
            "values": {
                issue: {option: (following(),) for option in options} for issue, options in preference.values.items()
            },
            "interactions": tuple(term.model_copy(update={"value": following()}) for term in preference.interactions),
        }
    )

"""What was learned about each weight and value, in the ids of the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.compile.elicitation import Range, StartingRanges
from detente.maths.compiled import FloatArray
from detente.maths.pert import FITTED, pert_fitted
from detente.maths.worths import Comparison
from detente.uncertainty.elicitation.inconsistency import inconsistencies
from detente.uncertainty.elicitation.learner import Answer, Learner, Step

LOW, HIGH = FITTED, 1 - FITTED
"""The quantiles that an estimate keeps: its bounds lie beyond them, since those of a case are hard."""

DIGITS = 3
"""After the point: two thousand particles do not tell more."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One number before and after the answers.

    Attributes
    ----------
    before, after : tuple of 5% quantile, median, 95% quantile
        Of weights and of values alike the centre is the median: the value of a worst or best option is mostly exactly
        0 or 1, and so is its median, but not its mean.
    estimate : tuple of low, mode, high
        What a case is given: the median of `after` as the mode, and the bounds with which the PERT law has the
        quantiles of `after` (`pert_fitted`), as far as values from 0 to 1 and weights from 0 leave room.
    comparisons : int
        How many answered questions were about it: for a weight those across issues, for a value those within its
        issue. With none, `after` only follows from the rest, and is not to be written.
    """

    before: Range
    after: Range
    estimate: Range
    comparisons: int

    @property
    def narrowed(self) -> float:
        """By which share the range became narrower; negative if it became wider."""
        width = self.before[2] - self.before[0]
        return 1 - (self.after[2] - self.after[0]) / width if width > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """Every weight by issue, and every value by issue and option."""

    weights: Mapping[str, Judgement]
    values: Mapping[str, Mapping[str, Judgement]]


def judged(ranges: StartingRanges, learner: Learner, steps: Sequence[Step]) -> Judged:
    """Return what was learned, weights on the scale of the case: their medians add up to what its weights do."""
    before, after = learner.after(()), learner.after(steps)
    told = [step.asked for step in steps if step.answer is not Answer.UNKNOWN]
    issue_of = learner.start.issue_of
    weighed = [_issues(one, issue_of) for one in told]
    scale = ranges.total / np.median(after.weights(), axis=0).sum()
    sized = [one.weights() * scale for one in (before, after)]
    weights = {
        issue: _judgement(
            (sized[0][:, at], sized[1][:, at]),
            np.inf,
            sum(len(issues) > 1 and at in issues for issues in weighed),
        )
        for at, issue in enumerate(ranges.weights)
    }
    values: dict[str, dict[str, Judgement]] = {}
    for at, (issue, option) in enumerate(ranges.options):
        values.setdefault(issue, {})[option] = _judgement(
            (before.values[:, at], after.values[:, at]),
            1.0,
            sum(len(_issues(one, issue_of)) == 1 and at in (*one.first, *one.second) for one in told),
        )
    return Judged(weights, values)


def elicitation_report(
    case: str, party: str, ranges: StartingRanges, learner: Learner, steps: Sequence[Step]
) -> dict[str, object]:
    """Return the whole result as plain values: weights, values, inconsistencies and the answers they came from."""
    known = judged(ranges, learner, steps)
    return {
        "case": case,
        "party": party,
        "seed": learner.seed,
        "asked": len(steps),
        "without_an_answer": sum(step.answer is Answer.UNKNOWN for step in steps),
        "weights": {issue: _plain(weight) for issue, weight in known.weights.items()},
        "values": {
            issue: {option: _plain(value) for option, value in options.items()}
            for issue, options in known.values.items()
        },
        "inconsistencies": [
            {
                "kind": one.misfit.value,
                "answers": [at + 1 for at in one.steps],
                "probability": one.probability,
            }
            for one in inconsistencies(learner, steps)
        ],
        "answers": [named(step, ranges) for step in steps],
    }


def named(step: Step, ranges: StartingRanges) -> dict[str, object]:
    """Return a question and its answer in the ids of the case."""
    first, second = ranges.sides(step.asked)
    sides = {
        name: {"issue": side.issue, "options": list(side.options)}
        for name, side in (("first", first), ("second", second))
    }
    return {**sides, "answer": step.answer.value}


def _issues(asked: Comparison, issue_of: NDArray[np.int64]) -> set[int]:
    return {int(issue_of[side[0]]) for side in (asked.first, asked.second)}


def _judgement(draws: tuple[FloatArray, FloatArray], ceiling: float, comparisons: int) -> Judgement:
    before, after = (_spread(one) for one in draws)
    first, middle, last = (np.array([one]) for one in after)
    low, high = pert_fitted(first, middle, last, 0.0, ceiling)
    return Judgement(_rounded(before), _rounded(after), _rounded((low[0], after[1], high[0])), comparisons)


def _spread(draws: FloatArray) -> Range:
    low, median, high = (float(one) for one in np.quantile(draws, [LOW, 0.5, HIGH]))
    return low, median, high


def _rounded(numbers: Range) -> Range:
    low, middle, high = (round(float(one), DIGITS) for one in numbers)
    return low, middle, high


def _plain(one: Judgement) -> dict[str, object]:
    return {
        **dict(zip(("low", "mode", "high"), one.estimate, strict=True)),
        **_told(one.after),
        "before": _told(one.before),
        "comparisons": one.comparisons,
    }


def _told(numbers: Range) -> dict[str, float]:
    return dict(zip(("from_5", "median", "to_95"), numbers, strict=True))

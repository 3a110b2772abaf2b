"""What thirty answers of simulated analysts teach, against the truth, no answers and blind questions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import beta

from detente.compile.elicitation import StartingRanges, start_of
from detente.core.streams import stream
from detente.maths.comparisons import Consistency, answer_probabilities, log_odds_of_ratio
from detente.maths.compiled import FloatArray
from detente.maths.learning import updated
from detente.maths.pert import pert_shapes
from detente.maths.worths import Comparison, Said, drawn
from detente.uncertainty.elicitation import (
    Answer,
    Learner,
    Misfit,
    Step,
    inconsistencies,
    judged,
    next_question,
)
from detente.uncertainty.elicitation.inconsistency import circles
from tests.uncertainty.analysts import analyst, covered, error, nothing_known, session

ANALYSTS = 8
NOMINAL = 0.9

CLEARLY = 0.6
"""Errors after thirty answers are at most this share of what they were; by simulation of 40 analysts about a third."""


def three_errors(trials: int) -> float:
    """Return three standard errors of a share of `trials` independent trials at the nominal rate."""
    return 3 * math.sqrt(NOMINAL * (1 - NOMINAL) / trials)


@pytest.fixture(scope="module")
def sessions():  # type: ignore[no-untyped-def]
    who = [analyst(nothing_known(5, 3), seed) for seed in range(ANALYSTS)]
    return [(one, *session(one)) for one in who]


def test_ranges_cover_the_truth_at_about_the_nominal_rate(sessions) -> None:  # type: ignore[no-untyped-def]
    found = [covered(who, learner.after(steps)) for who, learner, steps in sessions]
    for kind in (0, 1):
        hits = [hit for one in found for hit in one[kind]]
        assert len(hits) >= ANALYSTS * 5
        assert np.mean(hits) >= NOMINAL - three_errors(len(hits))


AS_SPREAD = 0.1
"""By which share the standard deviation of a written weight may be off, on average; as bounds the quantiles left 0.4.

A posterior that leans on 0 has no PERT law with its mode and both quantiles. By simulation of 8 analysts 0.04."""


def spread(draws: FloatArray) -> FloatArray:
    """Return standard deviations of weights scaled as written ones are, so that their medians add up to 1."""
    return np.asarray(draws.std(axis=0) / np.median(draws, axis=0).sum())


def test_what_is_written_is_as_wide_as_what_is_known(sessions) -> None:  # type: ignore[no-untyped-def]
    ratios: list[float] = []
    for _, learner, steps in sessions:
        known = judged(nothing_known(5, 3), learner, steps)
        low, mode, high = np.array([one.estimate for one in known.weights.values()]).T
        own = (high - low) * beta(*pert_shapes(low, mode, high)).std()
        ratios.extend(own / spread(learner.after(steps).weights()))
    assert np.mean(ratios) == pytest.approx(1, abs=AS_SPREAD), ratios


def test_a_new_session_that_starts_from_what_was_written_knows_no_more(sessions) -> None:  # type: ignore[no-untyped-def]
    ratios: list[float] = []
    for who, learner, steps in sessions:
        nothing = nothing_known(5, 3)
        known = judged(nothing, learner, steps)
        weights = {issue: one.estimate for issue, one in known.weights.items()}
        again = Learner(start_of(StartingRanges(weights, nothing.values)), who.seed).after(())
        ratios.extend(again.weights().std(axis=0) / learner.after(steps).weights().std(axis=0))
    assert np.mean(ratios) >= 1 - AS_SPREAD, ratios


def test_thirty_answers_leave_clearly_smaller_errors_than_none(sessions) -> None:  # type: ignore[no-untyped-def]
    before = np.mean([error(who, learner.after(())) for who, learner, _ in sessions], axis=0)
    after = np.mean([error(who, learner.after(steps)) for who, learner, steps in sessions], axis=0)
    assert (after < CLEARLY * before).all(), (before, after)


def test_chosen_questions_leave_smaller_errors_than_blind_ones(sessions) -> None:  # type: ignore[no-untyped-def]
    """Of weights and of what options contribute; by simulation of 40 analysts a third smaller, of values too."""
    after = np.mean([error(who, learner.after(steps)) for who, learner, steps in sessions], axis=0)
    blind = []
    for who, _, _ in sessions:
        learner, steps = session(who, at_random=True)
        blind.append(error(who, learner.after(steps)))
    weights, _, utilities = np.mean(blind, axis=0)
    assert after[0] < weights
    assert after[2] < utilities


@pytest.mark.parametrize("seed", range(6))
def test_a_consistent_analyst_is_told_of_no_circle(seed: int) -> None:
    learner, steps = session(analyst(nothing_known(4, 3), seed, consistent=True), count=300)
    assert circles(steps) == ()
    improbable = [one for one in inconsistencies(learner, steps) if one.probability is not None]
    assert improbable == []


def test_an_answer_against_all_others_is_found_and_its_circle_too() -> None:
    """Three issues of two options: 0 over 1 over 2 over 0, and enough else to leave no doubt that 0 is over 2."""
    start = start_of(nothing_known(4, 2))
    wide = [(0, 1), (2, 3), (4, 5), (6, 7)]

    def more(one: int, other: int) -> Step:
        return Step(Comparison(wide[one], wide[other]), Answer.FIRST)

    steps = [more(0, 1), more(1, 2), more(0, 3), more(3, 2), more(2, 0)]
    found = inconsistencies(Learner(start, 0), steps)
    assert {one.steps for one in found if one.misfit is Misfit.CIRCLE} == {(0, 1, 4), (2, 3, 4)}
    assert [one.steps for one in found if one.misfit is Misfit.IMPROBABLE] == [(4,)]


def test_an_answer_against_the_case_alone_departs_from_it_and_contradicts_no_answer() -> None:
    ranges = StartingRanges({"a": None}, {"a": {"x": (0.9, 1.0, 1.0), "y": (0.0, 0.0, 0.1)}})
    (found,) = inconsistencies(Learner(start_of(ranges), 0), [Step(Comparison((0,), (1,)), Answer.SECOND)])
    assert (found.misfit, found.steps) == (Misfit.DEPARTS, (0,))


@pytest.mark.parametrize("count", [3, 4, 5])
def test_ranks_alone_give_rank_order_centroids(count: int) -> None:
    """Edwards and Barron's centroids, (1/n) sum of 1/k from the rank on; n = 4: .5208, .2708, .1458, .0625."""
    centroids = [sum(1 / k for k in range(rank, count + 1)) / count for rank in range(1, count + 1)]
    if count == 4:
        assert centroids == pytest.approx([0.5208, 0.2708, 0.1458, 0.0625], abs=5e-5)
    particles, firm = 6000, Consistency(ratio=400.0, tie=0.0, slip=1e-6)
    start = start_of(nothing_known(count, 2))
    known, answered = drawn(start, particles, stream(0, 0)), []
    for rank in range(count - 1):
        one, other = (2 * rank, 2 * rank + 1), (2 * rank + 2, 2 * rank + 3)
        answered.append((Comparison(one, other), Said.FIRST))
        known = updated(start, known, answered, firm, stream(0, 1, rank))
    weights = known.weights()
    five_errors = 5 * weights.std(axis=0).max() / math.sqrt(particles / 4)  # copies that have parted count in part
    assert weights.mean(axis=0) == pytest.approx(centroids, abs=five_errors)


def test_no_question_is_asked_twice_and_asking_ends() -> None:
    ranges = nothing_known(2, 2)
    learner, steps = Learner(start_of(ranges), 0, count=200), []
    while (asked := next_question(learner, steps)) is not None:
        steps.append(Step(asked, Answer.UNKNOWN))
    assert len(steps) == len({step.asked.key() for step in steps}) == 3, "two within issues and one across"


def test_what_is_not_known_teaches_nothing() -> None:
    ranges = nothing_known(3, 3)
    learner = Learner(start_of(ranges), 0, count=200)
    asked = next_question(learner, [])
    assert asked is not None
    assert learner.after([Step(asked, Answer.UNKNOWN)]) is learner.after([])
    assert next_question(learner, [Step(asked, Answer.UNKNOWN)]) != asked


def test_the_same_answer_draws_both_sides_together() -> None:
    start = start_of(nothing_known(2, 2))
    learner = Learner(start, 0)
    after = learner.after([Step(Comparison((0, 1), (2, 3)), Answer.SAME)]).weights()[:, 0]
    share = (np.arange(100_000) + 0.5) / 100_000  # of the first of two weights, uniform before the answer
    odds = log_odds_of_ratio(share, 1 - share, Consistency())
    same = answer_probabilities(odds, Consistency())[Said.SAME]
    spread = math.sqrt(np.average((share - 0.5) ** 2, weights=same))
    five_errors = 5 * spread / math.sqrt(2000 / 4)
    assert after.mean() == pytest.approx(0.5, abs=five_errors)
    assert after.std() == pytest.approx(spread, abs=five_errors)


def test_judged_numbers_are_on_the_scale_of_the_case_and_in_order() -> None:
    ranges = StartingRanges(
        {"a": (10.0, 30.0, 40.0), "b": (5.0, 10.0, 20.0)},
        {"a": {"x": (0.8, 1.0, 1.0), "y": (0.0, 0.0, 0.2)}, "b": {"x": None, "y": None}},
    )
    learner = Learner(start_of(ranges), 0)
    known = judged(ranges, learner, [Step(Comparison((2,), (3,)), Answer.FIRST)])
    assert sum(one.after[1] for one in known.weights.values()) == pytest.approx(40, abs=0.01)
    assert known.values["b"]["x"].after == (0.0, 1.0, 1.0) or known.values["b"]["x"].after == (1.0, 1.0, 1.0)
    assert [one.comparisons for one in known.values["b"].values()] == [1, 1]
    assert [one.comparisons for one in known.weights.values()] == [0, 0]
    for one in (*known.weights.values(), *known.values["a"].values()):
        assert one.after[0] <= one.after[1] <= one.after[2]

"""Particles that were moved, against plain weighing of many draws from the start: two ways to one posterior."""

from __future__ import annotations

import numpy as np
import pytest

from detente.compile.elicitation import StartingRanges, start_of
from detente.core.streams import stream
from detente.maths.comparisons import Consistency, predictive_ordinate
from detente.maths.learning import Answered, probability, updated
from detente.maths.worths import Comparison, Particles, Said, Start, drawn

CONSISTENCY = Consistency()
MANY = 400_000
COUNT = 4000

MONTE_CARLO = 0.02
"""Five standard errors of a mean of 4,000 particles of which a quarter count as independent, for numbers from 0 to 1
with a standard deviation of an eighth."""

FAR_OFF = 0.06
"""Rare guesses far off move a spread more than a mean: five standard errors, measured over seeds (0.008 and 0.01)."""

RANGES = StartingRanges(
    {"a": (0.2, 0.4, 0.6), "b": None, "c": (0.1, 0.2, 0.5)},
    {
        "a": {"x": (0.8, 1.0, 1.0), "y": (0.0, 0.1, 0.4), "z": None},
        "b": {"x": None, "y": None},
        "c": {"x": (0.3, 0.5, 0.9), "y": (0.0, 0.0, 0.3), "z": (0.5, 0.9, 1.0)},
    },
)

ANSWERS: tuple[Answered, ...] = (
    (Comparison((0, 1), (3, 4)), Said.SAME),
    (Comparison((2, 0), (2, 1)), Said.FIRST),
    (Comparison((3,), (4,)), Said.FIRST),
    (Comparison((5, 6), (0, 1)), Said.SECOND),
    (Comparison((5,), (7,)), Said.FIRST),
    (Comparison((3, 4), (7, 6)), Said.FIRST),
)


def learned(start: Start, answers: tuple[Answered, ...], seed: int) -> Particles:
    known = drawn(start, COUNT, stream(seed, 0))
    for at in range(len(answers)):
        known = updated(start, known, answers[: at + 1], CONSISTENCY, stream(seed, 1, at))
    return known


def test_moved_particles_have_the_means_and_spreads_of_weighed_draws() -> None:
    start = start_of(RANGES)
    draws = drawn(start, MANY, stream(1))
    weight = np.prod([probability(draws, start, one, CONSISTENCY) for one in ANSWERS], axis=0)
    weight /= weight.sum()
    assert 1 / np.sum(weight**2) > COUNT, "enough draws count"
    known = learned(start, ANSWERS, 2)
    for plain, moved in ((draws.weights(), known.weights()), (draws.values, known.values)):
        mean = weight @ plain
        assert moved.mean(axis=0) == pytest.approx(mean, abs=MONTE_CARLO)
        assert moved.std(axis=0) == pytest.approx(np.sqrt(weight @ (plain - mean) ** 2), abs=FAR_OFF)


@pytest.mark.parametrize("left_out", range(len(ANSWERS)))
def test_the_ordinate_of_an_answer_is_its_probability_without_it(left_out: int) -> None:
    start, others = start_of(RANGES), ANSWERS[:left_out] + ANSWERS[left_out + 1 :]
    draws = drawn(start, MANY, stream(3))
    weight = np.prod([probability(draws, start, one, CONSISTENCY) for one in others], axis=0)
    expected = weight @ probability(draws, start, ANSWERS[left_out], CONSISTENCY) / weight.sum()
    known = learned(start, ANSWERS, 4)
    found = predictive_ordinate(probability(known, start, ANSWERS[left_out], CONSISTENCY))
    assert found == pytest.approx(expected, rel=0.15)  # a harmonic mean varies more than a plain one

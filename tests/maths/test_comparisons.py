"""Probabilities of answers, what questions teach, and circles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.maths.comparisons import (
    Consistency,
    answer_probabilities,
    answer_probability,
    cycles,
    expected_information,
    expected_narrowing,
    log_odds_of_difference,
    log_odds_of_ratio,
    predictive_ordinate,
)

ROUNDING = 1e-12
"""A few operations on numbers near 1."""

CONSISTENCY = Consistency()
positive = st.floats(1e-6, 1e3)


@given(st.floats(-60, 60))
def test_the_three_answers_have_probabilities_that_sum_to_one(x: float) -> None:
    p = answer_probabilities(np.array([x]), CONSISTENCY)
    assert p.sum() == pytest.approx(1, abs=ROUNDING)
    assert (p >= CONSISTENCY.slip / 3 - ROUNDING).all(), "no answer is ever impossible"
    for answer in range(3):
        assert answer_probability(np.array([x]), answer, CONSISTENCY)[0] == p[answer, 0]


@given(positive, positive)
def test_swapping_the_sides_swaps_first_and_second_to_the_last_bit(one: float, other: float) -> None:
    a, b = np.array([one]), np.array([other])
    for log_odds in (log_odds_of_ratio, log_odds_of_difference):
        plain = answer_probabilities(log_odds(a, b, CONSISTENCY), CONSISTENCY)
        swapped = answer_probabilities(log_odds(b, a, CONSISTENCY), CONSISTENCY)
        assert plain[[1, 0, 2]].tobytes() == swapped.tobytes()


def test_without_ties_and_slips_it_is_the_bradley_terry_model() -> None:
    plain = Consistency(ratio=1.0, tie=0.0, slip=0.0)
    p = answer_probabilities(log_odds_of_ratio(np.array([3.0]), np.array([1.0]), plain), plain)
    assert p[:, 0] == pytest.approx([3 / 4, 1 / 4, 0], abs=ROUNDING)


def test_ties_are_those_of_rao_and_kupper() -> None:
    """With threshold factor theta = e^t, worths p and q: P(first) = p / (p + theta q)."""
    tied = Consistency(ratio=1.0, tie=float(np.log(2.0)), slip=0.0)
    p = answer_probabilities(log_odds_of_ratio(np.array([3.0]), np.array([1.0]), tied), tied)
    assert p[:, 0] == pytest.approx([3 / 5, 1 / 7, 1 - 3 / 5 - 1 / 7], abs=ROUNDING)


def test_the_documented_odds_hold() -> None:
    bare = Consistency(tie=0.0, slip=0.0)
    twice = answer_probabilities(log_odds_of_ratio(np.array([2.0]), np.array([1.0]), bare), bare)
    assert twice[0, 0] / twice[1, 0] == pytest.approx(16)
    half = answer_probabilities(log_odds_of_difference(np.array([0.5]), np.array([0.0]), bare), bare)
    assert half[0, 0] / half[1, 0] == pytest.approx(np.exp(5))


@given(st.lists(st.lists(st.floats(-20, 20), min_size=4, max_size=4), min_size=1, max_size=5))
def test_information_lies_between_nothing_and_the_logarithm_of_three(x: list[list[float]]) -> None:
    information = expected_information(answer_probabilities(np.array(x), CONSISTENCY))
    assert (information >= 0).all()
    assert (information <= np.log2(3) + ROUNDING).all()


def test_a_question_whose_answer_is_known_teaches_nothing() -> None:
    p = answer_probabilities(np.full((1, 6), 2.5), CONSISTENCY)
    assert expected_information(p)[0] == pytest.approx(0, abs=ROUNDING)
    assert expected_narrowing(p, np.arange(6.0)[:, None])[0] == pytest.approx(0, abs=ROUNDING)


def test_the_narrowing_is_the_expected_fall_of_the_variance() -> None:
    """By the law of total variance, counted out for two answers and three guesses."""
    p = np.array([[[0.9, 0.5, 0.2]], [[0.1, 0.5, 0.8]]])
    q = np.array([0.0, 1.0, 3.0])
    left = 0.0
    for row in p[:, 0]:
        weight = row / row.sum()
        left += row.mean() * (weight @ q**2 - (weight @ q) ** 2)
    assert expected_narrowing(p, q[:, None])[0] == pytest.approx(q.var() - left, rel=1e-8)


def test_the_ordinate_is_the_harmonic_mean() -> None:
    assert predictive_ordinate(np.array([0.5, 0.25])) == pytest.approx(1 / 3)


def test_an_order_has_no_circle_and_a_broken_one_has() -> None:
    order = [(0, 1), (1, 2), (0, 2), (2, 3)]
    assert cycles(order) == ()
    assert cycles([*order, (3, 1)]) == ((1, 3, 4),)
    assert cycles([(0, 1), (1, 0)]) == ((0, 1),)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12), st.permutations(range(7)))
def test_circles_are_closed_walks_and_do_not_depend_on_labels(edges: list[tuple[int, int]], names: list[int]) -> None:
    edges = [edge for edge in edges if edge[0] != edge[1]]
    found = cycles(edges)
    for circle in found:
        for one, after in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert edges[one][1] == edges[after][0]
    assert cycles([(names[a], names[b]) for a, b in edges]) == found

"""Reliability, its error, and Platt's curve."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.maths.calibration import by_platt, calibration_error, log_loss, platt, reliability

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_bins_hold_what_was_counted_by_hand():
    pairs = [(0.1, True), (0.1, False), (0.19, False), (0.2, True), (1.0, True), (0.95, False)]
    found = [(one.low, one.number, round(one.stated, 3), round(one.right, 3)) for one in reliability(pairs)]
    assert found == [(0.1, 3, 0.13, 0.333), (0.2, 1, 0.2, 1.0), (0.9, 2, 0.975, 0.5)]
    # (3 * |0.13 - 1/3| + 1 * |0.2 - 1| + 2 * |0.975 - 0.5|) / 6
    assert calibration_error(pairs) == pytest.approx((0.61 + 0.8 + 0.95) / 6)


def test_log_loss_of_one_half_is_the_logarithm_of_two():
    assert log_loss([(0.5, True), (0.5, False)]) == pytest.approx(math.log(2))


def test_platts_curve_finds_the_curve_that_made_the_shares():
    slope, shift = 0.7, 0.5
    pairs = []
    for stated in (0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9):
        share = 1 / (1 + math.exp(-(slope * math.log(stated / (1 - stated)) + shift)))
        pairs += [(stated, place < round(10_000 * share)) for place in range(10_000)]
    assert platt(pairs) == pytest.approx((slope, shift), abs=1e-3)  # shares are rounded to a ten thousandth
    after = by_platt(platt(pairs), [stated for stated, _ in pairs])
    assert calibration_error(list(zip(after, (right for _, right in pairs), strict=True))) < 1e-3


@given(PAIRS)
def test_bins_hold_every_pair_once_and_the_error_lies_between_none_and_one(pairs):
    assert sum(one.number for one in reliability(pairs)) == len(pairs)
    assert 0 <= calibration_error(pairs) <= 1
    assert calibration_error(pairs) == pytest.approx(calibration_error(pairs[::-1]))

"""A judged number: its bounds, its short form, its refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from detente.core.estimate import Estimate

NUMBERS = st.floats(-1e6, 1e6)


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS).map(sorted))
def test_bounds_in_order_are_kept(bounds: list[float]) -> None:
    low, mode, high = bounds
    estimate = Estimate(low=low, mode=mode, high=high)
    assert (estimate.low, estimate.mode, estimate.high) == (low, mode, high)
    assert Estimate.model_validate(estimate.model_dump()) == estimate


@given(NUMBERS)
def test_a_bare_number_is_exact(number: float) -> None:
    assert Estimate.model_validate(number) == Estimate(low=number, mode=number, high=number)


def test_a_bound_that_is_left_out_is_the_mode() -> None:
    assert Estimate.model_validate({"mode": 0.3, "high": 0.5}).low == 0.3


@pytest.mark.parametrize(
    "value",
    [
        {"low": 2, "mode": 1, "high": 3},
        {"low": 0, "high": 1},
        {"mode": "much"},
        {"mode": float("nan")},
        {"mode": 1, "high": float("inf")},
        {"mode": 1, "sure": True},
        True,
        "0.5",
        None,
    ],
)
def test_what_is_no_estimate_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        Estimate.model_validate(value)


def test_an_estimate_cannot_be_changed() -> None:
    estimate = Estimate.model_validate(0.5)
    with pytest.raises(ValidationError, match="frozen"):
        estimate.mode = 0.6  # type: ignore[misc]

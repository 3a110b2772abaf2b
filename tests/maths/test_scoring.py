"""Scores of forecasts: a published decomposition, laws, and bad input."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.errors import ModelError
from detente.maths.scoring import scores

EXACT = 1e-9  # the oracle's own tolerance

FORECASTS = st.lists(st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.booleans()), min_size=1, max_size=30)


@pytest.mark.shared
def test_the_decomposition_is_that_of_the_oracle(shared: Path) -> None:
    table = json.loads((shared / "oracles" / "theory" / "o7_infer.json").read_text(encoding="utf-8"))
    oracle = next(entry for entry in table["records"] if entry["id"] == "score.brier")
    found = scores(oracle["inputs"]["p"], [bool(o) for o in oracle["inputs"]["o"]])
    expected = oracle["expected"]
    assert found.log == pytest.approx(expected.pop("log_score"), abs=EXACT)
    assert {name: getattr(found, name) for name in expected} == pytest.approx(expected, abs=EXACT)


def test_the_numbers_of_the_worked_example() -> None:
    # by hand: squares .01 .09 .49 .36 .16 .01 .01 .81 sum to 1.94; / 8 = .2425
    found = scores([0.9, 0.7, 0.7, 0.4, 0.4, 0.1, 0.1, 0.1], [True, True, False, True, False, False, False, True])
    assert found.brier == pytest.approx(0.2425, abs=EXACT)
    # reliability: (.01 + 2*.04 + 2*.01 + 3*(7/30)^2) / 8; resolution: (.25 + 0 + 0 + 3*(1/6)^2) / 8
    assert found.reliability == pytest.approx((0.01 + 0.08 + 0.02 + 3 * (7 / 30) ** 2) / 8, abs=EXACT)
    assert found.resolution == pytest.approx((0.25 + 3 / 36) / 8, abs=EXACT)
    assert (found.uncertainty, found.base_rate, found.number) == (0.25, 0.5, 8)


@given(FORECASTS)
def test_the_score_is_reliability_minus_resolution_plus_uncertainty(given_ones: list[tuple[float, bool]]) -> None:
    found = scores([p for p, _ in given_ones], [o for _, o in given_ones])
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.uncertainty, abs=1e-12)
    assert 0 <= found.brier <= 1


@given(FORECASTS)
def test_naming_the_opposite_event_changes_no_score(given_ones: list[tuple[float, bool]]) -> None:
    found = scores([p for p, _ in given_ones], [o for _, o in given_ones])
    other = scores([1 - p for p, _ in given_ones], [not o for _, o in given_ones])
    assert other.brier == pytest.approx(found.brier, abs=1e-12)
    assert (other.log is None) == (found.log is None)


@given(FORECASTS)
def test_the_order_of_forecasts_does_not_matter(given_ones: list[tuple[float, bool]]) -> None:
    turned = given_ones[::-1]
    first, second = (scores([p for p, _ in ones], [o for _, o in ones]) for ones in (given_ones, turned))
    assert (first.brier, first.log, first.base_rate) == (second.brier, second.log, second.base_rate)


def test_a_certainty_that_fails_has_no_finite_log_score() -> None:
    assert scores([0.0], [True]).log is None
    assert scores([0.5], [True]).log == pytest.approx(math.log(2), abs=EXACT)


def test_skill_needs_both_outcomes() -> None:
    assert scores([0.9, 0.8], [True, True]).skill is None


@pytest.mark.parametrize(
    ("probabilities", "occurred", "match"),
    [([], [], "do not match"), ([0.5], [], "do not match"), ([1.5], [True], r"not a probability, got 1\.5")],
)
def test_bad_input_is_one_sentence(probabilities: list[float], occurred: list[bool], match: str) -> None:
    with pytest.raises(ModelError, match=match):
        scores(probabilities, occurred)

"""The PERT law: its mean, its mode, its quantiles, its density."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from detente.core.streams import stream
from detente.maths.pert import pert_density, pert_draws, pert_quantile

PLACES = (np.arange(20_000) + 0.5) / 20_000
#: The mean of 20,000 evenly spread quantiles differs from the integral by less than the span over that number.
SPREAD = 1e-4

bounds = st.lists(st.integers(-50, 50), min_size=3, max_size=3).map(sorted)


def drawn(places: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    one = (np.array([value], dtype=np.float64) for value in (low, mode, high))
    return pert_quantile(places[:, None], *one)[:, 0]


@given(bounds)
def test_the_mean_weighs_the_most_likely_value_four_times_and_draws_keep_the_bounds(numbers: list[int]) -> None:
    low, mode, high = numbers
    values = drawn(PLACES, low, mode, high)
    assert low <= values.min()
    assert values.max() <= high
    assert (np.diff(values) >= 0).all()
    assert abs(values.mean() - (low + 4 * mode + high) / 6) <= SPREAD * max(1, high - low)


@given(bounds.filter(lambda b: b[0] < b[2]), st.floats(0.01, 0.99))
def test_quantiles_are_those_of_the_scaled_beta_law(numbers: list[int], place: float) -> None:
    low, mode, high = numbers
    alpha = 1 + 4 * (mode - low) / (high - low)
    expected = stats.beta(alpha, 6 - alpha, loc=low, scale=high - low).ppf(place)
    assert np.isclose(drawn(np.array([place]), low, mode, high)[0], expected, rtol=1e-9, atol=1e-9)


def test_an_exact_number_is_drawn_as_it_is() -> None:
    assert drawn(PLACES[:3], 0.25, 0.25, 0.25).tolist() == [0.25, 0.25, 0.25]


DRAWS = 40_000
FIVE_ERRORS = 5 / np.sqrt(DRAWS)
"""Five standard errors of a mean, per unit of standard deviation; a law on an interval has half its width at most."""


@st.composite
def ranges(draw: st.DrawFn) -> tuple[float, float, float]:
    low, width, share = draw(st.floats(-2, 2)), draw(st.floats(0.01, 3)), draw(st.floats(0, 1))
    return low, low + share * width, low + width


@given(ranges())
def test_the_density_has_area_one_and_is_highest_at_the_mode(of: tuple[float, float, float]) -> None:
    low, mode, high = map(np.array, of)
    area, _ = quad(lambda x: float(pert_density(np.array(x), low, mode, high)), low, high, points=[float(mode)])
    assert area == pytest.approx(1, abs=1e-6)
    points = np.linspace(low, high, 201)
    assert pert_density(mode, low, mode, high) >= pert_density(points, low, mode, high).max() - 1e-9
    assert pert_density(low - 1, low, mode, high) == pert_density(high + 1, low, mode, high) == 0


@given(ranges())
def test_draws_lie_within_bounds_and_have_the_published_mean(of: tuple[float, float, float]) -> None:
    low, mode, high = (np.array([one]) for one in of)
    draws = pert_draws(stream(0), low, mode, high, DRAWS)[:, 0]
    assert low <= draws.min() <= draws.max() <= high
    assert draws.mean() == pytest.approx((low + 4 * mode + high)[0] / 6, abs=FIVE_ERRORS * (high - low)[0] / 2)

"""The PERT law: its mean, its mode, its quantiles, its density, and the law with given quantiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from detente.core.streams import stream
from detente.maths.pert import pert_density, pert_draws, pert_fitted, pert_quantile

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


CLOSE = 1e-9
"""Of the width: forty-five halvings leave 3e-14 of the place of the mode, and a quantile moves about as much."""


def fitted(a: float, mode: float, b: float, floor: float, ceiling: float) -> tuple[float, float, list[float]]:
    """Return the bounds of the fitted law, and its own 5% and 95% quantiles."""
    low, high = pert_fitted(*(np.array([one]) for one in (a, mode, b)), floor, ceiling)
    own = drawn(np.array([0.05, 0.95]), float(low[0]), mode, float(high[0]))
    return float(low[0]), float(high[0]), own.tolist()


@given(ranges())
def test_the_fitted_law_has_the_quantiles_that_are_asked(of: tuple[float, float, float]) -> None:
    a, mode, b = of
    low, high, own = fitted(a, mode, b, -np.inf, np.inf)
    assert low < a < b < high
    assert own == pytest.approx([a, b], abs=CLOSE * (high - low))


@given(ranges())
def test_a_law_is_found_again_from_its_quantiles(of: tuple[float, float, float]) -> None:
    low, mode, high = of
    a, b = drawn(np.array([0.05, 0.95]), low, mode, high)
    if not a <= mode <= b:
        return
    found = pert_fitted(np.array([a]), np.array([mode]), np.array([b]), -np.inf, np.inf)
    assert [float(one[0]) for one in found] == pytest.approx([low, high], abs=1e-6 * (high - low))


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted).filter(lambda one: one[2] - one[0] > 1e-3))
def test_at_a_bound_the_other_quantile_alone_is_met_and_no_law_is_wider_than_asked(of: list[float]) -> None:
    a, mode, b = of
    low, high, own = fitted(a, mode, b, 0.0, 1.0)
    assert 0 <= low <= a <= mode <= b <= high <= 1
    assert low == 0 or own[0] == pytest.approx(a, abs=CLOSE)
    assert high == 1 or own[1] == pytest.approx(b, abs=CLOSE)
    assert own[0] >= a - CLOSE
    assert own[1] <= b + CLOSE


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted).filter(lambda one: one[2] - one[0] > 1e-3))
def test_a_mirrored_fit_is_the_fit_of_what_is_mirrored(of: list[float]) -> None:
    a, mode, b = of
    low, high, _ = fitted(a, mode, b, 0.0, 1.0)
    other = fitted(1 - b, 1 - mode, 1 - a, 0.0, 1.0)
    assert (1 - other[1], 1 - other[0]) == pytest.approx((low, high), abs=1e-6)


def test_one_number_stays_one_number() -> None:
    assert fitted(0.25, 0.25, 0.25, 0.0, 1.0)[:2] == (0.25, 0.25)

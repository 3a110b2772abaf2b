"""The PERT law: its mean, its mode, its density."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from detente.core.streams import stream
from detente.maths.pert import pert_density, pert_draws

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

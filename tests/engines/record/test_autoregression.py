"""The weekly model, held to known processes and to NumPy's least squares."""

from __future__ import annotations

import numpy as np
import pytest

from detente.engines.record import TooFew, autoregression, least_squares

FOUR_ERRORS = 4.0
"""Standard errors within which an estimate must lie: missed by chance once in 16,000 times."""


def process(matrix: np.ndarray, weeks: int, *, noise: float, seed: int) -> np.ndarray:
    draw = np.random.default_rng(seed)
    y = np.zeros((weeks + 50, 2))
    y[0] = (3, -2)
    for week in range(1, len(y)):
        y[week] = matrix @ y[week - 1] + noise * draw.standard_normal(2)
    return y[50:]


def test_a_known_process_is_found_within_its_asymptotic_error() -> None:
    r"""The error of least squares is that of the closed form: variance of :math:`\Gamma^{-1} / T` per equation."""
    matrix = np.array([[0.4, 0.2], [-0.3, 0.5]])
    y = process(matrix, 4000, noise=1.0, seed=3)
    found = autoregression(y, generator=np.random.default_rng(0), lags=1, draws=200)
    # Γ solves Γ = A Γ Aᵀ + I, written out as a linear system of its four entries.
    gamma = np.linalg.solve(np.eye(4) - np.kron(matrix, matrix), np.eye(2).ravel()).reshape(2, 2)
    error = np.sqrt(np.diag(np.linalg.inv(gamma)) / len(y))
    assert found.coefficients is not None
    assert (np.abs(found.coefficients[:, 1:] - matrix) < FOUR_ERRORS * error).all()
    assert found.answer is not None
    assert found.answer[0, 0] == pytest.approx(found.coefficients[0, 2])
    assert found.answer[1, 0] == pytest.approx(found.coefficients[1, 1])


def test_the_bootstrap_interval_is_about_as_wide_as_the_closed_form() -> None:
    matrix = np.array([[0.3, 0.0], [0.4, 0.2]])
    y = process(matrix, 2000, noise=1.0, seed=5)
    found = autoregression(y, generator=np.random.default_rng(0), lags=1, draws=1000)
    gamma = np.linalg.solve(np.eye(4) - np.kron(matrix, matrix), np.eye(2).ravel()).reshape(2, 2)
    width = 2 * 1.96 * np.sqrt(np.linalg.inv(gamma)[0, 0] / len(y))
    assert found.answer is not None
    a_fifth = 0.2  # a percentile of 1,000 draws is known to about 6 %, the closed form holds as weeks grow
    assert found.answer[1, 2] - found.answer[1, 1] == pytest.approx(width, rel=a_fifth)


@pytest.mark.parametrize("seed", range(10))
def test_own_least_squares_and_numpys_agree(seed: int) -> None:
    draw = np.random.default_rng(seed)
    design, response = draw.standard_normal((60, 5)), draw.standard_normal((60, 2))
    found = least_squares(design, response)
    assert found == pytest.approx(np.linalg.lstsq(design, response)[0])


def test_coefficients_are_those_of_numpys_regression_on_two_past_weeks() -> None:
    y = process(np.array([[0.4, 0.2], [-0.3, 0.5]]), 80, noise=1.0, seed=9)
    found = autoregression(y, generator=np.random.default_rng(0), lags=2, draws=50)
    design = np.hstack([np.ones((78, 1)), y[1:-1], y[:-2]])
    assert found.coefficients == pytest.approx(np.linalg.lstsq(design, y[2:])[0].T)


def test_too_few_weeks_and_weeks_that_are_all_alike_are_findings() -> None:
    few = autoregression(np.ones((51, 2)), generator=np.random.default_rng(0))
    alike = autoregression(np.ones((80, 2)), generator=np.random.default_rng(0))
    quiet = autoregression(
        np.column_stack([np.arange(80.0) % 7, np.arange(80) == 3]), generator=np.random.default_rng(0)
    )
    assert (few.too_few, few.weeks, few.coefficients) == (TooFew.WEEKS, 49, None)
    assert (alike.too_few, alike.answer) == (TooFew.VARIATION, None)
    assert (quiet.too_few, quiet.active) == (TooFew.WEEKS, (68, 1))

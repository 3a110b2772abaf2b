"""Two weekly series, each explained by the past weeks of both: who answers whom, and how much, where weeks suffice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.engines.record.model import Floats, TooFew

LAGS = 2
"""Past weeks of either series."""

ROWS_PER_COEFFICIENT = 10
ACTIVE_PER_COEFFICIENT = 2
"""Fewest weeks, and fewest weeks with acts of each party, for each coefficient of an equation."""

DRAWS = 1000
SINGULAR = 1e-9
"""Ratio of the least to the largest eigenvalue below which weeks do not tell coefficients apart."""


@dataclass(frozen=True, slots=True)
class Autoregression:
    """What last weeks' acts of both say of this week's.

    Attributes
    ----------
    weeks : int
        Weeks that are explained.
    active : (int, int)
        Weeks with acts off zero, of the first and of the second party.
    too_few : TooFew or None
        Why there are no numbers; they are None then.
    coefficients, low, high : array, shape (2, 1 + 2 · lags)
        Equation of the first and of the second party: constant, then lag by lag the first party's and the second
        party's past; with intervals of 95 %, NaN without draws. Dimensionless but for the constant, in points.
    answer : array, shape (2, 3)
        How much one point more of the other party is followed by over the lags, all else the same: the sum of the
        equation's coefficients on the other's past, with its interval.
    same_week : float or None
        Correlation of what is left unexplained in the same week; its order within the week is not known.
    kept : int
        Resampled records whose weeks tell the coefficients apart.
    """

    weeks: int
    active: tuple[int, int]
    too_few: TooFew | None = None
    coefficients: Floats | None = None
    low: Floats | None = None
    high: Floats | None = None
    answer: Floats | None = None
    same_week: float | None = None
    kept: int = 0


def autoregression(
    weekly: Floats, *, generator: np.random.Generator, lags: int = LAGS, draws: int = DRAWS
) -> Autoregression:
    r"""Return a vector autoregression of two weekly series by least squares.

    .. math:: y_t = c + \sum_{l=1}^{p} A_l\, y_{t-l} + e_t

    Intervals are percentiles of a moving-block bootstrap over the rows of the regression (a week with its past), in
    blocks of at least four weeks. Assumes one unchanging law over all weeks, which a war, for one, breaks.

    Parameters
    ----------
    weekly : array, shape (weeks, 2)
        Net values of the first party towards the second, and of the second towards the first, in points.

    References
    ----------
    [GoldsteinFreeman1990]_, chapter 2 and [PevehouseGoldstein1999]_ use the model for dyadic event series;
    [Kunsch1989]_ for the blocks.

    Examples
    --------
    >>> import numpy as np
    >>> y = [[1.0, 0.0]]
    >>> for week in range(80):  # the second party returns half of what the first did the week before, no more
    ...     y.append([float((week * 7919) % 11) - 5, 0.5 * y[-1][0]])
    >>> found = autoregression(np.array(y), generator=np.random.default_rng(0), lags=1)
    >>> found.answer[1].round(6).tolist()
    [0.5, 0.5, 0.5]
    """
    weekly = np.asarray(weekly, dtype=np.float64)
    rows = max(len(weekly) - lags, 0)
    columns = 1 + 2 * lags
    active = (int((weekly[:, 0] != 0).sum()), int((weekly[:, 1] != 0).sum()))
    if rows < ROWS_PER_COEFFICIENT * columns or min(active) < ACTIVE_PER_COEFFICIENT * columns:
        return Autoregression(rows, active, TooFew.WEEKS)
    scale = float(np.sqrt((weekly**2).mean()))
    y = weekly / scale
    design = np.hstack([np.ones((rows, 1)), *(y[lags - lag : len(y) - lag] for lag in range(1, lags + 1))])
    response = y[lags:]
    squares = design[:, :, None] * design[:, None, :]
    products = design[:, :, None] * response[:, None, :]
    (found,), sound = _solved(squares.sum(axis=0)[None], products.sum(axis=0)[None])
    if not sound[0]:
        return Autoregression(rows, active, TooFew.VARIATION)
    weights = _block_weights(generator, rows, draws)
    drawn, sound = _solved(*(np.tensordot(weights, sums, axes=1) for sums in (squares, products)))
    drawn = drawn[sound]
    units = np.ones((columns, 2))
    units[0] = scale
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0) if len(drawn) else np.full((2, columns, 2), np.nan)
    rest = response - design @ found
    return Autoregression(
        weeks=rows,
        active=active,
        coefficients=(found * units).T,
        low=(low * units).T,
        high=(high * units).T,
        answer=np.array([_answer(found, drawn, equation) for equation in (0, 1)]),
        same_week=_correlation(rest),
        kept=len(drawn),
    )


def least_squares(design: Floats, response: Floats) -> Floats | None:
    """Return the coefficients of a regression from its normal equations; None where the columns do not differ.

    Examples
    --------
    >>> import numpy as np
    >>> least_squares(np.array([[1.0, 0], [1, 1], [1, 2]]), np.array([[1.0], [3], [5]])).round(9).ravel().tolist()
    [1.0, 2.0]
    """
    found, sound = _solved((design.T @ design)[None], (design.T @ response)[None])
    return found[0] if sound[0] else None


def _solved(squares: Floats, products: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the solutions of systems of normal equations, and which of them have one."""
    values = np.linalg.eigvalsh(squares)
    sound = values[:, 0] > SINGULAR * values[:, -1]
    safe = np.where(sound[:, None, None], squares, np.eye(squares.shape[1]))
    solutions: Floats = np.linalg.solve(safe, products).astype(np.float64)
    return solutions, sound


def _block_weights(generator: np.random.Generator, rows: int, draws: int) -> Floats:
    """Return how often each row is in each resampled record, made of whole blocks of consecutive rows."""
    length = max(4, int(np.ceil(rows ** (1 / 3))))
    starts = generator.integers(0, rows - length + 1, size=(draws, -(-rows // length)))
    change = np.zeros((draws, rows + 1))
    np.add.at(change, (np.arange(draws)[:, None], starts), 1.0)
    np.add.at(change, (np.arange(draws)[:, None], starts + length), -1.0)
    return np.cumsum(change, axis=1)[:, :rows]


def _answer(found: Floats, drawn: Floats, equation: int) -> tuple[float, float, float]:
    other = slice(2 - equation, None, 2)  # after the constant, the first and the second party's past alternate
    sums = drawn[:, other, equation].sum(axis=1)
    low, high = np.quantile(sums, (0.025, 0.975)) if len(sums) else (np.nan, np.nan)
    return float(found[other, equation].sum()), float(low), float(high)


def _correlation(rest: Floats) -> float | None:
    spread = (rest**2).sum(axis=0)
    if (spread <= SINGULAR).any():
        return None
    return float((rest[:, 0] * rest[:, 1]).sum() / np.sqrt(spread.prod()))

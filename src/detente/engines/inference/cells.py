"""A law on an interval, held as cells with Gauss points: means, quantiles, and the peak.

Utilities of packages are ends of cells, so that a likelihood that jumps there is integrated without an error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.engines.inference.model import FloatArray, Prior
from detente.maths.pert import pert_density

CELLS = 4000
"""Cells of a grid, before the jumps are added."""

FLAT = 1e-9
"""Relative difference below which densities of two cells are the same."""

_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(3)


@dataclass(frozen=True, slots=True)
class Band:
    """A law in a few numbers: mean, standard deviation, 5%, 50% and 95% quantiles, and where it is densest."""

    mean: float
    sd: float
    low: float
    median: float
    high: float
    mode: float


@dataclass(frozen=True, slots=True)
class Cells:
    """The points at which a density is taken, and what each counts for.

    Attributes
    ----------
    edges : (c + 1,) float
        Ends of the cells, rising.
    points, weights : (c, 3) float
        Gauss points of each cell, and the prior's mass that each stands for.
    """

    edges: FloatArray
    points: FloatArray
    weights: FloatArray

    @classmethod
    def of(cls, prior: Prior, jumps: FloatArray) -> Cells:
        """Return the cells of a prior with distinct bounds, jumps among their ends."""
        inside = jumps[(jumps > prior.low) & (jumps < prior.high)]
        peak = [] if prior.mode is None else [prior.mode]
        edges = np.unique(np.concatenate([np.linspace(prior.low, prior.high, CELLS + 1), inside, peak]))
        half = np.diff(edges)[:, None] / 2.0
        points = edges[:-1, None] + half * (1.0 + _POINTS)
        weights = half * _WEIGHTS
        if prior.mode is None:
            density = np.full_like(points, 1.0 / (prior.high - prior.low))
        else:
            bounds = (np.array(one) for one in (prior.low, prior.mode, prior.high))
            density = pert_density(points, *bounds)
        weights = weights * density
        return cls(edges, points, weights / weights.sum())

    def band(self, logs: FloatArray) -> Band | None:
        """Return the law whose likelihood at the points has these logarithms; None if it is 0 everywhere."""
        top = logs.max()
        if top == -np.inf:
            return None
        mass = self.weights * np.exp(logs - top)
        total = mass.sum()
        mass = mass / total
        mean = float((mass * self.points).sum())
        spread = float((mass * (self.points - mean) ** 2).sum())
        by_cell = mass.sum(axis=1)
        below = np.concatenate([[0.0], np.cumsum(by_cell)])
        quantile = [self._quantile(below, by_cell, place) for place in (0.05, 0.5, 0.95)]
        density = by_cell / np.diff(self.edges)
        densest = np.flatnonzero(density >= density.max() * (1.0 - FLAT))
        mode = float((self.edges[densest[0]] + self.edges[densest[-1] + 1]) / 2)  # the middle of a flat top
        return Band(mean, spread**0.5, quantile[0], quantile[1], quantile[2], mode)

    def _quantile(self, below: FloatArray, by_cell: FloatArray, place: float) -> float:
        cell = int(np.searchsorted(below, place * below[-1], side="left")) - 1
        cell = min(max(cell, 0), len(by_cell) - 1)
        share = (place * below[-1] - below[cell]) / by_cell[cell]
        return float(self.edges[cell] + share * (self.edges[cell + 1] - self.edges[cell]))

    def probability(self, logs: FloatArray, values: FloatArray) -> float:
        """Return the mean of values at the points under the law with these logarithms of the likelihood."""
        mass = self.weights * np.exp(logs - logs.max())
        return float((mass * values).sum() / mass.sum())

    def log_evidence(self, logs: FloatArray) -> float:
        """Return the logarithm of the mean likelihood under the prior."""
        top = logs.max()
        return -np.inf if top == -np.inf else float(top + np.log((self.weights * np.exp(logs - top)).sum()))

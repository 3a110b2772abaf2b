"""From particles and one more answer to particles that know it: reweight, resample, move.

Each particle is weighed by the probability of the new answer, particles are drawn again in proportion (systematically,
with one random number), and every copy is then moved by Metropolis steps that leave the posterior of all answers so far
unchanged, so that copies part again. A step changes one size, one level or all levels of one issue in all particles at
once; sweeps alternate between fresh draws from the starting law and small displacements. Levels are also turned upside
down, as one early answer about which option is worth more can leave no particle that holds the opposite. Issues that no
answer touches are simply drawn afresh, for there the posterior is the starting law.

References
----------
[GilksBerzuini2001]_: resampling with moves. [Kitagawa1996]_: resampling with one random number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.maths.comparisons import Consistency, answer_probability
from detente.maths.compiled import FloatArray
from detente.maths.worths import (
    Comparison,
    Particles,
    Said,
    Start,
    density_of_level,
    density_of_size,
    drawn,
    drawn_levels,
    drawn_sizes,
    log_odds,
    stretched,
)

Answered = tuple[Comparison, Said]

SWEEPS = 4
"""How often each touched number is given the chance to move after an answer; even, as kinds of step alternate."""

SMALL_STEPS = (0.05, 0.2)
"""Standard deviation of displacements, of levels on their scale from 0 to 1."""

SMALL_FACTORS = (0.1, 0.5)
"""The same for sizes, as a change of the logarithm."""


def probability(particles: Particles, start: Start, answered: Answered, consistency: Consistency) -> FloatArray:
    """Return the probability of an answer, one per particle."""
    return _probability(particles.sizes, particles.values, start, answered, consistency)


def updated(
    start: Start,
    particles: Particles,
    answered: Sequence[Answered],
    consistency: Consistency,
    rng: np.random.Generator,
) -> Particles:
    """Return particles that know one more answer, the last; the ones given know all before it."""
    count = len(particles.sizes)
    weight = probability(particles, start, answered[-1], consistency)
    copies = resampled(weight, float(rng.random()))
    fresh = drawn(start, count, rng)
    touched = sorted({int(start.issue_of[side[0]]) for asked, _ in answered for side in (asked.first, asked.second)})
    sizes, levels, values = fresh.sizes, fresh.levels, fresh.values
    for issue in touched:
        span = start.span(issue)
        sizes[:, issue] = particles.sizes[copies, issue]
        levels[:, span] = particles.levels[copies, span]
        values[:, span] = particles.values[copies, span]
    moving = _Moving(start, sizes, levels, values, answered, consistency, rng)
    for sweep in range(SWEEPS):
        for issue in touched:
            moving.move(issue, sweep)
    return Particles(sizes, levels, values)


def resampled(weight: FloatArray, point: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return which particles survive, and how often each, in proportion to weights.

    Parameters
    ----------
    weight : array of shape (particles,)
        Above 0.
    point : float
        From 0 to 1: where the comb of equally spaced marks begins.

    Examples
    --------
    >>> resampled(np.array([0.5, 0.0, 0.25, 0.25]), 0.5).tolist()
    [0, 0, 2, 3]
    """
    count = len(weight)
    heights = np.cumsum(weight)
    marks = (np.arange(count) + point) / count * heights[-1]
    return np.asarray(np.minimum(np.searchsorted(heights, marks, side="right"), count - 1))


class _Moving:
    """The particles while they are moved, with the log-likelihood of the answers that touch each issue."""

    def __init__(
        self,
        start: Start,
        sizes: FloatArray,
        levels: FloatArray,
        values: FloatArray,
        answered: Sequence[Answered],
        consistency: Consistency,
        rng: np.random.Generator,
    ) -> None:
        self.start, self.consistency, self.rng = start, consistency, rng
        self.sizes, self.levels, self.values = sizes, levels, values
        self.about: dict[int, list[Answered]] = {}
        self.sized: set[int] = set()
        for one in answered:
            issues = {int(start.issue_of[side[0]]) for side in (one[0].first, one[0].second)}
            for issue in issues:
                self.about.setdefault(issue, []).append(one)
            if len(issues) > 1:
                self.sized |= issues

    def move(self, issue: int, sweep: int) -> None:
        """Give the size of an issue and the level of each of its options the chance to move, in all particles."""
        now = self._log_likelihood(issue)
        small = sweep % 2 == 1
        scale = sweep // 2 % 2
        if issue in self.sized:
            now = self._move_size(issue, SMALL_FACTORS[scale] if small else None, now)
        else:
            self.sizes[:, issue] = drawn_sizes(self.start, slice(issue, issue + 1), len(self.sizes), self.rng)[:, 0]
        span = self.start.span(issue)
        if not small:
            now = self._settle(issue, span, drawn_levels(self.start, span, len(self.sizes), self.rng), 0.0, now)
            turned = 1.0 - self.levels[:, span]
            now = self._settle(issue, span, turned, self._prior_ratio(span, turned), now)
        for option in self.start.options(issue):
            one = slice(option, option + 1)
            if small:
                step = SMALL_STEPS[scale] * self.rng.standard_normal((len(self.sizes), 1))
                new = _folded(self.levels[:, one] + step)
                now = self._settle(issue, one, new, self._prior_ratio(one, new), now)
            else:
                now = self._settle(issue, one, drawn_levels(self.start, one, len(self.sizes), self.rng), 0.0, now)

    def _move_size(self, issue: int, factor: float | None, now: FloatArray) -> FloatArray:
        old = self.sizes[:, issue].copy()
        if factor is None:
            new = drawn_sizes(self.start, slice(issue, issue + 1), len(old), self.rng)[:, 0]
            prior = np.zeros_like(old)
        else:
            new = old * np.exp(factor * self.rng.standard_normal(len(old)))
            density = density_of_size(self.start, issue, new) / density_of_size(self.start, issue, old)
            prior = np.log(density) + np.log(new) - np.log(old)
        self.sizes[:, issue] = new
        then = self._log_likelihood(issue)
        accepted = np.log(self.rng.random(len(old))) < prior + then - now
        self.sizes[:, issue] = np.where(accepted, new, old)
        return np.where(accepted, then, now)

    def _settle(
        self, issue: int, which: slice, new: FloatArray, prior: FloatArray | float, now: FloatArray
    ) -> FloatArray:
        """Take new levels of some options of an issue in those particles in which they are accepted."""
        span = self.start.span(issue)
        old, before = self.levels[:, which].copy(), self.values[:, span].copy()
        self.levels[:, which] = new
        self.values[:, span] = stretched(self.levels[:, span])
        then = self._log_likelihood(issue)
        accepted = np.log(self.rng.random(len(old))) < prior + then - now
        self.levels[:, which] = np.where(accepted[:, None], new, old)
        self.values[:, span] = np.where(accepted[:, None], self.values[:, span], before)
        return np.where(accepted, then, now)

    def _prior_ratio(self, which: slice, new: FloatArray) -> FloatArray:
        """Return the logarithm of how much more likely new levels were at the start than those held now."""
        total = np.zeros(len(new))
        for at, option in enumerate(range(which.start, which.stop)):
            old = density_of_level(self.start, option, self.levels[:, option])
            total += np.log(density_of_level(self.start, option, new[:, at]) / old)
        return total

    def _log_likelihood(self, issue: int) -> FloatArray:
        product = np.ones(len(self.sizes))
        for one in self.about[issue]:
            product *= _probability(self.sizes, self.values, self.start, one, self.consistency)
        return np.log(product)


def _probability(
    sizes: FloatArray, values: FloatArray, start: Start, answered: Answered, consistency: Consistency
) -> FloatArray:
    asked, said = answered
    x = log_odds(sizes, values, start.issue_of, asked, consistency)
    return np.asarray(answer_probability(x, said, consistency))


def _folded(levels: FloatArray) -> FloatArray:
    """Return levels reflected at 0 and 1, which keeps a symmetric step symmetric."""
    turned = np.mod(levels, 2.0)
    return np.where(turned > 1.0, 2.0 - turned, turned)

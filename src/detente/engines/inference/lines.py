r"""Whether a red line binds, after what was seen of it; and how often threats are carried out.

With :math:`L_1, L_0` the probabilities of what was seen if the line binds and if it does not, each number :math:`p` of
the prior range becomes

.. math:: p' = \frac{p L_1}{p L_1 + (1 - p) L_0} .

The range is a set of priors and each is updated by itself, so the order of low, mode and high is kept.

Of :math:`n` threats that came due :math:`k` were carried out: a prior :math:`\mathrm{Beta}(a, b)` of following through
becomes :math:`\mathrm{Beta}(a + k, b + n - k)`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from detente.engines.inference.cells import Band
from detente.engines.inference.likelihood import conduct_probabilities, grouped
from detente.engines.inference.model import LineRecord, Threats

Range = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class LineStep:
    """One group of observations of a line: the range before and after, and the posterior without it."""

    group: int
    day: int
    rows: tuple[int, ...]
    before: Range
    after: Range
    without: Range


@dataclass(frozen=True, slots=True)
class Binding:
    """The probability that a line binds: low, mode, high before and after.

    `conflict` tells that what was seen is impossible either way: a line was declared and crossed, each for certain.
    The range then stays what it was before.
    """

    prior: Range
    posterior: Range
    steps: tuple[LineStep, ...]
    conflict: bool


def infer_binding(line: LineRecord) -> Binding:
    """Return the range of the probability that a line binds.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.ones(1)
    >>> again = LineRecord(0.2, 0.4, 0.6, np.array([0]), 0.8 * one, 0 * one, np.array([0]), np.array([0]))
    >>> round(infer_binding(again).posterior[1], 6)
    0.857143
    """
    start = (line.low, line.mode, line.high)
    binds, free = conduct_probabilities(line)
    with np.errstate(divide="ignore"):
        logs = np.stack([np.log(binds), np.log(free)], axis=1)

    def updated(rows: list[int]) -> Range | None:
        heard = [row for row in rows if line.honesty[row] > 0]
        if not heard:
            return start
        first, second = grouped(logs[heard], line.group[heard])
        top = max(first, second)
        if not top > -np.inf:
            return None
        one, two = np.exp(first - top), np.exp(second - top)
        found = []
        for p in start:
            whole = p * one + (1.0 - p) * two
            if whole == 0.0:  # held for certain, and seen to be otherwise
                return None
            found.append(float(p * one / whole))
        return found[0], found[1], found[2]

    everything = list(range(len(line.conduct)))
    posterior = updated(everything)
    steps = []
    before, seen = start, list[int]()
    groups = [(int(line.day[line.group == g].min()), int(g)) for g in np.unique(line.group)]
    for day, group in sorted(groups):
        rows = [row for row in everything if line.group[row] == group]
        seen += rows
        after = updated(seen) or start
        without = updated([row for row in everything if row not in rows]) or start
        steps.append(LineStep(group, day, tuple(rows), before, after, without))
        before = after
    return Binding(start, posterior or start, tuple(steps), posterior is None)


def infer_following_through(threats: Threats) -> tuple[Band, Band]:
    """Return the law of following through, before and after.

    Examples
    --------
    >>> after = infer_following_through(Threats(3, 10))[1]
    >>> round(after.mean, 4), round(after.low, 4), round(after.high, 4)
    (0.3333, 0.1351, 0.5644)
    """
    kept, not_kept = threats.carried_out, threats.due - threats.carried_out
    return _beta(threats.a, threats.b), _beta(threats.a + kept, threats.b + not_kept)


def _beta(a: float, b: float) -> Band:
    mean = a / (a + b)
    low, median, high = (float(betaincinv(a, b, place)) for place in (0.05, 0.5, 0.95))
    mode = (a - 1) / (a + b - 2) if a >= 1 and b >= 1 and a + b > 2 else mean
    return Band(mean, (mean * (1 - mean) / (a + b + 1)) ** 0.5, low, median, high, mode)

r"""Alternating offers with fighting as an outside option: it counts only if it beats what bargaining gives.

The one who answers may accept, fight, or wait for its turn to offer. Shares are the fixed point of

.. math:: x = 1 - \max(\delta_2 y, w_2), \qquad y = 1 - \max(\delta_1 x, w_1),

x what the first side keeps when it offers, y what the second keeps. If no outside option binds this is
:math:`x = (1 - \delta_2) / (1 - \delta_1 \delta_2)` [Rubinstein1982]_; one that binds gives its owner exactly
:math:`w` [BinmoreShakedSutton1989]_, [Powell1999]_, ch. 3. As offers follow each other ever faster, x tends to
:math:`r_2 / (r_1 + r_2)`, cut off at the bargaining range.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offers:
    """What the offering side keeps, and whose outside option binds when it answers."""

    first_keeps: float
    second_keeps: float
    first_binds: bool
    second_binds: bool


def alternating_offers(deltas: tuple[float, float], outside: tuple[float, float]) -> Offers:
    """Return the shares of the only subgame-perfect agreement.

    Parameters
    ----------
    deltas : (first, second)
        Discount factors per round, in [0, 1).
    outside : (first, second)
        What fighting is worth to each, together at most 1.

    Examples
    --------
    >>> round(alternating_offers((0.9, 0.9), (0.3, 0.6)).first_keeps, 6)
    0.4
    """
    (d1, d2), (w1, w2) = deltas, outside
    free = (1 - d2) / (1 - d1 * d2), (1 - d1) / (1 - d1 * d2)
    candidates = (
        (free[0], free[1]),
        (1 - w2, 1 - d1 * (1 - w2)),  # only the second's binds
        (1 - d2 * (1 - w1), 1 - w1),  # only the first's binds
        (1 - w2, 1 - w1),
    )
    x, y = min(candidates, key=lambda pair: _error(pair, deltas, outside))
    return Offers(x, y, w1 > d1 * x, w2 > d2 * y)


def fast_offers(rates: tuple[float, float], outside: tuple[float, float]) -> float:
    """Return the first side's share as offers follow each other ever faster, for rates of discount above 0."""
    share = rates[1] / (rates[0] + rates[1])
    return min(max(share, outside[0]), 1.0 - outside[1])


def _error(pair: tuple[float, float], deltas: tuple[float, float], outside: tuple[float, float]) -> float:
    """Return how far a pair is from the fixed point."""
    x, y = pair
    return abs(x - 1 + max(deltas[1] * y, outside[1])) + abs(y - 1 + max(deltas[0] * x, outside[0]))

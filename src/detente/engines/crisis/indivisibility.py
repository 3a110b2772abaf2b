"""Indivisible stakes: which whole shares both sides prefer to fighting, and the lottery that restores a range.

If the stake can only go in whole parts, none of them may lie in the bargaining range. A lottery over the parts, with
the chance of each as agreed, is worth to both what a share of that size is; so any chance in the range is preferred to
fighting by both, as [Fearon1995]_ notes; the trouble with an indivisible stake is then to hold the parties to the draw,
which makes it a problem of commitment [Powell2006]_.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.engines.crisis.bargaining_range import Range, war_values
from detente.engines.crisis.model import Confrontation

SAME = 1e-12
"""Shares closer than this are the same: quotients of small whole numbers differ by more."""


def whole_shares(parts: int, found: Range) -> tuple[float, ...]:
    """Return the shares k / parts of the first side that lie in a range.

    Examples
    --------
    >>> whole_shares(1, Range(0.57, 0.68)), whole_shares(5, Range(0.57, 0.68))
    ((), (0.6,))
    """
    shares = (part / parts for part in range(parts + 1))
    return tuple(share for share in shares if found.low - SAME <= share <= found.high + SAME)


def lottery_range(one: Confrontation) -> Range:
    """Return the chances of winning everything by lot that both sides prefer to fighting for everything.

    Utilities of all and of nothing are 1 and 0 whatever the attitude to risk, so the exponents play no part: where the
    sides agree on the odds and fighting costs anything, the range is never empty.
    """
    first, second = war_values(one)
    return Range(first, 1.0 - second).within()


def missing_side_payment(shares: Sequence[float], found: Range) -> float:
    """Return the least that a payment would have to be worth to bring one of the shares into the range; 0 if one is."""
    return max(0.0, min(max(found.low - share, share - found.high) for share in shares))

"""Shares of cases over draws, as print shows them: whole per cent, never more than the draws can tell."""

from __future__ import annotations

from collections.abc import Mapping

ALMOST = 0.005
"""Shares nearer to none or to all than this are said so, for whole per cent would hide that they are not."""


def percent(share: float) -> str:
    """Return a share in whole per cent; none and all only where it is exactly that.

    Examples
    --------
    >>> percent(0.724), percent(0.0), percent(0.001), percent(0.9999)
    ('72 %', '0 %', 'under 1 %', 'over 99 %')
    """
    if 0 < share < ALMOST:
        return "under 1 %"
    if 1 - ALMOST <= share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def spread_words(spread: Mapping[str, float]) -> str:
    """Return a share with its range over the draws of the estimates, if that is wider than print shows.

    Examples
    --------
    >>> spread_words({"probability": 0.72, "low": 0.5, "high": 0.88})
    '72 % (50 % to 88 %)'
    >>> spread_words({"probability": 0.98, "low": 1.0, "high": 1.0})
    '98 % (mostly 100 %)'
    """
    low, high = percent(spread["low"]), percent(spread["high"])
    share = percent(spread["probability"])
    if low == high:  # a few draws differ from all others, and the mean with them
        return share if share == low else f"{share} (mostly {low})"
    return f"{share} ({low} to {high})"


def both_words(share: Mapping[str, Mapping[str, float]]) -> str:
    """Return what holds for certain, and then what may hold, if that differs in print."""
    certain, possible = spread_words(share["certain"]), spread_words(share["possible"])
    return certain if certain == possible else f"{certain}; possibly {possible}"

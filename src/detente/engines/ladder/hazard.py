r"""Accidents on a rung: how likely one is within some months, and how much rarer they must become.

With a chance :math:`a` per month, the same in every month and independent of what was before, one happens within
:math:`n` months with chance :math:`1 - (1 - a)^n`. A safeguard multiplies the chance per month; several multiply it in
turn, as if each worked alike whether or not the others are there. One rung down is worth as much as a factor
:math:`a_{k-1} / a_k`.
"""

from __future__ import annotations

from detente.core.errors import ModelError


def within(per_month: float, months: float) -> float:
    """Return the chance of at least one accident within some months.

    Examples
    --------
    >>> round(within(0.03, 12), 4), within(0.0, 12), within(1.0, 1)
    (0.3062, 0.0, 1.0)
    """
    if not 0 <= per_month <= 1:
        raise ModelError(
            where="ladder.hazard", what="this is no chance", got=per_month, allowed="From 0 to 1", hint="Correct it"
        )
    return float(1.0 - (1.0 - per_month) ** months)


def one_rung_down(lower: float, upper: float) -> float:
    """Return the factor on the upper rung's accidents that makes them as rare as on the lower; 1 if they are already.

    Examples
    --------
    >>> one_rung_down(0.01, 0.04), one_rung_down(0.02, 0.01), one_rung_down(0.0, 0.01), one_rung_down(0.0, 0.0)
    (0.25, 1.0, 0.0, 1.0)
    """
    return 1.0 if lower >= upper else lower / upper

r"""Audience costs with a horizon: a public crisis as a war of nerves.

Two sides escalate in public; to give way after a time t costs side i :math:`a_i t` before its audiences and leaves the
prize :math:`v_j` to the other. A confrontation is worth :math:`w_i` to a side, its own secret, drawn from
:math:`F_i`; to give way at once is worth 0. While both still stand, each gives way at the rate that leaves the other
indifferent, so of side j there is left

.. math:: S_j(t) = S_j(0) \frac{v_i}{v_i + a_i t} .

Types with :math:`w_j \ge -a_j t` would rather fight than give way: they are locked in. Side j has nobody left who would
give way at the time :math:`\tau_j` at which

.. math:: \frac{v_i}{v_i + a_i \tau_j} = 1 - F_j(-a_j \tau_j) .

The horizon is :math:`t^* = \min \tau_j`. The side with the later :math:`\tau` gives way at once with the probability
that makes both end at the horizon; whoever is left then fights. Each side gives way in all with probability
:math:`F_j(-a_j t^*)`: of two sides that are otherwise alike, the one with the higher audience cost rate less often.

*Once it has begun*, that is, if nobody gave way at once, side i gives way with probability
:math:`Q_i(t^*) = a_j t^* / (v_j + a_j t^*)`, whatever the laws. With the same prize for both, the odds that it is
side i are :math:`(a_j v + a_i a_j t^*) / (a_i v + a_i a_j t^*)`: the side with the higher audience cost rate gives way
less often. What one is believed to be willing to do decides who gives way before it begins.

Any law :math:`F_i` and any rates. What counts is :math:`a_i t`: a unit of time is whatever the rates are per.

References
----------
.. [Fearon1994] Fearon, J. D. (1994). Domestic political audiences and the escalation of international disputes.
   American Political Science Review 88(3), 577-592.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq

from detente.core.errors import ModelError
from detente.engines.signals.laws import Law

LATEST = 1e300
"""No audience cost is so small that a side is not exhausted by then."""


@dataclass(frozen=True, slots=True)
class Nerve:
    """One side: the prize, what a unit of time adds to the cost of giving way, and the law of its war value.

    All three count from what giving way at once is worth to it.
    """

    prize: float
    audience_rate: float
    war: Law

    def __post_init__(self) -> None:
        """Refuse a side for which the contest does not exist."""
        for name, number in (("prize", self.prize), ("audience_rate", self.audience_rate)):
            if not 0 < number < math.inf:
                raise ModelError(
                    where=f"signals.nerves: {name}",
                    what="this is not positive",
                    got=number,
                    allowed="A side needs something to gain, and an audience before which giving way costs more later",
                    hint="Correct it, or leave the pair out",
                )

    def stays(self, time: float) -> float:
        """Return the share of types that are locked in at a time: that would rather fight than give way."""
        return 1.0 - self.war.below(-self.audience_rate * time)


@dataclass(frozen=True, slots=True)
class Nerves:
    """The equilibrium.

    Attributes
    ----------
    horizon : float
        When nobody is left who would give way.
    exhausts : (float, float)
        When each side by itself would have nobody left who would give way; the smaller is the horizon.
    gives_way_at_once, gives_way : (float, float)
        With which probability each side gives way at the very beginning, and in all.
    fights : float
        Probability that both are left at the horizon.

    Notes
    -----
    `gives_way_once_begun` and `fights_once_begun` are the same, given that nobody gave way at the very beginning.
    """

    first: Nerve
    second: Nerve
    horizon: float
    exhausts: tuple[float, float]
    gives_way_at_once: tuple[float, float]
    gives_way: tuple[float, float]
    fights: float

    @property
    def gives_way_once_begun(self) -> tuple[float, float]:
        """Return with which probability each side gives way, given that neither did at the beginning."""
        first, second = (1.0 - _indifferent(other, self.horizon) for other in (self.second, self.first))
        return first, second

    @property
    def fights_once_begun(self) -> float:
        """Return the probability that both are left at the horizon, given that neither gave way at the beginning."""
        first, second = self.gives_way_once_begun
        return (1.0 - first) * (1.0 - second)

    def survival(self, side: int, time: float) -> float:
        """Return the probability that a side still stands at a time, as the other does; constant past the horizon."""
        sides = (self.first, self.second)
        left = 1.0 - self.gives_way_at_once[side]
        return left * _indifferent(sides[1 - side], min(time, self.horizon))


def nerves(first: Nerve, second: Nerve) -> Nerves:
    """Return the equilibrium of a war of nerves between two sides.

    Raises
    ------
    ModelError
        If a side has no prize or no audience cost, or never all of its types are locked in.

    References
    ----------
    [Fearon1994]_, Proposition 2 (p. 584) and the comparison of the sides (p. 586), with costs that grow evenly; here
    the prizes may differ.

    Examples
    --------
    >>> from detente.engines.signals.laws import Uniform
    >>> found = nerves(Nerve(1.0, 1.0, Uniform(-4.0, 0.0)), Nerve(1.0, 2.0, Uniform(-4.0, 0.0)))
    >>> round(found.horizon, 9), [round(share, 9) for share in found.gives_way], round(found.fights, 9)
    (1.0, [0.75, 0.5], 0.125)
    """
    exhausts = (_exhausted(first, second), _exhausted(second, first))
    horizon = min(exhausts)
    left = [
        # at an atom of its law a side that is exhausted mixes, so its survival decides
        _indifferent(other, horizon) if exhausted <= horizon else one.stays(horizon)
        for one, other, exhausted in ((first, second, exhausts[0]), (second, first, exhausts[1]))
    ]
    at_once = []
    for own, other in ((0, second), (1, first)):
        remaining = left[own] / _indifferent(other, horizon)
        at_once.append(0.0 if exhausts[own] <= exhausts[1 - own] else max(0.0, 1.0 - remaining))
    return Nerves(
        first=first,
        second=second,
        horizon=horizon,
        exhausts=exhausts,
        gives_way_at_once=(at_once[0], at_once[1]),
        gives_way=(1.0 - left[0], 1.0 - left[1]),
        fights=left[0] * left[1],
    )


def _indifferent(other: Nerve, time: float) -> float:
    """Return the share of a side's beginners that must still stand at a time for the other to be indifferent."""
    return other.prize / (other.prize + other.audience_rate * time)


def _exhausted(side: Nerve, other: Nerve) -> float:
    """Return when a side has nobody left who would give way."""

    def gap(time: float) -> float:
        return side.stays(time) - _indifferent(other, time)

    if gap(0.0) >= 0:
        return 0.0
    late = 1.0
    while gap(late) < 0 and late < LATEST:
        late *= 2.0
    return float(brentq(gap, 0.0, late, xtol=1e-14, rtol=1e-14))

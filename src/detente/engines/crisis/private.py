r"""A demand under threat of war where what fighting costs the asked party, and helping the patron, is private.

As in `patron.py`, but the asking party knows both costs only as laws: the asked party's with distribution
:math:`G`, the patron's with :math:`F`, which the asked party does not know either. A demand :math:`d` then brings the
patron's help with chance :math:`h(d) = F(a s d + w)`, is refused with chance

.. math:: r(d) = G\bigl(d\,[1 - p \mp a\,h(d)]\bigr)

(what conceding loses against fighting, on average over the patron's answer), and is worth
:math:`(1 - r) d + r\,[d (p \pm a h) - c]` to the asking party, which trades the size of the demand against the chance
that it is refused. The demand of the highest value is sought on a grid that is refined around its best place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc

from detente.maths.compiled import FloatArray
from detente.maths.pert import pert_shapes

PLACES = 401
"""Places of the grid over demands; each refinement looks between the neighbours of the best with as many."""

REFINEMENTS = 3


@dataclass(frozen=True, slots=True)
class Law:
    """A PERT law of a private number by its bounds and most likely value; a single number where they are equal."""

    low: float
    mode: float
    high: float

    def below(self, at: FloatArray) -> FloatArray:
        """Return the chance of a number below each of some values.

        Examples
        --------
        >>> Law(0.0, 0.5, 1.0).below(np.array([-1.0, 0.5, 2.0])).tolist()
        [0.0, 0.5, 1.0]
        """
        if self.high == self.low:
            return np.asarray((at > self.low).astype(np.float64))
        first, second = pert_shapes(np.array(self.low), np.array(self.mode), np.array(self.high))
        return np.asarray(betainc(first, second, np.clip((at - self.low) / (self.high - self.low), 0.0, 1.0)))

    def parts(self, limit: float) -> Parts:
        r"""Return the chance of a number below a limit, and the means of the numbers below it and from it on.

        With the exponents :math:`\alpha, \beta` of the law on [0, 1] and :math:`I` the regularised incomplete beta
        function, the mean below :math:`t` is
        :math:`\frac{\alpha}{\alpha+\beta} I_t(\alpha+1, \beta) / I_t(\alpha, \beta)`.

        Examples
        --------
        >>> found = Law(0.0, 0.5, 1.0).parts(0.5)
        >>> found.chance, round(found.below + found.above, 9)
        (0.5, 1.0)
        """
        if self.high == self.low:
            return Parts(float(self.low < limit), self.low, self.low)
        width = self.high - self.low
        first, second = (
            float(one) for one in pert_shapes(np.array(self.low), np.array(self.mode), np.array(self.high))
        )
        at = min(1.0, max(0.0, (limit - self.low) / width))
        chance, weighed = float(betainc(first, second, at)), float(betainc(first + 1.0, second, at))
        mean = first / (first + second)
        return Parts(
            chance,
            self.low + width * mean * weighed / chance if chance > 0.0 else self.low,
            self.low + width * mean * (1.0 - weighed) / (1.0 - chance) if chance < 1.0 else self.high,
        )


@dataclass(frozen=True, slots=True)
class Parts:
    """A law cut at a limit: the chance below it, and the means below and from it on (a bound where there is none)."""

    chance: float
    below: float
    above: float


@dataclass(frozen=True, slots=True)
class PrivateDemand:
    """A demand with private costs; chances, `help_moves` and the asking party's `cost` as in `Demand`.

    Attributes
    ----------
    refuser : Law
        What fighting costs the asked party.
    helper : Law
        What helping costs the patron.
    gain, word : float
        What help is worth to the patron if all is asked for (aid times stake), and its word.
    """

    chance: tuple[float, float]
    cost: float
    help_moves: float
    refuser: Law
    helper: Law
    gain: float
    word: float

    def help_chance(self, size: FloatArray) -> FloatArray:
        """Return the chance that the patron would help against, or with, demands of some sizes."""
        return self.helper.below(self.gain * size + self.word)

    def refusal(self, size: FloatArray) -> FloatArray:
        """Return the chance that demands of some sizes are refused."""
        kept = 1.0 - np.clip(self.chance[1] + self.help_moves * self.help_chance(size), 0.0, 1.0)
        return np.where(size > 0.0, self.refuser.below(size * kept), 0.0)

    def worth(self, size: FloatArray) -> FloatArray:
        """Return what demands of some sizes are worth to the asking party on average."""
        refused = self.refusal(size)
        chance = np.clip(self.chance[0] + self.help_moves * self.help_chance(size), 0.0, 1.0)
        return np.asarray((1.0 - refused) * size + refused * (chance * size - self.cost))


@dataclass(frozen=True, slots=True)
class PrivateOutcome:
    """The demand of the highest value: its size, the chances that it is refused and that the patron would help."""

    size: float
    refusal: float
    help_chance: float
    worth: float


def best_private_demand(demand: PrivateDemand) -> PrivateOutcome:
    """Return the demand with the highest value on average for the asking party; of equals the smallest.

    Examples
    --------
    A certain cost .2 of fighting, a chance of .6 and no patron: .2/.4 is conceded for sure, as without private costs.

    >>> alone = PrivateDemand((0.6, 0.6), 0.2, -0.2, Law(0.2, 0.2, 0.2), Law(1, 1, 1), 0.1, 0.0)
    >>> round(best_private_demand(alone).size, 6)
    0.5
    """
    low, high = 0.0, 1.0
    best = 0.0
    for _ in range(REFINEMENTS + 1):
        sizes = np.linspace(low, high, PLACES)
        at = int(np.argmax(demand.worth(sizes)))
        best = float(sizes[at])
        low, high = float(sizes[max(at - 1, 0)]), float(sizes[min(at + 1, PLACES - 1)])
    size = np.array([best])
    return PrivateOutcome(
        size=best,
        refusal=float(demand.refusal(size)[0]),
        help_chance=float(demand.help_chance(size)[0]),
        worth=float(demand.worth(size)[0]),
    )

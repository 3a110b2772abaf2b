r"""Coercion by mobilising on both sides: one mobilises, the other answers, and then the first fights or gives way.

The first side may leave things as they are (0 for it), or add :math:`m_1`, which it has paid whatever follows. The
second then gives way (0), or stands and adds :math:`m_2`. The first then attacks or gives way. With forces
:math:`a, b` there already, the first comes out on top with

.. math:: p = \frac{\lambda (a + m_1)}{\lambda (a + m_1) + b + m_2} ;

a fight is worth :math:`p v_1 - c_1 - m_1` to it and :math:`(1 - p) v_2 - c_2 - m_2` to the other. It attacks if
:math:`p v_1 \ge c_1`, whatever the second's secret value :math:`v_2` is, so nothing has to be inferred from
:math:`m_2`, and backward induction solves the game for any law of :math:`v_2`:

* *give way*, if neither of the other two is worth more than 0;
* *deter* with the least :math:`m_2` at which the first would not attack,
  :math:`\lambda (a + m_1)(v_1 - c_1) / c_1 - b`;
* *fight* with what serves that best, :math:`\sqrt{\lambda (a + m_1) v_2} - \lambda (a + m_1) - b`.

Low values give way, those between fight, high values deter: the risk of a fight does **not** rise with what a fight is
worth to the second side, as it does where strength is given. Whoever deters arms more than who fights. And the first
may have mobilised and then give way, which neither pure sunk costs nor purely tied hands allow in equilibrium.

References
----------
.. [Slantchev2005] Slantchev, B. L. (2005). Military coercion in interstate crises. American Political Science Review
   99(4), 533-547. Held to the results that its abstract states; there the second side may also strike first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from detente.core.errors import ModelError
from detente.engines.signals.laws import Law

HALVINGS = 60
"""Of an interval of values in which a threshold between two answers lies."""


class Answer(StrEnum):
    """What the second side does."""

    GIVE_WAY = "give way"
    FIGHT = "fight"
    DETER = "deter"


@dataclass(frozen=True, slots=True)
class Coercion:
    """Both sides' forces, what the first one wants, and what a fight costs each.

    Attributes
    ----------
    value : float
        What the first side would get: known to both, above `cost`.
    cost, other_cost : float
        Of a fight, to the first and the second side; positive.
    own, other : float
        Forces that are there already; at least 0.
    advantage : float
        How much more a unit of the attacker counts than one of the defender's.
    """

    value: float
    cost: float
    other_cost: float
    own: float = 0.0
    other: float = 0.0
    advantage: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a first side that would never fight, and forces or costs that are none."""
        if not (self.value > self.cost > 0 < self.other_cost and min(self.own, self.other) >= 0 < self.advantage):
            raise ModelError(
                where="signals.coercion",
                what="these numbers leave nothing to coerce with",
                got=(self.value, self.cost, self.other_cost, self.own, self.other, self.advantage),
                allowed="value exceeds cost, both costs and the advantage are positive, forces are at least 0",
                hint="Correct them",
            )

    def force(self, added: float) -> float:
        """Return how much the first side's forces count with so much added."""
        return self.advantage * (self.own + added)

    def win(self, added: float, answered: float) -> float:
        """Return the first side's chance; 0 where nobody has any forces."""
        mine, theirs = self.force(added), self.other + answered
        return mine / (mine + theirs) if mine + theirs > 0 else 0.0

    def deterring(self, added: float) -> float:
        """Return the least answer after which the first side would not attack."""
        return max(0.0, self.force(added) * (self.value - self.cost) / self.cost - self.other)

    def fighting(self, added: float, other_value: float) -> float:
        """Return the answer that serves a fight best, for a second side of some value."""
        mine = self.force(added)
        return max(0.0, math.sqrt(mine * max(other_value, 0.0)) - mine - self.other)

    def answer(self, added: float, other_value: float) -> tuple[Answer, float, float]:
        """Return what a second side of some value does, what it adds, and what that is worth to it.

        Examples
        --------
        >>> game = Coercion(value=1.0, cost=0.1, other_cost=0.05)
        >>> [game.answer(0.05, value)[0].value for value in (0.15, 0.6, 1.2)]
        ['give way', 'fight', 'deter']
        """
        deter = self.deterring(added)
        fight = min(self.fighting(added, other_value), deter)
        choices = [
            (Answer.GIVE_WAY, 0.0, 0.0),
            (Answer.DETER, deter, other_value - deter),
            (Answer.FIGHT, fight, (1.0 - self.win(added, fight)) * other_value - self.other_cost - fight),
        ]
        return max(choices, key=lambda one: one[2])


@dataclass(frozen=True, slots=True)
class Coerced:
    """What follows a mobilisation, over the second side's values.

    Attributes
    ----------
    added : float
        What the first side mobilised.
    stands_from, deters_from : float
        From which value on the second side does not give way, and from which on it deters.
    gives_way, fights, deters : float
        With which probability the second side does each.
    worth : float
        What the mobilisation is worth to the first side, beforehand.
    """

    added: float
    stands_from: float
    deters_from: float
    gives_way: float
    fights: float
    deters: float
    worth: float


def coerced(game: Coercion, added: float, other_value: Law, *, steps: int = 400) -> Coerced:
    """Return what follows if the first side mobilises so much.

    Parameters
    ----------
    game : Coercion
        Forces, costs, and what is wanted.
    added : float
        At least 0; with 0 forces are only those that are there.
    other_value : Law
        Of what the first side wants, to the second side.
    steps : int
        Values between two thresholds at which the chance of the first side is taken.

    Examples
    --------
    >>> from detente.engines.signals.laws import Uniform
    >>> found = coerced(Coercion(value=1.0, cost=0.1, other_cost=0.05), 0.05, Uniform(0.0, 1.5))
    >>> round(found.stands_from, 3), round(found.deters_from, 3)
    (0.2, 1.012)
    """
    low, high = other_value.low, other_value.high
    stands = _threshold(game, added, low, high, (Answer.FIGHT, Answer.DETER))
    deters = _threshold(game, added, low, high, (Answer.DETER,))
    away, peace = other_value.below(stands), 1.0 - other_value.below(deters)
    worth = away * game.value - added
    if deters > stands:
        cells = [stands + (deters - stands) * step / steps for step in range(steps + 1)]
        for left, right in pairwise(cells):
            mass = other_value.below(right) - other_value.below(left)
            if mass > 0:
                _, answered, _ = game.answer(added, (left + right) / 2.0)
                worth += mass * (game.win(added, answered) * game.value - game.cost)
    return Coerced(added, stands, deters, away, max(0.0, 1.0 - away - peace), peace, worth)


def _threshold(game: Coercion, added: float, low: float, high: float, wanted: Sequence[Answer]) -> float:
    """Return the value from which on the answer is one of those wanted; answers rise with the value."""
    if game.answer(added, low)[0] in wanted:
        return low
    if game.answer(added, high)[0] not in wanted:
        return high
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if game.answer(added, middle)[0] in wanted:
            high = middle
        else:
            low = middle
    return high


def mobilised(game: Coercion, other_value: Law, *, most: float, steps: int = 200) -> Coerced:
    """Return the mobilisation with the highest expected value for the first side, of a grid from 0 to `most`."""
    return max(
        (coerced(game, most * step / steps, other_value) for step in range(steps + 1)), key=lambda one: one.worth
    )

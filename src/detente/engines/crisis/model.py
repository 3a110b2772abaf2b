"""What the crisis engine reads: confrontations as costly lotteries, and no agreement as a game.

A confrontation is between a first and a second side over a stake that is 1 to each of them: what lies between its worst
and its best package of what is fought over. Chances are those that the *first* side prevails, and each side has its
own; costs are shares of a side's own stake, per period in which the stake is enjoyed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from detente.core.errors import ModelError
from detente.engines.crisis.game import NoAgreementGame

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Confrontation:
    """A use of force between two sides as a costly lottery over a stake of 1.

    Attributes
    ----------
    win_chance : (first, second)
        What each side believes the chance to be that the first side prevails, 0 to 1.
    cost : (first, second)
        What fighting costs each side, as a share of what is at stake for it; not negative.
    first_strike : float
        What is added to the chance of a side that strikes first; not negative.
    risk : (first, second)
        Exponents a of u(x) = x^a over shares; 1 is neutral, below 1 shuns risk, above 1 seeks it.

    Raises
    ------
    ModelError
        If a number is outside its range.
    """

    win_chance: Pair
    cost: Pair
    first_strike: float = 0.0
    risk: Pair = (1.0, 1.0)

    def __post_init__(self) -> None:
        """Refuse numbers outside their ranges."""
        for number in self.win_chance:
            _check("win_chance", number, 0.0 <= number <= 1.0, "A chance lies between 0 and 1")
        for number in self.cost:
            _check("cost", number, number >= 0.0, "A cost is not negative")
        _check("first_strike", self.first_strike, self.first_strike >= 0.0, "An advantage is not negative")
        for number in self.risk:
            _check("risk", number, number > 0.0, "An exponent is above 0")

    def swapped(self) -> Confrontation:
        """Return the same confrontation told from the other side."""
        return Confrontation(
            win_chance=(1.0 - self.win_chance[1], 1.0 - self.win_chance[0]),
            cost=(self.cost[1], self.cost[0]),
            first_strike=self.first_strike,
            risk=(self.risk[1], self.risk[0]),
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A confrontation at its most likely numbers, and at those in range that leave the least and the most room."""

    mode: Confrontation
    narrowest: Confrontation
    widest: Confrontation


@dataclass(frozen=True, slots=True)
class CrisisModel:
    """The confrontations of a case and what comes about without agreement; `game` is None if it cannot be told."""

    confrontations: tuple[Judged, ...] = ()
    game: NoAgreementGame | None = field(default=None)


def _check(name: str, number: float, right: bool, allowed: str) -> None:
    if not (math.isfinite(number) and right):
        raise ModelError(
            where=f"crisis.confrontation: {name}",
            what="a number is out of range",
            got=number,
            allowed=allowed,
            hint="Correct it",
        )

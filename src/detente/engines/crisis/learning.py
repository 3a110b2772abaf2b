r"""Bargaining and learning while fighting: refusals teach, and so do battles that a side survives.

After Powell (2004). In each round the first side offers the second a share for good; if it is refused, a battle
follows in which the second side collapses with chance :math:`k_\theta` and the first with chance :math:`\kappa`, and
the winner has everything; else the next round begins, weighed with :math:`\beta`. A round of battle costs the sides
:math:`c_1` and :math:`c_\theta` per unit of the time that it takes, :math:`1 - \beta`. The second side alone knows
its type: its cost of fighting, its strength, or both along one line from strong to weak. It accepts x iff

.. math:: x \ge R_t(\theta) = -(1 - \beta) c_\theta + \beta \kappa + \beta (1 - k_\theta - \kappa) \, x_{t+1} ,

so weak types settle first. What is left after t battles are types below a cutoff, each weighed with the chance
:math:`(1 - k_\theta - \kappa)^t` that fighting has not decided: surviving is itself news of strength, and as every
type survives in a known way, the number of battles and the cutoff tell everything. The first side's best offers
follow by backward recursion from a last round, after which fighting goes on to the end.

If only costs are private, fast offers end fighting at once (a seller that cannot commit itself). If strength is, what
the first side gets by fighting differs with the type too, and fast offers need not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.core.errors import ModelError
from detente.engines.crisis.screening import stage
from detente.maths.compiled import FloatArray

NONE_LEFT = 1e-9
"""A chance of at most this is that of no type."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Offers between battles to a side whose type is private.

    Attributes
    ----------
    collapse : (types + 1,) float
        The chance that the second side collapses in a battle, at the bounds of equally many types from strong to weak:
        not falling.
    cost : (types + 1,) float
        What fighting costs it per unit of time, not falling either.
    chances : (types,) float
        How likely each type is; they sum to 1.
    own_collapse : float
        The chance that the first side collapses in a battle.
    own_cost : float
        What fighting costs the first side per unit of time.
    patience : float
        What the next round weighs, below 1.
    rounds : int
        Of offers.
    """

    collapse: FloatArray
    cost: FloatArray
    chances: FloatArray
    own_collapse: float
    own_cost: float
    patience: float
    rounds: int

    def __post_init__(self) -> None:
        """Refuse types that are not in order and numbers outside their ranges."""
        bounds = len(self.chances) + 1
        for name, values in (("collapse", self.collapse), ("cost", self.cost)):
            if values.shape != (bounds,) or not np.isfinite(values).all() or (np.diff(values) < 0).any():
                _refuse(
                    f"{name} is not given at the bounds of all types, from strong to weak", values.shape, f"{bounds}"
                )
        if not ((self.chances >= 0).all() and abs(float(self.chances.sum()) - 1.0) < 1e-9):
            _refuse("chances of types do not add up to 1", float(self.chances.sum()), "1, none negative")
        if not (min(self.own_collapse, float(self.collapse[0])) >= 0 and self.collapse[-1] + self.own_collapse <= 1.0):
            _refuse(
                "chances to collapse are out of range", float(self.collapse[-1] + self.own_collapse), "0 to 1 in all"
            )
        if not (0.0 < self.patience < 1.0):
            _refuse("patience is out of range", self.patience, "Above 0 and below 1")
        if not (self.cost[0] >= 0 and self.own_cost >= 0 and math.isfinite(self.own_cost)):
            _refuse("a cost is out of range", self.own_cost, "A cost is not negative")
        if self.rounds < 1:
            _refuse("there are no rounds", self.rounds, "At least 1")

    def faster(self, times: int) -> Campaign:
        """Return the same fighting with so many offers in the time of one: battles are cut as finely as time."""
        return Campaign(
            1.0 - (1.0 - self.collapse) ** (1.0 / times),
            self.cost,
            self.chances,
            1.0 - (1.0 - self.own_collapse) ** (1.0 / times),
            self.own_cost,
            self.patience ** (1.0 / times),
            self.rounds * times,
        )


@dataclass(frozen=True, slots=True)
class Settling:
    """What comes of a campaign, first round first.

    Attributes
    ----------
    offers : tuple of float
        What the second side is offered in each round, as long as some are left.
    settled : tuple of float
        The chance of a settlement in each round.
    refused, survived : tuple of float
        After each refusal, and after the battle that follows it is survived, the mean place of the types left between
        the strongest (0) and the weakest (1); nan where none is.
    value : float
        What the first side expects.
    """

    offers: tuple[float, ...]
    settled: tuple[float, ...]
    refused: tuple[float, ...]
    survived: tuple[float, ...]
    value: float

    @property
    def decided(self) -> float:
        """Return the chance that there is no settlement: battles decide, or fighting goes on past the last round."""
        return 1.0 - sum(self.settled)


def campaign(one: Campaign) -> Settling:
    """Return the offers of the first side and who settles when.

    Examples
    --------
    >>> strength = np.linspace(0.02, 0.6, 201)
    >>> found = campaign(Campaign(strength, np.full(201, 0.05), np.full(200, 1 / 200), 0.1, 0.05, 0.9, 12))
    >>> round(found.settled[0], 2), round(found.decided, 2), round(found.value, 2)
    (0.52, 0.13, 0.62)
    """
    beta, kappa = one.patience, one.own_collapse
    middle = (one.collapse[1:] + one.collapse[:-1]) / 2.0
    survive, survive_bound = 1.0 - middle - kappa, 1.0 - one.collapse - kappa
    end = 1.0 - beta * survive
    weights = one.chances * survive**one.rounds
    worth = _added(weights * (beta * middle - (1.0 - beta) * one.own_cost) / end)
    offer = (beta * kappa - (1.0 - beta) * one.cost) / (1.0 - beta * survive_bound)
    stages = []
    for battles in reversed(range(one.rounds)):
        weights = one.chances * survive**battles
        below = _added(weights)
        accepted = -(1.0 - beta) * one.cost + beta * kappa + beta * survive_bound * offer
        asked = np.minimum(1.0 - accepted, 1.0)  # nobody is offered less than nothing
        rest = _added(weights * (beta * middle - (1.0 - beta) * one.own_cost)) + beta * worth
        worth, chosen = stage(below, asked, rest)
        offer = 1.0 - np.interp(chosen, np.arange(len(asked)), asked)
        stages.append((chosen, asked, below))
    return _read(one, stages, float(worth[-1]), survive)


def _read(
    one: Campaign, stages: list[tuple[FloatArray, FloatArray, FloatArray]], value: float, survive: FloatArray
) -> Settling:
    places = np.arange(len(one.collapse))
    place = (np.arange(len(one.chances)) + 0.5) / len(one.chances)
    top = float(places[-1])
    offers: list[float] = []
    settled: list[float] = []
    refused: list[float] = []
    survived: list[float] = []
    for battles, (chosen, asked, below) in enumerate(reversed(stages)):
        cut = float(np.interp(top, places, chosen))
        offers.append(1.0 - float(np.interp(cut, places, asked)))
        settled.append(float(np.interp(top, places, below) - np.interp(cut, places, below)))
        for means, fought in ((refused, battles), (survived, battles + 1)):
            weights = one.chances * survive**fought
            left = float(np.interp(cut, places, _added(weights)))
            means.append(
                float(np.interp(cut, places, _added(weights * place))) / left if left > NONE_LEFT else math.nan
            )
        top = cut
    return Settling(tuple(offers), tuple(settled), tuple(refused), tuple(survived), value)


def news(one: Campaign, found: Settling) -> tuple[float, float]:
    """Return how far refusals, and how far battles survived, move the mean place of the types left, all in all.

    Both move it towards the strong: positive numbers.
    """
    place = (np.arange(len(one.chances)) + 0.5) / len(one.chances)
    before = float(one.chances @ place)
    refusals = battles = 0.0
    for refused, survived in zip(found.refused, found.survived, strict=True):
        if math.isnan(refused) or math.isnan(survived):
            break
        refusals, battles, before = refusals + before - refused, battles + refused - survived, survived
    return refusals, battles


def _added(values: FloatArray) -> FloatArray:
    """Return the sums of all values below each bound."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _refuse(what: str, got: object, allowed: str) -> None:
    raise ModelError(where="crisis.learning", what=what, got=got, allowed=allowed, hint="Correct it")

r"""What a mediator can say and be believed, and what it adds without knowledge of its own.

**With knowledge** (after Kydd 2003): a mediator knows which of two laws the other side's cost has, *soft* (costs that
are high) or *tough*. It weighs the proposer's share with :math:`\beta`, the other's with :math:`1 - \beta`, and loses K
if fighting follows. The proposer, believing it, makes the offer with the highest expected value under the law it was
told: demands y_soft and y_tough. A demand y in state t is worth to the mediator, beside a constant,

.. math:: V_t(y) = (2 \beta - 1) \, y \, S_t(y) - K \, (1 - S_t(y)) ,

and "t" is believed iff :math:`V_t(y_t) \ge V_t(y_{t'})` in both states. If only the soft demand is ever refused, a
mediator without a side (:math:`\beta = 1/2`) that minds fighting (K > 0) always says "tough", so nobody is told
anything.

**Without knowledge** (after Fey & Ramsay 2010): the mediator only asks the other side and then recommends a demand.
Every equilibrium of every such mediation is a table of chances of each demand per type, such that no type gains by
acting as another and the proposer gains by no other demand when told one. Its chances of refusal lie between those of
a linear programme. Each type likes a lower demand better, so what it says is worth nothing; with a signal of the
mediator's own about the type the programme falls below that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from detente.core.errors import ModelError
from detente.engines.crisis.cost_beliefs import CostBelief, Weighted
from detente.engines.crisis.offers import OneShot, best_offer
from detente.maths.compiled import FloatArray

SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Mediation:
    """An informed mediator between a proposer and a side of two possible laws of cost.

    Attributes
    ----------
    own_chance : float
        That the proposer prevails; both believe the same.
    own_cost : float
        What fighting costs the proposer.
    soft, tough : CostBelief
        The laws of the other's cost.
    mediator_cost : float
        What fighting costs the mediator, on the scale of shares of the stake; not negative.
    """

    own_chance: float
    own_cost: float
    soft: CostBelief
    tough: CostBelief
    mediator_cost: float

    def __post_init__(self) -> None:
        """Refuse a negative cost."""
        if not self.mediator_cost >= 0.0:
            _refuse("a cost is out of range", self.mediator_cost, "A cost is not negative")


@dataclass(frozen=True, slots=True)
class Credible:
    """Which weights of the proposer's share make a mediator's word believed.

    Attributes
    ----------
    weights : (low, high) or None
        Weights in [0, 1] at which it says the truth in both states; None where there is none.
    demands : (soft, tough)
        What the proposer asks for if it believes.
    refusals : (soft, tough)
        How often that is refused in the state that was told truly.
    """

    weights: tuple[float, float] | None
    demands: tuple[float, float]
    refusals: tuple[float, float]


def credible_weights(one: Mediation) -> Credible:
    """Return the weights of the proposer's share at which the mediator is believed.

    Examples
    --------
    >>> from detente.engines.crisis.cost_beliefs import Uniform
    >>> found = credible_weights(Mediation(0.5, 0.1, Uniform(0.0, 0.4), Weighted((0.0,)), 0.05))
    >>> found.weights is not None and round(found.weights[0], 6)
    0.6
    """
    laws = (one.soft, one.tough)
    demands = []
    for law in laws:
        found = best_offer(OneShot(one.own_chance, 1.0 - one.own_chance, one.own_cost, law))
        demands.append(0.0 if found is None else found.demand)
    low, high = -1.0, 1.0  # of 2 beta - 1
    for state, law in enumerate(laws):
        true, false = demands[state], demands[1 - state]
        accepted = law.survival(np.array([true, false]))
        benefit = float(true * accepted[0] - false * accepted[1])
        price = one.mediator_cost * float(accepted[1] - accepted[0])
        if abs(benefit) < SAME:
            low, high = (low, high) if price <= SAME else (1.0, -1.0)
        elif benefit > 0.0:
            low = max(low, price / benefit)
        else:
            high = min(high, price / benefit)
    return Credible(
        weights=None if low > high + SAME else ((1.0 + low) / 2.0, (1.0 + high) / 2.0),
        demands=(demands[0], demands[1]),
        refusals=tuple(1.0 - float(law.survival(np.array(y))) for law, y in zip(laws, demands, strict=True)),  # type: ignore[arg-type]
    )


@dataclass(frozen=True, slots=True)
class Mediated:
    """What mediation can reach: the least and the greatest chance of a refusal, and the chance without a mediator."""

    least: float
    greatest: float
    unmediated: float


def mediated_refusals(belief: Weighted, own_cost: float, signal: FloatArray | None = None) -> Mediated:
    """Return the chances of a refusal that some equilibrium of some mediation has.

    Parameters
    ----------
    belief : Weighted
        The types of the other side; the demands are theirs.
    own_cost : float
        What fighting costs the proposer.
    signal : (types, signals) float, optional
        The chance of each signal per type, which the mediator alone sees; without one it knows nothing of its own.

    Examples
    --------
    >>> from detente.engines.crisis.cost_beliefs import two_types
    >>> found = mediated_refusals(two_types(0.05, 0.35, 0.6), 0.1)
    >>> round(found.least, 6), round(found.greatest, 6), round(found.unmediated, 6)
    (0.4, 0.4, 0.4)
    """
    costs, above = belief.atoms
    chances = above - np.append(above[1:], 0.0)
    types = len(costs)
    known = np.ones((types, 1)) if signal is None else signal
    if known.shape[0] != types or not (np.abs(known.sum(axis=1) - 1.0) < 1e-9).all() or (known < 0).any():
        _refuse("chances of signals do not add up to 1", known.sum(axis=1).tolist(), f"{types} rows that add up to 1")
    signals = int(known.shape[1])
    accepts = costs[:, None] >= costs[None, :]  # type, demand
    gains = np.where(accepts, costs[None, :] + own_cost, 0.0)
    leaves = np.maximum(costs[:, None] - costs[None, :], 0.0)

    def at(kind: int, seen: int, demand: int) -> int:
        return (kind * signals + seen) * types + demand

    rows: list[FloatArray] = []
    for true in range(types):
        for told in range(types):
            row = np.zeros(types * signals * types)
            for seen in range(signals):
                for demand in range(types):
                    row[at(told, seen, demand)] += known[true, seen] * leaves[true, demand]
                    row[at(true, seen, demand)] -= known[true, seen] * leaves[true, demand]
            rows.append(row)
    for demand in range(types):
        for other in range(types):
            row = np.zeros(types * signals * types)
            for kind in range(types):
                for seen in range(signals):
                    weight = chances[kind] * known[kind, seen]
                    row[at(kind, seen, demand)] = weight * (gains[kind, other] - gains[kind, demand])
            rows.append(row)
    sums = np.kron(np.eye(types * signals), np.ones(types))
    refused = np.array(
        [
            chances[kind] * known[kind, seen] * float(not accepts[kind, demand])
            for kind in range(types)
            for seen in range(signals)
            for demand in range(types)
        ]
    )
    least, greatest = (_extreme(sign * refused, np.array(rows), sums) for sign in (1.0, -1.0))
    found = best_offer(OneShot(0.0, 1.0, own_cost, belief))
    return Mediated(least, -greatest, 0.0 if found is None else found.refusal)


def _extreme(objective: NDArray[Any], rows: NDArray[Any], sums: NDArray[Any]) -> float:
    found = linprog(
        objective,
        A_ub=rows,
        b_ub=np.zeros(len(rows)),
        A_eq=sums,
        b_eq=np.ones(len(sums)),
        bounds=(0.0, 1.0),
        method="highs-ds",
    )
    if not found.success or found.x is None:
        raise _wrong("the linear programme of mediation failed", found.message, "A solution exists")
    return float(np.dot(objective, found.x))


def _refuse(what: str, got: object, allowed: str) -> None:
    raise _wrong(what, got, allowed)


def _wrong(what: str, got: object, allowed: str) -> ModelError:
    return ModelError(where="crisis.mediator", what=what, got=got, allowed=allowed, hint="Correct it")

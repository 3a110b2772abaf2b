r"""One offer to a side whose cost of fighting is its own knowledge: what is kept and risked, what knowing is worth.

The proposer keeps a share x of the stake, or fighting follows. The other side, which believes that it prevails with
chance q, accepts iff :math:`u_o(1 - x) \ge q - c`, that is iff its cost c is at least :math:`y = q - u_o(1 - x)`; so
the offer is accepted with chance S(y) under the proposer's belief in c. Fighting is worth :math:`w = p - c_p` to the
proposer, and the offer with the highest expected value has the greatest

.. math:: G(y) = S(y) \, (u_p(x(y)) - w), \qquad x(y) = 1 - u_o^{-1}(q - y), \quad 0 \le x \le 1 .

With neutral attitudes and one belief in the chance of prevailing (p + q = 1) it fulfils
:math:`S(y) / f(y) = y + c_p` inside the bounds; for costs uniform on [a, b] that is
:math:`y = \max(a, (b - c_p) / 2)`. A common value of p is not needed: optimism :math:`o = p + q - 1` counts as a lower
cost of the proposer. The refusal chance is 0 iff :math:`f(a) (a + c_p - o) \ge 1` at the least cost a, or everything is
asked and taken. For a weighted sample the maximum lies at one of its atoms, so all are tried [Fearon1995]_, pp.
394-395; [Powell1999]_, ch. 3.

Nobody gains from striking first here: the offer comes before either could. An offer that is made once and cannot be
made again overstates the risk that fighting comes of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from detente.core.errors import ModelError
from detente.engines.crisis.cost_beliefs import CostBelief, Pert, SmoothBelief, Weighted
from detente.engines.crisis.drawn_offers import drawn_offers
from detente.maths.compiled import FloatArray

GRID = 256
"""Parts of the interval of demands in which the greatest value is bracketed."""
PARTS, ROUNDS = 64, 6
"""Of the bracket, again and again: to 64^-6 of its length, the digits of a float."""
HALVINGS = 30
NODES, WEIGHTS = (array.copy() for array in np.polynomial.legendre.leggauss(128))
"""Of the quadrature for what knowing the cost is worth."""
SELDOM = 0.05
"""A refusal chance of at most this counts as an offer that is seldom refused."""


@dataclass(frozen=True, slots=True)
class OneShot:
    """A side about to make one offer to another.

    Attributes
    ----------
    own_chance : float
        That the proposer prevails, as it believes.
    other_chance : float
        That the other side prevails, as that side believes.
    own_cost : float
        What fighting costs the proposer, as a share of its stake.
    belief : CostBelief
        The proposer's belief in the other's cost, as a share of the other's stake.
    risk : (own, other)
        Exponents a of u(x) = x^a.
    """

    own_chance: float
    other_chance: float
    own_cost: float
    belief: CostBelief
    risk: tuple[float, float] = (1.0, 1.0)

    def __post_init__(self) -> None:
        """Refuse numbers outside their ranges."""
        for name in ("own_chance", "other_chance"):
            _check(name, getattr(self, name), 0.0 <= getattr(self, name) <= 1.0, "A chance lies between 0 and 1")
        _check("own_cost", self.own_cost, self.own_cost >= 0.0, "A cost is not negative")
        for exponent in self.risk:
            _check("risk", exponent, exponent > 0.0, "An exponent is above 0")

    @property
    def fighting(self) -> float:
        """Return what fighting is worth to the proposer."""
        return self.own_chance - self.own_cost

    def kept(self, demand: FloatArray) -> FloatArray:
        """Return the share that the proposer keeps where the other accepts iff its cost is at least `demand`."""
        return 1.0 - _power(self.other_chance - demand, 1.0 / self.risk[1])

    def demand(self, kept: FloatArray) -> FloatArray:
        """Return the least cost at which the other accepts that the proposer keeps so much."""
        return self.other_chance - _power(1.0 - kept, self.risk[1])

    def gain_if_accepted(self, demand: FloatArray) -> FloatArray:
        """Return by how much acceptance is better for the proposer than fighting."""
        return _power(self.kept(demand), self.risk[0]) - self.fighting

    def gain(self, demand: FloatArray) -> FloatArray:
        """Return the expected gain over fighting."""
        return self.belief.survival(demand) * self.gain_if_accepted(demand)

    def bounds(self) -> tuple[float, float]:
        """Return the demands among which the greatest gain lies: all accept the lower, none a share beyond the upper.

        The proposer cannot keep more than everything, which is the demand `other_chance`.
        """
        return min(self.belief.low, self.other_chance), min(self.belief.high, self.other_chance)


@dataclass(frozen=True, slots=True)
class Offer:
    """The offer with the highest expected value for a proposer.

    Attributes
    ----------
    kept : float
        The share of the stake that the proposer keeps.
    demand : float
        The least cost at which the other side accepts.
    refusal : float
        The chance of a refusal under the proposer's belief.
    gain : float
        The expected value beyond that of fighting, in the proposer's utility.
    gain_known : float
        What it would expect to gain if it knew the cost; `gain_known - gain` is what knowing is worth.
    """

    kept: float
    demand: float
    refusal: float
    gain: float
    gain_known: float

    @property
    def knowing(self) -> float:
        """Return what it is worth to the proposer to know the other's cost before it makes the offer."""
        return self.gain_known - self.gain


@dataclass(frozen=True, slots=True)
class OfferTurn:
    """Where one number alone makes the offer seldom refused, or leaves no offer that is better than fighting.

    `number` is own_cost, own_chance, other_chance or belief (the most likely cost of a PERT belief). `kind` is
    "seldom-refused" or "no-offer"; `value` is None where no value of this number alone turns it.
    """

    number: str
    kind: str
    value: float | None


def best_offer(one: OneShot) -> Offer | None:
    """Return the offer with the highest expected value for the proposer; None where none is better than fighting.

    Of two offers with the same value the one that is refused less often is returned.

    Examples
    --------
    >>> from detente.engines.crisis.cost_beliefs import Uniform
    >>> found = best_offer(OneShot(own_chance=0.5, other_chance=0.5, own_cost=0.1, belief=Uniform(0.0, 0.4)))
    >>> round(found.demand, 9), round(found.refusal, 9)
    (0.15, 0.375)
    """
    demand = _best_demand(one)
    if demand is None:
        return None
    found = float(one.gain(np.array(demand)))
    return Offer(
        kept=min(1.0, float(one.kept(np.array(demand)))),
        demand=demand,
        refusal=1.0 - float(one.belief.survival(np.array(demand))),
        gain=found,
        gain_known=_gain_known(one, one.bounds()[1]),
    )


def find_offer_turns(one: OneShot) -> Iterator[OfferTurn]:
    """Yield where each number alone makes the best offer one that is seldom refused, and where no offer is left.

    The refusal chance falls as the proposer's own cost rises and as either side's own chance falls; it need not be
    monotone in the most likely cost of a belief, where the first turn found from its bounds inwards counts.
    """
    yield OfferTurn("own_cost", "seldom-refused", _turn(one, "own_cost", 0.0, 2.0))
    yield OfferTurn("own_chance", "seldom-refused", _turn(one, "own_chance", 0.0, 1.0))
    yield OfferTurn("other_chance", "seldom-refused", _turn(one, "other_chance", 0.0, 1.0))
    if isinstance(one.belief, Pert):
        yield OfferTurn("belief", "seldom-refused", _turn(one, "belief", one.belief.low, one.belief.high))
    most = float(one.gain_if_accepted(np.array(one.bounds()[1]))) + one.fighting
    cost, chance = one.own_chance - most, most + one.own_cost
    yield OfferTurn("own_cost", "no-offer", cost if cost >= 0.0 else None)
    yield OfferTurn("own_chance", "no-offer", chance if 0.0 <= chance <= 1.0 else None)


def _best_demand(one: OneShot) -> float | None:
    low, high = one.bounds()
    if isinstance(one.belief, Weighted):
        costs, _ = one.belief.atoms
        tried = np.append(costs[costs < high], high)
        demand = float(tried[int(np.argmax(one.gain(tried)))])
    else:
        demand = _smooth_maximum(one, _smooth(one.belief), low, high)
    return demand if float(one.gain(np.array(demand))) > 0.0 else None


def _smooth(belief: CostBelief) -> SmoothBelief:
    assert hasattr(belief, "density")
    return belief  # type: ignore[return-value]


def _smooth_maximum(one: OneShot, belief: SmoothBelief, low: float, high: float) -> float:
    """Return the demand of greatest gain: bracketed on a grid, then where the derivative changes its sign."""
    if high <= low:
        return high
    demands = np.linspace(low, high, GRID + 1)
    at = int(np.argmax(one.gain(demands)))
    corner = float(demands[at]) if at in (0, GRID) else None
    left, right = float(demands[max(at - 1, 0)]), float(demands[min(at + 1, GRID)])
    for _ in range(ROUNDS):
        inner = np.linspace(left, right, PARTS + 1)
        falling = np.flatnonzero(_slope(one, belief, inner[1:-1]) <= 0.0)
        place = int(falling[0]) + 1 if len(falling) else PARTS
        left, right = float(inner[place - 1]), float(inner[place])
    found = (left + right) / 2.0
    if corner is not None and float(one.gain(np.array(corner))) >= float(one.gain(np.array(found))):
        return corner
    return found


def _slope(one: OneShot, belief: SmoothBelief, demand: FloatArray) -> FloatArray:
    """Return the derivative of the gain, inside the bounds."""
    own, other = one.risk
    given, kept = np.abs(one.other_chance - demand), np.abs(one.kept(demand))
    step = 1.0 if own == other == 1.0 else given ** (1.0 / other - 1.0) / other * own * kept ** (own - 1.0)
    return np.asarray(belief.survival(demand) * step - belief.density(demand) * one.gain_if_accepted(demand))


def _gain_known(one: OneShot, high: float) -> float:
    """Return the expected gain of a proposer that learns the cost first and then asks for all that it can."""
    if isinstance(one.belief, Weighted):
        costs, above = one.belief.atoms
        weights = above - np.append(above[1:], 0.0)
        gains = np.maximum(one.gain_if_accepted(np.minimum(costs, one.other_chance)), 0.0)
        return float((weights * gains).sum())
    belief = _smooth(one.belief)
    whole = max(0.0, float(one.gain_if_accepted(np.array(one.other_chance))))
    beyond = whole * float(belief.survival(np.array(one.other_chance)))
    share = _power(np.array(one.fighting), 1.0 / one.risk[0])
    start = max(belief.low, float(one.demand(share)))
    end = min(high, float(belief.quantile(np.array(1.0 - 1e-14))))
    if end <= start:
        return beyond
    at = start + (end - start) * (NODES + 1.0) / 2.0
    gains = np.maximum(one.gain_if_accepted(at), 0.0) * belief.density(at)
    return beyond + float((WEIGHTS * gains).sum()) * (end - start) / 2.0


def _turn(one: OneShot, number: str, low: float, high: float) -> float | None:
    """Return where one number makes the refusal chance pass `SELDOM`; None where its ends are on the same side."""

    def seldom(value: float) -> bool:
        if number == "belief":
            assert isinstance(one.belief, Pert)
            changed = replace(one, belief=replace(one.belief, mode=value))
        elif number == "own_cost":
            changed = replace(one, own_cost=value)
        elif number == "own_chance":
            changed = replace(one, own_chance=value)
        else:
            changed = replace(one, other_chance=value)
        return _refusal(changed) <= SELDOM

    if seldom(low) == seldom(high):
        return None
    first = seldom(low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if seldom(middle) == first else (low, middle)
    return (low + high) / 2.0


def _refusal(one: OneShot) -> float:
    """Return how often the best offer is refused; nan where none is better than fighting."""
    belief = one.belief
    if isinstance(belief, Pert) and one.risk == (1.0, 1.0):  # the search over many draws is the faster one
        numbers = (one.own_chance, one.other_chance, one.own_cost, belief.low, belief.mode, belief.high)
        return float(drawn_offers(*(np.array([number]) for number in numbers)).refusal[0])
    demand = _best_demand(one)
    return math.nan if demand is None else 1.0 - float(belief.survival(np.array(demand)))


def _power(base: FloatArray, exponent: float) -> FloatArray:
    """Return a power that keeps the sign, so that utility goes on beyond the ends of the stake."""
    return np.asarray(base if exponent == 1.0 else np.copysign(np.abs(base) ** exponent, base))


def _check(name: str, number: float, right: bool, allowed: str) -> None:
    if not (math.isfinite(number) and right):
        raise ModelError(
            where=f"crisis.offers: {name}",
            what="a number is out of range",
            got=number,
            allowed=allowed,
            hint="Correct it",
        )

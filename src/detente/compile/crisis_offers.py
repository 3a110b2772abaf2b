"""From a confrontation of a case to one offer of either side: what each believes that fighting costs the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.case.crisis import Confrontation
from detente.core.estimate import Estimate
from detente.core.streams import Purpose, stream
from detente.engines.crisis.cost_beliefs import judged
from detente.engines.crisis.drawn_offers import DrawnOffers, drawn_offers
from detente.engines.crisis.offers import OneShot, best_offer
from detente.maths.compiled import FloatArray
from detente.maths.pert import pert_quantile

BOUNDS = ("low", "mode", "high")


def one_shot(one: Confrontation, proposer: str) -> OneShot | str:
    """Return a side's offer at the most likely numbers, or one sentence that names what is missing."""
    other = other_side(one, proposer)
    if other not in one.cost_as_seen:
        return (
            f'What {proposer} could offer {other} is not computed: confrontation "{one.id}" gives no '
            f"cost_as_seen.{other}. Add it under crisis.confrontations."
        )
    chances = [chance_to_prevail(one, side).mode for side in (proposer, other)]
    risk = [one.risk[side].mode if side in one.risk else 1.0 for side in (proposer, other)]
    seen = one.cost_as_seen[other]
    return OneShot(
        own_chance=chances[0],
        other_chance=chances[1],
        own_cost=one.cost[proposer].mode,
        belief=judged(seen.low, seen.mode, seen.high),
        risk=(risk[0], risk[1]),
    )


def other_side(one: Confrontation, side: str) -> str:
    """Return the other side of a confrontation."""
    first, second = one.sides
    return second if side == first else first


def chance_to_prevail(one: Confrontation, side: str) -> Estimate:
    """Return a side's belief that it prevails itself; the case holds chances of the first side."""
    given = one.win_chance[side]
    if side == one.sides[0]:
        return given
    return Estimate(low=1.0 - given.high, mode=1.0 - given.mode, high=1.0 - given.low)


def offers_over_draws(one: Confrontation, proposer: str, draws: int, seed: int) -> DrawnOffers:
    """Return a side's offer in draws of both sides' chances and of its own cost, its belief in the other's cost as is.

    Every number is drawn as its side sees it, at places that depend on the confrontation alone: the same confrontation
    told from the other side has the same draws.
    """
    other = other_side(one, proposer)
    numbers = [chance_to_prevail(one, proposer), chance_to_prevail(one, other), one.cost[proposer]]
    drawn = _drawn(numbers, f"{one.id}", draws, seed)
    seen = one.cost_as_seen[other]
    if seen.low < seen.high and not one.risk:
        return drawn_offers(*drawn.T, *(np.full(draws, getattr(seen, bound)) for bound in BOUNDS))
    start = one_shot(one, proposer)
    assert isinstance(start, OneShot)
    found = [
        best_offer(OneShot(float(row[0]), float(row[1]), float(row[2]), start.belief, start.risk)) for row in drawn
    ]
    fields = ("kept", "demand", "refusal", "gain")
    return DrawnOffers(*(np.array([np.nan if o is None else getattr(o, name) for o in found]) for name in fields))


def _drawn(numbers: Sequence[Estimate], key: str, draws: int, seed: int) -> FloatArray:
    low, mode, high = (np.array([getattr(one, bound) for one in numbers]) for bound in BOUNDS)
    places = stream(seed, Purpose.OFFERS, *key.encode()).random((draws, len(numbers)))
    return pert_quantile(places, low, mode, high)

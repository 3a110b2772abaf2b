"""From a confrontation of a case to bounds on every procedure: what each side may know of its own value of fighting."""

from __future__ import annotations

import numpy as np

from detente.case.crisis import Confrontation
from detente.compile.crisis_offers import chance_to_prevail
from detente.engines.crisis.bounds import TypesOfBoth, private_values
from detente.engines.crisis.cost_beliefs import judged
from detente.engines.crisis.private_types import fighting_types
from detente.engines.crisis.two_sided import TwoValues

TYPES = 12
"""Equally likely types of either side."""


def types_of_both(one: Confrontation) -> TypesOfBoth:
    """Return equally likely types that know their own chance and cost, from the PERT laws of both."""
    chances = np.full(TYPES, 1.0 / TYPES)
    found = []
    for side in one.sides:
        chance, cost = chance_to_prevail(one, side), one.cost[side]
        found.append(
            fighting_types(judged(chance.low, chance.mode, chance.high), judged(cost.low, cost.mode, cost.high), TYPES)
        )
    return private_values(found[0], found[1], (chances, chances))


def least_margins(one: Confrontation) -> tuple[float, float]:
    """Return by how much the stake exceeds both sides' greatest values of fighting.

    First if only costs are private, beliefs in the chance of prevailing being known at their most likely numbers; then
    if these beliefs are private too.
    """
    margins = []
    for bound in ("mode", "high"):
        strongest = [getattr(chance_to_prevail(one, side), bound) - one.cost[side].low for side in one.sides]
        margins.append(1.0 - sum(strongest))
    return margins[0], margins[1]


def two_values(one: Confrontation) -> TwoValues | None:
    """Return what the first needs and the second can leave, uniform over their ranges; None where one has none."""
    ranges = [
        (
            chance_to_prevail(one, side).low - one.cost[side].high,
            chance_to_prevail(one, side).high - one.cost[side].low,
        )
        for side in one.sides
    ]
    if any(low >= high for low, high in ranges):
        return None
    (low, high), (other_low, other_high) = ranges
    return TwoValues((low, high), (1.0 - other_high, 1.0 - other_low))

"""What holds for every procedure between two sides, and for sealed offers, in the case's own names."""

from __future__ import annotations

from typing import Any

from detente.case.crisis import Confrontation
from detente.compile.crisis_procedures import TYPES, least_margins, two_values, types_of_both
from detente.engines.crisis.bounds import best_procedure, peace_margin
from detente.engines.crisis.two_sided import Agreeing, any_procedure, first_best, sealed_offers

Report = dict[str, Any]


def any_procedure_entry(one: Confrontation) -> Report:
    """Return whether a fixed division suits all types of both sides, and the least that any procedure leaves open."""
    costs, beliefs = least_margins(one)
    types = types_of_both(one)
    found = best_procedure(types)
    empty = types.fighting[0] + types.fighting[1] > 1.0
    return {
        "costs_private": {"margin": costs, "some_division_suits_all": costs >= 0.0},
        "beliefs_private": {"margin": beliefs, "some_division_suits_all": beliefs >= 0.0},
        "types": TYPES,
        "margin_of_types": peace_margin(types),
        "least_without_agreement": found.fighting,
        "no_division_exists": float(empty.mean()),
        "gains": found.gains,
    }


def sealed_entry(one: Confrontation) -> Report:
    """Return how often sealed offers, the best procedure and full knowledge would agree, over uniform ranges."""
    values = two_values(one)
    if values is None:
        return {"not_computed": f'Confrontation "{one.id}" gives a side no range of chance or cost.'}
    sealed = sealed_offers(values)
    return {
        "needs": {"side": one.sides[0], "low": values.needs[0], "high": values.needs[1]},
        "leaves": {"side": one.sides[1], "low": values.leaves[0], "high": values.leaves[1]},
        "sealed_offers": None if sealed is None else _agreeing(sealed),
        "any_procedure": _agreeing(any_procedure(values)),
        "all_known": _agreeing(first_best(values)),
    }


def _agreeing(found: Agreeing) -> Report:
    return {"from_surplus": found.least, "agree": found.chance, "gains": found.gains}

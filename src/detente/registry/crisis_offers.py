"""What each side of a confrontation could offer once, in the case's own names: the key `offers` of a crisis report."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from detente.case.case import Case
from detente.case.crisis import Confrontation
from detente.compile.crisis_offers import chance_to_prevail, offers_over_draws, one_shot, other_side
from detente.compile.crisis_packages import compile_war_packages, exact_war_values
from detente.compile.utilities import exact
from detente.core.errors import ModelError
from detente.core.estimate import Estimate
from detente.core.streams import DRAWS
from detente.engines.crisis.cost_beliefs import Pert, Weighted, judged
from detente.engines.crisis.drawn_offers import DrawnOffers
from detente.engines.crisis.offers import Offer, OneShot, best_offer, find_offer_turns
from detente.engines.crisis.package_offers import best_package
from detente.engines.crisis.screening import screen
from detente.engines.settlement.frontier import find_frontier
from detente.maths.compiled import FloatArray
from detente.registry.crisis_packages import READINGS
from detente.registry.crisis_procedures import any_procedure_entry, sealed_entry

Report = dict[str, Any]
POINTS = 41
"""Of a curve."""
QUANTILES = (0.05, 0.5, 0.95)
ROUNDS = 3
WEIGHTS = (0.5, 0.8, 0.95)
"""Of what comes after a round: the chance that fighting decides nothing in it, times patience."""


def offers_entry(case: Case, one: Confrontation, *, draws: int = DRAWS, seed: int = 0) -> Report:
    """Return what either side could offer the other once: the offer, its risk under the beliefs, what turns it."""
    return {
        "any_procedure": any_procedure_entry(one),
        "once": [_proposer(case, one, side, draws, seed) for side in one.sides],
        "both_private": sealed_entry(one),
    }


def _proposer(case: Case, one: Confrontation, side: str, draws: int, seed: int) -> Report:
    other = other_side(one, side)
    head: Report = {"proposer": side, "other": other}
    model = one_shot(one, side)
    if isinstance(model, str):
        return {**head, "not_computed": model}
    found = best_offer(model)
    drawn = offers_over_draws(one, side, draws, seed)
    return {
        **head,
        "belief": _numbers(one.cost_as_seen[other]),
        "fighting_is_worth": model.fighting,
        "offer": None if found is None else _offer(one, other, model, found),
        "over_draws": _over_draws(drawn),
        "curve": _curve(model),
        "turns": _turns(one, side, model),
        "packages": _packages(case, one, side, model),
        "over_rounds": _over_rounds(model),
    }


def _offer(one: Confrontation, other: str, model: OneShot, found: Offer) -> Report:
    own = one.cost[other]
    refused = 1.0 - judged(own.low, own.mode, own.high).survival(np.array(found.demand))
    return {
        "keeps": found.kept,
        "leaves": 1.0 - found.kept,
        "refused_below_cost": found.demand,
        "refusal": found.refusal,
        "refusal_by_own_cost": float(refused),
        "gain": found.gain,
        "gain_if_cost_known": found.gain_known,
        "knowing_is_worth": found.knowing,
        "accepted_by_all": _accepted_by_all(model),
    }


def _over_rounds(model: OneShot) -> Report:
    """Return what becomes of the offer if it can be made again during fighting, by the weight of what follows."""
    optimism = model.own_chance + model.other_chance - 1.0
    if model.risk != (1.0, 1.0):
        return {"not_computed": "Rounds are computed for neutral attitudes to risk."}
    own_cost = model.own_cost - optimism
    belief = model.belief
    assert isinstance(belief, (Pert, Weighted))
    return {
        "rounds": ROUNDS,
        "by_weight": [
            {
                "weight": weight,
                "keeps": [float(model.kept(np.array(demand))) for demand in found.demands],
                "settled": list(found.settled),
                "refused": found.refused,
                "gain": found.value + own_cost,
            }
            for weight in WEIGHTS
            for found in (screen(belief, own_cost, (weight,) * ROUNDS, most=model.other_chance, parts=300),)
        ],
    }


def _accepted_by_all(model: OneShot) -> Report:
    """Return the largest share kept that no cost thought possible refuses, and its gain over fighting."""
    demand = np.array(model.bounds()[0])
    return {"keeps": float(model.kept(demand)), "gain": float(model.gain(demand))}


def _over_draws(drawn: DrawnOffers) -> Report:
    offered = ~np.isnan(drawn.kept)
    return {
        "draws": len(drawn.kept),
        "with_an_offer": int(offered.sum()),
        "keeps": _spread(drawn.kept[offered]),
        "refusal": _spread(drawn.refusal[offered]),
        "gain": _spread(drawn.gain[offered]),
    }


def _spread(values: FloatArray) -> list[float] | None:
    """Return the 5 %, 50 % and 95 % quantiles."""
    return [float(value) for value in np.quantile(values, QUANTILES)] if len(values) else None


def _curve(model: OneShot) -> list[Report]:
    kept = np.linspace(0.0, 1.0, POINTS)
    demand = model.demand(kept)
    return [
        {"keeps": float(share), "gain": float(gain), "refusal": float(refused)}
        for share, gain, refused in zip(kept, model.gain(demand), 1.0 - model.belief.survival(demand), strict=True)
    ]


def _turns(one: Confrontation, side: str, model: OneShot) -> list[Report]:
    other = other_side(one, side)
    given = {
        "own_cost": (one.cost[side], side),
        "own_chance": (chance_to_prevail(one, side), side),
        "other_chance": (chance_to_prevail(one, other), other),
        "belief": (one.cost_as_seen[other], other),
    }
    entries = []
    for turn in find_offer_turns(model):
        estimate, whose = given[turn.number]
        inside = turn.value is not None and estimate.low <= turn.value <= estimate.high
        entries.append(
            {
                "number": turn.number,
                "side": whose,
                "kind": turn.kind,
                "mode": estimate.mode,
                "turns_at": turn.value,
                "within_its_range": inside,
            }
        )
    return entries


def _packages(case: Case, one: Confrontation, side: str, model: OneShot) -> Report:
    """Return the best package to offer under either reading of unknown options; red lines are left aside."""
    compiled = compile_war_packages(case, one, exact_war_values(one))
    if isinstance(compiled, str):
        return {"not_computed": compiled}
    own = one.sides.index(side)
    if not compiled.stake(0) or not compiled.stake(1):
        return {"not_computed": "What is fought over is worth the same to a side whatever becomes of it."}
    entry: Report = {}
    for reading, completion in READINGS.items():
        try:
            frontier = find_frontier(compiled.model, rules=compiled.model.links, completion=completion, reserved=False)
        except ModelError as error:
            entry[reading] = {"not_computed": str(error)}
            continue
        shares = np.array(
            [[compiled.share(k, steps) for k, steps in enumerate(point)] for point in frontier.values.tolist()]
        ).reshape(-1, 2)
        found = best_package(shares[:, own], shares[:, 1 - own], model.fighting, model.other_chance, model.belief)
        entry[reading] = {
            "tried": len(shares),
            "offer": None
            if found is None
            else {
                "shares": dict(zip(one.sides, map(float, shares[found.row]), strict=True)),
                "worth": {
                    party: float(Fraction(int(frontier.values[found.row, k]), compiled.trace.grid))
                    for k, party in enumerate(one.sides)
                },
                "refusal": found.refusal,
                "gain": found.gain,
            },
        }
    return entry


def _numbers(estimate: Estimate) -> dict[str, float]:
    return {"low": float(exact(estimate.low)), "mode": float(exact(estimate.mode)), "high": float(exact(estimate.high))}

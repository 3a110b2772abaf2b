"""Bargaining while fighting a second way: recursion over costs, types' own best replies, simulated campaigns."""

from __future__ import annotations

import numpy as np
import pytest

from detente.engines.crisis.cost_beliefs import Uniform
from detente.engines.crisis.learning import Campaign, campaign
from detente.engines.crisis.screening import screen

TYPES = 600
EQUAL = np.full(TYPES, 1 / TYPES)
GRID = 0.01
"""Between two grids of six hundred types."""
SIMULATED = 0.008
"""Four standard errors of a mean of 100,000 campaigns."""
STRENGTH = Campaign(np.linspace(0.02, 0.6, TYPES + 1), np.full(TYPES + 1, 0.05), EQUAL, 0.1, 0.05, 0.9, 12)
BOTH = Campaign(np.linspace(0.05, 0.3, TYPES + 1), np.linspace(0.1, 1.5, TYPES + 1), EQUAL, 0.05, 0.1, 0.95, 6)


@pytest.mark.parametrize("patience", [0.7, 0.9])
def test_private_costs_alone_are_the_rounds_of_skimming(patience: float) -> None:
    """With W the value of fighting on, an offer x is the demand y = W(0) - x, W(0) at no cost, and costs are losses."""
    collapse, own, cost = 0.1, 0.1, 0.05
    one = Campaign(np.full(TYPES + 1, collapse), np.linspace(0.2, 3.0, TYPES + 1), EQUAL, own, cost, patience, 4)
    weight = patience * (1 - collapse - own)
    whole = patience * own / (1 - weight)
    fighting = (patience * collapse - (1 - patience) * cost) / (1 - weight)
    losses = Uniform(0.2 * (1 - patience) / (1 - weight), 3.0 * (1 - patience) / (1 - weight))
    same = screen(losses, 1 - whole - fighting, (weight,) * 4, most=whole, parts=TYPES)
    found = campaign(one)
    assert found.value == pytest.approx(same.value + 1 - whole, abs=GRID)
    assert [whole - offer for offer in found.offers] == pytest.approx(list(same.demands), abs=GRID)
    undecided = [(1 - collapse - own) ** battles for battles in range(4)]
    assert found.settled == pytest.approx([s * u for s, u in zip(same.settled, undecided, strict=True)], abs=GRID)


@pytest.mark.parametrize("one", [STRENGTH, BOTH], ids=["strength", "both"])
def test_no_type_gains_by_settling_in_another_round(one: Campaign) -> None:
    """Each type against the offers as they stand, by backward induction: the shares that settle then are found."""
    found = campaign(one)
    beta, kappa = one.patience, one.own_collapse
    collapse = (one.collapse[1:] + one.collapse[:-1]) / 2
    cost = (one.cost[1:] + one.cost[:-1]) / 2
    going = -(1 - beta) * cost + beta * kappa
    later = going / (1 - beta * (1 - collapse - kappa))  # fighting on to the end
    accepts = np.zeros((one.rounds, TYPES), dtype=bool)
    for battles in reversed(range(one.rounds)):
        on = going + beta * (1 - collapse - kappa) * later
        accepts[battles] = found.offers[battles] >= on
        later = np.maximum(found.offers[battles], on)
    left = np.ones(TYPES, dtype=bool)
    for battles, settled in enumerate(found.settled):
        now = left & accepts[battles]
        share = float((one.chances * (1 - collapse - kappa) ** battles)[now].sum())
        assert share == pytest.approx(settled, abs=GRID)
        left &= ~now


@pytest.mark.parametrize("one", [STRENGTH, BOTH], ids=["strength", "both"])
def test_campaigns_bring_the_first_side_what_they_bring_it_when_simulated(one: Campaign) -> None:
    found = campaign(one)
    rng = np.random.default_rng(6)
    runs = 100_000
    kind = rng.integers(0, TYPES, runs)
    collapse = ((one.collapse[1:] + one.collapse[:-1]) / 2)[kind]
    survive = 1 - (one.collapse[1:] + one.collapse[:-1]) / 2 - one.own_collapse
    got, weight, left, top = np.zeros(runs), 1.0, np.ones(runs, dtype=bool), TYPES
    for battles in range(400):
        if battles < one.rounds:  # the share that settles says how far down the types go
            mass = np.concatenate([[0.0], np.cumsum(one.chances * survive**battles)])
            cut = int(np.searchsorted(mass, mass[top] - found.settled[battles] - 1e-12))
            now = left & (kind >= cut)
            got[now] += weight * (1 - found.offers[battles])
            left &= ~now
            top = cut
        got[left] -= weight * (1 - one.patience) * one.own_cost
        draw = rng.random(runs)
        won = left & (draw < collapse)
        got[won] += weight * one.patience
        left &= ~won & ~(draw > 1 - one.own_collapse)
        weight *= one.patience
    assert got.mean() == pytest.approx(found.value, abs=SIMULATED)

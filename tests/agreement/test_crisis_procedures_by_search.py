"""Procedures a second way: best replies, discretised mechanisms, rounds by brute force, simulated wars."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from detente.engines.crisis.attrition import Attrition, holding_out
from detente.engines.crisis.bounds import best_procedure, private_values
from detente.engines.crisis.cost_beliefs import Weighted
from detente.engines.crisis.fighting import Front, battles_left, prevailing
from detente.engines.crisis.screening import screen_uniform
from detente.engines.crisis.two_sided import TwoValues, any_procedure, is_linear, linear_offers

DISCRETE = 0.008
"""Of types in steps of a twenty-fourth, against a law."""
SIMULATED = 0.02
"""Four standard errors of a share of 10,000 runs."""


@pytest.mark.parametrize(
    "one",
    [
        TwoValues((0.0, 1.0), (0.0, 1.0)),
        TwoValues((0.1, 0.65), (0.25, 0.8)),
        TwoValues((0.2, 0.7), (0.4, 0.8)),
        TwoValues((0.1, 0.5), (0.3, 0.9)),
    ],
    ids=repr,
)
def test_the_bound_is_that_of_a_linear_programme(one: TwoValues) -> None:
    count = 24
    place = (np.arange(count) + 0.5) / count
    needs = one.needs[0] + (one.needs[1] - one.needs[0]) * place
    leaves = one.leaves[0] + (one.leaves[1] - one.leaves[0]) * place
    chances = np.full(count, 1 / count)
    found = best_procedure(private_values(needs, 1 - leaves, (chances, chances)), most_gains=True)
    assert found.gains == pytest.approx(any_procedure(one).gains, abs=DISCRETE)


@pytest.mark.parametrize("one", [TwoValues((0.0, 1.0), (0.0, 1.0)), TwoValues((0.1, 0.65), (0.25, 0.8))], ids=repr)
def test_no_type_gains_by_another_sealed_offer(one: TwoValues) -> None:
    assert is_linear(one)
    others = np.linspace(*one.leaves, 4001)
    bids = np.array([linear_offers(one, 0.0, leave)[1] for leave in others])
    tried = np.linspace(one.needs[0] - 0.2, one.leaves[1] + 0.2, 801)
    for need in np.linspace(*one.needs, 9):

        def gain(ask: float, need: float = need) -> float:
            return float(np.where(bids >= ask, (bids + ask) / 2 - need, 0.0).mean())

        assert gain(linear_offers(one, need, 0.0)[0]) >= max(gain(ask) for ask in tried) - 1e-4


@pytest.mark.parametrize("weights", [(0.5, 0.5), (0.9, 0.9), (0.3, 0.8), (0.7, 0.6, 0.9)])
def test_rounds_are_those_of_a_search_over_cutoffs(weights: tuple[float, ...]) -> None:
    """Cutoffs are tried on a grid, each later stage solved in turn."""
    grid = np.linspace(0.0, 1.0, 101)

    def stage(top: float, left: tuple[float, ...]) -> tuple[float, float]:
        """Return what is asked next of the types up to `top`, and what that is worth to the proposer."""
        best = (0.0, -1.0)
        for cut in grid[grid <= top + 1e-12]:
            later, rest = (cut, 0.0) if len(left) == 1 else stage(float(cut), left[1:])
            asked = (1 - left[0]) * cut + left[0] * later
            worth = (top - cut) * asked + left[0] * rest
            if worth > best[1]:
                best = (asked, worth)
        return best

    asked, worth = stage(1.0, weights) if len(weights) < 3 else _three(weights)
    found = screen_uniform(1.0, weights)
    assert worth == pytest.approx(found.value, abs=0.002)
    assert asked == pytest.approx(found.demands[0], abs=0.02)


def _three(weights: tuple[float, ...]) -> tuple[float, float]:
    """Return first demand and value of three rounds by trying all pairs of cutoffs, the last in closed form."""
    grid = np.linspace(0.0, 1.0, 401)
    second = {}
    for top in grid:
        cuts = grid[grid <= top]
        asked = (1 - weights[1]) * cuts + weights[1] * cuts / 2
        worth = (top - cuts) * asked + weights[1] * cuts**2 / 4
        second[float(top)] = (float(asked[worth.argmax()]), float(worth.max()))
    best = (0.0, -1.0)
    for cut in grid:
        later, rest = second[float(cut)]
        asked = (1 - weights[0]) * float(cut) + weights[0] * later
        worth = (1 - float(cut)) * asked + weights[0] * rest
        if worth > best[1]:
            best = (asked, worth)
    return best


def test_wars_end_as_simulated() -> None:
    one = Front(5, 0.55, (0.01, 0.02))
    rng = np.random.default_rng(3)
    for start, runs in product((1, 3), (10_000,)):
        forts, battles = np.full(runs, start), np.zeros(runs)
        while (active := (forts > 0) & (forts < 5)).any():
            forts[active] += np.where(rng.random(int(active.sum())) < 0.55, 1, -1)
            battles[active] += 1
        assert (forts == 5).mean() == pytest.approx(prevailing(one)[start], abs=SIMULATED)
        assert battles.mean() == pytest.approx(battles_left(one)[start], rel=0.05)


def test_holding_out_leaves_each_indifferent_and_lasts_as_simulated() -> None:
    one = Attrition((8.0, 5.0), (1.5, 1.0), (0.2, 0.3))
    found = holding_out(one)
    rng = np.random.default_rng(4)
    times = [rng.exponential(1 / rate, 10_000) for rate in found.rates]
    assert (times[0] < times[1]).mean() == pytest.approx(found.quits_first[0], abs=SIMULATED)
    assert np.minimum(*times).mean() == pytest.approx(found.duration, rel=0.05)
    for side in (0, 1):  # holding out until the other quits is worth as much as quitting now: nothing
        waited = times[1 - side].mean()
        assert one.prize[side] - one.net[side] * waited == pytest.approx(0.0, abs=0.05 * one.prize[side])


def test_a_posted_division_is_the_peace_of_the_bound() -> None:
    """Costs alone private: the share p suits every pair of types, so nobody has to fight; checked pair by pair."""
    costs = Weighted((0.02, 0.1, 0.3)).atoms[0]
    types = private_values(0.6 - costs, 0.4 - costs, (np.full(3, 1 / 3), np.full(3, 1 / 3)))
    assert best_procedure(types).fighting == 0.0
    assert all(first <= 0.6 and second <= 0.4 for first, second in product(0.6 - costs, 0.4 - costs))

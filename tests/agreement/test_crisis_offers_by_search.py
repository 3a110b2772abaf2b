"""One offer under a private cost, found a second way: closed forms, a general search, and simulated costs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import beta

from detente.engines.crisis.cost_beliefs import CostBelief, Exponential, Pert, TruncatedNormal, Uniform, Weighted
from detente.engines.crisis.drawn_offers import drawn_offers
from detente.engines.crisis.offers import OneShot, best_offer

SEARCHED = 1e-7
"""Brent's method ends where the square of the error reaches the digits of a float."""
SIMULATED = 0.004
"""Four standard errors of a share of 250,000 draws."""

BELIEFS = [
    Uniform(0.05, 0.4),
    Pert(0.0, 0.1, 0.5),
    Pert(0.1, 0.1, 0.3),
    Pert(0.1, 0.6, 0.6),
    Exponential(4.0),
    TruncatedNormal(0.2, 0.1, 0.0, 0.5),
]


@pytest.mark.parametrize("belief", BELIEFS, ids=repr)
@pytest.mark.parametrize("risk", [(1.0, 1.0), (0.6, 1.0), (1.0, 1.4), (1.3, 0.7)])
@pytest.mark.parametrize("cost", [0.02, 0.2])
def test_the_offer_is_that_of_a_search_over_shares(belief: CostBelief, risk: tuple[float, float], cost: float) -> None:
    model = OneShot(0.5, 0.55, cost, belief, risk)
    found = best_offer(model)
    assert found is not None

    def loss(kept: float) -> float:
        needed = 0.55 - (1 - kept) ** risk[1]
        return -float(belief.survival(np.array(needed))) * (kept ** risk[0] - (0.5 - cost))

    grid = np.linspace(1e-9, 1 - 1e-9, 2001)
    at = int(np.argmin([loss(x) for x in grid]))
    bounds = (grid[max(at - 1, 0)], grid[min(at + 1, 2000)])
    searched = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-12})
    assert found.gain == pytest.approx(-searched.fun, abs=SEARCHED)
    assert found.kept == pytest.approx(searched.x, abs=1e-4)


def test_a_large_sample_of_a_law_has_the_offer_of_the_law() -> None:
    rng = np.random.default_rng(5)
    costs = 0.1 + 0.4 * rng.beta(2.0, 4.0, 250_000)
    sample = best_offer(OneShot(0.5, 0.5, 0.1, Weighted(tuple(costs.tolist()))))
    law = best_offer(OneShot(0.5, 0.5, 0.1, Pert(0.1, 0.2, 0.5)))
    assert sample is not None
    assert law is not None
    assert sample.gain == pytest.approx(law.gain, abs=SIMULATED)
    assert sample.gain_known == pytest.approx(law.gain_known, abs=SIMULATED)
    assert float((costs < law.demand).mean()) == pytest.approx(law.refusal, abs=SIMULATED)


def test_an_exponential_belief_has_its_closed_form() -> None:
    """y* = max(0, 1/l - c_A), refused with 1 - exp(-l y*)."""
    for rate, cost in ((5.0, 0.1), (5.0, 0.3), (8.0, 0.02)):
        found = best_offer(OneShot(0.3, 0.7, cost, Exponential(rate)))
        assert found is not None
        demand = max(0.0, 1 / rate - cost)
        assert found.demand == pytest.approx(demand, abs=1e-9)
        assert found.refusal == pytest.approx(1 - np.exp(-rate * demand), abs=1e-9)


def test_drawn_offers_fulfil_the_condition_by_an_independent_beta_law() -> None:
    rng = np.random.default_rng(9)
    n = 2000
    low = rng.uniform(0.0, 0.2, n)
    high = low + rng.uniform(0.01, 0.3, n)
    mode = low + rng.random(n) * (high - low)
    cost = rng.uniform(0.0, 0.5, n)
    found = drawn_offers(np.full(n, 0.3), np.full(n, 0.7), cost, low, mode, high)
    place = (found.demand - low) / (high - low)
    law = beta(1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low))
    inside = (place > 1e-6) & (found.demand < 0.7 - 1e-9)
    assert inside.sum() > 1800
    ratio = law.sf(place) / law.pdf(place) * (high - low)
    assert ratio[inside] == pytest.approx((found.demand + cost)[inside], rel=1e-6)
    assert found.refusal == pytest.approx(law.cdf(place), abs=1e-9)

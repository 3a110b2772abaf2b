"""Laws of one offer under a private cost: direction, shifts, the draws of many against one, both sides alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.case.crisis import Confrontation
from detente.compile.crisis_offers import offers_over_draws, one_shot
from detente.engines.crisis.cost_beliefs import CostBelief, Exponential, Pert, TruncatedNormal, Uniform, Weighted
from detente.engines.crisis.drawn_offers import drawn_offers
from detente.engines.crisis.offers import OneShot, best_offer

SAME = 1e-7
"""Between two ways of finding the same maximum."""

share = st.floats(0.02, 0.98)
cost = st.floats(0.0, 0.6)


@st.composite
def beliefs(draw: st.DrawFn) -> CostBelief:
    low, width = draw(st.floats(0.0, 0.3)), draw(st.floats(0.02, 0.6))
    place = draw(st.floats(0.0, 1.0))
    kind = draw(st.sampled_from(["uniform", "pert", "exponential", "normal", "sample"]))
    match kind:
        case "uniform":
            return Uniform(low, low + width)
        case "pert":
            return Pert(low, min(low + width, low + place * width), low + width)
        case "exponential":
            return Exponential(1.0 / width)
        case "normal":
            return TruncatedNormal(low + place * width, width / 3, low, low + width)
    return Weighted(tuple(draw(st.lists(st.floats(0.0, 0.8), min_size=1, max_size=6))))


@given(share, cost, cost, beliefs())
def test_the_chance_of_a_refusal_falls_as_the_own_cost_rises(
    own: float, one: float, other: float, belief: CostBelief
) -> None:
    low, high = sorted((one, other))
    risky, careful = (best_offer(OneShot(own, 1 - own, value, belief)) for value in (low, high))
    assume(risky is not None)  # with no surplus at all no offer beats fighting
    assert risky is not None
    assert careful is not None
    assert careful.refusal <= risky.refusal + 1e-6
    assert careful.gain >= risky.gain - SAME


@given(share, share, cost, beliefs())
def test_nothing_is_refused_iff_no_cost_thought_possible_is_below_the_demand(
    own: float, other: float, cost: float, belief: CostBelief
) -> None:
    found = best_offer(OneShot(own, other, cost, belief))
    assume(found is not None)
    assert found is not None
    assert 0.0 <= found.kept <= 1.0
    if found.demand <= belief.low:
        assert found.refusal == pytest.approx(0.0, abs=SAME)
    else:
        assert found.refusal == pytest.approx(1 - float(belief.survival(np.array(found.demand))), abs=SAME)
    assert found.gain <= found.gain_known + 1e-6


@given(share, share, cost, beliefs(), st.tuples(st.floats(0.4, 2.0), st.floats(0.4, 2.0)))
def test_no_other_share_is_worth_more(
    own: float, other: float, cost: float, belief: CostBelief, risk: tuple[float, float]
) -> None:
    model = OneShot(own, other, cost, belief, risk)
    found = best_offer(model)
    tried = model.gain(model.demand(np.linspace(0.0, 1.0, 401)))
    assert tried.max() <= (0.0 if found is None else found.gain) + 1e-7


@given(st.floats(0.3, 0.6), st.floats(0.0, 0.1), st.floats(0.05, 0.3), st.floats(0.0, 1.0), st.floats(0.5, 1.3))
def test_costs_in_another_unit_ask_for_the_same_in_that_unit(
    own: float, low: float, width: float, place: float, times: float
) -> None:
    """Costs and the demand grow alike, as long as everything stays inside the stake: refusal stays the same."""
    mode = low + place * width
    one = best_offer(OneShot(own, 1 - own, 0.1, Pert(low, min(mode, low + width), low + width)))
    two = best_offer(
        OneShot(own, 1 - own, 0.1 * times, Pert(low * times, min(mode, low + width) * times, (low + width) * times))
    )
    assert one is not None
    assert two is not None
    assume(max(one.demand, two.demand) < 1 - own - 0.01)
    assert two.demand == pytest.approx(one.demand * times, abs=SAME)
    assert two.refusal == pytest.approx(one.refusal, abs=1e-6)


@given(st.lists(st.tuples(share, share, cost, st.floats(0.0, 0.3), st.floats(0.02, 0.6), st.floats(0, 1)), min_size=1))
def test_many_draws_at_once_find_what_one_search_finds(
    rows: list[tuple[float, float, float, float, float, float]],
) -> None:
    own, other, costs, low, width, place = np.array(rows).T
    high = low + width
    mode = np.minimum(low + place * width, high)
    drawn = drawn_offers(own, other, costs, low, mode, high)
    for row in range(len(rows)):
        one = OneShot(own[row], other[row], costs[row], Pert(low[row], mode[row], high[row]))
        found = best_offer(one)
        if found is None:
            assert np.isnan(drawn.kept[row]) or drawn.gain[row] < SAME
        else:
            assert drawn.gain[row] == pytest.approx(found.gain, abs=SAME)
            assert drawn.refusal[row] == pytest.approx(found.refusal, abs=1e-5)


@given(share, share, cost, cost, st.tuples(cost, cost, cost), st.tuples(cost, cost, cost))
def test_told_from_the_other_side_a_confrontation_has_the_same_offers(
    first: float,
    second: float,
    cost_a: float,
    cost_b: float,
    seen_a: tuple[float, ...],
    seen_b: tuple[float, ...],
) -> None:
    def estimate(numbers: tuple[float, ...]) -> dict[str, float]:
        low, mode, high = sorted(numbers)
        return {"low": low, "mode": mode, "high": high}

    given_costs = {"A": cost_a, "B": cost_b}
    seen = {"A": estimate(seen_a), "B": estimate(seen_b)}
    one = Confrontation.model_validate(
        {"id": "x", "sides": ["A", "B"], "win_chance": {"A": first, "B": second}, "cost": given_costs,
         "cost_as_seen": seen}
    )  # fmt: skip
    other = Confrontation.model_validate(
        {"id": "x", "sides": ["B", "A"], "win_chance": {"A": 1 - first, "B": 1 - second}, "cost": given_costs,
         "cost_as_seen": seen}
    )  # fmt: skip
    for side in ("A", "B"):
        told, mirrored = one_shot(one, side), one_shot(other, side)
        assert isinstance(told, OneShot)
        assert isinstance(mirrored, OneShot)
        assert told.own_chance == pytest.approx(mirrored.own_chance)
        assert told.other_chance == pytest.approx(mirrored.other_chance)
        drawn, again = offers_over_draws(one, side, 20, 1), offers_over_draws(other, side, 20, 1)
        assert np.nan_to_num(drawn.gain) == pytest.approx(np.nan_to_num(again.gain), abs=SAME)

"""Laws of procedures: the bound that is needed is enough, sides are alike, rounds and battles, aid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.engines.crisis.attrition import Attrition, holding_out
from detente.engines.crisis.bounds import best_procedure, peace_margin, private_values, shared_power
from detente.engines.crisis.cost_beliefs import Uniform, Weighted
from detente.engines.crisis.fighting import Front, battles_to_settlement, belief_gap, fighting_values, prevailing
from detente.engines.crisis.mediator import mediated_refusals
from detente.engines.crisis.screening import screen, screen_uniform
from detente.engines.crisis.two_sided import TwoValues, any_procedure, first_best, linear_offers, sealed_offers

SOLVED = 1e-6
"""Between the linear programmes and what they are held to."""

FEW = settings(max_examples=40)
"""For laws that solve linear programmes."""

unit = st.floats(0.0, 1.0)
cost = st.floats(0.0, 0.5)


def _equal(count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.full(count, 1.0 / count)


@FEW
@given(st.lists(unit, min_size=1, max_size=4), st.lists(unit, min_size=1, max_size=4))
def test_no_procedure_needs_fighting_iff_the_strongest_leave_room(first: list[float], second: list[float]) -> None:
    types = private_values(np.array(first), np.array(second), (_equal(len(first)), _equal(len(second))))
    margin = peace_margin(types)
    found = best_procedure(types)
    if margin >= 0:
        assert found.fighting == pytest.approx(0.0, abs=SOLVED)
    elif margin < -0.01:
        assert found.fighting > 0.0


@FEW
@given(st.lists(cost, min_size=1, max_size=4), st.lists(cost, min_size=1, max_size=4), unit)
def test_private_costs_never_need_fighting(first: list[float], second: list[float], p: float) -> None:
    types = private_values(p - np.array(first), 1 - p - np.array(second), (_equal(len(first)), _equal(len(second))))
    assert best_procedure(types).fighting == pytest.approx(0.0, abs=SOLVED)


@FEW
@given(st.lists(unit, min_size=4, max_size=4), cost)
def test_private_power_needs_fighting_iff_expectations_lie_further_apart_than_costs(
    chances: list[float], cost: float
) -> None:
    p = np.array(chances).reshape(2, 2)
    flat = np.full(2, cost / 2)
    types = shared_power(p, (flat, flat), (_equal(2), _equal(2)))
    apart = p.mean(axis=1).max() - p.mean(axis=0).min()
    assert peace_margin(types) == pytest.approx(cost - apart, abs=1e-12)
    if apart > cost + 0.01:
        assert best_procedure(types).fighting > 0.0
    if apart <= cost:
        assert best_procedure(types).fighting == pytest.approx(0.0, abs=SOLVED)


@st.composite
def values(draw: st.DrawFn) -> TwoValues:
    low, other = draw(unit), draw(unit)
    return TwoValues((low, low + draw(st.floats(0.05, 0.6))), (other, other + draw(st.floats(0.05, 0.6))))


@given(values())
def test_sealed_offers_mirror_and_no_procedure_beats_the_bound(one: TwoValues) -> None:
    best, mirrored = any_procedure(one), any_procedure(one.swapped())
    assert (best.chance, best.gains) == pytest.approx((mirrored.chance, mirrored.gains), abs=1e-7)
    assert best.gains <= first_best(one).gains + 1e-9
    sealed = sealed_offers(one)
    if sealed is not None:
        assert sealed.gains <= best.gains + 1e-9
        need, leave = (one.needs[0] + one.needs[1]) / 2, (one.leaves[0] + one.leaves[1]) / 2
        named = linear_offers(one, need, leave)
        back = linear_offers(one.swapped(), 1 - leave, 1 - need)
        assert (1 - back[1], 1 - back[0]) == pytest.approx(named)
    if one.leaves[0] >= one.needs[1]:
        assert best.chance == pytest.approx(1.0)


@FEW
@given(st.lists(st.tuples(cost, st.floats(0.05, 1.0)), min_size=1, max_size=5), st.floats(0.01, 0.4))
def test_a_mediator_that_only_asks_never_lowers_the_chance_of_a_refusal(
    types: list[tuple[float, float]], own_cost: float
) -> None:
    """Offers of equal value aside, where the proposer itself may as well make the one refused less often."""
    belief = Weighted(tuple(c for c, _ in types), tuple(w for _, w in types))
    found = mediated_refusals(belief, own_cost)
    costs, above = belief.atoms
    gains = above * (costs + own_cost)
    order = np.sort(gains)
    if len(order) == 1 or order[-1] - order[-2] > 1e-3:
        assert found.least == pytest.approx(found.unmediated, abs=SOLVED)
        assert found.greatest == pytest.approx(found.unmediated, abs=SOLVED)


@given(st.lists(st.floats(0.1, 0.99), min_size=1, max_size=5), st.floats(0.1, 2.0))
def test_exact_rounds_scale_and_agree_with_the_grid(weights: list[float], high: float) -> None:
    exact, one = screen_uniform(high, weights), screen_uniform(1.0, weights)
    assert exact.demands == pytest.approx([high * y for y in one.demands])
    assert exact.settled == pytest.approx(one.settled)
    assert sum(exact.settled) + exact.refused == pytest.approx(1.0)
    grid = screen(Uniform(0.0, 1.0), 0.0, weights, parts=600)
    assert grid.value == pytest.approx(one.value, abs=0.002)
    assert list(grid.demands) == pytest.approx(list(one.demands), abs=0.01)
    assert list(exact.cutoffs) == sorted(exact.cutoffs, reverse=True)


@given(st.lists(st.booleans(), max_size=30), st.integers(0, 6), st.integers(0, 6), st.integers(7, 20))
def test_battles_close_the_gap_whatever_their_results(results: list[bool], more: int, less: int, mass: int) -> None:
    first, second = max(more, less), min(more, less)
    won = sum(results)
    expected = [(count + won) / (mass + len(results)) for count in (first, second)]
    assert expected[0] - expected[1] == pytest.approx(belief_gap((first, second), mass, len(results)))
    needed = battles_to_settlement((first, second), mass, 0.1)
    assert belief_gap((first, second), mass, needed) <= 0.1 + 1e-9
    if needed:
        assert belief_gap((first, second), mass, needed - 1) > 0.1 - 1e-9


@given(st.integers(2, 9), st.floats(0.1, 0.9), st.tuples(cost, cost), st.floats(0.5, 1.0))
def test_a_war_told_from_the_other_side_is_the_same_war(
    forts: int, win: float, costs: tuple[float, float], discount: float
) -> None:
    one = Front(forts, win, costs, discount)
    first, second = fighting_values(one)
    back, mirrored = fighting_values(one.swapped())
    assert first == pytest.approx(mirrored[::-1], abs=1e-9)
    assert second == pytest.approx(back[::-1], abs=1e-9)
    assert (first + second <= 1.0 + 1e-9).all()
    assert (first <= prevailing(one) + 1e-9).all()


@given(
    st.tuples(st.floats(0.5, 5), st.floats(0.5, 5)),
    st.tuples(st.floats(0.5, 5), st.floats(0.5, 5)),
    st.tuples(st.floats(0, 6), st.floats(0, 6)),
)
def test_attrition_mirrors(prize: tuple[float, float], costs: tuple[float, float], aid: tuple[float, float]) -> None:
    one = Attrition(prize, costs, aid)
    found, back = holding_out(one), holding_out(one.swapped())
    assert found.rates == back.rates[::-1]
    assert found.quits_first == pytest.approx(back.quits_first[::-1])
    assert found.duration == pytest.approx(back.duration)

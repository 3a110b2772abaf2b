"""Power, benefits and costs in the game of offers and counteroffers, for any even beliefs and any patience."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.errors import ModelError
from detente.engines.crisis import Costs, Dispute, Reply, risk_of_war, satisfied_band

NEAR = 1e-9

unit = st.floats(0.0, 1.0)
patience = st.floats(0.0, 0.99)
ranges = st.tuples(st.floats(0.0, 0.4), st.floats(0.01, 0.5)).map(lambda pair: Costs(pair[0], sum(pair)))


@given(unit, unit, ranges, ranges)
def test_the_risk_is_zero_exactly_where_no_side_can_be_dissatisfied_or_the_offer_never_exceeds_the_lowest_cost(
    status_quo: float, power: float, first: Costs, second: Costs
) -> None:
    low, high = satisfied_band(power, first, second)
    risk = risk_of_war(status_quo, power, first, second)
    if low <= status_quo <= high:
        assert risk == pytest.approx(0.0, abs=NEAR)
        return
    offering, answering = (first, second) if status_quo > power else (second, first)
    if (answering.high - offering.low) / 2.0 <= answering.low:
        assert risk == pytest.approx(0.0, abs=NEAR)
    elif min(abs(status_quo - low), abs(status_quo - high)) > 0.01:
        assert risk > 0.0


@given(unit, ranges, ranges, st.lists(unit, min_size=2, max_size=6))
def test_the_risk_does_not_fall_as_benefits_and_power_drift_apart(
    power: float, first: Costs, second: Costs, shares: list[float]
) -> None:
    for side in (1.0, -1.0):
        away = sorted(abs(one - power) for one in shares if (one - power) * side >= 0)
        risks = [risk_of_war(power + side * one, power, first, second) for one in away]
        assert all(one <= two + NEAR for one, two in itertools.pairwise(risks))


@given(unit, unit, st.floats(-0.5, 0.5), ranges, ranges)
def test_only_the_disparity_counts_neither_a_balance_nor_a_preponderance(
    status_quo: float, power: float, moved: float, first: Costs, second: Costs
) -> None:
    plain = risk_of_war(status_quo, power, first, second)
    assert risk_of_war(status_quo + moved, power + moved, first, second) == pytest.approx(plain, abs=1e-6)


@given(unit, unit, ranges, ranges, st.floats(0.0, 0.3))
def test_the_more_fighting_costs_either_side_the_smaller_the_risk(
    status_quo: float, power: float, first: Costs, second: Costs, more: float
) -> None:
    plain = risk_of_war(status_quo, power, first, second)
    for one, other in (
        (Costs(first.low + more, first.high + more), second),
        (first, Costs(second.low + more, second.high + more)),
    ):
        assert risk_of_war(status_quo, power, one, other) <= plain + 1e-7


@given(st.floats(0.05, 1.0), ranges, ranges, patience, patience)
def test_no_settlement_is_below_the_lowest_cost_and_no_dissatisfied_type_waits(
    disparity: float, satisfied: Costs, other: Costs, own_patience: float, patience_: float
) -> None:
    dispute = Dispute(disparity, satisfied, other, (own_patience, patience_))
    bounds = dispute.least_settlements(2_000)
    assert all(one <= two + NEAR for one, two in itertools.pairwise(bounds))
    assert bounds[-1] == pytest.approx(min(other.low, disparity), abs=1e-6)
    for cost in np.linspace(0.0, disparity, 20, endpoint=False).tolist():
        assert dispute.waiting_loses(cost) > 0
        assert dispute.reply(disparity, cost) is Reply.FIGHTS
        assert 0.0 <= dispute.never_waits_below(cost) <= 1.0


@given(st.floats(0.05, 1.0), ranges, ranges, st.tuples(patience, patience), st.floats(0.0, 1.0))
def test_the_offer_is_not_moved_by_patience_and_falls_in_the_cost_of_who_makes_it(
    disparity: float, satisfied: Costs, other: Costs, discounts: tuple[float, float], cost: float
) -> None:
    one, two = (Dispute(disparity, satisfied, other, pair) for pair in (discounts, (0.0, 0.0)))
    assert one.offer(cost) == two.offer(cost)
    assert one.offer(cost + 0.1) <= one.offer(cost)


@pytest.mark.parametrize(("disparity", "discount"), [(0.0, 0.5), (-0.1, 0.5), (0.2, 1.0), (0.2, -0.1)])
def test_a_status_quo_that_favours_nobody_is_refused(disparity: float, discount: float) -> None:
    with pytest.raises(ModelError, match=r"crisis\.counteroffers"):
        Dispute(disparity, Costs(0.0, 0.1), Costs(0.0, 0.1), (discount, 0.5))

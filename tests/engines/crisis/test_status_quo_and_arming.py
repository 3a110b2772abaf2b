"""Power against benefits (after Powell 1996), arming as a choice (after Debs and Monteiro 2014)."""

from __future__ import annotations

import numpy as np
import pytest

from detente.engines.crisis import (
    Arming,
    Costs,
    Outcome,
    if_seen,
    if_unseen,
    risk_of_war,
    satisfied_band,
    unseen_equilibrium,
    waiting,
)

FIRST, SECOND = Costs(0.05, 0.25), Costs(0.1, 0.4)


def test_the_risk_is_zero_where_benefits_mirror_power_and_rises_as_they_drift_apart() -> None:
    power = 0.5
    low, high = satisfied_band(power, FIRST, SECOND)
    assert (low, high) == pytest.approx((0.45, 0.6))
    grid = np.linspace(0, 1, 201)
    risks = np.array([risk_of_war(q, power, FIRST, SECOND) for q in grid])
    inside = (grid >= low) & (grid <= high)
    assert (risks[inside] == 0).all()
    assert (risks[~inside] > 0).all()
    assert (np.diff(risks[grid >= high]) >= -1e-12).all()
    assert (np.diff(risks[grid <= low]) <= 1e-12).all()


def test_neither_a_balance_nor_a_preponderance_of_power_is_safest() -> None:
    """Powell's point against both schools: where risk is least moves with the status quo, wherever power stands."""
    grid = np.linspace(0, 1, 101)
    for status_quo in (0.2, 0.5, 0.8):
        risks = [risk_of_war(status_quo, power, FIRST, SECOND) for power in grid]
        safe = grid[np.isclose(risks, 0)]
        assert safe.min() == pytest.approx(status_quo - SECOND.low, abs=0.011)
        assert safe.max() == pytest.approx(status_quo + FIRST.low, abs=0.011)


@pytest.mark.parametrize("status_quo", [0.1, 0.3, 0.65, 0.8, 0.95])
def test_the_closed_form_is_the_mean_over_offers_found_by_search(status_quo: float) -> None:
    """Second method: each type of the satisfied side searches its offer on a grid; the mean is over many types."""
    power = 0.5
    disparity = status_quo - power
    offering, answering = (FIRST, SECOND) if disparity > 0 else (SECOND, FIRST)
    kept = np.linspace(0.0, abs(disparity), 4001)  # beyond power, at most the status quo
    refused = np.clip((kept - answering.low) / (answering.high - answering.low), 0, 1)
    types = offering.low + (offering.high - offering.low) * (np.arange(400) + 0.5) / 400
    risks = [refused[np.argmax((1 - refused) * kept - refused * cost)] for cost in types]
    assert risk_of_war(status_quo, power, FIRST, SECOND) == pytest.approx(float(np.mean(risks)), abs=2e-3)


def test_one_offer_at_a_point_of_costs_is_the_reference_one() -> None:
    """Reference record ror.uniform[0,0.4].cA0.1: kept beyond power .15, refused with chance .375."""
    assert risk_of_war(1.0, 0.3, Costs(0.1, 0.1), Costs(0.0, 0.4)) == pytest.approx(0.375)


def test_seen_arming_never_brings_war_and_hidden_arming_may() -> None:
    small = Arming(gain=0.1, cost=0.02, costs_of_fighting=0.3, deltas=(0.9, 0.9))
    large = Arming(gain=0.5, cost=0.02, costs_of_fighting=0.3, deltas=(0.9, 0.9))
    idle = Arming(gain=0.02, cost=0.05, costs_of_fighting=0.3, deltas=(0.9, 0.9))
    assert [if_seen(one) for one in (small, large, idle)] == [Outcome.ARMS, Outcome.DETERRED, Outcome.NOT_WORTH_IT]
    assert [if_unseen(one) for one in (small, large, idle)] == [Outcome.ARMS, Outcome.OPEN, Outcome.NOT_WORTH_IT]
    assert unseen_equilibrium(small).struck == 0.0
    assert 0 < unseen_equilibrium(large).struck < 1


def test_the_less_a_strike_costs_the_likelier_it_falls_on_one_that_is_not_arming() -> None:
    shares = [unseen_equilibrium(Arming(0.5, 0.05, cost, (0.9, 0.9))).struck_unarmed for cost in (0.4, 0.3, 0.2, 0.1)]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_in_the_mixed_equilibrium_both_are_indifferent() -> None:
    """Written out from the four payoffs: arming gains own, costs k; a strike costs C and undoes what is gained."""
    one = Arming(gain=0.5, cost=0.08, costs_of_fighting=0.2, deltas=(0.9, 0.8))
    found = unseen_equilibrium(one)
    assert (1 - found.struck) * 0.9 * 0.5 - 0.08 == pytest.approx(0.0)
    assert found.arms * 0.8 * 0.5 - 0.2 == pytest.approx(0.0)


@pytest.mark.parametrize("delta", [0.5, 0.9, 0.99])
def test_no_dissatisfied_type_gains_by_waiting_to_be_offered_what_fighting_is_worth(delta: float) -> None:
    """The step that reduces many rounds to one: the status quo in the meantime is worth less to it than fighting."""
    status_quo, power = 0.8, 0.4
    for cost in np.linspace(0, status_quo - power, 50, endpoint=False):
        fighting = 1 - power - cost
        assert not waiting(now=fighting, later=fighting, most=1 - status_quo, delta=delta).holds

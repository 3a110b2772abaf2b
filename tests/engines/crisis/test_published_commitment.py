"""Shifts of power, indivisibility and outside options as published: the theory's reference values."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from detente.engines.crisis import (
    Confrontation,
    Ramp,
    Range,
    alternating_offers,
    any_protocol,
    bargaining_range,
    critical_shift,
    critical_shift_if_it_offers,
    fast_offers,
    fearon_shift,
    find_stretches,
    first_violation,
    largest_peaceful_chance,
    lottery_range,
    missing_side_payment,
    shortest_years,
    speed_limit,
    waiting,
    whole_shares,
)
from tests.engines.crisis.test_published_ranges import records


@pytest.mark.parametrize("record", records("shift"))
def test_a_declining_side_attacks_when_fearon_says(record: dict[str, Any]) -> None:
    given, expected = record["inputs"], record["expected"]
    found = fearon_shift(now=given["p1"], later=given["p2"], cost_once=given["cB"], delta=given["delta"])
    assert found.holds != expected["war"]
    assert (found.shift, found.limit) == pytest.approx((expected["lhs"], expected["rhs"]), abs=record["tol"])
    peaceful = largest_peaceful_chance(now=given["p1"], cost_once=given["cB"], delta=given["delta"])
    assert peaceful == pytest.approx(expected["max_peaceful_p2"], abs=record["tol"])


@pytest.mark.parametrize("record", records("powell"))
def test_no_protocol_avoids_war_where_powell_says(record: dict[str, Any]) -> None:
    given, expected = record["inputs"], record["expected"]
    costs = (given["cA"], given["cB"])
    found = any_protocol(now=given["p1"], later=given["p2"], costs_once=costs, delta=given["delta"])
    assert (found.shift, found.limit) == pytest.approx((expected["shift"], expected["surplus"]), abs=record["tol"])
    assert found.holds != expected["breakdown"]
    # The same in the form of Fearon's game: delta p2 - p1 > (1 - delta)(c2 + delta c1).
    d = given["delta"]
    assert expected["breakdown"] == (d * given["p2"] - given["p1"] > (1 - d) * (costs[1] + d * costs[0]))


@pytest.mark.parametrize("record", records("speed"))
def test_the_limit_of_speed_is_the_reference_one(record: dict[str, Any]) -> None:
    given = record["inputs"]
    found = speed_limit(rate=given["r"], value=1 - given["p"] - given["c"])
    assert found == pytest.approx(record["expected"]["max_rate_per_year"], abs=1e-9)


@pytest.mark.parametrize("record", records("indiv"))
def test_whole_shares_and_the_lottery_are_the_reference_ones(record: dict[str, Any]) -> None:
    given, expected = record["inputs"], record["expected"]
    one = Confrontation((given["p"],) * 2, (given["cA"], given["cB"]))
    found = bargaining_range(one)
    assert whole_shares(given["K"], found) == pytest.approx(tuple(expected["shares"]), abs=record["tol"])
    lottery = lottery_range(one)
    assert [lottery.low, lottery.high] == pytest.approx(expected["lottery_probability_range"], abs=record["tol"])
    assert not lottery.empty


def test_a_payment_restores_what_whole_parts_miss() -> None:
    """Range [.57, .68], shares 0 and 1: at least 1 - .68 = .32 has to be paid back."""
    assert missing_side_payment((0.0, 1.0), Range(0.57, 0.68)) == pytest.approx(0.32)


@pytest.mark.parametrize("record", records("ao"))
def test_an_outside_option_counts_only_if_it_beats_bargaining(record: dict[str, Any]) -> None:
    given, expected = record["inputs"], record["expected"]
    found = alternating_offers((given["dA"], given["dB"]), (given["wA"], given["wB"]))
    assert found.first_keeps == pytest.approx(expected["A_share_A_first"], abs=record["tol"])
    assert found.second_keeps == pytest.approx(expected["B_share_B_first"], abs=record["tol"])
    assert (found.first_binds, found.second_binds) == (expected["outside_binds_A"], expected["outside_binds_B"])


@pytest.mark.parametrize("outside", [(0.3, 0.3), (0.3, 0.6), (0.7, 0.1)])
def test_fast_offers_are_the_limit_of_alternating_ones(outside: tuple[float, float]) -> None:
    rates, step = (0.1, 0.3), 1e-5
    slow = alternating_offers((math.exp(-rates[0] * step), math.exp(-rates[1] * step)), outside)
    assert fast_offers(rates, outside) == pytest.approx(slow.first_keeps, abs=1e-4)


# Reference record mini.commitment: in two-rivals B (stake 90, cost 15, best package 90) declines from p = .5.
MINI = [
    (0.95, 0.52, 31.29, False), (0.95, 0.55, 28.725, True), (0.95, 0.6, 24.45, True), (0.95, 0.7, 15.9, True),
    (0.9, 0.52, 34.38, False), (0.9, 0.55, 31.95, False), (0.9, 0.6, 27.9, True), (0.9, 0.7, 19.8, True),
    (0.8, 0.52, 40.56, False), (0.8, 0.55, 38.4, False), (0.8, 0.6, 34.8, False), (0.8, 0.7, 27.6, True),
]  # fmt: skip


@pytest.mark.parametrize(("delta", "later", "best_peace", "problem"), MINI)
def test_a_declining_side_on_packages_compares_war_with_its_best_peace(
    delta: float, later: float, best_peace: float, problem: bool
) -> None:
    found = waiting(now=0.5 * 90 - 15, later=(1 - later) * 90 - 15, most=90, delta=delta)
    assert (found.shift, found.limit) == pytest.approx((30.0, best_peace))
    assert found.holds != problem


def test_the_fastest_path_keeps_to_the_limit_all_the_way() -> None:
    """Steps of a day along the path that shortest_years promises: none is faster than its limit, and they add up."""
    rate, value, shift = 0.1, 0.3, 0.25
    steps = 20_000
    years = shortest_years(rate=rate, value=value, shift=shift)
    lost = 0.0
    for _ in range(steps):
        lost += speed_limit(rate=rate, value=value - lost) * years / steps
    assert lost == pytest.approx(shift, rel=1e-4)
    assert years < shortest_years(rate=rate, value=value, shift=shift, even=True)


def test_the_first_violation_of_a_trend_is_found_at_its_date() -> None:
    """Half a point in ten years, .1 in one year from year 2: limits .1 (1 - .5 + .2) and a little more."""
    one = Confrontation((0.5, 0.5), (0.2, 0.2))
    slow, fast = Ramp(0.05, 0.0, 10.0), Ramp(0.1, 2.0, 1.0)
    found = find_stretches(one, (slow, fast), (0.1, 0.1))
    assert [(s.start, s.end, s.holds) for s in found] == [(0.0, 2.0, True), (2.0, 3.0, False), (3.0, 10.0, True)]
    violation = first_violation(found)
    assert violation is not None
    assert violation.speed == pytest.approx(0.105)
    assert violation.limit == pytest.approx(0.1 * (0.51 + 0.2))
    assert violation.needed == pytest.approx((1 - 0.51 - 0.2) + 0.105 / 0.1)


def test_an_advantage_of_striking_first_makes_every_limit_stricter_as_in_the_inequalities() -> None:
    """Written out: fight iff 1-p+f-c2 > (1-d) + d (1-p'+f-c2); and Powell's with p+f-c1 and 1-p+f-c2 guaranteed."""
    delta, (c1, c2), p, f = 0.8, (0.1, 0.2), 0.4, 0.05
    for gain in np.linspace(0, 0.6, 61) + 0.0013:
        fights = 1 - p + f - c2 > (1 - delta) + delta * (1 - p - gain + f - c2)
        offers = critical_shift_if_it_offers(chance=p, cost=c2, delta=delta, first_strike=f)
        assert (gain > offers) == fights
        breaks = delta * (p + gain + f - c1) + (1 - p + f - c2) > 1
        assert (gain > critical_shift(chance=p, costs=(c1, c2), delta=delta, first_strike=f)) == breaks


def test_a_change_at_once_is_faster_than_any_limit() -> None:
    (found,) = find_stretches(Confrontation((0.5, 0.5), (0.2, 0.2)), (Ramp(-0.1, 0.0, 0.0),), (0.1, 0.1))
    assert (found.declining, found.speed, found.holds) == (0, -math.inf, False)
    assert found.shortest == pytest.approx(math.log1p(0.1 / 0.7) / 0.1)


@pytest.mark.parametrize("gain", [0.05, 0.2, 0.35, 0.44, 0.46])
def test_critical_shifts_in_flows_are_the_published_conditions(gain: float) -> None:
    """A cost c in flows is one of c / (1 - delta) paid once."""
    delta, costs, chance = 0.8, (0.1, 0.2), 0.4
    once = (costs[0] / (1 - delta), costs[1] / (1 - delta))
    powell = any_protocol(now=chance, later=chance + gain, costs_once=once, delta=delta)
    assert powell.holds == (gain <= critical_shift(chance=chance, costs=costs, delta=delta))
    fearon = fearon_shift(now=chance, later=chance + gain, cost_once=once[1], delta=delta)
    assert fearon.holds == (gain <= critical_shift_if_it_offers(chance=chance, cost=costs[1], delta=delta))
    assert powell.holds or not fearon.holds  # Fearon's limit is the stricter one

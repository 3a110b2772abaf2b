"""Bounds on every procedure, sealed offers, mediators, rounds and battles: published and reference values."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from detente.core.errors import ModelError
from detente.engines.crisis.attrition import Attrition, holding_out, quitting_time, waits_for_aid_to_end
from detente.engines.crisis.bounds import (
    TypesOfBoth,
    best_procedure,
    peace_margin,
    private_values,
    shared_power,
)
from detente.engines.crisis.cost_beliefs import Exponential, Pert, Uniform, Weighted, two_types
from detente.engines.crisis.fighting import (
    Front,
    battles_left,
    battles_to_settlement,
    belief_gap,
    drift_if_strong,
    fighting_values,
    prevailing,
    strong_chance,
)
from detente.engines.crisis.learning import Campaign, campaign, news
from detente.engines.crisis.mediator import Mediation, credible_weights, mediated_refusals
from detente.engines.crisis.screening import screen, screen_uniform
from detente.engines.crisis.two_sided import (
    TwoValues,
    any_procedure,
    first_best,
    is_linear,
    linear_offers,
    sealed_offers,
)
from tests.engines.crisis.offer_records import records

HALF = np.array([0.5, 0.5])
TYPES = 200
EQUAL = np.full(TYPES, 1 / TYPES)
UNIT = TwoValues((0.0, 1.0), (0.0, 1.0))
SOLVED = 1e-8
"""Tolerance of the linear programmes."""


# Fey & Ramsay (2011): costs against power.


def test_private_costs_leave_a_procedure_that_never_ends_in_fighting() -> None:
    """p = .6: a fixed share of .6 is better than fighting for all costs, however they are spread."""
    costs = np.array([0.02, 0.5]), np.array([0.01, 0.4])
    types = private_values(0.6 - costs[0], 0.4 - costs[1], (HALF, np.array([0.9, 0.1])))
    assert peace_margin(types) == pytest.approx(0.03)
    assert best_procedure(types).fighting == 0.0


@pytest.mark.parametrize("cost", [0.1, 0.2, 0.3])
def test_private_power_leaves_one_iff_costs_reach_the_spread_of_expectations(cost: float) -> None:
    """p of .2 to .8 in the two signals: E p is .65 after the first's high signal, .35 after the second's, so .3."""
    p = np.array([[0.5, 0.8], [0.2, 0.5]])  # the second side's low type is the strong one for itself
    flat = np.full(2, cost / 2)
    types = shared_power(p, (flat, flat), (HALF, HALF))
    assert peace_margin(types) == pytest.approx(cost - 0.3)
    assert (best_procedure(types).fighting <= SOLVED) == (cost >= 0.3)


def test_strong_types_of_both_fight_each_other_in_every_procedure() -> None:
    """Worth .1 or .7 to either: two strong types have no division, and one in four pairs is such."""
    values = np.array([0.1, 0.7])
    found = best_procedure(private_values(values, values, (HALF, HALF)))
    assert found.fighting == pytest.approx(0.25, abs=SOLVED)
    assert found.by_types == pytest.approx(np.array([[0, 0], [0, 1]]), abs=SOLVED)


# Chatterjee & Samuelson (1983), Myerson & Satterthwaite (1983).


def test_sealed_offers_on_the_unit_square_are_those_published() -> None:
    """Bids 2v/3 + 1/12 and 2c/3 + 1/4, a deal iff v - c >= 1/4, in 9/32 of cases, gains 9/64 of 1/6."""
    assert linear_offers(UNIT, 0.5, 0.5) == pytest.approx((2 / 6 + 1 / 4, 2 / 6 + 1 / 12))
    found, known = sealed_offers(UNIT), first_best(UNIT)
    assert found is not None
    assert (found.least, found.chance, found.gains) == pytest.approx((1 / 4, 9 / 32, 9 / 64))
    assert (known.chance, known.gains) == pytest.approx((1 / 2, 1 / 6))
    assert found.gains / known.gains == pytest.approx(27 / 32)


def test_no_procedure_gains_more_than_sealed_offers_on_the_unit_square() -> None:
    found = any_procedure(UNIT)
    assert (found.least, found.chance, found.gains) == pytest.approx((1 / 4, 9 / 32, 9 / 64), abs=1e-9)


def test_sealed_offers_are_not_linear_where_all_could_agree() -> None:
    """Needs of .3 to .5 and limits of .5 to .9: a fixed .5 suits all, and the linear rule is no equilibrium."""
    one = TwoValues((0.3, 0.5), (0.5, 0.9))
    assert not is_linear(one)
    assert any_procedure(one).chance == pytest.approx(1.0)


# Kydd (2003) and Fey & Ramsay (2010).


@pytest.mark.parametrize("record", records("mediator"))
def test_a_mediator_must_lean_to_the_one_that_it_would_embolden(record: dict[str, Any]) -> None:
    given, expected = record["inputs"], record["expected"]
    found = credible_weights(Mediation(0.5, given["cA"], Uniform(0.0, given["c_bar"]), Weighted((0.0,)), given["K"]))
    assert found.demands[0] == pytest.approx(expected["offer_if_soft"], abs=1e-9)
    assert found.refusals[0] == pytest.approx(expected["p_war_if_soft"], abs=1e-9)
    assert (found.weights is not None) == expected["credible_mediator_exists"]
    if found.weights is not None:
        assert found.weights[0] == pytest.approx(expected["beta_min"], abs=1e-9)


def test_one_without_a_side_is_never_believed_if_it_minds_fighting() -> None:
    for price in (0.01, 0.1, 0.2):
        found = credible_weights(Mediation(0.5, 0.1, Uniform(0.0, 0.4), Uniform(0.0, 0.05), price))
        assert found.weights is None or found.weights[0] > 0.5


def test_a_mediator_that_only_asks_adds_nothing_and_one_that_knows_does() -> None:
    belief = two_types(0.05, 0.35, 0.6)
    asks = mediated_refusals(belief, 0.1)
    assert (asks.least, asks.greatest) == pytest.approx((asks.unmediated, asks.unmediated), abs=SOLVED)
    assert asks.unmediated == pytest.approx(0.4)
    knows = mediated_refusals(belief, 0.1, np.eye(2))
    assert knows.least == pytest.approx(0.0, abs=SOLVED)


# Sobel & Takahashi (1983), after Powell (2004).


@pytest.mark.parametrize("record", records("screen2"))
def test_two_rounds_are_those_of_the_reference(record: dict[str, Any]) -> None:
    delta, expected = record["inputs"]["delta"], record["expected"]
    found = screen_uniform(1.0, (delta, delta))
    assert found.demands == pytest.approx((expected["y1"], expected["y2"]), abs=1e-9)
    assert found.cutoffs[0] == pytest.approx(expected["cutoff1"], abs=1e-9)
    assert found.settled == pytest.approx((expected["p_settle_round1"], expected["p_settle_round2"]), abs=1e-9)
    assert found.refused == pytest.approx(expected["p_war"], abs=1e-9)


def test_one_round_is_the_one_offer() -> None:
    """U[0, .4] and c_A = .1: the demand .15, refused in .375."""
    found = screen(Uniform(0.0, 0.4), 0.1, (1.0,))
    assert found.demands[0] == pytest.approx(0.15, abs=0.4 / 1000)
    assert found.refused == pytest.approx(0.375, abs=1 / 1000)


def test_faster_offers_bring_the_first_demand_to_the_least_cost() -> None:
    """The same fighting, cut into ever more rounds: demands fall to .2, and all settle in the time of one battle."""
    first, soon = [], []
    for pieces in (1, 4, 16, 64):
        weights = (0.8 ** (1 / pieces),) * (6 * pieces)
        found = screen(Uniform(0.2, 1.0), 0.1, weights, parts=400)
        first.append(found.demands[0])
        soon.append(sum(found.settled[:pieces]))
    assert first == sorted(first, reverse=True)
    assert first[-1] < 0.21
    assert soon[0] < 0.7
    assert soon[-1] == pytest.approx(1.0, abs=0.01)


def test_nobody_is_asked_for_more_than_everything_in_any_round() -> None:
    """Costs uniform on [.1, .9] of a side that prevails with .3: .3 leaves it nothing, and six in eight accept that."""
    one = screen(Uniform(0.1, 0.9), 0.1, (1.0,), most=0.3)
    assert one.demands[0] == pytest.approx(0.3, abs=0.001)
    assert one.refused == pytest.approx(0.25, abs=0.002)
    assert max(screen(Uniform(0.1, 0.9), 0.1, (0.8, 0.8), most=0.3).demands) <= 0.3


def test_a_proposer_that_is_too_optimistic_for_every_cost_settles_with_nobody() -> None:
    """Fighting is worth .5 more than its chance: more than any cost on [0, .4] would leave it."""
    one = screen(Uniform(0.0, 0.4), -0.5, (0.9, 0.9))
    assert one.refused == pytest.approx(1.0)
    assert one.value == pytest.approx(0.5)


def test_a_known_cost_is_asked_for_at_once() -> None:
    found = screen(Weighted((0.3,)), 0.1, (0.9, 0.9))
    assert (found.demands[0], found.settled, found.refused) == (0.3, (1.0, 0.0), 0.0)


# After Slantchev (2003) and Powell (2004): learning by battles.


@pytest.mark.parametrize("record", records("converge"))
def test_beliefs_come_together_after_as_many_battles_as_the_reference_says(record: dict[str, Any]) -> None:
    given, expected = record["inputs"], record["expected"]
    won = given["a_A"], given["a_B"]
    assert belief_gap(won, given["m"], 0) == pytest.approx(expected["initial_gap"], abs=record["tol"])
    assert battles_to_settlement(won, given["m"], given["c_total"]) == expected["battles_to_settlement"]


@pytest.mark.parametrize("record", records("learn"))
def test_battles_teach_strength_as_the_reference_says(record: dict[str, Any]) -> None:
    given, expected = record["inputs"], record["expected"]
    found = [
        strong_chance(given["prior"], given["qH"], given["qL"], given["n"], lost) for lost in range(given["n"] + 1)
    ]
    assert found == pytest.approx(expected["posterior_by_k"], abs=record["tol"])
    assert drift_if_strong(given["qH"], given["qL"]) == pytest.approx(expected["logodds_drift_if_strong"], abs=1e-9)


def test_fighting_to_the_end_without_cost_is_the_ruin_of_a_gambler() -> None:
    """(1 - r^k) / (1 - r^n) with r = (1 - p) / p, and k (n - k) battles where p = 1/2."""
    ratio = 0.4 / 0.6
    expected = [(1 - ratio**k) / (1 - ratio**5) for k in range(6)]
    assert prevailing(Front(5, 0.6, (0.1, 0.2), 0.9)) == pytest.approx(expected)
    assert battles_left(Front(6, 0.5, (0.0, 0.0))) == pytest.approx([k * (6 - k) for k in range(7)])


def test_costs_of_battles_leave_room_in_every_state_that_is_no_defeat() -> None:
    first, second = fighting_values(Front(5, 0.6, (0.02, 0.03), 0.95))
    assert (first + second)[1:-1].max() < 1.0
    assert first == pytest.approx(sorted(first))


def test_refusals_teach_more_than_battles_and_most_settle_before_a_side_collapses() -> None:
    """Slantchev (2003), as his abstract says it; here of the one-sided offers of a campaign."""
    strength = Campaign(np.linspace(0.02, 0.6, TYPES + 1), np.full(TYPES + 1, 0.05), EQUAL, 0.1, 0.05, 0.9, 12)
    found = campaign(strength)
    refusals, battles = news(strength, found)
    assert refusals > battles > 0.0
    assert sum(found.settled) > found.decided


# War of attrition with aid.


def test_aid_makes_the_contest_longer_and_the_aided_side_quit_first_more_often() -> None:
    """Prizes 10, costs 2 and 1: rates .1 and .2; aid of .5 to the second halves the first's rate."""
    plain = holding_out(Attrition((10.0, 10.0), (2.0, 1.0)))
    aided = holding_out(Attrition((10.0, 10.0), (2.0, 1.0), (0.0, 0.5)))
    assert plain.rates == pytest.approx((0.1, 0.2))
    assert aided.rates == pytest.approx((0.05, 0.2))
    assert aided.duration > plain.duration
    assert aided.quits_first[1] > plain.quits_first[1]
    covered = holding_out(Attrition((10.0, 10.0), (2.0, 1.0), (0.0, 1.0)))
    assert covered.quits_first == (1.0, 0.0)
    assert holding_out(Attrition((1.0, 1.0), (1.0, 1.0), (1.0, 2.0))).duration == math.inf


def test_waiting_for_aid_to_end_pays_iff_the_prize_exceeds_the_cost_of_the_wait() -> None:
    """The wait lasts 1/.2 = 5 and costs 2 each: 10."""
    assert waits_for_aid_to_end(10.1, 2.0, 0.2)
    assert not waits_for_aid_to_end(9.9, 2.0, 0.2)


def test_private_values_quit_later_the_more_they_are_worth() -> None:
    """Exponential values of rate 1: t(v) = v^2 / (2 c); aid for half of the cost of both doubles it."""
    assert quitting_time(2.0, Exponential(1.0), 1.0) == pytest.approx(2.0)
    assert quitting_time(2.0, Exponential(1.0), 0.5) == pytest.approx(4.0)
    assert quitting_time(0.7, Uniform(0.0, 1.0), 1.0) == pytest.approx(-0.7 - math.log(0.3), abs=1e-9)
    assert quitting_time(1.0, Uniform(0.0, 1.0), 1.0) == math.inf


# After Powell (2004): what offers faster than battles do depends on what is private.


def test_fast_offers_end_fighting_if_costs_are_private_and_not_if_strength_is() -> None:
    """The same chance of collapse .1 and costs of .2 to 3, against collapses of .02 to .6 and one cost of .05."""
    costs = Campaign(np.full(TYPES + 1, 0.1), np.linspace(0.2, 3.0, TYPES + 1), EQUAL, 0.1, 0.05, 0.9, 8)
    strength = Campaign(np.linspace(0.02, 0.6, TYPES + 1), np.full(TYPES + 1, 0.05), EQUAL, 0.1, 0.05, 0.9, 12)
    soon = []
    for one in (costs, strength):
        slow, fast = campaign(one), campaign(one.faster(16))
        soon.append((slow.settled[0], sum(fast.settled[:16])))
    (slow_costs, fast_costs), (slow_strength, fast_strength) = soon
    assert slow_costs < 0.9
    assert fast_costs > 0.99
    assert fast_strength < 0.5 < slow_strength


def test_refusals_and_battles_survived_are_news_of_strength() -> None:
    strength = Campaign(np.linspace(0.02, 0.6, TYPES + 1), np.full(TYPES + 1, 0.05), EQUAL, 0.1, 0.05, 0.9, 12)
    found = campaign(strength)
    pairs = zip(found.refused, found.survived, strict=True)
    path = [0.5, *(step for pair in pairs for step in pair if not math.isnan(step))]
    assert path == sorted(path, reverse=True)
    assert path[0] > path[1] > path[2]
    assert list(found.offers) == sorted(found.offers)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: TypesOfBoth((HALF, HALF), (np.zeros((2, 3)), np.zeros((2, 2)))),
        lambda: private_values(HALF, HALF, (np.array([0.5, 0.6]), HALF)),
        lambda: TwoValues((0.5, 0.5), (0.0, 1.0)),
        lambda: Mediation(0.5, 0.1, Uniform(0.0, 0.4), Uniform(0.0, 0.1), -1.0),
        lambda: mediated_refusals(two_types(0.1, 0.2, 0.5), 0.1, np.array([[0.5, 0.2], [0.5, 0.5]])),
        lambda: screen_uniform(0.0, (0.5,)),
        lambda: screen_uniform(1.0, ()),
        lambda: screen(Pert(0.0, 0.1, 0.2), 0.1, (1.5,)),
        lambda: screen(Pert(0.0, 0.1, 0.2), math.nan, (0.5,)),
        lambda: screen(two_types(0.1, 0.2, 0.5), 0.1, (0.5,)),
        lambda: Front(0, 0.5, (0.0, 0.0)),
        lambda: Front(3, 1.0, (0.0, 0.0)),
        lambda: Front(3, 0.5, (0.0, -0.1)),
        lambda: Front(3, 0.5, (0.0, 0.1), 0.0),
        lambda: battles_to_settlement((9, 2), 8, 0.2),
        lambda: battles_to_settlement((6, 2), 8, 0.0),
        lambda: strong_chance(1.0, 0.7, 0.4, 10, 5),
        lambda: strong_chance(0.5, 0.7, 0.4, 10, 11),
        lambda: Campaign(np.array([0.3, 0.1]), np.zeros(2), np.ones(1), 0.1, 0.1, 0.9, 3),
        lambda: Campaign(np.zeros(2), np.zeros(3), np.ones(1), 0.1, 0.1, 0.9, 3),
        lambda: Campaign(np.zeros(2), np.zeros(2), np.array([0.5]), 0.1, 0.1, 0.9, 3),
        lambda: Campaign(np.full(2, 0.8), np.zeros(2), np.ones(1), 0.3, 0.1, 0.9, 3),
        lambda: Campaign(np.zeros(2), np.zeros(2), np.ones(1), 0.1, 0.1, 1.0, 3),
        lambda: Campaign(np.zeros(2), np.zeros(2), np.ones(1), 0.1, -0.1, 0.9, 3),
        lambda: Campaign(np.zeros(2), np.zeros(2), np.ones(1), 0.1, 0.1, 0.9, 0),
        lambda: Attrition((0.0, 1.0), (1.0, 1.0)),
        lambda: Attrition((1.0, 1.0), (1.0, 1.0), (-1.0, 0.0)),
        lambda: quitting_time(0.5, Uniform(0.0, 1.0), 0.0),
    ],
)
def test_numbers_out_of_range_are_refused_with_a_sentence(wrong: Any) -> None:
    with pytest.raises(ModelError, match=r"^crisis\."):
        wrong()

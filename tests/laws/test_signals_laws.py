"""Comparative statics of signals for arbitrary laws, mirror images, and scales that change nothing."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.case import Case
from detente.case.load import load_case
from detente.cli.output import plain as plain_value
from detente.core.canonical import to_json
from detente.core.estimate import Estimate
from detente.engines.signals import (
    Answer,
    Binds,
    Coercion,
    Defence,
    Forces,
    Mixture,
    Nerve,
    Plan,
    Span,
    TwoAudiences,
    chosen_plan,
    hands,
    nerves,
    reaches,
)
from detente.maths.attrition import mixed_attrition
from detente.registry.signals import signals_report
from tests.laws.test_labels import relabelled, renamed

NEAR = 1e-9
"""Roots are found to about 1e-14 and integrals to 1e-10."""

chances = st.floats(0.05, 1.0)
costs = st.floats(0.01, 1.0)
shares = st.floats(0.0, 1.0)
rates = st.floats(0.05, 5.0)


@st.composite
def laws(draw: st.DrawFn, low: float, high: float) -> Mixture:
    """Return a mixture of up to three PERT laws between two bounds."""
    bounds = draw(st.lists(st.tuples(*[st.floats(low, high)] * 3).map(sorted), min_size=1, max_size=3))
    weights = np.array([draw(st.floats(0.1, 1.0)) for _ in bounds])
    return Mixture(weights / weights.sum(), *(np.array(column) for column in zip(*bounds, strict=True)))


@given(chances, costs, shares, laws(0.0, 2.0))
def test_tying_hands_is_worth_more_beforehand_and_ends_in_a_fight_more_often(
    win: float, cost: float, determined: float, value: Mixture
) -> None:
    found = hands(Defence(win, cost, determined), value)
    assert found.worth_tied >= found.worth_sunk - NEAR
    assert found.fights_tied >= found.fights_sunk - NEAR


@given(chances, costs, shares)
def test_nobody_who_sent_a_signal_would_give_way(win: float, cost: float, determined: float) -> None:
    defence = Defence(win, cost, determined)
    assert win * defence.tied_from - cost == pytest.approx(-defence.tied, abs=NEAR)
    assert win * defence.sunk_from - cost == pytest.approx(0.0, abs=NEAR)
    assert defence.gain(defence.tied_from) == pytest.approx(0.0, abs=NEAR)
    assert defence.gain(defence.sunk_from, defence.sunk) == pytest.approx(0.0, abs=NEAR)


@given(rates, rates, laws(-3.0, 0.0))
def test_of_two_sides_otherwise_alike_the_higher_audience_cost_rate_gives_way_less(
    one: float, other: float, war: Mixture
) -> None:
    found = nerves(Nerve(1.0, one, war), Nerve(1.0, other, war))
    first, second = found.gives_way
    assert (first - second) * (one - other) <= NEAR


@given(rates, rates, rates, rates, laws(-3.0, 0.5), laws(-3.0, 0.5))
def test_a_war_of_nerves_is_mirrored_by_a_swap_of_its_sides(
    prize: float, rate: float, other_prize: float, other_rate: float, war: Mixture, other_war: Mixture
) -> None:
    one, other = Nerve(prize, rate, war), Nerve(other_prize, other_rate, other_war)
    found, swapped = nerves(one, other), nerves(other, one)
    assert found.horizon == swapped.horizon
    assert found.gives_way == swapped.gives_way[::-1]
    assert found.gives_way_at_once == swapped.gives_way_at_once[::-1]
    assert found.fights == pytest.approx(swapped.fights, abs=NEAR)


@given(rates, rates, laws(-3.0, 0.5), laws(-3.0, 0.5), st.floats(0.1, 10.0))
def test_a_unit_of_time_or_of_utility_changes_no_share(
    rate: float, other_rate: float, war: Mixture, other_war: Mixture, factor: float
) -> None:
    found = nerves(Nerve(1.0, rate, war), Nerve(1.0, other_rate, other_war))
    faster = nerves(Nerve(1.0, rate * factor, war), Nerve(1.0, other_rate * factor, other_war))
    assert faster.horizon * factor == pytest.approx(found.horizon, rel=1e-6, abs=NEAR)
    for one, two in zip(found.gives_way, faster.gives_way, strict=True):
        assert one == pytest.approx(two, abs=1e-6)


@given(rates, rates, laws(-3.0, 0.5), laws(-3.0, 0.5))
def test_whoever_is_left_at_the_horizon_is_locked_in(
    rate: float, other_rate: float, war: Mixture, other_war: Mixture
) -> None:
    found = nerves(Nerve(1.0, rate, war), Nerve(1.0, other_rate, other_war))
    for side, one in enumerate((found.first, found.second)):
        before, after = found.horizon * (1 - 1e-9), found.horizon * (1 + 1e-9) + 1e-12
        left = found.survival(side, found.horizon)
        assert one.stays(before) - 1e-6 <= left <= one.stays(after) + 1e-6  # equal but at an atom of the law
    assert 0.0 in found.gives_way_at_once


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1))
def test_what_can_be_told_to_each_in_private_can_be_told_in_public(a: float, b: float, c: float, d: float) -> None:
    words = TwoAudiences((a, b), (c, d))
    assert words.public or not all(words.private)
    assert TwoAudiences((c, d), (a, b)).disclosure is words.disclosure


@given(rates, rates, st.floats(0.01, 2.0), st.floats(0.01, 2.0), costs, costs)
def test_more_force_lowers_the_value_from_which_a_side_fights(
    own: float, other: float, added: float, more: float, cost: float, stake: float
) -> None:
    forces = Forces(own, other)
    assert cost / forces.win(added + more) <= cost / forces.win(added)
    deter = forces.to_deter(stake, cost)
    assert (1 - forces.win(deter)) * stake <= cost + NEAR


@given(rates, rates, costs, costs, costs)
def test_a_plan_is_worth_no_less_as_the_value_rises(
    own: float, other: float, cost: float, stake: float, opponent: float
) -> None:
    forces = Forces(own, other)
    found = [chosen_plan(forces, value / 4, cost, stake, opponent) for value in range(1, 13)]
    assert all(one.worth <= two.worth + NEAR for one, two in itertools.pairwise(found))
    assert all(one.plan is not Plan.GIVE_WAY or one.added == 0 for one in found)


@given(rates, rates, rates, rates)
def test_attrition_is_mirrored_by_a_swap_and_its_shares_sum_to_one(a: float, b: float, c: float, d: float) -> None:
    found, swapped = mixed_attrition((a, b), (c, d)), mixed_attrition((b, a), (d, c))
    assert found.prevails == pytest.approx(swapped.prevails[::-1])
    assert sum(found.prevails) == pytest.approx(1.0)


@given(st.lists(st.floats(0, 1), min_size=6, max_size=6))
def test_a_cost_that_reaches_what_is_needed_at_all_numbers_reaches_it_at_the_likely_ones(numbers: list[float]) -> None:
    cost, needed = Span(*sorted(numbers[:3])), Span(*sorted(numbers[3:]))
    found = reaches(cost, needed)
    if found is Binds.AT_ALL:
        assert cost.mode >= needed.mode
    if found is Binds.AT_NONE:
        assert cost.mode < needed.mode


@given(st.floats(0.05, 0.9), costs, st.floats(0.0, 0.5), st.floats(0.0, 0.5), st.floats(0.0, 1.0))
def test_low_values_give_way_those_between_fight_and_high_ones_deter(
    cost: float, other_cost: float, own: float, other: float, added: float
) -> None:
    game = Coercion(1.0, cost, other_cost, own, other)
    order = list(Answer)
    found = [game.answer(added, value / 8) for value in range(33)]
    places = [order.index(kind) for kind, _, _ in found]
    assert places == sorted(places)
    least = game.deterring(added)
    assert all(answered <= least + NEAR for kind, answered, _ in found if kind is Answer.FIGHT)
    assert game.win(added, least) <= cost + NEAR


@pytest.fixture(scope="module")
def worked() -> Case:
    return load_case("drafts-and-replies-2021-22")


@pytest.mark.parametrize("pair", [("RUS", "UKR"), ("RUS", "USA")])
def test_swapping_two_parties_swaps_their_signals_and_nothing_else(worked: Case, pair: tuple[str, str]) -> None:
    names = {pair[0]: pair[1], pair[1]: pair[0]}
    plain, swapped = signals_report(worked), signals_report(relabelled(worked, names))
    for report in (plain, swapped):
        report.pop("assumptions"), report.pop("not_computed")  # sentences carry names, not ids
        for contest in report["contests"]:
            for side in contest["sides"]:
                side.pop("from")
        for signal in report["signals"]:
            signal.pop("not_weighed")
        for offer in report["offers"]:
            offer["parties"].sort(key=str)
        report["pledges"].sort(key=str)
    found = renamed(json.loads(to_json(plain_value(plain))), names)
    for offer in found["offers"]:
        offer["parties"].sort(key=str)
    found["pledges"].sort(key=str)
    assert found == json.loads(to_json(plain_value(swapped)))


def test_the_order_in_which_a_confrontation_names_its_sides_only_mirrors_the_contest(worked: Case) -> None:
    assert worked.crisis is not None
    (fight,) = worked.crisis.confrontations
    turned = fight.model_copy(
        update={
            "sides": fight.sides[::-1],
            "win_chance": {
                party: Estimate(low=1 - one.high, mode=1 - one.mode, high=1 - one.low)
                for party, one in fight.win_chance.items()
            },
        }
    )
    other = worked.model_copy(update={"crisis": worked.crisis.model_copy(update={"confrontations": (turned,)})})
    (one,), (two,) = signals_report(worked)["contests"], signals_report(other)["contests"]
    assert [side["party"] for side in one["sides"]] == [side["party"] for side in two["sides"]][::-1]
    for key in ("exhausted", "gives_way_at_once", "gives_way", "turns_at_gives_way"):
        assert one["nerves"][key] == pytest.approx(two["nerves"][key][::-1], abs=1e-9), key
    for mine, yours in zip(one["sides"], two["sides"][::-1], strict=True):
        assert mine["fight"] == pytest.approx(yours["fight"])
        assert mine["critical_risk"] == pytest.approx(yours["critical_risk"])

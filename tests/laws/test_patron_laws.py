"""Laws of demands before a patron: what a word and help do, in which direction, and that sides mirror."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.engines.crisis.deterrence import Regime
from detente.engines.crisis.end_of_help import (
    Waiting,
    critical_leaves,
    leaves_that_closes,
    range_with_waiting,
    value_of_waiting,
)
from detente.engines.crisis.patron import Demand, Patron, attack_on_protege, best_demand, demand_of_protege
from detente.engines.crisis.private import Law, PrivateDemand, best_private_demand
from detente.engines.crisis.regimes import Extended, Outside, find_extended

share = st.floats(0, 1)
cost = st.floats(0, 0.6)
patrons = st.builds(Patron, aid=st.floats(0, 0.6), stake=share, cost=cost, word=cost)
sides = st.tuples(st.tuples(share, share), st.tuples(cost, cost))
Sides = tuple[tuple[float, float], tuple[float, float]]
NEAR = 1e-9


@given(sides, patrons, cost)
def test_a_costlier_word_never_makes_a_demand_on_a_protege_worth_more(both: Sides, one: Patron, more: float) -> None:
    kept = replace(one, word=one.word + more)
    assert best_demand(attack_on_protege(*both, kept)).worth <= best_demand(attack_on_protege(*both, one)).worth + NEAR


@given(sides, patrons, cost)
def test_a_costlier_word_never_makes_the_proteges_own_demand_worth_less(both: Sides, one: Patron, more: float) -> None:
    kept = replace(one, word=one.word + more)
    before, after = (best_demand(demand_of_protege(*both, who, word_covers_it=True)).worth for who in (one, kept))
    assert after >= before - NEAR


@given(sides, patrons)
def test_a_word_that_does_not_cover_a_demand_does_not_move_it(both: Sides, one: Patron) -> None:
    silent = replace(one, word=0.0)
    assert demand_of_protege(*both, one, word_covers_it=False) == demand_of_protege(*both, silent, word_covers_it=True)


@given(sides, patrons)
def test_without_aid_a_patron_changes_nothing_for_either_side(both: Sides, one: Patron) -> None:
    (chance, prices), idle = both, replace(one, aid=0.0)
    alone = Demand(chance, prices, 0.0, 2.0)
    assert best_demand(attack_on_protege(*both, idle)).worth == pytest.approx(best_demand(alone).worth, abs=NEAR)
    mirrored = Demand((1 - chance[1], 1 - chance[0]), prices[::-1], 0.0, 2.0)
    own = best_demand(demand_of_protege(*both, idle, word_covers_it=True))
    assert own.worth == pytest.approx(best_demand(mirrored).worth, abs=NEAR)


@given(sides, patrons)
def test_turning_the_sides_round_turns_the_demands_round(both: Sides, one: Patron) -> None:
    """A protégé's own demand is an opponent's whose chances are the other way round and whom help strengthens."""
    chance, prices = both
    turned = ((1 - chance[1], 1 - chance[0]), prices[::-1])
    own = demand_of_protege(*both, one, word_covers_it=True)
    attack = attack_on_protege(*turned, one)
    assert (own.cost, own.helps_beyond) == (attack.cost, attack.helps_beyond)
    assert own.chance == pytest.approx(attack.chance)
    assert own.help_moves == -attack.help_moves


@given(sides, patrons)
def test_the_greatest_conceded_demand_is_the_middle_of_three(both: Sides, one: Patron) -> None:
    demand = attack_on_protege(*both, one)
    alone, helped = (demand.conceded_up_to(helped=given) for given in (False, True))
    middle = sorted((helped, alone, min(demand.helps_beyond, 1.0)))[1]
    assert demand.outcome(middle).answer.value == "conceded"
    if middle < 1.0:
        assert demand.outcome(middle + (1.0 - middle) * 1e-6 + 1e-9).answer.value == "fought"


laws = st.tuples(st.floats(0, 0.6), st.floats(0, 0.6), st.floats(0, 0.6)).map(lambda three: Law(*sorted(three)))


@given(sides, laws, laws, st.floats(0, 0.4), share, cost, cost)
def test_with_private_costs_too_a_word_only_ever_restrains(
    both: Sides, refuser: Law, helper: Law, aid: float, stake: float, word: float, more: float
) -> None:
    chance, prices = both
    one = PrivateDemand(chance, prices[0], -aid, refuser, helper, aid * stake, word)
    kept = replace(one, word=word + more)
    sizes = np.linspace(0, 1, 51)
    assert (kept.refusal(sizes) >= one.refusal(sizes) - NEAR).all()
    assert (kept.worth(sizes) <= one.worth(sizes) + NEAR).all()
    found = best_private_demand(one)
    assert found.worth >= one.worth(sizes).max() - 1e-4
    assert found.worth >= 0.0


@given(sides, laws, laws, st.floats(0, 0.6), share, cost, st.floats(0, 0.5))
def test_any_numbers_lie_in_the_deterrence_game_or_name_what_is_outside(
    both: Sides, opponent: Law, patron: Law, aid: float, stake: float, word: float, gives_way: float
) -> None:
    one = Extended(both[0], aid, stake, word, gives_way, both[1][1])
    found = find_extended(one, opponent, patron)
    assert isinstance(found.regime, Outside) or found.regime in Regime
    assert all(0.0 <= chance <= 1.0 for chance in found.p_hard)
    assert (found.place() is None) == (found.at is None)


@given(laws, st.floats(-0.2, 0.8))
def test_the_parts_of_a_law_make_up_the_whole(law: Law, limit: float) -> None:
    found = law.parts(limit)
    mean = (law.low + 4 * law.mode + law.high) / 6
    assert found.chance * found.below + (1 - found.chance) * found.above == pytest.approx(mean, abs=1e-9)
    assert law.low - NEAR <= found.below <= law.high + NEAR
    assert law.low - NEAR <= found.above <= law.high + NEAR


waits = st.builds(
    Waiting, now=st.floats(-0.5, 0.9), after=st.floats(-0.5, 0.9), cost=st.floats(0, 0.2), rate=st.floats(0.01, 1)
)


@given(waits, st.floats(0, 1))
def test_waiting_is_worth_more_exactly_beyond_the_critical_chance(one: Waiting, leaves: float) -> None:
    critical = critical_leaves(one)
    gain = value_of_waiting(one, leaves) - max(0.0, one.now)
    if abs(gain) > 1e-7:
        assert (gain > 0) == (leaves > critical)


@given(waits, st.floats(0.01, 1))
def test_waiting_summed_year_by_year(one: Waiting, leaves: float) -> None:
    """Each year costs k; at its end, discounted, help has ended with chance h, else the next year begins."""
    total, lasts = 0.0, 1.0
    for _ in range(4000):
        total += lasts * (-one.cost + one.factor * leaves * one.after)
        lasts *= one.factor * (1 - leaves)
    assert total == pytest.approx(value_of_waiting(one, leaves), abs=1e-7)


@given(waits, waits, st.floats(0, 1))
def test_terms_close_exactly_beyond_the_chance_that_is_given(
    opponent: Waiting, protege: Waiting, leaves: float
) -> None:
    closes = leaves_that_closes(opponent, protege)
    found = range_with_waiting(opponent, protege, leaves)
    mirrored = range_with_waiting(protege, opponent, leaves)
    assert (mirrored.low, mirrored.high) == pytest.approx((1 - found.high, 1 - found.low))
    if opponent.after >= opponent.now and protege.after <= protege.now and abs(found.width) > 1e-7:
        assert found.empty == (closes is not None and leaves >= closes)

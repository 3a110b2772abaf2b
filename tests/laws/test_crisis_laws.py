"""Laws of the bargaining range, of shifts and of the game: mirrors, widths, directions, rescaling, labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.engines.crisis import (
    Confrontation,
    Costs,
    NoAgreementGame,
    Ramp,
    bargaining_range,
    critical_first_strike,
    find_equilibria,
    find_range_turns,
    find_stretches,
    lottery_range,
    risk_of_war,
    shortest_years,
    waiting,
)

unit = st.floats(0, 1)
cost = st.floats(0, 0.6)
exponent = st.floats(0.4, 2.5)


@st.composite
def confrontations(draw: st.DrawFn, *, neutral: bool = False) -> Confrontation:
    risk = (1.0, 1.0) if neutral else (draw(exponent), draw(exponent))
    return Confrontation((draw(unit), draw(unit)), (draw(cost), draw(cost)), draw(st.floats(0, 0.3)), risk)


@given(confrontations())
def test_swapping_the_sides_mirrors_the_range(one: Confrontation) -> None:
    found, mirrored = bargaining_range(one), bargaining_range(one.swapped())
    # A share is a root of a value, so an error of 1e-16 near 0 becomes one of 1e-7 with an exponent of 2.5.
    assert mirrored.low == pytest.approx(1 - found.high, abs=1e-6)
    assert mirrored.high == pytest.approx(1 - found.low, abs=1e-6)
    # Where a bound moves with the square of the advantage, half the digits of a float are left.
    assert critical_first_strike(one) == pytest.approx(critical_first_strike(one.swapped()), abs=2e-6)


@given(unit, cost, cost)
def test_with_one_belief_the_width_is_the_sum_of_costs(p: float, first: float, second: float) -> None:
    found = bargaining_range(Confrontation((p, p), (first, second)))
    assert found.width == pytest.approx(first + second, abs=1e-12)
    assert not found.within().empty or found.width < 1e-12


@given(st.floats(0.35, 0.65), cost, cost, st.floats(0, 0.3))
def test_a_first_strike_empties_the_range_iff_twice_it_exceeds_the_costs(
    p: float, first: float, second: float, gain: float
) -> None:
    assume(abs(2 * gain - first - second) > 1e-9)
    found = bargaining_range(Confrontation((p, p), (first, second), gain))
    assert found.empty == (2 * gain > first + second)


@given(confrontations(), st.floats(0, 0.3), st.integers(0, 1))
def test_a_higher_cost_never_narrows_the_range(one: Confrontation, more: float, side: int) -> None:
    costs = list(one.cost)
    costs[side] += more
    assert bargaining_range(replace(one, cost=(costs[0], costs[1]))).width >= bargaining_range(one).width - 1e-12


@given(confrontations(), st.floats(0, 0.2))
def test_optimism_never_widens_the_range(one: Confrontation, more: float) -> None:
    chance = (min(1.0, one.win_chance[0] + more), one.win_chance[1])
    assert bargaining_range(replace(one, win_chance=chance)).width <= bargaining_range(one).width + 1e-12


@given(unit, cost, cost, exponent, exponent)
def test_where_odds_are_agreed_a_lottery_over_everything_is_left(
    p: float, first: float, second: float, a: float, b: float
) -> None:
    """Also with attitudes to risk that leave no division."""
    assume(first + second > 1e-9)
    assert not lottery_range(Confrontation((p, p), (first, second), 0.0, (a, b))).empty


@given(confrontations())
def test_each_turning_value_leaves_no_width(one: Confrontation) -> None:
    for turn in find_range_turns(one):
        if turn.value is None or turn.number == "first_strike":
            continue
        numbers = list(getattr(one, turn.number))
        assert turn.side is not None
        numbers[turn.side] = turn.value
        changed = replace(one, **{turn.number: (numbers[0], numbers[1])})
        assert bargaining_range(changed).width == pytest.approx(0.0, abs=1e-6)


@given(st.floats(0.5, 0.99), unit, unit, st.floats(0.5, 2), st.floats(0.1, 50), st.floats(-5, 5))
def test_waiting_is_judged_alike_on_any_scale(
    delta: float, now: float, later: float, most: float, stretch: float, moved: float
) -> None:
    one = waiting(now=now, later=later, most=most, delta=delta)
    other = waiting(now=stretch * now + moved, later=stretch * later + moved, most=stretch * most + moved, delta=delta)
    assert other.margin == pytest.approx(stretch * one.margin, abs=1e-9 * (1 + stretch))


@given(unit, unit, cost, cost, st.floats(0.01, 0.5), st.floats(0.01, 0.3), st.floats(0.5, 10))
def test_swapping_the_sides_mirrors_a_trend(
    first: float, second: float, c1: float, c2: float, rate: float, size: float, years: float
) -> None:
    one = Confrontation((first, second), (c1, c2))
    (found,) = find_stretches(one, (Ramp(size, 0, years),), (rate, 2 * rate))
    (mirrored,) = find_stretches(one.swapped(), (Ramp(-size, 0, years),), (2 * rate, rate))
    assert (mirrored.declining, found.declining) == (0, 1)
    assert mirrored.limit == pytest.approx(found.limit, abs=1e-12)
    assert mirrored.needed == pytest.approx(found.needed, abs=1e-9)


@given(st.floats(0.01, 0.5), st.floats(-0.2, 0.9), st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_larger_shift_takes_longer(rate: float, value: float, shift: float, more: float) -> None:
    assert shortest_years(rate=rate, value=value, shift=shift + more) >= shortest_years(
        rate=rate, value=value, shift=shift
    )


@given(unit, unit, cost, st.floats(0, 0.4), cost, st.floats(0, 0.4))
def test_the_risk_is_the_same_told_from_the_other_side(
    status_quo: float, power: float, low: float, wide: float, low2: float, wide2: float
) -> None:
    first, second = Costs(low, low + wide), Costs(low2, low2 + wide2)
    risk = risk_of_war(status_quo, power, first, second)
    assert 0.0 <= risk <= 1.0
    assert risk_of_war(1 - status_quo, 1 - power, second, first) == pytest.approx(risk, abs=1e-9)


@st.composite
def games(draw: st.DrawFn) -> NoAgreementGame:
    parties, scenarios = draw(st.integers(2, 3)), draw(st.integers(2, 4))
    grid = st.integers(0, 20).map(lambda n: n / 20)
    values = np.array([[draw(grid) for _ in range(scenarios)] for _ in range(parties)])
    beliefs = np.array([[draw(st.integers(1, 9)) / 10 for _ in range(scenarios)] for _ in range(parties)])
    starts = np.array([[draw(st.booleans()) for _ in range(scenarios)] for _ in range(parties)])
    starts[:, 0] = False  # what nobody can start
    alone = np.zeros((parties, parties, scenarios))
    pairs = ((values,) * 2, (beliefs,) * 2, (alone,) * 2)
    return NoAgreementGame(values, beliefs, starts, tuple(range(scenarios)), alone, *pairs)


@given(games(), st.randoms(use_true_random=False))
def test_the_order_of_parties_is_irrelevant(game: NoAgreementGame, random: st.DrawFn) -> None:
    order = list(range(game.parties))
    random.shuffle(order)  # type: ignore[attr-defined]
    tables = [(game.payoffs[order],) * 2, (game.beliefs[order],) * 2, (game.alone[order][:, order],) * 2]
    other = NoAgreementGame(
        game.payoffs[order], game.beliefs[order], game.can_start[order], game.intensity,
        game.alone[order][:, order], *tables,
    )  # fmt: skip
    found = {(one.profile, one.dominated == ()) for one in find_equilibria(game)}
    again = set()
    for one in find_equilibria(other):
        profile = [0] * game.parties
        for place, party in enumerate(order):
            profile[party] = one.profile[place]
        again.add((tuple(profile), one.dominated == ()))
    assert found == again


@given(games())
def test_one_scenario_is_started_iff_somebody_who_can_prefers_it(game: NoAgreementGame) -> None:
    """The rule by definition: with one that can be started, war is imposed iff one that can start it prefers it."""
    only = game.can_start.copy()
    only[:, 2:] = False
    other = replace(game, can_start=only)
    wants = only[:, 1] & (game.payoffs[:, 1] > other.rest() + 1e-9)
    assume((np.abs(game.payoffs[:, 1] - other.rest()) > 1e-9).all())
    sound = [one for one in find_equilibria(other) if not one.dominated]
    assert {one.scenario for one in sound} == {1 if wants.any() else -1}


@given(games(), st.floats(0.5, 4), st.floats(-1, 1))
def test_the_scale_of_payoffs_is_irrelevant(game: NoAgreementGame, stretch: float, moved: float) -> None:
    values = game.payoffs * stretch + moved
    other = replace(game, payoffs=values, payoff_range=(values, values))
    ties = np.diff(np.sort(game.payoffs, axis=1), axis=1)
    assume((ties > 1e-6).all())
    rest = game.rest()[:, None]
    assume((np.abs(game.payoffs[:, game.startable] - rest) > 1e-6).all())
    assert [one.profile for one in find_equilibria(game)] == [one.profile for one in find_equilibria(other)]

"""Signals by other methods: grids of best replies, simulated races, enumerated equilibria, programmes, packages."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import linprog

from detente.case.case import Case
from detente.case.load import load_case
from detente.compile.number_ranges import worth_whatever_the_numbers
from detente.compile.pledged import Reading, pledged
from detente.compile.settlement import compile_settlement
from detente.engines.settlement import Completion, utilities
from detente.engines.signals import (
    Answer,
    Challengers,
    Coercion,
    Defence,
    Forces,
    GivenSignal,
    Mixture,
    Nerve,
    TwoAudiences,
    Uniform,
    chosen_plan,
    coerced,
    given_signal,
    hands,
    mean_above,
    mobilised,
    nerves,
)
from detente.maths.attrition import mixed_attrition, stopping_time

GRID = 1e-3
"""Step of a grid of signals; an optimum lies within one step of it."""
DEFENCES = (Defence(0.5, 0.2, 0.2), Defence(0.4, 0.3, 0.1), Defence(0.9, 0.5, 0.6))


@pytest.mark.parametrize("defence", DEFENCES)
def test_no_type_gains_by_another_size_of_a_signal_that_ties_hands(defence: Defence) -> None:
    """Challengers hold back, but for the determined, once a signal is as large as it must be; else all of them try."""
    sizes = np.arange(0.0, 1.0, GRID)
    tried = np.where(sizes >= defence.tied, defence.determined, 1.0)
    for value in np.linspace(0.01, 1.5, 40):
        worth = (1 - tried) * value + tried * np.maximum(defence.win * value - defence.cost, -sizes)
        best = max(defence.gain(value), defence.win * value - defence.cost, 0.0)
        assert worth.max() <= best + GRID
        assert (defence.gain(value) > 0) == (value > defence.tied_from)


@pytest.mark.parametrize("defence", DEFENCES)
def test_no_type_gains_by_another_size_of_a_signal_that_sinks_costs(defence: Defence) -> None:
    sizes = np.arange(0.0, 1.5, GRID)
    tried = np.where(sizes >= defence.sunk, defence.determined, 1.0)
    for value in np.linspace(0.01, 2.5, 40):
        fights = np.maximum(defence.win * value - defence.cost, 0.0)
        worth = (1 - tried) * value + tried * fights - sizes
        assert worth.max() <= max(defence.gain(value, defence.sunk), fights) + GRID


def test_worths_beforehand_are_those_of_a_simulation() -> None:
    defence, law = DEFENCES[0], Mixture.pert(0.0, 0.3, 1.0)
    drawn = np.random.default_rng(1).beta(1 + 4 * 0.3, 1 + 4 * 0.7, 400_000)
    challenged = np.random.default_rng(5).random(400_000) < defence.determined
    paid = np.where(challenged, defence.win * drawn - defence.cost, drawn)
    tied = np.where(drawn >= defence.tied_from, paid, 0.0)
    sunk = np.where(drawn >= defence.sunk_from, paid - defence.sunk, 0.0)
    found = hands(defence, law)
    assert found.worth_tied == pytest.approx(tied.mean(), abs=2e-3)
    assert found.worth_sunk == pytest.approx(sunk.mean(), abs=2e-3)
    assert found.fights_tied == pytest.approx(defence.determined * (drawn >= defence.tied_from).mean(), abs=2e-3)


def test_the_part_of_a_mean_above_a_value_is_that_of_the_density() -> None:
    law = Mixture.pert(0.0, 0.25, 1.0)
    density = lambda x: 20.0 * x * (1 - x) ** 3  # noqa: E731 - the beta law with exponents 2 and 4
    for start in (0.0, 0.2, 0.7):
        assert mean_above(law, start) == pytest.approx(quad(lambda x: x * density(x), start, 1.0)[0], abs=1e-9)


def test_the_sum_of_two_judged_numbers_is_that_of_draws() -> None:
    law = Mixture.added((0.0, 0.5, 1.0), (-0.6, -0.3, -0.1))
    rng = np.random.default_rng(2)
    place = (0.3, 0.5)
    drawn = rng.beta(3, 3, 400_000) + (-0.6 + 0.5 * rng.beta(1 + 4 * 0.6, 1 + 4 * 0.4, 400_000))
    for x in (-0.3, 0.0, *place):
        assert law.below(x) == pytest.approx((drawn <= x).mean(), abs=3e-3)


def test_in_a_war_of_nerves_all_times_to_give_way_are_worth_the_same_and_none_is_worth_more() -> None:
    """Payoffs by quadrature over the other side's time of giving way; an atom at the beginning pays the prize."""
    first = Nerve(1.0, 1.0, Uniform(-4.0, 0.0))
    second = Nerve(0.8, 2.0, Mixture.pert(-3.0, -1.0, 0.0))
    found = nerves(first, second)
    for own, side in ((0, first), (1, second)):
        other = 1 - own

        def hazard(t: float, other: int = other, side: Nerve = side) -> float:
            return found.survival(other, t) * side.audience_rate / (side.prize + side.audience_rate * t)

        def worth(time: float, own: int = own, other: int = other, side: Nerve = side) -> float:
            won, _ = quad(lambda t: hazard(t) * side.prize, 0.0, time, epsabs=1e-12)
            at_once = found.gives_way_at_once[other] * side.prize
            return at_once + won - found.survival(other, time) * side.audience_rate * time

        times = np.linspace(1e-9, found.horizon, 12)
        paid = [worth(time) for time in times]
        assert paid == pytest.approx([paid[0]] * len(paid), abs=1e-9)


def test_a_simulated_war_of_nerves_ends_as_computed() -> None:
    first, second = Nerve(1.0, 1.0, Uniform(-4.0, 0.0)), Nerve(1.0, 2.0, Uniform(-4.0, 0.0))
    found = nerves(first, second)
    rng = np.random.default_rng(3)
    grid = np.linspace(0.0, found.horizon, 4001)
    gone = []
    for side in (0, 1):
        left = np.array([found.survival(side, t) for t in grid])
        place = rng.random(200_000)
        times = np.interp(1.0 - place, left[::-1], grid[::-1], left=np.inf, right=0.0)
        gone.append(times)
    assert np.isinf(np.minimum(*gone)).mean() == pytest.approx(found.fights, abs=3e-3)
    for side in (0, 1):
        assert np.isfinite(gone[side]).mean() == pytest.approx(found.gives_way[side], abs=3e-3)


def test_a_plan_is_the_best_of_a_grid_of_forces() -> None:
    sizes = np.arange(0.0, 12.0, 1e-3)
    for own, other, value, cost, stake, opponent in itertools.product(
        (0.2, 1.0), (0.5, 2.0), (0.4, 2.0, 6.0), (0.1, 0.5), (0.5, 1.5), (0.2, 0.6)
    ):
        forces = Forces(own, other)
        win = np.array([forces.win(size) for size in sizes])
        fights = win * value >= cost
        holds_back = fights & ((1 - win) * stake <= opponent + 1e-12)
        worth = np.where(holds_back, value, np.maximum(win * value - cost, 0.0)) - sizes
        found = chosen_plan(forces, value, cost, stake, opponent)
        assert found.worth == pytest.approx(worth.max(), abs=2e-3)


@pytest.mark.parametrize("defence", DEFENCES[:2])
def test_a_given_signal_of_the_size_that_is_needed_is_sent_by_those_of_the_closed_form(defence: Defence) -> None:
    """Challengers that are not determined try unless a fight is certain."""

    def tried(fights: float, _win: float) -> float:
        return defence.determined if fights >= 1 - 1e-12 else 1.0

    law = Uniform(0.0, 1.5)
    (found,) = given_signal(GivenSignal(tied=defence.tied), defence.win, defence.cost, law, tried)
    assert found.sent_from == pytest.approx(defence.tied_from, abs=5e-3)
    assert found.gives_way_after == 0.0
    (found,) = given_signal(GivenSignal(sunk=defence.sunk), defence.win, defence.cost, law, tried)
    assert found.sent_from == pytest.approx(defence.sunk_from, abs=5e-3)
    assert found.gives_way_after == pytest.approx(0.0, abs=5e-3)


def test_a_given_signal_that_also_moves_the_chance_is_sent_by_some_who_would_give_way() -> None:
    """Challengers' values are uniform; a threshold is checked against best replies of all types."""

    def tried(fights: float, win: float) -> float:
        return 1.0 - min(1.0, 0.3 * fights / (1.0 - win * fights))

    signal = GivenSignal(sunk=0.05, tied=0.02, win_gain=0.2)
    found = given_signal(signal, 0.4, 0.5, Uniform(0.0, 1.0), tried)
    assert found
    for one in found:
        assert one.sent_from < one.fights_from
        assert one.gives_way_after > 0
        for value in np.linspace(0.0, 1.0, 201):
            sends = (
                (1 - one.challenged) * value
                + one.challenged * max((0.4 + signal.win_gain) * value - 0.5, -signal.tied)
                - signal.sunk
            )
            silent = (1 - one.challenged_silent) * value + one.challenged_silent * max(0.4 * value - 0.5, 0.0)
            assert (sends - silent) * (value - one.sent_from) >= -1e-9


def test_words_tell_two_states_apart_where_enumeration_finds_such_an_equilibrium() -> None:
    """Hearers act on the state that a message stands for; a speaker in each state must not prefer the other message."""
    levels = (-1.0, -0.4, 0.0, 0.4, 1.0)
    for v1, v2, w1, w2 in itertools.product(levels, repeat=4):
        words = TwoAudiences((v1, v2), (w1, w2))

        def tells(*payoffs: tuple[float, float]) -> bool:
            truth = [sum(one[state] for one in payoffs) for state in (0, 1)]
            return all(value >= 0.0 for value in truth)  # a wrong belief is worth 0 with every hearer

        assert words.private == (tells((v1, v2)), tells((w1, w2)))
        assert words.public == tells((v1, v2), (w1, w2))


def test_attrition_is_that_of_simulated_races_and_of_the_density() -> None:
    found = mixed_attrition((10.0, 6.0), (1.0, 1.5))
    rng = np.random.default_rng(4)
    times = [rng.exponential(1 / rate, 300_000) for rate in found.stops]
    assert (times[0] > times[1]).mean() == pytest.approx(found.prevails[0], abs=3e-3)
    assert np.minimum(*times).mean() == pytest.approx(found.duration, rel=1e-2)
    for value in (0.3, 0.8):
        by_density, _ = quad(lambda x: x / (1 - x), 0.0, value)
        assert stopping_time(value, lambda x: 1 - x) == pytest.approx(by_density, abs=1e-9)


def test_a_type_waits_as_long_as_a_grid_of_times_says() -> None:
    """Against stopping times of the equilibrium, uniform values: the best time of a grid is the one computed."""
    values = (np.arange(20_000) + 0.5) / 20_000
    rivals = -values - np.log1p(-values)
    for value in (0.2, 0.5, 0.8):
        times = np.linspace(0.0, 2.0, 801)
        worth = [np.where(rivals < t, value - rivals, -t).mean() for t in times]
        assert times[int(np.argmax(worth))] == pytest.approx(stopping_time(value, lambda x: 1 - x), abs=0.03)


def test_the_range_over_all_numbers_is_that_of_a_linear_programme() -> None:
    """By Charnes and Cooper's substitution; the values of each issue at their ends."""
    case = load_case("drafts-and-replies-2021-22")
    text = next(one for one in case.texts if one.id == "us-reply")
    choice = {p.id: p for p in case.issues}
    picked = {issue: one.options[0].id for issue, one in choice.items()}
    assert text.id
    for party in ("RUS", "USA", "UKR"):
        preference = case.preference[party]
        issues = [i for i in picked if i in preference.weights and preference.values.get(i)]
        found = worth_whatever_the_numbers(case, party, picked)
        assert found is not None
        alone = [worth_whatever_the_numbers(_only(case, party, issue), party, picked) for issue in issues]
        low = np.array([preference.weights[i].low for i in issues])
        high = np.array([preference.weights[i].high for i in issues])
        for end, sign in ((0, 1.0), (1, -1.0)):
            values = np.array([one[end] for one in alone if one is not None])
            count = len(issues)
            bounds = np.vstack([np.hstack([np.eye(count), -high[:, None]]), np.hstack([-np.eye(count), low[:, None]])])
            solved = linprog(
                np.append(sign * values, 0.0),
                A_ub=bounds,
                b_ub=np.zeros(2 * count),
                A_eq=[[*np.ones(count), 0.0]],
                b_eq=[1.0],
                bounds=[(0, None)] * (count + 1),
            )
            assert sign * solved.fun == pytest.approx(found[end], abs=1e-9)


def _only(case: Case, party: str, issue: str) -> Case:
    """Return the case with a party's numbers on one issue alone, and without joint values."""
    one = case.preference[party]
    reduced = one.model_copy(
        update={"weights": {issue: one.weights[issue]}, "values": {issue: one.values[issue]}, "interactions": ()}
    )
    others = tuple(reduced if other is one else other for other in case.preferences)
    return case.model_copy(update={"preferences": others})


def test_a_pledge_holds_from_the_cost_that_enumeration_finds() -> None:
    case = load_case("river-basin")
    weighed = 0
    for found in pledged(case):
        if len(found) == 3:
            continue
        pledge, trace = found
        compiled = compile_settlement(case, case.consent_list[trace.consent].parties)
        assert not hasattr(compiled, "parties")
        model, names = compiled.model, compiled.trace
        at = names.parties.index(trace.pledge.party)
        issue = names.issues.index(trace.pledge.issue)
        closed = {names.options[issue].index(option) for option in trace.pledge.closed}
        lines = [] if trace.reading is Reading.NONE else [one for one in model.lines if one.stated and one.party != at]
        best: dict[bool, int | None] = {True: None, False: None}
        for package in itertools.product(*map(range, model.sizes)):
            worth = utilities(model, package, Completion.BEST)
            others = all(worth[k] >= model.reservation[k] for k in range(model.parties) if k != at)
            rules = (*model.links, *(one.rule for one in lines))
            if others and all(rule.keeps(package) for rule in rules):
                kept = package[issue] not in closed
                best[kept] = worth[at] if best[kept] is None else max(best[kept] or 0, worth[at])
        assert pledge.keeps == (None if best[True] is None else Fraction(best[True], names.grid))
        assert pledge.breaks == (None if best[False] is None else Fraction(best[False], names.grid))
        weighed += 1
    assert weighed >= 8


def test_an_answer_to_a_mobilisation_is_the_best_of_a_grid() -> None:
    sizes = np.arange(0.0, 6.0, 1e-3)
    for cost, other_cost, own, other, added, value in itertools.product(
        (0.1, 0.4), (0.05, 0.3), (0.0, 0.2), (0.0, 0.3), (0.02, 0.15, 0.5), (0.1, 0.5, 1.0, 2.0)
    ):
        game = Coercion(1.0, cost, other_cost, own, other)
        win = np.array([game.win(added, size) for size in sizes])
        attacked = win * game.value > cost + 1e-9
        worth = np.where(attacked, (1 - win) * value - other_cost, value) - sizes
        best = max(worth.max(), 0.0)
        assert game.answer(added, value)[2] == pytest.approx(best, abs=2e-3)


def test_what_follows_a_mobilisation_is_that_of_drawn_values() -> None:
    game, law = Coercion(1.0, 0.1, 0.05), Mixture.pert(0.0, 0.5, 1.5)
    drawn = 1.5 * np.random.default_rng(6).beta(1 + 4 / 3, 1 + 8 / 3, 20_000)
    found = coerced(game, 0.05, law)
    answers = [game.answer(0.05, value) for value in drawn]
    shares = [np.mean([one[0] is kind for one in answers]) for kind in Answer]
    assert [found.gives_way, found.fights, found.deters] == pytest.approx(shares, abs=0.012)
    paid = {
        Answer.GIVE_WAY: lambda _: 1.0,
        Answer.DETER: lambda _: 0.0,
        Answer.FIGHT: lambda m: game.win(0.05, m) - 0.1,
    }
    assert found.worth == pytest.approx(np.mean([paid[kind](added) for kind, added, _ in answers]) - 0.05, abs=0.012)


def test_the_mobilisation_of_highest_value_is_worth_no_less_than_its_neighbours() -> None:
    game, law = Coercion(1.0, 0.2, 0.1), Uniform(0.0, 1.5)
    found = mobilised(game, law, most=1.0, steps=100)
    assert found.worth >= max(coerced(game, found.added + step, law).worth for step in (-0.005, 0.005)) - 1e-3
    assert found.worth > 0.3
    assert coerced(game, 0.0, law).worth == pytest.approx(0.0, abs=1e-12)  # without forces nobody gives way to it


def test_challengers_try_where_their_expected_worth_is_positive() -> None:
    some, values = Challengers(Uniform(0.0, 1.0), 0.3), np.linspace(0.0, 1.0, 100_001)
    for fights, win in itertools.product((0.0, 0.4, 1.0), (0.3, 0.6)):
        worth = (1 - fights) * values + fights * ((1 - win) * values - some.cost)
        assert some.tried(fights, win) == pytest.approx((worth >= 0).mean(), abs=1e-4)
    assert some.determined(0.6) == some.tried(1.0, 0.6)

"""The deterrence game by every deviation, and demands before a patron by every branch of the tree."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from detente.engines.crisis.deterrence import Deterrence, DeterrenceGame, Regime, solve_deterrence
from detente.engines.crisis.patron import (
    Answer,
    Patron,
    attack_on_protege,
    best_demand,
    demand_of_protege,
    pieces_over_word,
    worth_to_patron,
)
from detente.engines.crisis.private import Law, PrivateDemand

SAME = 1e-9


def drawn_game(rng: random.Random) -> DeterrenceGame:
    challenger = sorted(rng.uniform(-5, 5) for _ in range(5))
    defender = sorted(rng.uniform(-5, 5) for _ in range(4))
    return DeterrenceGame(
        status_quo=challenger[3],
        unopposed=challenger[4],
        gives_way=challenger[1],
        fights=(challenger[2], challenger[0]),
        concedes=defender[1],
        prevails=defender[3],
        resists=(defender[2], defender[0]),
        p_hard=(rng.uniform(0.01, 0.99), rng.uniform(0.01, 0.99)),
    )


def is_equilibrium(
    game: DeterrenceGame, challenges: tuple[float, float], resists: tuple[float, float], belief: float
) -> bool:
    """Whether no kind of either side gains by another action, given a belief in a hard challenger after a challenge."""
    defender = game.p_hard[1]
    resisted = defender * resists[0] + (1 - defender) * resists[1]
    for kind, share in enumerate(challenges):
        last = max(game.gives_way, game.fights[kind])
        gain = resisted * last + (1 - resisted) * game.unopposed - game.status_quo
        if (share < 1 and gain > SAME) or (share > 0 and gain < -SAME):
            return False
    for kind, share in enumerate(resists):
        fought = belief * game.resists[kind] + (1 - belief) * game.prevails
        gain = fought - game.concedes
        if (share < 1 and gain > SAME) or (share > 0 and gain < -SAME):
            return False
    return True


def belief_after(game: DeterrenceGame, found: Deterrence) -> float:
    """Return the belief by Bayes' rule; after a challenge that nobody makes, that it comes from the hard."""
    challenger = game.p_hard[0]
    hard = challenger * found.challenges[0]
    return hard / found.p_challenge if found.p_challenge > 0 else 1.0


def test_no_kind_gains_by_deviating_in_any_of_many_games() -> None:
    rng = random.Random(1)
    seen = set()
    for _ in range(2000):
        game = drawn_game(rng)
        found = solve_deterrence(game)
        assert is_equilibrium(game, found.challenges, found.resists, belief_after(game, found))
        seen.add(found.regime)
    assert seen == set(Regime)


def test_among_pure_strategies_there_is_no_other_equilibrium_on_the_path() -> None:
    rng = random.Random(2)
    for _ in range(400):
        game = drawn_game(rng)
        found = solve_deterrence(game)
        pure = [
            (challenges, resists)
            for challenges, resists in itertools.product(itertools.product((0.0, 1.0), repeat=2), repeat=2)
            if any(challenges)
            and is_equilibrium(
                game,
                challenges,
                resists,
                game.p_hard[0]
                * challenges[0]
                / (game.p_hard[0] * challenges[0] + (1 - game.p_hard[0]) * challenges[1]),
            )
        ]
        if found.regime in (Regime.SEPARATING, Regime.CHALLENGE):
            assert pure == [(found.challenges, found.resists)]
        else:
            assert pure == []


def test_silence_by_a_belief_about_what_never_comes_needs_the_stated_resistance() -> None:
    rng = random.Random(3)
    for _ in range(400):
        game = drawn_game(rng)
        found = solve_deterrence(game)
        limit = (game.prevails - game.concedes) / (game.prevails - game.resists[1])
        assert is_equilibrium(game, (0.0, 0.0), (1.0, min(1.0, found.silence_needs + 1e-6)), limit)
        if found.silence_needs > 1e-3:
            assert not is_equilibrium(game, (0.0, 0.0), (1.0, found.silence_needs - 1e-3), limit)


def backward(chance: tuple[float, float], cost: tuple[float, float], patron: Patron, size: float, own: bool) -> float:
    """Return what a demand is worth to the asking party, branch by branch of the tree."""
    gains = patron.aid * patron.stake * size + patron.word - patron.cost
    moved = (patron.aid if own else -patron.aid) if gains > 0 else 0.0
    prevails = [min(1.0, max(0.0, one + moved)) for one in chance]
    refused = -prevails[1] * size - cost[1]  # the asked party loses the part with the chance that the other prevails
    if -size >= refused - 1e-12:
        return size
    return prevails[0] * size - cost[0]


@pytest.mark.parametrize("own", [False, True])
def test_no_demand_on_a_grid_is_worth_more_than_the_one_found(own: bool) -> None:
    rng = random.Random(4)
    for _ in range(150):
        chance = (rng.uniform(0, 1), rng.uniform(0, 1))
        cost = (rng.uniform(0, 0.5), rng.uniform(0, 0.5))
        patron = Patron(rng.uniform(0, 0.5), rng.uniform(0, 1), rng.uniform(0, 0.5), rng.uniform(0, 0.5))
        if own:
            demand = demand_of_protege(chance, cost, patron, word_covers_it=True)
            asking = ((1 - chance[1], 1 - chance[0]), (cost[1], cost[0]))
        else:
            demand, asking = attack_on_protege(chance, cost, patron), (chance, cost)
        found = best_demand(demand)
        grid = max(backward(*asking, patron, k / 1000, own) for k in range(1001))
        assert found.worth >= grid - 1e-9
        assert found.worth <= grid + 2e-3  # the grid's step, twice: the value rises by at most 1 per step
        assert backward(*asking, patron, found.size, own) == pytest.approx(found.worth, abs=1e-9)


def test_what_an_outcome_is_worth_to_the_patron_branch_by_branch() -> None:
    """Helping is what the patron itself prefers in every fight, and an outcome is worth what its branch is."""
    rng = random.Random(6)
    seen = set()
    for _ in range(400):
        chance, cost = (rng.random(), rng.random()), (rng.uniform(0, 0.3), rng.uniform(0, 0.3))
        patron = Patron(rng.uniform(0, 0.5), rng.uniform(0, 1), rng.uniform(0, 0.3), rng.uniform(0, 0.3))
        found = attack_on_protege(chance, cost, patron).outcome(rng.random())
        loss = patron.stake * found.size
        helped = -loss * max(0.0, chance[1] - patron.aid) - patron.cost
        alone = -loss * chance[1] - patron.word
        worth = worth_to_patron(found, chance, patron)
        if found.answer is Answer.CONCEDED:
            assert worth == pytest.approx(-loss)
        elif chance[1] >= patron.aid:  # below it help cannot take as much as it would: chances end at 0
            assert worth == pytest.approx(max(helped, alone))
            seen.add(found.helped)
    assert seen == {False, True}


@pytest.mark.parametrize("own", [False, True])
def test_a_private_demand_refused_and_helped_as_often_in_simulated_crises(own: bool) -> None:
    """Costs are drawn, the asked party weighs the chance of help, and the patron answers its own cost."""
    rng = np.random.default_rng(7)
    refuser, helper = Law(0.05, 0.2, 0.6), Law(0.05, 0.3, 0.5)
    aid, chance = (0.2 if own else -0.2), (0.55, 0.5)
    demand = PrivateDemand(chance, 0.15, aid, refuser, helper, gain=0.1, word=0.2)
    count = 400_000
    costs = refuser.low + (refuser.high - refuser.low) * rng.beta(*exponents(refuser), count)
    helping = helper.low + (helper.high - helper.low) * rng.beta(*exponents(helper), count)
    for size in (0.2, 0.5, 0.8, 1.0):
        helps = helping < 0.1 * size + 0.2
        refuses = costs < size * (1 - (chance[1] + aid * helps.mean()))
        prevails = rng.random(count) < chance[0] + aid * helps
        worth = np.where(refuses, prevails * size - 0.15, size)
        at = np.array([size])
        assert demand.help_chance(at)[0] == pytest.approx(helps.mean(), abs=0.004)
        assert demand.refusal(at)[0] == pytest.approx(refuses.mean(), abs=0.006)
        assert demand.worth(at)[0] == pytest.approx(worth.mean(), abs=0.006)


def exponents(law: Law) -> tuple[float, float]:
    """Return the exponents of the beta law of a PERT law, by their definition."""
    share = (law.mode - law.low) / (law.high - law.low)
    return 1 + 4 * share, 1 + 4 * (1 - share)


@pytest.mark.parametrize("own", [False, True])
def test_pieces_over_the_word_are_the_demands_found_word_by_word(own: bool) -> None:
    rng = random.Random(5)
    for _ in range(60):
        chance = (rng.uniform(0, 1), rng.uniform(0, 1))
        cost = (rng.uniform(0, 0.5), rng.uniform(0, 0.5))
        patron = Patron(rng.uniform(0.05, 0.5), rng.uniform(0.1, 1), rng.uniform(0, 0.5), 0.0)
        pieces = pieces_over_word(chance, cost, patron, most=0.6, own=own)
        assert (pieces[0].low, pieces[-1].high) == (0.0, 0.6)
        for k in range(60):
            word = 0.6 * (k + 0.5) / 60
            helper = Patron(patron.aid, patron.stake, patron.cost, word)
            demand = (
                demand_of_protege(chance, cost, helper, word_covers_it=True)
                if own
                else attack_on_protege(chance, cost, helper)
            )
            found = best_demand(demand)
            (piece,) = [one for one in pieces if one.low <= word < one.high]
            assert (piece.answer, piece.helped) == (found.answer, found.helped)
            share = (word - piece.low) / (piece.high - piece.low)
            size = piece.sizes[0] + share * (piece.sizes[1] - piece.sizes[0])
            assert size == pytest.approx(found.size, abs=1e-6)

"""Extended deterrence from laws of private costs: what lies in the game and what does not."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from detente.core.errors import ModelError
from detente.engines.crisis.deterrence import Regime
from detente.engines.crisis.end_of_help import Waiting
from detente.engines.crisis.patron import Demand, Patron
from detente.engines.crisis.private import Law
from detente.engines.crisis.regimes import Extended, Outside, find_extended

ONE = Extended(chance=(0.5, 0.5), aid=0.3, stake=1.0, word=0.2, gives_way=0.1, protege_cost=0.2)
OPPONENT = Law(0.25, 0.3, 0.35)
PATRON = Law(0.1, 0.2, 0.3)


def test_an_opponent_that_gains_nothing_alone_needs_no_deterring() -> None:
    assert find_extended(ONE, Law(0.5, 0.6, 0.7), PATRON).regime is Outside.NO_GAIN


def test_an_opponent_whose_hard_kinds_gain_against_help_is_not_deterred_by_any_credibility() -> None:
    """With help it prevails with chance .2; fighting costs it .05 to .15, so every kind gains."""
    found = find_extended(ONE, Law(0.05, 0.1, 0.15), Law(0.0, 0.0, 0.0))
    assert found.regime is Outside.NOT_DETERRED
    assert found.p_hard == (1.0, 1.0)


def test_no_kind_that_would_fight_is_no_challenge() -> None:
    assert find_extended(ONE, Law(0.4, 0.42, 0.45), PATRON).regime is Regime.CERTAIN


def test_a_patron_with_neither_stake_nor_word_deters_nobody_who_would_fight() -> None:
    idle = replace(ONE, stake=0.0, word=0.0)
    assert find_extended(idle, OPPONENT, PATRON).regime is Regime.CHALLENGE


def test_more_word_never_makes_more_kinds_challenge() -> None:
    order = [Regime.CHALLENGE, Regime.MIXED, Regime.SEPARATING, Regime.CERTAIN]
    cost = Law(0.2, 0.5, 0.9)
    seen = [find_extended(replace(ONE, stake=0.5, word=k / 50), OPPONENT, cost).regime for k in range(51)]
    places = [order.index(Regime(one)) for one in seen]
    assert places == sorted(places)
    assert (seen[0], seen[-1]) == (Regime.CHALLENGE, Regime.CERTAIN)


def test_shares_of_kinds_are_those_of_drawn_costs() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        one = replace(ONE, word=rng.uniform(0, 0.3), aid=rng.uniform(0.1, 0.4), stake=rng.uniform(0, 0.5))
        found = find_extended(one, OPPONENT, Law(0.1, 0.3, 0.6))
        first, second = rng.beta(*shapes(OPPONENT), 200_000), rng.beta(*shapes(Law(0.1, 0.3, 0.6)), 200_000)
        opponent, patron = 0.25 + 0.1 * first, 0.1 + 0.5 * second
        assert found.p_hard[0] == pytest.approx((opponent < 0.5 - one.aid + 0.1).mean(), abs=0.004)
        assert found.p_hard[1] == pytest.approx((patron < one.stake * one.aid + one.word).mean(), abs=0.004)


def shapes(law: Law) -> tuple[float, float]:
    """Return the exponents of the beta law by their definition."""
    share = (law.mode - law.low) / (law.high - law.low)
    return 1 + 4 * share, 1 + 4 * (1 - share)


def test_places_on_the_map_lie_in_the_field_of_their_regime() -> None:
    rng = random.Random(2)
    fields = {
        Regime.CERTAIN: ((2, 3), (0, 2)),
        Regime.SEPARATING: ((1, 2), (0, 2)),
        Regime.MIXED: ((0, 1), (0, 1)),
        Regime.CHALLENGE: ((0, 1), (1, 2)),
    }
    seen = set()
    for _ in range(3000):
        one = replace(ONE, word=rng.uniform(0, 0.6), stake=rng.uniform(0, 0.6), gives_way=rng.uniform(0.01, 0.2))
        found = find_extended(one, Law(0.2, 0.3, 0.5), Law(0.0, 0.4, 0.9))
        place = found.place()
        if place is None:
            continue
        seen.add(found.regime)
        (left, right), (low, high) = fields[Regime(found.regime)]
        assert left <= place[0] <= right
        assert low <= place[1] <= high
    assert seen == set(Regime)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: Patron(1.5, 0.1, 0.1, 0.1), "patron: aid is no chance"),
        (lambda: Patron(0.5, -0.1, 0.1, 0.1), "patron: aid is no chance"),
        (lambda: Patron(0.5, 0.1, -0.1, 0.1), "patron: aid is no chance"),
        (lambda: Demand((1.2, 0.5), (0.1, 0.1), 0.0, 1.0), "demand: a number is no chance"),
        (lambda: Demand((0.2, 0.5), (-0.1, 0.1), 0.0, 1.0), "demand: a number is no chance"),
        (lambda: Waiting(0.1, 0.2, 0.0, -0.1), "waiting: a rate or cost is negative"),
    ],
)
def test_what_is_no_chance_and_no_cost_is_refused(make: object, what: str) -> None:
    with pytest.raises(ModelError, match=what):
        make()  # type: ignore[operator]

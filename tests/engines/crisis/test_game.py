"""No agreement as a game: war is imposed by whoever prefers it, and mutual fear makes it a best reply."""

from __future__ import annotations

import numpy as np
import pytest

from detente.core.errors import ModelError
from detente.engines.crisis import NOTHING, NoAgreementGame, find_equilibria, find_starts


def game(
    payoffs: list[list[float]],
    can_start: list[list[int]],
    *,
    intensity: tuple[int, ...] = (0, 1),
    beliefs: list[list[float]] | None = None,
    strike: float = 0.0,
) -> NoAgreementGame:
    values = np.array(payoffs)
    believed = np.full(values.shape, 0.5) if beliefs is None else np.array(beliefs)
    starts = np.array(can_start, dtype=bool)
    alone = np.zeros((len(values), *values.shape))
    for party in range(2):
        alone[party, party, 1], alone[party, 1 - party, 1] = strike, -strike
    return NoAgreementGame(values, believed, starts, intensity, alone, (values,) * 2, (believed,) * 2, (alone,) * 2)


def test_war_is_imposed_on_all_if_one_that_can_start_it_prefers_it() -> None:
    found = find_equilibria(game([[0.4, 0.5], [0.9, 0.1], [0.8, 0.0]], [[0, 1], [0, 0], [0, 0]]))
    assert [(one.scenario, one.starters, one.payoffs) for one in found] == [(1, (0,), (0.5, 0.1, 0.0))]


def test_nothing_is_started_if_nobody_that_can_prefers_it() -> None:
    found = find_equilibria(game([[0.4, 0.3], [0.4, 0.9]], [[0, 1], [0, 0]]))
    assert [(one.scenario, one.payoffs) for one in found] == [(NOTHING, (0.4, 0.4))]


def test_that_both_start_what_neither_likes_is_marked() -> None:
    found = find_equilibria(game([[0.4, 0.3], [0.4, 0.3]], [[0, 1], [0, 1]]))
    assert [(one.starters, one.dominated) for one in found] == [((), ()), ((0, 1), (0, 1))]


def test_with_a_first_strike_starting_answers_starting() -> None:
    found = find_equilibria(game([[0.4, 0.3], [0.4, 0.3]], [[0, 1], [0, 1]], strike=0.05))
    assert [(one.starters, one.dominated) for one in found] == [((), ()), ((0, 1), ())]


def test_a_large_first_strike_leaves_no_peace() -> None:
    found = find_equilibria(game([[0.4, 0.3], [0.4, 0.3]], [[0, 1], [0, 1]], strike=0.15))
    assert [one.starters for one in found] == [(0, 1)]


def test_of_several_started_scenarios_the_most_intense_comes_about() -> None:
    three = game(
        [[0.4, 0.5, 0.1], [0.4, 0.3, 0.35]], [[0, 1, 0], [0, 0, 1]], intensity=(0, 1, 2),
    )  # fmt: skip
    found = find_equilibria(three)
    # The first starts the milder one, which it prefers; the second answers by the graver, which it prefers to that.
    assert [(one.profile, one.scenario) for one in found] == [((1, 2), 2)]


def test_what_a_party_expects_rests_on_its_own_beliefs() -> None:
    one = NoAgreementGame(
        np.array([[0.2, 0.6, 0.5]]), np.array([[0.3, 0.1, 0.6]]), np.array([[False, False, True]]), (0, 0, 1),
        np.zeros((1, 1, 3)), (np.array([[0.1, 0.5, 0.5]]), np.array([[0.2, 0.7, 0.6]])),
        (np.array([[0.2, 0.1, 0.0]]), np.array([[0.3, 0.3, 1.0]])), (np.zeros((1, 1, 3)),) * 2,
    )  # fmt: skip
    (start,) = find_starts(one)
    assert one.rest()[0] == pytest.approx(0.3)  # (.3 * .2 + .1 * .6) / .4
    assert start.gain == pytest.approx(0.2)
    # Least: .5 less (.2 * .2 + .3 * .7) / .5 = .5; most: .6 less (.3 * .1 + .1 * .5) / .4 = .2.
    assert start.gain_range == pytest.approx((0.0, 0.4))
    turns = {(turn.scenario, turn.kind): turn.value for turn in start.turns}
    assert turns[2, "payoff"] == pytest.approx(0.3)
    assert turns[1, "payoff"] == pytest.approx(1.4)  # (.06 + .1 x) / .4 = .5
    assert turns[1, "belief"] == pytest.approx(0.9)  # (.06 + .6 b) / (.3 + b) = .5


def test_a_game_without_peace_to_believe_in_is_refused() -> None:
    with pytest.raises(ModelError, match=r"crisis\.game"):
        game([[0.4, 0.3]] * 2, [[1, 0], [0, 1]])
    with pytest.raises(ModelError, match="one intensity"):
        NoAgreementGame(
            np.ones((1, 3)), np.ones((1, 3)), np.array([[False, True, True]]), (0, 1, 1), np.zeros((1, 1, 3)),
            (np.ones((1, 3)),) * 2, (np.ones((1, 3)),) * 2, (np.zeros((1, 1, 3)),) * 2,
        )  # fmt: skip

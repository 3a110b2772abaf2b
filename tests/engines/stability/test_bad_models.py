"""What the engine refuses, and with which sentence."""

from typing import Any

import numpy as np
import pytest

from detente.core.errors import ModelError
from detente.engines.stability import (
    Concept,
    Direction,
    Relations,
    Reply,
    StabilityModel,
    certify,
    limited_move_stability,
    non_myopic_stability,
    relations,
    robustness,
    shortest_paths,
    solve,
    solve_coalitions,
    solve_strength,
    solve_unknown,
)

BOTH = Direction.BOTH


def certify_gmr(model: StabilityModel, *, reply: Reply) -> None:
    certify(model, state=0, player=0, concept=Concept.GMR, reply=reply)


def small(**changes: Any) -> StabilityModel:
    given = {
        "parties": 2,
        "owner": (0, 1),
        "allowed": (BOTH, BOTH),
        "ranks": np.array([[1, 0, 3, 2], [1, 3, 0, 2]], dtype=np.int32),
    }
    return StabilityModel(**(given | changes))


def many_parties(count: int) -> StabilityModel:
    ranks = np.zeros((count, 2), dtype=np.int32)
    ranks[:, 1] = 1  # everybody would rather have the one switch taken
    return StabilityModel(count, (0,), (BOTH,), ranks)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"parties": 0}, "number of parties is too small, got 0"),
        ({"owner": (0, 2)}, "owner of a switch is no party"),
        ({"allowed": (BOTH,)}, "directions do not fit the switches, got 1"),
        ({"owner": (0,) * 27, "allowed": (BOTH,) * 27}, "too many switches, got 27"),
        ({"ranks": np.zeros((2, 4))}, "ranks have the wrong shape or type"),
        ({"ranks": np.zeros((2, 3), dtype=np.int32)}, "ranks have the wrong shape or type"),
        ({"feasible": np.zeros(4, dtype=bool)}, "no state can occur"),
        ({"feasible": np.ones(4)}, "feasible has the wrong shape or type"),
        ({"banned": np.zeros(2, dtype=np.int64)}, "banned has the wrong shape or type"),
    ],
)
def test_a_model_that_does_not_fit_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        small(**changes)


@pytest.mark.parametrize("players", [((0,),), ((0, 1), (1,)), ((0,), (1,), ()), ((0,), (2,))])
def test_players_must_be_a_partition(players: Any) -> None:
    with pytest.raises(ModelError, match="players are no partition"):
        solve(small(), players=players)
    with pytest.raises(ModelError, match="players are no partition"):
        shortest_paths(small(), start=0, target=1, players=players)


def test_a_state_must_be_able_to_occur() -> None:
    model = small(feasible=np.array([True, True, True, False]))
    for state in (-1, 3, 4):
        with pytest.raises(ModelError, match=f"no such state, got {state}"):
            certify(model, state=state, player=0, concept=Concept.NASH)
        with pytest.raises(ModelError, match=f"no such state, got {state}"):
            shortest_paths(model, start=0, target=state)
    with pytest.raises(ModelError, match="no such player, got 2"):
        certify(model, state=0, player=2, concept=Concept.NASH)


def test_limits_are_named() -> None:
    with pytest.raises(ModelError, match="At most 8"):
        solve_coalitions(many_parties(9))
    for ask in (solve, certify_gmr):
        with pytest.raises(ModelError, match=r"too many players and states for replies of each once, got .27 players"):
            ask(many_parties(27), reply=Reply.ONCE)
    large = StabilityModel(1, (0,) * 17, (BOTH,) * 17, np.zeros((1, 1 << 17), dtype=np.int32))
    with pytest.raises(ModelError, match="At most 65,536"):
        robustness(large, seed=0)
    with pytest.raises(ModelError, match="At most 1024"):
        relations(large)
    with pytest.raises(ModelError, match="At least one draw"):
        robustness(small(), seed=0, draws=0)
    with pytest.raises(ModelError, match="At least one draw"):
        robustness(small(), seed=0, spread=float("nan"))


def test_limited_moves_are_for_two_parties_with_strict_rankings() -> None:
    with pytest.raises(ModelError, match="Defined for two parties"):
        limited_move_stability(many_parties(3), moves=1)
    with pytest.raises(ModelError, match="party 0 is indifferent"):
        non_myopic_stability(small(ranks=np.array([[1, 1, 3, 2], [1, 3, 0, 2]], dtype=np.int32)))
    with pytest.raises(ModelError, match="number of moves is too small, got 0"):
        limited_move_stability(small(), moves=0)


def test_relations_must_be_relations() -> None:
    found = relations(small())
    cycle = found.better | found.better.transpose(0, 2, 1)
    blank = np.zeros_like(cycle)
    for better, unknown, strongly, sentence in (
        (cycle, blank, blank, "two to each other"),
        (blank, np.triu(~blank, 1), blank, "not symmetric"),
        (found.better, cycle, blank, "both known and unknown"),
        (blank, blank, found.better, "strong preference is no preference"),
    ):
        with pytest.raises(ModelError, match=sentence):
            Relations(found.states, better, unknown, strongly)
    with pytest.raises(ModelError, match="shapes do not fit"):
        relations(small(), unknown=np.zeros((2, 3, 3), dtype=bool))
    with pytest.raises(ModelError, match="not defined there"):
        solve_unknown(small(), found, concepts=[Concept.SIM])
    with pytest.raises(ModelError, match="not defined there"):
        solve_strength(small(), found, concepts=[Concept.NASH])
    with pytest.raises(ModelError, match="a comparison is unknown"):
        solve_strength(small(), Relations(found.states, blank, cycle, blank))


def test_a_model_without_switches_has_one_state_that_everybody_keeps() -> None:
    found = solve(StabilityModel(2, (), (), np.zeros((2, 1), dtype=np.int32)))
    assert all(codes.tolist() == [0] for codes in found.equilibria.values())


def test_one_player_without_others_keeps_only_its_best() -> None:
    found = solve(StabilityModel(1, (0, 0), (BOTH, BOTH), np.array([[0, 2, 1, 2]], dtype=np.int32)))
    assert all(codes.tolist() == [1, 3] for codes in found.equilibria.values())

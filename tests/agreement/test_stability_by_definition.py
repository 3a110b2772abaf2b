"""The engine against the definitions written out: both paths, all replies, coalitions, bans."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.engines.stability import Concept, Players, Reply, StabilityModel, single_parties, solve
from detente.engines.stability.general import solve_general
from tests.agreement.graph_model_by_definition import ByDefinition
from tests.laws.graph_models import graph_models, partitions


def assert_agree(model: StabilityModel, players: Players, reply: Reply) -> None:
    found = solve(model, players=players, reply=reply)
    slow = ByDefinition(model, found.players, reply)
    for concept in Concept:
        expected = np.zeros((len(players), model.states), dtype=bool)
        for player in range(len(players)):
            for s in slow.occurring:
                expected[player, s] = slow.stable(concept, player, s)
        assert found.stability[concept].tolist() == expected.tolist(), concept
        assert found.equilibria[concept].tolist() == np.flatnonzero(expected.all(axis=0)).tolist()


@given(graph_models(), st.sampled_from(Reply))
def test_each_party_for_itself(model: StabilityModel, reply: Reply) -> None:
    assert_agree(model, single_parties(model), reply)


@given(graph_models(fewest_parties=2), st.sampled_from(Reply), st.data())
def test_coalitions_as_players(model: StabilityModel, reply: Reply, data: st.DataObject) -> None:
    assert_agree(model, data.draw(partitions(model.parties)), reply)


@given(graph_models(reversible=True, most_switches=6))
def test_all_states_and_all_ways_back(model: StabilityModel) -> None:
    assert model.reversible
    assert_agree(model, single_parties(model), Reply.LEGAL)


@given(graph_models(reversible=True, most_switches=8))
def test_the_fast_path_equals_the_general_one(model: StabilityModel) -> None:
    general = solve_general(model, tuple(Concept), Reply.LEGAL, single_parties(model))
    fast = solve(model).stability
    for concept in Concept:
        assert fast[concept].tolist() == general[concept].tolist()

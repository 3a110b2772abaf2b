"""Parties and coalitions that judge by games of their own, against the definitions written out."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.errors import ModelError
from detente.engines.stability import (
    Concept,
    Direction,
    Reply,
    StabilityModel,
    robustness,
    single_parties,
    solve,
    solve_by_views,
    solve_coalitions,
)
from tests.agreement.graph_model_by_definition import ByDefinition
from tests.laws.graph_models import graph_models, partitions


@st.composite
def seen_by_somebody(draw: st.DrawFn, model: StabilityModel) -> StabilityModel:
    """Draw a game as somebody sees it: some states less, some rankings turned round."""
    codes = np.flatnonzero(model.occurring()).tolist()
    seen = draw(st.sets(st.sampled_from(codes), min_size=1))
    turned = [-row if draw(st.booleans()) else row for row in model.ranks]
    feasible = np.isin(np.arange(model.states), list(seen))
    return replace(model, feasible=feasible, ranks=np.stack(turned).astype(np.int32))


@given(graph_models(most_switches=4), st.sampled_from(Reply), st.data())
def test_each_player_judges_by_its_own_game(model: StabilityModel, reply: Reply, data: st.DataObject) -> None:
    players = data.draw(partitions(model.parties))
    views = [data.draw(st.none() | seen_by_somebody(model)) for _ in players]
    found = solve_by_views(model, views, reply=reply, players=players)
    occurring = np.flatnonzero(model.occurring()).tolist()
    stays: dict[tuple[Concept, int, int], bool] = {}
    for at, view in enumerate(views):
        slow = ByDefinition(model if view is None else view, players, reply)
        for concept in Concept:
            for s in occurring:
                knows_of_a_way = s in slow.occurring and not slow.stable(concept, at, s)
                stays[concept, at, s] = not knows_of_a_way
                assert found.stability[concept][at, s] == stays[concept, at, s]
    for concept in Concept:
        lasting = [s for s in occurring if all(stays[concept, at, s] for at in range(len(players)))]
        assert found.equilibria[concept].tolist() == lasting


@given(graph_models(fewest_parties=2, most_parties=3, most_switches=4), st.sampled_from(Reply), st.data())
def test_each_coalition_judges_by_its_own_game(model: StabilityModel, reply: Reply, data: st.DataObject) -> None:
    coalitions = [c for size in range(model.parties) for c in combinations(range(model.parties), size + 1)]
    views = {c: data.draw(seen_by_somebody(model)) for c in coalitions if data.draw(st.booleans())}
    found = solve_coalitions(model, reply=reply, views=views)
    for row, coalition in enumerate(found.coalitions):
        rest = tuple((party,) for party in range(model.parties) if party not in coalition)
        slow = ByDefinition(views.get(coalition, model), (coalition, *rest), reply)
        for concept in Concept:
            expected = [
                bool(model.occurring()[s]) and (s not in slow.occurring or slow.stable(concept, 0, s))
                for s in range(model.states)
            ]
            assert found.stability[concept][row].tolist() == expected


@given(graph_models(most_switches=4), st.integers(0, 2**32), st.data())
def test_who_sees_the_whole_game_is_judged_by_it(model: StabilityModel, seed: int, data: st.DataObject) -> None:
    views = [model if data.draw(st.booleans()) else None for _ in range(model.parties)]
    plain, seen = solve(model), solve_by_views(model, views)
    one, other = robustness(model, seed=seed, draws=3), robustness(model, seed=seed, draws=3, views=views)
    for concept in Concept:
        assert plain.stability[concept].tolist() == seen.stability[concept].tolist()
    for concept, shares in one.shares.items():
        assert shares.tolist() == other.shares[concept].tolist()
        assert one.order[concept].tolist() == other.order[concept].tolist()


@given(graph_models(most_switches=4), st.data())
def test_without_errors_what_lasts_by_views_is_certain(model: StabilityModel, data: st.DataObject) -> None:
    views = [data.draw(st.none() | seen_by_somebody(model)) for _ in range(model.parties)]
    found = robustness(model, seed=1, draws=2, spread=0.0, views=views)
    for concept, codes in solve_by_views(model, views, concepts=list(found.shares)).equilibria.items():
        assert np.flatnonzero(found.shares[concept] == 1).tolist() == codes.tolist()
        assert set(found.shares[concept].tolist()) <= {0.0, 1.0}


def test_the_same_error_goes_into_a_ranking_and_into_what_others_take_it_to_be() -> None:
    # one switch of party 0. Party 1 takes it for a party that ranks as it does; two views that say the same in other
    # numbers are disturbed alike, so that in each draw the owner moves in both or in neither
    ranks = np.array([[0, 1], [0, 0]], dtype=np.int32)
    model = StabilityModel(2, (0,), (Direction.BOTH,), ranks)
    view = replace(model, ranks=np.array([[5, 70], [0, 0]], dtype=np.int32))
    one = robustness(model, seed=3, draws=50)
    other = robustness(model, seed=3, draws=50, views=[view, None])
    for concept, shares in one.shares.items():
        assert shares.tolist() == other.shares[concept].tolist()
    assert 0 < one.shares[Concept.NASH][1] < 1


def test_views_that_do_not_fit_are_refused() -> None:
    model = StabilityModel(2, (0,), (Direction.BOTH,), np.zeros((2, 2), dtype=np.int32))
    other = StabilityModel(2, (1,), (Direction.BOTH,), np.zeros((2, 2), dtype=np.int32))
    with pytest.raises(ModelError, match="views do not fit the game"):
        solve_by_views(model, [None])
    with pytest.raises(ModelError, match="of the same parties and switches"):
        solve_by_views(model, [other, None], players=single_parties(model))

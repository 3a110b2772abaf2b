"""Reasons under the further concepts say what the concepts say, and every move that they name is one."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.engines.stability import (
    Concept,
    RelatedReasons,
    StabilityModel,
    Variant,
    limited_move_stability,
    non_myopic_stability,
    outlooks,
    relations,
    solve_hybrid,
    solve_unknown,
)
from tests.agreement.test_hybrid_preferences_by_definition import Hybrid, comparisons
from tests.agreement.test_stability_answers_by_definition import play
from tests.laws.graph_models import graph_models

BEYOND = 100
"""Of eight states every repetition has begun by so many moves; the recursion itself is checked in the other module."""


@given(graph_models(fewest_parties=2, most_switches=3), st.sampled_from(Variant), st.booleans(), st.data())
def test_certificates_under_unknown_and_strong_comparisons_hold(
    model: StabilityModel, variant: Variant, strongly: bool, data: st.DataObject
) -> None:
    count = int(model.occurring().sum())
    unknown, strong = (data.draw(comparisons(model.parties, count)) for _ in range(2))
    preferences = relations(model, unknown=unknown, strong=strong)
    weak = solve_unknown(model, preferences)[variant]
    stable = solve_hybrid(model, preferences)[variant].strongly if strongly else weak
    reasons, slow = RelatedReasons(model, preferences), Hybrid(model, unknown, strong)
    leaves_for = {">", ">>", "U"} if variant.leaves_for_unknown else {">", ">>"}
    deters = {"<<"} if strongly else {"<", "<<", "="}
    deters = deters | {"U"} if variant.deterred_by_unknown else deters
    for concept, party, (s, column) in product(stable, range(model.parties), slow.place.items()):
        found = reasons.certify(state=s, party=party, concept=concept, variant=variant, strongly=strongly)
        assert found.stable == stable[concept][party, column]
        named = {one.improvement for one in found.deterred} | set(found.undeterred)
        assert named == {t for t in slow.slow.moves(party, s) if slow.word(party, s, t) in leaves_for}
        for one in found.deterred:
            here, last = one.improvement, party
            for step in one.replies:
                assert step.state in slow.slow.moves(step.player, here)
                if concept is Concept.SEQ:
                    assert slow.word(step.player, here, step.state) in {">", ">>", "U"}
                assert step.player not in (party, last)
                here, last = step.state, step.player
            assert here == one.sanction
            assert set(one.escapes) == (slow.slow.moves(party, here) if concept is Concept.SMR else set())
            assert all(slow.word(party, s, end) in deters for end in {here, *one.escapes})


@given(graph_models(fewest_parties=2, most_parties=3, most_switches=3), st.data())
def test_no_reply_with_fewer_moves_would_deter(model: StabilityModel, data: st.DataObject) -> None:
    count = int(model.occurring().sum())
    unknown = data.draw(comparisons(model.parties, count))
    reasons, slow = RelatedReasons(model, relations(model, unknown=unknown)), Hybrid(model, unknown, unknown)
    for party, s in product(range(model.parties), slow.place):
        found = reasons.certify(state=s, party=party, concept=Concept.GMR)
        for one in found.deterred:
            ends = {(party, one.improvement)}
            for _ in one.replies[:-1]:
                others = [k for k in range(model.parties) if k != party]
                ends = {(k, t) for last, here in ends for k in others if k != last for t in slow.slow.moves(k, here)}
                assert not any(slow.word(party, s, t) in {"<", "<<", "="} for _, t in ends)


@given(graph_models(fewest_parties=2, most_parties=2, most_switches=3, strict=True), st.integers(1, 5))
def test_an_outlook_says_where_play_leads(model: StabilityModel, moves: int) -> None:
    end = play(model)
    occurring = np.flatnonzero(model.occurring()).tolist()
    stable = limited_move_stability(model, moves=moves)
    for one in outlooks(model, states=occurring, moves=moves):
        ranks = model.ranks[one.party]
        assert one.moves == moves
        assert (one.leaves is None) == stable[one.party, one.state]
        if one.leaves is not None:
            first, last = one.leaves
            assert last == end(moves, one.party, one.state) == end(moves - 1, 1 - one.party, first)
        for first, ends in one.improvements:
            assert ranks[first] > ranks[one.state]
            assert ends == (end(moves - 1, 1 - one.party, first),)
            assert ranks[ends[0]] <= ranks[one.state]


@given(graph_models(fewest_parties=2, most_parties=2, most_switches=3, strict=True))
def test_an_outlook_without_a_horizon_says_what_non_myopic_stability_says(model: StabilityModel) -> None:
    end = play(model)
    occurring = np.flatnonzero(model.occurring()).tolist()
    for h in range(BEYOND + 60):  # from the shortest up, so that the recursion is never deep
        for i, s in product(range(2), occurring):
            end(h, i, s)
    stable = non_myopic_stability(model)
    for one in outlooks(model, states=occurring):
        assert (one.leaves is None) == stable[one.party, one.state]
        if one.leaves is not None:
            assert one.leaves[1] == end(one.moves, one.party, one.state) != one.state
        for first, ends in one.improvements:
            assert set(ends) == {end(h, 1 - one.party, first) for h in range(BEYOND, BEYOND + 60)}

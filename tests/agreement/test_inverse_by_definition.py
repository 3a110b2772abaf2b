"""Counts and fewest changes equal those found by going through every ranking, by the definitions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.engines.stability import (
    Concept,
    Reply,
    StabilityModel,
    count_rankings,
    demands,
    fewest_changes,
    fewest_edits,
    fewest_for_equilibrium,
    share_of_profiles,
    single_parties,
)
from tests.agreement.graph_model_by_definition import ByDefinition
from tests.laws.graph_models import graph_models


@st.composite
def few_states(draw: st.DrawFn, *, most_states: int, **sizes: Any) -> tuple[StabilityModel, int]:
    """Draw a model in which few states can occur, and one of them."""
    model = draw(graph_models(**sizes))
    codes = np.flatnonzero(model.occurring()).tolist()
    kept = draw(st.sets(st.sampled_from(codes), min_size=1, max_size=most_states))
    feasible = np.zeros(model.states, dtype=np.bool_)
    feasible[sorted(kept)] = True
    return replace(model, feasible=feasible), draw(st.sampled_from(sorted(kept)))


def ranked(model: StabilityModel, party: int, values: Sequence[int]) -> StabilityModel:
    """Return the model with new ranks of a party at the states that can occur."""
    ranks = model.ranks.copy()
    ranks[party, np.flatnonzero(model.occurring())] = values
    return replace(model, ranks=ranks)


def stable(model: StabilityModel, concept: Concept, party: int, state: int, reply: Reply = Reply.LEGAL) -> bool:
    return ByDefinition(model, single_parties(model), reply).stable(concept, party, state)


def weak_orders(n: int) -> Iterator[tuple[int, ...]]:
    """Yield every ranking of n states, ties allowed."""
    return (v for v in product(range(n), repeat=n) if set(v) == set(range(max(v) + 1)))


def compared_differently(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(
        np.sign(int(one[a]) - int(one[b])) != np.sign(int(other[a]) - int(other[b]))
        for a, b in combinations(range(len(one)), 2)
    )


@given(few_states(most_states=5, most_switches=4), st.sampled_from(Concept), st.sampled_from(Reply), st.data())
@settings(max_examples=120)
def test_a_count_of_rankings_is_that_of_going_through_them(
    drawn: tuple[StabilityModel, int], concept: Concept, reply: Reply, data: st.DataObject
) -> None:
    model, state = drawn
    party = data.draw(st.integers(0, model.parties - 1))
    n = int(model.occurring().sum())
    found = count_rankings(model, state=state, party=party, concept=concept, reply=reply)
    rankings = list(permutations(range(n)))
    listed = sum(stable(ranked(model, party, row), concept, party, state, reply) for row in rankings)
    assert (found.count, found.rankings) == (listed, len(rankings))


@given(few_states(most_states=5, most_switches=4, strict=True), st.sampled_from(Concept), st.integers(0, 5), st.data())
@settings(max_examples=80)
def test_a_count_in_a_window_is_that_of_going_through_it(
    drawn: tuple[StabilityModel, int], concept: Concept, high: int, data: st.DataObject
) -> None:
    model, state = drawn
    party = data.draw(st.integers(0, model.parties - 1))
    codes = np.flatnonzero(model.occurring())
    order = codes[np.argsort(-model.ranks[party, codes])].tolist()
    high = min(high, len(order))
    low = data.draw(st.integers(0, high))
    listed = 0
    for varied in permutations(order[low:high]):
        best_first = [*order[:low], *varied, *order[high:]]
        row = [-best_first.index(code) for code in codes.tolist()]
        listed += stable(ranked(model, party, row), concept, party, state)
    found = count_rankings(model, state=state, party=party, concept=concept, window=(low, high))
    assert found.count == listed


@given(few_states(most_states=4, most_switches=4), st.sampled_from(Concept), st.sampled_from(Reply), st.data())
@settings(max_examples=120)
def test_the_fewest_turns_are_those_of_the_nearest_of_all_rankings(
    drawn: tuple[StabilityModel, int], concept: Concept, reply: Reply, data: st.DataObject
) -> None:
    model, state = drawn
    party = data.draw(st.integers(0, model.parties - 1))
    codes = np.flatnonzero(model.occurring())
    now = model.ranks[party, codes]
    found = fewest_changes(model, state=state, party=party, concept=concept, reply=reply)
    after = found.ranks[codes]
    assert stable(ranked(model, party, after), concept, party, state, reply)
    assert compared_differently(now, after) == len(found.turns)
    for turn in found.turns:
        gap = model.ranks[party, turn.up] - model.ranks[party, turn.down]
        assert found.ranks[turn.up] > found.ranks[turn.down]
        assert gap == 0 if turn.level else gap < 0
    nearest = min(
        compared_differently(now, row)
        for row in weak_orders(len(codes))
        if stable(ranked(model, party, row), concept, party, state, reply)
    )
    assert len(found.turns) == nearest


@given(
    few_states(most_states=4, fewest_parties=2, most_parties=2, most_switches=3, strict=True),
    st.sampled_from(Concept),
)
@settings(max_examples=25)
def test_profiles_are_counted_and_searched_as_by_going_through_them(
    drawn: tuple[StabilityModel, int], concept: Concept
) -> None:
    model, state = drawn
    codes = np.flatnonzero(model.occurring())
    rankings = list(permutations(range(len(codes))))
    favourable, nearest = 0, []
    for first, second in product(rankings, repeat=2):
        other = ranked(ranked(model, 0, first), 1, second)
        if all(stable(other, concept, party, state) for party in (0, 1)):
            favourable += 1
            nearest.append(
                compared_differently(model.ranks[0, codes], first) + compared_differently(model.ranks[1, codes], second)
            )
    share = share_of_profiles(model, state=state, concept=concept)
    assert share == Fraction(favourable, len(rankings) ** 2)
    found = fewest_for_equilibrium(model, state=state, concept=concept)
    assert found.at_least == found.at_most == min(nearest) == sum(map(len, found.turns))


@given(
    few_states(most_states=6, fewest_parties=2, most_parties=2, most_switches=3),
    st.sampled_from(Concept),
    st.lists(st.integers(0, 255), max_size=3),
)
@settings(max_examples=60)
def test_the_fewest_edits_are_those_of_every_list_of_conditions(
    drawn: tuple[StabilityModel, int], concept: Concept, masks: list[int]
) -> None:
    model, state = drawn
    held = [np.array([mask >> code % 8 & 1 for code in range(model.states)], dtype=np.bool_) for mask in masks]

    def stays(order: Sequence[int]) -> bool:
        row = [tuple(bool(held[place][code]) for place in order) for code in np.flatnonzero(model.occurring())]
        places = {key: place for place, key in enumerate(sorted(set(row)))}
        return stable(ranked(model, 0, [places[key] for key in row]), concept, 0, state)

    def edits(order: Sequence[int]) -> int:
        """Return what is taken out, and what is not in the longest part that keeps its order."""
        rising = max(
            size for size in range(len(order) + 1) for part in combinations(order, size) if list(part) == sorted(part)
        )
        return len(masks) - rising

    every = [order for size in range(len(masks) + 1) for order in permutations(range(len(masks)), size)]
    fewest = min(edits(order) for order in every if stays(order))
    found = fewest_edits(held, state=state, asked=demands(model, state=state, party=0, concept=concept))
    assert found.fewest == fewest
    assert found.orders == tuple(sorted(order for order in every if edits(order) == fewest and stays(order)))

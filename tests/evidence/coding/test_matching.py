"""Which codings match which: one to one, as many as possible, whatever their order."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.evidence.coding.matching import Score, either_act, interval, matched, same_act, same_span, score
from detente.evidence.statement import Act


@dataclass(frozen=True)
class One:
    start: int
    end: int
    act: Act = Act.REJECT
    second_act: Act | None = None


@pytest.mark.parametrize(
    ("found", "true", "same"),
    [
        (One(0, 10), One(5, 60), True),  # half of the shorter one
        (One(0, 10), One(6, 60), False),
        (One(0, 10), One(10, 20), False),
        (One(3, 4), One(0, 100), True),
        (One(5, 5), One(0, 10), False),  # no characters at all
    ],
)
def test_spans_match_by_half_of_the_shorter(found: One, true: One, same: bool) -> None:
    assert same_span(found, true) is same
    assert same_span(true, found) is same


def test_the_second_choice_of_the_truth_counts_and_that_of_the_finder_only_in_either() -> None:
    true = One(0, 10, Act.DEMAND, Act.PROPOSE)
    assert same_act(One(0, 10, Act.PROPOSE), true)
    assert not same_act(One(0, 10, Act.REJECT, Act.DEMAND), true)
    assert either_act(One(0, 10, Act.REJECT, Act.DEMAND), true)
    assert not either_act(One(0, 10, Act.REJECT, Act.ACCEPT), true)


def test_one_long_coding_matches_one_short_one_only() -> None:
    assert score([One(0, 100)], [One(0, 20), One(30, 50), One(60, 80)]) == Score(1, 3, 1)


def test_a_greedy_choice_does_not_lose_a_match() -> None:
    # the first found can take either, the second only the first true one: both are matched
    found, true = [One(0, 40), One(0, 10)], [One(0, 20), One(20, 40)]
    assert sorted(matched(found, true)) == [(0, 1), (1, 0)]


def test_the_f1_is_twice_the_matches_over_both() -> None:
    both = Score(4, 6, 3)
    assert (both.precision, both.recall, both.f1) == (0.75, 0.5, 0.6)
    assert Score(0, 0, 0).f1 == 0
    assert Score(1, 2, 1) + Score(3, 4, 2) == both


spans = st.builds(
    lambda start, length, act: One(start, start + length, act),
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from([Act.REJECT, Act.ACCEPT]),
)


@given(st.lists(spans, max_size=5), st.lists(spans, max_size=5))
def test_as_many_are_matched_as_any_assignment_could(found: list[One], true: list[One]) -> None:
    short, long, turn = (found, true, False) if len(found) <= len(true) else (true, found, True)
    most = max(
        sum(same_act(long[j], short[i]) if turn else same_act(short[i], long[j]) for i, j in enumerate(chosen))
        for chosen in itertools.permutations(range(len(long)), len(short))
    )
    assert len(matched(found, true)) == most == len(matched(found[::-1], true[::-1]))


def test_the_interval_holds_the_score_and_repeats_with_its_seed() -> None:
    scores = [Score(5, 5, hits) for hits in (1, 2, 3, 4, 5)] * 4
    low, high = interval(scores, seed=1)
    assert low < sum(scores, Score(0, 0, 0)).f1 < high
    assert interval(scores, seed=1) == (low, high)

"""Laws of what bears on a ladder: accidents, races, measures, dates, answers."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.engines.ladder import (
    Threat,
    ThreatEnd,
    Waiting,
    answer_sizes,
    credible,
    least_terms,
    needed_belief,
    one_rung_down,
    out_of_control,
    patience_share,
    threat_end,
    waiting_value,
    within,
    yields_first,
)

share = st.floats(0, 1)
positive = st.floats(0.01, 10)
ROUNDING = 1e-9  # a few operations on numbers of the size of one


@given(share, share, st.integers(0, 60), st.integers(0, 60))
def test_more_months_and_a_graver_chance_never_make_an_accident_rarer(a: float, b: float, n: int, m: int) -> None:
    low, high = sorted((a, b))
    assert within(low, n) <= within(high, n) + ROUNDING
    assert within(a, min(n, m)) <= within(a, max(n, m)) + ROUNDING
    assert 1 - within(a, n + m) == pytest.approx((1 - within(a, n)) * (1 - within(a, m)), abs=ROUNDING)


@given(share, share)
def test_the_factor_of_one_rung_down_makes_the_upper_as_rare_as_the_lower(lower: float, upper: float) -> None:
    factor = one_rung_down(lower, upper)
    assert 0 <= factor <= 1
    assert factor * upper == pytest.approx(min(lower, upper), abs=ROUNDING)


@given(positive, positive, positive, positive)
def test_a_race_does_not_know_who_is_first_and_its_ends_are_all(v: float, w: float, d: float, e: float) -> None:
    gain, loss = np.array([v, w]), np.array([d, e])
    lost = float(out_of_control(gain, loss))
    assert lost == pytest.approx(float(out_of_control(gain[::-1], loss[::-1])))
    assert yields_first(gain, loss) == pytest.approx(yields_first(gain[::-1], loss[::-1])[::-1])
    assert lost + float(yields_first(gain, loss).sum()) == pytest.approx(1)
    assert float(out_of_control(gain, loss * 2)) <= lost


@given(share, share, share, share, share, share)
def test_more_to_lose_never_makes_a_sender_less_credible_or_a_target_bolder(
    gain: float, cost: float, sender_cost: float, word: float, benefit: float, more: float
) -> None:
    one = Threat(gain, cost, sender_cost, word, benefit)
    if credible(one):
        assert credible(dataclasses.replace(one, word=word + more))
    if threat_end(one) is ThreatEnd.COMPLIES:
        assert threat_end(dataclasses.replace(one, cost=cost + more)) is ThreatEnd.COMPLIES
    assert needed_belief(gain, cost + more) <= needed_belief(gain, cost)


@given(st.lists(share, min_size=6, max_size=6), share)
def test_a_dearer_year_never_makes_waiting_worth_more_and_a_likelier_gain_never_less(
    numbers: list[float], more: float
) -> None:
    x, r, change, chance, cost, rate = (np.array([number]) for number in numbers)
    one = Waiting(x, r, change, chance, cost, rate, 1.5)
    dearer = dataclasses.replace(one, cost=cost + more)
    likelier = dataclasses.replace(one, chance=np.minimum(chance + more, 1.0))
    assert waiting_value(dearer)[0] <= waiting_value(one)[0] + ROUNDING
    assert waiting_value(likelier)[0] >= waiting_value(one)[0] - ROUNDING
    assert least_terms(dearer)[0] <= least_terms(one)[0] + ROUNDING
    taken = least_terms(one) + 1e-6
    assert taken[0] >= waiting_value(dataclasses.replace(one, terms=taken))[0] - ROUNDING


@given(st.floats(0, 5), st.floats(0, 5))
def test_two_shares_of_patience_are_the_whole(rate: float, other: float) -> None:
    assert patience_share(rate, other) + patience_share(other, rate) == pytest.approx(1)


@given(st.integers(0, 10**6))
def test_the_order_of_acts_and_a_moved_calendar_change_no_answer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    days, answer_days = rng.integers(0, 200, 30), rng.integers(0, 200, 40)
    sizes, answers = rng.integers(1, 101, 30) / 10, rng.integers(1, 101, 40) / 10
    found = answer_sizes(days, sizes, answer_days, answers, 200, 14)
    one, two = rng.permutation(30), rng.permutation(40)
    mixed = answer_sizes(days[one] + 1000, sizes[one], answer_days[two] + 1000, answers[two], 1200, 14)
    assert mixed == found

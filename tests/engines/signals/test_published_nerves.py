"""Fearon (1994), the published equilibrium: Proposition 2 (p. 584) and what it says of the two sides (pp. 585-586).

The formulas are written out here from the statement of the proposition, with H and L as there: L is the side whose
equation gives the horizon, H the other one.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.engines.signals import Mixture, Nerve, Uniform, nerves
from tests.laws.test_signals_laws import laws, rates

NEAR = 1e-9


def root(own: float, other: float, prize: float, width: float) -> float:
    """Return the time at which u_i(t) = F_j(-a_j t) v - (1 - F_j(-a_j t)) a_i t is 0, for even beliefs on [-W_j, 0]."""
    return (-other * prize + math.sqrt((other * prize) ** 2 + 4 * own * other * prize * width)) / (2 * own * other)


@given(rates, rates, rates, rates, rates)
def test_the_horizon_is_the_smaller_root_for_even_beliefs(
    a1: float, a2: float, prize: float, w1: float, w2: float
) -> None:
    found = nerves(Nerve(prize, a1, Uniform(-w1, 0.0)), Nerve(prize, a2, Uniform(-w2, 0.0)))
    times = root(a1, a2, prize, w2), root(a2, a1, prize, w1)
    assert found.horizon == pytest.approx(min(times), rel=1e-8)
    assert found.exhausts[::-1] == pytest.approx(times, rel=1e-8)  # when all of the other side's quitters are gone


@given(rates, rates, rates, st.floats(0.5, 5.0), st.floats(0.5, 5.0))
def test_the_distributions_of_quitting_are_those_of_the_proposition(
    a1: float, a2: float, prize: float, w1: float, w2: float
) -> None:
    sides = (Nerve(prize, a1, Uniform(-w1, 0.0)), Nerve(prize, a2, Uniform(-w2, 0.0)))
    found = nerves(*sides)
    # H is the side whose own root comes later: L is the one that may quit at once
    low = 1 if root(a2, a1, prize, w1) <= root(a1, a2, prize, w2) else 0
    high = 1 - low
    end, a_high, a_low = found.horizon, sides[high].audience_rate, sides[low].audience_rate
    quits = sides[low].war.below(-a_low * end)
    surplus = quits * prize - (1 - quits) * a_high * end  # u_H(t*), what H gains by L's quitting at once
    assert surplus >= -1e-7
    assert found.gives_way_at_once[low] == pytest.approx(surplus / prize, abs=1e-7)
    assert found.gives_way_at_once[high] == pytest.approx(0.0, abs=1e-7)
    for time in np.linspace(0.0, end, 7):
        assert 1 - found.survival(high, time) == pytest.approx(a_low * time / (prize + a_low * time), abs=1e-7)
        assert 1 - found.survival(low, time) == pytest.approx(
            (surplus + a_high * time) / (prize + a_high * time), abs=1e-7
        )
    # those left at the horizon are exactly the types that would rather fight than give way there
    for side in (0, 1):
        assert found.gives_way[side] == pytest.approx(sides[side].war.below(-sides[side].audience_rate * end), abs=1e-7)


@given(rates, rates, rates, laws(-3.0, 0.0), laws(-3.0, 0.0))
def test_once_a_crisis_has_begun_only_audience_costs_decide_who_is_likelier_to_give_way(
    a1: float, a2: float, prize: float, war1: Mixture, war2: Mixture
) -> None:
    """Whatever each is believed to be willing to do: power and interests have no direct effect (p. 586)."""
    found = nerves(Nerve(prize, a1, war1), Nerve(prize, a2, war2))
    first, second = found.gives_way_once_begun
    assert (first - second) * (a1 - a2) <= NEAR
    assume(found.horizon > 1e-6)
    cross = a1 * a2 * found.horizon
    assert first / second == pytest.approx((a2 * prize + cross) / (a1 * prize + cross), rel=1e-6)


@given(rates, rates, laws(-3.0, 0.0), laws(-3.0, 0.0))
def test_with_equal_audience_costs_each_is_as_likely_to_give_way_once_it_has_begun(
    rate: float, prize: float, war1: Mixture, war2: Mixture
) -> None:
    found = nerves(Nerve(prize, rate, war1), Nerve(prize, rate, war2))
    assert found.gives_way_once_begun[0] == pytest.approx(found.gives_way_once_begun[1], abs=NEAR)


@given(rates, rates, rates, st.floats(0.5, 3.0), st.floats(0.5, 3.0), st.floats(0.1, 3.0))
def test_whoever_looks_less_willing_to_fight_gives_way_at_once_more_often(
    a1: float, a2: float, prize: float, w1: float, w2: float, more: float
) -> None:
    """What is seen beforehand works before the crisis: a side that looks weaker concedes more often at the start."""
    one = nerves(Nerve(prize, a1, Uniform(-w1, 0.0)), Nerve(prize, a2, Uniform(-w2, 0.0)))
    two = nerves(Nerve(prize, a1, Uniform(-w1 - more, 0.0)), Nerve(prize, a2, Uniform(-w2, 0.0)))
    assert two.gives_way_at_once[0] >= one.gives_way_at_once[0] - 1e-7
    assert two.gives_way_at_once[1] <= one.gives_way_at_once[1] + 1e-7


@given(rates, rates, rates, laws(-3.0, 0.0), laws(-3.0, 0.0), st.floats(1.1, 5.0))
def test_raising_both_audience_costs_alike_brings_the_horizon_nearer_and_leaves_the_risk(
    a1: float, a2: float, prize: float, war1: Mixture, war2: Mixture, factor: float
) -> None:
    found = nerves(Nerve(prize, a1, war1), Nerve(prize, a2, war2))
    faster = nerves(Nerve(prize, a1 * factor, war1), Nerve(prize, a2 * factor, war2))
    assert faster.horizon <= found.horizon + NEAR
    assert faster.fights_once_begun == pytest.approx(found.fights_once_begun, abs=1e-6)


def test_what_holds_once_it_has_begun_follows_by_the_rule_of_bayes() -> None:
    """From the shares at once and in all."""
    found = nerves(Nerve(1.0, 1.0, Uniform(-4.0, 0.0)), Nerve(1.0, 2.0, Uniform(-4.0, 0.0)))
    for side in (0, 1):
        at_once, in_all = found.gives_way_at_once[side], found.gives_way[side]
        assert found.gives_way_once_begun[side] == pytest.approx((in_all - at_once) / (1 - at_once))
    begun = math.prod(1 - one for one in found.gives_way_at_once)
    assert found.fights_once_begun == pytest.approx(found.fights / begun)

"""The crisis engine against the reference values of the theory of war, computed a second way."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from detente.case.load import load_case
from detente.compile.crisis import judged
from detente.compile.crisis_packages import compile_war_packages, exact_war_values
from detente.engines.settlement import Completion
from detente.engines.settlement.counting import count_zone
from detente.registry.crisis_packages import packages_entry

# Reference records mini.base and mini.firststrike: utilities, values of fighting 40 and 30 on a stake of 90 each, the
# zone by the advantage f of striking first, and the largest f that leaves a package.
A = [[30, 18, 0], [15, 12, 2], [0, 4, 5], [25, 14, 0]]
B = [[0, 22, 40], [0, 12, 20], [0, 8, 10], [0, 12, 20]]
ZONE = {Fraction(0): 29, Fraction(1, 20): 14, Fraction(1, 10): 9, Fraction(3, 20): 1, Fraction(1, 5): 0}
CRITICAL = 0.155555555556


@pytest.mark.parametrize("advantage", ZONE, ids=str)
def test_packages_that_both_prefer_to_fighting_are_those_counted_by_hand(advantage: Fraction) -> None:
    case = load_case("two-rivals")
    assert case.crisis is not None
    (war,) = case.crisis.confrontations
    values = exact_war_values(war)
    compiled = compile_war_packages(case, war, values)
    assert not isinstance(compiled, str)
    model = compiled.at((values[0] + advantage, values[1] + advantage))
    assert count_zone(model, rules=(), completion=Completion.WORST).low == ZONE[advantage]
    listed = [
        1
        for chosen in product(range(3), repeat=4)
        if sum(A[i][k] for i, k in enumerate(chosen)) >= 40 + 90 * advantage
        and sum(B[i][k] for i, k in enumerate(chosen)) >= 30 + 90 * advantage
    ]
    assert len(listed) == ZONE[advantage]


def test_the_largest_first_strike_that_leaves_a_package_is_the_reference_one() -> None:
    case = load_case("two-rivals")
    assert case.crisis is not None
    (war,) = case.crisis.confrontations
    found = packages_entry(case, war, judged(war))
    assert found["fighting_is_worth"] == {"A": pytest.approx(40), "B": pytest.approx(30)}
    assert found["certain"]["critical_first_strike"] == pytest.approx(CRITICAL, abs=1e-9)

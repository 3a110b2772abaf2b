"""Counts of rankings equal those of an independent reference that lists every combination of rankings."""

from fractions import Fraction
from math import factorial, prod

import pytest

from detente.engines.stability.profiles import share_of_profiles
from tests.agreement.test_stability_oracles import NAMES, named_model, oracle

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("name", ["cuban", "elmira", "prisoners", "syria_iraq"])
def test_counts_equal_the_reference(name: str) -> None:
    data = oracle(name)
    codes = [state["code"] for state in data["feasible_states"]]
    model = named_model(data)
    windows = [tuple(window) for window in data["inverse"]["vary"]]
    compared = 0
    for number, entry in data["inverse"]["states"].items():
        rankings = prod(factorial(high - low) for low, high in windows)
        assert rankings == entry["rankings"]
        for concept, count in entry["reference_count"].items():
            share = share_of_profiles(model, state=codes[int(number) - 1], concept=NAMES[concept], windows=windows)
            assert share == Fraction(count, rankings), (number, concept)
            compared += 1
    assert compared == 4 * len(data["inverse"]["states"]) >= 16

"""One offer under a private cost: the reference values of Fearon (1995) and Powell (1999), corners by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.core.errors import ModelError
from detente.engines.crisis.cost_beliefs import (
    CostBelief,
    Exponential,
    Pert,
    TruncatedNormal,
    Uniform,
    Weighted,
    two_types,
)
from detente.engines.crisis.offers import OneShot, best_offer, find_offer_turns
from detente.engines.crisis.package_offers import best_package, refusal_chances
from tests.engines.crisis.offer_records import RECORDS, records

EVEN = 0.5  # the chance of prevailing: any that leaves the demand inside the stake
DIGITS = 1e-9


def belief_of(given: dict[str, Any]) -> CostBelief:
    if "a" in given:
        return Uniform(given["a"], given["b"])
    if "lam" in given:
        return Exponential(given["lam"])
    if "mu" in given:
        return TruncatedNormal(given["mu"], given["sd"], given["lo"], given["hi"])
    return two_types(given["cL"], given["cH"], given["pi_soft"])


@pytest.mark.parametrize("record", records("ror"))
def test_the_offer_is_that_of_the_risk_return_trade_off(record: dict[str, Any]) -> None:
    given, expected, tol = record["inputs"], record["expected"], max(record["tol"], DIGITS)
    found = best_offer(OneShot(EVEN, EVEN, given["cA"], belief_of(given)))
    assert found is not None
    assert found.refusal == pytest.approx(expected["p_war"], abs=tol)
    if "y_star" in expected:
        assert found.demand == pytest.approx(expected["y_star"], abs=tol)
    if "gain_over_p" in expected:  # beyond the chance of prevailing; ours is beyond fighting, which costs c_A more
        assert found.gain - given["cA"] == pytest.approx(expected["gain_over_p"], abs=tol)
    if "risky" in expected:
        assert (found.demand == pytest.approx(given["cH"])) == expected["risky"]


def test_two_types_turn_at_the_published_chance() -> None:
    """The higher demand is made iff the chance of the costly type exceeds (c_L + c_A) / (c_H + c_A)."""
    threshold = RECORDS["ror.twotype.pi0.3"]["expected"]["threshold"]
    for chance, demand in ((threshold - 1e-6, 0.05), (threshold + 1e-6, 0.35)):
        found = best_offer(OneShot(EVEN, EVEN, 0.1, two_types(0.05, 0.35, chance)))
        assert found is not None
        assert found.demand == pytest.approx(demand)


def test_a_proposer_cannot_ask_for_more_than_everything() -> None:
    """Against a side that hardly prevails (q = .1), costs uniform on [.2, .6] leave nothing worth fighting for."""
    found = best_offer(OneShot(0.9, 0.1, 0.05, Uniform(0.2, 0.6)))
    assert found is not None
    assert (found.kept, found.refusal) == (1.0, 0.0)


def test_a_proposer_for_whom_fighting_is_worth_less_than_nothing_makes_an_offer_all_the_same() -> None:
    """p = .1 and c_A = .3: y* = (b - c_A) / 2 = .1 of U[0, .5] is above 0, whatever the sign of p - c_A."""
    found = best_offer(OneShot(0.1, 0.9, 0.3, Uniform(0.0, 0.5)))
    assert found is not None
    assert found.demand == pytest.approx(0.1, abs=DIGITS)
    assert found.kept == pytest.approx(0.2, abs=DIGITS)


def test_no_offer_is_better_than_fighting_where_optimism_exceeds_both_costs() -> None:
    """p + q - 1 = .6 against c_A = .1 and at most .4: every acceptable share is worth less than fighting."""
    assert best_offer(OneShot(0.8, 0.8, 0.1, Uniform(0.0, 0.4))) is None


def test_what_knowing_is_worth_is_the_mean_cost_less_what_the_offer_gains() -> None:
    """Inside the stake a proposer that knows c asks for c and gains c + c_A: .2 + .1 on average of U[0, .4]."""
    found = best_offer(OneShot(EVEN, EVEN, 0.1, Uniform(0.0, 0.4)))
    assert found is not None
    assert found.gain_known == pytest.approx(0.3, abs=1e-9)
    assert found.knowing == pytest.approx(0.3 - 0.15625, abs=1e-9)


def test_a_proposer_that_shuns_risk_asks_for_less() -> None:
    """u = x^a for the proposer: refused in .375 of U[0, .4] for a = 1, less often below, more often above."""
    neutral = best_offer(OneShot(EVEN, EVEN, 0.1, Uniform(0.0, 0.4)))
    averse = best_offer(OneShot(EVEN, EVEN, 0.1, Uniform(0.0, 0.4), (0.5, 1.0)))
    seeking = best_offer(OneShot(EVEN, EVEN, 0.1, Uniform(0.0, 0.4), (2.0, 1.0)))
    assert neutral is not None
    assert averse is not None
    assert seeking is not None
    assert neutral.refusal == pytest.approx(0.375, abs=DIGITS)
    assert averse.refusal < neutral.refusal < seeking.refusal


def test_turns_leave_a_refusal_of_one_in_twenty() -> None:
    """U[0, .4]: (b - c_A) / 2 / b = .05 at c_A = .36; the other numbers enter by c_A - (p + q - 1)."""
    turns = {(one.number, one.kind): one.value for one in find_offer_turns(OneShot(EVEN, EVEN, 0.1, Uniform(0.0, 0.4)))}
    assert turns["own_cost", "seldom-refused"] == pytest.approx(0.36, abs=1e-6)
    assert turns["own_chance", "seldom-refused"] == pytest.approx(EVEN - 0.26, abs=1e-6)
    assert turns["own_cost", "no-offer"] is None
    assert turns["own_chance", "no-offer"] == pytest.approx(1.0)


def test_the_package_offered_is_that_of_the_small_case() -> None:
    """Stakes of 90, fighting worth 40 to A; B's cost uniform on 0 to 30 of its 90 points."""
    expected = RECORDS["mini.ultimatum"]["expected"]
    points = np.array([row["u"] for row in expected["table"]], dtype=np.float64)
    belief = Uniform(0.0, 30 / 90)
    refused = refusal_chances(points[:, 1] / 90, 0.5, belief)
    assert refused == pytest.approx([row["p_reject"] for row in expected["table"]], abs=1e-9)
    found = best_package(points[:, 0] / 90, points[:, 1] / 90, 40 / 90, 0.5, belief)
    assert found is not None
    assert points[found.row].tolist() == expected["offer"]
    assert found.refusal == pytest.approx(expected["p_war"], abs=1e-9)
    assert 40 + 90 * found.gain == pytest.approx(expected["eu_A"], abs=1e-9)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Uniform(0.4, 0.2),
        lambda: Uniform(-0.1, 0.2),
        lambda: Uniform(0.1, float("inf")),
        lambda: Pert(0.1, 0.5, 0.4),
        lambda: Exponential(0.0),
        lambda: TruncatedNormal(0.2, 0.0, 0.0, 1.0),
        lambda: TruncatedNormal(50.0, 0.1, 0.0, 1.0),
        lambda: Weighted(()),
        lambda: Weighted((0.1, -0.2)),
        lambda: Weighted((0.1, 0.2), (1.0,)),
        lambda: Weighted((0.1, 0.2), (0.0, 0.0)),
        lambda: two_types(0.1, 0.2, 1.5),
        lambda: OneShot(1.2, 0.5, 0.1, Uniform(0.0, 0.4)),
        lambda: OneShot(0.5, 0.5, float("nan"), Uniform(0.0, 0.4)),
        lambda: OneShot(0.5, 0.5, 0.1, Uniform(0.0, 0.4), (1.0, 0.0)),
    ],
)
def test_numbers_out_of_range_are_refused_with_a_sentence(wrong: Any) -> None:
    with pytest.raises(ModelError, match=r"^crisis\.offers"):
        wrong()

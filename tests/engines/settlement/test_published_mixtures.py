"""Published examples of Adjusted Winner and of dividing a dollar, and computed mixtures of the package cases."""

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.engines.settlement import (
    GRID,
    Completion,
    Concept,
    Mixture,
    Randomised,
    SettlementModel,
    find_logrolling,
    solve,
    solve_randomised,
)
from detente.engines.settlement.hull import upper_hull
from detente.engines.settlement.structure import blocks, coding

FOLDER = Path(__file__).parents[2] / "published"
MIXTURES: dict[str, Any] = tomllib.loads((FOLDER / "mixtures.toml").read_text(encoding="utf-8"))
PACKAGES = {
    case["record"]: case for case in tomllib.loads((FOLDER / "o1_package.toml").read_text(encoding="utf-8"))["case"]
}
PRINTED = 1e-9  # the records give some twelve digits
SEARCHED = 1e-6  # the records of small.convex come from a line search
CELLS = 20_000  # a divided dollar as a grid of options


def model_of(tables: list[Any], no_agreement: list[int]) -> SettlementModel:
    utilities = tuple(np.array(issue, np.int64) for issue in tables)
    return SettlementModel(utilities, utilities, np.zeros(2, np.int64), np.array(no_agreement, np.int64))


def mixtures(found: Randomised) -> dict[str, Mixture]:
    """Return each concept's first mixture."""
    return {solution.concept.value.replace("-", "_"): solution.mixtures[0] for solution in found.solutions}


def settled(model: SettlementModel) -> Randomised:
    return solve_randomised(model, binding=(), completion=Completion.WORST)


@pytest.mark.parametrize("example", MIXTURES["adjusted_winner"], ids=lambda example: example["record"])
def test_adjusted_winner_is_the_egalitarian_mixture(example: dict[str, Any]) -> None:
    """Option 0 of each issue gives it to the first party, option 1 to the second."""
    expected, issues = example["expected"], example["issues"]
    first, second = example["points"]
    assert sum(first) == sum(second) == 100
    found = mixtures(settled(model_of([[[a, 0], [0, b]] for a, b in zip(first, second, strict=True)], [0, 0])))
    for concept in ("egalitarian", "kalai_smorodinsky"):
        mixture = found[concept]
        assert [float(u) for u in mixture.utilities] == pytest.approx([expected["points_each"]] * 2, abs=PRINTED)
        assert [issues[i] for i in mixture.split] == [expected["divided_issue"]]
        assert mixture.instead == ()
        shares = [
            float(sum(share for share, p in zip(mixture.shares, mixture.packages, strict=True) if p[i] == 0))
            for i in range(len(issues))
        ]
        assert shares == pytest.approx(expected["share_first_party"], abs=PRINTED)


def test_camp_david_is_exact() -> None:
    """65 5/6 points, by hand: Egypt has 20 + 55 (1 - s), Israel 60 + 35 s; equal at s = 1/6."""
    first, second = MIXTURES["adjusted_winner"][0]["points"]
    found = mixtures(settled(model_of([[[a, 0], [0, b]] for a, b in zip(first, second, strict=True)], [0, 0])))
    assert found["egalitarian"].utilities == (Fraction(395, 6), Fraction(395, 6))
    assert found["egalitarian"].shares == (Fraction(1, 6), Fraction(5, 6))


@pytest.mark.parametrize("example", MIXTURES["dollar"], ids=lambda example: example["record"])
def test_a_divided_dollar_on_a_grid_comes_within_one_cell_of_the_closed_form(example: dict[str, Any]) -> None:
    g = example["g"]
    shares = np.arange(CELLS + 1) / CELLS
    table = np.array([np.round(shares * GRID), np.round((1 - shares) ** g * GRID)]).astype(np.int64)
    found = mixtures(settled(model_of([table], [0, 0])))
    for concept, x in example["expected"].items():
        first, second = (float(u / GRID) for u in found[concept].utilities)
        assert first == pytest.approx(x, abs=1 / CELLS), concept
        assert second == pytest.approx((1 - x) ** g, abs=1 / CELLS), concept


def test_mixtures_of_the_small_case_are_those_of_line_search_and_linear_programming() -> None:
    expected = MIXTURES["mixed"]["small"]
    case = PACKAGES[expected["of"]]
    found = settled(model_of(case["utilities"], case["no_agreement"]))
    assert [list(corner) for corner in found.corners] == expected["hull"]
    assert found.ideal is not None
    assert [float(u) for u in found.ideal] == pytest.approx(expected["ideal"], rel=SEARCHED)
    for concept in ("nash", "kalai_smorodinsky", "egalitarian"):
        mixture = mixtures(found)[concept]
        assert [float(u) for u in mixture.utilities] == pytest.approx(expected[concept], rel=SEARCHED), concept
        assert len(mixture.split) <= 1


def test_mixtures_of_the_large_case() -> None:
    expected = MIXTURES["mixed"]["big"]
    case = PACKAGES[expected["of"]]
    model = model_of(case["utilities"], case["no_agreement"])
    hull = upper_hull(blocks(model, rules=(), completion=Completion.WORST), (0, 0), coding(model.sizes))
    assert hull is not None
    assert hull.end == expected["steps"]
    even = mixtures(settled(model))["egalitarian"]
    for utility, no_agreement in zip(even.utilities, case["no_agreement"], strict=True):
        assert float(utility - no_agreement) == pytest.approx(expected["egalitarian_gain"], abs=PRINTED * 1000)


def test_a_trade_between_two_issues_beats_meeting_half_way_on_each() -> None:
    """The record logroll.2x3: 50 each by compromise, 70 each by trade, 40 together."""
    case = PACKAGES["o1_package: logroll.2x3"]
    model = model_of(case["utilities"], case["no_agreement"])
    found = find_logrolling(model, binding=())
    assert found.compromises[0].options == ((1,), (1,))
    [trade] = found.trades
    assert trade.options == (0, 2)
    assert trade.gains == (20, 20)
    assert trade.changes == ((35, -15), (-15, 35))
    [nash] = [
        s
        for s in solve(model, binding=(), completion=Completion.WORST).solutions[0].solutions
        if s.concept is Concept.NASH
    ]
    assert [p.utilities for p in nash.points] == [(50 + trade.gains[0], 50 + trade.gains[1])]

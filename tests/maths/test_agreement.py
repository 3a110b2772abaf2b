"""Kappa as published, its standard error by a second method, and what it says where there is nothing to say."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.maths.agreement import cohens_kappa

PUBLISHED = tomllib.loads((Path(__file__).parents[1] / "published" / "kappa.toml").read_text(encoding="utf-8"))
TABLES = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3)


def pairs(table: list[list[int]]) -> list[tuple[int, int]]:
    return [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


@pytest.mark.parametrize("name", ["cohen-1960", "fleiss-1981"])
def test_published_tables_are_met(name: str) -> None:
    given = PUBLISHED[name]
    found = cohens_kappa(pairs(given["table"]))
    assert found.value is not None
    assert found.observed == pytest.approx(given["observed"])
    assert found.expected == pytest.approx(given["expected"])
    assert abs(found.value - given["kappa"]) <= given["half_a_digit"]


def test_the_published_standard_error_is_met() -> None:
    """The book reckons with kappa rounded to .68, so its third digit may be one lower."""
    given = PUBLISHED["fleiss-1981"]
    found = cohens_kappa(pairs(given["table"]))
    assert found.standard_error == pytest.approx(given["standard_error"], abs=0.001)
    assert (found.low, found.high) == pytest.approx(
        (found.value - 1.96 * found.standard_error, found.value + 1.96 * found.standard_error), abs=1e-5
    )


def delta_method(table: list[list[int]]) -> float:
    """Return the standard error from kappa's numerical slopes in the cells: the multinomial delta method itself."""
    shares = np.array(table, dtype=float)
    n = shares.sum()
    shares /= n

    def kappa(p: np.ndarray) -> float:
        p = p / p.sum()
        expected = float(p.sum(axis=1) @ p.sum(axis=0))
        return (float(np.trace(p)) - expected) / (1 - expected)

    step = 1e-6
    slopes = np.zeros_like(shares)
    for at in np.ndindex(shares.shape):
        up, down = shares.copy(), shares.copy()
        up[at] += step
        down[at] -= step
        slopes[at] = (kappa(up) - kappa(down)) / (2 * step)
    mean = float((shares * slopes).sum())
    return math.sqrt(max(float((shares * slopes**2).sum()) - mean**2, 0.0) / n)


@given(TABLES)
def test_the_standard_error_is_that_of_the_delta_method(table: list[list[int]]) -> None:
    found = cohens_kappa(pairs(table))
    if found.value is None:
        assert found.standard_error is None
        return
    # slopes by differences of 1e-6 carry about nine digits, and the root doubles their loss near zero
    assert found.standard_error == pytest.approx(delta_method(table), abs=1e-4)


@given(TABLES, st.permutations(range(3)))
def test_exchanging_coders_and_renaming_categories_changes_nothing(table: list[list[int]], names: list[int]) -> None:
    both = pairs(table)
    renamed = [(f"c{names[b]}", f"c{names[a]}") for a, b in both]
    one, other = cohens_kappa(both), cohens_kappa(renamed)
    for field in ("items", "observed", "expected", "value", "standard_error", "low", "high"):
        assert getattr(one, field) == pytest.approx(getattr(other, field))


@given(TABLES)
def test_the_interval_holds_kappa_and_stays_on_its_scale(table: list[list[int]]) -> None:
    found = cohens_kappa(pairs(table))
    if found.value is None:
        assert (found.low, found.high) == (None, None)
    else:
        assert -1 <= found.low <= found.value <= found.high <= 1


def test_where_nothing_can_be_told_nothing_is_said() -> None:
    assert cohens_kappa([]).value is None
    assert cohens_kappa([]).observed is None
    one_category = cohens_kappa([("a", "a")] * 9)
    assert (one_category.items, one_category.observed, one_category.value) == (9, 1.0, None)


def test_agreement_throughout_is_one_and_never_agreeing_is_below_zero() -> None:
    always = cohens_kappa([("a", "a")] * 3 + [("b", "b")] * 2)
    assert (always.value, always.standard_error) == (1.0, 0.0)
    never = cohens_kappa([("a", "b"), ("b", "a")])
    assert never.value == -1.0
    disjoint = cohens_kappa([("a", "b")] * 4)
    assert disjoint.value == 0.0

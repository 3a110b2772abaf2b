"""Non-dominated vectors and sums of them, against the definitions."""

from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.maths.dominance import SIEVED_FROM, non_dominated
from detente.maths.merging import merge
from detente.maths.vectors import FEW, Vectors

Row = tuple[tuple[int, ...], int, tuple[int, ...]]  # value, count, code


def dominates(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return a != b and all(x >= y for x, y in zip(a, b, strict=True))


def best(rows: list[Row], modulus: int = 0) -> list[Row]:
    """Return the non-dominated rows with their counts added and their smallest code, largest first."""
    counts: dict[tuple[int, ...], int] = defaultdict(int)
    codes: dict[tuple[int, ...], tuple[int, ...]] = {}
    for value, count, code in rows:
        counts[value] += count
        codes[value] = min(code, codes.get(value, code))
    kept = [value for value in counts if not any(dominates(other, value) for other in counts)]
    return [(v, counts[v] % modulus if modulus else counts[v], codes[v]) for v in sorted(kept, reverse=True)]


def rows_of(found: Vectors) -> list[Row]:
    return [
        (tuple(value), count, tuple(code))
        for value, count, code in zip(found.values.tolist(), found.counts.tolist(), found.codes.tolist(), strict=True)
    ]


def arrays(rows: list[Row], width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (
        np.array([value for value, _, _ in rows], np.int64).reshape(len(rows), width),
        np.array([count for _, count, _ in rows], np.int64),
        np.array([code for _, _, code in rows], np.int64).reshape(len(rows), 2),
    )


@st.composite
def drawn(draw: st.DrawFn, width: int, most: int) -> list[Row]:
    """Draw rows with many ties; every row has a code of its own."""
    values = draw(st.lists(st.tuples(*[st.integers(-4, 4)] * width), min_size=1, max_size=most))
    codes = draw(st.permutations(range(len(values))))
    counts = draw(st.lists(st.integers(1, 3), min_size=len(values), max_size=len(values)))
    return [(value, count, (code // 3, code % 3)) for value, count, code in zip(values, counts, codes, strict=True)]


@settings(max_examples=200)
@given(st.data(), st.integers(1, 5), st.sampled_from((0, 2, 97)))
def test_the_kept_vectors_are_those_that_no_other_dominates(data: st.DataObject, width: int, modulus: int) -> None:
    rows = data.draw(drawn(width, 2 * FEW))
    assert rows_of(non_dominated(*arrays(rows, width), modulus=modulus)) == best(rows, modulus)


@settings(max_examples=300)
@given(st.data(), st.integers(1, 5), st.sampled_from((0, 2, 97)), st.integers(-9, 9))
def test_merging_keeps_the_sums_that_no_other_dominates(
    data: st.DataObject, width: int, modulus: int, least: int
) -> None:
    a, b = (non_dominated(*arrays(data.draw(drawn(width, 12)), width), modulus=modulus) for _ in range(2))
    need = np.full(width, least)
    sums = [
        (
            tuple(x + y for x, y in zip(u, v, strict=True)),
            m * n,
            tuple(x + y for x, y in zip(c, d, strict=True)),
        )
        for (u, m, c), (v, n, d) in product(rows_of(a), rows_of(b))
    ]
    expected = best([row for row in sums if min(row[0]) >= least], modulus)
    found = merge(a, b, need=need, limit=1000, modulus=modulus)
    assert found is not None
    assert rows_of(found) == expected
    assert (merge(a, b, need=need, limit=max(0, len(expected) - 1), modulus=modulus) is None) == bool(expected)


@pytest.mark.parametrize("largest", [5, 1 << 50])
@pytest.mark.parametrize("width", [2, 3, 4, 6])
def test_many_rows_are_sieved_without_losing_any(width: int, largest: int) -> None:
    """By the definition, row by row: a row stays if none is at least as large everywhere and larger somewhere."""
    values = np.random.default_rng(width).integers(-largest, largest, (SIEVED_FROM + 100, width))
    found = non_dominated(values, np.ones(len(values), np.int64), np.arange(len(values))[:, None])
    stays = [not ((values >= row).all(axis=1) & (values > row).any(axis=1)).any() for row in values]
    assert {tuple(v) for v in found.values.tolist()} == {tuple(v) for v in values[stays].tolist()}
    assert found.counts.sum() == sum(stays)

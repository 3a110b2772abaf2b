"""Counting pairs that reach a threshold, against counting them one by one."""

import numpy as np
import pytest

from detente.maths.lattices import count_on_lattice, share_on_lattice
from detente.maths.pairs import bound_pairs, count_pairs

SHAPES = [(1, 300, 200), (2, 300, 200), (3, 300, 200), (4, 150, 40), (3, 1, 500), (5, 7, 9), (9, 60, 60)]


def draw(seed: int, width: int, rows: int, largest: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.integers(-largest, largest, (rows, width)), rng.integers(1, 5, rows)


def reached(a: np.ndarray, wa: np.ndarray, b: np.ndarray, wb: np.ndarray, need: np.ndarray) -> int:
    return sum(
        int(i) * int(k) for u, i in zip(a, wa, strict=True) for v, k in zip(b, wb, strict=True) if (u + v >= need).all()
    )


@pytest.mark.parametrize("largest", [3, 1 << 50])
@pytest.mark.parametrize(("width", "rows", "others"), SHAPES)
def test_pairs_are_counted_exactly(width: int, rows: int, others: int, largest: int) -> None:
    a, wa = draw(1, width, rows, largest)
    b, wb = draw(2, width, others, largest)
    need = np.full(width, -largest // 2)
    expected = reached(a, wa, b, wb, need)
    assert count_pairs(a, wa, b, wb, need) == expected
    assert count_pairs(a, wa, b, wb, need, modulus=97) == expected % 97


@pytest.mark.parametrize("cells", [4, 1000, 1 << 20])
@pytest.mark.parametrize(("width", "rows", "others"), SHAPES)
def test_bounds_hold_the_count_and_narrow_with_cells(width: int, rows: int, others: int, cells: int) -> None:
    a, wa = draw(3, width, rows, 1000)
    b, wb = draw(4, width, others, 1000)
    need = np.full(width, -300)
    low, high = bound_pairs(a, wa, b, wb, need, cells=cells)
    assert low <= reached(a, wa, b, wb, need) <= high


def test_a_search_that_would_take_too_long_is_refused() -> None:
    a, wa = draw(5, 4, 2000, 1 << 40)
    assert count_pairs(a, wa, a, wa, np.zeros(4, np.int64), effort=1000) is None


@pytest.mark.parametrize("width", [1, 2, 3])
def test_the_lattice_counts_exactly_and_bounds_the_share(width: int) -> None:
    blocks = [draw(k, width, 4, 6) for k in range(5)]
    blocks = [(values - values.min(axis=0), weights) for values, weights in blocks]
    need = np.full(width, 20)
    expected = 0
    for index in np.ndindex(4, 4, 4, 4, 4):
        total = sum(values[i] for (values, _), i in zip(blocks, index, strict=True))
        if (total >= need).all():
            expected += int(np.prod([weights[i] for (_, weights), i in zip(blocks, index, strict=True)]))
    modulus = (1 << 31) - 1
    assert count_on_lattice(blocks, [20] * width, modulus=modulus) == expected
    assert count_on_lattice(blocks, [20] * width, modulus=0) == expected
    everything = float(np.prod([weights.sum() for _, weights in blocks]))
    shares = [(values * 1000 + 7, weights / weights.sum()) for values, weights in blocks]
    low, high = share_on_lattice(shares, need * 1000 + 35, sides=64)
    assert low - 1e-12 <= expected / everything <= high + 1e-12
    assert high - low < 0.6

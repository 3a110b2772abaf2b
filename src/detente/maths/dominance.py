r"""Which vectors no other vector dominates.

A vector dominates another if it is at least as large in every coordinate and
larger in one. Up to three coordinates a sweep in descending lexicographic order
decides: a later vector never dominates an earlier one, so it suffices to ask
whether the *staircase* of (second, third) coordinates seen so far covers it
([Kung1975]_); O(N log N). From four coordinates on, vectors that one of the few with
the largest sums dominates are sieved out first, which is most of them. The rest are
visited by descending sum of ranks, and each is compared with those kept so far. The
comparison first looks at ranks packed into one 64-bit word, a guard bit per
coordinate: one subtraction tells whether another vector *may* dominate.

References
----------
.. [Kung1975] Kung, Luccio & Preparata (1975). On finding the maxima of a set of
   vectors. Journal of the ACM 22(4), 469-476.
"""

import numpy as np

from detente.maths.compiled import BoolArray, Int64Array, compiled
from detente.maths.vectors import FEW, Vectors, collapse, join_in_order, order_of_few

SWEPT = 3
"""Largest number of coordinates for which the sweep is used."""

WORD_BITS = 64

SIEVED_FROM = 1 << 12
"""From so many rows of four or more coordinates on, those that a strong row dominates are sieved out first."""

STRONG = 128
"""Rows used as the sieve."""


@compiled("int64(int64[::1], int64[::1], int64, int64, int64, int64)")
def insert_step(ys: Int64Array, zs: Int64Array, size: int, at: int, y: int, z: int) -> int:
    """Put (y, z) into a staircase before position `at`; return its new size."""
    first = at  # steps before `at` have a smaller y; those with z no larger are covered now
    while first > 0 and zs[first - 1] <= z:
        first -= 1
    last = at
    if at < size and ys[at] == y:
        last = at + 1  # same y, smaller z: covered as well
    shift = 1 - (last - first)
    if shift == 1:
        for k in range(size, last, -1):
            ys[k] = ys[k - 1]
            zs[k] = zs[k - 1]
    elif shift < 0:
        for k in range(last, size):
            ys[k + shift] = ys[k]
            zs[k + shift] = zs[k]
    ys[first] = y
    zs[first] = z
    return size + shift


@compiled("boolean[::1](int64[:,::1])")
def _sweep(values: Int64Array) -> BoolArray:
    """Mark the non-dominated rows of distinct rows in descending lexicographic order."""
    total, width = values.shape
    keep = np.zeros(total, dtype=np.bool_)
    ys = np.empty(total + 1, dtype=np.int64)  # ascending; zs falls strictly
    zs = np.empty(total + 1, dtype=np.int64)
    size = 0
    for row in range(total):
        y = values[row, 1] if width > 1 else 0
        z = values[row, 2] if width > 2 else 0
        low, high = 0, size
        while low < high:
            middle = (low + high) // 2
            if ys[middle] < y:
                low = middle + 1
            else:
                high = middle
        if low < size and zs[low] >= z:
            continue
        keep[row] = True
        size = insert_step(ys, zs, size, low, y, z)
    return keep


@compiled("Tuple((int64[:,::1], int64[::1], int64[:,::1]))(int64[:,::1], int64[::1], int64[:,::1], int64)")
def _of_few(
    values: Int64Array, counts: Int64Array, codes: Int64Array, modulus: int
) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Join equal rows and sweep, in one call: most issues have a few options, and calls cost more than the work."""
    values, counts, codes = join_in_order(values, counts, codes, order_of_few(values), modulus)
    keep = _sweep(values)
    found = keep.sum()
    kept = np.empty((found, values.shape[1]), dtype=np.int64)
    kept_counts = np.empty(found, dtype=np.int64)
    kept_codes = np.empty((found, codes.shape[1]), dtype=np.int64)
    at = 0
    for row in range(len(keep)):
        if keep[row]:
            kept[at] = values[row]
            kept_counts[at] = counts[row]
            kept_codes[at] = codes[row]
            at += 1
    return kept, kept_counts, kept_codes


@compiled("boolean[::1](int64[:,::1], uint64[::1], uint64)")
def _filter(values: Int64Array, packed: Int64Array, guards: int) -> BoolArray:
    """Mark rows that no earlier row dominates; rows come by descending sum of ranks."""
    total, width = values.shape
    keep = np.zeros(total, dtype=np.bool_)
    kept = np.empty(total, dtype=np.int64)
    seen = np.empty(total, dtype=np.uint64)
    size = 0
    block = 128
    for row in range(total):
        word = packed[row]
        dominated = False
        start = 0
        while start < size and not dominated:
            end = min(start + block, size)
            hits = 0
            for k in range(start, end):
                hits += (((seen[k] | guards) - word) & guards) == guards
            if hits > 0:
                for k in range(start, end):
                    if (((seen[k] | guards) - word) & guards) == guards:
                        other = kept[k]
                        above = True
                        equal = True
                        for j in range(width):
                            if values[other, j] < values[row, j]:
                                above = False
                                break
                            if values[other, j] > values[row, j]:
                                equal = False
                        if above and not equal:
                            dominated = True
                            break
            start = end
        if not dominated:
            keep[row] = True
            kept[size] = row
            seen[size] = word
            size += 1
    return keep


@compiled("boolean[::1](int64[:,::1], int64[::1])")
def _pass(values: Int64Array, strong: Int64Array) -> BoolArray:
    """Mark the rows that none of the rows `strong` dominates."""
    total, width = values.shape
    keep = np.ones(total, dtype=np.bool_)
    few = np.empty((len(strong), width), dtype=np.int64)
    for k in range(len(strong)):
        few[k] = values[strong[k]]
    for row in range(total):
        for k in range(len(strong)):
            below = True
            for j in range(width):
                if values[row, j] > few[k, j]:
                    below = False
                    break
            if below:
                equal = True
                for j in range(width):
                    if values[row, j] < few[k, j]:
                        equal = False
                        break
                if not equal:
                    keep[row] = False
                    break
    return keep


def _sieved(values: Int64Array) -> Int64Array:
    """Return the rows that none of the few with the largest sum of scaled coordinates dominates."""
    scale = np.maximum(values.max(axis=0) - values.min(axis=0), 1)
    sums = (values / scale).sum(axis=1)
    strong = np.argpartition(-sums, STRONG)[:STRONG]
    strong = strong[np.argsort(-sums[strong], kind="stable")]
    return np.flatnonzero(_pass(values, strong))


def _by_ranks(values: Int64Array) -> Int64Array:
    """Return the non-dominated rows of four or more coordinates (equal rows all kept)."""
    values = np.ascontiguousarray(values)
    if len(values) >= SIEVED_FROM:
        rows = _sieved(values)
        return rows[_ranked(np.ascontiguousarray(values[rows]))]
    return _ranked(values)


def _ranked(values: Int64Array) -> Int64Array:
    """Return the same rows, by comparing each with those before it in order of ranks."""
    total, width = values.shape
    lane = max(2, 64 // width)
    bits = lane - 1
    sums = np.zeros(total, np.int64)
    packed = np.zeros(total, np.uint64)
    guards = 0
    for j in range(width):
        distinct, rank = np.unique(values[:, j], return_inverse=True)
        sums += rank
        if (j + 1) * lane > WORD_BITS:
            continue
        coarse = (rank * (1 << bits)) // len(distinct) if len(distinct) > 1 << bits else rank
        packed |= coarse.astype(np.uint64) << np.uint64(j * lane)
        guards |= 1 << (j * lane + bits)
    order = np.argsort(-sums, kind="stable")
    keep = _filter(np.ascontiguousarray(values[order]), packed[order], np.uint64(guards))  # type: ignore[arg-type]
    kept: Int64Array = order[keep]
    return kept


def non_dominated(values: Int64Array, counts: Int64Array, codes: Int64Array, *, modulus: int = 0) -> Vectors:
    """Return the vectors that no other row dominates, equal rows joined.

    Parameters
    ----------
    values : (N, n) int64
        Rows in any order, possibly repeated.
    counts : (N,) int64
        How many packages each row stands for.
    codes : (N, W) int64
        Smallest code of such a package.
    modulus : int
        0, or the prime modulo which counts are kept.
    """
    width = values.shape[1]
    if width > SWEPT and len(values) > 1:
        rows = _by_ranks(values)
        return collapse(values[rows], counts[rows], codes[rows], modulus=modulus)
    if 0 < len(values) <= FEW and width > 0:
        values, counts, codes = (np.ascontiguousarray(array) for array in (values, counts, codes))
        return Vectors(*_of_few(values, counts, codes, modulus))
    distinct = collapse(values, counts, codes, modulus=modulus)
    if width == 0 or len(distinct) == 1:
        return distinct
    keep = _sweep(distinct.values)
    return distinct if keep.all() else distinct.take(keep.nonzero()[0])

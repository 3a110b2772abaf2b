r"""The non-dominated sums of two sets of vectors (Nemhauser-Ullmann merging).

If utility is additive over issues, a package that is not dominated consists of
partial packages that are not dominated among those over the same issues. So the
frontier over many issues is built issue by issue,

.. math:: F \leftarrow \mathrm{nd}(F \oplus U_i),

and never holds more than the non-dominated partial packages [NemhauserUllmann1969]_.
Two coordinates are merged as staircases (`detente.maths.staircases`). One or three
are walked in descending lexicographic order, the K shifted copies of F together
through a heap, so the sums need neither be stored nor sorted; a staircase decides
dominance. With more coordinates the sums are formed
and filtered in slices. Sums below `need`, the least that can still reach a
reservation, are dropped on the way.

References
----------
.. [NemhauserUllmann1969] Nemhauser & Ullmann (1969). Discrete dynamic programming
   and capital allocation. Management Science 15(9), 494-505.
"""

import numpy as np

from detente.maths.compiled import Int64Array, compiled
from detente.maths.dominance import SWEPT, insert_step, non_dominated
from detente.maths.staircases import COORDINATES, merge_staircases
from detente.maths.vectors import Vectors, empty, plus, times

SLICE = 1 << 21
"""Sums formed at a time when they have four or more coordinates."""


@compiled("boolean(int64[::1], int64[::1], int64[::1], int64, int64)")
def _before(hx: Int64Array, hy: Int64Array, hz: Int64Array, p: int, q: int) -> bool:
    """Return whether the head of list p comes before that of list q."""
    if hx[p] != hx[q]:
        return bool(hx[p] > hx[q])
    if hy[p] != hy[q]:
        return bool(hy[p] > hy[q])
    return bool(hz[p] > hz[q])


@compiled("void(int64[::1], int64, int64, int64[::1], int64[::1], int64[::1])")
def _sift(heap: Int64Array, at: int, size: int, hx: Int64Array, hy: Int64Array, hz: Int64Array) -> None:
    """Move the list at position `at` down to where its head belongs."""
    item = heap[at]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and _before(hx, hy, hz, heap[child + 1], heap[child]):
            child += 1
        if not _before(hx, hy, hz, heap[child], item):
            break
        heap[at] = heap[child]
        at = child
    heap[at] = item


@compiled(
    "int64(int64[:,::1], int64[:,::1], int64[::1], int64, int64, int64[::1], int64[::1], int64[::1],"
    " int64[::1], int64[::1], int64)"
)
def _advance(
    a: Int64Array,
    b: Int64Array,
    need: Int64Array,
    k: int,
    i: int,
    hx: Int64Array,
    hy: Int64Array,
    hz: Int64Array,
    ys: Int64Array,
    zs: Int64Array,
    size: int,
) -> int:
    """Set the head of list k to its first sum from row i on that may still count; return its row or -1."""
    total = a.shape[0]
    while i < total:
        x = a[i, 0] + b[k, 0]
        if x < need[0]:
            return -1  # rows descend in the first coordinate
        y = a[i, 1] + b[k, 1]
        z = a[i, 2] + b[k, 2]
        if y >= need[1] and z >= need[2]:
            low, high = 0, size
            while low < high:
                middle = (low + high) // 2
                if ys[middle] < y:
                    low = middle + 1
                else:
                    high = middle
            if low == size or zs[low] < z or (zs[low] == z and ys[low] == y):
                hx[k] = x
                hy[k] = y
                hz[k] = z
                return i
        i += 1
    return -1


@compiled(
    "Tuple((int64[:,::1], int64[::1], int64[:,::1], int64))(int64[:,::1], int64[::1], int64[:,::1],"
    " int64[:,::1], int64[::1], int64[:,::1], int64[::1], int64, int64)"
)
def _merge_swept(
    a: Int64Array,
    a_counts: Int64Array,
    a_codes: Int64Array,
    b: Int64Array,
    b_counts: Int64Array,
    b_codes: Int64Array,
    need: Int64Array,
    modulus: int,
    limit: int,
) -> tuple[Int64Array, Int64Array, Int64Array, int]:
    """Merge two sets of three coordinates; the last result is 1 if `limit` was exceeded."""
    lists = b.shape[0]
    words = a_codes.shape[1]
    room = max(256, 2 * a.shape[0])
    values = np.empty((room, 3), dtype=np.int64)
    counts = np.empty(room, dtype=np.int64)
    codes = np.empty((room, words), dtype=np.int64)
    ys = np.empty(room + 1, dtype=np.int64)
    zs = np.empty(room + 1, dtype=np.int64)
    hx = np.empty(lists, dtype=np.int64)
    hy = np.empty(lists, dtype=np.int64)
    hz = np.empty(lists, dtype=np.int64)
    row_of = np.empty(lists, dtype=np.int64)
    heap = np.empty(lists, dtype=np.int64)
    steps = 0
    size = 0
    for k in range(lists):
        row_of[k] = _advance(a, b, need, k, 0, hx, hy, hz, ys, zs, 0)
        if row_of[k] >= 0:
            heap[size] = k
            size += 1
    for at in range(size // 2 - 1, -1, -1):
        _sift(heap, at, size, hx, hy, hz)
    found = 0
    while size > 0:
        k = heap[0]
        i = row_of[k]
        x, y, z = hx[k], hy[k], hz[k]
        last = found - 1
        if found > 0 and values[last, 0] == x and values[last, 1] == y and values[last, 2] == z:
            counts[last] = plus(counts[last], times(a_counts[i], b_counts[k], modulus), modulus)
            smaller = False
            for w in range(words):
                code = a_codes[i, w] + b_codes[k, w]
                if code != codes[last, w]:
                    smaller = code < codes[last, w]
                    break
            if smaller:
                for w in range(words):
                    codes[last, w] = a_codes[i, w] + b_codes[k, w]
        else:
            low, high = 0, steps
            while low < high:
                middle = (low + high) // 2
                if ys[middle] < y:
                    low = middle + 1
                else:
                    high = middle
            if low == steps or zs[low] < z:
                if found == limit:
                    return values[:found], counts[:found], codes[:found], 1
                if found == room:
                    room *= 2
                    values_more = np.empty((room, 3), dtype=np.int64)
                    counts_more = np.empty(room, dtype=np.int64)
                    codes_more = np.empty((room, words), dtype=np.int64)
                    ys_more = np.empty(room + 1, dtype=np.int64)
                    zs_more = np.empty(room + 1, dtype=np.int64)
                    values_more[:found] = values
                    counts_more[:found] = counts
                    codes_more[:found] = codes
                    ys_more[:steps] = ys[:steps]
                    zs_more[:steps] = zs[:steps]
                    values, counts, codes, ys, zs = values_more, counts_more, codes_more, ys_more, zs_more
                values[found, 0] = x
                values[found, 1] = y
                values[found, 2] = z
                counts[found] = times(a_counts[i], b_counts[k], modulus)
                for w in range(words):
                    codes[found, w] = a_codes[i, w] + b_codes[k, w]
                found += 1
                steps = insert_step(ys, zs, steps, low, y, z)
        row_of[k] = _advance(a, b, need, k, i + 1, hx, hy, hz, ys, zs, steps)
        if row_of[k] < 0:
            size -= 1
            heap[0] = heap[size]
        if size > 0:
            _sift(heap, 0, size, hx, hy, hz)
    return values[:found], counts[:found], codes[:found], 0


@compiled("int64[::1](int64[::1], int64[::1], int64)")
def _outer_counts(a: Int64Array, b: Int64Array, modulus: int) -> Int64Array:
    out = np.empty(len(a) * len(b), dtype=np.int64)
    for i in range(len(a)):
        for k in range(len(b)):
            out[i * len(b) + k] = times(a[i], b[k], modulus)
    return out


def _padded(values: Int64Array) -> Int64Array:
    wide = np.zeros((len(values), SWEPT), np.int64)
    wide[:, : values.shape[1]] = values
    return wide


def sums(a: Vectors, b: Vectors, *, modulus: int = 0) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Return the values, counts and codes of all sums of a vector of `a` and one of `b`."""
    rows = len(a) * len(b)
    values = (a.values[:, None, :] + b.values[None, :, :]).reshape(rows, a.values.shape[1])
    codes = (a.codes[:, None, :] + b.codes[None, :, :]).reshape(rows, a.codes.shape[1])
    return values, _outer_counts(a.counts, b.counts, modulus), codes


def merge(a: Vectors, b: Vectors, *, need: Int64Array, limit: int, modulus: int = 0) -> Vectors | None:
    """Return the non-dominated sums of `a` and `b` that are at least `need`.

    Parameters
    ----------
    a, b : Vectors
        Non-dominated sets over disjoint issues.
    need : (n,) int64
        Sums below it in any coordinate are dropped before they are kept or counted.
    limit : int
        Largest size of the result.
    modulus : int
        0, or the prime modulo which counts are kept.

    Returns
    -------
    Vectors or None
        None if the result would hold more than `limit` vectors.
    """
    if len(a) < len(b):
        a, b = b, a
    width = a.values.shape[1]
    if len(b) == 0:
        return empty(width, a.codes.shape[1])
    if width == COORDINATES:
        return merge_staircases(a, b, need=need, limit=limit, modulus=modulus)
    if width <= SWEPT:
        wide_need = np.full(SWEPT, np.iinfo(np.int64).min, np.int64)
        wide_need[:width] = need
        values, counts, codes, full = _merge_swept(
            _padded(a.values), a.counts, a.codes, _padded(b.values), b.counts, b.codes, wide_need, modulus, limit
        )
        if full:
            return None
        return Vectors(np.ascontiguousarray(values[:, :width]), counts, codes)
    return _merge_filtered(a, b, need, limit, modulus)


def _merge_filtered(a: Vectors, b: Vectors, need: Int64Array, limit: int, modulus: int) -> Vectors | None:
    kept: Vectors | None = None
    per_slice = max(1, SLICE // len(b))
    for start in range(0, len(a), per_slice):
        part = a.take(np.arange(start, min(start + per_slice, len(a)), dtype=np.int64))
        values, counts, codes = sums(part, b, modulus=modulus)
        rows = np.flatnonzero((values >= need).all(axis=1))
        values, counts, codes = values[rows], counts[rows], codes[rows]
        if kept is not None:
            values = np.concatenate((kept.values, values))
            counts = np.concatenate((kept.counts, counts))
            codes = np.concatenate((kept.codes, codes))
        kept = non_dominated(values, counts, codes, modulus=modulus)
        if len(kept) > limit:
            return None
    assert kept is not None
    return kept

r"""The non-dominated sums of two sets of vectors with two coordinates.

Non-dominated pairs form a *staircase*: as the first coordinate falls, the second
rises. The sums of a staircase A with the vectors of B are K shifted copies of A, and
the upper envelope of two staircases is one walk along both. So the copies are laid
over each other one by one, in time proportional to the lengths walked, and nothing is
sorted. Only values and the pair of rows that they come from are carried; counts and
smallest codes are gathered from those rows at the end. Where several pairs of rows
have the same sum, all copies are walked once more along the result.
"""

import numpy as np

from detente.maths.compiled import Int64Array, compiled
from detente.maths.vectors import Vectors, plus, times

COORDINATES = 2
"""Number of coordinates that this method is for."""


@compiled("Tuple((int64, int64))(int64[::1], int64[::1], int64, int64, int64, int64)")
def _within(xs: Int64Array, ys: Int64Array, dx: int, dy: int, need_x: int, need_y: int) -> tuple[int, int]:
    """Return the range of rows of a staircase that, shifted by (dx, dy), reach `need`."""
    low, high = 0, len(xs)
    while low < high:  # first row whose y is large enough
        middle = (low + high) // 2
        if ys[middle] + dy < need_y:
            low = middle + 1
        else:
            high = middle
    first = low
    low, high = 0, len(xs)
    while low < high:  # first row whose x is too small
        middle = (low + high) // 2
        if xs[middle] + dx >= need_x:
            low = middle + 1
        else:
            high = middle
    return first, max(first, low)


@compiled(
    "Tuple((int64[::1], int64[::1], int64[::1], boolean))(int64[::1], int64[::1], int64[::1], int64[::1], int64, int64)"
)
def _envelope(
    ax: Int64Array, ay: Int64Array, bx: Int64Array, by: Int64Array, need_x: int, need_y: int
) -> tuple[Int64Array, Int64Array, Int64Array, bool]:
    """Return the staircase of all sums, the pair of rows of each (i·K + k), and whether any has several."""
    lists = len(bx)
    xs = np.empty(0, dtype=np.int64)
    ys = np.empty(0, dtype=np.int64)
    rows = np.empty(0, dtype=np.int64)
    tied = False
    for k in range(lists):
        dx, dy = bx[k], by[k]
        i, end = _within(ax, ay, dx, dy, need_x, need_y)
        size = len(xs)
        room = size + end - i
        new_x = np.empty(room, dtype=np.int64)
        new_y = np.empty(room, dtype=np.int64)
        new_rows = np.empty(room, dtype=np.int64)
        found = 0
        p = 0
        while p < size and i < end:
            x, y = ax[i] + dx, ay[i] + dy
            if xs[p] > x or (xs[p] == x and ys[p] >= y):
                if xs[p] == x and ys[p] == y:
                    tied = True
                new_x[found] = xs[p]
                new_y[found] = ys[p]
                new_rows[found] = rows[p]
                found += 1
                height = ys[p]
                p += 1
                while i < end and ay[i] + dy <= height:
                    i += 1
            else:
                new_x[found] = x
                new_y[found] = y
                new_rows[found] = i * lists + k
                found += 1
                i += 1
                while p < size and ys[p] <= y:
                    p += 1
        while p < size:
            new_x[found] = xs[p]
            new_y[found] = ys[p]
            new_rows[found] = rows[p]
            found += 1
            p += 1
        while i < end:
            new_x[found] = ax[i] + dx
            new_y[found] = ay[i] + dy
            new_rows[found] = i * lists + k
            found += 1
            i += 1
        xs, ys, rows = new_x[:found], new_y[:found], new_rows[:found]
    return xs, ys, rows, tied


@compiled("boolean(int64[:,::1], int64, int64[:,::1], int64, int64[:,::1], int64)")
def _smaller(a: Int64Array, i: int, b: Int64Array, k: int, codes: Int64Array, row: int) -> bool:
    """Return whether the code of a sum is smaller than the one at `row`."""
    for w in range(codes.shape[1]):
        code = a[i, w] + b[k, w]
        if code != codes[row, w]:
            return bool(code < codes[row, w])
    return False


@compiled(
    "Tuple((int64[:,::1], int64[::1], int64[:,::1], int64))(int64[:,::1], int64[::1], int64[:,::1],"
    " int64[:,::1], int64[::1], int64[:,::1], int64[::1], int64, int64)"
)
def _merged(
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
    """Merge two staircases; the last result is 1 if `limit` was exceeded."""
    ax, ay, bx, by = a[:, 0].copy(), a[:, 1].copy(), b[:, 0].copy(), b[:, 1].copy()
    xs, ys, rows, tied = _envelope(ax, ay, bx, by, need[0], need[1])
    lists, found, words = len(bx), len(xs), a_codes.shape[1]
    full = 1 if found > limit else 0
    if full:
        found = 0
    values = np.empty((found, 2), dtype=np.int64)
    counts = np.zeros(found, dtype=np.int64)
    codes = np.empty((found, words), dtype=np.int64)
    for row in range(found):
        i, k = rows[row] // lists, rows[row] % lists
        values[row, 0] = xs[row]
        values[row, 1] = ys[row]
        for w in range(words):
            codes[row, w] = a_codes[i, w] + b_codes[k, w]
        if not tied:
            counts[row] = times(a_counts[i], b_counts[k], modulus)
    for k in range(lists if tied else 0):
        i = 0
        for row in range(found):
            while i < len(ax) and ax[i] + bx[k] > xs[row]:
                i += 1
            if i == len(ax):
                break
            if ax[i] + bx[k] == xs[row] and ay[i] + by[k] == ys[row]:
                counts[row] = plus(counts[row], times(a_counts[i], b_counts[k], modulus), modulus)
                if _smaller(a_codes, i, b_codes, k, codes, row):
                    for w in range(words):
                        codes[row, w] = a_codes[i, w] + b_codes[k, w]
    return values, counts, codes, full


def merge_staircases(a: Vectors, b: Vectors, *, need: Int64Array, limit: int, modulus: int = 0) -> Vectors | None:
    """Return the non-dominated sums of two staircases that are at least `need`; None if more than `limit`.

    Parameters
    ----------
    a, b : Vectors
        Non-dominated sets of two coordinates; the work grows with ``len(a) * len(b)``.
    need : (2,) int64
        Sums below it in any coordinate are dropped.
    limit : int
        Largest size of the result.
    modulus : int
        0, or the prime modulo which counts are kept.
    """
    values, counts, codes, full = _merged(
        a.values, a.counts, a.codes, b.values, b.counts, b.codes, need, modulus, limit
    )
    return None if full else Vectors(values, counts, codes)

r"""How many pairs, one vector of each of two sets, have a sum that reaches a threshold.

.. math:: \#\{(a, b): a_j + b_j \ge r_j \text{ for all } j\}, \text{ weighted.}

Meeting in the middle turns a count over :math:`N` packages into one over two
sets of about :math:`\sqrt N` vectors. Two coordinates: sweep by the first, with a
Fenwick tree over the second, O(N log N). More: two k-d trees are walked together;
a pair of boxes that surely reaches, or surely does not, is settled at once. If
that would take too long, the first set is put on a grid of its own quantiles and
rounded down and up, which gives an interval that surely holds the count.
"""

import numpy as np

from detente.maths.compiled import Int64Array, compiled

LEAF = 16
"""Vectors in a leaf of a k-d tree."""

LOWEST = -(1 << 62)


@compiled("int64(int64[:,::1], int64[::1], int64[:,::1], int64[::1], int64[::1], int64[::1], int64)")
def _fenwick_count(
    a: Int64Array, a_place: Int64Array, t: Int64Array, t_place: Int64Array, wa: Int64Array, wb: Int64Array, modulus: int
) -> int:
    """Count with a and thresholds t in descending order of the first coordinate.

    `a_place` is the 1-based place of a's second coordinate from the top; `t_place`
    says how many places from the top reach the threshold.
    """
    tree = np.zeros(len(a_place) + 1, dtype=np.int64)
    total = 0
    i = 0
    for b in range(len(t)):
        while i < len(a) and a[i, 0] >= t[b, 0]:
            place = a_place[i]
            while place < len(tree):
                tree[place] += wa[i]
                place += place & -place
            i += 1
        reach = 0
        place = t_place[b]
        while place > 0:
            reach += tree[place]
            place -= place & -place
        if modulus > 0:
            total = (total + (reach % modulus) * wb[b]) % modulus
        else:
            total += reach * wb[b]
    return total


@compiled(
    "Tuple((int64, int64))(int64[:,::1], int64[:,::1], int64[:,::1], int64[::1], int64, int64[:,::1],"
    " int64[:,::1], int64[:,::1], int64[::1], int64, int64[::1], int64, int64)"
)
def _trees_count(
    a: Int64Array,
    a_low: Int64Array,
    a_high: Int64Array,
    wa: Int64Array,
    a_first: int,
    b: Int64Array,
    b_low: Int64Array,
    b_high: Int64Array,
    wb: Int64Array,
    b_first: int,
    need: Int64Array,
    modulus: int,
    effort: int,
) -> tuple[int, int]:
    """Walk two k-d trees; return the count and 1, or 0 and 0 if it takes more than `effort` tests.

    Nodes are numbered as in a heap from 1; `a_first` is the number of leaves and
    so the first leaf. `wa` and `wb` hold cumulated weights of the rows.
    """
    width = len(need)
    a_leaf = (a.shape[0]) // a_first
    b_leaf = (b.shape[0]) // b_first
    stack = np.empty((4096, 2), dtype=np.int64)
    stack[0, 0] = 1
    stack[0, 1] = 1
    size = 1
    total = 0
    tests = 0
    while size > 0:
        size -= 1
        p = stack[size, 0]
        q = stack[size, 1]
        tests += 1
        sure = True
        never = False
        for j in range(width):
            if a_high[p, j] + b_high[q, j] < need[j]:
                never = True
                break
            if a_low[p, j] + b_low[q, j] < need[j]:
                sure = False
        if never:
            continue
        a_depth, b_depth = p, q
        a_start, b_start, a_rows, b_rows = 0, 0, 0, 0
        a_span = a_first
        while a_depth > 1:
            a_depth //= 2
            a_span //= 2
        b_span = b_first
        while b_depth > 1:
            b_depth //= 2
            b_span //= 2
        a_rows = a_span * a_leaf
        b_rows = b_span * b_leaf
        a_start = p * a_rows - a.shape[0]
        b_start = q * b_rows - b.shape[0]
        if sure:
            one = wa[a_start + a_rows] - wa[a_start]
            other = wb[b_start + b_rows] - wb[b_start]
            if modulus > 0:
                total = (total + (one % modulus) * (other % modulus)) % modulus
            else:
                total += one * other
        elif p >= a_first and q >= b_first:
            tests += a_rows * b_rows // 4
            for i in range(a_start, a_start + a_rows):
                reach = 0
                for k in range(b_start, b_start + b_rows):
                    above = True
                    for j in range(width):
                        if a[i, j] + b[k, j] < need[j]:
                            above = False
                            break
                    if above:
                        reach += wb[k + 1] - wb[k]
                if modulus > 0:
                    total = (total + (wa[i + 1] - wa[i]) * (reach % modulus)) % modulus
                else:
                    total += (wa[i + 1] - wa[i]) * reach
        elif q >= b_first or (p < a_first and a_rows >= b_rows):
            for child in range(2):
                stack[size, 0] = 2 * p + child
                stack[size, 1] = q
                size += 1
        else:
            for child in range(2):
                stack[size, 0] = p
                stack[size, 1] = 2 * q + child
                size += 1
        if tests > effort:
            return 0, 0
    return total, 1


def _tree(values: Int64Array, weights: Int64Array) -> tuple[Int64Array, Int64Array, Int64Array, Int64Array, int]:
    """Return rows in the order of a complete k-d tree, its boxes, cumulated weights and leaves."""
    rows, width = values.shape
    depth = max(0, int(np.ceil(np.log2(max(1, rows) / LEAF))))
    leaves = 1 << depth
    size = leaves * -(-rows // leaves)
    padded = np.full((size, width), LOWEST, np.int64)
    padded[:rows] = values
    loads = np.zeros(size, np.int64)
    loads[:rows] = weights
    for level in range(depth):
        span = size >> level
        if span % 2:
            raise AssertionError("a level has an odd span")
        parts = padded.reshape(1 << level, span, width)
        order = np.argpartition(parts[:, :, level % width], span // 2, axis=1)
        padded = np.take_along_axis(parts, order[:, :, None], axis=1).reshape(size, width)
        loads = np.take_along_axis(loads.reshape(1 << level, span), order, axis=1).reshape(size)
    low = np.empty((2 * leaves, width), np.int64)
    high = np.empty((2 * leaves, width), np.int64)
    low[leaves:] = padded.reshape(leaves, -1, width).min(axis=1)
    high[leaves:] = padded.reshape(leaves, -1, width).max(axis=1)
    for level in reversed(range(depth)):
        first = 1 << level
        low[first : 2 * first] = low[2 * first : 4 * first].reshape(first, 2, width).min(axis=1)
        high[first : 2 * first] = high[2 * first : 4 * first].reshape(first, 2, width).max(axis=1)
    return np.ascontiguousarray(padded), low, high, np.concatenate(([0], np.cumsum(loads))), leaves


def count_pairs(
    a: Int64Array,
    wa: Int64Array,
    b: Int64Array,
    wb: Int64Array,
    need: Int64Array,
    *,
    modulus: int = 0,
    effort: int = 1 << 29,
) -> int | None:
    """Return the weighted number of pairs whose sum is at least `need`, or None if it takes too long.

    Parameters
    ----------
    a, b : (N, n), (M, n) int64
        The two sets; values lie above -2**61.
    wa, wb : int64
        Weights. The weighted number of all pairs lies below 2**62, or weights lie
        below `modulus` < 2**31.
    need : (n,) int64
        Threshold.
    modulus : int
        0, or the number modulo which pairs are counted.
    effort : int
        Largest number of comparisons with three or more coordinates.
    """
    width = a.shape[1]
    if len(a) == 0 or len(b) == 0:
        return 0
    if width <= 2:
        if width == 1:
            a = np.column_stack((a, np.zeros(len(a), np.int64)))
            b = np.column_stack((b, np.zeros(len(b), np.int64)))
            need = np.append(need, 0)
        by_first = np.argsort(-a[:, 0])
        heights = np.sort(a[:, 1])
        t = need - b
        b_order = np.argsort(-t[:, 0])
        place = len(a) - np.searchsorted(heights, a[:, 1], side="left")
        reach = len(a) - np.searchsorted(heights, t[:, 1], side="left")
        return int(
            _fenwick_count(
                np.ascontiguousarray(a[by_first]),
                np.ascontiguousarray(place[by_first]),
                np.ascontiguousarray(t[b_order]),
                np.ascontiguousarray(reach[b_order]),
                np.ascontiguousarray(wa[by_first]),
                np.ascontiguousarray(wb[b_order]),
                modulus,
            )
        )
    total, finished = _trees_count(*_tree(a, wa), *_tree(b, wb), need, modulus, effort)
    return int(total) if finished else None


def bound_pairs(
    a: Int64Array, wa: Int64Array, b: Int64Array, wb: Int64Array, need: Int64Array, *, cells: int = 1 << 23
) -> tuple[float, float]:
    """Return bounds on the weighted number of pairs whose sum is at least `need`.

    `a` is put on a grid of at most `cells` cells whose lines are quantiles of its
    coordinates. Weights are added as floats: the caller widens the bounds by the
    relative error of a sum of 64-bit floats of one sign.
    """
    width = a.shape[1]
    if len(a) == 0 or len(b) == 0:
        return 0.0, 0.0
    per_side = max(2, int(cells ** (1 / width)))
    lines = [
        np.unique(np.quantile(a[:, j], np.linspace(0, 1, per_side), method="lower").astype(np.int64))
        for j in range(width)
    ]
    shape = tuple(len(line) + 1 for line in lines)
    flat = np.zeros(len(a), np.int64)
    for line, column in zip(lines, a.T, strict=True):
        flat = flat * (len(line) + 1) + np.searchsorted(line, column, side="right") - 1
    grid = np.bincount(flat, weights=wa.astype(np.float64), minlength=int(np.prod(shape))).reshape(shape)
    for axis in range(width):
        grid = np.flip(np.cumsum(np.flip(grid, axis), axis=axis), axis)
    low_at, high_at = np.zeros(len(b), np.int64), np.zeros(len(b), np.int64)
    for j, line in enumerate(lines):
        t = need[j] - b[:, j]
        low_at = low_at * shape[j] + np.searchsorted(line, t, side="left")
        high_at = high_at * shape[j] + np.maximum(np.searchsorted(line, t, side="right") - 1, 0)
    table = grid.ravel()
    weights = wb.astype(np.float64)
    return float((table[low_at] * weights).sum()), float((table[high_at] * weights).sum())

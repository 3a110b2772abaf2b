r"""Whether one choice per block can be made so that the sum reaches a threshold.

A multiple-choice knapsack with several constraints. For weights
:math:`\lambda \ge 0` no sum reaches `need` if
:math:`\sum_b \max_c \lambda v_{bc} < \lambda\,\mathrm{need}`; a few steps of subgradient
descent on this bound settle nearly every case, either by the bound or because the
choices that attain it reach the threshold. The rest is searched depth first with the
same bound. Reaching is decided on whole numbers; the bound is in floats and only
trusted beyond a margin far above their error.
"""

from enum import IntEnum
from itertools import pairwise

import numpy as np

from detente.maths.compiled import FloatArray, Int64Array, compiled

STEPS = 200
"""Subgradient steps."""


CLEARLY = 1e-5
"""Shortfall, relative to the largest value, above the tolerance of the integer programme (1e-6)."""

INFEASIBLE = 2
"""SciPy's status of an integer programme without solution."""


class Reach(IntEnum):
    """What a search found."""

    UNDECIDED = -1
    NEVER = 0
    REACHED = 1


@compiled(
    "Tuple((int64, int64[::1]))(int64[:,::1], float64[:,::1], int64[::1], int64[::1], float64[::1], int64, int64)"
)
def _search(
    values: Int64Array,
    scaled: FloatArray,
    starts: Int64Array,
    need: Int64Array,
    scaled_need: FloatArray,
    steps: int,
    nodes: int,
) -> tuple[int, Int64Array]:
    blocks = len(starts) - 1
    width = values.shape[1]
    chosen = np.zeros(blocks, dtype=np.int64)
    weight = np.full(width, 1.0 / width)
    best_weight = weight.copy()
    best_bound = np.inf
    margin = 1e-9
    for step in range(steps):
        bound = 0.0
        for j in range(width):
            bound -= weight[j] * scaled_need[j]
        total = np.zeros(width, dtype=np.int64)
        slope = -scaled_need
        for b in range(blocks):
            top = -np.inf
            for c in range(starts[b], starts[b + 1]):
                score = 0.0
                for j in range(width):
                    score += weight[j] * scaled[c, j]
                if score > top:
                    top = score
                    chosen[b] = c
            bound += top
            for j in range(width):
                total[j] += values[chosen[b], j]
                slope[j] += scaled[chosen[b], j]
        if bound < -margin:
            return 0, chosen
        reached = True
        for j in range(width):
            if total[j] < need[j]:
                reached = False
        if reached:
            return 1, chosen
        if bound < best_bound:
            best_bound = bound
            best_weight = weight.copy()
        norm = 0.0
        for j in range(width):
            norm = max(norm, abs(slope[j]))
        if norm == 0.0:
            break
        # Multiplicative step: a party that falls short gains weight.
        rate = 2.0 / np.sqrt(1.0 + step)
        summed = 0.0
        for j in range(width):
            weight[j] *= np.exp(-rate * slope[j] / norm)
            weight[j] = max(weight[j], 1e-12)
            summed += weight[j]
        weight /= summed
    weight = best_weight

    score_of = np.zeros(len(values))
    for c in range(len(values)):
        for j in range(width):
            score_of[c] += weight[j] * scaled[c, j]
    order = np.empty(len(values), dtype=np.int64)
    rest = np.zeros((blocks + 1, width), dtype=np.int64)
    rest_score = np.zeros(blocks + 1)
    for b in range(blocks - 1, -1, -1):
        first, last = starts[b], starts[b + 1]
        order[first:last] = first + np.argsort(-score_of[first:last])
        rest_score[b] = rest_score[b + 1] + score_of[order[first]]
        for j in range(width):
            top_value = values[first, j]
            for c in range(first, last):
                top_value = max(top_value, values[c, j])
            rest[b, j] = rest[b + 1, j] + top_value
    need_score = 0.0
    for j in range(width):
        need_score += weight[j] * scaled_need[j]
    at = np.zeros(blocks + 1, dtype=np.int64)
    partial = np.zeros((blocks + 1, width), dtype=np.int64)
    partial_score = np.zeros(blocks + 1)
    depth = 0
    at[0] = starts[0]
    visited = 0
    while depth >= 0:
        if depth == blocks:
            for b in range(blocks):
                chosen[b] = order[at[b] - 1]
            return 1, chosen
        if at[depth] >= starts[depth + 1]:
            depth -= 1
            continue
        c = order[at[depth]]
        at[depth] += 1
        visited += 1
        if visited > nodes:
            return -1, chosen
        score = partial_score[depth] + score_of[c]
        if score + rest_score[depth + 1] < need_score - margin:
            at[depth] = starts[depth + 1]  # the rest of the block scores no better
            continue
        possible = True
        for j in range(width):
            partial[depth + 1, j] = partial[depth, j] + values[c, j]
            if partial[depth + 1, j] + rest[depth + 1, j] < need[j]:
                possible = False
        if possible:
            depth += 1
            partial_score[depth] = score
            if depth < blocks:
                at[depth] = starts[depth]
    return 0, chosen


def find_reaching(
    values: Int64Array, starts: Int64Array, need: Int64Array, *, nodes: int = 30_000
) -> tuple[Reach, Int64Array]:
    """Return whether some choice per block reaches `need`, and if so the rows chosen.

    Parameters
    ----------
    values : (C, n) int64
        What each choice adds, block after block; no block is empty.
    starts : (B + 1,) int64
        First row of each block, and C.
    need : (n,) int64
        Threshold.
    nodes : int
        Largest number of nodes searched before giving up.
    """
    size = np.maximum(np.abs(values).max(axis=0), np.abs(need)).astype(np.float64) * (len(starts) + 1)
    size[size == 0] = 1.0
    status, rows = _search(
        np.ascontiguousarray(values),
        np.ascontiguousarray(values / size),
        starts,
        np.ascontiguousarray(need),
        need / size,
        STEPS,
        nodes,
    )
    return Reach(status), rows


def programme_reaching(values: Int64Array, starts: Int64Array, need: Int64Array) -> tuple[Reach, Int64Array]:
    """Answer like `find_reaching` by integer programming.

    The threshold is lowered by more than the solver's tolerance. If even that is out of
    reach, the answer is NEVER; choices found are checked in whole numbers against the
    threshold itself, and the answer is UNDECIDED if they fall short of it.
    """
    from scipy import optimize, sparse  # seldom needed, and slower to load than most searches are to run

    rows = len(values)
    size = np.maximum(np.abs(values).max(axis=0), np.abs(need)).astype(np.float64)
    size[size == 0] = 1.0
    blocks = len(starts) - 1
    member = sparse.csr_matrix(
        (np.ones(rows), (np.repeat(np.arange(blocks), np.diff(starts)), np.arange(rows))), shape=(blocks, rows)
    )
    found = optimize.milp(
        np.zeros(rows),
        integrality=np.ones(rows, np.int64),
        bounds=optimize.Bounds(0, 1),
        constraints=[
            optimize.LinearConstraint(member, 1, 1),
            optimize.LinearConstraint(sparse.csr_matrix((values / size).T), need / size - CLEARLY, np.inf),
        ],
        options={"node_limit": 5_000},
    )
    if found.x is not None:
        picked = np.array([a + int(np.argmax(found.x[a:b])) for a, b in pairwise(starts.tolist())], np.int64)
        if (values[picked].sum(axis=0) >= need).all():
            return Reach.REACHED, picked
    elif found.status == INFEASIBLE:
        return Reach.NEVER, np.zeros(0, np.int64)
    return Reach.UNDECIDED, np.zeros(0, np.int64)

r"""Stability when every state can occur and every switch can be flipped back: O(parties x states).

Write a state as (b, o): what the party has set itself, and what the others have. Then the
others can reach every o from every other, so with :math:`p` the party's rank

.. math::
    \text{Nash} &: p(b,o) \ge \max_{b'} p(b',o) \\
    \text{GMR}  &: p(b,o) \ge \max_{b'} \min_{o'} p(b',o') \\
    \text{SMR}  &: p(b,o) \ge \min_{o'} \max_{b'} p(b',o') \text{ or Nash} \\
    \text{SEQ}  &: p(b,o) \ge \max_{b'} W(b',o)

where :math:`W(s)` is the least rank for the party among the states that the others reach
from s by improvements of their own (s included). Improvements are transitive, so a legal
sequence of them is a path. States are visited from the party's worst upwards, and each
spreads its rank backwards to those from which it can be reached and which have none yet;
in a block of another party those are the states that it ranks lower, a prefix of the block
in ascending order, so one pointer per block visits each state once.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.engines.stability.model import Concept, Int32Array, StabilityModel
from detente.maths.compiled import BoolArray, Int64Array, compiled

T = TypeVar("T", bound=np.generic)


@compiled("int32[::1](int32[::1])")
def _ascending(ranks: Int32Array) -> Int32Array:
    """Return the states in ascending order of their dense rank, by counting."""
    start = np.zeros(ranks.max() + 2, dtype=np.int64)
    for s in range(ranks.size):
        start[ranks[s] + 1] += 1
    for r in range(1, start.size):
        start[r] += start[r - 1]
    order = np.empty(ranks.size, dtype=np.int32)
    for s in range(ranks.size):
        order[start[ranks[s]]] = s
        start[ranks[s]] += 1
    return order


@compiled("void(int32[::1], int32[::1], int64, int64, int32[::1], int32[::1])")
def _blocks(
    ranks: Int32Array, order: Int32Array, low: int, width: int, in_order: Int32Array, worse: Int32Array
) -> None:
    """Order each block of states that differ only in the bits `low` to `low + width - 1`.

    `in_order` holds at the n-th place of a block the setting of its n-th state in
    ascending order; `worse` counts for each state those of its block that rank lower.
    """
    own = ((np.int64(1) << width) - 1) << low
    filled = np.zeros(ranks.size >> width, dtype=np.int32)
    below = (np.int64(1) << low) - 1
    for k in range(order.size):
        s = np.int64(order[k])
        block = ((s >> (low + width)) << low) | (s & below)
        place = filled[block]
        filled[block] = place + 1
        base = s & ~own
        in_order[base | (np.int64(place) << low)] = s & own
        worse[s] = place
        if place > 0:
            before = base | in_order[base | (np.int64(place - 1) << low)]
            if ranks[before] == ranks[s]:
                worse[s] = worse[before]


@compiled("void(int32[::1], int32[::1], int64, int64, int64[::1], int64[::1], int32[:,::1], int32[:,::1], int32[::1])")
def _spread(
    ranks: Int32Array,
    order: Int32Array,
    low: int,
    width: int,
    lows: Int64Array,
    widths: Int64Array,
    in_order: Int32Array,
    worse: Int32Array,
    least: Int32Array,
) -> None:
    """Write W, one setting of the party after the other, so that what is read at once is small."""
    one = np.int64(1)
    settings, size, others = one << width, ranks.size >> width, lows.size
    below = (one << low) - 1
    slices = np.empty((settings, size), dtype=np.int32)
    filled = np.zeros(settings, dtype=np.int64)
    for k in range(order.size):
        s = np.int64(order[k])
        own_setting = (s >> low) & (settings - 1)
        slices[own_setting, filled[own_setting]] = ((s >> (low + width)) << low) | (s & below)
        filled[own_setting] += 1
    p = np.empty(size, dtype=np.int32)
    w = np.empty(size, dtype=np.int32)
    stack = np.empty(size, dtype=np.int32)
    sorted_own = np.empty((others, size), dtype=np.int32)
    limit = np.empty((others, size), dtype=np.int32)
    done = np.empty((others, size), dtype=np.int32)
    shift = np.empty(others, dtype=np.int64)
    own = np.empty(others, dtype=np.int64)
    for j in range(others):
        shift[j] = lows[j] if lows[j] < low else lows[j] - width
        own[j] = ((one << widths[j]) - 1) << shift[j]
    for b in range(settings):
        for o in range(size):
            state = ((o >> low) << (low + width)) | (b << low) | (o & below)
            p[o] = ranks[state]
            w[o] = -1
            for j in range(others):
                setting = np.int64(in_order[j, state]) >> lows[j]
                sorted_own[j, o] = setting << shift[j]
                limit[j, o] = worse[j, state]
                done[j, o] = 0
        for k in range(size):
            t = slices[b, k]
            if w[t] >= 0:
                continue
            value = p[t]
            w[t] = value
            stack[0] = t
            top = 1
            while top > 0:
                top -= 1
                u = np.int64(stack[top])
                for j in range(others):
                    base = u & ~own[j]
                    end = limit[j, u]
                    at = done[j, base]
                    if at < end:
                        done[j, base] = end
                        for q in range(at, end):
                            x = base | sorted_own[j, base | (np.int64(q) << shift[j])]
                            if w[x] < 0:
                                w[x] = value
                                stack[top] = x
                                top += 1
        for o in range(size):
            least[((o >> low) << (low + width)) | (b << low) | (o & below)] = w[o]


def dense(ranks: Int32Array) -> Int32Array:
    """Return the same order with ranks 0, 1, 2, …, as counting needs."""
    if ranks.min() >= 0 and ranks.max() < ranks.size:
        return np.ascontiguousarray(ranks)
    return np.unique(ranks, return_inverse=True)[1].astype(np.int32).reshape(ranks.shape)


def _side_by_side(model: StabilityModel) -> list[int]:
    """Return the switches in the order in which those of one party stand side by side."""
    return sorted(range(model.switches), key=lambda j: (model.owner[j], j))


def rearranged(values: NDArray[T], order: list[int]) -> NDArray[T]:
    """Return an array over states whose bit n is bit `order[n]` of the given one."""
    switches = len(order)
    if order == list(range(switches)):
        return values
    axes = [switches - 1 - order[switches - 1 - k] for k in range(switches)]  # axis k of an array is bit N-1-k
    turned: NDArray[T] = np.ascontiguousarray(values.reshape((2,) * switches).transpose(axes)).reshape(-1)
    return turned


def solve_reversible(model: StabilityModel, concepts: tuple[Concept, ...]) -> dict[Concept, BoolArray]:
    """Return stability by party under Nash, GMR, SMR and SEQ with legal replies.

    Memory: 4 bytes per state and party for ranks, and for SEQ 12 more, and about 24 per state.
    """
    order = _side_by_side(model)
    back = [order.index(j) for j in range(model.switches)]
    ranks = [rearranged(dense(row), order) for row in model.ranks]
    widths = [model.owner.count(party) for party in range(model.parties)]
    lows = [sum(widths[:party]) for party in range(model.parties)]
    stable = {concept: np.empty((model.parties, model.states), dtype=np.bool_) for concept in concepts}
    orders: list[Int32Array] = []
    in_order = worse = np.empty((0, 0), dtype=np.int32)
    if Concept.SEQ in concepts:
        orders = [_ascending(row) for row in ranks]
        in_order = np.empty((model.parties, model.states), dtype=np.int32)
        worse = np.empty((model.parties, model.states), dtype=np.int32)
        for party, row in enumerate(ranks):
            _blocks(row, orders[party], lows[party], widths[party], in_order[party], worse[party])
    for party, row in enumerate(ranks):
        shape = (-1, 1 << widths[party], 1 << lows[party])
        p = row.reshape(shape)
        best = p.max(axis=1, keepdims=True)
        for concept in concepts:
            if concept is Concept.NASH:
                kept = p >= best
            elif concept is Concept.GMR:
                kept = p >= p.min(axis=(0, 2)).max()
            elif concept is Concept.SMR:
                kept = p >= best.min()  # where Nash holds, p is the best of its block and at least this
            else:
                others = [j for j in range(model.parties) if j != party and widths[j]]
                least = np.empty(model.states, dtype=np.int32)
                _spread(
                    row, orders[party], lows[party], widths[party],
                    np.array([lows[j] for j in others], dtype=np.int64),
                    np.array([widths[j] for j in others], dtype=np.int64),
                    in_order[others], worse[others], least,
                )  # fmt: skip
                kept = p >= least.reshape(shape).max(axis=1, keepdims=True)
            stable[concept][party] = rearranged(np.ascontiguousarray(kept).reshape(-1), back)
    return stable

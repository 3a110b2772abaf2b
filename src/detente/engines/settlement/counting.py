"""How many packages there are, keep the rules, and lie in the zone.

The first two are always exact where the rules that join issues can be summed out
one issue at a time in tables of at most 2**24 cells. The zone is a knapsack count:
exact on a lattice of whole steps, or by meeting in the middle; beyond that an
interval that surely holds the number. Every answer names its method.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, gcd, prod

import numpy as np

from detente.engines.settlement.model import Completion, Rule, SettlementModel
from detente.engines.settlement.structure import TooManyCombinations, blocks, components, permitted
from detente.maths.compiled import Int64Array
from detente.maths.lattices import count_on_lattice, share_on_lattice
from detente.maths.merging import sums
from detente.maths.pairs import bound_pairs, count_pairs
from detente.maths.vectors import MANY, Vectors, collapse, from_residues, primes_for, unit

TABLE = 1 << 24
"""Largest table while an issue is summed out."""

EFFORT = 4_000_000
"""Vectors per half when meeting in the middle."""

FLOAT_ERROR = 1e-9
"""Relative error allowed for sums of floats of one sign; true errors stay below 1e-11."""

ROUNDED = 2
"""So many more vectors per half with three or more pressed parties, where one half is rounded."""

WALKED = 1 << 34
TESTS = 1 << 29
"""Pairs of vectors of three or more values, and tests of them, beyond which the count is only bounded."""

JOINED_BELOW = 1 << 18
"""Equal vectors of a half are joined while it is smaller than this."""

BLOCK = 1 << 17
"""Vectors that a block may have when its values are rounded."""

FINE = {1: 1 << 16, 2: 1 << 11, 3: 1 << 7}
COARSE = {1: 1 << 13, 2: 1 << 9, 3: 1 << 6}
"""Cells per coordinate, by the number of pressed parties, with full and with less effort."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of packages, or two bounds on it, and how it was found."""

    low: int
    high: int
    method: str

    @property
    def exact(self) -> bool:
        """Return whether the bounds meet."""
        return self.low == self.high


def count_keeping(model: SettlementModel, rules: Sequence[Rule]) -> Count:
    """Return the number of packages that keep every rule.

    Issues are summed out one by one within each group that the rules join. A group
    whose tables would exceed 2**24 cells is bounded by leaving rules out.
    """
    options = [np.flatnonzero(mask) for mask in permitted(model.sizes, rules)]
    several = [rule for rule in rules if len(rule.issues) > 1]
    low, high = 1, 1
    bounded = False
    for group in components(len(model.sizes), [rule.issues for rule in several]):
        inside = [rule for rule in several if rule.issues[0] in group]
        number = _sum_out(group, inside, options)
        if number is None:
            bounded = True
            low, number = 0, _relaxed(group, inside, options)
        low, high = low * number, high * number
    return Count(low, high, "bounds: some rules left out" if bounded else "summing out issues")


def _relaxed(group: tuple[int, ...], rules: Sequence[Rule], options: Sequence[Int64Array]) -> int:
    """Return an upper bound: rules are taken in as long as the tables stay small."""
    kept: list[Rule] = []
    number = prod(len(options[i]) for i in group)
    for rule in rules:
        tried = _sum_out(group, [*kept, rule], options)
        if tried is not None:
            kept.append(rule)
            number = tried
    return number


def _sum_out(group: tuple[int, ...], rules: Sequence[Rule], options: Sequence[Int64Array]) -> int | None:
    bound = prod(len(options[i]) for i in group)
    if not rules or bound == 0:
        return bound
    factors = [
        (rule.issues, rule.allowed[np.ix_(*(options[i] for i in rule.issues))].astype(np.int64)) for rule in rules
    ]
    order = _cheap_order(group, [rule.issues for rule in rules], [len(o) for o in options])
    if order is None:
        return None
    if bound < MANY:
        return _eliminate(order, factors, options, 0)
    primes = primes_for(bound)
    residues = [[_eliminate(order, factors, options, prime)] for prime in primes]
    return from_residues(residues, primes)[0]


def _cheap_order(
    group: tuple[int, ...], scopes: Sequence[tuple[int, ...]], sizes: Sequence[int]
) -> tuple[int, ...] | None:
    """Return an order of elimination with small tables (greedy), or None if one exceeds TABLE."""
    current = [frozenset(scope) for scope in scopes]
    order: list[int] = []
    left = set(group)
    while left:
        unions = {i: frozenset().union(*(s for s in current if i in s)) | {i} for i in left}
        issue = min(left, key=lambda i: (prod(sizes[k] for k in unions[i]), i))
        if prod(sizes[k] for k in unions[issue]) > TABLE:
            return None
        current = [s for s in current if issue not in s] + [unions[issue] - {issue}]
        left.remove(issue)
        order.append(issue)
    return tuple(order)


def _eliminate(
    order: Sequence[int],
    factors: Sequence[tuple[tuple[int, ...], Int64Array]],
    options: Sequence[Int64Array],
    modulus: int,
) -> int:
    current = list(factors)
    constant = 1
    for issue in order:
        touched = [factor for factor in current if issue in factor[0]]
        scope = tuple(sorted({i for s, _ in touched for i in s} | {issue}))
        table = np.ones(tuple(len(options[i]) for i in scope), np.int64)
        for factor_scope, values in touched:
            table = table * values.reshape(tuple(len(options[i]) if i in factor_scope else 1 for i in scope))
            if modulus:
                table %= modulus
        summed = table.sum(axis=scope.index(issue))
        if modulus:
            summed = summed % modulus
        rest = tuple(i for i in scope if i != issue)
        current = [factor for factor in current if issue not in factor[0]]
        if rest:
            current.append((rest, summed))
        else:
            constant = constant * int(summed) % modulus if modulus else constant * int(summed)
    return constant


def count_zone(
    model: SettlementModel,
    *,
    rules: Sequence[Rule],
    completion: Completion,
    at_least: int = 0,
    effort: int = EFFORT,
) -> Count:
    """Return the number of rule-keeping packages that give every party its reservation value.

    Parameters
    ----------
    rules : sequence of Rule
        Links, and the rules of whatever lines bind.
    completion : Completion
        Value of unknown options.
    at_least : int
        A lower bound already known, for instance from the frontier.
    effort : int
        Vectors held per half; a smaller effort gives a wider interval.
    """
    keeping = count_keeping(model, rules)
    if keeping.high == 0:
        return Count(0, 0, keeping.method)
    try:
        parts = [b.choices for b in blocks(model, rules=rules, completion=completion, every=True)]
    except TooManyCombinations:
        return Count(at_least, keeping.high, "bounds: joined issues cannot be listed")
    if any(int(c.counts.max(initial=0)) >= MANY for c in parts):
        return Count(at_least, keeping.high, "bounds: too many equal combinations of joined issues")
    need = model.reservation - model.bias
    lowest = np.sum([c.values.min(axis=0) for c in parts], axis=0, dtype=np.int64)
    highest = np.sum([c.values.max(axis=0) for c in parts], axis=0, dtype=np.int64)
    if (highest < need).any():
        return Count(0, 0, "bounds of single parties")
    pressed = np.flatnonzero(lowest < need)
    total = prod(int(sum(c.counts.tolist())) for c in parts)
    if len(pressed) == 0:
        return Count(total, total, "bounds of single parties")
    narrowed = [
        collapse(np.ascontiguousarray(c.values[:, pressed]), c.counts, np.zeros((len(c), 0), np.int64)) for c in parts
    ]
    found = _count(narrowed, need[pressed], total, effort)
    return Count(max(found.low, min(at_least, found.high)), found.high, found.method)


def _count(parts: Sequence[Vectors], need: Int64Array, total: int, effort: int) -> Count:
    lattice = _on_lattice(parts, need, total, effort)
    if lattice is not None:
        return Count(lattice, lattice, "lattice of whole steps")
    halves = _halves(parts, need, effort)
    if halves is not None:
        return _meet(*halves, need, total, effort)
    return _bounds(parts, need, total, effort)


def _on_lattice(parts: Sequence[Vectors], need: Int64Array, total: int, effort: int) -> int | None:
    """Count on the lattice of common steps if it is small enough."""
    width = len(need)
    lows = [c.values.min(axis=0) for c in parts]
    steps = [
        gcd(*(int(d) for c, low in zip(parts, lows, strict=True) for d in np.unique(c.values[:, j] - low[j])))
        for j in range(width)
    ]
    unit_steps = np.array([max(1, s) for s in steps], np.int64)
    cells = prod(
        1 + sum(int(c.values[:, j].max() - low[j]) for c, low in zip(parts, lows, strict=True)) // int(unit_steps[j])
        for j in range(width)
    )
    primes = primes_for(total)
    if cells > 4 * effort or cells * sum(len(c) for c in parts) * len(primes) > 128 * effort:
        return None
    target = need - np.sum(lows, axis=0, dtype=np.int64)
    threshold = [-(-int(t) // int(s)) for t, s in zip(target, unit_steps, strict=True)]
    placed = [(c.values - low) // unit_steps for c, low in zip(parts, lows, strict=True)]
    if total < MANY:
        return count_on_lattice([(v, c.counts) for v, c in zip(placed, parts, strict=True)], threshold, modulus=0)
    residues = [
        [count_on_lattice([(v, c.counts % p) for v, c in zip(placed, parts, strict=True)], threshold, modulus=p)]
        for p in primes
    ]
    return from_residues(residues, primes)[0]


def _halves(parts: Sequence[Vectors], need: Int64Array, effort: int) -> tuple[Vectors, Vectors] | None:
    """Return two sets whose pairs are all packages, without those that cannot reach; None if too large."""
    room = effort if len(need) <= 2 else ROUNDED * effort
    groups: tuple[list[Vectors], list[Vectors]] = ([], [])
    for choice in sorted(parts, key=len, reverse=True):
        smaller = min(groups, key=lambda g: prod(len(c) for c in g))
        smaller.append(choice)
    if any(prod(len(c) for c in group) > 4 * room for group in groups):
        return None
    built = []
    for group, other in (groups, groups[::-1]):
        rest = need - sum((c.values.max(axis=0) for c in other), np.zeros(len(need), np.int64))
        half = unit(len(need), 0)
        left = rest - sum((c.values.max(axis=0) for c in group), np.zeros(len(need), np.int64))
        for choice in sorted(group, key=len):
            if 2 * len(half) * len(choice) > 3 * room:
                return None
            left = left + choice.values.max(axis=0)
            values, counts, codes = sums(half, choice)
            rows = np.flatnonzero((values >= left).all(axis=1))
            half = Vectors(values[rows], counts[rows], codes[rows])
            if len(half) <= JOINED_BELOW:
                half = collapse(half.values, half.counts, half.codes)
        if len(half) > room or int(half.counts.max(initial=0)) >= MANY:
            return None
        built.append(half)
    return built[0], built[1]


def _meet(a: Vectors, b: Vectors, need: Int64Array, total: int, effort: int) -> Count:
    def exactly(modulus: int) -> int | None:
        if len(need) > 2 and len(a) * len(b) > WALKED:
            return None
        wa, wb = (a.counts, b.counts) if modulus == 0 else (a.counts % modulus, b.counts % modulus)
        return count_pairs(a.values, wa, b.values, wb, need, modulus=modulus, effort=min(64 * effort, TESTS))

    primes = primes_for(total) if total >= MANY else ()
    found = [exactly(p) for p in primes] if primes else [exactly(0)]
    known = [f for f in found if f is not None]
    if len(known) == len(found):
        number = from_residues([[f] for f in known], primes)[0] if primes else known[0]
        return Count(number, number, "meeting in the middle")
    low, high = bound_pairs(a.values, a.counts, b.values, b.counts, need, cells=effort)
    return Count(
        max(0, floor(low * (1 - FLOAT_ERROR))), min(total, ceil(high * (1 + FLOAT_ERROR))), "bounds: one half rounded"
    )


def _bounds(parts: Sequence[Vectors], need: Int64Array, total: int, effort: int) -> Count:
    """Bound the share of packages that reach `need` on a lattice of rounded values.

    With more than three pressed parties every pair bounds the share from above, and
    the packages that single parties refuse, added up, bound it from below.
    """
    joined = _joined(parts)
    width = len(need)
    if width <= 3:
        sides = (FINE if effort >= EFFORT else COARSE)[width]
        low, high = _share(joined, need, tuple(range(width)), sides)
    else:
        singles = [_share(joined, need, (j,), 1 << 16) for j in range(width)]
        low = max(0.0, 1.0 - sum(1.0 - s for s, _ in singles))
        high = min(s for _, s in singles)
        for first in range(width):
            for second in range(first + 1, width):
                high = min(high, _share(joined, need, (first, second), 1 << 9)[1])
    digits = 10**18
    return Count(
        total * floor(low * digits) // digits,
        min(total, -(-total * ceil(high * digits) // digits)),
        "bounds: values rounded down and up",
    )


def _share(parts: Sequence[Vectors], need: Int64Array, columns: tuple[int, ...], sides: int) -> tuple[float, float]:
    at = list(columns)
    shares = [(c.values[:, at], c.counts / c.counts.sum(dtype=np.float64)) for c in parts]
    return share_on_lattice(shares, need[at], sides=sides)


def _joined(parts: Sequence[Vectors]) -> list[Vectors]:
    """Join small blocks to blocks of at most BLOCK vectors, so that fewer sums are rounded."""
    found: list[Vectors] = []
    for choice in sorted(parts, key=len):
        fits = [k for k, other in enumerate(found) if len(other) * len(choice) <= BLOCK]
        if fits:
            other = found[fits[0]]
            values, counts, codes = sums(other, choice)
            if int(counts.max(initial=0)) < MANY:
                found[fits[0]] = Vectors(values, counts, codes)
                continue
        found.append(choice)
    return found

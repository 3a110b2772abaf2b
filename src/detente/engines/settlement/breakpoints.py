r"""At which value of one number a zone appears or disappears.

All numbers of one party enter through its own utility :math:`u_j` and its value of no agreement
:math:`d_j` alone. Let the others' numbers, the links and the binding lines stand. A zone exists if and
only if

.. math:: \max_k \max_{(a, e) \in L_{ik}} \bigl(a + w_i v_{ik} + e\bigr) \ge d_j,

where :math:`L_{ik}` holds what packages with option k on issue i give party j by the weighted values of
the other issues (a) and by joint values (e), every other party reaching its own value of no agreement
(`find_leeway`; pairs that another pair exceeds in both are left out). The left side does not contain the
number that moves, so the values at which its truth can change are roots of linear equations: no
monotony is assumed, and between two neighbouring roots the truth is that of any point. Numbers are
fractions, so a threshold is exact.

A joint value x counts in packages in which its condition holds and in no other: there is a zone if and
only if the most by packages of the other kind reaches :math:`d_j`, or the most by packages of this
kind, less the joint value as it is now, does with x added.

A weight is one of several that are scaled to sum to 1, so it moves all of them; a value moves the others
of its issue where they are rescaled to 0 and 1; a belief takes from the others in proportion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from detente.core.errors import ModelError
from detente.engines.settlement.model import Completion, Interaction, Rule, SettlementModel
from detente.engines.settlement.relaxations import cut_off, too_many_vectors
from detente.engines.settlement.structure import Block, TooManyCombinations, blocks, components
from detente.maths.compiled import BoolArray, Int64Array
from detente.maths.merging import merge
from detente.maths.vectors import Vectors, unit

LIMIT = 20_000
"""Largest number of partial packages held at a time."""

NOTHING = np.iinfo(np.int64).min // 4

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Leeway:
    """What packages offer one party while every other party reaches its value of no agreement.

    `pairs[i][k]` holds, for packages with option k on issue i, what the party gets by the weighted values of all
    other issues, and by joint values and whatever every package gives; empty if no such package keeps the rules and
    reaches the others' values. `under[n]` holds the most that it gets in all where condition n holds, and where it does
    not; None if there is no such package. In steps of 1/GRID.
    """

    pairs: tuple[tuple[Pairs, ...], ...]
    under: tuple[tuple[int | None, int | None], ...] = ()


def find_leeway(
    model: SettlementModel,
    *,
    rules: Sequence[Rule],
    completion: Completion,
    party: int,
    others: Sequence[int],
    own: Sequence[Int64Array],
    conditions: Sequence[Rule] = (),
    limit: int = LIMIT,
) -> Leeway:
    """Return what packages with each option offer a party while the others reach their values of no agreement.

    Parameters
    ----------
    model : SettlementModel
        Utilities in steps of 1/GRID.
    rules : sequence of Rule
        Links, and the rules of whatever lines bind.
    completion : Completion
        Value of unknown options.
    party : int
        Whose number moves.
    others : sequence of int
        Parties that must reach their value of no agreement.
    own : sequence of (K_i,) int64 arrays
        The party's weighted values; what its utilities hold beyond them are joint values.
    conditions : sequence of Rule
        The conditions of the party's joint values; each reads one issue, or the two of an interaction of the model.
    limit : int
        Largest number of partial packages held at a time.

    Raises
    ------
    ModelError
        If joined issues have too many combinations, or `limit` is exceeded.
    """
    view = _view(model, completion, party, others, own)
    need = np.concatenate((model.reservation[list(others)] - model.bias[list(others)], [NOTHING, NOTHING]))
    try:
        parts = blocks(view, rules=rules, completion=Completion.WORST)
        scopes = [r.issues for r in rules if len(r.issues) > 1] + [t.issues for t in view.interactions]
        groups = components(len(view.sizes), scopes)
        by_option = [
            tuple(_with_option(view, rules, groups, issue, k) for k in range(size))
            for issue, size in enumerate(view.sizes)
        ]
        by_condition = [_where(view, rules, groups, condition) for condition in conditions]
    except TooManyCombinations as error:
        raise ModelError(
            where="settlement.breakpoints",
            what=f"issues {error.issues} are joined by rules or interactions and have too many combinations",
            got=error.combinations,
            hint="Split the group, or drop a rule that reads many issues",
        ) from None
    if any(len(part.choices) == 0 for part in parts):
        return Leeway(tuple(tuple(() for _ in range(size)) for size in view.sizes), ((None, None),) * len(conditions))
    at = {issue: number for number, part in enumerate(parts) for issue in part.issues}
    listed = [[rows for issue in part.issues for rows in by_option[issue]] for part in parts]
    for condition, both in zip(conditions, by_condition, strict=True):
        listed[at[condition.issues[0]]] += both
    # also over combinations that others dominate: with one option fixed, or a condition, they count
    lows = [np.min([rows.min(axis=0) for rows in some if len(rows)], axis=0) for some in listed]
    rests = _all_but_one(parts, lows, need, limit)
    bias = int(model.bias[party])
    return Leeway(
        pairs=tuple(
            tuple(_pairs(by_option[issue][k], rests[at[issue]], need, int(own[issue][k]), bias) for k in range(size))
            for issue, size in enumerate(view.sizes)
        ),
        under=tuple(
            (
                _most(both[0], rests[at[condition.issues[0]]], need, bias),
                _most(both[1], rests[at[condition.issues[0]]], need, bias),
            )
            for condition, both in zip(conditions, by_condition, strict=True)
        ),
    )


def _view(
    model: SettlementModel, completion: Completion, party: int, others: Sequence[int], own: Sequence[Int64Array]
) -> SettlementModel:
    """Return the others with two more coordinates: the party's weighted values, and its joint values."""
    rows = list(others)
    tables = tuple(
        np.concatenate((table[rows], [values, table[party] - values]))
        for table, values in zip(model.tables(completion), own, strict=True)
    )
    place = {other: at for at, other in enumerate(rows)} | {party: len(rows) + 1}
    zero = np.zeros(len(rows) + 2, np.int64)
    return SettlementModel(
        worst=tables,
        best=tables,
        bias=zero,
        reservation=zero,
        interactions=tuple(
            Interaction(place[term.party], term.issues, term.table)
            for term in model.interactions
            if term.party in place
        ),
    )


def _with_option(
    view: SettlementModel, rules: Sequence[Rule], groups: Sequence[tuple[int, ...]], issue: int, option: int
) -> Int64Array:
    """Return the values of the combinations of an issue's block that contain one of its options."""
    chosen = np.arange(view.sizes[issue]) == option
    group = next(members for members in groups if issue in members)
    if len(group) == 1:
        kept = all(rule.allowed[option] for rule in rules if rule.issues == (issue,))
        return view.worst[issue][:, [option]].T if kept else np.zeros((0, view.parties), np.int64)
    inside = [rule for rule in rules if rule.issues[0] in group]
    parts = blocks(view, rules=[*inside, Rule((issue,), chosen)], completion=Completion.WORST)
    return next(part.choices.values for part in parts if issue in part.issues)


def _where(
    view: SettlementModel, rules: Sequence[Rule], groups: Sequence[tuple[int, ...]], condition: Rule
) -> tuple[Int64Array, Int64Array]:
    """Return the values of the combinations of a condition's block in which it holds, and of those in which not."""
    first = condition.issues[0]
    group = next(members for members in groups if first in members)
    inside = [rule for rule in rules if rule.issues[0] in group]

    def kept(allowed: BoolArray) -> Int64Array:
        parts = blocks(view, rules=[*inside, Rule(condition.issues, allowed)], completion=Completion.WORST)
        return next(part.choices.values for part in parts if first in part.issues)

    return kept(condition.allowed), kept(~condition.allowed)


def _all_but_one(parts: Sequence[Block], lows: Sequence[Int64Array], need: Int64Array, limit: int) -> list[Vectors]:
    """Return, per block, the sums over all other blocks that none dominates, cut off where all others are content."""
    choices = [part.choices for part in parts]
    highs = [choice.values.max(axis=0) for choice in choices]
    start = unit(len(need), choices[0].codes.shape[1])
    free = need <= NOTHING

    def joined(a: Vectors, b: Vectors, left: set[int]) -> Vectors:
        """Return sums of two parts, given the blocks that are still to come."""
        below, above = (added(bounds, left) for bounds in (lows, highs))
        merged = merge(a, b, need=np.where(free, NOTHING, need - above), limit=limit)
        if merged is None:
            raise too_many_vectors(limit)
        if len(merged) == 0:
            return merged
        # never below what these blocks give anyway: two parts that are cut off must still add up
        enough = np.maximum(need - below, added(lows, every - left))
        return cut_off(merged, np.where(free, -NOTHING, enough))

    def added(bounds: Sequence[Int64Array], some: set[int]) -> Int64Array:
        return np.sum([bounds[n] for n in some], axis=0, dtype=np.int64) if some else np.zeros(len(need), np.int64)

    every = set(range(len(parts)))
    before, after = [start], [start]
    for number, choice in enumerate(choices):
        before.append(joined(before[-1], choice, every - set(range(number + 1))))
    for number in reversed(range(len(parts))):
        after.append(joined(after[-1], choices[number], set(range(number))))
    return [joined(before[n], after[len(parts) - 1 - n], {n}) for n in range(len(parts))]


def _offered(rows: Int64Array, rest: Vectors, need: Int64Array) -> set[tuple[int, int]]:
    """Return the party's pairs over one block's rows and the rest, wherever the others are content."""
    others = len(need) - 2
    found: set[tuple[int, int]] = set()
    for row in rows if len(rest) else ():
        sums = rest.values + row
        kept = sums[(sums[:, :others] >= need[:others]).all(axis=1), others:]
        found.update((int(a), int(e)) for a, e in kept)
    return found


def _most(rows: Int64Array, rest: Vectors, need: Int64Array, bias: int) -> int | None:
    """Return the most that the party gets over one block's rows and the rest."""
    return max((a + e + bias for a, e in _offered(rows, rest, need)), default=None)


def _pairs(rows: Int64Array, rest: Vectors, need: Int64Array, own: int, bias: int) -> Pairs:
    """Return the party's best pairs over one block's rows and the rest, less what the option itself gives.

    What all packages give it, `bias`, depends on no weight and stands with the joint values.
    """
    found = _offered(rows, rest, need)
    best: list[tuple[int, int]] = []
    for a, e in sorted(found, reverse=True):
        if not best or e > best[-1][1]:
            best.append((a, e))
    return tuple((a - own, e + bias) for a, e in best)


@dataclass(frozen=True, slots=True)
class Flip:
    """Where a conclusion changes when a number moves one way from where it is.

    `above` tells the way; `reached` whether it has changed at the threshold itself, or only beyond it.
    """

    threshold: Fraction
    above: bool
    reached: bool

    def beyond(self, step: Fraction) -> Fraction:
        """Return a number on the far side: the threshold itself if it is reached there, else one step further."""
        return self.threshold if self.reached else self.threshold + (step if self.above else -step)


def nearest_flips(
    holds: Callable[[Fraction], bool],
    critical: Iterable[Fraction],
    *,
    start: Fraction,
    now: bool,
    low: Fraction,
    high: Fraction,
) -> tuple[Flip, ...]:
    """Return where the truth of `holds` first differs from `now`, downwards and upwards from `start`.

    Parameters
    ----------
    holds : callable
        Truth at a number; constant between neighbouring critical numbers.
    critical : iterable of Fraction
        Where truth may change.
    start, now
        Where the number is, and the truth to compare with.
    low, high : Fraction
        The ends of where the number may lie.

    Notes
    -----
    A number at which alone truth differs, and not beyond it, is passed over unless it is an end.
    """
    points = sorted({low, high, *(c for c in critical if low <= c <= high)})
    flips = []
    for above in (False, True):
        ahead = [p for p in points if p > start] if above else [p for p in reversed(points) if p < start]
        at = start
        for number, point in enumerate(ahead):
            if holds((at + point) / 2) is not now:
                flips.append(Flip(at, above, reached=at != start and holds(at) is not now))
                break
            if number == len(ahead) - 1 and holds(point) is not now:
                flips.append(Flip(point, above, reached=True))
            at = point
    return tuple(flips)


@dataclass(frozen=True, slots=True)
class Moving:
    """A number that moves: the truth of "a zone exists" at each of its values, and where it may change."""

    holds: Callable[[Fraction], bool]
    critical: tuple[Fraction, ...]


ExactPairs = Sequence[Sequence[tuple[Fraction, Fraction]]]


def moving_value(
    pairs: ExactPairs,
    *,
    weight: Fraction,
    values: Sequence[Fraction],
    option: int,
    rescaled: bool,
    reservation: Fraction,
) -> Moving:
    """Return how a zone depends on the value of one option.

    Parameters
    ----------
    pairs : per option of the issue the pairs of a `Leeway`, in units of utility
    weight : Fraction
        Of the issue, as it counts.
    values : sequence of Fraction
        Of all options before rescaling; the one that moves is not read.
    option : int
        Whose value moves.
    rescaled : bool
        Whether the issue's values are rescaled to 0 and 1.
    reservation : Fraction
        The party's value of no agreement.
    """
    rest = [v for k, v in enumerate(values) if k != option]
    most = [max((a + e for a, e in row), default=None) for row in pairs]

    def holds(x: Fraction) -> bool:
        moved = [x if k == option else v for k, v in enumerate(values)]
        low, high = min(moved), max(moved)
        if rescaled and low < high:
            moved = [(v - low) / (high - low) for v in moved]
        return any(m is not None and m + weight * v >= reservation for m, v in zip(most, moved, strict=True))

    critical = {*rest}
    for k, m in enumerate(most):
        if m is None or weight == 0:
            continue
        wanted = (reservation - m) / weight
        if not rescaled or not rest:
            critical |= {wanted} if k == option else set()
            continue
        low, high = min(rest), max(rest)
        if k == option:
            critical.add(low + wanted * (high - low))
            continue
        if wanted != 0:
            critical.add(low + (values[k] - low) / wanted)
        if wanted != 1:
            critical.add((wanted * high - values[k]) / (wanted - 1))
    return Moving(holds, tuple(critical))


def moving_weight(
    pairs: ExactPairs,
    *,
    values: Sequence[Fraction],
    rest: Fraction | None,
    total: Fraction,
    reservation: Fraction,
) -> Moving:
    """Return how a zone depends on the weight of one issue.

    Parameters
    ----------
    pairs : per option of the issue the pairs of a `Leeway`, in units of utility
    values : sequence of Fraction
        What each option counts before the weight.
    rest : Fraction, optional
        The sum of the party's other weights if weights are scaled to sum to 1; None if they stand as they are.
    total : Fraction
        The sum of all its weights now.
    reservation : Fraction
        The party's value of no agreement.
    """
    lines = []  # intercept and slope of what is left beyond the reservation, times the sum of weights
    for row, value in zip(pairs, values, strict=True):
        for a, e in row:
            if rest is None:
                lines.append((a + e - reservation, value))
            else:
                lines.append((a * total + (e - reservation) * rest, value + e - reservation))

    def holds(w: Fraction) -> bool:
        if rest is not None and rest + w == 0:
            return any(e >= reservation for row in pairs for _, e in row)
        return any(intercept + slope * w >= 0 for intercept, slope in lines)

    return Moving(holds, tuple({Fraction(0), *(-c / slope for c, slope in lines if slope != 0)}))


def moving_joint_value(
    holding: Fraction | None, otherwise: Fraction | None, *, joint: Fraction, reservation: Fraction
) -> Moving:
    """Return how a zone depends on a joint value.

    Parameters
    ----------
    holding, otherwise : Fraction, optional
        The most that the party can get in all by packages in which the condition holds, and by others, the joint value
        as it is now; None if there is no such package.
    joint : Fraction
        The joint value now.
    reservation : Fraction
        The party's value of no agreement.
    """

    def holds(x: Fraction) -> bool:
        return (otherwise is not None and otherwise >= reservation) or (
            holding is not None and holding - joint + x >= reservation
        )

    return Moving(holds, () if holding is None else (reservation - holding + joint,))


def moving_reservation(most: Fraction | None, reservation: Callable[[Fraction], Fraction | None]) -> Moving:
    """Return how a zone depends on a number that enters through the value of no agreement in a straight line.

    Parameters
    ----------
    most : Fraction, optional
        The most that the party can get; None if no package reaches the others' values.
    reservation : callable
        The value of no agreement at a number, linear between 0 and 1 and beyond; None where there is none, which every
        package reaches.
    """

    def holds(x: Fraction) -> bool:
        needed = reservation(x)
        return most is not None and (needed is None or most >= needed)

    critical = {Fraction(0), Fraction(1)}
    third, two_thirds = reservation(Fraction(1, 3)), reservation(Fraction(2, 3))
    if most is not None and third is not None and two_thirds is not None and third != two_thirds:
        critical.add(Fraction(1, 3) + (most - third) / (two_thirds - third) / 3)
    return Moving(holds, tuple(critical))

"""The upper hull of what two parties can get if packages may be mixed.

A mixture (a lottery over packages, or a split of what they settle) is worth the mean
of its packages. The set of all these values is convex, and for a model that falls
apart into blocks it is the sum of the blocks' own convex sets. So its upper right
boundary is a walk: start where every block is at its best for the first party, and
change one block after another towards the second party, in the order of what the
second gains per unit that the first loses ([DeBerg2008]_, section 13.3). Each block
takes the steps of its own hull. On any step one block alone is between two of its
combinations: for two parties, at most one block needs to be mixed.

Combinations that lie on a straight piece of a block's hull are kept as places of the
walk, so that no mixture is used where one combination would do.

References
----------
.. [DeBerg2008] de Berg, M., Cheong, O., van Kreveld, M. & Overmars, M. (2008).
   Computational Geometry: Algorithms and Applications, 3rd ed. Springer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

import numpy as np

from detente.engines.settlement.model import Package
from detente.engines.settlement.structure import Block, Coding
from detente.maths.compiled import Int64Array

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edge:
    """One step of the walk: a block passes from one of its combinations to the next."""

    block: int
    loss: int  # of the first party, positive
    gain: int  # of the second party, positive
    change: tuple[int, ...]  # of the package's code

    @property
    def rate(self) -> Fraction:
        """Return what the second party gains per unit that the first loses."""
        return Fraction(self.gain, self.loss)


@dataclass(frozen=True, slots=True)
class Hull:
    """The walk from the first party's best value to the second's.

    A *place* is a number from 0 to the number of edges: its whole part counts the
    edges that are passed, its fraction is the share of the next one.
    """

    groups: tuple[tuple[int, ...], ...]  # the issues of each block
    start: Pair
    code: tuple[int, ...]  # of the package at the start
    edges: tuple[Edge, ...]  # by falling rate
    coding: Coding

    @property
    def end(self) -> int:
        """Return the last place."""
        return len(self.edges)

    def corners(self) -> tuple[Pair, ...]:
        """Return the places where the direction changes, and both ends, as utilities."""
        points = self._points()
        turns = [k + 1 for k, (a, b) in enumerate(pairwise(self.edges)) if a.gain * b.loss != b.gain * a.loss]
        return tuple(points[k] for k in sorted({0, *turns, self.end}))

    def value(self, place: Fraction) -> tuple[Fraction, Fraction]:
        """Return the utilities at a place."""
        passed = floor(place)
        first = Fraction(self.start[0] - sum(edge.loss for edge in self.edges[:passed]))
        second = Fraction(self.start[1] + sum(edge.gain for edge in self.edges[:passed]))
        if passed < self.end:
            share = place - passed
            first -= share * self.edges[passed].loss
            second += share * self.edges[passed].gain
        return first, second

    def packages(self, place: Fraction) -> tuple[Package, ...]:
        """Return the package at a place, or the two between which it lies."""
        passed = floor(place)
        count = 1 if place == passed else 2
        codes = [self._code(passed + k) for k in range(count)]
        return self.coding.packages(np.array(codes, np.int64))

    def parallel(self, edge: int) -> tuple[int, ...]:
        """Return the other blocks that can be mixed instead of this edge's, at the same rate."""
        rate, own = self.edges[edge].rate, self.edges[edge].block
        return tuple(sorted({other.block for other in self.edges if other.block != own and other.rate == rate}))

    def first_with_second(self, need: int) -> Fraction | None:
        """Return the first place that gives the second party `need`; None if none does."""
        value = self.start[1]
        if value >= need:
            return Fraction(0)
        for passed, edge in enumerate(self.edges):
            if value + edge.gain >= need:
                return passed + Fraction(need - value, edge.gain)
            value += edge.gain
        return None

    def last_with_first(self, need: int) -> Fraction | None:
        """Return the last place that gives the first party `need`; None if none does."""
        value = self.start[0]
        if value < need:
            return None
        for passed, edge in enumerate(self.edges):
            if value - edge.loss < need:
                return passed + Fraction(value - need, edge.loss)
            value -= edge.loss
        return Fraction(self.end)

    def _code(self, passed: int) -> tuple[int, ...]:
        changes = [edge.change for edge in self.edges[:passed]]
        return tuple(sum(words) for words in zip(self.code, *changes, strict=True))

    def _points(self) -> list[Pair]:
        points = [self.start]
        for edge in self.edges:
            points.append((points[-1][0] - edge.loss, points[-1][1] + edge.gain))
        return points


def upper_hull(parts: Sequence[Block], bias: Pair, coding: Coding) -> Hull | None:
    """Return the hull of a model's blocks for two parties; None if a block has no combination.

    Parameters
    ----------
    parts : sequence of Block
        With the non-dominated combinations of each, two values a row.
    bias : pair of int
        Added to every value.
    coding : Coding
        Of the packages.
    """
    if any(len(part.choices) == 0 for part in parts):
        return None
    edges: list[tuple[Fraction, int, int, Edge]] = []
    start, code = list(bias), [0] * coding.words
    for number, part in enumerate(parts):
        values, codes = part.choices.values, part.choices.codes
        rows = _concave(values)
        start = [total + int(value) for total, value in zip(start, values[rows[0]], strict=True)]
        code = [total + int(word) for total, word in zip(code, codes[rows[0]], strict=True)]
        for order, (row, after) in enumerate(pairwise(rows)):
            loss, gain = int(values[row, 0] - values[after, 0]), int(values[after, 1] - values[row, 1])
            change = tuple(int(b) - int(a) for a, b in zip(codes[row], codes[after], strict=True))
            edge = Edge(number, loss, gain, change)
            edges.append((-edge.rate, number, order, edge))
    edges.sort(key=lambda entry: entry[:3])
    return Hull(
        groups=tuple(part.issues for part in parts),
        start=(start[0], start[1]),
        code=tuple(code),
        edges=tuple(edge for *_, edge in edges),
        coding=coding,
    )


def _concave(values: Int64Array) -> list[int]:
    """Return the rows on the upper hull of non-dominated rows that fall in the first value and rise in the second."""
    rows: list[int] = []
    points = [(int(u), int(v)) for u, v in values]
    for row, (u, v) in enumerate(points):
        while len(rows) > 1:
            (u0, v0), (u1, v1) = points[rows[-2]], points[rows[-1]]
            if (v1 - v0) * (u1 - u) >= (v - v1) * (u0 - u1):
                break
            rows.pop()
        rows.append(row)
    return rows

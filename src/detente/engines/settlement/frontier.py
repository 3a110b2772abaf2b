"""The packages that no other package dominates, one entry per utility vector.

Blocks of joined issues are merged, smallest first, and partial sums that cannot
reach every reservation any more are dropped. With four or more parties a small
space is enumerated at once, since there little is dominated before the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from detente.core.errors import ModelError
from detente.core.progress import Progress
from detente.engines.settlement.model import Completion, Package, Rule, SettlementModel
from detente.engines.settlement.structure import Block, Coding, TooManyCombinations, blocks, coding
from detente.maths.compiled import Int64Array
from detente.maths.dominance import SWEPT, non_dominated
from detente.maths.merging import merge, sums
from detente.maths.vectors import MANY, Vectors, from_residues, primes_for, unit

LIMIT = 200_000
"""Largest frontier by default."""

AT_ONCE = 1 << 20
"""Spaces up to this size are enumerated when there are four or more parties."""

UNREACHED = np.iinfo(np.int64).min // 2


@dataclass(frozen=True, slots=True)
class Point:
    """A utility vector, how many packages have it, and the lexicographically smallest of them."""

    utilities: tuple[int, ...]
    package: Package
    count: int


@dataclass(frozen=True, slots=True)
class Frontier:
    """Non-dominated points in descending lexicographic order of their utilities.

    A point's package is kept as its code and written out when somebody reads it.
    """

    values: Int64Array  # (points, parties), steps of 1/GRID
    codes: Int64Array  # (points, words)
    coding: Coding
    counts: tuple[int, ...]

    def __len__(self) -> int:
        """Return the number of distinct utility vectors."""
        return len(self.counts)

    def __iter__(self) -> Iterator[Point]:
        """Iterate over the points."""
        for utilities, package, count in zip(self.values.tolist(), self.packages, self.counts, strict=True):
            yield Point(tuple(utilities), package, count)

    def point(self, row: int) -> Point:
        """Return one point."""
        utilities = tuple(int(u) for u in self.values[row])
        return Point(utilities, self.coding.package(self.codes[row]), self.counts[row])

    @property
    def packages(self) -> tuple[Package, ...]:
        """Return the package of every point."""
        return self.coding.packages(self.codes)


def find_frontier(
    model: SettlementModel,
    *,
    rules: Sequence[Rule],
    completion: Completion,
    reserved: bool = True,
    limit: int = LIMIT,
    progress: Progress | None = None,
) -> Frontier:
    """Return the frontier of the packages that keep `rules`.

    Parameters
    ----------
    rules : sequence of Rule
        Links, and the rules of whatever lines bind.
    completion : Completion
        Value of unknown options.
    reserved : bool
        Consider only packages that give every party its reservation value.
    limit : int
        Largest number of vectors, also of partial packages on the way.

    Raises
    ------
    ModelError
        If a frontier on the way exceeds `limit`, or a group of joined issues has
        too many combinations.
    """
    need = model.reservation - model.bias if reserved else np.full(model.parties, UNREACHED, np.int64)

    def run(modulus: int) -> Vectors:
        try:
            parts = blocks(model, rules=rules, completion=completion, modulus=modulus)
        except TooManyCombinations as error:
            raise ModelError(
                where="settlement.frontier",
                what=f"issues {error.issues} are joined by rules or interactions and have too many combinations",
                got=error.combinations,
                hint="Split the group, or drop a rule that reads many issues",
            ) from None
        return merge_blocks(parts, need=need, limit=limit, modulus=modulus, progress=progress)

    found = run(0)
    counts: tuple[int, ...] = tuple(found.counts.tolist())
    if counts and max(counts) >= MANY:
        primes = primes_for(model.total)
        counts = from_residues([run(p).counts.tolist() for p in primes], primes)
    return Frontier(found.values + model.bias, found.codes, coding(model.sizes), counts)


def merge_blocks(
    parts: Sequence[Block], *, need: Int64Array, limit: int, modulus: int = 0, progress: Progress | None = None
) -> Vectors:
    """Return the non-dominated sums over all blocks that are at least `need`.

    Raises
    ------
    ModelError
        If more than `limit` vectors are not dominated.
    """
    width = len(need)
    choices = sorted((block.choices for block in parts), key=len)
    words = choices[0].codes.shape[1]
    found = unit(width, words)
    if any(len(c) == 0 for c in choices):
        return found.take(np.zeros(0, np.int64))
    starts = np.cumsum([0, *(len(c) for c in choices[:-1])])
    most = np.maximum.reduceat(np.concatenate([c.values for c in choices]), starts, axis=0)
    left = need - most.sum(axis=0)
    at_once = width > SWEPT and prod(len(c) for c in choices) <= AT_ONCE
    for step, choice in enumerate(choices):
        left = left + most[step]
        if at_once:
            values, counts, codes = sums(found, choice, modulus=modulus)
            rows = np.flatnonzero((values >= left).all(axis=1))
            found = Vectors(values[rows], counts[rows], codes[rows])
        else:
            merged = merge(found, choice, need=left, limit=limit, modulus=modulus)
            if merged is None:
                raise _too_large(limit, step + 1, choices, width)
            found = merged
        if progress is not None:
            progress((step + 1) / len(choices), f"{len(found)} partial packages")
        if len(found) == 0:
            return found
    if at_once:
        found = non_dominated(found.values, found.counts, found.codes, modulus=modulus)
        if len(found) > limit:
            raise _too_large(limit, len(choices), choices, width)
    return found


def _too_large(limit: int, step: int, choices: Sequence[Vectors], parties: int) -> ModelError:
    space = prod(len(c) for c in choices)
    return ModelError(
        where="settlement.frontier",
        what=f"more than {limit} vectors are not dominated after {step} of {len(choices)} groups of issues",
        got=f"{parties} parties, {space:.3g} packages" if space < 10**300 else f"{parties} parties",
        allowed=f"A frontier holds at most {limit} vectors",
        hint="Raise the limit, analyse fewer parties, or put utilities on a coarser scale",
    )

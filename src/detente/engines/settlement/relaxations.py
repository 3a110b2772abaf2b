r"""What a red line or a value of no agreement, taken away, would open; and the least that opens anything.

Three questions about lines that bind. What is in the zone if one line alone did not bind, or if
one party asked for nothing. Which smallest sets of lines, none of them binding, leave a package in
the zone, ordered by how probable it is that none of them binds. And how far short of its value of
no agreement each party comes on the packages that cross no line.

**Sets of lines.** Lines of one group share a draw: one uniform number :math:`q` decides them all,
and line k binds if :math:`q < p_k`. None of a set S of lines binds with probability

.. math:: \prod_{g} \bigl(1 - \max_{k \in S \cap g} p_k\bigr),

the product over groups, whose draws are independent. Its cost is minus the logarithm of that, the
sum of :math:`-\log(1 - p)` where every line has a group of its own. Sets are compared by the
probability itself, in fractions. A line that surely binds is in no set. Every package that reaches
all values of no agreement crosses a line of each minimal conflict, so the sets are minimal covers of
conflicts; they are tried from the most probable on, and each that fails yields another conflict
[DaviesBacchus2011]_.

**Shortfalls.** A package falls :math:`s_j = \max(0, d_j - u_j)` short of party j's value of no
agreement. Vectors of shortfalls that none undercuts in every coordinate are listed by their sum, to
which parties that one speaker stands for add the largest of theirs, once. Such a sum compares steps of different
parties' scales; it orders the list and says nothing more.

References
----------
.. [DaviesBacchus2011] Davies and Bacchus (2011). Solving MAXSAT by solving a sequence of simpler SAT
   instances. CP 2011, LNCS 6876, 225-239.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from detente.core.errors import ModelError
from detente.core.progress import Progress, silent
from detente.engines.settlement.counting import Count, count_zone
from detente.engines.settlement.curve import CURVE_EFFORT
from detente.engines.settlement.feasibility import Demands, demands
from detente.engines.settlement.frontier import LIMIT
from detente.engines.settlement.model import Completion, SettlementModel
from detente.engines.settlement.sides import checked_sides
from detente.engines.settlement.structure import Block, TooManyCombinations, blocks
from detente.maths.compiled import Int64Array
from detente.maths.covers import Covers, bits
from detente.maths.dominance import non_dominated
from detente.maths.merging import merge
from detente.maths.vectors import Vectors, unit

MOST = 5
"""Sets listed by default."""

COVERS = 20_000
"""Sets of lines held at a time."""

TRIES = 4_000
"""Searches for a package by default."""


@dataclass(frozen=True, slots=True)
class Alone:
    """The zone when one thing is relaxed and all else stays: per set of lines, and per set of parties, asked about."""

    lines: tuple[Count, ...]
    parties: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class LineSet:
    """Lines that leave a package in the zone if none of them binds; without any one of them nothing is left."""

    lines: tuple[int, ...]  # indices into model.lines
    probability: Fraction  # that none of them binds

    @property
    def cost(self) -> float:
        """Return minus the natural logarithm of the probability."""
        return math.log(self.probability.denominator) - math.log(self.probability.numerator)


@dataclass(frozen=True, slots=True)
class LineSets:
    """Sets of lines, the most probable first; among equals the fewest lines, then the first lines.

    `complete` says that there are no other sets. If it is false there may be, none of them more probable than the
    last one listed unless `ordered` is false too.
    """

    sets: tuple[LineSet, ...]
    complete: bool
    ordered: bool


@dataclass(frozen=True, slots=True)
class Shortfalls:
    """How far packages that cross no line fall short, least sum first; none undercuts another in every coordinate.

    `vectors` are in steps of 1/GRID, one number per party; `sums` adds them up, each speaker once. `complete` says that
    there are no others.
    """

    vectors: tuple[tuple[int, ...], ...]
    sums: tuple[int, ...]
    complete: bool


def relaxed_alone(
    model: SettlementModel,
    *,
    binding: Sequence[int],
    completion: Completion,
    lines: Sequence[Sequence[int]] | None = None,
    parties: Sequence[Sequence[int]] | None = None,
    effort: int = CURVE_EFFORT,
    progress: Progress = silent,
) -> Alone:
    """Return how many packages are in the zone if one thing is relaxed, for each thing by itself.

    Parameters
    ----------
    model : SettlementModel
        Utilities in steps of 1/GRID, links and lines.
    binding : sequence of int
        Indices of the red lines that bind.
    completion : Completion
        Value of unknown options.
    lines : sequence of sequences of int, optional
        Lines that stop binding together; by default each binding line by itself.
    parties : sequence of sequences of int, optional
        Parties that ask for nothing together; by default each by itself.
    effort : int
        Vectors held per half when a zone is counted; more gives narrower intervals.

    Raises
    ------
    ModelError
        If an index names no line, or joined issues have too many combinations.
    """
    bound = tuple(sorted(set(binding)))
    asked = demands(model, lines=bound, completion=completion)
    some_lines = [(k,) for k in bound] if lines is None else [tuple(one) for one in lines]
    some_parties = [(j,) for j in range(model.parties)] if parties is None else [tuple(one) for one in parties]
    counts = []
    for number, (dropped, silenced) in enumerate(
        [*((one, ()) for one in some_lines), *(((), one) for one in some_parties)]
    ):
        wanted = _wanted(asked, dropped, silenced)
        if asked.ask(wanted).unmet is None:
            counts.append(Count(0, 0, "no package reaches"))
        else:
            kept = [k for k in bound if k not in dropped]
            counts.append(
                count_zone(
                    asking_nothing(model, silenced),
                    rules=model.rules(kept),
                    completion=completion,
                    at_least=1,
                    effort=effort,
                )
            )
        progress((number + 1) / (len(some_lines) + len(some_parties)), f"{number + 1} relaxed")
    return Alone(tuple(counts[: len(some_lines)]), tuple(counts[len(some_lines) :]))


def asking_nothing(model: SettlementModel, parties: Sequence[int]) -> SettlementModel:
    """Return the model in which every package reaches the value of no agreement of some parties."""
    least = model.reservation.copy()
    for party in parties:
        lowest = int(model.bias[party]) + sum(int(table[party].min()) for table in model.worst)
        terms = (int(term.table.min()) for term in model.interactions if term.party == party)
        least[party] = min(int(least[party]), lowest + sum(min(0, term) for term in terms))
    return replace(model, reservation=least)


def _wanted(asked: Demands, lines: Sequence[int], parties: Sequence[int]) -> int:
    """Return the mask of all demands but those of some lines and parties."""
    kept = [at for at, line in enumerate(asked.lines) if line not in lines]
    kept += [len(asked.lines) + j for j in range(len(asked.need)) if j not in parties]
    return sum(1 << k for k in kept)


def likeliest_line_sets(
    model: SettlementModel,
    *,
    binding: Sequence[int],
    completion: Completion,
    groups: Sequence[int] | None = None,
    firm: Sequence[float] | None = None,
    most: int = MOST,
    tries: int = TRIES,
    progress: Progress = silent,
) -> LineSets:
    """Return the smallest sets of lines that leave a package in the zone if none of them binds.

    Parameters
    ----------
    model : SettlementModel
        Utilities in steps of 1/GRID, links and lines; `Line.probability` is the probability that it binds.
    binding : sequence of int
        Indices of the red lines that bind.
    completion : Completion
        Value of unknown options.
    groups : sequence of int, optional
        Per line of the model a number; lines with the same number share a draw. By default each has its own.
    firm : sequence of float, optional
        Per line the probability that it binds without what is contested, which stands in half of the cases only; by
        default the probability itself.
    most : int
        Largest number of sets.
    tries : int
        Largest number of searches for a package.

    Returns
    -------
    LineSets
        The empty set alone if the zone is not empty as it is; no set if lines that surely bind, links and values of no
        agreement exclude everything by themselves.

    Raises
    ------
    ModelError
        If an index names no line, joined issues have too many combinations, or `groups` does not fit.
    """
    numbers = tuple(range(len(model.lines))) if groups is None else tuple(groups)
    if len(numbers) != len(model.lines):
        raise ModelError(
            where="settlement.relaxations: groups",
            what="there is not one group per line",
            got=len(numbers),
            allowed=f"The model has {len(model.lines)} lines",
            hint="Give every line the number of its draw",
        )
    asked = demands(model, lines=tuple(sorted(set(binding))), completion=completion)
    free = [at for at, k in enumerate(asked.lines) if _chance(model, k) < 1]
    movable = sum(1 << at for at in free)
    every = (1 << asked.number) - 1
    if asked.ask(every & ~movable).unmet is None:
        return LineSets((), complete=True, ordered=True)

    def ranked(mask: int) -> tuple[Fraction, int, tuple[int, ...]]:
        lines = tuple(asked.lines[at] for at in bits(mask))
        return -_none_binds(model, lines, numbers, firm), len(lines), lines

    covers = Covers(len(asked.lines), COVERS)
    ranks: dict[int, tuple[Fraction, int, tuple[int, ...]]] = {}
    found: list[LineSet] = []
    left = tries
    while len(covers) and len(found) < most and left > 0:
        for mask in covers:
            if mask not in ranks:
                ranks[mask] = ranked(mask)
        cover = min(covers, key=ranks.__getitem__)
        left -= 1
        unmet = asked.ask(every & ~cover).unmet
        if unmet is not None:
            probability, _, lines = ranks[cover]
            found.append(LineSet(lines, -probability))
            covers.settle(cover)
            progress(len(found) / most, f"{len(found)} sets of lines")
            continue
        conflict = movable & ~cover
        for at in bits(conflict):
            left -= 1
            if asked.ask((every & ~movable) | (conflict & ~(1 << at))).unmet is None:
                conflict &= ~(1 << at)
        covers.add(conflict)
    return LineSets(tuple(found), complete=covers.complete and not len(covers), ordered=covers.complete)


def _chance(model: SettlementModel, line: int) -> Fraction:
    """Return the probability that a line binds as the decimal that it stands for."""
    return Fraction(repr(float(model.lines[line].probability)))


def _none_binds(
    model: SettlementModel, lines: Sequence[int], groups: Sequence[int], firm: Sequence[float] | None
) -> Fraction:
    """Return the probability that none of some lines binds, as `Ties.none_binds` has it for draws."""
    safe = Fraction(1)
    for group in dict.fromkeys(groups[line] for line in lines):
        members = [line for line in lines if groups[line] == group]
        every = max(_chance(model, line) for line in members)
        without = every if firm is None else max(Fraction(repr(float(firm[line]))) for line in members)
        safe *= 1 - (every + without) / 2
    return safe


def least_shortfalls(
    model: SettlementModel,
    *,
    binding: Sequence[int],
    completion: Completion,
    sides: Sequence[Sequence[int]] | None = None,
    most: int = MOST,
    limit: int = LIMIT,
) -> Shortfalls:
    """Return by how little packages that keep links and binding lines fall short of the values of no agreement.

    Parameters
    ----------
    sides : sequence of sequences of int, optional
        The parties by who speaks for them; by default each for itself. Those of one side count once in a sum.
    most : int
        Largest number of vectors.
    limit : int
        Largest number of vectors held on the way.

    Returns
    -------
    Shortfalls
        The zero vector alone if the zone is not empty; no vector if no package keeps the rules.

    Raises
    ------
    ModelError
        If an index names no line, joined issues have too many combinations, `sides` is no partition of the parties, or
        `limit` is exceeded.
    """
    parts_of = checked_sides(model, sides)
    need = model.reservation - model.bias
    try:
        parts = blocks(model, rules=model.rules(binding), completion=completion)
    except TooManyCombinations as error:
        raise ModelError(
            where="settlement.relaxations",
            what=f"issues {error.issues} are joined by rules or interactions and have too many combinations",
            got=error.combinations,
            hint="Split the group, or drop a rule that reads many issues",
        ) from None
    found = merged_up_to(parts, need, limit=limit)
    short = np.maximum(need - found.values, 0)
    rows = (tuple(int(s) for s in row) for row in short)
    ordered = sorted((sum(max(row[j] for j in side) for side in parts_of), row) for row in rows)
    return Shortfalls(
        vectors=tuple(row for _, row in ordered[:most]),
        sums=tuple(total for total, _ in ordered[:most]),
        complete=len(ordered) <= most,
    )


def merged_up_to(parts: Sequence[Block], need: Int64Array, *, limit: int) -> Vectors:
    """Return the sums over all blocks, cut off at `need`, that none dominates.

    What a partial package has beyond the threshold, whatever follows, is forgotten on the way: few vectors remain.

    Raises
    ------
    ModelError
        If more than `limit` vectors are not dominated.
    """
    choices = sorted((part.choices for part in parts), key=len)
    words = choices[0].codes.shape[1]
    found = unit(len(need), words)
    if any(len(choice) == 0 for choice in choices):
        return found.take(np.zeros(0, np.int64))
    least = np.sum([choice.values.min(axis=0) for choice in choices], axis=0, dtype=np.int64)
    nothing = np.full(len(need), np.iinfo(np.int64).min // 2, np.int64)
    for choice in choices:
        least = least - choice.values.min(axis=0)
        merged = merge(found, choice, need=nothing, limit=limit)
        if merged is None:
            raise too_many_vectors(limit)
        found = cut_off(merged, need - least)
    return found


def cut_off(vectors: Vectors, most: Int64Array) -> Vectors:
    """Return the vectors with every coordinate at most `most`, those that none dominates."""
    return non_dominated(np.minimum(vectors.values, most), vectors.counts, vectors.codes)


def too_many_vectors(limit: int) -> ModelError:
    """Return the error of a search that would hold more than `limit` vectors."""
    return ModelError(
        where="settlement.relaxations",
        what=f"more than {limit} partial packages are not dominated",
        allowed=f"At most {limit} are held at a time",
        hint="Analyse fewer parties, or put utilities on a coarser scale",
    )

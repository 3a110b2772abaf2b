"""What packages are worth and which are allowed: the arrays that the settlement engine reads.

A *package* is a tuple of option indices, one per issue. Utility is additive over
issues plus tables for pairs of issues, in int64 multiples of 1/GRID, so sums,
ties and dominance are integer operations. A *rule* is a truth table over few
issues; *links* are rules that every package keeps, *lines* are rules that one
party will not give up, each with the probability that it really binds. Which
lines bind, and whether unknown options count at their worst or at their best,
are arguments of an analysis and not part of the model.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import prod

import numpy as np

from detente.core.errors import ModelError
from detente.maths.compiled import BoolArray, Int64Array

GRID = 1 << 40
"""Steps per unit of utility: utilities are int64 multiples of 2**-40."""

LARGEST = 1 << 62
"""No sum of utilities may reach this size."""

Package = tuple[int, ...]


class Completion(StrEnum):
    """How options of unknown value are read; the value is the CLI and URL word."""

    WORST = "worst"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition over few issues as a truth table."""

    issues: tuple[int, ...]  # strictly increasing
    allowed: BoolArray  # one axis per issue read; True where the rule is kept

    def keeps(self, package: Sequence[int]) -> bool:
        """Return whether a complete package keeps the rule."""
        return bool(self.allowed[tuple(package[i] for i in self.issues)])


@dataclass(frozen=True, slots=True)
class Line:
    """A red line of one party; where its rule is kept the line is not crossed."""

    party: int
    rule: Rule
    probability: float  # that it binds, 0 to 1
    stated: bool  # by the party itself; else inferred by the coder


@dataclass(frozen=True, slots=True)
class Interaction:
    """Extra utility of one party for a pair of options, in steps of 1/GRID."""

    party: int
    issues: tuple[int, int]
    table: Int64Array  # (K_a, K_b)


@dataclass(frozen=True, slots=True)
class SettlementModel:
    """Utilities, reservation values, links and red lines of one dispute.

    Attributes
    ----------
    worst, best : tuple of (parties, K_i) int64 arrays, one per issue
        Utility of each option with unknown ones at their worst and at their best,
        in steps of 1/GRID.
    bias : (parties,) int64
        Added to every package.
    reservation : (parties,) int64
        Value of no agreement.
    interactions, links, lines : tuple
        Utility of pairs of options; rules every package keeps; red lines.

    Raises
    ------
    ModelError
        If shapes disagree, `worst` exceeds `best`, an index or a probability is
        out of range, or a sum of utilities could reach 2**62.
    """

    worst: tuple[Int64Array, ...]
    best: tuple[Int64Array, ...]
    bias: Int64Array
    reservation: Int64Array
    interactions: tuple[Interaction, ...] = ()
    links: tuple[Rule, ...] = ()
    lines: tuple[Line, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        if self.parties == 0 or not self.worst:
            raise ModelError(
                where="settlement.model",
                what="a model needs at least one issue and one party",
                got=(len(self.worst), self.parties),
                hint="Add the missing issue or party",
            )
        _check_utilities(self)
        for number, rule in enumerate(self.links):
            _check_rule(rule, self.sizes, f"settlement.model: links[{number}]")
        for number, line in enumerate(self.lines):
            _check_rule(line.rule, self.sizes, f"settlement.model: lines[{number}]")
            _check_party(line.party, self.parties, f"settlement.model: lines[{number}].party")
            if not 0.0 <= line.probability <= 1.0:
                raise ModelError(
                    where=f"settlement.model: lines[{number}].probability",
                    what="not a probability",
                    got=line.probability,
                    allowed="A probability lies between 0 and 1",
                    hint="Correct the probability that the line binds",
                )
        _check_overflow(self)

    @property
    def parties(self) -> int:
        """Return the number of parties."""
        return len(self.reservation)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the number of options of each issue."""
        return tuple(int(table.shape[1]) for table in self.worst)

    @property
    def total(self) -> int:
        """Return the number of packages, whatever rules they break."""
        return prod(self.sizes)

    def tables(self, completion: Completion) -> tuple[Int64Array, ...]:
        """Return the utilities per issue under a completion."""
        return self.best if completion is Completion.BEST else self.worst

    def rules(self, binding: Sequence[int]) -> tuple[Rule, ...]:
        """Return the links and the rules of the binding lines.

        Raises
        ------
        ModelError
            If an index names no line.
        """
        for index in binding:
            if not 0 <= index < len(self.lines):
                raise ModelError(
                    where="settlement: binding",
                    what="no such red line",
                    got=index,
                    allowed=f"Lines are numbered 0 to {len(self.lines) - 1}",
                    hint="Pass indices into model.lines",
                )
        return self.links + tuple(self.lines[index].rule for index in binding)


def _check_utilities(model: SettlementModel) -> None:
    shape = (model.parties,)
    for name, vector in (("bias", model.bias), ("reservation", model.reservation)):
        if vector.shape != shape or vector.dtype != np.int64:
            raise ModelError(
                where=f"settlement.model: {name}",
                what="wrong shape or type",
                got=f"{vector.shape} {vector.dtype}",
                allowed=f"One int64 value per party, shape {shape}",
                hint="Give every party one value",
            )
    if len(model.best) != len(model.worst):
        raise ModelError(
            where="settlement.model: best",
            what="worst and best have different numbers of issues",
            got=(len(model.worst), len(model.best)),
            hint="Give both for every issue",
        )
    for issue, (low, high) in enumerate(zip(model.worst, model.best, strict=True)):
        where = f"settlement.model: issue {issue}"
        for table in (low, high):
            if table.ndim != 2 or table.shape[0] != model.parties or table.dtype != np.int64 or table.shape[1] == 0:
                raise ModelError(
                    where=where,
                    what="wrong shape or type of the utilities",
                    got=f"{table.shape} {table.dtype}",
                    allowed=f"An int64 array of shape ({model.parties}, number of options)",
                    hint="Give every party one value per option",
                )
        if low.shape != high.shape:
            raise ModelError(
                where=where,
                what="worst and best have different shapes",
                got=(low.shape, high.shape),
                hint="Give both for every option",
            )
        if (low > high).any():
            party, option = (int(k) for k in np.argwhere(low > high)[0])
            raise ModelError(
                where=f"{where}, option {option}, party {party}",
                what="the worst value exceeds the best",
                got=(int(low[party, option]), int(high[party, option])),
                hint="Swap them",
            )
    for number, interaction in enumerate(model.interactions):
        where = f"settlement.model: interactions[{number}]"
        _check_party(interaction.party, model.parties, where)
        _check_issues(interaction.issues, interaction.table.shape, model.sizes, where)


def _check_party(party: int, parties: int, where: str) -> None:
    if not 0 <= party < parties:
        raise ModelError(
            where=where,
            what="no such party",
            got=party,
            allowed=f"Parties are numbered 0 to {parties - 1}",
            hint="Correct the index",
        )


def _check_rule(rule: Rule, sizes: tuple[int, ...], where: str) -> None:
    _check_issues(rule.issues, rule.allowed.shape, sizes, where)
    if rule.allowed.dtype != np.bool_:
        raise ModelError(where=where, what="a truth table holds booleans", got=str(rule.allowed.dtype))


def _check_issues(issues: tuple[int, ...], shape: tuple[int, ...], sizes: tuple[int, ...], where: str) -> None:
    increasing = all(a < b for a, b in pairwise(issues))
    if not issues or not increasing or issues[0] < 0 or issues[-1] >= len(sizes):
        raise ModelError(
            where=where,
            what="issues are not in order",
            got=issues,
            allowed=f"Strictly increasing indices between 0 and {len(sizes) - 1}",
            hint="Sort the issues and transpose the table",
        )
    expected = tuple(sizes[i] for i in issues)
    if shape != expected:
        raise ModelError(
            where=where,
            what="the table does not fit its issues",
            got=shape,
            allowed=f"One axis per issue, shape {expected}",
            hint="Give the table one entry per combination of options",
        )


def _check_overflow(model: SettlementModel) -> None:
    for party in range(model.parties):
        reach = abs(int(model.bias[party])) + abs(int(model.reservation[party]))
        for low, high in zip(model.worst, model.best, strict=True):
            reach += max(abs(int(low[party].min())), abs(int(high[party].max())), 0)
        for term in model.interactions:
            if term.party == party:
                reach += max(abs(int(term.table.min())), abs(int(term.table.max())))
        if reach >= LARGEST:
            raise ModelError(
                where=f"settlement.model: party {party}",
                what="utilities are too large to be added exactly",
                got=reach,
                allowed="The largest sum stays below 2**62 steps, about 4 million units of utility",
                hint="Use a smaller scale",
            )

"""Improvements of a package by changing one issue, and trades between two.

An *improvement* is a change of one issue after which no member is worse off and at least one is better off. A *trade*
changes two issues: no member is worse off and at least two are better off, while neither of the two changes is an
improvement by itself. Both keep every link, and cross no binding line that the package does not cross already.

Unknown options count against what is claimed: a new option at its worst, the old one at its best. So what is listed
holds however they are filled in; improvements that depend on them are not listed.

Trades are ranked by the smaller gain: with more than two members, by the second largest. That compares the utilities
of different parties, which have no common unit; the order is one of convenience.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.core.errors import ModelError
from detente.engines.settlement.model import Interaction, Package, Rule, SettlementModel
from detente.maths.compiled import BoolArray, Int64Array

LISTED_TRADES = 10
"""Trades and improvements that are listed by default; all are counted."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """One or two changes of a package, as (issue, new option), with what each party surely gains."""

    changes: tuple[tuple[int, int], ...]
    gains: tuple[int, ...]  # the least, steps of 1/GRID

    @property
    def rank(self) -> tuple[int, int]:
        """Return the second largest gain, then the largest (of one party alone, its gain)."""
        ordered = sorted(self.gains, reverse=True)
        return ordered[min(1, len(ordered) - 1)], ordered[0]


@dataclass(frozen=True, slots=True)
class Improvements:
    """The first of a kind, by rank, and how many there are."""

    listed: tuple[Improvement, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Trades:
    """What one or two changes would surely improve."""

    improvements: Improvements
    trades: Improvements


def find_trades(
    model: SettlementModel, package: Sequence[int | None], *, binding: Sequence[int], limit: int = LISTED_TRADES
) -> Trades:
    """Return the improvements of one issue and the trades of two.

    Parameters
    ----------
    package : sequence of int
        Complete.
    binding : sequence of int
        Indices of the red lines that bind.
    limit : int
        How many of each are listed.

    Raises
    ------
    ModelError
        If the package does not fit the model, or `binding` names no line.
    """
    sizes = model.sizes
    chosen = tuple(option for option in package if option is not None)
    if (
        len(chosen) != len(package)
        or len(chosen) != len(sizes)
        or any(not 0 <= o < k for o, k in zip(chosen, sizes, strict=True))
    ):
        raise ModelError(
            where="settlement.find_trades",
            what="this is no complete package",
            got=tuple(package),
            allowed="A package has one option per issue",
            hint="Settle the open issues first",
        )
    search = _Search(model, chosen, _standing(model, chosen, binding))
    alone = [search.alone(issue) for issue in range(len(sizes))]
    better = [found.better for found in alone]
    improvements = [
        Improvement(((issue, int(option)),), tuple(int(g) for g in alone[issue].gains[option]))
        for issue in range(len(sizes))
        for option in np.flatnonzero(better[issue])
    ]
    trades: list[Improvement] = []
    count = 0
    for first in range(len(sizes)):
        for second in range(first + 1, len(sizes)):
            found = search.together(first, second, alone[first], alone[second])
            count += len(found)
            trades = _first(trades + found, limit)
    return Trades(
        Improvements(tuple(_first(improvements, limit)), len(improvements)), Improvements(tuple(trades), count)
    )


def _first(found: list[Improvement], limit: int) -> list[Improvement]:
    return sorted(found, key=lambda one: ((-one.rank[0], -one.rank[1]), one.changes))[:limit]


def _standing(model: SettlementModel, package: Package, binding: Sequence[int]) -> tuple[Rule, ...]:
    """Return the rules that a change must keep: all links, and the binding lines that the package does not cross."""
    model.rules(binding)  # refuses indices that name no line
    kept = (model.lines[k].rule for k in sorted(set(binding)))
    return model.links + tuple(rule for rule in kept if rule.keeps(package))


@dataclass(frozen=True, slots=True)
class _Alone:
    """Changes of one issue: sure gains (options, parties), whether rules are kept, whether it is an improvement."""

    gains: Int64Array
    better: BoolArray


@dataclass(frozen=True, slots=True)
class _Search:
    """A package with the rules that its changes must keep."""

    model: SettlementModel
    package: Package
    rules: tuple[Rule, ...]

    def alone(self, issue: int) -> _Alone:
        """Return what each option of an issue would change."""
        model, old = self.model, self.package[issue]
        gains = (model.worst[issue] - model.best[issue][:, [old]]).T.copy()
        gains[old] = 0
        for term in model.interactions:
            if issue in term.issues:
                here = tuple(slice(None) if i == issue else self.package[i] for i in term.issues)
                gains[:, term.party] += term.table[here] - self._now(term)
        better = self._kept((issue,)) & (gains >= 0).all(axis=1) & (gains > 0).any(axis=1)
        better[old] = False
        return _Alone(gains, better)

    def together(self, first: int, second: int, one: _Alone, other: _Alone) -> list[Improvement]:
        """Return the trades of two issues."""
        gains = one.gains[:, None, :] + other.gains[None, :, :]
        for term in self.model.interactions:
            if term.issues == (first, second):
                old_first, old_second = self.package[first], self.package[second]
                joint = term.table + self._now(term) - term.table[:, [old_second]] - term.table[[old_first], :]
                gains[:, :, term.party] += joint
        traded = (gains >= 0).all(axis=2) & ((gains > 0).sum(axis=2) >= min(2, gains.shape[2]))
        traded &= ~one.better[:, None] & ~other.better[None, :]
        traded[self.package[first], :] = False
        traded[:, self.package[second]] = False
        if gains.shape[2] < 2 or not traded.any():
            return []
        traded &= self._kept((first, second))
        return [
            Improvement(((first, int(a)), (second, int(b))), tuple(int(g) for g in gains[a, b]))
            for a, b in np.argwhere(traded)
        ]

    def _now(self, term: Interaction) -> int:
        return int(term.table[self.package[term.issues[0]], self.package[term.issues[1]]])

    def _kept(self, changed: tuple[int, ...]) -> BoolArray:
        """Return for each combination of options on the changed issues whether every rule is kept."""
        shape = tuple(self.model.sizes[i] for i in changed)
        kept = np.ones(shape, dtype=np.bool_)
        grid = np.ix_(*(range(k) for k in shape))
        for rule in self.rules:
            at = tuple(grid[changed.index(i)] if i in changed else self.package[i] for i in rule.issues)
            kept &= rule.allowed[at]
        return kept

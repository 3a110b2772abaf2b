"""Improvements of a package by changing one issue, and trades between two.

An *improvement* is a change of one issue after which no member is worse off and at least one is better off. A *trade*
changes two issues: no member is worse off and at least two are better off, while neither of the two changes is an
improvement by itself. Both keep every link, and cross no binding line that the package does not cross already.

Unknown options count against what is claimed: a new option at its worst, the old one at its best. Issues that the
package leaves open stay open, and count against it too: a gain is the least over all their options, which matters for
joint values alone, and whatever they turn out to be, no rule is broken that the unchanged package would keep. A link
that the unchanged package breaks however it is completed has to be kept however it is completed. So what is listed
holds however things are filled in; improvements that depend on it are not listed.

Trades are ranked by the smaller gain: with more than two members, by the second largest. That compares the utilities
of different parties, which have no common unit; the order is one of convenience. Members that one speaker stands for
are one side: they count once, with the least that one of them gains.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.core.errors import ModelError
from detente.engines.settlement.model import Interaction, Rule, SettlementModel
from detente.engines.settlement.sides import Sides, checked_sides
from detente.maths.compiled import BoolArray, Int64Array

LISTED_TRADES = 10
"""Trades and improvements that are listed by default; all are counted."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """One or two changes of a package, as (issue, new option), with what each party surely gains."""

    changes: tuple[tuple[int, int], ...]
    gains: tuple[int, ...]  # the least, steps of 1/GRID

    def rank(self, sides: Sides) -> tuple[int, int]:
        """Return the second largest gain of a side, then the largest (of one side alone, its gain)."""
        ordered = sorted((min(self.gains[k] for k in side) for side in sides), reverse=True)
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
    model: SettlementModel,
    package: Sequence[int | None],
    *,
    binding: Sequence[int],
    sides: Sequence[Sequence[int]] | None = None,
    limit: int = LISTED_TRADES,
) -> Trades:
    """Return the improvements of one issue and the trades of two, among the issues that a package settles.

    Parameters
    ----------
    package : sequence of int or None
        One option per issue; None where it is open, and stays open.
    binding : sequence of int
        Indices of the red lines that bind.
    sides : sequence of sequences of int, optional
        The parties by who speaks for them; by default each for itself. Those of one side count once.
    limit : int
        How many of each are listed.

    Raises
    ------
    ModelError
        If the package does not fit the model, `binding` names no line, or `sides` is no partition of the parties.

    Examples
    --------
    Two issues settled, a third one open. Each of two parties gives up 1 on one issue for 2 on the other.

    >>> tables = (np.array([[0, 2], [0, -1]]), np.array([[0, -1], [0, 2]]), np.array([[0, 5], [0, -5]]))
    >>> model = SettlementModel(tables, tables, np.zeros(2, np.int64), np.zeros(2, np.int64))
    >>> find_trades(model, (0, 0, None), binding=()).trades.listed
    (Improvement(changes=((0, 1), (1, 1)), gains=(1, 1)),)
    """
    sizes = model.sizes
    if len(package) != len(sizes) or any(
        option is not None and not 0 <= option < size for option, size in zip(package, sizes, strict=True)
    ):
        raise ModelError(
            where="settlement.find_trades",
            what="this package does not fit the model",
            got=tuple(package),
            allowed=f"One option per issue, of {sizes} options, or None for an open issue",
            hint="Correct the package",
        )
    parts = checked_sides(model, sides)
    search = _Search(model, tuple(package), parts, model.links, _lines(model, binding))
    settled = [issue for issue, option in enumerate(package) if option is not None]
    alone = {issue: search.alone(issue) for issue in settled}
    improvements = [
        Improvement(((issue, int(option)),), tuple(int(g) for g in alone[issue].gains[option]))
        for issue in settled
        for option in np.flatnonzero(alone[issue].better)
    ]
    trades: list[Improvement] = []
    count = 0
    for first, second in combinations(settled, 2):
        found = search.together(first, second, alone[first], alone[second])
        count += len(found)
        trades = _first(trades + found, parts, limit)
    return Trades(
        Improvements(tuple(_first(improvements, parts, limit)), len(improvements)), Improvements(tuple(trades), count)
    )


def _first(found: list[Improvement], sides: Sides, limit: int) -> list[Improvement]:
    def order(one: Improvement) -> tuple[int, int, tuple[tuple[int, int], ...]]:
        second, largest = one.rank(sides)
        return -second, -largest, one.changes

    return sorted(found, key=order)[:limit]


def _lines(model: SettlementModel, binding: Sequence[int]) -> tuple[Rule, ...]:
    model.rules(binding)  # refuses indices that name no line
    return tuple(model.lines[k].rule for k in sorted(set(binding)))


@dataclass(frozen=True, slots=True)
class _Alone:
    """Changes of one issue to each of its options.

    Attributes
    ----------
    gains : (options, parties)
        The least that each party gains, whatever the open issues turn out to be.
    settled : (options, parties)
        The part of it that does not depend on open issues.
    opened : mapping of open issue to (its options, options, parties)
        What the joint values with that issue add.
    better : (options,)
        Whether it is an improvement.
    """

    gains: Int64Array
    settled: Int64Array
    opened: Mapping[int, Int64Array]
    better: BoolArray


@dataclass(frozen=True, slots=True)
class _Search:
    """A package, complete or partial, with the rules that its changes must keep."""

    model: SettlementModel
    package: tuple[int | None, ...]
    sides: Sides
    links: tuple[Rule, ...]
    lines: tuple[Rule, ...]

    def alone(self, issue: int) -> _Alone:
        """Return what each option of an issue would change."""
        model, old = self.model, self._option(issue)
        settled = (model.worst[issue] - model.best[issue][:, [old]]).T.copy()
        settled[old] = 0
        opened: dict[int, Int64Array] = {}
        for term in model.interactions:
            if issue not in term.issues:
                continue
            table = term.table if term.issues[0] == issue else term.table.T  # (options, options of the other issue)
            other = term.issues[1] if term.issues[0] == issue else term.issues[0]
            if (now := self.package[other]) is not None:
                settled[:, term.party] += table[:, now] - table[old, now]
                continue
            if other not in opened:
                opened[other] = np.zeros((table.shape[1], *settled.shape), np.int64)
            opened[other][:, :, term.party] += (table - table[[old], :]).T
        gains = settled + sum(joint.min(axis=0) for joint in opened.values())
        better = self._kept((issue,)) & (gains >= 0).all(axis=1) & (self._of_sides(gains) > 0).any(axis=1)
        better[old] = False
        return _Alone(gains, settled, opened, better)

    def together(self, first: int, second: int, one: _Alone, other: _Alone) -> list[Improvement]:
        """Return the trades of two issues."""
        if len(self.sides) < 2:
            return []
        gains = one.settled[:, None, :] + other.settled[None, :, :]
        for term in self.model.interactions:
            if term.issues == (first, second):
                old = term.table[:, [self._option(second)]], term.table[[self._option(first)], :]
                gains[:, :, term.party] += term.table + self._now(term) - old[0] - old[1]
        for issue in one.opened.keys() | other.opened.keys():
            joint = np.zeros((self.model.sizes[issue], *gains.shape), np.int64)
            if issue in one.opened:
                joint += one.opened[issue][:, :, None, :]
            if issue in other.opened:
                joint += other.opened[issue][:, None, :, :]
            gains += joint.min(axis=0)
        traded = (gains >= 0).all(axis=2) & ((self._of_sides(gains) > 0).sum(axis=2) >= 2)
        traded &= ~one.better[:, None] & ~other.better[None, :]
        traded[self._option(first), :] = False
        traded[:, self._option(second)] = False
        if not traded.any():
            return []
        traded &= self._kept((first, second))
        return [
            Improvement(((first, int(a)), (second, int(b))), tuple(int(g) for g in gains[a, b]))
            for a, b in np.argwhere(traded)
        ]

    def _option(self, issue: int) -> int:
        """Return the option of an issue that is settled: only these change."""
        option = self.package[issue]
        assert option is not None
        return option

    def _now(self, term: Interaction) -> int:
        return int(term.table[self._option(term.issues[0]), self._option(term.issues[1])])

    def _of_sides(self, gains: Int64Array) -> Int64Array:
        """Return the gains of sides in place of those of parties, on the last axis."""
        return np.stack([gains[..., list(side)].min(axis=-1) for side in self.sides], axis=-1)

    def _kept(self, changed: tuple[int, ...]) -> BoolArray:
        """Return for each combination of options on the changed issues whether no rule is broken by the change."""
        kept = np.ones(tuple(self.model.sizes[i] for i in changed), dtype=np.bool_)
        for rule in self.links:
            before, after = self._before_and_after(rule, changed)
            kept &= (after | ~before if before.any() else after).all(axis=-1)
        for rule in self.lines:
            before, after = self._before_and_after(rule, changed)
            kept &= (after | ~before).all(axis=-1)
        return kept

    def _before_and_after(self, rule: Rule, changed: tuple[int, ...]) -> tuple[BoolArray, BoolArray]:
        """Return whether a rule is kept, by the completions of the open issues that it reads (the last axis).

        Before the change that is the only axis; after it there is one for each changed issue, of length 1 if the rule
        does not read it.
        """
        fixed = (slice(None) if i in changed or self.package[i] is None else self.package[i] for i in rule.issues)
        axes = [i for i in rule.issues if i in changed or self.package[i] is None]
        first = [axes.index(i) for i in changed if i in axes]
        last = [k for k in range(len(axes)) if k not in first]
        shape = tuple(self.model.sizes[i] if i in axes else 1 for i in changed)
        after = np.asarray(rule.allowed[tuple(fixed)]).transpose(*first, *last).reshape(*shape, -1)
        return after[tuple(self._option(i) if i in axes else 0 for i in changed)], after

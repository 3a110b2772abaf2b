r"""Trades between two issues that leave two parties better off than a compromise on each issue.

The *compromise* on an issue, for two parties: the option with the largest smaller
share of what each could get on that issue alone, where a party's share runs from 0 at
its worst to 1 at its best option; then the largest other share. If several options
tie they are drawn by lot, with equal chances. (Two options on which the parties are
opposed tie, and the lot gives each half.)

A *trade* changes two issues at a time; all others stay at their compromise. Its gain
to a party is what it is worth there less what the compromise is worth. Of each pair of
issues the trade with the largest smaller gain is kept, if both parties gain ([Raiffa1982]_,
chapter 10). Its gains are compared across parties, like those of the egalitarian solution.

Options that one of the two has no known value for take no part, neither in compromises
nor in trades: no completion of unknown values is needed. An option takes part if some
package with it keeps the rules, and a trade if some package with both options does.
The compromise is a yardstick and need not be such a package. A joint value with an
issue on which the pair has no known option is left out.

References
----------
.. [Raiffa1982] Raiffa, H. (1982). The Art and Science of Negotiation. Harvard University Press.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engines.settlement.counting import count_keeping
from detente.engines.settlement.model import Completion, Rule, SettlementModel
from detente.engines.settlement.structure import components, permitted
from detente.maths.compiled import BoolArray

LARGEST_SUM = 1 << 60
"""Gains below this are added as 64-bit integers, others as Python's."""

Exact = NDArray[Any]
"""Whole numbers: int64, or Python's own where these could overflow."""


@dataclass(frozen=True, slots=True)
class Compromise:
    """What two parties would settle on if they looked at each issue alone.

    `options` holds per issue those that tie; none where no option takes part.
    """

    parties: tuple[int, int]
    options: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Logroll:
    """One option on each of two issues that both parties prefer to the compromise on each.

    Attributes
    ----------
    parties, issues, options : tuple of int
        Who trades, on which two issues, for which options.
    gains : tuple of Fraction
        Per party of `parties`, over the compromise, in steps of 1/GRID.
    changes : tuple of tuple of Fraction
        Per party of `parties`, the part of its gain that comes from each issue; a
        joint value of the two issues is in neither.
    others : tuple of (party, least, most)
        What the trade changes for every other party, over all values of unknown options.
    """

    parties: tuple[int, int]
    issues: tuple[int, int]
    options: tuple[int, int]
    gains: tuple[Fraction, Fraction]
    changes: tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
    others: tuple[tuple[int, Fraction, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Logrolling:
    """The compromises and trades of every pair of parties; trades by falling smaller gain."""

    compromises: tuple[Compromise, ...]
    trades: tuple[Logroll, ...]


def find_logrolling(model: SettlementModel, *, binding: Sequence[int]) -> Logrolling:
    """Return, for each pair of parties and of issues, the trade that beats the compromise most.

    Parameters
    ----------
    model : SettlementModel
        Utilities in steps of 1/GRID.
    binding : sequence of int
        Indices of the red lines that bind.

    Raises
    ------
    ModelError
        If an index names no line.
    """
    possible = _Possible(model, model.rules(sorted(set(binding))))
    compromises: list[Compromise] = []
    trades: list[Logroll] = []
    for parties in combinations(range(model.parties), 2):
        both_know = [
            (low == high)[list(parties)].all(axis=0) for low, high in zip(model.worst, model.best, strict=True)
        ]
        taken = [mask & known for mask, known in zip(possible.options, both_know, strict=True)]
        compromise = Compromise(
            parties, tuple(_compromise(t[list(parties)], mask) for t, mask in zip(model.worst, taken, strict=True))
        )
        compromises.append(compromise)
        views = [_Views(model, party, compromise) for party in range(model.parties)]
        own = [views[party].worst for party in parties]
        for issues in combinations([issue for issue, mask in enumerate(taken) if mask.sum() > 1], 2):
            options = _best(issues, [view.gains(issues) for view in own], [taken[i] for i in issues], possible)
            if options is not None:
                trades.append(_trade(views, parties, issues, options))
    trades.sort(key=lambda trade: (-min(trade.gains), -max(trade.gains), trade.parties, trade.issues))
    return Logrolling(tuple(compromises), tuple(trades))


def _compromise(values: NDArray[np.int64], mask: BoolArray) -> tuple[int, ...]:
    """Return the options with the largest smaller share, then the largest other share."""
    options = np.flatnonzero(mask).tolist()
    shares: dict[int, list[Fraction]] = {option: [] for option in options}
    for row in values.tolist():
        known = [row[option] for option in options]
        if known and (width := max(known) - min(known)):
            for option in options:
                shares[option].append(Fraction(row[option] - min(known), width))
    best = max((sorted(own) for own in shares.values()), default=[])
    return tuple(option for option in options if sorted(shares[option]) == best)


class _Possible:
    """Which options, alone or in pairs, some package has that keeps all rules."""

    def __init__(self, model: SettlementModel, rules: Sequence[Rule]) -> None:
        self._model, self._rules = model, tuple(rules)
        joined = components(len(model.sizes), [rule.issues for rule in rules])
        self._group = {issue: number for number, members in enumerate(joined) for issue in members}
        self._known: dict[tuple[tuple[int, int], ...], bool] = {}
        exists = self._holds()
        alone = {members[0] for members in joined if len(members) == 1}
        self.options = tuple(
            np.array([exists and bool(ok) and (i in alone or self._holds((i, o))) for o, ok in enumerate(mask)])
            for i, mask in enumerate(permitted(model.sizes, rules))
        )

    def both(self, issues: tuple[int, int], options: tuple[int, int]) -> bool:
        """Return whether some package has both options, given that some has each."""
        first, second = issues
        return self._group[first] != self._group[second] or self._holds((first, options[0]), (second, options[1]))

    def _holds(self, *fixed: tuple[int, int]) -> bool:
        if fixed not in self._known:
            extra = [Rule((issue,), np.arange(self._model.sizes[issue]) == option) for issue, option in fixed]
            self._known[fixed] = count_keeping(self._model, [*self._rules, *extra]).low > 0
        return self._known[fixed]


class _View:
    """What a party gains by other options, all issues that are not traded staying at the compromise.

    Values are whole multiples of 1/`unit` steps; all parties have the same unit.
    """

    def __init__(self, model: SettlementModel, party: int, compromise: Compromise, completion: Completion) -> None:
        self.options = compromise.options
        self.terms = [t for t in model.interactions if t.party == party and all(self.options[i] for i in t.issues)]
        self.unit = lcm(*(len(options) for options in self.options if options)) ** (2 if model.interactions else 1)
        tables = [table[party] for table in model.tables(completion)]
        reach = sum(int(np.abs(row).max()) for row in (*tables, *(t.table for t in self.terms)))
        self.whole: type = np.int64 if 8 * self.unit * reach < LARGEST_SUM else np.object_
        self.alone = [self.unit * row.astype(self.whole) for row in tables]
        self.joint: dict[tuple[int, int], Exact] = {}
        for term in self.terms:
            first, second = term.issues
            table = self.unit * term.table.astype(self.whole)
            self.joint[term.issues] = self.joint.get(term.issues, 0) + table
            self.alone[first] = self.alone[first] + self._mean(table, second, axis=1)
            self.alone[second] = self.alone[second] + self._mean(table, first, axis=0)

    def change(self, issue: int) -> Exact:
        """Return per option of an issue what it adds to the compromise."""
        row = self.alone[issue]
        change: Exact = row - self._mean(row, issue, axis=0)
        return change

    def gains(self, issues: tuple[int, int]) -> Exact:
        """Return the gain of each pair of options of two issues."""
        first, second = issues
        gains = self.change(first)[:, None] + self.change(second)[None, :]
        if (table := self.joint.get(issues)) is not None:
            across, down = self._mean(table, second, axis=1), self._mean(table, first, axis=0)
            gains = gains + table - across[:, None] - down[None, :] + self._mean(across, first, axis=0)
        return gains

    def gain(self, issues: tuple[int, int], options: tuple[int, int]) -> Fraction:
        """Return the gain of one pair of options, in steps."""
        return Fraction(int(self.gains(issues)[options]), self.unit)

    def changes(self, issues: tuple[int, int], options: tuple[int, int]) -> tuple[Fraction, Fraction]:
        """Return what each of two options adds by itself, in steps."""
        first, second = (Fraction(int(self.change(i)[o]), self.unit) for i, o in zip(issues, options, strict=True))
        return first, second

    def level(self, issue: int) -> Fraction:
        """Return what the compromise on an issue is worth, in steps."""
        return Fraction(int(self._mean(self.alone[issue], issue, axis=0)), self.unit)

    def _mean(self, table: Exact, issue: int, axis: int) -> Exact:
        """Return the mean over the options of the compromise; whole, since `unit` holds their number."""
        options = list(self.options[issue])
        mean: Exact = table.take(options, axis=axis).sum(axis=axis) // len(options)
        return mean


def _best(
    issues: tuple[int, int], gains: Sequence[Exact], taken: Sequence[BoolArray], possible: _Possible
) -> tuple[int, int] | None:
    """Return the options with the largest smaller gain, then the largest other gain; None if no trade helps both."""
    smaller, larger = np.minimum(*gains), np.maximum(*gains)
    left = taken[0][:, None] & taken[1][None, :] & (smaller > 0).astype(np.bool_)
    while left.any():
        top = left & (smaller == smaller[left].max()).astype(np.bool_)
        top &= (larger == larger[top].max()).astype(np.bool_)
        first, second = (int(k) for k in np.argwhere(top)[0])
        if possible.both(issues, (first, second)):
            return first, second
        left[first, second] = False
    return None


def _trade(
    views: "Sequence[_Views]", parties: tuple[int, int], issues: tuple[int, int], options: tuple[int, int]
) -> Logroll:
    """Return a trade with what it changes for everybody."""
    one, other = (views[party].worst for party in parties)
    others = [party for party in range(len(views)) if party not in parties]
    return Logroll(
        parties=parties,
        issues=issues,
        options=options,
        gains=(one.gain(issues, options), other.gain(issues, options)),
        changes=(one.changes(issues, options), other.changes(issues, options)),
        others=tuple((party, *views[party].gain(issues, options)) for party in others),
    )


class _Views:
    """A party's view with its unknown options at their worst, and at their best."""

    def __init__(self, model: SettlementModel, party: int, compromise: Compromise) -> None:
        self.worst, self.best = (_View(model, party, compromise, c) for c in (Completion.WORST, Completion.BEST))

    def gain(self, issues: tuple[int, int], options: tuple[int, int]) -> tuple[Fraction, Fraction]:
        """Return the least and the most that a pair of options may add to the compromise."""
        unsure = sum((self.best.level(i) - self.worst.level(i) for i in issues), Fraction(0))
        return self.worst.gain(issues, options) - unsure, self.best.gain(issues, options) + unsure

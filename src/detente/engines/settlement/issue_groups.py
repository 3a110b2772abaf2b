r"""Groups of issues settled one by one, to be compared with one package for all of them.

Each group is solved by itself, by the Nash solution among the discrete packages of its
own issues. For that no agreement on a group needs a value. Party :math:`j`'s value of
no agreement on everything is divided in proportion to what a group can mean to it,

.. math:: d_{jg} = \underline{u}_{jg} + \frac{w_{jg}}{\sum_h w_{jh}}
          \Bigl(d_j - \sum_h \underline{u}_{jh}\Bigr), \qquad
          w_{jg} = \overline{u}_{jg} - \underline{u}_{jg},

with :math:`\underline{u}_{jg}` and :math:`\overline{u}_{jg}` the least and the most that
the group's options can give it. On a scale from 0 this is :math:`d_j` times the weight
of the group. The parts add up to :math:`d_j`, and no change of scale matters. That no
agreement hurts every group alike is an assumption; nothing in a case says otherwise.

A group without agreement counts with its part of no agreement. Groups that a link, a
binding line or a joint value reads together cannot be settled apart and are joined.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, lcm

import numpy as np

from detente.core.errors import ModelError
from detente.engines.settlement.conflicts import Conflict, find_conflicts
from detente.engines.settlement.evaluate import evaluate
from detente.engines.settlement.frontier import find_frontier
from detente.engines.settlement.model import LARGEST, Completion, Rule, SettlementModel
from detente.engines.settlement.solutions import Concept, solve_concepts
from detente.engines.settlement.structure import components

CONFLICTS = 100
"""Largest number of conflicts listed for one group."""

Utilities = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class GroupPoint:
    """A utility vector that a group's options give, and one choice of options, in the order of its issues."""

    utilities: Utilities
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of issues by itself.

    Attributes
    ----------
    issues : tuple of int
        Its issues.
    of : tuple of int
        The groups asked for that it consists of; several if something joins them.
    links, lines, interactions : tuple of int
        What joins them.
    no_agreement : tuple of Fraction
        Each party's part of its value of no agreement.
    points : tuple of GroupPoint
        The Nash solutions; none if the group has no agreement by itself.
    conflicts : tuple of Conflict
        Why there is none: smallest sets of lines and parties that cannot hold together.
    """

    issues: tuple[int, ...]
    of: tuple[int, ...]
    links: tuple[int, ...]
    lines: tuple[int, ...]
    interactions: tuple[int, ...]
    no_agreement: Utilities
    points: tuple[GroupPoint, ...]
    conflicts: tuple[Conflict, ...]

    def low(self, party: int) -> Fraction:
        """Return the least that a party ends with, over solutions that tie."""
        return min((point.utilities[party] for point in self.points), default=self.no_agreement[party])

    def high(self, party: int) -> Fraction:
        """Return the most that a party ends with, over solutions that tie."""
        return max((point.utilities[party] for point in self.points), default=self.no_agreement[party])


@dataclass(frozen=True, slots=True)
class OneByOne:
    """All groups, and what each party ends with; `low` and `high` differ only where solutions tie."""

    binding: tuple[int, ...]
    completion: Completion
    groups: tuple[Group, ...]
    low: Utilities
    high: Utilities


def solve_groups(
    model: SettlementModel, *, groups: Sequence[Sequence[int]], binding: Sequence[int], completion: Completion
) -> OneByOne:
    """Return the groups' own solutions and their sum.

    Parameters
    ----------
    model : SettlementModel
        Utilities in steps of 1/GRID.
    groups : sequence of sequences of int
        Every issue in exactly one group.
    binding : sequence of int
        Indices of the red lines that bind.
    completion : Completion
        Whether unknown options count at their worst or at their best.

    Raises
    ------
    ModelError
        If the groups do not divide the issues, an index names no line, or a group
        is too large to be solved.
    """
    chosen = tuple(sorted(set(binding)))
    model.rules(chosen)
    if sorted(issue for group in groups for issue in group) != list(range(len(model.sizes))):
        raise ModelError(
            where="settlement.issue_groups",
            what="the groups do not divide the issues",
            got=[list(group) for group in groups],
            allowed=f"Every issue from 0 to {len(model.sizes) - 1} in exactly one group",
            hint="Put each issue into one group",
        )
    joined = _joined(model, groups, chosen)
    parts = [_part(model, issues, chosen) for issues in joined]
    solved = []
    for issues, part, need in zip(joined, parts, _shares(model, parts), strict=True):
        points, conflicts = _settled(part, need, completion)
        of = tuple(k for k, group in enumerate(groups) if set(group) & set(issues))
        across = _Across(groups, issues)
        solved.append(
            Group(
                issues=issues,
                of=of,
                links=across.of([link.issues for link in model.links], range(len(model.links))),
                lines=across.of([line.rule.issues for line in model.lines], chosen),
                interactions=across.of([term.issues for term in model.interactions], range(len(model.interactions))),
                no_agreement=need,
                points=points,
                conflicts=tuple(_renumbered(conflict, model, issues, chosen) for conflict in conflicts),
            )
        )
    return OneByOne(
        binding=chosen,
        completion=completion,
        groups=tuple(solved),
        low=tuple(sum((group.low(j) for group in solved), Fraction(int(b))) for j, b in enumerate(model.bias)),
        high=tuple(sum((group.high(j) for group in solved), Fraction(int(b))) for j, b in enumerate(model.bias)),
    )


@dataclass(frozen=True, slots=True)
class _Across:
    """Which rules or joint values read issues of a joined group that were asked for as several groups."""

    groups: Sequence[Sequence[int]]
    issues: tuple[int, ...]

    def of(self, scopes: Sequence[tuple[int, ...]], which: Sequence[int]) -> tuple[int, ...]:
        home = {issue: number for number, group in enumerate(self.groups) for issue in group}
        return tuple(k for k in which if scopes[k][0] in self.issues and len({home[i] for i in scopes[k]}) > 1)


def _joined(
    model: SettlementModel, groups: Sequence[Sequence[int]], binding: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """Return the groups as sorted issues, those that something reads together as one."""
    scopes = [rule.issues for rule in model.rules(binding)] + [term.issues for term in model.interactions]
    return components(len(model.sizes), [tuple(group) for group in groups if group] + scopes)


def _inside(model: SettlementModel, issues: tuple[int, ...], binding: Sequence[int]) -> tuple[int, ...]:
    """Return the binding lines that read issues of a group."""
    return tuple(k for k in binding if model.lines[k].rule.issues[0] in issues)


def _part(model: SettlementModel, issues: tuple[int, ...], binding: Sequence[int]) -> SettlementModel:
    """Return the model of a group alone, with only the binding lines, and no agreement at 0."""

    def moved(rule: Rule) -> Rule:
        return Rule(tuple(issues.index(i) for i in rule.issues), rule.allowed)

    return SettlementModel(
        worst=tuple(model.worst[i] for i in issues),
        best=tuple(model.best[i] for i in issues),
        bias=np.zeros(model.parties, np.int64),
        reservation=np.zeros(model.parties, np.int64),
        interactions=tuple(
            replace(term, issues=(issues.index(term.issues[0]), issues.index(term.issues[1])))
            for term in model.interactions
            if term.issues[0] in issues
        ),
        links=tuple(moved(link) for link in model.links if link.issues[0] in issues),
        lines=tuple(replace(model.lines[k], rule=moved(model.lines[k].rule)) for k in _inside(model, issues, binding)),
    )


def _shares(model: SettlementModel, parts: Sequence[SettlementModel]) -> list[Utilities]:
    """Return each group's part of every party's value of no agreement."""
    ranges = [evaluate(part, [None] * len(part.sizes)) for part in parts]
    shares: list[list[Fraction]] = [[] for _ in parts]
    for party in range(model.parties):
        least = [value.low[party] for value in ranges]
        widths = [value.high[party] - value.low[party] for value in ranges]
        left = int(model.reservation[party]) - int(model.bias[party]) - sum(least)
        if not any(widths):  # indifferent between all packages: every group counts the same
            widths = [1] * len(parts)
        for share, low, width in zip(shares, least, widths, strict=True):
            share.append(low + Fraction(width, sum(widths)) * left)
    return [tuple(share) for share in shares]


def _settled(
    part: SettlementModel, need: Utilities, completion: Completion
) -> tuple[tuple[GroupPoint, ...], tuple[Conflict, ...]]:
    """Return the Nash solutions of a group, or the conflicts where no option is left."""
    model, factor = _whole(part, need)
    every = range(len(model.lines))
    zone = find_frontier(model, rules=model.rules(every), completion=completion)
    if len(zone) == 0:
        return (), find_conflicts(model, binding=every, completion=completion, limit=CONFLICTS).sets
    [nash] = [found for found in solve_concepts(zone, model.reservation) if found.concept is Concept.NASH]
    return (
        tuple(GroupPoint(tuple(Fraction(u, factor) for u in p.utilities), p.package) for p in nash.points),
        (),
    )


def _whole(part: SettlementModel, need: Utilities) -> tuple[SettlementModel, int]:
    """Return a group's model with its part of no agreement, on a grid on which that is whole if there is room.

    Else it is rounded up to a step: the same packages reach it, and gains are off by less than one step.
    """
    factor = lcm(*(share.denominator for share in need))
    reach = max(
        sum(int(np.abs(table).max()) for table in (*part.worst, *part.best, *(t.table for t in part.interactions)))
        + abs(ceil(share))
        + 1
        for share in need
    )
    if factor * reach >= LARGEST:
        factor = 1
    return (
        replace(
            part,
            worst=tuple(table * factor for table in part.worst),
            best=tuple(table * factor for table in part.best),
            interactions=tuple(replace(term, table=term.table * factor) for term in part.interactions),
            reservation=np.array([ceil(share * factor) for share in need], np.int64),
        ),
        factor,
    )


def _renumbered(
    conflict: Conflict, model: SettlementModel, issues: tuple[int, ...], binding: Sequence[int]
) -> Conflict:
    """Return a group's conflict with the lines of the whole model."""
    inside = _inside(model, issues, binding)
    return Conflict(tuple(inside[k] for k in conflict.lines), conflict.parties)

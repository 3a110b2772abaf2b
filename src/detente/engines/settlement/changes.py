r"""The fewest issues of a package to change so that a member, or every member, is at or above no agreement.

A member *objects* if the package leaves it below no agreement or crosses one of its binding lines. For one objector
the search is over the packages that keep every link, give it at least no agreement and cross none of its binding
lines, leave every other member that was at or above no agreement there, and cross no binding line that was not
crossed before. For all members it is over the packages of the agreement zone. Of these the engine returns one with

1. the fewest issues that differ from the package; issues that it leaves open are free to set;
2. among those, the least total loss of the others, :math:`\sum_k \max(0, u_k(x) - u_k(y))`, in which members that one
   speaker stands for count once, with the largest loss of one of them;
3. among those, one that no other of them dominates, the first in the order of options.

For a package with open issues, :math:`u_k(x)` is the most that it can give to :math:`k`; a member is surely at or
above no agreement only if the least is, and a line is crossed before only if every way to complete it crosses it.

Counting changes is one more party that loses a step with each: then whether :math:`c` changes are enough is a question
to `Demands`, answered exactly, and which they are is a frontier. The total loss adds utilities of different parties,
which have no common unit: it serves to pick one among equals, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.core.errors import ModelError
from detente.engines.settlement.evaluate import Value, evaluate, utilities
from detente.engines.settlement.feasibility import demands
from detente.engines.settlement.frontier import find_frontier
from detente.engines.settlement.model import Completion, Package, Rule, SettlementModel
from detente.engines.settlement.sides import Sides, checked_sides

COMPARED = 20_000
"""Largest frontier of equally few changes that is compared for the least loss."""


@dataclass(frozen=True, slots=True)
class Change:
    """The fewest changes, and one package that has them.

    Attributes
    ----------
    count : int
        Issues changed; 0 if setting open issues is enough.
    package : tuple of int, optional
        The package after them; None if too many tie to be compared.
    changes : tuple of (issue, option)
        Where it differs from the package asked about.
    settles : tuple of (issue, option)
        What it sets where that package is open.
    utilities : tuple of int
        What it is worth to each party.
    """

    count: int
    package: Package | None
    changes: tuple[tuple[int, int], ...] = ()
    settles: tuple[tuple[int, int], ...] = ()
    utilities: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SmallestChanges:
    """The smallest changes of one package under one reading of lines and unknown options.

    Attributes
    ----------
    objectors : tuple of int
        Members that the package may leave below no agreement, or one of whose binding lines it may cross.
    by_objector : tuple of Change or None
        For each objector; None if there is no such package.
    for_all : Change, optional
        To the agreement zone; None if that is empty.
    """

    objectors: tuple[int, ...]
    by_objector: tuple[Change | None, ...]
    for_all: Change | None


def find_changes(
    model: SettlementModel,
    package: Sequence[int | None],
    *,
    binding: Sequence[int],
    completion: Completion,
    sides: Sequence[Sequence[int]] | None = None,
) -> SmallestChanges:
    """Return the smallest change for each member that objects to a package, and for all members.

    Parameters
    ----------
    package : sequence of int or None
        One option per issue; None where it is open.
    binding : sequence of int
        Indices of the red lines that bind.
    completion : Completion
        Whether unknown options count at their worst or at their best.
    sides : sequence of sequences of int, optional
        The parties by who speaks for them; by default each for itself. The others of an objector are the other sides.

    Raises
    ------
    ModelError
        If the package does not fit the model, `binding` names no line, `sides` is no partition of the parties, or the
        engine refuses the size of the question.
    """
    model.rules(binding)  # refuses indices that name no line
    parts = checked_sides(model, sides)
    tables = model.tables(completion)
    pinned = replace(model, worst=tables, best=tables)
    before = evaluate(pinned, package)
    lines = sorted(set(binding))
    crossed = {k for k in lines if k in before.lines_crossed}
    perhaps = {k for k in lines if k in before.lines_possibly_crossed}
    members = range(model.parties)
    needed = [int(d) for d in model.reservation]
    content = [low >= d for low, d in zip(before.low, needed, strict=True)]
    refusing = {model.lines[k].party for k in crossed | perhaps}
    objectors = tuple(j for j in members if not content[j] or j in refusing)
    search = _Search(pinned, tuple(package), before)
    by_objector = tuple(
        search.smallest(
            reach=[k for k in members if k == j or content[k]],
            kept=[k for k in lines if k not in crossed or model.lines[k].party == j],
            others=tuple(side for side in parts if j not in side),
        )
        for j in objectors
    )
    return SmallestChanges(objectors, by_objector, search.smallest(reach=members, kept=lines, others=parts))


@dataclass(frozen=True, slots=True)
class _Search:
    model: SettlementModel  # one value per option: unknown ones are filled in
    package: tuple[int | None, ...]
    before: Value

    def smallest(self, *, reach: Sequence[int], kept: Sequence[int], others: Sides) -> Change | None:
        """Return the smallest change to a package that leaves `reach` at no agreement and crosses no line of `kept`."""
        counted = self._counted(reach, tuple(self.model.lines[k].rule for k in kept))
        fixed = sum(option is not None for option in self.package)
        asked = demands(counted, lines=(), completion=Completion.WORST)
        wanted = sum(1 << j for j in (*reach, self.model.parties))

        def is_enough(count: int) -> bool:
            need = asked.need.copy()
            need[-1] = -count
            return replace(asked, need=need).ask(wanted).unmet is not None

        if not is_enough(fixed):
            return None
        low, high = 0, fixed  # `high` changes are enough
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
        floor = counted.reservation.copy()
        floor[-1] = -high
        try:
            found = find_frontier(
                replace(counted, reservation=floor),
                rules=counted.links,
                completion=Completion.WORST,
                limit=COMPARED,
            )
        except ModelError:
            return Change(high, None)
        _, chosen = min((self._loss(point.utilities, others), point.package) for point in found)
        return self._named(high, chosen)

    def _loss(self, after: Sequence[int], others: Sides) -> int:
        """Return the total loss of some sides."""
        return sum(max(0, *(self.before.high[k] - after[k] for k in side)) for side in others)

    def _named(self, count: int, chosen: Package) -> Change:
        pairs = list(zip(self.package, enumerate(chosen), strict=True))
        return Change(
            count,
            chosen,
            changes=tuple(new for old, new in pairs if old is not None and old != new[1]),
            settles=tuple(new for old, new in pairs if old is None),
            utilities=utilities(self.model, chosen, Completion.WORST),
        )

    def _counted(self, reach: Sequence[int], rules: tuple[Rule, ...]) -> SettlementModel:
        """Return the model with one more party, that loses a step with each change, and floors for all.

        A party that need not be satisfied gets a floor below everything that a package can give it.
        """
        model = self.model
        tables = []
        for table, option in zip(model.worst, self.package, strict=True):
            counter = np.zeros((1, table.shape[1]), np.int64)
            if option is not None:
                counter -= np.arange(table.shape[1]) != option
            tables.append(np.concatenate((table, counter)))
        floor = model.bias + np.sum([table.min(axis=1) for table in model.worst], axis=0, dtype=np.int64)
        for term in model.interactions:
            floor[term.party] += min(0, int(term.table.min()))
        reached = list(reach)
        floor[reached] = model.reservation[reached]
        return SettlementModel(
            worst=tuple(tables),
            best=tuple(tables),
            bias=np.append(model.bias, 0),
            reservation=np.append(floor, -len(self.package)),
            interactions=model.interactions,
            links=model.links + rules,
        )

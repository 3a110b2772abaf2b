"""Whether some of the red lines and reservation values can hold together.

Built once for a model: per block of joined issues, every combination worth
considering, with its utilities and the lines it crosses. A combination is left out
if another gives every party as much and crosses no other line. Each question is
then a search for one combination per block.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from detente.core.errors import ModelError
from detente.engines.settlement.frontier import LIMIT, merge_blocks
from detente.engines.settlement.model import Completion, SettlementModel
from detente.engines.settlement.structure import Block, TooManyCombinations, blocks
from detente.maths.compiled import BoolArray, Int64Array
from detente.maths.covers import bits
from detente.maths.dominance import non_dominated
from detente.maths.reaching import Reach, find_reaching, programme_reaching

PROGRAMME = 100
"""An integer programme costs about as much as this many plain searches."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a package that meets the demands leaves unmet, None if there is none; and what it cost to know."""

    unmet: int | None
    cost: int


@dataclass(frozen=True, slots=True)
class Demands:
    """The combinations of a model and what they offer to the demands made on a package.

    Demands are numbered: first the lines in `lines`, then the parties' reservation
    values. A set of demands is a bit mask.
    """

    lines: tuple[int, ...]
    need: Int64Array  # (parties,) reservation less bias
    values: Int64Array  # (choices, parties), block after block
    crossed: BoolArray  # (choices, lines)
    starts: Int64Array  # (blocks + 1,)

    @property
    def number(self) -> int:
        """Return the number of demands."""
        return len(self.lines) + len(self.need)

    def ask(self, wanted: int) -> "Answer":
        """Return whether some package meets all of `wanted`, and what it leaves unmet.

        Raises
        ------
        ModelError
            If the search does not end and the frontier that would decide is too large.
        """
        members = list(bits(wanted))
        kept_lines = [k for k in members if k < len(self.lines)]
        parties = [k - len(self.lines) for k in members if k >= len(self.lines)]
        rows = np.flatnonzero(~self.crossed[:, kept_lines].any(axis=1))
        starts = np.searchsorted(rows, self.starts)
        if (np.diff(starts) == 0).any():
            return Answer(None, 1)
        chosen, cost = self._choose(rows, starts, parties)
        if chosen is None:
            return Answer(None, cost)
        crossed = self.crossed[chosen].any(axis=0)
        short = self.values[chosen].sum(axis=0) < self.need
        unmet = sum(1 << int(k) for k in np.flatnonzero(np.concatenate((crossed, short))))
        return Answer(unmet, cost)

    def families(self) -> tuple[tuple[int, ...], ...]:
        """Return per block the sets of lines that its combinations cross."""
        masks = [sum(1 << int(k) for k in np.flatnonzero(row)) for row in self.crossed]
        return tuple(tuple(masks[a:b]) for a, b in pairwise(self.starts.tolist()))

    def _choose(self, rows: Int64Array, starts: Int64Array, parties: Sequence[int]) -> tuple[Int64Array | None, int]:
        """Return rows, one per block, that reach the reservation values of `parties`, and the cost."""
        need = self.need[list(parties)]
        values = self.values[rows][:, list(parties)]
        if len(parties) > 0:
            highest = np.maximum.reduceat(values, starts[:-1], axis=0).sum(axis=0)
            if (highest < need).any():
                return None, 1
            lowest = np.minimum.reduceat(values, starts[:-1], axis=0).sum(axis=0)
            pressed = np.flatnonzero(lowest < need)
            values, need = values[:, pressed], need[pressed]
        if len(need) == 0:  # any choice will do: take the ones that cross the fewest lines
            load = self.crossed[rows].sum(axis=1)
            return np.array([rows[a + int(np.argmin(load[a:b]))] for a, b in pairwise(starts)], np.int64), 1
        cost = 1
        status, chosen = find_reaching(values, starts, need)
        if status is Reach.UNDECIDED:
            cost = PROGRAMME
            status, chosen = programme_reaching(values, starts, need)
        if status is Reach.UNDECIDED:
            merged = choose_by_merging(values, starts, need)
            return None if merged is None else rows[merged], cost
        return rows[chosen] if status is Reach.REACHED else None, cost


def choose_by_merging(values: Int64Array, starts: Int64Array, need: Int64Array) -> Int64Array | None:
    """Return rows, one per block, whose sum reaches `need`, from the frontier of all sums; None if there are none.

    Slow and certain: for the few problems that a search leaves undecided.

    Raises
    ------
    ModelError
        If that frontier is too large.
    """
    parts: list[Block] = []
    for a, b in pairwise(starts):
        codes = np.zeros((b - a, len(starts) - 1), np.int64)
        codes[:, len(parts)] = np.arange(a, b)
        parts.append(Block((), non_dominated(values[a:b], np.ones(b - a, np.int64), codes)))
    found = merge_blocks(parts, need=need, limit=10 * LIMIT)
    return found.codes[0] if len(found) else None


def demands(model: SettlementModel, *, lines: Sequence[int], completion: Completion) -> Demands:
    """Return the demands that `lines` and all reservation values make.

    Raises
    ------
    ModelError
        If issues joined by links, lines and interactions have too many combinations.
    """
    model.rules(lines)  # refuses indices that name no line
    marks = tuple(model.lines[k].rule for k in lines)
    try:
        parts = blocks(model, rules=model.links, completion=completion, marks=marks)
    except TooManyCombinations as error:
        raise ModelError(
            where="settlement.feasibility",
            what=f"issues {error.issues} are joined by links, lines or interactions and have too many combinations",
            got=error.combinations,
            hint="Split the group, or drop a rule that reads many issues",
        ) from None
    choices = [part.choices.values for part in parts]
    table = np.concatenate(choices)
    return Demands(
        lines=tuple(lines),
        need=model.reservation - model.bias,
        values=np.ascontiguousarray(table[:, : model.parties]),
        crossed=table[:, model.parties :] < 0,
        starts=np.cumsum([0, *(len(c) for c in choices)]),
    )

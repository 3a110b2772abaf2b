r"""The fewest comparisons that would have to turn for a state to be stable for a party.

A *comparison* says of two states whether one ranks above the other or both are level. The distance of two rankings
is the number of pairs of states that they compare differently; for strict rankings that is the distance of Kendall
[Kendall1938]_, the fewest exchanges of neighbours that turn one ranking into the other. It is asked for the nearest
ranking, ties allowed, under which the state is stable. Counting pairs, and not the states that have to go below the
target, keeps the answer a ranking: a state cannot go below the target and stay above what stays above the target.

Stability asks for states that rank no higher than the target (see `demands`) and never for one that ranks higher,
so it is enough to lower a set X of those above. Then these pairs turn, and no ranking does with fewer: each of X
against the target; each of X against every state that stays above and now ranks no higher; and, where states are
level with the target, the target against each of them. For a set M that has to go down, the cheapest X holds M and
the lowest of the others up to some height, since exchanging a state of X for a lower one that is not in M saves a
pair; so all heights are tried.

If every sanction is a single state (Nash, GMR, SEQ, SIM), each demand that is not met asks for one state, and for
the same reason the lowest will do: a closed form. Under SMR the choice between sanctions is searched by branch and
bound.

References
----------
.. [Kendall1938] Kendall, M. G. (1938). A new measure of rank correlation. Biometrika 30(1/2), 81-93.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.demands import Demand, States, demands
from detente.engines.stability.model import Concept, Int32Array, Reply, StabilityModel

MOST_NODES = 20_000
"""Choices that the search under SMR looks at."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A comparison that turns: `up` comes to rank above `down`, with which it is `level` now or below which it is."""

    up: int
    down: int
    level: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """A nearest ranking under which a state is stable for a party.

    Attributes
    ----------
    party, state
        What was asked.
    turns : tuple of Turn
        The comparisons that turn; none if the state is stable already. Those with the target come first.
    ranks : (states,) int32
        The new ranks of the party.
    """

    party: int
    state: int
    turns: tuple[Turn, ...]
    ranks: Int32Array


def fewest_changes(
    model: StabilityModel, *, state: int, party: int, concept: Concept, reply: Reply = Reply.LEGAL
) -> Changes:
    """Return the fewest comparisons of a party that would have to turn for a state to be stable for it.

    The others' rankings stay as they are. Of several nearest rankings the one shown depends on the codes of states
    alone.

    Raises
    ------
    ModelError
        If the state cannot occur, too many can, or under SMR the search would take more than MOST_NODES choices.

    Examples
    --------
    In the prisoner's dilemma nobody alone would keep to cooperation: one comparison of each would have to turn.

    >>> from detente.engines.stability import Direction
    >>> ranks = np.array([[1, 0, 3, 2], [1, 3, 0, 2]], dtype=np.int32)
    >>> model = StabilityModel(2, (0, 1), (Direction.BOTH,) * 2, ranks)
    >>> fewest_changes(model, state=3, party=0, concept=Concept.NASH).turns
    (Turn(up=3, down=2, level=False),)
    """
    asked = demands(model, state=state, party=party, concept=concept, reply=reply)
    order = Order(model, party, state)
    unmet = [one for one in asked if not one.met(order.no_higher)]
    if not unmet:
        return Changes(party, state, (), model.ranks[party])
    if all(len(kept) == 1 for one in unmet for kept in one.alternatives):
        down = frozenset(min((s for kept in one.alternatives for s in kept), key=order.height) for one in unmet)
    else:
        down = _cheapest(unmet, order)
    lowered = order.cheapest(down)[1]
    return Changes(party, state, *order.lower(lowered))


class Order:
    """What stands above a target in the ranking of a party, and what lowering some of it would turn."""

    def __init__(self, model: StabilityModel, party: int, state: int) -> None:
        self._row = model.ranks[party]
        self._state = state
        self._codes: list[int] = np.flatnonzero(model.occurring()).tolist()
        own = self._row[state]
        self.above = sorted((s for s in self._codes if self._row[s] > own), key=self.height)
        self.no_higher: States = frozenset(s for s in self._codes if self._row[s] <= own)
        self.level = [s for s in self._codes if self._row[s] == own and s != state]

    def height(self, state: int) -> tuple[int, int]:
        """Return what sorts states from the lowest up, those that are level by code."""
        return int(self._row[state]), state

    def cost(self, lowered: States) -> int:
        """Return how many pairs turn when just these of the states above go below the target."""
        if not lowered:
            return 0
        pairs = len(lowered) + len(self.level)
        staying = 0  # states at this height or lower that stay above
        for _, level in groupby(self.above, key=lambda one: int(self._row[one])):
            here = list(level)
            down = sum(1 for one in here if one in lowered)
            staying += len(here) - down
            pairs += down * staying
        return pairs

    def cheapest(self, down: States) -> tuple[int, States]:
        """Return the fewest pairs that turn when at least these go below the target, and what then goes below."""
        best = cost = self.cost(down)
        if not down:
            return 0, down
        others = [one for one in self.above if one not in down]
        lowered_at_or_above = self._lowered_at_or_above(down)
        left_at: dict[int, int] = {}
        for one in others:
            left_at[int(self._row[one])] = left_at.get(int(self._row[one]), 0) + 1
        also, taken_at = 0, dict.fromkeys(left_at, 0)
        for place, one in enumerate(others, start=1):
            rank = int(self._row[one])
            left_at[rank] -= 1  # lower ones have all gone down before
            cost += 1 + left_at[rank] - lowered_at_or_above[rank] - taken_at[rank]
            taken_at[rank] += 1
            if cost < best:
                best, also = cost, place
        return best, down | frozenset(others[:also])

    def _lowered_at_or_above(self, down: States) -> dict[int, int]:
        found: dict[int, int] = {}
        count = 0
        for one in reversed(self.above):
            count += one in down
            found[int(self._row[one])] = count
        return found

    def lower(self, lowered: States) -> tuple[tuple[Turn, ...], Int32Array]:
        """Return the comparisons that turn when these go just below the target, and the ranks after it."""
        row, state = self._row, self._state
        block = {**dict.fromkeys(self.above, 3), **dict.fromkeys(lowered, 1), state: 2}
        block |= dict.fromkeys(self.level, 0)
        keys = [(block.get(s, -1), int(row[s])) for s in self._codes]
        dense = {key: place for place, key in enumerate(sorted(set(keys)))}
        ranks = np.zeros_like(row)
        ranks[self._codes] = [dense[key] for key in keys]
        moved = sorted(lowered, key=self.height)
        turns = [Turn(state, one, level=False) for one in moved]
        turns += [Turn(state, one, level=True) for one in self.level]
        for one in moved:
            stay = [s for s in self.above if s not in lowered and row[s] <= row[one]]
            turns += [Turn(s, one, level=bool(row[s] == row[one])) for s in stay]
        return tuple(turns), ranks


def _cheapest(unmet: Sequence[Demand], order: Order) -> States:
    """Return a set to go down, of those that meet all demands one that turns the fewest pairs."""
    best_cost, best = order.cheapest(frozenset(one.improvement for one in unmet))
    nodes = 0

    def search(down: States, left: Sequence[Demand]) -> None:
        nonlocal best_cost, best, nodes
        left = [one for one in left if not one.met(order.no_higher | down)]
        if not left:
            cost = order.cheapest(down)[0]
            if cost < best_cost:
                best_cost, best = cost, down
            return
        # turning more never costs less, so what already costs as much as the best is not followed
        options = {down | (kept - order.no_higher) for kept in left[0].alternatives}
        for cost, _, option in sorted((order.cheapest(one)[0], sorted(one), one) for one in options):
            nodes += 1
            if nodes > MOST_NODES:
                raise ModelError(
                    where="stability.fewest_changes", what="too many choices between sanctions under SMR",
                    allowed=f"At most {MOST_NODES:,}",
                )  # fmt: skip
            if cost < best_cost:
                search(option, left[1:])

    search(frozenset(), unmet)
    return best

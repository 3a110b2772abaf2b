r"""What a party must not rank above a state for the state to be stable for it.

Under each of the five concepts stability of a state s for a party looks at the party's own ranking only through the
set W of states that it ranks no higher than s. It leaves for an improvement s1 unless

* s1 itself is in W, so that it is no improvement; or
* some sanction is in W, that is the end of a reply of the others to s1 (GMR, SEQ), or of a sum of changes (SIM);
  under SMR together with whatever the party could still reach from there.

So each state within reach makes one *demand*: that of some sets of states, its *alternatives*, at least one lies
wholly in W. The state is stable if all demands are met. Under Nash, GMR and SMR demands follow from the moves
alone, under SEQ and SIM from the rankings of the others too, and never from the party's own. Alternatives keep the
party's own switches as its move has set them, apart from escapes under SMR; hence single states of two demands
differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product

from detente.core.errors import ModelError
from detente.engines.stability.certificates import check_state
from detente.engines.stability.model import Concept, Reply, StabilityModel, single_parties
from detente.engines.stability.moves import Moves

MOST_STATES = 4096
"""Of more states that can occur the replies to a move are not listed one by one."""

States = frozenset[int]


@dataclass(frozen=True, slots=True)
class Demand:
    """What has to hold for a party not to leave for a state.

    Attributes
    ----------
    improvement : int
        The state within reach.
    sanctions : tuple of frozenset of int
        If all states of one of them are ranked no higher than the target, the party is deterred; none of
        them holds all of another, nor `improvement`. Sorted by size, then by codes.
    """

    improvement: int
    sanctions: tuple[States, ...]

    @property
    def alternatives(self) -> tuple[States, ...]:
        """Return the sets of which one must lie no higher than the target: the improvement itself comes first."""
        return (frozenset((self.improvement,)), *self.sanctions)

    def met(self, no_higher: States) -> bool:
        """Return whether the demand is met when just these states are ranked no higher than the target."""
        return self.improvement in no_higher or any(one <= no_higher for one in self.sanctions)


def demands(
    model: StabilityModel, *, state: int, party: int, concept: Concept, reply: Reply = Reply.LEGAL
) -> tuple[Demand, ...]:
    """Return the demands that stability of a state for a party makes, by code of the state within reach.

    The party's own ranking is not read.

    Raises
    ------
    ModelError
        If the state cannot occur, there is no such party, or more than MOST_STATES states can occur.
    """
    where = "stability.demands"
    check_state(model, state, where)
    if not 0 <= party < model.parties:
        raise ModelError(where=where, what="no such party", got=party, allowed=f"0 to {model.parties - 1}")
    if (count := int(model.occurring().sum())) > MOST_STATES:
        raise ModelError(
            where=where, what="too many states that can occur", got=count, allowed=f"At most {MOST_STATES:,}"
        )
    moves = Moves(model, single_parties(model))
    within = sorted(moves.reach(party, state).tolist())
    if concept is Concept.NASH:
        return tuple(Demand(one, ()) for one in within)
    if concept is Concept.SIM:
        return tuple(_demand(state, one, _sums(moves, state, party, one)) for one in within)

    @cache
    def steps(k: int, here: int) -> tuple[int, ...]:
        targets = moves.improvements(k, here) if concept is Concept.SEQ else moves.reach(k, here)
        return tuple(targets.tolist())

    @cache
    def escapes(here: int) -> States:
        return frozenset(moves.reach(party, here).tolist()) if concept is Concept.SMR else frozenset()

    found = []
    for one in within:
        ends = _ends(one, [k for k in range(model.parties) if k != party], steps, reply)
        found.append(_demand(state, one, {frozenset((end,)) | escapes(end) for end in ends}))
    return tuple(found)


def _demand(state: int, improvement: int, sanctions: set[States]) -> Demand:
    """Return a demand without sanctions that hold all of another alternative."""
    kept: list[States] = []
    for one in sorted({one - {state} for one in sanctions}, key=lambda one: (len(one), sorted(one))):
        if improvement in one or (len(one) > 1 and any(smaller <= one for smaller in kept)):
            continue
        kept.append(one)
    return Demand(improvement, tuple(kept))


def _ends(start: int, others: list[int], steps: Callable[[int, int], tuple[int, ...]], reply: Reply) -> set[int]:
    """Return the states at which replies of the others to a move may end."""
    seen: set[tuple[int, frozenset[int]]] = set()
    waiting: list[tuple[int, frozenset[int]]] = [(start, frozenset())]
    while waiting:
        here, barred = waiting.pop()
        for k in others:
            if k in barred:
                continue
            after = barred | {k} if reply is Reply.ONCE else frozenset((k,))
            for target in steps(k, here):
                node = (target, after)
                if node not in seen:
                    seen.add(node)
                    if reply is not Reply.SINGLE:
                        waiting.append(node)
    return {target for target, _ in seen}


def _sums(moves: Moves, state: int, party: int, improvement: int) -> set[States]:
    """Return where the party ends if the others improve from the same state at the same time."""
    ends = {improvement}
    for k in range(moves.model.parties):
        if k != party:
            changes = [0, *(int(state ^ target) for target in moves.improvements(k, state).tolist())]
            ends = {end ^ change for end, change in product(ends, changes)}
    feasible = moves.model.feasible
    return {frozenset((end,)) for end in ends if feasible is None or feasible[end]}

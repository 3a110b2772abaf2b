"""Why a state is stable for a player, or why it is not: the improvement and what deters it.

Made on demand, one state and one player at a time. Of the replies that deter an
improvement one with the fewest moves is shown; of the improvements that nothing deters,
all are named. Which of several shortest replies is shown depends on the codes of the states
alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.model import (
    Concept,
    Players,
    Reply,
    StabilityModel,
    check_once,
    check_players,
    single_parties,
)
from detente.engines.stability.moves import Moves
from detente.engines.stability.sanctions import Sanctions

SANCTIONED = (Concept.GMR, Concept.SMR, Concept.SEQ)


@dataclass(frozen=True, slots=True)
class Step:
    """One move: who makes it and the state in which it ends."""

    player: int
    state: int


@dataclass(frozen=True, slots=True)
class Deterrent:
    """What keeps a player from an improvement.

    Attributes
    ----------
    improvement : int
        The state to which the player would move.
    replies : tuple of Step
        The moves of the others, one after the other; under SIM what each of them changes
        at the same time, with the state that this change alone would lead to.
    sanction : int
        Where the player would end up, no better off than now.
    escapes : tuple of int
        The states that the player could move to from there, none better than now; only
        under SMR.
    """

    improvement: int
    replies: tuple[Step, ...]
    sanction: int
    escapes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """Stable if nothing is undeterred.

    Attributes
    ----------
    player, state, concept
        What was asked.
    deterred : tuple of Deterrent
        One for each improvement that is deterred, by code of the improvement.
    undeterred : tuple of int
        Improvements that nothing deters, the best for the player's first member first.
    """

    player: int
    state: int
    concept: Concept
    deterred: tuple[Deterrent, ...]
    undeterred: tuple[int, ...]

    @property
    def stable(self) -> bool:
        """Return whether every improvement is deterred."""
        return not self.undeterred


def certify(
    model: StabilityModel,
    *,
    state: int,
    player: int,
    concept: Concept,
    reply: Reply = Reply.LEGAL,
    players: Players | None = None,
) -> Certificate:
    """Return the improvements of a player in a state and what deters each.

    Raises
    ------
    ModelError
        If the state cannot occur, there is no such player, or `once` is asked of too large a model.
    """
    parts = single_parties(model) if players is None else players
    check_players(model, parts, "stability.certify")
    check_state(model, state, "stability.certify")
    if not 0 <= player < len(parts):
        raise ModelError(where="stability.certify", what="no such player", got=player, allowed=f"0 to {len(parts) - 1}")
    moves = Moves(model, parts)
    improvements = moves.improvements(player, state)
    deterred, undeterred = [], []
    sanctions = None
    if improvements.size and concept in SANCTIONED:
        check_once(model, parts, reply, "stability.certify")
        sanctions = Sanctions(model, parts, state=state, player=player, concept=concept, reply=reply)
    for improvement in sorted(improvements.tolist()):
        if sanctions is not None:
            found = _worded(moves, player, improvement, concept, sanctions.nearest(improvement))
        else:
            found = None if concept is Concept.NASH else _sum_of_changes(moves, state, player, improvement)
        if found is None:
            undeterred.append(improvement)
        else:
            deterred.append(found)
    first = parts[player][0]
    undeterred.sort(key=lambda code: (-int(model.ranks[first, code]), code))
    return Certificate(player, state, concept, tuple(deterred), tuple(undeterred))


def check_state(model: StabilityModel, state: int, where: str) -> None:
    """Raise ModelError unless the code is that of a state that can occur."""
    if not 0 <= state < model.states or (model.feasible is not None and not model.feasible[state]):
        raise ModelError(where=where, what="no such state", got=state, allowed="The code of a state that can occur")


def _worded(
    moves: Moves, player: int, improvement: int, concept: Concept, replies: Sequence[tuple[int, int]]
) -> Deterrent | None:
    if not replies:
        return None
    sanction = replies[-1][1]
    escapes = moves.reach(player, sanction).tolist() if concept is Concept.SMR else []
    return Deterrent(improvement, tuple(Step(*reply) for reply in replies), sanction, tuple(sorted(escapes)))


def _sum_of_changes(moves: Moves, state: int, player: int, improvement: int) -> Deterrent | None:
    """Return changes of as few others as possible that add up to a sanction: first of none of them, then of one."""
    others = [k for k in range(len(moves.players)) if k != player]
    ways = {k: np.sort(moves.improvements(k, state)) for k in others}
    for size in range(len(others) + 1):
        for who in combinations(reversed(others), size):
            movers = who[::-1]
            for before in product(*(ways[k].tolist() for k in movers[:-1])):
                end = improvement
                for target in before:
                    end ^= state ^ target
                last = ways[movers[-1]] if movers else np.array([state], dtype=np.int64)
                ends = end ^ state ^ last
                holds = ~moves.better(player, state, ends)
                if moves.model.feasible is not None:
                    holds &= moves.model.feasible[ends]
                if holds.any():
                    at = int(np.argmax(holds))
                    targets = (*before, int(last[at])) if movers else ()
                    changes = tuple(Step(k, target) for k, target in zip(movers, targets, strict=True))
                    return Deterrent(improvement, changes, int(ends[at]))
    return None

r"""Stability for two parties that look a fixed number of moves ahead, or any number.

Party i may move first, then j, then i, and so on, h moves at most; whoever is to move may
stop. Each foresees where the rest of the play leads and moves only if it ends strictly better
for it than stopping. With :math:`R_i(s)` the states that i reaches in one move, play that
may still take h moves ends at

.. math::
    G_0(i,s) = s, \qquad
    G_h(i,s) = \begin{cases}
        G_{h-1}(j, t) & \text{if } p_i(G_{h-1}(j,t)) > p_i(s) \\ s & \text{otherwise,}\end{cases}
    \quad t \in \arg\max_{t \in R_i(s)} p_i(G_{h-1}(j,t)) .

A state is :math:`L_h` stable for i where :math:`G_h(i,s)=s`; :math:`L_1` is Nash. It is
*non-myopic* stable where that holds for every h from some h on; there are finitely many plays,
so the pair of G repeats, and every h of the repeating part is looked at.

The literature defines this for two parties with strict rankings ([Kilgour1984]_,
[Fang1993]_, chapter 3); more parties and ties are refused here, since who would move next, or
which of two equal ends a party chooses, is not settled.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.model import StabilityModel
from detente.engines.stability.moves import Moves, parts_of
from detente.maths.compiled import BoolArray, Int64Array

MOST_MOVES = 10_000
"""More moves than this are not looked ahead in search of a repetition."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where play would end if a party moved from a state: why it stays, or that it would not.

    Attributes
    ----------
    party, state : int
        Who looks ahead, and from where.
    moves : int
        How many moves ahead.
    leaves : (int, int), optional
        The first move that it would make, and where play then ends; None if it stays.
    improvements : tuple of (int, tuple of int)
        If it stays, each state within reach that it ranks higher, and where play would end after a move to it: for
        one horizon, or for each of those that repeat; none of these ends ranks higher.
    """

    party: int
    state: int
    moves: int
    leaves: tuple[int, int] | None
    improvements: tuple[tuple[int, tuple[int, ...]], ...]


def limited_move_stability(model: StabilityModel, *, moves: int) -> BoolArray:
    """Return which states are L_h stable, (2, states).

    Raises
    ------
    ModelError
        If there are not two parties with strict rankings, or `moves` is less than 1.
    """
    _check(model, "stability.limited_move_stability")
    _check_moves(moves, "stability.limited_move_stability")
    for ends in _plays(model, moves):
        last = ends
    result: BoolArray = (last == np.arange(model.states)) & model.occurring()
    return result


def non_myopic_stability(model: StabilityModel) -> BoolArray:
    """Return which states are stable for every number of moves from some number on, (2, states).

    Raises
    ------
    ModelError
        If there are not two parties with strict rankings, or plays have not repeated
        within MOST_MOVES moves.
    """
    _check(model, "stability.non_myopic_stability")
    first, until = _repeating(model)
    result: BoolArray = model.occurring()
    for length, ends in enumerate(_plays(model, until - 1)):
        if length >= first:
            result = result & (ends == np.arange(model.states))
    return result


def outlooks(model: StabilityModel, *, states: Sequence[int], moves: int | None = None) -> tuple[Outlook, ...]:
    """Return, for each of some states and both parties, where play would lead.

    Parameters
    ----------
    model : StabilityModel
        Two parties with strict rankings.
    states : sequence of int
        Codes of states that can occur.
    moves : int, optional
        How far the parties look; by default as far as non-myopic stability asks, and an outlook then names the
        shortest of the horizons that repeat at which a party would leave.

    Raises
    ------
    ModelError
        As for `limited_move_stability` and `non_myopic_stability`.
    """
    _check(model, "stability.outlooks")
    if moves is None:
        first, until = (length + 1 for length in _repeating(model))  # so that what follows the first move repeats too
    else:
        _check_moves(moves, "stability.outlooks")
        first, until = moves, moves + 1
    better: dict[tuple[int, int], list[int]] = {}
    reached: dict[tuple[int, int], Int64Array] = {}
    players = Moves(model, ((0,), (1,)))
    for state in states:
        for party in range(2):
            reached[party, state] = np.sort(players.reach(party, state))
            better[party, state] = sorted(players.improvements(party, state).tolist())
    leaves: dict[tuple[int, int], tuple[int, int, int]] = {}
    after: dict[tuple[int, int], dict[int, list[int]]] = {key: {} for key in better}
    for length, ends in enumerate(_plays(model, until - 2), start=1):
        for (party, state), there in reached.items() if length >= first else ():
            ranks = model.ranks[party]
            ended = ends[1 - party, there]
            if there.size and (party, state) not in leaves:
                at = int(np.argmax(ranks[ended]))
                if ranks[ended[at]] > ranks[state]:
                    leaves[party, state] = (length, int(there[at]), int(ended[at]))
            for one in better[party, state]:
                after[party, state].setdefault(one, []).append(int(ends[1 - party, one]))
    return tuple(
        Outlook(party, state, leaves[key][0], leaves[key][1:], ())
        if (key := (party, state)) in leaves
        else Outlook(party, state, first, None, tuple((one, tuple(sorted(set(e)))) for one, e in after[key].items()))
        for party, state in reached
    )


def _plays(model: StabilityModel, moves: int) -> Iterator[Int64Array]:
    """Yield G_0, G_1, …, G_moves, (2, states) each."""
    ends = _at_once(model)
    yield ends
    for _ in range(moves):
        ends = _one_more(model, ends)
        yield ends


def _repeating(model: StabilityModel) -> tuple[int, int]:
    """Return the first of the numbers of moves at which plays repeat, and the one after the last."""
    seen: dict[bytes, int] = {}
    for length, ends in enumerate(_plays(model, MOST_MOVES - 1)):
        key = hashlib.sha256(ends.tobytes()).digest()
        if key in seen:
            return seen[key], length
        seen[key] = length
    raise ModelError(
        where="stability.non_myopic_stability", what="plays do not repeat", got=f"{MOST_MOVES} moves",
        hint="Ask for a number of moves instead",
    )  # fmt: skip


def _check_moves(moves: int, where: str) -> None:
    if moves < 1:
        raise ModelError(where=where, what="number of moves is too small", got=moves, allowed="At least 1")


def _check(model: StabilityModel, where: str) -> None:
    if model.parties != 2:
        raise ModelError(where=where, what="number of parties", got=model.parties, allowed="Defined for two parties")
    occurring = model.occurring()
    for party, row in enumerate(model.ranks):
        ranks = row[occurring]
        if np.unique(ranks).size < ranks.size:
            raise ModelError(
                where=where, what=f"party {party} is indifferent between two states",
                allowed="Defined for strict rankings", hint="Rank its states strictly",
            )  # fmt: skip


def _at_once(model: StabilityModel) -> Int64Array:
    return np.tile(np.arange(model.states, dtype=np.int64), (2, 1))


def _one_more(model: StabilityModel, ends: Int64Array) -> Int64Array:
    """Return where play ends if it may take one move more."""
    codes = np.arange(model.states, dtype=np.int64)
    frozen, occurring = model.frozen(), model.occurring()
    result = np.empty_like(ends)
    for party in range(2):
        ranks = model.ranks[party]
        best, best_rank = codes.copy(), ranks.copy()
        for subset in parts_of(model.mask((party,))):
            there = codes ^ subset
            end = ends[1 - party, there]
            better = occurring & occurring[there] & ((frozen & subset) == 0) & (ranks[end] > best_rank)
            best = np.where(better, end, best)
            best_rank = np.where(better, ranks[end], best_rank)
        result[party] = best
    return result

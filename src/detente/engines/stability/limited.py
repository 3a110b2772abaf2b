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

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.model import StabilityModel
from detente.engines.stability.moves import parts_of
from detente.maths.compiled import BoolArray, Int64Array

MOST_MOVES = 10_000
"""More moves than this are not looked ahead in search of a repetition."""


def limited_move_stability(model: StabilityModel, *, moves: int) -> BoolArray:
    """Return which states are L_h stable, (2, states).

    Raises
    ------
    ModelError
        If there are not two parties with strict rankings, or `moves` is less than 1.
    """
    _check(model, "stability.limited_move_stability")
    if moves < 1:
        raise ModelError(
            where="stability.limited_move_stability", what="number of moves is too small", got=moves,
            allowed="At least 1",
        )  # fmt: skip
    ends = _at_once(model)
    for _ in range(moves):
        ends = _one_more(model, ends)
    result: BoolArray = (ends == np.arange(model.states)) & model.occurring()
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
    ends = _at_once(model)
    stays: list[BoolArray] = []
    seen: dict[bytes, int] = {}
    codes = np.arange(model.states)
    for length in range(MOST_MOVES):
        key = hashlib.sha256(ends.tobytes()).digest()
        if key in seen:
            result: BoolArray = np.logical_and.reduce(stays[seen[key] :]) & model.occurring()
            return result
        seen[key] = length
        stays.append(ends == codes)
        ends = _one_more(model, ends)
    raise ModelError(
        where="stability.non_myopic_stability", what="plays do not repeat", got=f"{MOST_MOVES} moves",
        hint="Ask for a number of moves instead",
    )  # fmt: skip


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

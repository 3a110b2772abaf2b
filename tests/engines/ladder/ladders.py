"""Small ladders for tests."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.engines.ladder import Climb, LadderModel


def duel(
    win: Sequence[float],
    lose: Sequence[float],
    disaster: Sequence[float],
    q: Sequence[float],
    *,
    climb: Climb = Climb.NEXT,
) -> LadderModel:
    """Return one draw of a ladder of two parties with a move on every rung and no costs, the first party first."""
    rungs = len(q)
    return LadderModel(
        moves=np.ones((2, rungs), dtype=np.bool_),
        opposed=~np.eye(2, dtype=np.bool_),
        accident=np.array([q], dtype=np.float64),
        cost=np.zeros((1, 2, rungs)),
        end=np.array([[[win[0], lose[0]], [lose[1], win[1]]]], dtype=np.float64),
        uncontrolled=np.array([disaster], dtype=np.float64),
        order=np.array([[0, 1]]),
        climb=climb,
    )


def random_ladder(seed: int, parties: int, rungs: int, climb: Climb, *, draws: int = 1) -> LadderModel:
    """Return a random ladder: some moves are missing, some parties are no opponents, every number differs by draw."""
    rng = np.random.default_rng(seed)
    opposed = np.triu(rng.random((parties, parties)) < 0.7, 1)
    opposed[0, 1:] |= ~opposed[:, 1:].any(axis=0)  # everybody has an opponent
    opposed[0, 1] |= not opposed[0].any()
    return LadderModel(
        moves=rng.random((parties, rungs)) < 0.8,
        opposed=opposed | opposed.T,
        accident=rng.random((draws, rungs)) * 0.4,
        cost=rng.random((draws, parties, rungs)) * 0.05,
        end=rng.random((draws, parties, parties)) * 0.5 + np.eye(parties) * 0.5,
        uncontrolled=rng.random((draws, parties)) * 0.5 - 0.3,
        order=rng.permuted(np.tile(np.arange(parties), (draws, 1)), axis=1),
        climb=climb,
    )

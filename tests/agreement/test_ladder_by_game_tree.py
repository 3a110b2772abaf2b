"""Backward induction over arrays agrees with a game tree that is written out play by play."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from detente.engines.ladder import Climb, LadderModel, solve, unanswered
from tests.engines.ladder.ladders import random_ladder


@dataclass(frozen=True)
class Played:
    """How a subgame is played: what it is worth to each, who remains, the highest rung, the chance of an accident."""

    value: list[float]
    remains: frozenset[int]
    last: int
    accident: float
    act: int = 0


def tree(model: LadderModel, d: int, queue: tuple[int, ...], rung: int) -> Played:
    """Play on from a rung; `queue` are the parties still in, whose turn it is first."""
    parties, rungs = model.moves.shape
    inside = frozenset(queue)
    if not any(model.opposed[i, j] for i in queue for j in queue):
        value = []
        for i in range(parties):
            foes = [j for j in range(parties) if model.opposed[i, j]]
            left = [j for j in foes if j in inside] or foes
            value.append(model.end[d, i, i] if i in inside else min(model.end[d, i, j] for j in left))
        return Played(value, inside, rung, 0.0)
    me, *others = queue
    best = tree(model, d, tuple(others), rung)
    best = Played(best.value, best.remains, best.last, best.accident)
    above = [k for k in range(rung, rungs) if model.moves[me, k]]
    for k in above[:1] if model.climb is Climb.NEXT else above:
        after = tree(model, d, (*others, me), k + 1)
        q = model.accident[d, k]
        value = [
            (1 - q) * after.value[j] + q * model.uncontrolled[d, j] - (model.cost[d, j, k] if j in inside else 0.0)
            for j in range(parties)
        ]
        if value[me] > best.value[me]:
            best = Played(value, after.remains, after.last, q + (1 - q) * after.accident, k + 1)
    return best


@pytest.mark.parametrize("climb", list(Climb))
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("parties", "rungs"), [(2, 5), (3, 5), (4, 3)])
def test_every_subgame_is_played_as_in_the_tree(parties: int, rungs: int, seed: int, climb: Climb) -> None:
    model = random_ladder(seed, parties, rungs, climb)
    (play,) = solve(model).solutions
    order = model.order[0].tolist()
    for rung in range(rungs + 1):
        for first in range(parties):
            at = order.index(first)
            told = tree(model, 0, (*order[at:], *order[:at]), rung)
            assert play.act[0, rung, first] == told.act
            assert play.last[0, rung, first] == told.last
            assert play.remains[0, rung, first] == sum(1 << party for party in told.remains)
            assert play.accident[0, rung, first] == pytest.approx(told.accident, abs=1e-12)
            assert play.value[0, rung, first] == pytest.approx(told.value, abs=1e-12)


def test_draws_do_not_touch_each_other() -> None:
    model = random_ladder(3, 3, 6, Climb.ANY, draws=20)
    (play,) = solve(model).solutions
    fields = ("accident", "cost", "end", "uncontrolled", "order")
    for d in range(20):
        parts = {name: getattr(model, name)[d : d + 1] for name in fields}
        (alone,) = solve(LadderModel(model.moves, model.opposed, climb=Climb.ANY, **parts)).solutions
        assert np.array_equal(alone.act[0], play.act[d])
        assert np.array_equal(alone.value[0], play.value[d])


@pytest.mark.parametrize("seed", range(10))
def test_who_could_go_on_is_what_the_definition_says_rung_by_rung(seed: int) -> None:
    model = random_ladder(seed, 3, 5, Climb.NEXT, draws=4)
    found = unanswered(model)
    parties, rungs = model.moves.shape

    def rather(d: int, i: int, other: int, m: int) -> bool:
        """Whether an act of i on rung m, unanswered, is worth more than giving way to another."""
        q = model.accident[d, m]
        hope = (1 - q) * model.end[d, i, i] + q * model.uncontrolled[d, i] - model.cost[d, i, m]
        return bool(model.moves[i, m] and hope > model.end[d, i, other])

    for d, k, a, b in np.ndindex(4, rungs + 1, parties, parties):
        told = bool(model.opposed[a, b]) and any(
            rather(d, a, b, m) and not any(rather(d, b, a, n) for n in range(m, rungs)) for m in range(k, rungs)
        )
        assert found[d, k, a, b] == told

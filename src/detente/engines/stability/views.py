"""Stability where players judge by games of their own: a first-level hypergame.

Each player judges every state that it sees by the game that it sees: other states, other
rankings of the others. It knows of no move from a state that it does not see, and stays there.
A state is an equilibrium if every player, so judging, stays ([Aljefri2014]_). Without a view
a player sees the whole game; where nobody has one, this is `solve`.
"""

from collections.abc import Sequence

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.model import Concept, Findings, Players, Reply, StabilityModel, single_parties
from detente.engines.stability.solve import solve
from detente.maths.compiled import BoolArray, Int64Array

Views = Sequence[StabilityModel | None]
"""Per player the game that it sees, None where it is the whole one."""


def solve_by_views(
    model: StabilityModel,
    views: Views,
    *,
    concepts: Sequence[Concept] = tuple(Concept),
    reply: Reply = Reply.LEGAL,
    players: Players | None = None,
) -> Findings:
    """Return which states are stable for each player in the game that it sees, and which for all.

    Parameters
    ----------
    model : StabilityModel
        The whole game; only its states can be equilibria.
    views : sequence of StabilityModel or None
        One per player, over the same parties and switches.
    concepts, reply, players
        As for `solve`.

    Raises
    ------
    ModelError
        If there is not one view per player, or one is of other parties or switches.
    """
    parts = single_parties(model) if players is None else players
    check_views(model, views, parts)
    wanted = tuple(dict.fromkeys(concepts))
    stability = {concept: np.empty((len(parts), model.states), dtype=np.bool_) for concept in wanted}
    whole: Findings | None = None
    for at, view in enumerate(views):
        if view is None:
            whole = whole or solve(model, concepts=wanted, reply=reply, players=parts)
            own, unseen = whole, np.zeros(model.states, dtype=np.bool_)
        else:
            own = solve(view, concepts=wanted, reply=reply, players=parts)
            unseen = model.occurring() & ~view.occurring()
        for concept in wanted:
            stability[concept][at] = own.stability[concept][at] | unseen
    return Findings(
        players=parts,
        reply=reply,
        stability=stability,
        equilibria={concept: _all(model, held) for concept, held in stability.items()},
    )


def check_views(model: StabilityModel, views: Views, parts: Players) -> None:
    """Raise ModelError unless there is a view per player, of the same parties and switches."""
    same = all(view is None or (view.parties, view.owner) == (model.parties, model.owner) for view in views)
    if len(views) != len(parts) or not same:
        raise ModelError(
            where="stability.solve_by_views", what="views do not fit the game", got=len(views),
            allowed=f"One for each of the {len(parts)} players, of the same parties and switches",
        )  # fmt: skip


def _all(model: StabilityModel, held: BoolArray) -> Int64Array:
    return np.flatnonzero(held.all(axis=0) & model.occurring()).astype(np.int64)

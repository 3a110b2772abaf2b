r"""Which equilibria survive when rankings are a little wrong.

In each draw every party's place of every state (0 for the worst, ties share a place) is
moved by a normal error and the states are ranked anew:

.. math:: \tilde p(s) = p(s) + \sigma \, z_s, \qquad z_s \sim N(0, 1) .

The share of draws in which a state is an equilibrium is its robustness. Ties are broken by
the draw. Errors are drawn by hashing (seed, draw, party's key, keys of the switches that
are taken), so that they do not depend on the order of parties or switches.

Where players judge by games of their own, the same error :math:`z_s` of a party and a state
goes into the party's ranking as it is and into each ranking that others take it to have: what
is drawn is how far the ranking of that party is misjudged, once per draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from detente.core.errors import ModelError
from detente.core.progress import Progress, silent
from detente.engines.stability.model import Concept, Findings, Int32Array, Players, Reply, StabilityModel
from detente.engines.stability.reversible import dense
from detente.engines.stability.solve import solve
from detente.engines.stability.views import Views, solve_by_views
from detente.maths.compiled import FloatArray, Int64Array, UInt64Array

DRAWS = 200

SPREAD = 1.0
"""Standard error in places: neighbours in a ranking change places in about a quarter of the draws."""

MOST_STATES = 1 << 16


@dataclass(frozen=True, slots=True)
class Robustness:
    """How often states are equilibria.

    Attributes
    ----------
    draws, spread, seed
        As given.
    shares : dict from Concept to (states,) float
        Share of the draws in which a state is an equilibrium.
    order : dict from Concept to int64 array
        The equilibria of the rankings as given, the most robust first, then by code.
    """

    draws: int
    spread: float
    seed: int
    shares: dict[Concept, FloatArray]
    order: dict[Concept, Int64Array]


def _mixed(words: UInt64Array) -> UInt64Array:
    """Return a well-mixed 64-bit word for each (the finaliser of SplitMix64, Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        z = words + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        result: UInt64Array = z ^ (z >> np.uint64(31))
    return result


def _word(*numbers: int) -> np.uint64:
    word = np.zeros(1, dtype=np.uint64)
    for number in numbers:
        word = _mixed(word ^ np.uint64(number & 0xFFFFFFFFFFFFFFFF))
    return np.uint64(word[0])


def _places(game: StabilityModel) -> FloatArray:
    """Return each party's place of every state that can occur, 0 for the worst."""
    occurring = np.flatnonzero(game.occurring())
    places = np.zeros(game.ranks.shape, dtype=np.float64)
    for party, row in enumerate(game.ranks):
        places[party, occurring] = np.unique(dense(row)[occurring], return_inverse=True)[1]
    return places


def _ranked(places: FloatArray) -> Int32Array:
    """Return ranks in the order of disturbed places."""
    ranks = [np.unique(row, return_inverse=True)[1] for row in places]
    return np.stack(ranks).astype(np.int32)


def robustness(
    model: StabilityModel,
    *,
    seed: int,
    concepts: Sequence[Concept] = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ),
    reply: Reply = Reply.LEGAL,
    players: Players | None = None,
    views: Views | None = None,
    draws: int = DRAWS,
    spread: float = SPREAD,
    party_keys: Sequence[int] | None = None,
    switch_keys: Sequence[int] | None = None,
    progress: Progress = silent,
) -> Robustness:
    """Return how often each state is an equilibrium when rankings are drawn with errors.

    Parameters
    ----------
    model : StabilityModel
        With the rankings as judged.
    seed : int
        Of the draws.
    views : sequence of StabilityModel or None, optional
        Per player the game that it sees, None for the whole one.
    draws, spread
        Number of draws, and the standard error of a place.
    party_keys, switch_keys : sequences of int, optional
        Numbers that stay with a party and a switch when their order changes; their
        places when absent.

    Raises
    ------
    ModelError
        If there are more than 65,536 states, no draws, a negative spread, or views that do not fit.
    """
    where = "stability.robustness"
    if model.states > MOST_STATES:
        raise ModelError(where=where, what="too many states", got=model.states, allowed=f"At most {MOST_STATES:,}")
    if draws < 1 or not spread >= 0:
        raise ModelError(
            where=where, what="no such draws", got=f"{draws} of spread {spread}",
            allowed="At least one draw and a spread of at least 0",
        )  # fmt: skip
    of_party = range(model.parties) if party_keys is None else party_keys
    of_switch = range(model.switches) if switch_keys is None else switch_keys
    taken = np.zeros(1, dtype=np.uint64)
    for key in of_switch:
        taken = np.concatenate((taken, taken ^ _word(1, key)))
    games = [model, *(() if views is None else (view for view in views if view is not None))]
    places = [_places(game) for game in games]

    def solved(drawn: Sequence[StabilityModel]) -> Findings:
        if views is None:
            return solve(drawn[0], concepts=concepts, reply=reply, players=players)
        seen = iter(drawn[1:])
        by_player = [None if view is None else next(seen) for view in views]
        return solve_by_views(drawn[0], by_player, concepts=concepts, reply=reply, players=players)

    judged = solved(games)
    counts = {concept: np.zeros(model.states, dtype=np.int64) for concept in judged.equilibria}
    for draw in range(draws):
        progress(draw / draws, "")
        errors = np.empty(model.ranks.shape, dtype=np.float64)
        for party, key in enumerate(of_party):
            words = _mixed(taken ^ _word(2, seed, draw, key))
            uniform = ((words >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
            errors[party] = spread * ndtri(uniform)
        drawn = [replace(game, ranks=_ranked(place + errors)) for game, place in zip(games, places, strict=True)]
        for concept, codes in solved(drawn).equilibria.items():
            counts[concept][codes] += 1
    progress(1.0, "")
    return Robustness(
        draws=draws,
        spread=spread,
        seed=seed,
        shares={concept: count / draws for concept, count in counts.items()},
        order={
            concept: codes[np.lexsort((codes, -counts[concept][codes]))] for concept, codes in judged.equilibria.items()
        },
    )

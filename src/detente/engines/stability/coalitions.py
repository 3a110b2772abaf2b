"""Which states hold against coalitions too: every set of parties moves together, the rest alone.

A coalition improves by a joint move after which every member is strictly better off, and is
deterred by a reply of the others, each for itself, after which not all of its members are
([Kilgour2001]_, [InoharaHipel2008]_). A single party is a coalition of one. Under SIM each of
the others stays or makes one improvement of its own at the same moment, and the changes of
coalition and others add up. A coalition that sees another game than the whole one judges by it,
and stays in states that it does not see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.core.errors import ModelError
from detente.core.progress import Progress, silent
from detente.engines.stability.general import solve_general
from detente.engines.stability.model import Concept, Players, Reply, StabilityModel
from detente.maths.compiled import BoolArray, Int64Array

MOST_PARTIES = 8
"""Of eight parties there are 255 coalitions."""


@dataclass(frozen=True, slots=True)
class CoalitionFindings:
    """Stability of states for every coalition.

    Attributes
    ----------
    coalitions : tuple of tuples of int
        By size, then in order of the parties.
    stability : dict from Concept to (coalitions, states) bool
        One row per coalition.
    equilibria : dict from Concept to int64 array
        Codes of states that are stable for every coalition.
    """

    coalitions: tuple[tuple[int, ...], ...]
    stability: dict[Concept, BoolArray]
    equilibria: dict[Concept, Int64Array]


def solve_coalitions(
    model: StabilityModel,
    *,
    concepts: Sequence[Concept] = tuple(Concept),
    reply: Reply = Reply.LEGAL,
    views: Mapping[tuple[int, ...], StabilityModel] | None = None,
    progress: Progress = silent,
) -> CoalitionFindings:
    """Return stability for every coalition against all others playing for themselves.

    Parameters
    ----------
    model : StabilityModel
        The whole game.
    concepts, reply
        As for `solve`.
    views : mapping of coalition to StabilityModel, optional
        The game that a coalition sees, where it is not the whole one.

    Raises
    ------
    ModelError
        If there are more than MOST_PARTIES parties.
    """
    if model.parties > MOST_PARTIES:
        raise ModelError(
            where="stability.solve_coalitions", what="too many parties", got=model.parties,
            allowed=f"At most {MOST_PARTIES}", hint="Ask about one partition with players instead",
        )  # fmt: skip
    everyone = range(model.parties)
    coalitions = tuple(c for size in range(1, model.parties + 1) for c in combinations(everyone, size))
    wanted = tuple(dict.fromkeys(concepts))
    stability = {concept: np.empty((len(coalitions), model.states), dtype=np.bool_) for concept in wanted}
    for row, coalition in enumerate(coalitions):
        progress(row / len(coalitions), "")
        rest: Players = tuple((party,) for party in everyone if party not in coalition)
        game = model if views is None else views.get(coalition, model)
        unseen = model.occurring() & ~game.occurring()
        for concept, found in solve_general(game, wanted, reply, (coalition, *rest), only=(0,)).items():
            stability[concept][row] = (found[0] | unseen) & model.occurring()
    progress(1.0, "")
    equilibria = {concept: np.flatnonzero(found.all(axis=0)).astype(np.int64) for concept, found in stability.items()}
    return CoalitionFindings(coalitions, stability, equilibria)

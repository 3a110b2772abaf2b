"""The graph model of a case as a game in strategic form: each party settles all its switches at once.

The Nash equilibria in pure strategies of that game are the states that are Nash stable for every party, as long as each
party may move from any setting of its own switches to any other: one-way switches and bans cannot be said in this form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import compress, product

import numpy as np

from detente.core.errors import CaseError
from detente.engines.stability import Direction
from detente.interchange.gambit.game import StrategicGame
from detente.interchange.gambit.write import MOST_PROFILES
from detente.registry.stability_model import Graph


def graph_game(graph: Graph, title: str) -> StrategicGame:
    """Return the strategic form of a graph model.

    A payoff is the place of a state in the party's order of preference, 1 for the worst. A state that a rule excludes
    is worth 0 to everybody, so that nobody gains by going there; where every state around it is excluded too it may
    still look stable to another program.

    Raises
    ------
    CaseError
        If a switch is one-way or banned somewhere, or there are too many states.
    """
    model, trace = graph.model, graph.trace
    tied = [name for name, way in zip(trace.switches, model.allowed, strict=True) if way is not Direction.BOTH]
    if tied or model.banned is not None:
        raise CaseError(
            where="stability",
            what="a strategic form cannot say that a switch turns one way only, or is banned in some states",
            got=tied[0] if tied else "bans",
            allowed="Every party chooses among all settings of its switches",
            hint="Export a model without them, or use `detente export gmcr`",
        )
    if model.states > MOST_PROFILES:
        raise CaseError(
            where="stability", what="there are too many states for a file", got=model.states,
            allowed=f"At most {MOST_PROFILES:,}", hint="Leave switches out",
        )  # fmt: skip
    owners = np.array(model.owner, dtype=np.int64)
    own = [tuple(int(switch) for switch in np.flatnonzero(owners == party)) for party in range(model.parties)]
    settings = [_settings(switches) for switches in own]
    occurring = model.occurring()
    places = np.zeros(model.ranks.shape, dtype=np.int64)
    for party, ranks in enumerate(model.ranks):
        _, order = np.unique(ranks[occurring], return_inverse=True)
        places[party, occurring] = order.reshape(-1) + 1
    words = tuple(
        tuple(_words(trace.switches, switches, setting) for setting in party)
        for switches, party in zip(own, settings, strict=True)
    )
    payoffs = tuple(
        tuple(Fraction(int(places[party, sum(chosen)])) for party in range(model.parties))
        for chosen in (tuple(reversed(turned)) for turned in product(*reversed(settings)))
    )
    return StrategicGame(title, trace.parties, words, payoffs)


def _settings(switches: Sequence[int]) -> tuple[int, ...]:
    """Return the codes of all settings of some switches, by how many times each was counted up."""
    return tuple(sum(1 << switch for switch in compress(switches, taken)) for taken in _all(len(switches)))


def _all(count: int) -> Iterator[tuple[int, ...]]:
    return product((0, 1), repeat=count)


def _words(names: Sequence[str], switches: Sequence[int], setting: int) -> str:
    """Return what is taken in a setting, as `attack, release`, or `nothing`."""
    return ", ".join(names[switch] for switch in switches if setting >> switch & 1) or "nothing"

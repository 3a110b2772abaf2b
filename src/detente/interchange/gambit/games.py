"""Which games of a case can be written, and how each is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from detente.case.case import Case
from detente.core.fields import text_of
from detente.interchange.gambit.from_graph import graph_game
from detente.interchange.gambit.game import GameTree, StrategicGame
from detente.interchange.gambit.write import to_efg, to_nfg
from detente.registry.stability_model import graph_of

Game = StrategicGame | GameTree


def _graph_model(case: Case) -> Game:
    graph, _ = graph_of(case)
    return graph_game(graph, f"{text_of(case.title)}: graph model")


_MAKERS: Mapping[str, Callable[[Case], Game]] = MappingProxyType({"graph-model": _graph_model})


def game_of(case: Case, name: str) -> Game:
    """Return a game of a case: `graph-model`.

    Raises
    ------
    CaseError
        If the case lacks what the game needs, or the form cannot say it.
    """
    return _MAKERS[name](case)


def text_of_game(game: Game) -> tuple[str, str]:
    """Return the ending of a game's file, and its text."""
    return (".nfg", to_nfg(game)) if isinstance(game, StrategicGame) else (".efg", to_efg(game))

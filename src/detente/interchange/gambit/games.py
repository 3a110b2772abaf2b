"""Which games of a case can be written, and how each is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from detente.case.case import Case
from detente.compile.crisis import compile_crisis
from detente.compile.ladder import compile_ladder
from detente.core.errors import CaseError
from detente.core.fields import text_of
from detente.interchange.gambit.from_graph import graph_game
from detente.interchange.gambit.from_ladder import ladder_tree, likeliest_ladder
from detente.interchange.gambit.from_no_agreement import no_agreement_game
from detente.interchange.gambit.game import GameTree, StrategicGame
from detente.interchange.gambit.write import to_efg, to_nfg
from detente.registry.stability_model import graph_of

Game = StrategicGame | GameTree


def _graph_model(case: Case) -> Game:
    graph, _ = graph_of(case)
    return graph_game(graph, f"{text_of(case.title)}: graph model")


def _no_agreement(case: Case) -> Game:
    compiled = compile_crisis(case)
    if isinstance(compiled, str):
        raise _missing(compiled)
    game, trace = compiled.model.game, compiled.trace.game
    if game is None or trace is None:
        raise _missing(compiled.trace.no_game or "the game of no agreement is not coded")
    return no_agreement_game(game, trace.parties, trace.scenarios, f"{text_of(case.title)}: no agreement")


def _ladder(case: Case) -> Game:
    compiled = compile_ladder(case)
    if isinstance(compiled, str):
        raise _missing(compiled)
    trace = compiled.trace
    rungs = [str(one.rung) for one in trace.rungs]
    return ladder_tree(likeliest_ladder(trace), trace.parties, rungs, f"{text_of(case.title)}: ladder")


def _missing(said: str) -> CaseError:
    return CaseError(
        where="--game",
        what=said.rstrip("."),
        allowed="A game needs what it is made of",
        hint="Code it, or name another game",
    )


_MAKERS: Mapping[str, Callable[[Case], Game]] = MappingProxyType(
    {"graph-model": _graph_model, "no-agreement": _no_agreement, "ladder": _ladder}
)


def game_of(case: Case, name: str) -> Game:
    """Return a game of a case: `graph-model`, `no-agreement` or `ladder`.

    Raises
    ------
    CaseError
        If the case lacks what the game needs, or the form cannot say it.
    """
    return _MAKERS[name](case)


def text_of_game(game: Game) -> tuple[str, str]:
    """Return the ending of a game's file, and its text."""
    return (".nfg", to_nfg(game)) if isinstance(game, StrategicGame) else (".efg", to_efg(game))

"""Files of the game solver Gambit, so that another program can solve the games of a case: `.nfg` and `.efg`.

`game` holds a finite game as plain values, `write` its text; `from_graph` and the modules beside it make games of what
the engines compute with.
"""

from detente.interchange.gambit.from_graph import graph_game
from detente.interchange.gambit.game import Chance, Decision, GameTree, Node, Outcome, StrategicGame
from detente.interchange.gambit.games import game_of, text_of_game
from detente.interchange.gambit.write import to_efg, to_nfg

__all__ = [
    "Chance",
    "Decision",
    "GameTree",
    "Node",
    "Outcome",
    "StrategicGame",
    "game_of",
    "graph_game",
    "text_of_game",
    "to_efg",
    "to_nfg",
]

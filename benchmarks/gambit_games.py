"""Solve the exported games of bundled cases with Gambit and compare with our answers.

Gambit (GPL) stays outside this project: name a Python that has `pygambit`.

    python benchmarks/gambit_games.py --python /some/env/bin/python
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from detente.case.load import load_case
from detente.compile.crisis import compile_crisis
from detente.compile.ladder import compile_ladder
from detente.engines.crisis.game import NOTHING, find_equilibria
from detente.engines.ladder import LadderModel, solve
from detente.engines.stability import Concept
from detente.interchange.gambit import game_of, text_of_game
from detente.interchange.gambit.from_ladder import likeliest_ladder
from detente.interchange.gambit.games import Game
from detente.maths.compiled import FloatArray
from detente.registry.stability import stability_report

GRAPHS = ("river-basin", "two-rivals", "istanbul-talks-2022")
"""Larger ones take Gambit hours: it looks at each profile by itself."""

CRISES = ("drafts-and-replies-2021-22", "river-basin")

SMALL = ("river-basin",)
"""Ladders small enough for Gambit, which tries every combination of choices at all nodes."""

ROUNDING = 1e-9

PURE = """
import json, sys, time
import pygambit
game = pygambit.read_nfg(sys.argv[1])
begun = time.perf_counter()
found = pygambit.nash.enumpure_solve(game).equilibria
took = time.perf_counter() - begun
names = []
for profile in found:
    chosen = [[one.label for one in player.strategies if profile[one] == 1] for player in game.players]
    names.append([labels[0] for labels in chosen])
print(json.dumps({"version": pygambit.__version__, "seconds": took, "found": names}))
"""

PERFECT = """
import json, sys, time
import pygambit
game = pygambit.read_efg(sys.argv[1])
begun = time.perf_counter()
found = pygambit.nash.enumpure_agent_solve(game).equilibria
took = time.perf_counter() - begun
values = [[float(profile.payoff(player)) for player in game.players] for profile in found]
print(json.dumps({"version": pygambit.__version__, "seconds": took, "found": values}))
"""


def main() -> int:
    """Print, for each game, whether both programs find the same, and how long Gambit's solver took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", required=True, help="a Python that has pygambit")
    python = parser.parse_args().python
    if not Path(python).exists():
        sys.stderr.write(f"--python: there is no such file, got {python}. Name a Python that has pygambit.\n")
        return 2
    differ = sum(not same for same in (*map(partial(_graph, python), GRAPHS), *_crises(python)))
    return 1 if differ else 0


def _graph(python: str, name: str) -> bool:
    case = load_case(name)
    report = stability_report(case, concepts=(Concept.NASH,), draws=0)
    ids = [one["id"] for one in report["switches"]]
    ours = {
        frozenset(one for one, letter in zip(ids, state, strict=True) if letter == "Y")
        for state in report["equilibria"]["nash"]
    }
    peer = _asked(python, PURE, game_of(case, "graph-model"))
    theirs = {
        frozenset(one for word in profile if word != "nothing" for one in word.split(", ")) for profile in peer["found"]
    }
    return _told(f"{name}, graph model: {len(ours)} equilibria", ours == theirs, peer)


def _crises(python: str) -> Iterator[bool]:
    for name in CRISES:
        case = load_case(name)
        crisis, ladder = compile_crisis(case), compile_ladder(case)
        assert not isinstance(crisis, str)
        assert not isinstance(ladder, str)
        game, trace = crisis.model.game, crisis.trace.game
        assert game is not None
        assert trace is not None
        ours = {
            tuple("nothing" if one == NOTHING else trace.scenarios[one] for one in found.profile)
            for found in find_equilibria(game)
        }
        peer = _asked(python, PURE, game_of(case, "no-agreement"))
        same = {tuple(profile) for profile in peer["found"]} == ours
        yield _told(f"{name}, no agreement: {len(ours)} equilibria", same, peer)
        if name not in SMALL:
            continue
        value = _over_orders(likeliest_ladder(ladder.trace))
        peer = _asked(python, PERFECT, game_of(case, "ladder"))
        same = any(np.allclose(value, found, atol=ROUNDING) for found in peer["found"])
        yield _told(f"{name}, ladder: values of perfect play {value.round(4).tolist()}", same, peer)


def _over_orders(model: LadderModel) -> FloatArray:
    values = []
    for order in permutations(range(len(model.moves))):
        (play,) = solve(replace(model, order=np.array([order]))).solutions
        values.append(play.value[0, 0, order[0]])
    return np.asarray(np.mean(values, axis=0))


def _asked(python: str, program: str, game: Game) -> dict[str, Any]:
    suffix, text = text_of_game(game)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"game{suffix}"
        file.write_text(text, encoding="utf-8")
        answer = subprocess.run([python, "-c", program, str(file)], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def _told(what: str, same: bool, peer: dict[str, Any]) -> bool:
    found = "also found" if same else "NOT FOUND"
    sys.stdout.write(f"{what}; {found} by Gambit {peer['version']} in {peer['seconds']:.3f} s\n")
    return same


if __name__ == "__main__":
    sys.exit(main())

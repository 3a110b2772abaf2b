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
import time
from pathlib import Path

from detente.case.load import load_case
from detente.core.errors import DetenteError
from detente.engines.stability import Concept
from detente.interchange.gambit import game_of, text_of_game
from detente.registry.stability import stability_report

CASES = ("river-basin", "two-rivals", "istanbul-talks-2022")
"""Larger ones take Gambit hours: it looks at each profile by itself."""

PEER = """
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
print(json.dumps({"version": pygambit.__version__, "seconds": took, "equilibria": names}))
"""


def main() -> int:
    """Print, for each case, whether both programs find the same equilibria, and the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", required=True, help="a Python that has pygambit")
    python = parser.parse_args().python
    if not Path(python).exists():
        sys.stderr.write(f"--python: there is no such file, got {python}. Name a Python that has pygambit.\n")
        return 2
    differ = 0
    for name in CASES:
        case = load_case(name)
        try:
            suffix, text = text_of_game(game_of(case, "graph-model"))
        except DetenteError as error:
            sys.stdout.write(f"{name}: not exported. {error}\n")
            continue
        begun = time.perf_counter()
        report = stability_report(case, concepts=(Concept.NASH,), draws=0)
        ours_took = time.perf_counter() - begun
        ids = [one["id"] for one in report["switches"]]
        ours = {
            frozenset(one for one, letter in zip(ids, state, strict=True) if letter == "Y")
            for state in report["equilibria"]["nash"]
        }
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"game{suffix}"
            file.write_text(text, encoding="utf-8")
            answer = subprocess.run([python, "-c", PEER, str(file)], capture_output=True, text=True, check=True)
        peer = json.loads(answer.stdout)
        theirs = {
            frozenset(one for word in profile if word != "nothing" for one in word.split(", "))
            for profile in peer["equilibria"]
        }
        same = ours == theirs
        differ += not same
        sys.stdout.write(
            f"{name}: {len(ours)} equilibria, {'the same' if same else 'NOT the same'} in Gambit {peer['version']}; "
            f"ours {ours_took:.3f} s (the whole report), Gambit's solver {peer['seconds']:.3f} s\n"
        )
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())

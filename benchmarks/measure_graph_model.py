"""Time our engine on one `.gmcr` file and print measurement and answers as JSON.

Run as `python benchmarks/measure_graph_model.py FILE…`; of several files the first ones warm up and
the last one is timed, from the file to the stability of every state under five concepts.
"""

import json
import sys
from pathlib import Path

from measuring import best_of, peak_mib

from detente.compile.stability import compile_stability
from detente.engines.stability import Findings, Reply, StabilityModel, solve
from detente.interchange.gmcr import import_gmcr

REPLIES = (Reply.LEGAL, Reply.ONCE)


def read(path: str) -> StabilityModel:
    """Return the model of a file."""
    return compile_stability(import_gmcr(Path(path)).case).model


def bits(model: StabilityModel, found: Findings) -> dict[str, list[str]]:
    """Return per concept and party a 0 or 1 for each state that can occur."""
    able = model.occurring()
    return {
        concept.value: ["".join("01"[int(cell)] for cell in row[able]) for row in rows]
        for concept, rows in found.stability.items()
    }


def main(*files: str) -> None:
    """Warm up on the first files, time the last."""
    for path in files[:-1]:
        solve(read(path))
    whole = best_of(lambda: solve(read(files[-1])))
    model = read(files[-1])
    solving = best_of(lambda: solve(model))
    peak = peak_mib()  # before the answers under other replies, which are compared only
    print(
        json.dumps(
            {
                "cpu_s": whole.cpu_s,
                "solving_s": solving.cpu_s,
                "peak_mib": peak,
                "stability": {reply.value: bits(model, solve(model, reply=reply)) for reply in REPLIES},
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

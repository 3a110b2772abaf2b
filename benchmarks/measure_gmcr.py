"""Time GMCR+ on one `.gmcr` file and print measurement and answers as JSON.

Run as `python benchmarks/measure_gmcr.py FOLDER FILE…`, where FOLDER holds a copy of the program; of several files
the first ones warm up and the last one is timed, from the file to the stability of every
state under five concepts. The program is run as it is, without its windows.
"""

import json
import sys
import time
from importlib import import_module
from typing import Any

from measuring import peak_mib

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")


def solved(gmcr: Any, path: str) -> tuple[Any, float]:
    """Return the program's solver after it solved a file, and the seconds that solving alone took."""
    conflict = gmcr.model.ConflictModel()
    conflict.load_from_file(path)
    start = time.process_time()
    solver = gmcr.solvers.LogicalSolver(conflict)
    solver.findEquilibria()
    return solver, time.process_time() - start


def main(folder: str, *files: str) -> None:
    """Warm up on the first files, time the last."""
    sys.path.insert(0, folder)
    gmcr = import_module("gmcr")
    for path in files[:-1]:
        solved(gmcr, path)
    start = time.process_time()
    solver, solving = solved(gmcr, files[-1])
    used = time.process_time() - start
    print(
        json.dumps(
            {
                "cpu_s": used,
                "solving_s": solving,
                "peak_mib": peak_mib(),
                "version": import_module("version").__version__,
                "stability": {
                    concept: [
                        "".join("01"[int(cell)] for cell in row) for row in getattr(solver, f"{concept}Stabilities")
                    ]
                    for concept in CONCEPTS
                },
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

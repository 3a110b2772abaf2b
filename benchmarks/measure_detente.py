"""Time the settlement engine on one domain and print the measurement as JSON.

Run as `python benchmarks/measure_detente.py frontier|solve FILE…`; of several files the
first ones warm up and the last one is timed. `frontier` is the frontier of the zone with
every package written out, and the Nash, Kalai-Smorodinsky, egalitarian and utilitarian
solutions. `solve` also counts the zone exactly and finds the frontier without reservations.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from measuring import best_of, report

from detente.engines.settlement import (
    Completion,
    Frontier,
    SettlementModel,
    Solution,
    find_frontier,
    solve,
    solve_concepts,
)

Found = tuple[Frontier, tuple[Solution, ...]]


def read(path: str) -> SettlementModel:
    """Return the model of a domain."""
    loaded: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    tables = tuple(np.array(table, np.int64) for table in loaded["terms"])
    reserved = np.array(loaded["reserved"], np.int64)
    return SettlementModel(tables, tables, np.zeros_like(reserved), reserved)


def search(model: SettlementModel) -> Frontier:
    """Return the frontier of the zone."""
    return find_frontier(model, rules=(), completion=Completion.WORST)


def frontier(model: SettlementModel) -> Found:
    """Return the frontier and the solutions, every package written out."""
    found = search(model)
    written = found.packages
    assert len(written) == len(found)
    return found, solve_concepts(found, model.reservation)


def everything(model: SettlementModel) -> Found:
    """Return the frontier and the solutions of one call of solve."""
    found = solve(model, binding=(), completion=Completion.WORST).solutions[0]
    return found.zone_frontier, found.solutions


METHODS = {"frontier": frontier, "solve": everything}


def main(method: str, *files: str) -> None:
    """Warm up on the first files, time the last."""
    run = METHODS[method]
    for path in files[:-1]:
        run(read(path))
    model = read(files[-1])
    timed = best_of(lambda: run(model))
    found, solutions = timed.found
    alone = best_of(lambda: search(model)).cpu_s
    report(
        timed,
        search_s=alone,
        frontier=[tuple(point) for point in found.values.tolist()],
        solutions={s.concept.value: [point.utilities for point in s.points] for s in solutions},
        versions={"python": sys.version.split()[0], "numpy": version("numpy"), "numba": version("numba")},
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

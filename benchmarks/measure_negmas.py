"""Time NegMAS on one domain and print the measurement as JSON; run by a Python that has NegMAS.

Run as `python benchmarks/measure_negmas.py pareto_frontier|mobanos|nb3|calc_scenario_stats FILE…`; of
several files the first ones warm up and the last one is timed. Utilities are whole multiples of a
power of two, so sums of floats are exact and can be compared as whole numbers.

`mobanos` and `nb3` are NegMAS's exact searches for two parties with additive utilities. They return
outcomes; their utilities, the cut at the reserved values and the four solutions are computed from them
as NegMAS's own statistics do. The safety limits of both are lifted, since beyond them they are not exact.
"""

import json
import math
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measuring import best_of, report
from negmas.outcomes import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction, MOBANOSParetoSampler
from negmas.preferences.ops import (
    calc_scenario_stats,
    kalai_points,
    ks_points,
    max_welfare_points,
    nash_points,
    pareto_frontier,
)
from negmas.preferences.pareto_sampler import NB3ParetoSampler
from negmas.preferences.value_fun import TableFun

NO_LIMIT = 10**12
POINTS = {
    "nash": nash_points,
    "kalai-smorodinsky": ks_points,
    "egalitarian": kalai_points,
    "utilitarian": max_welfare_points,
}

Utilities = list[tuple[float, ...]]
Found = tuple[Utilities, dict[str, Utilities]]


class Peer:
    """One domain as NegMAS holds it."""

    def __init__(self, path: str) -> None:
        loaded: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
        self.grid = loaded["grid"]
        self.search_s = math.inf
        terms = loaded["terms"]
        self.issues = [make_issue(list(range(len(t[0]))), name=f"i{k}") for k, t in enumerate(terms)]
        self.space = make_os(self.issues)
        self.ufuns = tuple(
            LinearAdditiveUtilityFunction(
                values=[TableFun({o: v / self.grid for o, v in enumerate(table[party])}) for table in terms],
                outcome_space=self.space,
                reserved_value=reserved / self.grid,
            )
            for party, reserved in enumerate(loaded["reserved"])
        )

    def solutions(self, frontier: Utilities) -> dict[str, Utilities]:
        """Return NegMAS's four solutions on a frontier."""
        ranges = [u.minmax(above_reserve=False) for u in self.ufuns]
        return {
            name: [point for point, _ in points(self.ufuns, frontier, ranges=ranges)] for name, points in POINTS.items()
        }

    def pareto_frontier(self) -> Found:
        """Enumerate every outcome."""
        frontier, _ = pareto_frontier(self.ufuns, issues=self.issues)
        return list(frontier), self.solutions(list(frontier))

    def calc_scenario_stats(self) -> Found:
        """Return the statistics of one call."""
        stats = calc_scenario_stats(self.ufuns)
        return list(stats.pareto_utils), {
            "nash": list(stats.nash_utils),
            "kalai-smorodinsky": list(stats.ks_utils),
            "egalitarian": list(stats.kalai_utils),
            "utilitarian": list(stats.max_welfare_utils),
        }

    def outcomes(self, sampler: Any) -> list[Any]:
        """Return the outcomes that a search finds."""
        sampler.init(*self.ufuns)
        return list(sampler.pareto_outcomes())

    def searched(self, sampler: Any) -> Found:
        """Return the frontier and the solutions from a search."""
        start = time.process_time()
        outcomes = self.outcomes(sampler)
        self.search_s = min(self.search_s, time.process_time() - start)
        utilities = [tuple(float(u(outcome)) for u in self.ufuns) for outcome in outcomes]
        reserved = [u.reserved_value for u in self.ufuns]
        frontier = [point for point in utilities if all(a >= r for a, r in zip(point, reserved, strict=True))]
        return frontier, self.solutions(frontier)

    def steps(self, points: Utilities) -> list[tuple[int, ...]]:
        """Return utilities as the whole numbers that they are."""
        whole = [tuple(float(u) * self.grid for u in point) for point in points]
        assert all(u.is_integer() for point in whole for u in point if math.isfinite(u))
        return [tuple(int(u) for u in point) for point in whole]


SAMPLERS = {
    "mobanos": lambda: MOBANOSParetoSampler(max_pareto_size=NO_LIMIT),
    "nb3": lambda: NB3ParetoSampler(max_nodes=NO_LIMIT),
}


def main(method: str, *files: str) -> None:
    """Warm up on the first files, time the last."""

    def run(peer: Peer) -> Found:
        if method in SAMPLERS:
            return peer.searched(SAMPLERS[method]())
        found: Found = getattr(peer, method)()
        return found

    for path in files[:-1]:
        run(Peer(path))
    peer = Peer(files[-1])
    timed = best_of(lambda: run(peer))
    frontier, solutions = timed.found
    report(
        timed,
        search_s=peer.search_s if method in SAMPLERS else None,
        frontier=peer.steps(frontier),
        solutions={name: peer.steps(points) for name, points in solutions.items()},
        versions={
            "python": sys.version.split()[0],
            "numpy": version("numpy"),
            "negmas": version("negmas"),
        },
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

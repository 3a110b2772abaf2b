"""How both sides of a comparison are timed: the same loop, the same clock, the same reading of memory.

Only the standard library is used, so the file runs in any Python, beside whatever program is measured.
"""

import hashlib
import json
import math
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONG_ENOUGH = 1.0
"""A measurement is repeated in its process until so many seconds have passed."""

GRAIN = 0.05
"""Seconds that a measurement takes at least: the clock of the processor may tick a hundredth of a second at a time."""

Point = tuple[int, ...]


def peak_mib() -> float:
    """Return the largest memory that this process has had, in MiB.

    `ru_maxrss` also counts what the starting process had; Linux tells the process's own in /proc.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(found[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass(frozen=True, slots=True)
class Timed:
    """The least time of a call and what it returned.

    `cpu_s` is the processor's time, which other programs on the machine disturb least; both sides
    work in one thread, so on an idle machine it is the time that one waits, `wall_s`.
    """

    cpu_s: float
    wall_s: float
    added_mib: float
    peak_mib: float
    found: Any


def best_of(run: Callable[[], Any]) -> Timed:
    """Return the least time of a call, and the memory that the first one added.

    Short calls are timed several at a time, so that the grain of the processor's clock does not matter.
    """
    before = peak_mib()
    began, cpu = time.perf_counter(), time.process_time()
    found = run()
    once, once_cpu = time.perf_counter() - began, time.process_time() - cpu
    peak = peak_mib()
    if once >= LONG_ENOUGH:
        return Timed(once_cpu, once, peak - before, peak, found)
    calls = math.ceil(GRAIN / once)
    least_cpu = least_wall = math.inf
    began = time.perf_counter()
    while math.isinf(least_cpu) or time.perf_counter() - began < LONG_ENOUGH:
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(calls):
            run()
        least_cpu = min(least_cpu, (time.process_time() - cpu) / calls)
        least_wall = min(least_wall, (time.perf_counter() - wall) / calls)
    return Timed(least_cpu, least_wall, peak - before, peak, found)


def digest(points: Iterable[Sequence[int]]) -> str:
    """Return a fingerprint of a set of utility vectors in whole steps."""
    rows = sorted(tuple(int(u) for u in point) for point in points)
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def report(
    timed: Timed,
    *,
    search_s: float | None,
    frontier: Sequence[Point],
    solutions: dict[str, Sequence[Point]],
    versions: dict[str, str],
) -> None:
    """Print one measurement as JSON."""
    distinct = set(frontier)
    print(
        json.dumps(
            {
                "cpu_s": timed.cpu_s,
                "wall_s": timed.wall_s,
                "search_s": search_s,
                "added_mib": timed.added_mib,
                "peak_mib": timed.peak_mib,
                "points": len(distinct),
                "digest": digest(distinct),
                "solutions": {name: sorted(set(found)) for name, found in solutions.items()},
                "versions": versions,
            }
        )
    )

"""Time the settlement engine beside NegMAS on the same domains, and compare what both find.

Run as `python benchmarks/beside_negmas.py [WORD…]` (only the domains whose name contains one of the words).
`NEGMAS_PYTHON` names a Python in which NegMAS is installed; it must be another environment than
this one, because NegMAS is neither a part nor a dependency of the project. Without it our own side is timed alone.

Every measurement is a process of its own: it reads the domain from a file, warms up on a
small domain, and repeats the call for a second. Three such processes run one after
another, fewer if they take long; the least processor time counts. Frontiers are compared by all
their utility vectors, solutions by theirs.
"""

import json
import os
import platform
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

PROCESSES = 3
"""Processes per measurement."""

ENOUGH_S = 30.0
"""No further process is started once those before have taken so long."""

LONGEST_S = 600
"""A process that has used so much of the processor is stopped, and the row says so."""

HEAD = (
    "domain",
    "frontier",
    "ours",
    "search",
    "MiB (added)",
    "points/s",
    "NegMAS",
    "time",
    "search",
    "MiB (added)",
    "ratio",
    "results",
)

Measured = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A domain, and NegMAS's methods that are timed on it."""

    name: str
    peers: tuple[str, ...] = ()
    ours: str = "frontier"


ROWS = (
    Row("add-2p-1e6-s1", ("pareto_frontier", "mobanos", "nb3")),
    Row("add-2p-1e6-s2", ("pareto_frontier", "mobanos", "nb3")),
    Row("add-2p-2pow20-s1", ("pareto_frontier", "mobanos", "nb3")),
    Row("opp-2p-1e6-s1", ("pareto_frontier", "mobanos", "nb3")),
    Row("opp-2p-24x10-s2", ("mobanos",)),
    Row("add-2p-24x10-s1", ("mobanos",)),
    Row("add-2p-50x10-s1", ("mobanos",)),
    Row("add-2p-100x10-s1"),
    Row("opp-2p-50x10-s1"),
    Row("opp-2p-100x10-s1"),
    Row("add-3p-1e5-s1", ("pareto_frontier",)),
    Row("add-3p-24x10-s1"),
    Row("opp-3p-12x10-s1"),
    Row("add-4p-1e5-s1", ("pareto_frontier",)),
    Row("add-4p-1e6-s1", ("pareto_frontier",)),
    Row("add-4p-1e6-s2", ("pareto_frontier",)),
    Row("opp-4p-1e5-s1", ("pareto_frontier",)),
    Row("add-2p-1e5-s1", ("calc_scenario_stats",), ours="solve"),
    Row("add-3p-1e5-s1", ("calc_scenario_stats",), ours="solve"),
    Row("opp-4p-1e5-s1", ("calc_scenario_stats",), ours="solve"),
)


LEAST = {
    ("add-2p-1e6", "pareto_frontier"): 1000,
    ("add-2p-1e6", "mobanos"): 1,
    ("opp-2p-24x10", "mobanos"): 500,
    ("add-4p-1e6", "pareto_frontier"): 50,
    ("opp-4p-1e5", "pareto_frontier"): 1,
}
"""How many times faster we hold ourselves to be, by domain whatever its seed, and by the peer's method."""


def stop_after_longest() -> None:
    """Let the system stop this process once it has used too much of the processor."""
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_S, LONGEST_S + 5))


def measure(python: str, script: str, method: str, files: list[Path]) -> Measured | None:
    """Return the least of several measurements; None if it did not end in time."""
    found: list[Measured] = []
    spent = 0.0
    while len(found) < PROCESSES and spent < ENOUGH_S:
        command = [python, str(HERE / script), method, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=stop_after_longest)
        if done.returncode == -signal.SIGXCPU:
            return None
        if done.returncode != 0:
            sys.exit(f"benchmarks: {script} {method} {files[-1].stem} ended with {done.returncode}.\n{done.stderr}")
        found.append(json.loads(done.stdout))
        spent += found[-1]["wall_s"]
    return {
        **found[0],
        "cpu_s": min(f["cpu_s"] for f in found),
        "wall_s": min(f["wall_s"] for f in found),
        "search_s": min((f["search_s"] for f in found if f["search_s"] is not None), default=None),
        "added_mib": min(f["added_mib"] for f in found),
        "peak_mib": min(f["peak_mib"] for f in found),
    }


def peer_python() -> str | None:
    """Return the Python that has NegMAS, or None if none is named; stop if it has none."""
    named = os.environ.get("NEGMAS_PYTHON")
    if not named:
        return None
    try:
        done = subprocess.run([named, "-c", "import negmas"], capture_output=True, text=True, check=False)
        reason = done.stderr.strip().splitlines()[-1:] if done.returncode else []
    except OSError as error:
        done, reason = None, [str(error)]
    if done is None or done.returncode != 0:
        sys.exit(
            f"NEGMAS_PYTHON: NegMAS cannot be imported, got {named} ({' '.join(reason)}). It names a Python in which"
            " NegMAS is installed. Install it in an environment of its own, or unset the variable."
        )
    return named


def verdict(ours: Measured, peer: Measured) -> str:
    """Return how the results of both sides compare."""
    frontier = "same frontier" if ours["digest"] == peer["digest"] else f"frontier of {peer['points']} points differs"
    differs = [name for name in ours["solutions"] if not agrees(ours["solutions"][name], peer["solutions"][name])]
    return f"{frontier}; {'same solutions' if not differs else ', '.join(differs) + ' differs'}"


def agrees(ours: list[list[int]], peers: list[list[int]]) -> bool:
    """Return whether what we recommend is what the peer recommends; the peer may add near ties."""
    return all(point in peers for point in ours)


def time_of(seconds: float | None) -> str:
    """Return a time with three significant digits."""
    if seconds is None:
        return "–"
    return f"{seconds:.3g} s" if seconds >= 0.1 else f"{seconds * 1000:.3g} ms"


def memory_of(measured: Measured) -> str:
    """Return the largest memory of the process in MiB and, in brackets, what the call added to it."""
    return f"{measured['peak_mib']:.0f} (+{measured['added_mib']:.0f})"


def write_domains(names: set[str], folder: Path) -> Mapping[str, Path]:
    """Write the domains to files, by a process of its own, and return where they are."""
    files = {name: folder / f"{name}.json" for name in names}
    for name, file in files.items():
        done = subprocess.run([sys.executable, str(HERE / "domains.py"), name, str(file)], check=False)
        if done.returncode != 0:
            sys.exit(done.returncode)
    return files


def line(*cells: object) -> None:
    """Print one row of a table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def main(words: list[str]) -> int:
    """Run the chosen rows; return 1 if a peer found another frontier, or we are slower than we hold ourselves to."""
    rows = [row for row in ROWS if not words or any(word in row.name for word in words)]
    if not rows:
        known = ", ".join(dict.fromkeys(row.name for row in ROWS))
        sys.exit(
            f"benchmarks: no domain's name holds any of these words, got {' '.join(words)}. The domains are {known}."
            " Name a part of one."
        )
    python = peer_python()
    if python is None:
        print("NEGMAS_PYTHON is not set: NegMAS is not timed, only our own side.")
    print(f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}")
    line(*HEAD)
    line(*["---"] * len(HEAD))
    versions: dict[str, dict[str, str]] = {}
    differing = 0
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        warm = {row.name: f"add-{row.name.split('-')[1][0]}p-5x3-s1" for row in rows}
        files = write_domains({row.name for row in rows} | set(warm.values()), Path(temporary))
        for row in rows:
            run = [files[warm[row.name]], files[row.name]]
            ours = measure(sys.executable, "measure_detente.py", row.ours, run)
            if ours is None:
                line(row.name, "–", f"not done in {LONGEST_S} s", *["–"] * 9)
                continue
            versions["ours"] = ours["versions"]
            head = (
                row.name,
                ours["points"],
                time_of(ours["cpu_s"]),
                time_of(ours["search_s"]),
                memory_of(ours),
                f"{ours['points'] / ours['cpu_s']:,.0f}",
            )
            if python is None or not row.peers:
                line(*head, *["–"] * 6)
            for method in row.peers if python is not None else ():
                peer = measure(python, "measure_negmas.py", method, run)
                if peer is None:
                    line(*head, method, f"not done in {LONGEST_S} s", *["–"] * 4)
                    continue
                versions["NegMAS"] = peer["versions"]
                differing += ours["digest"] != peer["digest"]
                least = LEAST.get((row.name.rpartition("-")[0], method), 0)
                if peer["cpu_s"] < least * ours["cpu_s"]:
                    missed.append(f"{row.name}: less than {least} times as fast as {method}")
                line(
                    *head,
                    method,
                    time_of(peer["cpu_s"]),
                    time_of(peer["search_s"]),
                    memory_of(peer),
                    f"{peer['cpu_s'] / ours['cpu_s']:,.1f}",
                    verdict(ours, peer),
                )
    for side, names in versions.items():
        print(f"{side}: {', '.join(f'{name} {number}' for name, number in names.items())}")
    if python is not None:
        print("NegMAS's answers to the questions of docs/benchmarks.md:", flush=True)
        subprocess.run([python, str(HERE / "peer_answers.py")], check=True)
    for one in missed:
        print(f"TOO SLOW: {one}")
    return 1 if differing or missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Time the commands against their limits.

Commands are measured through the command line, in fresh processes, as a person would meet them; the rows on a
frontier alone call the engine in this process. "Warm" means that one run went before, so that compiled code is in its
cache. Exits with 1 when a limit is exceeded.

Usage: python scripts/bench.py [WORD…] (only the rows whose name contains one of the words)
"""

from __future__ import annotations

import random
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.engines.settlement import SettlementModel

DETENTE = str(Path(sys.executable).parent / "detente")
EXAMPLE = "drafts-and-replies-2021-22"
SEED = 20220217
GENERATOR = Path(__file__).resolve().parent.parent / "benchmarks" / "settlement.py"
GRAPH_MODELS = GENERATOR.with_name("stability.py")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: what is run, how often before it counts, and the most time and memory that it may take.

    Memory is bounded only for what runs in this process; it is the most that the process had until then.
    """

    name: str
    measure: Callable[[Path], float]
    limit_s: float
    limit_mib: float | None = None


def seconds(*command: str, directory: Path) -> float:
    """Run a command and return its wall-clock time; stop with its own message when it fails."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(command)} ended with {done.returncode}.\n{done.stderr[-2000:]}")
    return taken


def help_above_bare_interpreter(directory: Path) -> float:
    """Return the least of five differences; the least is what the program costs and not the machine."""
    seconds(DETENTE, "--help", directory=directory)
    bare = min(seconds(sys.executable, "-c", "", directory=directory) for _ in range(5))
    return min(seconds(DETENTE, "--help", directory=directory) for _ in range(5)) - bare


def brief_warm(directory: Path) -> float:
    seconds(DETENTE, "brief", EXAMPLE, "-o", "out", directory=directory)
    return seconds(DETENTE, "brief", EXAMPLE, "-o", "out", directory=directory)


def draws_of_example(directory: Path) -> float:
    return seconds(DETENTE, "settle", EXAMPLE, "--draws", "10000", "--json", directory=directory)


def settle_example_warm(directory: Path) -> float:
    seconds(DETENTE, "settle", EXAMPLE, "--json", directory=directory)
    return seconds(DETENTE, "settle", EXAMPLE, "--json", directory=directory)


def settle_large(directory: Path) -> float:
    """Return the time for two parties, 100 issues and 10 options: 10^100 packages, through the command."""
    write_genius(directory / "large", issues=100, options=10, parties=2)
    seconds(DETENTE, "import", "genius", "large", "-o", "large-case", directory=directory)
    return seconds(DETENTE, "settle", "large-case", "--json", directory=directory)


def write_genius(folder: Path, *, issues: int, options: int, parties: int) -> None:
    """Write a random additive domain and its profiles in Genius's XML, the same on every machine."""
    folder.mkdir()
    draw = random.Random(SEED)

    def issue(index: int, evaluations: list[int] | None) -> str:
        items = "".join(
            f'<item index="{o}" value="o{o}"' + (f' evaluation="{evaluations[o - 1]}"' if evaluations else "") + "/>"
            for o in range(1, options + 1)
        )
        head = f'<issue name="i{index}" index="{index}" etype="discrete" type="discrete" vtype="discrete">'
        return f"{head}{items}</issue>"

    def objective(body: str) -> str:
        return f'<objective index="0" name="root" etype="objective" type="objective" description="">{body}</objective>'

    domain = "".join(issue(i, None) for i in range(1, issues + 1))
    text = f'<negotiation_template><utility_space number_of_issues="{issues}">{objective(domain)}</utility_space>'
    (folder / "domain.xml").write_text(f"{text}</negotiation_template>\n", encoding="utf-8")
    for party in range(1, parties + 1):
        raw = [draw.random() for _ in range(issues)]
        body = "".join(issue(i, [draw.randint(1, 1000) for _ in range(options)]) for i in range(1, issues + 1))
        body += "".join(f'<weight index="{i}" value="{w / sum(raw):.12f}"/>' for i, w in enumerate(raw, start=1))
        profile = f'<utility_space type="any" number_of_issues="{issues}">{objective(body)}</utility_space>\n'
        (folder / f"profile{party}.xml").write_text(profile, encoding="utf-8")


def load_example_warm(_: Path) -> float:
    from detente.case.load import load_case

    load_case(EXAMPLE)
    start = time.perf_counter()
    load_case(EXAMPLE)
    return time.perf_counter() - start


def frontier_of_example_warm(_: Path) -> float:
    """Return the longest time over every consent list, with stated and with all lines, unknown options at either end.

    A list that asks issue by issue has one model per issue; a list without numbers has none.
    """
    from detente.case.ledger.assent import members_on
    from detente.case.load import load_case
    from detente.compile.compiled import Compiled
    from detente.compile.settlement import compile_settlement

    case = load_case(EXAMPLE)
    case = case.at(case.cut_off)
    asked: list[tuple[tuple[str, ...], tuple[str, ...] | None]] = []
    for entry in case.consent_lists:
        if entry.issue_by_issue:
            asked += [(members_on(case, entry, issue.id), (issue.id,)) for issue in case.issues]
        else:
            asked.append((entry.parties, None))
    compiled = [compile_settlement(case, members, issues=issues) for members, issues in asked]
    models = [found.model for found in compiled if isinstance(found, Compiled)]
    if not models:
        sys.exit(f"bench: no consent list of {EXAMPLE} has a model.")
    return max(frontier_warm(model) for model in models)


def frontier_of_random_warm(_: Path) -> float:
    """Return the time for a random additive model: 3 parties, 24 issues of 3 to 5 options, every option coded."""
    import numpy as np

    draw = runpy.run_path(str(GENERATOR))["draw"]
    sizes = [int(size) for size in np.random.default_rng(1).integers(3, 6, 24)]  # as in the generator's own run
    return frontier_warm(draw(3, sizes, seed=5))


def frontier_of_issues_warm(issues: int) -> Callable[[Path], float]:
    """Return the time for a random additive model: 2 parties, so many independent issues of 10 options."""

    def measure(_: Path) -> float:
        return frontier_warm(runpy.run_path(str(GENERATOR))["draw"](2, [10] * issues, seed=1))

    return measure


def frontier_warm(model: SettlementModel) -> float:
    """Return the longest second run of the zone's frontier, over the lines that bind and the values of the unknown."""
    from detente.engines.settlement import Completion, find_frontier

    stated = [k for k, line in enumerate(model.lines) if line.stated]
    longest = 0.0
    for binding in (stated, range(len(model.lines))):
        for completion in (Completion.WORST, Completion.BEST):
            for _ in range(2):
                start = time.perf_counter()
                find_frontier(model, rules=model.rules(binding), completion=completion)
                taken = time.perf_counter() - start
            longest = max(longest, taken)
    return longest


def stability_warm(switches: int, *, general: bool = False) -> Callable[[Path], float]:
    """Return the time for Nash, GMR, SMR and SEQ of a random graph model of three parties."""

    def measure(_: Path) -> float:
        from detente.engines.stability import solve

        random_models = runpy.run_path(str(GRAPH_MODELS))
        concepts = random_models["FOUR"]
        solve(random_models["draw"](3, general=general), concepts=concepts)
        model = random_models["draw"](switches, general=general)
        start = time.perf_counter()
        solve(model, concepts=concepts)
        return time.perf_counter() - start

    return measure


# Rows in this process come last: a process that it starts is counted with the memory that it had when it started it.
def record_of_many_events_warm(directory: Path) -> float:
    """Return the time of every series, order and interval between 12 parties with 10^5 acts in four years."""
    import numpy as np

    from detente.engines.record import EventRecord, solve

    draw, acts, parties, days = np.random.default_rng(SEED), 100_000, 12, 1500
    actor = draw.integers(0, parties, acts)
    target = (actor + draw.integers(1, parties, acts)) % parties
    day, value = draw.integers(0, days, acts), draw.integers(-100, 101, acts) * 100
    model = EventRecord(day, day, actor, target, value, np.arange(acts), parties, 0, days - 1)
    edges = np.append(np.arange(0, days, 7), days)
    solve(model, edges=edges)
    start = time.perf_counter()
    solve(model, edges=edges)
    return time.perf_counter() - start


ROWS = (
    Row("help, above a bare interpreter", help_above_bare_interpreter, 0.3),
    Row("brief of the worked example, warm", brief_warm, 60),
    Row("settlement of the worked example, every consent list, warm", settle_example_warm, 60),
    Row("the same with 10,000 draws, in every reading, warm", draws_of_example, 60),
    Row("settlement, 2 parties, 100 issues of 10 options", settle_large, 15),
    Row("loading the worked example, warm", load_example_warm, 1),
    Row("frontier of the worked example, slowest list, warm", frontier_of_example_warm, 0.3, 1024),
    Row("frontier, 3 parties, 24 issues of 3–5 options, warm", frontier_of_random_warm, 0.3, 1024),
    Row("frontier, 2 parties, 10^50 packages, warm", frontier_of_issues_warm(50), 0.2, 1024),
    Row("frontier, 2 parties, 10^100 packages, warm", frontier_of_issues_warm(100), 1.0, 1024),
    Row("record of 10^5 acts between 12 parties, 66 pairs, warm", record_of_many_events_warm, 3.0, 1024),
    Row("stability, infeasible states, one-way switches, 2^16 states", stability_warm(16, general=True), 30, 1024),
    Row("stability, 3 parties, 2^20 states", stability_warm(20), 5, 1024),
    Row("stability, 3 parties, 2^24 states", stability_warm(24), 60, 4096),
)


def main(words: list[str]) -> int:
    chosen = [row for row in ROWS if not words or any(word in row.name for word in words)]
    exceeded = 0
    for row in chosen:
        with tempfile.TemporaryDirectory() as folder:
            taken = row.measure(Path(folder))
        verdict = "ok" if taken <= row.limit_s else "TOO SLOW"
        exceeded += taken > row.limit_s
        print(f"{row.name:<62} {taken:8.3f} s   limit {row.limit_s:6.1f} s   {verdict}", flush=True)
        if row.limit_mib is not None:
            mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            verdict = "ok" if mib <= row.limit_mib else "TOO LARGE"
            exceeded += mib > row.limit_mib
            print(f"{'  its memory':<62} {mib:8.0f} MiB limit {row.limit_mib:6.0f} MiB {verdict}", flush=True)
    peak_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'largest memory of any command':<62} {peak_mib:8.0f} MiB")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

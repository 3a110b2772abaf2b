"""Time the commands against their limits.

Everything is measured through the command line, in fresh processes, as a person would meet it. "Warm" means that
one run went before, so that compiled code is in its cache. Exits with 1 when a limit is exceeded.

Usage: python scripts/bench.py [WORD…] (only the rows whose name contains one of the words)
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

DETENTE = str(Path(sys.executable).parent / "detente")
EXAMPLE = "drafts-and-replies-2021-22"
SEED = 20220217


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: what is run, how often before it counts, and the most that it may take."""

    name: str
    measure: Callable[[Path], float]
    limit_s: float


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


ROWS = (
    Row("help, above a bare interpreter", help_above_bare_interpreter, 0.3),
    Row("brief of the worked example, warm", brief_warm, 60),
    Row("settlement of the worked example, every consent list, warm", settle_example_warm, 60),
    Row("settlement, 2 parties, 100 issues of 10 options", settle_large, 15),
)


def main(words: list[str]) -> int:
    chosen = [row for row in ROWS if not words or any(word in row.name for word in words)]
    exceeded = 0
    for row in chosen:
        with tempfile.TemporaryDirectory() as folder:
            taken = row.measure(Path(folder))
        verdict = "ok" if taken <= row.limit_s else "TOO SLOW"
        exceeded += taken > row.limit_s
        print(f"{row.name:<62} {taken:8.2f} s   limit {row.limit_s:6.1f} s   {verdict}", flush=True)
    peak_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'largest memory of any command':<62} {peak_mib:8.0f} MiB")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

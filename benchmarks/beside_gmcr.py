"""Solve the same graph models with GMCR+ and with our engine in one run, and compare every answer.

Run as `python benchmarks/beside_gmcr.py [SWITCHES…]` (10, 11 and 12 unless told). `GMCR_FOLDER` names
the folder of a copy of the program (onp/gmcr-py) that you may use. It is proprietary, and
neither a part nor a dependency of the project; nothing of it is read here but what it answers.
Without the variable our own side is timed alone.

One `.gmcr` file per size is written by our exporter: three parties, random rankings by hand
without ties from a fixed seed. Both programs read that file, each in a process of its own, warm
up on a file of eight states, and solve it for Nash, GMR, SMR, SEQ and SIM. GMCR+ then also
holds its explanations in words, which it cannot leave out.

Answers are compared for every concept, party and state. GMCR+ lets each of the others answer
once, so its GMR, SMR and SEQ must equal ours under `once`. Its SIM is known to overlook
sanctions, never to invent one. Anything else that differs ends the run with an error.
"""

import json
import os
import platform
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from stability import draw

from detente.case.case import Case
from detente.compile.stability import state_word
from detente.engines.stability import Concept, StabilityModel
from detente.interchange.gmcr import to_gmcr

HERE = Path(__file__).resolve().parent
SIZES = (10, 11, 12)
MOST = 14
LONGEST_S = 1200
"""A process that has used so much of the processor is stopped, and the row says so."""

HEAD = ("states", "ours", "of it solving", "MiB", "GMCR+", "of it solving", "MiB", "ratio", "ratio of solving")
Measured = dict[str, Any]


def case_of(model: StabilityModel) -> Case:
    """Return a case whose graph model is the given one, with rankings by hand."""
    names = [f"p{party}" for party in range(model.parties)]
    rankings = [
        [state_word(int(code), model.switches) for code in row.argsort()[::-1]]  # best first, no ties
        for row in model.ranks
    ]
    return Case.model_validate(
        {
            "schema_version": "1", "id": "drawn", "version": "1", "title": "Drawn", "authors": ["drawn"],
            "licence": "CC0-1.0",
            "parties": [{"id": name, "name": name, "kind": "state"} for name in names],
            "issues": [{"id": "i", "title": "i", "options": [{"id": "a", "text": "a"}, {"id": "b", "text": "b"}]}],
            "stability": {
                "switches": [
                    {"id": f"s{at}", "party": names[owner], "text": f"s{at}"} for at, owner in enumerate(model.owner)
                ],
                "preferences": [
                    {"party": name, "ranking": ranking} for name, ranking in zip(names, rankings, strict=True)
                ],
            },
        }
    )  # fmt: skip


def write(switches: int, folder: Path) -> Path:
    """Write the drawn model of so many switches as a file that both programs read."""
    path = folder / f"{switches}.gmcr"
    text, _ = to_gmcr(case_of(draw(switches)))
    path.write_text(text, encoding="utf-8")
    return path


def stop_after_longest() -> None:
    """Let the system stop this process once it has used too much of the processor."""
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_S, LONGEST_S + 5))


def measure(script: str, *words: str) -> Measured | None:
    """Return what a process of its own measured; None if it did not end in time."""
    command = [sys.executable, str(HERE / script), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=stop_after_longest)
    if done.returncode == -signal.SIGXCPU:
        return None
    if done.returncode != 0:
        sys.exit(f"benchmarks: {script} ended with {done.returncode}.\n{done.stderr}")
    found: Measured = json.loads(done.stdout.splitlines()[-1])
    return found


def peer_folder() -> str | None:
    """Return the folder of GMCR+, or None if none is named; stop if the program is not there."""
    named = os.environ.get("GMCR_FOLDER")
    if named and not (Path(named) / "gmcr.py").is_file():
        sys.exit(
            f"GMCR_FOLDER: GMCR+ is not there, got {named}. It names the folder that holds the program's gmcr.py."
            " Name your copy of it, or unset the variable."
        )
    return named or None


def unlike(ours: list[str], peers: list[str]) -> tuple[int, int]:
    """Return how many states, over all parties, only we call stable, and how many only the peer does."""
    pairs = [pair for own, other in zip(ours, peers, strict=True) for pair in zip(own, other, strict=True)]
    return pairs.count(("1", "0")), pairs.count(("0", "1"))


def differences(ours: int, peers: int) -> str:
    """Return in words how many states only one side calls stable."""
    return "the same" if ours == peers == 0 else f"{ours:,} stable here only, {peers:,} there only"


def compare(ours: Measured, peer: Measured) -> tuple[list[str], bool]:
    """Return a line per concept, and whether anything differs that is not known to."""
    lines, surprising = [], False
    for concept in Concept:
        theirs = peer["stability"][concept]
        alike = {reply: unlike(found[concept], theirs) for reply, found in ours["stability"].items()}
        known = alike["once"][1] == 0 if concept is Concept.SIM else alike["once"] == (0, 0)
        surprising |= not known
        cells = sum(map(len, theirs))
        said = "; ".join(f"{reply} {differences(*counts)}" for reply, counts in alike.items())
        lines.append(f"  {concept.upper()}, {cells:,} states times parties: {said}{'' if known else '; NOT KNOWN'}")
    return lines, surprising


def sizes(words: list[str]) -> list[int]:
    """Return the sizes that are asked for; stop at one that is none."""
    for word in words:
        if not word.isdecimal() or not 3 <= int(word) <= MOST:
            sys.exit(
                f"benchmarks: this is no number of switches, got {word}. From 3 to {MOST}: a ranking by hand lists"
                " every state. Name numbers, or none."
            )
    return [int(word) for word in words] or list(SIZES)


def line(*cells: object) -> None:
    """Print one row of a table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def time_of(seconds: float) -> str:
    """Return a time with three significant digits."""
    return f"{seconds:.3g} s" if seconds >= 0.1 else f"{seconds * 1000:.3g} ms"


def main(words: list[str]) -> int:
    """Run the sizes; return 1 if an answer differs that is not known to."""
    asked, folder = sizes(words), peer_folder()
    if folder is None:
        print("GMCR_FOLDER is not set: GMCR+ is not run, only our own side.")
    print(f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}; times are of the processor")
    line(*HEAD)
    line(*["---"] * len(HEAD))
    notes: list[str] = []
    surprising = False
    with tempfile.TemporaryDirectory() as temporary:
        small = str(write(3, Path(temporary)))
        for switches in asked:
            file = str(write(switches, Path(temporary)))
            ours = measure("measure_graph_model.py", small, file)
            if ours is None:
                line(f"2^{switches}", f"not done in {LONGEST_S} s", *["–"] * 7)
                continue
            head = (f"2^{switches}", time_of(ours["cpu_s"]), time_of(ours["solving_s"]), f"{ours['peak_mib']:.0f}")
            peer = None if folder is None else measure("measure_gmcr.py", folder, small, file)
            if peer is None:
                line(*head, "–" if folder is None else f"not done in {LONGEST_S} s", *["–"] * 4)
                continue
            line(
                *head,
                time_of(peer["cpu_s"]),
                time_of(peer["solving_s"]),
                f"{peer['peak_mib']:.0f}",
                f"{peer['cpu_s'] / ours['cpu_s']:,.0f}",
                f"{peer['solving_s'] / ours['solving_s']:,.0f}",
            )
            lines, unknown = compare(ours, peer)
            notes += [f"2^{switches}, GMCR+ {peer['version']} beside our replies:", *lines]
            surprising |= unknown
    for note in notes:
        print(note)
    return 1 if surprising else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

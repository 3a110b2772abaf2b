"""Print how long the graph model takes on 2^10 to 2^24 states.

Run as `python benchmarks/stability.py`. Rankings are drawn from a fixed seed and have no
ties; three parties own as many switches each. Every row is a fresh process after one
small run that loads the compiled kernels, so its memory is its own. Processor time is
printed beside the time on the clock, since others may use the machine.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable

import click
import numpy as np

from detente.engines.stability import Concept, Direction, StabilityModel, certify, relations, solve, solve_hybrid

MEBIBYTE = 1024  # ru_maxrss counts kibibytes
PARTIES = 3
SEED = 20240607
FOUR = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ)


def draw(switches: int, *, general: bool = False, interleaved: bool = False) -> StabilityModel:
    """Return a random model; a `general` one has infeasible states, one-way switches and bans."""
    rng = np.random.default_rng([SEED, switches])
    states = 1 << switches
    ranks = np.empty((PARTIES, states), dtype=np.int32)
    for row in ranks:
        row[:] = rng.permutation(states)
    owner = tuple(j % PARTIES if interleaved else j * PARTIES // switches for j in range(switches))
    if not general:
        return StabilityModel(PARTIES, owner, (Direction.BOTH,) * switches, ranks)
    allowed = tuple(Direction.TAKE_ONLY if j % 5 == 0 else Direction.BOTH for j in range(switches))
    banned = np.where(rng.random(states) < 0.01, 1 << int(rng.integers(switches)), 0).astype(np.int64)
    return StabilityModel(PARTIES, owner, allowed, ranks, rng.random(states) > 0.1, banned)


def reversible(switches: int) -> Callable[[], tuple[StabilityModel, tuple[Concept, ...]]]:
    """Return a row in which all states can occur and all moves can be undone."""
    return lambda: (draw(switches), FOUR)


def general(switches: int, *concepts: Concept) -> Callable[[], tuple[StabilityModel, tuple[Concept, ...]]]:
    """Return a row with states that cannot occur, one-way switches and bans."""
    return lambda: (draw(switches, general=True), concepts or FOUR)


ROWS = {
    "2^10 states, 3 parties, reversible": reversible(10),
    "2^12 states, 3 parties, reversible": reversible(12),
    "2^16 states, 3 parties, reversible": reversible(16),
    "2^20 states, 3 parties, reversible": reversible(20),
    "2^24 states, 3 parties, reversible": reversible(24),
    "2^24 states, switches of the parties in turn": lambda: (draw(24, interleaved=True), FOUR),
    "2^12 states, 3 parties, general": general(12),
    "2^16 states, 3 parties, general": general(16),
    "2^20 states, 3 parties, general": general(20),
    "2^12 states, SIM": lambda: (draw(12), (Concept.SIM,)),
    "2^16 states, SIM": lambda: (draw(16), (Concept.SIM,)),
}


def certificates(switches: int) -> str:
    """Ask for the certificate of every party in four states under every concept, and return how many there were."""
    model, made = draw(switches), 0
    for state in (0, 5, 12345, 777_777):
        for party in range(PARTIES):
            for concept in Concept:
                certify(model, state=state, player=party, concept=concept)
                made += 1
    return f"{made} certificates"


def variants(switches: int) -> str:
    """Solve for strong stability where every hundredth comparison is unknown and preferences differ in strength."""
    model = draw(switches)
    rng = np.random.default_rng([SEED, switches, 1])
    hidden = np.triu(rng.random((PARTIES, model.states, model.states)) < 0.01, 1)
    preferences = relations(
        model, unknown=hidden | hidden.transpose(0, 2, 1), strong_from=[model.states // 4] * PARTIES
    )
    found = solve_hybrid(model, preferences)
    return ", ".join(f"{variant} {held.strongly[Concept.SEQ].sum():,}" for variant, held in found.items())


OTHER_ROWS: dict[str, Callable[[], str]] = {
    "2^20 states, certificates": lambda: certificates(20),
    "2^10 states, strong stability in four variants": lambda: variants(10),
}


def run(name: str) -> tuple[float, float, float]:
    """Return seconds on the clock, seconds of the processor and MiB of one row."""
    solve(draw(3))
    solve(draw(3, general=True))
    if name in OTHER_ROWS:
        start, busy = time.perf_counter(), time.process_time()
        said = OTHER_ROWS[name]()
        taken, used = time.perf_counter() - start, time.process_time() - busy
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
        click.echo(f"{name:<46} {taken:8.3f} s {used:8.3f} s processor {memory:7.0f} MiB   {said}")
        return taken, used, memory
    model, concepts = ROWS[name]()
    start, busy = time.perf_counter(), time.process_time()
    found = solve(model, concepts=concepts)
    taken, used = time.perf_counter() - start, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    counts = ", ".join(f"{concept} {codes.size:,}" for concept, codes in found.equilibria.items())
    click.echo(f"{name:<46} {taken:8.3f} s {used:8.3f} s processor {memory:7.0f} MiB   {counts}")
    return taken, used, memory


def main(words: list[str]) -> None:
    """Run the rows whose names contain one of the words, each in its own process."""
    if len(words) == 1 and words[0] in {**ROWS, **OTHER_ROWS}:
        run(words[0])
        return
    for name in (*ROWS, *OTHER_ROWS):
        if not words or any(word in name for word in words):
            subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])

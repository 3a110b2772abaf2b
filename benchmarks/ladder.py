"""Print how long the ladder takes: rungs, parties and draws of all numbers, against the limit.

Run as `python benchmarks/ladder.py`. Numbers are drawn from a fixed seed, every party has a
move on every rung, everybody is opposed to everybody. One thread; a small ladder goes before,
so compiled code is in its cache.
"""

import resource
import sys
import time

import click
import numpy as np

from detente.engines.ladder import Climb, LadderModel, solve, unanswered

SEED = 20250301
ROWS = ((2, 12, 10_000), (3, 12, 10_000), (3, 12, 100_000), (4, 12, 10_000), (6, 12, 10_000))
LIMITED = (3, 12, 10_000)
LIMIT_S = 30.0
MEBIBYTE = 1024  # ru_maxrss counts kibibytes


def draw(parties: int, rungs: int, draws: int, climb: Climb) -> LadderModel:
    """Return a random ladder."""
    rng = np.random.default_rng([SEED, parties, rungs])
    return LadderModel(
        moves=np.ones((parties, rungs), dtype=np.bool_),
        opposed=~np.eye(parties, dtype=np.bool_),
        accident=rng.random((draws, rungs)) * 0.3,
        cost=rng.random((draws, parties, rungs)) * 0.02,
        end=rng.random((draws, parties, parties)) * 0.5 + np.eye(parties) * 0.5,
        uncontrolled=rng.random((draws, parties)) * 0.5 - 0.4,
        order=rng.permuted(np.tile(np.arange(parties), (draws, 1)), axis=1),
        climb=climb,
    )


def main() -> None:
    """Print one line per row, and end with an error if the limit is exceeded."""
    solve(draw(2, 2, 2, Climb.NEXT))
    late = False
    for parties, rungs, draws in ROWS:
        for climb in Climb:
            model = draw(parties, rungs, draws, climb)
            start, busy = time.perf_counter(), time.process_time()
            solve(model)
            unanswered(model)
            taken, used = time.perf_counter() - start, time.process_time() - busy
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
            name = f"{rungs} rungs, {parties} parties, {draws:,} draws, climb {climb}"
            click.echo(f"{name:<50} {taken:8.3f} s {used:8.3f} s processor {memory:7.0f} MiB so far")
            late |= (parties, rungs, draws) == LIMITED and used > LIMIT_S
    if late:
        sys.exit(f"benchmarks: the ladder took more than {LIMIT_S:g} s.")


if __name__ == "__main__":
    main()

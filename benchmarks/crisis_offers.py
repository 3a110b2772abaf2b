"""Print how long the one offer with the highest expected value takes in 10^6 draws of judged numbers.

Run as `python benchmarks/crisis_offers.py`. Every draw has a PERT belief and chances and costs of its own; a small run
loads the compiled code first. Processor time is printed beside the time on the clock, since others may use the machine.
"""

import resource
import time

import click
import numpy as np

from detente.engines.crisis.drawn_offers import drawn_offers
from detente.maths.compiled import FloatArray

DRAWS = 1_000_000
SEED = 20240607
LIMIT_SECONDS = 10.0
MEBIBYTE = 1024  # ru_maxrss counts kibibytes


def draw(count: int) -> list[FloatArray]:
    """Return chances, own costs and beliefs in the other's cost."""
    rng = np.random.default_rng(SEED)
    low = rng.uniform(0.0, 0.2, count)
    high = low + rng.uniform(0.01, 0.6, count)
    mode = low + rng.random(count) * (high - low)
    own = rng.uniform(0.1, 0.9, count)
    other = np.clip(1.0 - own + rng.normal(0.0, 0.1, count), 0.0, 1.0)
    return [own, other, rng.uniform(0.0, 0.5, count), low, mode, high]


def main() -> None:
    """Run once small and once whole."""
    drawn_offers(*draw(100))
    numbers = draw(DRAWS)
    start, busy = time.perf_counter(), time.process_time()
    found = drawn_offers(*numbers)
    taken, used = time.perf_counter() - start, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    share = float(np.isnan(found.kept).mean())
    verdict = "within" if taken <= LIMIT_SECONDS else "over"
    click.echo(
        f"{DRAWS:,} draws {taken:8.3f} s {used:8.3f} s processor {memory:7.0f} MiB   no offer in {share:.2%}; "
        f"{verdict} the limit of {LIMIT_SECONDS:g} s"
    )


if __name__ == "__main__":
    main()

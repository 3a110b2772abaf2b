"""Print how long the settlement engine takes on spaces of 10^6 to 10^100 packages.

Run as `python benchmarks/settlement.py`. Every case runs in this process after one
call that loads the compiled kernels; the last column is the largest memory so far.
"""

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import click
import numpy as np

from detente.engines.settlement import (
    GRID,
    Completion,
    Line,
    Rule,
    SettlementModel,
    count_zone,
    find_conflicts,
    find_frontier,
    solve,
    zone_curve,
)

MEBIBYTE = 1024  # ru_maxrss counts kibibytes


def draw(
    parties: int, sizes: Sequence[int], *, seed: int, share: float = 0.5, opposed: bool = False, lines: int = 0
) -> SettlementModel:
    """Return a random additive model; reservations lie at `share` of each party's range."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(len(sizes)), parties)
    tables = []
    for issue, size in enumerate(sizes):
        values = rng.random((parties, size))
        if opposed:
            values[1] = 1 - values[0]
        tables.append(np.round(weights[:, issue, None] * values * GRID).astype(np.int64))
    low = np.sum([t.min(axis=1) for t in tables], axis=0)
    high = np.sum([t.max(axis=1) for t in tables], axis=0)
    drawn = []
    for _ in range(lines):
        issue = int(rng.integers(len(sizes)))
        allowed = rng.random(sizes[issue]) > 0.4
        allowed[rng.integers(sizes[issue])] = True
        drawn.append(
            Line(int(rng.integers(parties)), Rule((issue,), allowed), round(float(rng.random()), 1), stated=True)
        )
    reservation = (low + (high - low) * share).astype(np.int64)
    return SettlementModel(tuple(tables), tuple(tables), np.zeros(parties, np.int64), reservation, lines=tuple(drawn))


def report(name: str, run: Callable[[], str]) -> None:
    """Print the time of one run and what it found."""
    start = time.perf_counter()
    found = run()
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEBIBYTE
    click.echo(f"{name:44s} {seconds:8.3f} s {memory:6d} MiB  {found}")


def frontier(model: SettlementModel, *, reserved: bool = True) -> str:
    """Return the size of a frontier."""
    return f"{len(find_frontier(model, rules=(), completion=Completion.WORST, reserved=reserved))} points"


def count(model: SettlementModel) -> str:
    """Return the share of packages in the zone."""
    found = count_zone(model, rules=(), completion=Completion.WORST)
    share = f"{found.low / model.total:.4f}"
    return f"{share} exact" if found.exact else f"{share} to {found.high / model.total:.4f} ({found.method})"


def everything(model: SettlementModel) -> str:
    """Return what one call of solve finds."""
    found = solve(model, binding=(), completion=Completion.WORST).solutions[0]
    return f"zone frontier {len(found.zone_frontier)}, {len(found.solutions)} solutions"


def conflicts(model: SettlementModel) -> str:
    """Return how many minimal conflicts there are."""
    found = find_conflicts(model, binding=range(len(model.lines)), completion=Completion.WORST)
    return f"{len(found.sets)} conflicts" + ("" if found.complete else f", all up to size {found.complete_to}")


def main() -> None:
    """Run all cases."""
    sizes = [int(k) for k in np.random.default_rng(1).integers(3, 6, 24)]
    three, two = draw(3, sizes, seed=5), draw(2, [10] * 100, seed=5)
    opposed = draw(2, [10] * 24, seed=5, opposed=True)
    report("load kernels", lambda: frontier(draw(4, [3] * 4, seed=0)) + frontier(draw(3, [3] * 4, seed=0)))
    report("3 parties, 24 issues: zone frontier", lambda: frontier(three))
    report("3 parties, 24 issues: whole frontier", lambda: frontier(three, reserved=False))
    report("2 parties, 100 issues x 10: zone frontier", lambda: frontier(two))
    report("2 parties, 24 opposed issues x 10", lambda: frontier(opposed))
    report("4 parties, 10^6: whole frontier", lambda: frontier(draw(4, [10] * 6, seed=5), reserved=False))
    report("5 parties, 5^8: whole frontier", lambda: frontier(draw(5, [5] * 8, seed=5), reserved=False))
    report("9 parties, 3^10: whole frontier", lambda: frontier(draw(9, [3] * 10, seed=5), reserved=False))
    report("9 parties, 24 issues, 60 lines: conflicts", lambda: conflicts(draw(9, sizes, seed=5, lines=60)))
    report("3 parties, 24 issues, 60 lines: conflicts", lambda: conflicts(draw(3, sizes, seed=5, share=0.6, lines=60)))
    report(
        "3 parties, 24 issues, 60 lines: curve", lambda: f"{len(zone_curve(draw(3, sizes, seed=5, lines=60)))} steps"
    )
    report("2 parties, 10^12: count", lambda: count(draw(2, [10] * 12, seed=5)))
    report("3 parties, 5^14: count", lambda: count(draw(3, [5] * 14, seed=5)))
    report("3 parties, 24 issues: count", lambda: count(three))
    report("2 parties, 10^100: count", lambda: count(two))
    report("2 parties, 100 issues, whole points: count", lambda: count(whole_points()))
    report("3 parties, 24 issues: solve", lambda: everything(three))


def whole_points() -> SettlementModel:
    """Return 100 issues of ten options worth 0 to 3 whole points."""
    tables = tuple(np.random.default_rng(2).integers(0, 4, (100, 2, 10)))
    model = draw(2, [10] * 100, seed=2)
    return replace(model, worst=tables, best=tables, reservation=np.array([155, 155]))


if __name__ == "__main__":
    main()

"""Print how long the graph model asked backwards takes: counts of rankings, fewest changes, single commitments.

Run as `python benchmarks/inverse.py`. Models are those of `benchmarks/stability.py`: rankings from a fixed seed without
ties, three parties with as many switches each. Asked is about the first state that can occur. For comparison one
row lists every ranking of seven states, which grows with the factorial of their number. Every row is a fresh process.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import click
import numpy as np
from stability import draw, reversible

from detente.core.errors import ModelError
from detente.engines.stability import (
    Concept,
    StabilityModel,
    commitments,
    committed,
    count_rankings,
    fewest_changes,
    solve,
)


def first(model: StabilityModel) -> int:
    """Return the code of the first state that can occur."""
    return int(np.flatnonzero(model.occurring())[0])


def counted(switches: int, concept: Concept, *, general: bool = False) -> Callable[[], str]:
    """Return a row that counts the rankings of every party."""

    def row() -> str:
        model = draw(switches, general=general)
        try:
            shares = [
                count_rankings(model, state=first(model), party=party, concept=concept).share
                for party in range(model.parties)
            ]
        except ModelError as error:
            return error.what
        return ", ".join(f"{float(share):.4f}" for share in shares)

    return row


def changed(switches: int, concept: Concept, *, general: bool = False) -> Callable[[], str]:
    """Return a row that finds the fewest comparisons of every party."""

    def row() -> str:
        model = draw(switches, general=general)
        try:
            found = [
                fewest_changes(model, state=first(model), party=party, concept=concept)
                for party in range(model.parties)
            ]
        except ModelError as error:
            return error.what
        return ", ".join(f"{len(one.turns):,}" for one in found)

    return row


def tried(switches: int) -> Callable[[], str]:
    """Return a row that tries out every single commitment under Nash, GMR, SMR and SEQ."""

    def row() -> str:
        model = draw(switches)
        state, _, concepts = first(model), *reversible(switches)()
        listed = list(commitments(model, state))
        helpful = 0
        for one in listed:
            found = solve(committed(model, one), concepts=concepts)
            helpful += any(state in codes for codes in found.equilibria.values())
        return f"{helpful} of {len(listed)}"

    return row


def listed(concept: Concept) -> Callable[[], str]:
    """Return a row that goes through the 7! rankings of one party over seven states."""

    def row() -> str:
        model = draw(3)
        model = replace(model, feasible=np.arange(8) < 7)
        count = 0
        for order in permutations(range(7)):
            ranks = model.ranks.copy()
            ranks[0, :7] = order
            found = solve(replace(model, ranks=ranks), concepts=[concept])
            count += bool(found.stability[concept][0, 0])
        exact = count_rankings(model, state=0, party=0, concept=concept).count
        return f"{count:,} by listing, {exact:,} by counting"

    return row


ROWS = {
    "count, 2^6 states, SEQ": counted(6, Concept.SEQ),
    "count, 2^12 states, GMR": counted(12, Concept.GMR),
    "count, 2^12 states, SEQ": counted(12, Concept.SEQ),
    "count, 2^6 states, SMR": counted(6, Concept.SMR),
    "count, 2^12 states, SMR": counted(12, Concept.SMR),
    "count, 2^9 states, SMR, general": counted(9, Concept.SMR, general=True),
    "changes, 2^12 states, SEQ": changed(12, Concept.SEQ),
    "changes, 2^9 states, SMR": changed(9, Concept.SMR),
    "changes, 2^12 states, SMR": changed(12, Concept.SMR),
    "changes, 2^9 states, SMR, general": changed(9, Concept.SMR, general=True),
    "commitments, 2^10 states": tried(10),
    "listing 7! rankings, SMR": listed(Concept.SMR),
}


def run(name: str) -> None:
    """Print seconds and the answer of one row, the compiled code being loaded."""
    solve(draw(3))
    solve(draw(3, general=True))
    start, busy = time.perf_counter(), time.process_time()
    answer = ROWS[name]()
    taken, used = time.perf_counter() - start, time.process_time() - busy
    click.echo(f"{name:<38} {taken:8.3f} s {used:8.3f} s processor   {answer}")


def main(words: list[str]) -> None:
    """Run the rows whose names contain one of the words, each in its own process."""
    if len(words) == 1 and words[0] in ROWS:
        run(words[0])
        return
    for name in ROWS:
        if not words or any(word in name for word in words):
            subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])

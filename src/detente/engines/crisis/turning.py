"""From which value of one number another outcome comes about, the other numbers as they are.

For outcomes that are words and not sizes: the number is moved from its most likely value towards either bound on a
grid, and where the outcome first differs the border is found by halving. A change and a change back between two
neighbours of the grid are not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass

from detente.engines.crisis.private import Law

STEPS = 64
HALVINGS = 48


@dataclass(frozen=True, slots=True)
class Change:
    """A number, the value nearest to its most likely one at which the outcome changes, and what it changes to."""

    number: str
    value: float
    to: Hashable


def find_changes(outcome: Callable[[Mapping[str, float]], Hashable], laws: Mapping[str, Law]) -> tuple[Change, ...]:
    """Return, for each number and either direction, where the outcome first changes within its range.

    Examples
    --------
    >>> (change,) = find_changes(lambda given: given["x"] > 0.75, {"x": Law(0.0, 0.5, 1.0)})
    >>> change.number, round(change.value, 9), change.to
    ('x', 0.75, True)
    """
    modes = {name: law.mode for name, law in laws.items()}
    return tuple(change for name in laws for change in _changes(outcome, modes, name, laws[name]))


def _changes(
    outcome: Callable[[Mapping[str, float]], Hashable], modes: Mapping[str, float], name: str, law: Law
) -> Iterator[Change]:
    now = outcome(modes)
    for end in (law.low, law.high):
        before = law.mode
        for step in range(1, STEPS + 1):
            value = law.mode + (end - law.mode) * step / STEPS
            if value != before and outcome({**modes, name: value}) != now:
                for _ in range(HALVINGS):
                    middle = (before + value) / 2.0
                    if outcome({**modes, name: middle}) == now:
                        before = middle
                    else:
                        value = middle
                yield Change(name, value, outcome({**modes, name: value}))
                break
            before = value

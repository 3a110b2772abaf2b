r"""The fewest edits of a party's ranked conditions after which a state is stable for it.

A party that ranks states by conditions, the most important first, prefers of two states the one that fulfils the
first condition on which they differ. An *edit* takes out one condition, or puts one at another place. Lists are
looked at in the order of the number of edits that lead to them, up to MOST_LISTS of them; without any condition all
states are level and every state is stable, so no more edits than conditions are ever needed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.engines.stability.demands import Demand
from detente.maths.compiled import BoolArray

MOST_LISTS = 20_000
"""Lists of conditions that are looked at."""

Order = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """The fewest edits.

    Attributes
    ----------
    fewest : int
        Edits that are needed; a lower bound if `orders` is empty.
    orders : tuple of tuples of int
        Every list of conditions, by their places in the list that was given, that so many edits lead to and under
        which the state is stable; empty if the search ended before it found one.
    """

    fewest: int
    orders: tuple[Order, ...]


def fewest_edits(held: Sequence[BoolArray], *, state: int, asked: Sequence[Demand]) -> Edits:
    """Return the fewest edits of ranked conditions after which all demands on a state are met.

    Parameters
    ----------
    held : sequence of (states,) bool
        In which states each condition holds, the most important first.
    state : int
        The target.
    asked : sequence of Demand
        What its stability for the party demands, see `demands`.
    """
    relevant = sorted({code for one in asked for kept in one.alternatives for code in kept})
    gains = [{code: int(row[code]) - int(row[state]) for code in relevant} for row in held]

    def stable(order: Order) -> bool:
        left, no_higher = relevant, set[int]()
        for place in order:
            no_higher.update(code for code in left if gains[place][code] < 0)
            left = [code for code in left if gains[place][code] == 0]
        kept = frozenset(no_higher.union(left))
        return all(one.met(kept) for one in asked)

    ring: list[Order] = [tuple(range(len(held)))]
    seen = set(ring)
    fewest = 0
    while True:
        found = tuple(sorted(order for order in ring if stable(order)))
        if found:
            return Edits(fewest, found)
        farther: list[Order] = []
        for order in ring:
            for edited in _edited(order):
                if edited not in seen:
                    seen.add(edited)
                    farther.append(edited)
            if len(seen) > MOST_LISTS:
                return Edits(fewest + 1, ())
        ring, fewest = farther, fewest + 1


def _edited(order: Order) -> Iterator[Order]:
    for at, place in enumerate(order):
        rest = (*order[:at], *order[at + 1 :])
        yield rest
        for to in range(len(order)):
            yield (*rest[:to], place, *rest[to:])

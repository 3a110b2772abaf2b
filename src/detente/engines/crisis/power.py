"""Power that a deal or time moves: what is added to the numbers of a confrontation, and the numbers after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.engines.crisis.model import Confrontation


@dataclass(frozen=True, slots=True)
class Shift:
    """What is added: to the first side's chance (in both sides' belief), to the first strike, to each side's cost."""

    win_chance: float = 0.0
    first_strike: float = 0.0
    cost: tuple[float, float] = (0.0, 0.0)


def total(shifts: Iterable[Shift]) -> Shift:
    """Return shifts added up."""
    listed = tuple(shifts)
    return Shift(
        sum(one.win_chance for one in listed),
        sum(one.first_strike for one in listed),
        (sum(one.cost[0] for one in listed), sum(one.cost[1] for one in listed)),
    )


def moved(one: Confrontation, shift: Shift) -> Confrontation:
    """Return a confrontation after a shift; chances stay between 0 and 1, the rest does not fall below 0.

    Examples
    --------
    >>> moved(Confrontation((0.5, 0.5), (0.1, 0.1), 0.1), Shift(win_chance=-0.2, first_strike=-0.3)).first_strike
    0.0
    """
    first, second = (min(max(chance + shift.win_chance, 0.0), 1.0) for chance in one.win_chance)
    return Confrontation(
        win_chance=(first, second),
        cost=(max(one.cost[0] + shift.cost[0], 0.0), max(one.cost[1] + shift.cost[1], 0.0)),
        first_strike=max(one.first_strike + shift.first_strike, 0.0),
        risk=one.risk,
    )

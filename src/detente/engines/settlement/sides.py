"""Parties by who speaks for them: members that one speaker stands for have its numbers, and count once."""

from collections.abc import Sequence

from detente.core.errors import ModelError
from detente.engines.settlement.model import SettlementModel

Sides = tuple[tuple[int, ...], ...]
"""A partition of the parties; those of one side share a speaker."""


def checked_sides(model: SettlementModel, sides: Sequence[Sequence[int]] | None) -> Sides:
    """Return the sides, or each party for itself if there are none.

    Raises
    ------
    ModelError
        If a party is on no side, or on two, or a side is empty.
    """
    if sides is None:
        return tuple((k,) for k in range(model.parties))
    if not all(sides) or sorted(k for side in sides for k in side) != list(range(model.parties)):
        raise ModelError(
            where="settlement: sides",
            what="these sides are no partition of the parties",
            got=tuple(tuple(side) for side in sides),
            allowed=f"Each of the parties 0 to {model.parties - 1} is on one side",
            hint="Put every party on one side",
        )
    return tuple(tuple(side) for side in sides)

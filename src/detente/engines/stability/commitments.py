"""Single commitments about one switch, each with the model that it leads to.

* A *pledge*: the owner no longer turns a switch one way, in no state.
* A *guarantee*: the owner does not turn it that way while a switch of another party is, or is not, taken.
* A *removal*: the switch stays as it is in a given state; states in which it is otherwise cannot occur any more.

Those that change no move are left out. Whether a commitment makes a state stable is found by solving the model anew:
there is no short cut, since a commitment takes away improvements and sanctions alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from detente.engines.stability.model import StabilityModel
from detente.maths.compiled import BoolArray


class Kind(StrEnum):
    """What sort of commitment it is; the value is the JSON word."""

    PLEDGE = "pledge"
    GUARANTEE = "guarantee"
    REMOVAL = "removal"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What is committed about one switch.

    Attributes
    ----------
    kind : Kind
        Pledge, guarantee or removal.
    switch : int
        The switch.
    taken : bool
        The position in which the switch stays once it is there: true for one that is not dropped again.
    given : (int, bool), optional
        Of a guarantee: the switch of another party, and whether the commitment counts where that is taken or where
        not.
    """

    kind: Kind
    switch: int
    taken: bool
    given: tuple[int, bool] | None = None


def commitments(model: StabilityModel, state: int) -> Iterator[Commitment]:
    """Yield every single commitment that changes a move, pledges first; removals keep the switch as in `state`."""
    occurring, frozen = model.occurring(), model.frozen()

    def can_turn(one: Commitment) -> bool:
        return bool((_held(model, one) & occurring & ~(frozen >> one.switch & 1).astype(np.bool_)).any())

    both = (True, False)
    switches = range(model.switches)
    yield from filter(can_turn, (Commitment(Kind.PLEDGE, j, taken) for j in switches for taken in both))
    for j in switches:
        taken = bool(state >> j & 1)
        if (occurring & (_taken(model, j) != taken)).any():
            yield Commitment(Kind.REMOVAL, j, taken)
    conditions = [(m, there) for m in switches for there in both]
    yield from filter(
        can_turn,
        (
            Commitment(Kind.GUARANTEE, j, taken, given)
            for j in switches
            for taken in both
            for given in conditions
            if model.owner[given[0]] != model.owner[j]
        ),
    )


def committed(model: StabilityModel, one: Commitment) -> StabilityModel:
    """Return the model in which a commitment holds.

    Raises
    ------
    ModelError
        If a removal leaves no state that can occur.
    """
    held = _held(model, one)
    if one.kind is Kind.REMOVAL:
        return replace(model, feasible=model.occurring() & held)
    banned = np.zeros(model.states, dtype=np.int64) if model.banned is None else model.banned.copy()
    banned[held] |= 1 << one.switch
    return replace(model, banned=banned)


def _taken(model: StabilityModel, switch: int) -> BoolArray:
    found: BoolArray = (np.arange(model.states) >> switch & 1).astype(np.bool_)
    return found


def _held(model: StabilityModel, one: Commitment) -> BoolArray:
    """Return the states in which the commitment holds the switch where it is."""
    held: BoolArray = _taken(model, one.switch) == one.taken
    if one.given is not None:
        held = held & (_taken(model, one.given[0]) == one.given[1])
    return held

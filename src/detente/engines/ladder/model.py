"""The escalation ladder as arrays: who has a move on which rung, and what each end is worth, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from detente.core.errors import ModelError
from detente.maths.compiled import BoolArray, FloatArray, Int64Array

MOST_PARTIES = 6
MOST_RUNGS = 60


class Climb(StrEnum):
    """How far one act may go up; the value is the word of the command line."""

    NEXT = "next"  # to the next rung on which the party has a move
    ANY = "any"  # to any higher rung on which it has one


@dataclass(frozen=True, slots=True)
class LadderModel:
    """A contest in which parties act in turn, each act on a higher rung than the last, until one party remains.

    Attributes
    ----------
    moves : (parties, rungs) bool
        Whether a party has a move on a rung; rungs in rising order.
    accident : (draws, rungs) float
        Chance that events run out of control while an act on this rung stands, in [0, 1].
    cost : (draws, parties, rungs) float
        What standing on it costs a party that is still in the contest.
    opposed : (parties, parties) bool
        Who is opposed to whom, the same both ways; everybody has an opponent.
    end : (draws, parties, parties) float
        `end[d, i, w]` is what giving way to w is worth to party i, `end[d, i, i]` what prevailing is. Who gives way to
        several gets the least of these.
    uncontrolled : (draws, parties) float
        What events out of control are worth to a party, whether it is still in the contest or not.
    order : (draws, parties) int
        The order of turns, a permutation; it goes round.
    climb : Climb
        How far one act may go.
    """

    moves: BoolArray
    opposed: BoolArray
    accident: FloatArray
    cost: FloatArray
    end: FloatArray
    uncontrolled: FloatArray
    order: Int64Array
    climb: Climb = Climb.NEXT

    def __post_init__(self) -> None:
        parties, rungs = self.moves.shape
        draws = len(self.accident)
        if not 2 <= parties <= MOST_PARTIES:
            raise ModelError(
                where="ladder.parties",
                what="a ladder is for few parties",
                got=parties,
                allowed=f"2 to {MOST_PARTIES} parties",
                hint="Leave some out, or join those that act together",
            )
        if not 1 <= rungs <= MOST_RUNGS:
            raise ModelError(
                where="ladder.rungs",
                what="a ladder has few rungs",
                got=rungs,
                allowed=f"1 to {MOST_RUNGS} rungs",
                hint="Join rungs whose moves are alike",
            )
        wanted = {
            "opposed": (parties, parties),
            "accident": (draws, rungs),
            "cost": (draws, parties, rungs),
            "end": (draws, parties, parties),
            "uncontrolled": (draws, parties),
            "order": (draws, parties),
        }
        for name, shape in wanted.items():
            if getattr(self, name).shape != shape:
                raise ModelError(
                    where=f"ladder.{name}",
                    what="the array has another shape than the others",
                    got=getattr(self, name).shape,
                    allowed=f"{shape}: draws, parties and rungs are the same in all",
                    hint="Correct it",
                )
        if np.any((self.accident < 0) | (self.accident > 1)):
            raise ModelError(
                where="ladder.accident",
                what="this is no chance",
                got=float(self.accident.flat[np.argmax((self.accident < 0) | (self.accident > 1))]),
                allowed="A number from 0 to 1",
                hint="Correct it",
            )
        if (
            self.opposed.diagonal().any()
            or np.any(self.opposed != self.opposed.T)
            or not self.opposed.any(axis=1).all()
        ):
            raise ModelError(
                where="ladder.opposed",
                what="this does not say who is opposed to whom",
                allowed="It is the same both ways, nobody is opposed to itself, and everybody has an opponent",
                hint="Correct it",
            )
        if not np.array_equal(np.sort(self.order, axis=1), np.broadcast_to(np.arange(parties), self.order.shape)):
            raise ModelError(
                where="ladder.order",
                what="this is not an order of turns",
                allowed="Each row names every party once",
                hint="Correct it",
            )


@dataclass(frozen=True, slots=True)
class LadderPlay:
    """How the contest would go in each draw, from each rung and with each party first.

    The second index is the rung on which one stands before the turn: 0 for below the ladder, k for the k-th rung. The
    third is the party whose turn it is, everybody being still in.

    Attributes
    ----------
    act : (draws, rungs + 1, parties) int
        The rung that the party goes to; 0 where it gives way.
    last : (draws, rungs + 1, parties) int
        The highest rung that is reached, unless events run out of control before.
    remains : (draws, rungs + 1, parties) int
        Who remains at the end, as bits: 1 for the first party, 2 for the second, 4 for the third.
    accident : (draws, rungs + 1, parties) float
        Chance that events run out of control on the way.
    value : (draws, rungs + 1, parties, parties) float
        What the contest is worth to each party (last index).
    """

    act: Int64Array
    last: Int64Array
    remains: Int64Array
    accident: FloatArray
    value: FloatArray

"""The graph model: who may flip which switch, which states can occur, and what each party prefers.

A *state* says of every switch whether it is taken; its code has bit j set where switch j
is. A *move* of a player flips any non-empty set of its own switches at once, each in a
direction that is allowed, and ends in a state that can occur; what lies between need not.
A *player* is a party, or a coalition whose members move together; an *improvement* is a
move after which every member is strictly better off.

Left out: names, what a state means, and time. Preferences under uncertainty and of
different strength are relations over few states, see `relations`.

References
----------
.. [Fang1993] Fang, Hipel & Kilgour (1993). Interactive Decision Making: The Graph Model for
   Conflict Resolution. Wiley.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from detente.core.errors import ModelError
from detente.maths.compiled import BoolArray, Int64Array

Int32Array = NDArray[np.int32]

MOST_SWITCHES = 26
"""Arrays over all states are held in memory: 2**26 states are 256 MiB per party."""

Players = tuple[tuple[int, ...], ...]
"""A partition of the parties; each part moves as one."""


class Direction(StrEnum):
    """In which direction a switch may be flipped."""

    BOTH = "both"
    TAKE_ONLY = "take-only"  # N to Y
    DROP_ONLY = "drop-only"  # Y to N


class Concept(StrEnum):
    """What a player looks at before it leaves a state; the value is the CLI and JSON word."""

    NASH = "nash"
    GMR = "gmr"
    SMR = "smr"
    SEQ = "seq"
    SIM = "sim"


class Reply(StrEnum):
    """How the others may answer a move."""

    LEGAL = "legal"  # any sequence in which nobody moves twice in a row
    ONCE = "once"  # each at most once, in any order
    SINGLE = "single"  # exactly one move of one of them


@dataclass(frozen=True, slots=True)
class StabilityModel:
    """Switches, states that can occur, and rankings.

    Attributes
    ----------
    parties : int
        Number of parties; one without a switch is allowed.
    owner : tuple of int
        Party of each switch; switch j is bit j of a state's code.
    allowed : tuple of Direction
        For each switch.
    ranks : (parties, 2**switches) int32
        Larger is better, equal is indifferent; only the order counts. Values at
        states that cannot occur are not read.
    feasible : (2**switches,) bool, optional
        Which states can occur; None when all can.
    banned : (2**switches,) int64, optional
        Bit j is set where switch j may not be flipped in that state; None when
        nothing is banned. The state itself says in which direction.

    Raises
    ------
    ModelError
        If shapes, owners or sizes do not fit, or no state can occur.
    """

    parties: int
    owner: tuple[int, ...]
    allowed: tuple[Direction, ...]
    ranks: Int32Array
    feasible: BoolArray | None = None
    banned: Int64Array | None = None

    def __post_init__(self) -> None:
        switches = len(self.owner)
        where = "StabilityModel"
        if self.parties < 1:
            raise ModelError(where=where, what="number of parties is too small", got=self.parties, allowed="At least 1")
        if switches > MOST_SWITCHES:
            raise ModelError(
                where=where,
                what="too many switches",
                got=switches,
                allowed=f"At most {MOST_SWITCHES}, that is 2**{MOST_SWITCHES} states",
                hint="Join switches that are always flipped together",
            )
        if len(self.allowed) != switches:
            raise ModelError(
                where=where, what="directions do not fit the switches", got=len(self.allowed),
                allowed=f"One for each of the {switches} switches",
            )  # fmt: skip
        if any(not 0 <= party < self.parties for party in self.owner):
            raise ModelError(
                where=where, what="owner of a switch is no party", got=self.owner,
                allowed=f"Numbers from 0 to {self.parties - 1}",
            )  # fmt: skip
        states = 1 << switches
        if self.ranks.shape != (self.parties, states) or self.ranks.dtype != np.int32:
            raise ModelError(
                where=where, what="ranks have the wrong shape or type", got=f"{self.ranks.shape} {self.ranks.dtype}",
                allowed=f"({self.parties}, {states}) of int32",
            )  # fmt: skip
        for name, array, kind in (("feasible", self.feasible, np.bool_), ("banned", self.banned, np.int64)):
            if array is not None and (array.shape != (states,) or array.dtype != kind):
                raise ModelError(
                    where=where, what=f"{name} has the wrong shape or type", got=f"{array.shape} {array.dtype}",
                    allowed=f"({states},) of {np.dtype(kind)}",
                )  # fmt: skip
        if self.feasible is not None and not self.feasible.any():
            raise ModelError(
                where=where, what="no state can occur", allowed="At least one", hint="Loosen what is ruled out"
            )

    @property
    def switches(self) -> int:
        """Return the number of switches."""
        return len(self.owner)

    @property
    def states(self) -> int:
        """Return the number of codes, of states that can occur or not."""
        return 1 << len(self.owner)

    @property
    def reversible(self) -> bool:
        """Return whether every state can occur and every switch can be flipped in it."""
        return (
            (self.feasible is None or bool(self.feasible.all()))
            and all(direction is Direction.BOTH for direction in self.allowed)
            and (self.banned is None or not self.banned.any())
        )

    def occurring(self) -> BoolArray:
        """Return for each code whether the state can occur."""
        return np.ones(self.states, dtype=np.bool_) if self.feasible is None else self.feasible

    def mask(self, parties: Sequence[int]) -> int:
        """Return the bits of the switches that the parties own."""
        members = frozenset(parties)
        return sum(1 << j for j, party in enumerate(self.owner) if party in members)

    def frozen(self) -> Int64Array:
        """Return for each state the bits of the switches that cannot be flipped in it."""
        codes = np.arange(self.states, dtype=np.int64)
        take_only = sum(1 << j for j, direction in enumerate(self.allowed) if direction is Direction.TAKE_ONLY)
        drop_only = sum(1 << j for j, direction in enumerate(self.allowed) if direction is Direction.DROP_ONLY)
        stuck = (codes & take_only) | (~codes & drop_only)
        return stuck if self.banned is None else stuck | self.banned


@dataclass(frozen=True, slots=True)
class Findings:
    """Which states are stable for whom.

    Attributes
    ----------
    players : tuple of tuples of int
        The parties of each player; a coalition is one player.
    reply : Reply
        How the others were allowed to answer.
    stability : dict from Concept to (players, states) bool
        False at states that cannot occur.
    equilibria : dict from Concept to int64 array
        Codes of the states that are stable for every player, ascending.
    """

    players: Players
    reply: Reply
    stability: dict[Concept, BoolArray]
    equilibria: dict[Concept, Int64Array]


def single_parties(model: StabilityModel) -> Players:
    """Return the partition in which every party plays for itself."""
    return tuple((party,) for party in range(model.parties))


MOST_ONCE = 1 << 26
"""Replies of each once take a number for every state and every set of the others; of so many at most."""


def takes_once(model: StabilityModel, players: Players) -> bool:
    """Return whether replies in which each of the others moves once at most can be followed in a model."""
    return model.states << (len(players) - 1) <= MOST_ONCE


def check_once(model: StabilityModel, players: Players, reply: Reply, where: str) -> None:
    """Raise ModelError where replies of each once are asked for and there are too many players and states."""
    if reply is Reply.ONCE and not takes_once(model, players):
        raise ModelError(
            where=where, what="too many players and states for replies of each once",
            got=f"{len(players)} players and {model.states:,} states",
            allowed=f"States times sets of other players, at most {MOST_ONCE:,}",
            hint="Use legal sequences or single replies",
        )  # fmt: skip


def check_players(model: StabilityModel, players: Players, where: str) -> None:
    """Raise ModelError unless the players are a partition of the parties."""
    if sorted(party for part in players for party in part) != list(range(model.parties)) or not all(players):
        raise ModelError(
            where=where, what="players are no partition of the parties", got=players,
            allowed=f"Each of the parties 0 to {model.parties - 1} in exactly one player",
        )  # fmt: skip

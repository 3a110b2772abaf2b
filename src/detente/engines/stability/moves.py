"""Moves one at a time, for what is asked about a few states only: certificates and paths."""

from dataclasses import dataclass

import numpy as np

from detente.engines.stability.model import Direction, Players, StabilityModel
from detente.maths.compiled import BoolArray, Int64Array


def parts_of(mask: int) -> Int64Array:
    """Return every non-empty subset of the bits of a mask, ascending."""
    found = np.zeros(1, dtype=np.int64)
    for bit in (1 << j for j in range(mask.bit_length()) if mask >> j & 1):
        found = np.concatenate((found, found | bit))
    return found[1:]


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves and improvements of players in a model."""

    model: StabilityModel
    players: Players

    def stuck(self, state: int) -> int:
        """Return the bits of the switches that cannot be flipped in a state."""
        model = self.model
        bits = 0 if model.banned is None else int(model.banned[state])
        for j, direction in enumerate(model.allowed):
            taken = state >> j & 1
            if direction is (Direction.TAKE_ONLY if taken else Direction.DROP_ONLY):
                bits |= 1 << j
        return bits

    def reach(self, player: int, state: int) -> Int64Array:
        """Return the states that a player reaches in one move."""
        targets = state ^ parts_of(self.model.mask(self.players[player]) & ~self.stuck(state))
        return targets if self.model.feasible is None else targets[self.model.feasible[targets]]

    def better(self, player: int, here: int, there: Int64Array) -> BoolArray:
        """Return for which states every member of a player is strictly better off than here."""
        rows = list(self.players[player])
        ranks = self.model.ranks
        gains = ranks[rows][:, there] > ranks[rows, here][:, np.newaxis]
        result: BoolArray = np.logical_and.reduce(gains, axis=0)
        return result

    def improvements(self, player: int, state: int) -> Int64Array:
        """Return the states that a player reaches in one move and strictly prefers."""
        targets = self.reach(player, state)
        return targets[self.better(player, state, targets)]

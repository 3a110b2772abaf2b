"""Random streams, spawned from the seed and a position, never from a name.

A stream that depended on a label would make results change when two labels are swapped; a stream that
depended on how work is split would make them change with the number of workers.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


DRAWS = 1000
"""Draws of the judged numbers unless another number is asked for."""


class Purpose(IntEnum):
    """What a stream is for: the first number of its position, so that no two uses share draws."""

    ESTIMATES = 0
    BINDING = 1
    INFERENCE = 2
    RECORD = 3
    LADDER = 7
    DETERRENCE = 14
    OFFERS = 11


def stream(seed: int, *position: int) -> np.random.Generator:
    """Return the generator that belongs to a position (for example draw 7 of part 2) under a seed."""
    import numpy as np

    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=position))

"""What is worked out once for a large frozen value: remembered by which object it is.

`functools.lru_cache` would compare and hash ten thousand names at each call.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def once_per_object(function: Callable[[T], R], *, most: int = 8) -> Callable[[T], R]:
    """Return a function of one frozen object that remembers its results for the last few objects.

    The object itself is kept beside the result, so that no other can come to have its identity.
    """
    held: OrderedDict[int, tuple[T, R]] = OrderedDict()

    @wraps(function)
    def remembered(value: T) -> R:
        key = id(value)
        if key not in held:
            held[key] = (value, function(value))
            if len(held) > most:
                held.popitem(last=False)
        return held[key][1]

    return remembered

"""Compilation of inner loops to machine code, with types that survive it.

Numba's decorator is untyped; this one keeps the signature of what it wraps, so
the rest of the package is checked as if the function were plain Python. Each
kernel states its machine signature and is cached on disk: the cost of compiling
is paid once per installation, not once per process.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Int8Array = NDArray[np.int8]
Int64Array = NDArray[np.int64]
UInt64Array = NDArray[np.uint64]
BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]

P = ParamSpec("P")
R = TypeVar("R")


def compiled(signature: str, *, threaded: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that compiles a function for the machine types named in `signature`.

    A `threaded` one lets other threads run Python meanwhile.
    """
    decorate: Any = numba.njit(signature, cache=True, nogil=threaded)
    return cast(Callable[[Callable[P, R]], Callable[P, R]], decorate)

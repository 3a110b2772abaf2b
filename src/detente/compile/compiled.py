"""What compiling yields: a model, the trace back to the case, what is missing and what was assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

M = TypeVar("M")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Compiled(Generic[M, T]):
    """An engine's model with everything that leads back from its indices to the case.

    Attributes
    ----------
    model : M
        Frozen arrays, no names.
    trace : T
        Which case item each index of the model stands for.
    assumed : tuple of str
        What was taken for granted on the way, one sentence each.
    """

    model: M
    trace: T
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a model cannot be built: who has no coded number at all, or no issue that all share."""

    parties: tuple[str, ...]
    no_shared_issue: bool = False

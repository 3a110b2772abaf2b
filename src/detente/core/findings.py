"""What an engine or the ledger concludes, with all that is needed to repeat it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Findings(Generic[S]):
    """What one engine concluded from one model.

    Attributes
    ----------
    engine : str
        The engine's word, as in the command line.
    solutions : tuple of S
        The conclusions; empty means "looked and found none", and `notes` says why.
    assumptions : tuple of str
        What the model takes for granted.
    notes : tuple of str
        Limits that were met on the way.
    parameters : mapping
        The arguments with which `solve` was called, seed included where there is one.
    """

    engine: str
    solutions: tuple[S, ...]
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

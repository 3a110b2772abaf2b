"""A finite game as plain values: in strategic form, or as a tree.

Payoffs and chances are exact fractions, so that chances add up and no program that reads them rounds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from detente.core.errors import ModelError


@dataclass(frozen=True, slots=True)
class StrategicGame:
    """Every player chooses once, not knowing what the others choose.

    Attributes
    ----------
    title : str
        What the game is.
    players : tuple of str
        Their names.
    strategies : tuple of tuple of str
        What each player may choose.
    payoffs : tuple of tuple of Fraction
        For each profile, one payoff per player; the first player's choice runs fastest, as in the file format.
    """

    title: str
    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    payoffs: tuple[tuple[Fraction, ...], ...]

    def __post_init__(self) -> None:
        profiles = prod(map(len, self.strategies))
        if len(self.strategies) != len(self.players) or len(self.payoffs) != profiles:
            raise ModelError(
                where="StrategicGame", what="payoffs do not fit the strategies", got=len(self.payoffs),
                allowed=f"One row for each of the {profiles} profiles",
            )  # fmt: skip

    def profiles(self) -> Iterator[tuple[int, ...]]:
        """Yield the profiles in the order of the payoffs."""
        for turned in product(*(range(len(own)) for own in reversed(self.strategies))):
            yield tuple(reversed(turned))


@dataclass(frozen=True, slots=True)
class Outcome:
    """An end of the game: one payoff per player."""

    label: str
    payoffs: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """A node at which nobody chooses: each branch has a chance, and these add up to 1."""

    label: str
    branches: tuple[tuple[str, Fraction, Node], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A node at which a player chooses.

    Nodes of a player that carry the same `information` are one set: the player does not know at which of them it is,
    and they offer the same choices.
    """

    player: int
    information: str
    branches: tuple[tuple[str, Node], ...]


Node = Outcome | Chance | Decision


@dataclass(frozen=True, slots=True)
class GameTree:
    """A game played one move after the other."""

    title: str
    players: tuple[str, ...]
    root: Node

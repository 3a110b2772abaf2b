"""The crisis engine in one call: ranges, what closes them, and what comes about without agreement."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from detente.core.findings import Findings
from detente.core.progress import Progress
from detente.engines.crisis.bargaining_range import (
    Range,
    RangeTurn,
    bargaining_range,
    critical_first_strike,
    find_range_turns,
    war_values,
)
from detente.engines.crisis.game import Equilibrium, Start, find_equilibria, find_starts
from detente.engines.crisis.model import CrisisModel, Judged

ASSUMES = (
    "A confrontation is a lottery: one side prevails and gets all that is at stake for it, and both pay.",
    "Each side judges by its own belief, its own cost and its own attitude to risk.",
    "Who can start something may also leave it; an ability is no intention.",
)


@dataclass(frozen=True, slots=True)
class RangeFindings:
    """The range of one confrontation.

    Attributes
    ----------
    mode, narrowest, widest : Range
        At the most likely numbers, and at those in range that leave the least and the most room.
    war_values : (first, second)
        What fighting is worth to each side that strikes first, in shares of its stake.
    optimism : float
        By how much the sides' chances of prevailing add up to more than 1.
    critical_first_strike : float
        Beyond which the range is empty.
    turns : tuple of RangeTurn
        Where each number alone turns it.
    """

    mode: Range
    narrowest: Range
    widest: Range
    war_values: tuple[float, float]
    optimism: float
    critical_first_strike: float
    turns: tuple[RangeTurn, ...]


@dataclass(frozen=True, slots=True)
class Crisis:
    """What the engine finds: one entry per confrontation, and the game of no agreement where there is one."""

    ranges: tuple[RangeFindings, ...]
    equilibria: tuple[Equilibrium, ...]
    starts: tuple[Start, ...]
    rest: tuple[float, ...]


def solve(model: CrisisModel, *, progress: Progress | None = None) -> Findings[Crisis]:
    """Return the bargaining range of every confrontation and the equilibria of no agreement.

    Parameters
    ----------
    model : CrisisModel
        Confrontations and the game of no agreement.
    progress : Progress, optional
        Called with the share done and a word.

    Returns
    -------
    Findings of Crisis
        Exactly one; an empty range is a finding and not an error.
    """
    game = model.game
    found = Crisis(
        ranges=tuple(_range(one) for one in model.confrontations),
        equilibria=() if game is None else find_equilibria(game),
        starts=() if game is None else find_starts(game),
        rest=() if game is None else tuple(map(float, game.rest())),
    )
    notes = []
    if game is not None and not found.equilibria:
        notes.append("No profile of pure strategies is stable: what comes about without agreement is open.")
    if progress is not None:
        progress(1.0, "done")
    return Findings("crisis", (found,), ASSUMES, tuple(notes), MappingProxyType({}))


def _range(one: Judged) -> RangeFindings:
    first, second = one.mode.win_chance
    return RangeFindings(
        mode=bargaining_range(one.mode),
        narrowest=bargaining_range(one.narrowest),
        widest=bargaining_range(one.widest),
        war_values=war_values(one.mode),
        optimism=first - second,
        critical_first_strike=critical_first_strike(one.mode),
        turns=tuple(find_range_turns(one.mode)),
    )

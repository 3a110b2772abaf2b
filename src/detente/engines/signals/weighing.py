"""What one signal, one text or one pledge comes to, as ranges, and where each answer turns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from detente.engines.signals.hands import Defence
from detente.engines.signals.model import Offered, Pledged, Resistance, SignalCosts, Span


class Binds(StrEnum):
    """Whether a cost reaches what is needed, at the numbers in their ranges."""

    AT_ALL = "at all numbers in range"
    AT_SOME = "at some"
    AT_NONE = "at none"


def reaches(cost: Span, needed: Span) -> Binds:
    """Return whether a cost reaches what is needed: at all numbers, at some, or at none.

    Examples
    --------
    >>> reaches(Span(0.1, 0.2, 0.3), Span(0.25, 0.4, 0.6)).value
    'at some'
    """
    if cost.low >= needed.high:
        return Binds.AT_ALL
    return Binds.AT_SOME if cost.high >= needed.low else Binds.AT_NONE


@dataclass(frozen=True, slots=True)
class Needed:
    """How much a signal must tie or sink before those who would not fight do not send it."""

    tied: Span
    sunk: Span
    by_tying: Binds
    by_sinking: Binds


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a signal comes to.

    Attributes
    ----------
    sinks, ties, moves : bool
        Its kinds of cost: some of it is lost anyway, some by giving way, and the chance to prevail moves.
    reversal, reversal_otherwise : Span or None
        What giving way afterwards costs, by the channel in which it was made, and by the other one; None where an
        audience's number is missing.
    moved : Span or None
        What the moved chance is worth in a fight.
    needed : Needed, optional
        After Fearon (1997), where it is known what a fight is to both.
    """

    sinks: bool
    ties: bool
    moves: bool
    reversal: Span | None
    reversal_otherwise: Span | None
    moved: Span | None
    needed: Needed | None


def weigh(signal: SignalCosts) -> Weighed:
    """Return what a signal comes to."""
    used, otherwise = signal.in_public, signal.in_private
    if not signal.public:
        used, otherwise = otherwise, used
    reversal, other = _total(signal.tied, used), _total(signal.tied, otherwise)
    return Weighed(
        sinks=signal.sunk.high > 0,
        ties=reversal is None or reversal.high > 0,
        moves=signal.win_gain.low != 0 or signal.win_gain.high != 0,
        reversal=reversal,
        reversal_otherwise=other,
        moved=None if signal.stake is None else signal.win_gain.times(signal.stake),
        needed=None if signal.resistance is None else _needed(signal, signal.resistance, reversal),
    )


def _total(tied: Span, audiences: tuple[Span | None, ...]) -> Span | None:
    known = [one for one in audiences if one is not None]
    return tied + Span.total(known) if len(known) == len(audiences) else None


def _needed(signal: SignalCosts, resistance: Resistance, reversal: Span | None) -> Needed:
    def at(win: float, cost: float) -> tuple[float, float]:
        defence = Defence(win, cost, resistance.determined)
        return defence.tied, defence.sunk

    win, cost = resistance.win, resistance.cost
    # both fall in the chance to prevail and rise in the cost of a fight
    tied, sunk = (
        Span(low, mode, high)
        for low, mode, high in zip(at(win.high, cost.low), at(win.mode, cost.mode), at(win.low, cost.high), strict=True)
    )
    return Needed(
        tied=tied,
        sunk=sunk,
        by_tying=Binds.AT_NONE if reversal is None else reaches(reversal, tied),
        by_sinking=reaches(signal.sunk, sunk),
    )


class Gains(StrEnum):
    """Whether something is worth more than no agreement: whatever the numbers, at some of them, or at none."""

    SURELY = "at all numbers in range"
    PERHAPS = "at some"
    NEVER = "at none"


@dataclass(frozen=True, slots=True)
class Gaining:
    """Whether a text's author, and each of the others, would gain if it were accepted."""

    author: Gains
    others: tuple[Gains, ...]

    @property
    def some_other(self) -> Gains:
        """Whether anybody else would gain."""
        if Gains.SURELY in self.others:
            return Gains.SURELY
        return Gains.PERHAPS if Gains.PERHAPS in self.others else Gains.NEVER


@dataclass(frozen=True, slots=True)
class Meant:
    """Who would gain if a text were accepted: at the most likely numbers, and whatever the numbers in their ranges.

    An offer that is refused costs its author nothing, whatever it holds; what it would cost is its acceptance. So an
    offer tells something of its author only as far as somebody could accept it: after Groseclose and McCarty (2001),
    where a proposer before an audience may prefer a proposal that is refused.
    """

    likely: Gaining
    whatever: Gaining


def gains(margin: tuple[float, float]) -> Gains:
    """Return whether a margin over no agreement is at least 0.

    Examples
    --------
    >>> gains((-0.1, 0.2)).value
    'at some'
    """
    low, high = margin
    if low >= 0:
        return Gains.SURELY
    return Gains.PERHAPS if high >= 0 else Gains.NEVER


def meant(offer: Offered) -> Meant:
    """Return who would gain if a text were accepted."""
    return Meant(*(Gaining(gains(own), tuple(map(gains, others))) for own, *others in (offer.likely, offer.whatever)))


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether a pledge holds against the best package that breaks it.

    `from_cost` is the cost of going back from which on its party does at least as well by a package that keeps it, or
    by no agreement; `from_cost_alone` the one from which on it does at least as well by no agreement, if no package
    that keeps it is on offer. Both are exact; None where no package that breaks it leaves all others at least as well
    off as no agreement. `holds` and `holds_alone` are None where the cost is not known.
    """

    from_cost: float | None
    from_cost_alone: float | None
    holds: Binds | None
    holds_alone: Binds | None


def holding(pledge: Pledged) -> Holding:
    """Return from which cost of going back on a pledge holds."""
    if pledge.breaks is None:
        return Holding(None, None, Binds.AT_ALL, Binds.AT_ALL)
    kept = pledge.no_agreement if pledge.keeps is None else max(pledge.keeps, pledge.no_agreement)
    needed, alone = (max(float(pledge.breaks - one), 0.0) for one in (kept, pledge.no_agreement))
    return Holding(needed, alone, _holds(pledge.cost, needed), _holds(pledge.cost, alone))


def _holds(cost: Span | None, needed: float) -> Binds | None:
    if cost is None:
        return Binds.AT_ALL if needed == 0 else None
    return reaches(cost, Span(needed, needed, needed))


def corners(*spans: Span) -> tuple[tuple[float, ...], ...]:
    """Return every choice of ends of some ranges."""
    return tuple(product(*((one.low, one.high) for one in spans)))

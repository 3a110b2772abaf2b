"""What the models of signals read: judged numbers as ranges, per signal, contest, text and pledge; no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from detente.engines.signals.laws import Mixture


@dataclass(frozen=True, slots=True)
class Span:
    """A judged number: its least, its most likely and its largest value."""

    low: float
    mode: float
    high: float

    def __add__(self, other: Span) -> Span:
        """Return the sum, end by end."""
        return Span(self.low + other.low, self.mode + other.mode, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        """Return the difference, from its least to its most."""
        return Span(self.low - other.high, self.mode - other.mode, self.high - other.low)

    def times(self, factor: float) -> Span:
        """Return the range times a factor of at least 0."""
        return Span(self.low * factor, self.mode * factor, self.high * factor)

    @classmethod
    def total(cls, spans: Iterable[Span]) -> Span:
        """Return the sum of some ranges; 0 of none."""
        whole = cls(0.0, 0.0, 0.0)
        for one in spans:
            whole += one
        return whole


@dataclass(frozen=True, slots=True)
class Resistance:
    """What a fight is to the sender of a signal, and how likely its hearer tries even a sender that would fight."""

    win: Span
    cost: Span
    determined: float


@dataclass(frozen=True, slots=True)
class SignalCosts:
    """What one signal costs and binds, on the sender's scale.

    Attributes
    ----------
    sunk, tied : Span
        What is lost whatever follows, and what is lost by giving way besides what audiences take; 0 where not given.
    in_public, in_private : tuple of Span or None
        What each audience takes if its party goes back on its word; None where it is not known.
    public : bool
        How it was made.
    win_gain : Span
        What it adds to the chance to prevail.
    stake : float, optional
        What winning over losing is worth to the sender; None where nothing can be fought over.
    resistance : Resistance, optional
        Where it is known what a fight is to sender and hearer.
    """

    sunk: Span
    tied: Span
    in_public: tuple[Span | None, ...]
    in_private: tuple[Span | None, ...]
    public: bool
    win_gain: Span
    stake: float | None = None
    resistance: Resistance | None = None


@dataclass(frozen=True, slots=True)
class Contestant:
    """One side of a contest: what its own text, giving way, and a fight are worth to it.

    `audience` is what all of its audiences take after public words; `war` is the law of the war value, both on its
    scale. None where the case does not say. `delay` is what a year of waiting costs.
    """

    prevails: Span
    gives_way: Span
    fight: Span
    war: Mixture
    audience: Span | None = None
    delay: Span | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A text on the table: what it is worth over no agreement, to its author first and then to each of the others.

    `likely` ranges over what the text leaves open, at the most likely numbers; `whatever` over every judged number in
    its range as well.
    """

    likely: tuple[tuple[float, float], ...]
    whatever: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Pledged:
    """A pledge: the best package for its party that keeps it, the best that breaks it, no agreement, and the cost.

    None where no package of the kind leaves all others at least as well off as no agreement.
    """

    keeps: Fraction | None
    breaks: Fraction | None
    no_agreement: Fraction
    cost: Span | None


@dataclass(frozen=True, slots=True)
class SignalsModel:
    """Signals, contests between two sides, texts on the table, and pledges."""

    signals: tuple[SignalCosts, ...] = ()
    contests: tuple[tuple[Contestant, Contestant], ...] = ()
    offers: tuple[Offered, ...] = ()
    pledges: tuple[Pledged, ...] = ()

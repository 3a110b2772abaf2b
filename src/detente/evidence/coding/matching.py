"""Which codings of a text match which others: the coder's and a person's, or those of two persons.

Two codings can match if their spans overlap by at least half of the shorter one. Matching is one to one and the largest
possible, so the order of codings has no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from detente.evidence.statement import Act

OVERLAP = 0.5
"""Part of the shorter span that two codings have to share."""


class Coded(Protocol):
    """A span and the acts that somebody sees in it."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """Character after the last."""

    @property
    def act(self) -> Act:
        """First choice."""

    @property
    def second_act(self) -> Act | None:
        """Second choice."""


Agree = Callable[[Coded, Coded], bool]
"""Whether two codings, the first found and the second true, say the same."""


def same_span(found: Coded, true: Coded) -> bool:
    """Return whether two spans overlap by at least half of the shorter one.

    Examples
    --------
    >>> from types import SimpleNamespace as Span
    >>> same_span(Span(start=0, end=10), Span(start=5, end=40))
    True
    """
    shared = min(found.end, true.end) - max(found.start, true.start)
    return shared >= OVERLAP * min(found.end - found.start, true.end - true.start) and shared > 0


def same_act(found: Coded, true: Coded) -> bool:
    """Return whether the act found is the true act or its second choice."""
    return same_span(found, true) and found.act in (true.act, true.second_act)


def either_act(found: Coded, true: Coded) -> bool:
    """Return whether the first or second choices of both have an act in common."""
    return same_span(found, true) and not {found.act, found.second_act or found.act}.isdisjoint(
        {true.act, true.second_act or true.act}
    )


def matched(found: Sequence[Coded], true: Sequence[Coded], agree: Agree = same_act) -> list[tuple[int, int]]:
    """Return the largest one-to-one matching of codings that agree, as pairs of their places.

    Parameters
    ----------
    found, true : sequence
        Codings of one text.
    agree : callable
        Which codings may be matched.
    """
    table = np.array([[agree(one, other) for other in true] for one in found], dtype=bool)
    if not table.any():
        return []
    column = maximum_bipartite_matching(csr_array(table), perm_type="column")
    return [(row, int(other)) for row, other in enumerate(column) if other >= 0]


@dataclass(frozen=True, slots=True)
class Score:
    """Numbers of codings found, true and matched."""

    found: int
    true: int
    matched: int

    @property
    def precision(self) -> float:
        """Part of those found that match; 0 if none was found."""
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Part of the true ones that are matched; 0 if there is none."""
        return self.matched / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both: 2 matched / (found + true)."""
        return 2 * self.matched / (self.found + self.true) if self.found + self.true else 0.0

    def __add__(self, other: Score) -> Score:
        """Return the score of both texts together."""
        return Score(self.found + other.found, self.true + other.true, self.matched + other.matched)


def score(found: Sequence[Coded], true: Sequence[Coded], agree: Agree = same_act) -> Score:
    """Return how many codings of one text are found, true and matched."""
    return Score(len(found), len(true), len(matched(found, true, agree)))


def interval(scores: Sequence[Score], *, seed: int, draws: int = 2000, level: float = 0.95) -> tuple[float, float]:
    """Return the bootstrap interval of F1 when texts, not single codings, are drawn anew (Efron & Tibshirani 1993).

    Parameters
    ----------
    scores : sequence of Score
        One per text: codings of one text are not independent of each other.
    seed : int
        Of the draws.
    """
    table = np.array([(one.found, one.true, one.matched) for one in scores], dtype=np.int64)
    drawn = np.random.default_rng(seed).integers(len(scores), size=(draws, len(scores)))
    found, true, both = table[drawn].sum(axis=1).T
    f1 = 2 * both / np.maximum(found + true, 1)
    low, high = np.quantile(f1, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)

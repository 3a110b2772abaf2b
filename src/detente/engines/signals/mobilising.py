r"""A military move sinks costs, ties hands and moves the chance to prevail, all at once.

Forces :math:`a` and :math:`b` stand against each other; a side that adds m prevails with chance

.. math:: p(m) = \frac{\lambda (a + m)}{\lambda (a + m) + b},

and pays m whatever follows. A fight is then worth :math:`p(m) v - c - m`, giving way :math:`-m`. So it fights from
:math:`v = c / p(m)` on, which falls in m (hands are tied by power, not by an audience), and the other side, which
values the same thing at x and pays :math:`k` for a fight, holds back once :math:`(1 - p(m)) x \le k`, which m brings
about by itself (the chance has moved).

Known to both, a side with value v therefore has three plans: give way, worth 0; fight with what serves best for
that, :math:`m_w = \max(0, \sqrt{b v / \lambda} - a - b / \lambda)`; or deter with the larger of
:math:`m_d = \max(0, (x/k - 1) b / \lambda - a)` and :math:`m_c = \max(0, \frac{c}{v - c} b / \lambda - a)`, from
which on it would fight, worth :math:`v - m`. So force can *create* the commitment that it shows, and deterrence can
need *more* of it than a fight: peace at higher allocations than war.

Known to itself alone, a signal of a given size is sent from a threshold on, and types between that threshold and
:math:`(c - t) / (p + \delta)` send it and would give way: unlike pure sunk costs and purely tied hands, a move
that does both at a size one cannot choose leaves such types. :func:`given_signal` finds the thresholds.

References
----------
.. [Slantchev2005] Slantchev, B. L. (2005). Military coercion in interstate crises. American Political Science Review
   99(4), 533-547. The published game lets both sides mobilise and the second strike first; this one does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from scipy.optimize import brentq

from detente.core.errors import ModelError
from detente.engines.signals.laws import Law

STEPS = 400
"""Points at which the gain from a signal is looked at; a threshold lies where its sign turns."""


@dataclass(frozen=True, slots=True)
class Forces:
    """Forces on both sides, and how much more a unit of one's own counts than one of the other's."""

    own: float
    other: float
    advantage: float = 1.0

    def __post_init__(self) -> None:
        """Refuse forces that are not there."""
        if not (self.own >= 0 and self.other > 0 and self.advantage > 0):
            raise ModelError(
                where="signals.mobilising: forces",
                what="these are no forces",
                got=(self.own, self.other, self.advantage),
                allowed="own is at least 0, other and advantage are positive",
                hint="Correct them",
            )

    def win(self, added: float) -> float:
        """Return the chance to prevail with so much added."""
        mine = self.advantage * (self.own + added)
        return mine / (mine + self.other)

    def for_a_fight(self, value: float) -> float:
        """Return what serves a fight over a value best: where a unit more raises the chance by its own cost."""
        return max(0.0, math.sqrt(self.other * value / self.advantage) - self.own - self.other / self.advantage)

    def to_be_willing(self, value: float, cost: float) -> float:
        """Return the least with which a side of some value would fight rather than give way; infinite if none is."""
        if cost <= 0:
            return 0.0
        if value <= cost:
            return math.inf
        return max(0.0, cost / (value - cost) * self.other / self.advantage - self.own)

    def to_deter(self, stake: float, cost: float) -> float:
        """Return the least that makes the other side hold back if it is sure of a fight."""
        if cost <= 0:
            return math.inf if stake > 0 else 0.0
        return max(0.0, (stake / cost - 1.0) * self.other / self.advantage - self.own)


class Plan(StrEnum):
    """What a side does whose value is known."""

    GIVE_WAY = "give way"
    FIGHT = "fight"
    DETER = "deter"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan, what it mobilises and what it is worth."""

    plan: Plan
    added: float
    worth: float


def chosen_plan(forces: Forces, value: float, cost: float, stake: float, opponent_cost: float) -> Chosen:
    """Return the plan with the highest worth for a side of known value; at a tie the one without a fight.

    Examples
    --------
    >>> found = chosen_plan(Forces(1.0, 1.0), value=4.0, cost=0.2, stake=0.7, opponent_cost=0.2)
    >>> found.plan.value, round(found.added, 3), round(Forces(1.0, 1.0).for_a_fight(4.0), 3)
    ('deter', 1.5, 0.0)
    """
    fight = forces.for_a_fight(value)
    plans = [
        Chosen(Plan.GIVE_WAY, 0.0, 0.0),
        Chosen(Plan.FIGHT, fight, forces.win(fight) * value - cost - fight),
    ]
    deter = max(forces.to_deter(stake, opponent_cost), forces.to_be_willing(value, cost))
    if math.isfinite(deter):
        plans.insert(1, Chosen(Plan.DETER, deter, value - deter))
    return max(plans, key=lambda one: one.worth)


@dataclass(frozen=True, slots=True)
class GivenSignal:
    """A signal whose size is not chosen: what it sinks, what it ties, and what it adds to the chance to prevail."""

    sunk: float = 0.0
    tied: float = 0.0
    win_gain: float = 0.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """An equilibrium in which a given signal is sent from a value on.

    Attributes
    ----------
    sent_from, fights_from : float
        From which value on it is sent, and from which its sender fights if challenged.
    challenged, challenged_silent : float
        Probability of a challenge after it, and without it.
    gives_way_after : float
        Share of those who sent it that would give way if challenged.
    fights : float
        Probability of a fight.
    """

    sent_from: float
    fights_from: float
    challenged: float
    challenged_silent: float
    gives_way_after: float
    fights: float


def given_signal(
    signal: GivenSignal, win: float, cost: float, value: Law, challenged: Callable[[float, float], float]
) -> tuple[Threshold, ...]:
    """Return the equilibria in which those with a value above a threshold send a signal of given size.

    Parameters
    ----------
    signal : GivenSignal
        What it sinks, ties and adds.
    win, cost : float
        Of a fight without it.
    value : Law
        Of what the sender holds.
    challenged : callable
        Probability of a challenge, given the probability that the sender fights and the sender's chance to prevail.

    Notes
    -----
    Who is indifferent is where the gain of sending over not sending, at the beliefs that this threshold brings about,
    turns from negative to positive. There may be several such thresholds, or none.
    """
    after = win + signal.win_gain
    fights_after = (cost - signal.tied) / after if after > 0 else math.inf
    fights_silent = cost / win if win > 0 else math.inf

    def share(start: float, threshold: float) -> tuple[float, float]:
        """Return the probability that a sender, and a silent one, fights."""
        sent = 1.0 - value.below(threshold)
        silent = value.below(threshold)
        above = 1.0 - value.below(max(start, threshold))
        quiet = max(0.0, silent - value.below(min(fights_silent, threshold)))
        return (above / sent if sent > 0 else 1.0, quiet / silent if silent > 0 else 0.0)

    def gain(threshold: float) -> float:
        sender, silent = share(fights_after, threshold)
        one, none = challenged(sender, after), challenged(silent, win)
        v = threshold
        sends = (1 - one) * v + one * max(after * v - cost, -signal.tied) - signal.sunk
        return sends - (1 - none) * v - none * max(win * v - cost, 0.0)

    grid = np.linspace(value.low, value.high, STEPS + 1)[1:-1].tolist()
    found = []
    for left, right in pairwise(grid):
        if gain(left) < 0 <= gain(right):
            at = float(brentq(gain, left, right, xtol=1e-12))  # where the gain jumps, at the jump
            sender, silent = share(fights_after, at)
            one, none = challenged(sender, after), challenged(silent, win)
            sent = 1.0 - value.below(at)
            fights = one * sent * sender + none * (1 - sent) * silent
            found.append(Threshold(at, max(fights_after, 0.0), one, none, 1.0 - sender, fights))
    return tuple(found)

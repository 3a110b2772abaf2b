r"""A measure threatened or in force: when its threat would weigh more than the act, and when its easing would.

In the game of a threat the sender may threaten, the target complies or stands firm, and the sender then carries the
threat out or is seen not to. With :math:`g` what standing firm is worth to the target, :math:`c` the cost of the
measure to it, :math:`k` its cost to the sender and :math:`a` what the sender loses if it is seen not to act, the sender
carries it out where :math:`a > k`, and the target complies where :math:`\beta c > g`, with :math:`\beta` its belief
that it will be carried out. Where all of this is known, a threat either works before the measure is taken, or is not
made [Drezner2003]_. What is in force and is eased by a share :math:`s` on a condition is worth meeting where
:math:`s c` is above what the condition costs.

References
----------
.. [Drezner2003] Drezner (2003). The hidden hand of economic coercion. International Organization 57(3), 643-659.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ThreatEnd(StrEnum):
    """How the game of a threat ends where everything is known."""

    NO_THREAT = "no threat"
    COMPLIES = "complies"
    TAKEN = "taken"
    NOT_CARRIED_OUT = "not carried out"


@dataclass(frozen=True, slots=True)
class Threat:
    """The numbers of a threat; `benefit` is what the target's compliance is worth to the sender."""

    gain: float
    cost: float
    sender_cost: float
    word: float
    benefit: float


def credible(threat: Threat) -> bool:
    """Return whether the sender would rather carry the threat out than be seen not to."""
    return threat.word > threat.sender_cost


def needed_belief(gain: float, cost: float) -> float:
    """Return the belief above which the cost of a measure outweighs the gain of an act; above 1: no belief does.

    Examples
    --------
    >>> needed_belief(0.05, 0.2), needed_belief(0.3, 0.2), needed_belief(-0.1, 0.2), needed_belief(0.1, 0.0)
    (0.25, 1.4999999999999998, 0.0, inf)
    """
    if gain <= 0:
        return 0.0
    return gain / cost if cost > 0 else float("inf")


def threat_end(threat: Threat) -> ThreatEnd:
    """Return how the game ends where everything is known, by backward induction; who is indifferent does nothing.

    Examples
    --------
    >>> print(threat_end(Threat(gain=0.1, cost=0.2, sender_cost=0.02, word=0.05, benefit=0.3)))
    complies
    >>> print(threat_end(Threat(gain=0.1, cost=0.2, sender_cost=0.1, word=0.05, benefit=0.3)))
    no threat
    """
    carries_out = credible(threat)
    complies = carries_out and threat.cost > threat.gain
    if complies:
        return ThreatEnd.COMPLIES if threat.benefit > 0 else ThreatEnd.NO_THREAT
    after = -threat.sender_cost if carries_out else -threat.word
    if after > 0:
        return ThreatEnd.TAKEN if carries_out else ThreatEnd.NOT_CARRIED_OUT
    return ThreatEnd.NO_THREAT

"""The crisis engine: which conditions keep both sides of a confrontation from fighting, and by how much they hold.

What one gets: the divisions and packages that both sides of a confrontation prefer to fighting; each known reason why
there may be none, as a condition with its margin; and what comes about without agreement, as a game. Conditions and
ranges, never a probability of attack.
"""

from detente.engines.crisis.bargaining_range import (
    Range,
    RangeTurn,
    bargaining_range,
    critical_first_strike,
    find_range_turns,
    war_values,
)
from detente.engines.crisis.game import (
    NOTHING,
    Equilibrium,
    NoAgreementGame,
    Start,
    Turn,
    find_equilibria,
    find_starts,
)
from detente.engines.crisis.model import Confrontation, CrisisModel, Judged
from detente.engines.crisis.solve import Crisis, RangeFindings, solve

__all__ = [
    "NOTHING",
    "Confrontation",
    "Crisis",
    "CrisisModel",
    "Equilibrium",
    "Judged",
    "NoAgreementGame",
    "Range",
    "RangeFindings",
    "RangeTurn",
    "Start",
    "Turn",
    "bargaining_range",
    "critical_first_strike",
    "find_equilibria",
    "find_range_turns",
    "find_starts",
    "solve",
    "war_values",
]

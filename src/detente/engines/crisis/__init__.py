"""The crisis engine: which conditions keep both sides of a confrontation from fighting, and by how much they hold.

What one gets: the divisions and packages that both sides of a confrontation prefer to fighting; each known reason why
there may be none, as a condition with its margin; and what comes about without agreement, as a game. Conditions and
ranges, never a probability of attack.
"""

from detente.engines.crisis.alternating_offers import Offers, alternating_offers, fast_offers
from detente.engines.crisis.arming import (
    Arming,
    Outcome,
    Unseen,
    if_seen,
    if_unseen,
    unseen_equilibrium,
)
from detente.engines.crisis.bargaining_range import (
    Range,
    RangeTurn,
    bargaining_range,
    critical_first_strike,
    find_range_turns,
    share_worth,
    war_values,
)
from detente.engines.crisis.commitment import (
    Comparison,
    any_protocol,
    critical_shift,
    critical_shift_if_it_offers,
    fearon_shift,
    largest_peaceful_chance,
    meanwhile,
    shortest_years,
    speed_limit,
    waiting,
)
from detente.engines.crisis.counteroffers import Dispute, Reply
from detente.engines.crisis.game import (
    NOTHING,
    Equilibrium,
    NoAgreementGame,
    Start,
    Turn,
    find_equilibria,
    find_starts,
)
from detente.engines.crisis.indivisibility import lottery_range, missing_side_payment, whole_shares
from detente.engines.crisis.model import Confrontation, CrisisModel, Judged
from detente.engines.crisis.power import Shift, moved, total
from detente.engines.crisis.schedule import Ramp, Stretch, chance_at, find_stretches, first_violation
from detente.engines.crisis.solve import Crisis, RangeFindings, solve
from detente.engines.crisis.status_quo import Costs, risk_of_war, satisfied_band

__all__ = [
    "NOTHING",
    "Arming",
    "Comparison",
    "Confrontation",
    "Costs",
    "Crisis",
    "CrisisModel",
    "Dispute",
    "Equilibrium",
    "Judged",
    "NoAgreementGame",
    "Offers",
    "Outcome",
    "Ramp",
    "Range",
    "RangeFindings",
    "RangeTurn",
    "Reply",
    "Shift",
    "Start",
    "Stretch",
    "Turn",
    "Unseen",
    "alternating_offers",
    "any_protocol",
    "bargaining_range",
    "chance_at",
    "critical_first_strike",
    "critical_shift",
    "critical_shift_if_it_offers",
    "fast_offers",
    "fearon_shift",
    "find_equilibria",
    "find_range_turns",
    "find_starts",
    "find_stretches",
    "first_violation",
    "if_seen",
    "if_unseen",
    "largest_peaceful_chance",
    "lottery_range",
    "meanwhile",
    "missing_side_payment",
    "moved",
    "risk_of_war",
    "satisfied_band",
    "share_worth",
    "shortest_years",
    "solve",
    "speed_limit",
    "total",
    "unseen_equilibrium",
    "waiting",
    "war_values",
    "whole_shares",
]

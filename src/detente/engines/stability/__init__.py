"""Would it stay put? The graph model: which states are stable for whom, and why."""

from detente.engines.stability.certificates import Certificate, Deterrent, Step, certify
from detente.engines.stability.changes import Changes, Turn, fewest_changes
from detente.engines.stability.coalitions import CoalitionFindings, solve_coalitions
from detente.engines.stability.commitments import Commitment, Kind, commitments, committed
from detente.engines.stability.conditions import Edits, fewest_edits
from detente.engines.stability.demands import Demand, demands
from detente.engines.stability.equilibrium_changes import EquilibriumChanges, fewest_for_equilibrium
from detente.engines.stability.inverse import RankingCount, count_rankings
from detente.engines.stability.limited import Outlook, limited_move_stability, non_myopic_stability, outlooks
from detente.engines.stability.model import (
    Concept,
    Direction,
    Findings,
    Players,
    Reply,
    StabilityModel,
    single_parties,
)
from detente.engines.stability.moves import Moves
from detente.engines.stability.paths import Path, Paths, PathStep, shortest_paths
from detente.engines.stability.profiles import INDEPENDENT, share_of_profiles
from detente.engines.stability.related import Strength, Variant, solve_hybrid, solve_strength, solve_unknown
from detente.engines.stability.related_certificates import RelatedReasons
from detente.engines.stability.relations import Relations, relations
from detente.engines.stability.robustness import Robustness, robustness
from detente.engines.stability.solve import solve
from detente.engines.stability.views import Views, solve_by_views

__all__ = [
    "Certificate",
    "CoalitionFindings",
    "Concept",
    "Deterrent",
    "Direction",
    "Findings",
    "Moves",
    "Outlook",
    "Path",
    "PathStep",
    "Paths",
    "Players",
    "RelatedReasons",
    "Relations",
    "Reply",
    "Robustness",
    "StabilityModel",
    "Step",
    "Strength",
    "Variant",
    "Views",
    "certify",
    "limited_move_stability",
    "non_myopic_stability",
    "outlooks",
    "relations",
    "robustness",
    "shortest_paths",
    "single_parties",
    "solve",
    "solve_by_views",
    "solve_coalitions",
    "solve_hybrid",
    "solve_strength",
    "solve_unknown",
    "Changes",
    "Turn",
    "fewest_changes",
    "Commitment",
    "Kind",
    "commitments",
    "committed",
    "Edits",
    "fewest_edits",
    "Demand",
    "demands",
    "EquilibriumChanges",
    "fewest_for_equilibrium",
    "RankingCount",
    "count_rankings",
    "share_of_profiles",
    "INDEPENDENT",
]

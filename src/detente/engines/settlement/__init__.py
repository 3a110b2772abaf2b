"""What can be agreed: the agreement zone, its frontier and solutions, and why it is empty when it is."""

from detente.engines.settlement.conflicts import Conflict, Conflicts, find_conflicts
from detente.engines.settlement.counting import Count, count_keeping, count_zone
from detente.engines.settlement.curve import Step, zone_curve
from detente.engines.settlement.evaluate import Value, evaluate, utilities
from detente.engines.settlement.frontier import Frontier, Point, find_frontier
from detente.engines.settlement.issue_groups import Group, GroupPoint, OneByOne, solve_groups
from detente.engines.settlement.logrolling import Compromise, Logrolling, Trade, find_trades
from detente.engines.settlement.model import (
    GRID,
    Completion,
    Interaction,
    Line,
    Package,
    Rule,
    SettlementModel,
)
from detente.engines.settlement.opposition import Opposition, opposition
from detente.engines.settlement.randomised import MixedSolution, Mixture, Randomised, solve_randomised
from detente.engines.settlement.solutions import Concept, Solution, solve_concepts
from detente.engines.settlement.solve import Counts, Settlement, solve

__all__ = [
    "GRID",
    "Completion",
    "Compromise",
    "Concept",
    "Conflict",
    "Conflicts",
    "Count",
    "Counts",
    "Frontier",
    "Group",
    "GroupPoint",
    "Interaction",
    "Line",
    "Logrolling",
    "MixedSolution",
    "Mixture",
    "OneByOne",
    "Opposition",
    "Package",
    "Point",
    "Randomised",
    "Rule",
    "Settlement",
    "SettlementModel",
    "Solution",
    "Step",
    "Trade",
    "Value",
    "count_keeping",
    "count_zone",
    "evaluate",
    "find_conflicts",
    "find_frontier",
    "find_trades",
    "opposition",
    "solve",
    "solve_concepts",
    "solve_groups",
    "solve_randomised",
    "utilities",
    "zone_curve",
]

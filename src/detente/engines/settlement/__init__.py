"""What can be agreed: the agreement zone, its frontier and solutions, and why it is empty when it is."""

from detente.engines.settlement.conflicts import Conflict, Conflicts, find_conflicts
from detente.engines.settlement.counting import Count, count_keeping, count_zone
from detente.engines.settlement.curve import Step, zone_curve
from detente.engines.settlement.evaluate import Value, evaluate, utilities
from detente.engines.settlement.frontier import Frontier, Point, find_frontier
from detente.engines.settlement.model import (
    GRID,
    Completion,
    Interaction,
    Line,
    Package,
    Rule,
    SettlementModel,
)
from detente.engines.settlement.relaxations import (
    Alone,
    LineSet,
    LineSets,
    Shortfalls,
    least_shortfalls,
    likeliest_line_sets,
    relaxed_alone,
)
from detente.engines.settlement.solutions import Concept, Solution, solve_concepts
from detente.engines.settlement.solve import Counts, Settlement, solve

__all__ = [
    "GRID",
    "Alone",
    "Completion",
    "Concept",
    "Conflict",
    "Conflicts",
    "Count",
    "Counts",
    "Frontier",
    "Interaction",
    "Line",
    "LineSet",
    "LineSets",
    "Package",
    "Point",
    "Rule",
    "Settlement",
    "SettlementModel",
    "Shortfalls",
    "Solution",
    "Step",
    "Value",
    "count_keeping",
    "count_zone",
    "evaluate",
    "find_conflicts",
    "find_frontier",
    "least_shortfalls",
    "likeliest_line_sets",
    "relaxed_alone",
    "solve",
    "solve_concepts",
    "utilities",
    "zone_curve",
]

"""What can be agreed: the agreement zone, its frontier and solutions, and why it is empty when it is."""

from detente.engines.settlement.breakpoints import (
    Flip,
    Leeway,
    Moving,
    find_leeway,
    moving_reservation,
    moving_value,
    moving_weight,
    nearest_flips,
)
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
    "Flip",
    "Frontier",
    "Interaction",
    "Leeway",
    "Line",
    "LineSet",
    "LineSets",
    "Moving",
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
    "find_leeway",
    "least_shortfalls",
    "likeliest_line_sets",
    "moving_reservation",
    "moving_value",
    "moving_weight",
    "nearest_flips",
    "relaxed_alone",
    "solve",
    "solve_concepts",
    "utilities",
    "zone_curve",
]

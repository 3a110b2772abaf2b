"""What can be agreed: the agreement zone, its frontier and solutions, and why it is empty when it is."""

from detente.engines.settlement.breakpoints import (
    Flip,
    Leeway,
    Moving,
    find_leeway,
    moving_joint_value,
    moving_reservation,
    moving_value,
    moving_weight,
    nearest_flips,
)
from detente.engines.settlement.changes import Change, SmallestChanges, find_changes
from detente.engines.settlement.concessions import Concession, Concessions, find_concessions, spread_no_agreement
from detente.engines.settlement.conflicts import Conflict, Conflicts, find_conflicts
from detente.engines.settlement.counting import Count, count_keeping, count_zone
from detente.engines.settlement.curve import Step, zone_curve
from detente.engines.settlement.evaluate import Value, evaluate, utilities
from detente.engines.settlement.frontier import Frontier, Point, find_frontier
from detente.engines.settlement.issue_groups import Group, GroupPoint, OneByOne, solve_groups
from detente.engines.settlement.logrolling import Compromise, Logroll, Logrolling, find_logrolling
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
from detente.engines.settlement.trades import Improvement, Improvements, Trades, find_trades

__all__ = [
    "Alone",
    "Change",
    "Completion",
    "Compromise",
    "Concept",
    "Concession",
    "Concessions",
    "Conflict",
    "Conflicts",
    "Count",
    "Counts",
    "Flip",
    "Frontier",
    "GRID",
    "Group",
    "GroupPoint",
    "Improvement",
    "Improvements",
    "Interaction",
    "Leeway",
    "Line",
    "LineSet",
    "LineSets",
    "Logroll",
    "Logrolling",
    "MixedSolution",
    "Mixture",
    "Moving",
    "OneByOne",
    "Opposition",
    "Package",
    "Point",
    "Randomised",
    "Rule",
    "Settlement",
    "SettlementModel",
    "Shortfalls",
    "SmallestChanges",
    "Solution",
    "Step",
    "Trades",
    "Value",
    "count_keeping",
    "count_zone",
    "evaluate",
    "find_changes",
    "find_concessions",
    "find_conflicts",
    "find_frontier",
    "find_leeway",
    "find_logrolling",
    "find_trades",
    "least_shortfalls",
    "likeliest_line_sets",
    "moving_joint_value",
    "moving_reservation",
    "moving_value",
    "moving_weight",
    "nearest_flips",
    "opposition",
    "relaxed_alone",
    "solve",
    "solve_concepts",
    "solve_groups",
    "solve_randomised",
    "spread_no_agreement",
    "utilities",
    "zone_curve",
]

"""The escalation ladder: where each party would stop, over draws of numbers, first acts and orders of turns."""

from detente.engines.ladder.model import Climb, LadderModel, LadderPlay
from detente.engines.ladder.sides import critical_risk, hopes, unanswered
from detente.engines.ladder.solve import solve

__all__ = ["Climb", "LadderModel", "LadderPlay", "critical_risk", "hopes", "solve", "unanswered"]

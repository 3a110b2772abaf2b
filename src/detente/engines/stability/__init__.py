"""Would it stay put? The graph model: which states are stable for whom, and why."""

from detente.engines.stability.model import Concept, Direction, Findings, Players, Reply, StabilityModel, single_parties
from detente.engines.stability.solve import solve

__all__ = [
    "Concept",
    "Direction",
    "Findings",
    "Players",
    "Reply",
    "StabilityModel",
    "single_parties",
    "solve",
]

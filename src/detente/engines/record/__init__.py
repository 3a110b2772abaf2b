"""What happened between whom, and what came after what: series, answers, waiting times, build-up.

It finds sequences and never causes, and adds up no blame: every number belongs to one ordered pair of parties, or to
one party's own acts of one kind.
"""

from detente.engines.record.answers import Answers, Bounds, answers
from detente.engines.record.autoregression import Autoregression, autoregression, least_squares
from detente.engines.record.build_up import BuildUp, build_up
from detente.engines.record.model import STEP, EventRecord, Moves, Sign, TooFew
from detente.engines.record.series import Series, series
from detente.engines.record.solve import Pair, Record, solve
from detente.engines.record.waiting import Waiting, next_answers, waiting

__all__ = [
    "Answers",
    "Autoregression",
    "Bounds",
    "BuildUp",
    "EventRecord",
    "Moves",
    "Pair",
    "Record",
    "STEP",
    "Series",
    "Sign",
    "TooFew",
    "Waiting",
    "answers",
    "autoregression",
    "build_up",
    "least_squares",
    "next_answers",
    "series",
    "solve",
    "waiting",
]

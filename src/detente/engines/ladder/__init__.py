"""The escalation ladder: where each party would stop, over draws of numbers, first acts and orders of turns.

Beside it what bears on it: accidents and safeguards, brinkmanship, answers on record, measures, and waiting.
"""

from detente.engines.ladder.brinkmanship import out_of_control, yields_first
from detente.engines.ladder.dollar_auction import first_bid
from detente.engines.ladder.hazard import one_rung_down, within
from detente.engines.ladder.model import Climb, LadderModel, LadderPlay
from detente.engines.ladder.replies import AnswerSizes, answer_sizes
from detente.engines.ladder.sanctions import Threat, ThreatEnd, credible, needed_belief, threat_end
from detente.engines.ladder.sides import critical_risk, hopes, unanswered
from detente.engines.ladder.solve import solve
from detente.engines.ladder.waiting import Waiting, chance_to_wait, least_terms, patience_share, waiting_value

__all__ = [
    "AnswerSizes",
    "Climb",
    "LadderModel",
    "LadderPlay",
    "Threat",
    "ThreatEnd",
    "Waiting",
    "answer_sizes",
    "chance_to_wait",
    "credible",
    "critical_risk",
    "first_bid",
    "hopes",
    "least_terms",
    "needed_belief",
    "one_rung_down",
    "out_of_control",
    "patience_share",
    "solve",
    "threat_end",
    "unanswered",
    "waiting_value",
    "within",
    "yields_first",
]

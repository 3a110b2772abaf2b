"""Weights and values from a few pairwise comparisons: what to ask next, what was learned, what does not fit."""

from detente.uncertainty.elicitation.inconsistency import Inconsistency, Misfit, inconsistencies
from detente.uncertainty.elicitation.learner import Answer, Learner, Step
from detente.uncertainty.elicitation.questions import next_question
from detente.uncertainty.elicitation.report import Judged, Judgement, elicitation_report, judged, named

__all__ = [
    "Answer",
    "Inconsistency",
    "Judged",
    "Judgement",
    "Learner",
    "Misfit",
    "Step",
    "elicitation_report",
    "inconsistencies",
    "judged",
    "named",
    "next_question",
]

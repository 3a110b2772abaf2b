r"""Inference: what dated acts say of a party's reservation and of whether its red lines bind.

What one gets: the law of the reservation before and after the record, the steps that moved it, and the probability that
each line binds. The idea: who refuses a package that is worth :math:`u` to it probably needs more, who accepts it
needs no more; how probably depends on how sharply parties decide, on whether a refusal may be a move, and on whether
saying so cost anything. With prior :math:`f`, groups :math:`g` of :math:`n_g` observations, and :math:`P` of
`detente.engines.inference.likelihood`,

.. math:: f(r \mid \text{record}) \propto f(r) \prod_g \prod_{k \in g} P(y_k \mid r)^{1 / n_g} .

Order is irrelevant. With infinite precision, honesty 1 and no hope it is the prior cut off at the best package refused
and the worst accepted; if these exclude each other, that is the finding. Observations that tell nothing leave the
prior as it is, to the last digit.
"""

from detente.engines.inference.cells import Band
from detente.engines.inference.joint import Joint, infer_jointly
from detente.engines.inference.lines import Binding, LineStep, infer_binding, infer_following_through
from detente.engines.inference.model import Answers, Conduct, InferenceModel, LineRecord, Prior, Threats
from detente.engines.inference.reservation import (
    HardBounds,
    Reservation,
    Step,
    infer_reservation,
    probability_of_yes,
)
from detente.engines.inference.solve import Inference, Variant, solve
from detente.maths.cheap_talk import CheapTalk, bias_of_correlation, cheap_talk

__all__ = [
    "Answers",
    "Band",
    "Binding",
    "CheapTalk",
    "Conduct",
    "HardBounds",
    "Inference",
    "InferenceModel",
    "Joint",
    "LineRecord",
    "LineStep",
    "Prior",
    "Reservation",
    "Step",
    "Threats",
    "Variant",
    "bias_of_correlation",
    "cheap_talk",
    "infer_binding",
    "infer_following_through",
    "infer_jointly",
    "infer_reservation",
    "probability_of_yes",
    "solve",
]

"""Signals: what they cost and bind, what they can tell, and how far a public contest can run."""

from detente.engines.signals.audiences import Disclosure, TwoAudiences
from detente.engines.signals.chicken import Stand, critical_risk, mixed_chicken
from detente.engines.signals.coercion import Answer, Coerced, Coercion, coerced, mobilised
from detente.engines.signals.contests import Contested, Listened, contested
from detente.engines.signals.hands import Challengers, Defence, Hands, hands
from detente.engines.signals.laws import Law, Mixture, Uniform, mean_above
from detente.engines.signals.mobilising import (
    Chosen,
    Forces,
    GivenSignal,
    Plan,
    Threshold,
    chosen_plan,
    given_signal,
)
from detente.engines.signals.model import (
    Contestant,
    Offered,
    Pledged,
    Resistance,
    SignalCosts,
    SignalsModel,
    Span,
)
from detente.engines.signals.nerves import Nerve, Nerves, nerves
from detente.engines.signals.solve import Signals, solve
from detente.engines.signals.weighing import (
    Binds,
    Gaining,
    Gains,
    Holding,
    Meant,
    Needed,
    Weighed,
    gains,
    reaches,
    weigh,
)

__all__ = [
    "Answer",
    "Binds",
    "Challengers",
    "Chosen",
    "Coerced",
    "Coercion",
    "Contestant",
    "Contested",
    "Defence",
    "Disclosure",
    "Forces",
    "Gaining",
    "Gains",
    "GivenSignal",
    "Hands",
    "Holding",
    "Law",
    "Listened",
    "Meant",
    "Mixture",
    "Needed",
    "Nerve",
    "Nerves",
    "Offered",
    "Plan",
    "Pledged",
    "Resistance",
    "SignalCosts",
    "Signals",
    "SignalsModel",
    "Span",
    "Stand",
    "Threshold",
    "TwoAudiences",
    "Uniform",
    "Weighed",
    "chosen_plan",
    "coerced",
    "contested",
    "critical_risk",
    "gains",
    "given_signal",
    "hands",
    "mean_above",
    "mixed_chicken",
    "mobilised",
    "nerves",
    "reaches",
    "solve",
    "weigh",
]

"""The models of signals in one call: every signal, contest, text and pledge of a model."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from detente.core.findings import Findings
from detente.core.progress import Progress, silent
from detente.engines.signals.contests import Contested, contested
from detente.engines.signals.model import SignalsModel
from detente.engines.signals.weighing import Holding, Meant, Weighed, holding, meant, weigh

ASSUMES = (
    "Costs before audiences add up, and a party counts them as it counts what a package is worth to it.",
    "Who hears a signal knows what it costs, and what it would cost a party that did not mean it.",
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What each signal, contest, text and pledge comes to, in the order of the model."""

    signals: tuple[Weighed, ...]
    contests: tuple[Contested, ...]
    offers: tuple[Meant, ...]
    pledges: tuple[Holding, ...]


def solve(model: SignalsModel, *, progress: Progress = silent) -> Findings[Signals]:
    """Return what each signal costs and binds, how each contest runs, who gains by each text, which pledges hold.

    Parameters
    ----------
    model : SignalsModel
        Judged numbers, without names.
    progress : Progress
        Told the share of the work that is done.

    References
    ----------
    [Fearon1994]_ in `nerves`, [Fearon1997]_ in `hands`, [FarrellGibbons1989]_ in `audiences`, [Ellsberg1959]_ in
    `chicken`.

    Examples
    --------
    >>> from detente.engines.signals.model import SignalCosts, SignalsModel, Span
    >>> nothing, some = Span(0.0, 0.0, 0.0), Span(0.1, 0.2, 0.3)
    >>> signal = SignalCosts(
    ...     nothing, nothing, in_public=(some, some), in_private=(some, None), public=True, win_gain=nothing
    ... )
    >>> (found,) = solve(SignalsModel(signals=(signal,))).solutions[0].signals
    >>> found.ties, found.reversal.mode, found.reversal_otherwise
    (True, 0.4, None)
    """
    contests = []
    for done, (first, second) in enumerate(model.contests):
        progress(done / len(model.contests), "contests")
        contests.append(contested(first, second))
    progress(1.0, "")
    found = Signals(
        signals=tuple(weigh(one) for one in model.signals),
        contests=tuple(contests),
        offers=tuple(meant(one) for one in model.offers),
        pledges=tuple(holding(one) for one in model.pledges),
    )
    return Findings(engine="signals", solutions=(found,), assumptions=ASSUMES, parameters=MappingProxyType({}))

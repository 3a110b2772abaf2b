"""Who hears a statement that costs nothing, and how much of it gets through to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from detente.case.case import Case
from detente.compile.compiled import Missing
from detente.compile.settlement import compile_settlement
from detente.engines.inference import bias_of_correlation, cheap_talk
from detente.engines.settlement import Completion, opposition
from detente.evidence.source import Channel
from detente.evidence.statement import Statement


@dataclass(frozen=True, slots=True)
class Carried:
    """How much words carry: the hearer that decides, the bias, the messages, and the share that gets through.

    `hearer` and `bias` are None where nobody who hears has numbers: then nothing is taken to get through.
    """

    hearer: str | None
    bias: float | None
    messages: int | None
    share: float


NOTHING = Carried(None, None, 1, 0.0)


def carried_by_words(case: Case, party: str, bias: float | None) -> Callable[[Statement], Carried]:
    """Return how much of a cheap statement of a party gets through, by whom it is for.

    A public statement is heard by every party with numbers, one by a private or leaked channel by its targets; the
    hearer whose interests are most opposed decides. Opposition is the correlation of the two utilities over all
    packages, unknown options at their worst or at their best, whichever is lower. A bias that is given holds for all
    hearers.
    """

    @cache
    def towards(hearer: str) -> Carried:
        return carried_between(case, party, hearer, bias)

    def heard(statement: Statement) -> Carried:
        public = statement.channel is Channel.PUBLIC
        numbered = [one.party for one in case.preferences if one.party != party]
        targets = {case.stand_in(target) for target in statement.targets if target in case.party}
        listening = numbered if public else [one for one in numbered if one in targets]
        ears = (towards(one) for one in sorted(listening))
        return min(ears, key=lambda one: (one.share, -(one.bias or 0.0)), default=NOTHING)

    return heard


def carried_between(case: Case, party: str, hearer: str, bias: float | None = None) -> Carried:
    """Return how much of a cheap statement of a party gets through to one hearer."""
    found = _correlation(case, party, hearer) if bias is None else None
    if found is None and bias is None:
        return NOTHING
    distance = bias if bias is not None else bias_of_correlation(found or 0.0)
    talk = cheap_talk(max(distance, 0.0))
    return Carried(hearer, distance, talk.messages, talk.informativeness)


def _correlation(case: Case, party: str, hearer: str) -> float | None:
    """Return how two parties' interests go together; None where they share no issue with numbers."""
    compiled = compile_settlement(case, [party, hearer])
    if isinstance(compiled, Missing):
        return None
    found = [opposition(compiled.model, completion=completion)[0].correlation for completion in Completion]
    known = [one for one in found if one is not None]
    return min(known) if len(known) == len(found) else None

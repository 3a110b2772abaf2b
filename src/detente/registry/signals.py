"""What the signals of a case cost, bind and tell, in the case's own names.

A report is a plain JSON-ready dict; its keys are listed in `docs/reference/signals-report.md` and are added to, never
renamed. Numbers are on each party's own scale and are the case's judgements; those without grounds are assumed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from detente.case.case import Case
from detente.case.crisis import Audience
from detente.case.ledger.stances import held_stances
from detente.case.ledger.tabled import tabled_packages
from detente.case.position import Stance
from detente.compile.axes import axis_of, distances
from detente.compile.compiled import Compiled
from detente.compile.hearers import carried_between
from detente.compile.signals import OfferTrace, SignalsTrace, SignalTrace, compile_signals
from detente.core.estimate import Estimate
from detente.core.fields import text_of
from detente.core.progress import Progress, silent
from detente.engines.signals import (
    Contested,
    Listened,
    Meant,
    SignalCosts,
    Signals,
    SignalsModel,
    Span,
    Weighed,
    solve,
)
from detente.maths.cheap_talk import cheap_talk
from detente.wording.printable import consent_test

Report = dict[str, Any]

POINTS = 33
"""Points of a survival curve, from the beginning to the horizon."""


def signals_report(case: Case, *, progress: Progress = silent) -> Report:
    """Return what each signal of a case costs and binds, how contests run, what words, texts and pledges tell.

    Parameters
    ----------
    case : Case
        As of its day, read through whatever lens is wanted.
    progress : Progress
        Told the share of the work that is done.

    Returns
    -------
    dict
        `signals`, `contests`, `words`, `offers`, `pledges`; what lacks input stands under `not_computed` with one
        sentence that names the field.
    """
    return _Reporter(case, compile_signals(case)).report(progress)


class _Reporter:
    """Solves a compiled model and names the results."""

    def __init__(self, case: Case, compiled: Compiled[SignalsModel, SignalsTrace]) -> None:
        self.case, self.model, self.trace = case, compiled.model, compiled.trace
        self.assumed = compiled.assumed
        self.audiences: dict[str, Audience] = {}
        if case.crisis is not None:
            self.audiences = {one.id: one for one in case.crisis.audiences}

    def report(self, progress: Progress) -> Report:
        findings = solve(self.model, progress=progress)
        (found,) = findings.solutions
        return {
            "case": self.case.id,
            "engine": "signals",
            "signals": list(self._signals(found)),
            "contests": list(self._contests(found)),
            "words": self._words(),
            "offers": list(self._offers(found)),
            "pledges": list(self._pledges(found)),
            "not_computed": [
                {"part": one.part, "about": list(one.about), "reason": one.reason} for one in self.trace.not_computed
            ],
            "assumptions": [*self.assumed, *findings.assumptions],
        }

    def _signals(self, found: Signals) -> Iterator[Report]:
        rows = zip(self.trace.signals, self.model.signals, found.signals, strict=True)
        for trace, costs, weighed in rows:
            signal = trace.signal
            yield {
                "id": signal.id,
                "party": signal.party,
                "text": text_of(signal.text),
                "to": list(signal.to),
                "move": signal.move,
                "public": signal.public,
                "because": list(signal.because),
                "kinds": [
                    kind
                    for kind, holds in (("sunk", weighed.sinks), ("tied", weighed.ties), ("chance", weighed.moves))
                    if holds
                ],
                "sunk": _given(signal.sunk),
                "tied": _given(signal.tied),
                "win_chance": _given(signal.win_chance),
                "hearers": [self._hearer(signal.party, name, trace.hearer) for name in signal.to],
                "audiences": [self._audience(name) for name in signal.audiences if name in self.audiences],
                "reversal": {
                    "in_public": _span(weighed.reversal if signal.public else weighed.reversal_otherwise),
                    "in_private": _span(weighed.reversal_otherwise if signal.public else weighed.reversal),
                },
                "moved": _span(weighed.moved),
                "needed": _needed(trace, costs, weighed),
                "not_weighed": trace.not_weighed,
            }

    def _hearer(self, party: str, hearer: str, opponent: str | None) -> Report:
        """Return what words alone would tell a hearer; null where one of the two has no weights and values."""
        speaker, listener = (self.case.stand_in(name) for name in (party, hearer))
        numbered = {one.party for one in self.case.preferences}
        carried = None
        if {speaker, listener} <= numbered and speaker != listener:
            carried = carried_between(self.case, speaker, listener)
        known = carried is not None and carried.bias is not None
        return {
            "party": hearer,
            "opponent": hearer == opponent,
            "bias": carried.bias if carried is not None and known else None,
            "statements": carried.messages if carried is not None and known else None,
            "words_tell": carried.share if carried is not None and known else None,
        }

    def _audience(self, name: str) -> Report:
        one = self.audiences[name]
        return {
            "id": name,
            "text": text_of(one.text),
            "after_public": _given(one.after_public),
            "after_private": _given(one.after_private),
            "assumed": not one.after_public.because,
        }

    def _contests(self, found: Signals) -> Iterator[Report]:
        for trace, sides, one in zip(self.trace.contests, self.model.contests, found.contests, strict=True):
            yield {
                "confrontation": trace.confrontation,
                "sides": [
                    {
                        "party": party,
                        "prevails": _span(side.prevails),
                        "gives_way": _span(side.gives_way),
                        "fight": _span(side.fight),
                        "audience": _span(side.audience),
                        "delay": _span(side.delay),
                        "from": {"prevails": source[0], "gives_way": source[1]},
                        "critical_risk": _finite(one.critical[place]),
                        "listened": _listened(one.listened[place]),
                    }
                    for place, (party, side, source) in enumerate(zip(trace.sides, sides, trace.sources, strict=True))
                ],
                "nerves": _nerves(one),
                "attrition": _attrition(one),
            }

    def _words(self) -> Report:
        """Return how many statements can be told apart on each issue with an axis, after Crawford and Sobel."""
        rows = []
        for one in distances(self.case):
            talk = cheap_talk(one.share)
            rows.append(
                {
                    "issue": one.issue,
                    "parties": list(one.parties),
                    "ideals": list(one.ideals),
                    "distance": one.share,
                    "statements": talk.messages,
                    "cuts": list(talk.cuts),
                    "told": talk.informativeness,
                }
            )
        without = [issue.id for issue in self.case.issues if axis_of(issue) is None]
        return {"pairs": rows, "no_axis": without}

    def _offers(self, found: Signals) -> Iterator[Report]:
        packages = {one.id: one for one in tabled_packages(self.case)}
        for trace, offer, meant in zip(self.trace.offers, self.model.offers, found.offers, strict=True):
            parties = [trace.author, *trace.others]
            rows = zip(parties, offer.likely, offer.whatever, _gaining(meant), strict=True)
            yield {
                "text": trace.text,
                "author": trace.author,
                "parties": [
                    {
                        "party": party,
                        "addressed": party in trace.addressed,
                        "over_no_agreement": {"likely": list(likely), "whatever": list(whatever)},
                        "gains": {"likely": gains[0], "whatever": gains[1]},
                    }
                    for party, likely, whatever, gains in rows
                ],
                "some_other": {
                    "likely": meant.likely.some_other.value,
                    "whatever": meant.whatever.some_other.value,
                },
                "core": list(self._core(trace, packages[trace.text].choice)),
            }

    def _core(self, trace: OfferTrace, choice: dict[str, str]) -> Iterator[str]:
        """Yield the issues on which nobody on record refuses what the text demands, and whoever must agree is coded."""
        asked = [trace.author, *(trace.addressed or trace.others)]
        for issue, option in choice.items():
            held = (held_stances(self.case, party.id, issue).get(option) for party in self.case.parties)
            refused = any(one is not None and one.stance is Stance.RULES_OUT for one in held)
            if not refused and consent_test(self.case, {issue: option}, asked).printable:
                yield issue

    def _pledges(self, found: Signals) -> Iterator[Report]:
        for trace, model, one in zip(self.trace.pledges, self.model.pledges, found.pledges, strict=True):
            pledge = trace.pledge
            yield {
                "party": pledge.party,
                "statement": pledge.statement,
                "since": pledge.since,
                "channel": pledge.channel.value,
                "issue": pledge.issue,
                "closed": list(pledge.closed),
                "left": list(pledge.left),
                "packages": list(pledge.packages),
                "consent": trace.consent,
                "reading": trace.reading.value,
                "audiences": list(trace.priced),
                "audiences_without_number": list(trace.unpriced),
                "going_back": _span(model.cost),
                "keeps": None if model.keeps is None else float(model.keeps),
                "breaks": None if model.breaks is None else float(model.breaks),
                "no_agreement": float(model.no_agreement),
                "holds_from": one.from_cost,
                "holds_from_alone": one.from_cost_alone,
                "holds": None if one.holds is None else one.holds.value,
                "holds_alone": None if one.holds_alone is None else one.holds_alone.value,
            }


def _span(span: Span | None) -> Report | None:
    return None if span is None else {"low": span.low, "mode": span.mode, "high": span.high}


def _finite(span: Span) -> Report:
    """Return a range of risks; null stands for without end."""
    ends = {"low": span.low, "mode": span.mode, "high": span.high}
    return {name: end if math.isfinite(end) else None for name, end in ends.items()}


def _given(number: Estimate | None) -> Report | None:
    return None if number is None else {"low": number.low, "mode": number.mode, "high": number.high}


def _needed(trace: SignalTrace, costs: SignalCosts, weighed: Weighed) -> Report | None:
    if weighed.needed is None or costs.resistance is None:
        return None
    return {
        "confrontation": trace.confrontation,
        "hearer": trace.hearer,
        "tied": _span(weighed.needed.tied),
        "sunk": _span(weighed.needed.sunk),
        "by_tying": weighed.needed.by_tying.value,
        "by_sinking": weighed.needed.by_sinking.value,
        "determined": costs.resistance.determined,
    }


def _listened(found: Listened | None) -> Report | None:
    if found is None:
        return None
    return {"needed": _span(found.needed), "at_likely": found.at.value, "disciplined": found.disciplined.value}


def _nerves(one: Contested) -> Report | None:
    if one.nerves is None:
        return None
    found = one.nerves
    times = [found.horizon * step / (POINTS - 1) for step in range(POINTS)]
    return {
        "horizon": found.horizon,
        "horizon_range": None if one.horizon is None else list(one.horizon),
        "exhausted": list(found.exhausts),
        "gives_way_at_once": list(found.gives_way_at_once),
        "gives_way": list(found.gives_way),
        "both_left": found.fights,
        "turns_at": list(one.turns_at),
        "turns_at_gives_way": list(one.turns_at_gives_way),
        "curves": [
            {"at": time, "stands": [found.survival(0, time), found.survival(1, time)],
             "locked_in": [found.first.stays(time), found.second.stays(time)]}
            for time in times
        ],
    }  # fmt: skip


def _attrition(one: Contested) -> Report | None:
    if one.attrition is None:
        return None
    return {
        "stops_per_year": list(one.attrition.stops),
        "outlasts": list(one.attrition.prevails),
        "years": one.attrition.duration,
    }


def _gaining(meant: Meant) -> list[tuple[str, str]]:
    likely, whatever = meant.likely, meant.whatever
    rows = zip((likely.author, *likely.others), (whatever.author, *whatever.others), strict=True)
    return [(one.value, other.value) for one, other in rows]

"""From a pledge of a party to what it shuts out: the best package that keeps it, and the best that breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

import numpy as np

from detente.case.case import Case
from detente.case.ledger.pledges import Pledge, pledges
from detente.compile.compiled import Compiled, Missing
from detente.compile.contests import audiences_of, public_audience_cost, span_of
from detente.compile.settlement import SettlementTrace, compile_settlement
from detente.core.errors import ModelError
from detente.engines.settlement import Completion, Rule, SettlementModel, find_leeway
from detente.engines.signals import Pledged, Span
from detente.evidence.source import Channel


class Reading(StrEnum):
    """Which red lines of the others a package keeps; those of the party itself never count, for theirs is the price."""

    NONE = "no red line of the others"
    STATED = "stated red lines of the others"


@dataclass(frozen=True, slots=True)
class PledgeTrace:
    """A pledge under one consent list and one reading of the others' red lines.

    `priced` are the audiences with a number for its channel, `unpriced` those without.
    """

    pledge: Pledge
    consent: str
    reading: Reading
    priced: tuple[str, ...]
    unpriced: tuple[str, ...]


def pledged(case: Case) -> Iterator[tuple[Pledged, PledgeTrace] | tuple[None, PledgeTrace, str]]:
    """Yield every pledge of a party with numbers, per consent list that has it as a member, or why it is not weighed.

    Packages keep the links and leave every other member at least as well off as no agreement, under each reading of the
    others' red lines. Unknown options count at their best, so that no package is left out that could make a party go
    back on its word.
    """
    for entry in case.consent_lists:
        if entry.issue_by_issue:
            continue
        own = [one for one in pledges(case) if _member(case, one.party, entry.parties) is not None]
        if not own:
            continue
        try:
            compiled = compile_settlement(case, entry.parties)
        except ModelError as error:
            yield from ((None, _trace(case, one, entry.id)[0], str(error)) for one in own)
            continue
        for pledge in own:
            trace, cost = _trace(case, pledge, entry.id)
            if isinstance(compiled, Missing):
                yield None, trace, "A member of this list has no weights and values (preferences)."
                continue
            if pledge.issue not in compiled.trace.issues:
                yield None, trace, f"Not every member of this list has numbers on {pledge.issue} (preferences)."
                continue
            for reading in Reading:
                try:
                    found = _weighed(compiled, pledge, cost, _member(case, pledge.party, entry.parties), reading)
                except ModelError as error:
                    yield None, replace(trace, reading=reading), str(error)
                else:
                    yield found, replace(trace, reading=reading)


def _weighed(
    compiled: Compiled[SettlementModel, SettlementTrace],
    pledge: Pledge,
    cost: Span | None,
    member: str | None,
    reading: Reading,
) -> Pledged:
    """Return a pledge with the most that its party gets by packages that keep it, and by packages that break it."""
    assert member is not None
    model, trace = compiled.model, compiled.trace
    at, issue = trace.parties.index(member), trace.issues.index(pledge.issue)
    kept = np.array([option not in pledge.closed for option in trace.options[issue]])
    lines = [] if reading is Reading.NONE else [line.rule for line in model.lines if line.stated and line.party != at]
    found = find_leeway(
        model,
        rules=(*model.links, *lines),
        completion=Completion.BEST,
        party=at,
        others=[place for place in range(model.parties) if place != at],
        own=[table[at] for table in model.best],
        conditions=[Rule((issue,), kept)],
    )
    keeps, breaks = (None if most is None else Fraction(most, trace.grid) for most in found.under[0])
    return Pledged(keeps, breaks, trace.reservations[at][0], cost)


def _member(case: Case, party: str, members: tuple[str, ...]) -> str | None:
    """Return the member of a list that a party is, or that its text stands for."""
    return next((one for one in members if one == party or case.stand_in(one) == party), None)


def _trace(case: Case, pledge: Pledge, consent: str) -> tuple[PledgeTrace, Span | None]:
    """Return a pledge with what going back on it costs by its channel; None where that is not known.

    Words that leaked are heard by everybody, whatever the channel in which they were said.
    """
    if pledge.channel is not Channel.PRIVATE:
        whole = public_audience_cost(case, pledge.party)
        cost, priced = (None, ()) if whole is None else whole
        return PledgeTrace(pledge, consent, Reading.NONE, priced, ()), cost
    audiences = audiences_of(case, pledge.party)
    unpriced = tuple(one.id for one in audiences if one.after_private is None)
    known = not unpriced and bool(audiences)
    cost = Span.total(span_of(one.after_private) for one in audiences) if known else None
    priced = tuple(one.id for one in audiences if one.after_private is not None)
    return PledgeTrace(pledge, consent, Reading.NONE, priced, unpriced), cost

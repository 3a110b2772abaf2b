"""From a case to the model of its signals: what each costs and binds, contests, texts on the table, pledges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from detente.case.case import Case
from detente.case.crisis import Confrontation, Crisis, Signal
from detente.case.ledger.tabled import authors_among, tabled_packages
from detente.compile.compiled import Compiled
from detente.compile.contests import ContestTrace, audiences_of, contest, span_of, stake_of, war_law, win_chance
from detente.compile.no_agreement import no_agreement_value
from detente.compile.number_ranges import Ends, no_agreement_whatever_the_numbers, worth_whatever_the_numbers
from detente.compile.pledged import PledgeTrace, pledged
from detente.compile.worth import Worth
from detente.core.fields import text_of
from detente.engines.signals import (
    Contestant,
    Offered,
    Resistance,
    SignalCosts,
    SignalsModel,
)


@dataclass(frozen=True, slots=True)
class OfferTrace:
    """A text by one author: which text, who, the others with numbers, and those to whom it is addressed among them."""

    text: str
    author: str
    others: tuple[str, ...]
    addressed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignalTrace:
    """A signal of the case; `hearer` and `confrontation` where a fight with a hearer has numbers, else why not."""

    signal: Signal
    hearer: str | None
    confrontation: str | None
    not_weighed: str | None


@dataclass(frozen=True, slots=True)
class NotComputed:
    """A part that could not be computed: what it is about, and one sentence that names the missing field."""

    part: str
    about: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SignalsTrace:
    """What each index of the model stands for, and what could not be computed."""

    signals: tuple[SignalTrace, ...]
    contests: tuple[ContestTrace, ...]
    offers: tuple[OfferTrace, ...]
    pledges: tuple[PledgeTrace, ...]
    not_computed: tuple[NotComputed, ...] = field(default=())


def compile_signals(case: Case) -> Compiled[SignalsModel, SignalsTrace]:
    """Return the model of a case's signals.

    Parts without input are left out; `trace.not_computed` says which, and which field they lack.
    """
    section = case.crisis or None
    missing: list[NotComputed] = []
    contests = list(_contests(case, section, missing))
    signals = [_signal(case, one, section) for one in section.signals] if section is not None else []
    if section is None:
        missing.append(NotComputed("signals", (), "The case has no section crisis, so it lists no signals."))
    elif not section.signals:
        missing.append(NotComputed("signals", (), "crisis.signals lists none."))
    offers = list(_offers(case, missing))
    held, traces = [], []
    for found in pledged(case):
        if len(found) == 3:
            trace, reason = found[1], found[2]
            missing.append(NotComputed("pledges", (trace.pledge.statement, trace.consent), reason))
        else:
            held.append(found[0])
            traces.append(found[1])
    assumed = dict.fromkeys(said for _, trace in contests for said in trace.assumed)
    return Compiled(
        model=SignalsModel(
            signals=tuple(costs for costs, _ in signals),
            contests=tuple(sides for sides, _ in contests),
            offers=tuple(offered for offered, _ in offers),
            pledges=tuple(held),
        ),
        trace=SignalsTrace(
            signals=tuple(trace for _, trace in signals),
            contests=tuple(trace for _, trace in contests),
            offers=tuple(trace for _, trace in offers),
            pledges=tuple(traces),
            not_computed=tuple(missing),
        ),
        assumed=tuple(assumed),
    )


def _contests(
    case: Case, section: Crisis | None, missing: list[NotComputed]
) -> Iterator[tuple[tuple[Contestant, Contestant], ContestTrace]]:
    confrontations = () if section is None else section.confrontations
    if not confrontations:
        missing.append(NotComputed("contests", (), "crisis.confrontations lists none."))
    for one in confrontations:
        found = contest(case, one)
        if isinstance(found, str):
            missing.append(NotComputed("contests", one.sides, found))
            continue
        yield found
        for party, side in zip(one.sides, found[0], strict=True):
            if side.audience is None:
                name = text_of(case.party[party].name)
                reason = f"crisis.audiences lists none of {name}, and there is no shared.audience_cost."
                missing.append(NotComputed("nerves", one.sides, reason))
            if side.delay is None:
                reason = f"crisis.delays gives no cost of {text_of(case.party[party].name)}."
                missing.append(NotComputed("attrition", one.sides, reason))


def _signal(case: Case, signal: Signal, section: Crisis) -> tuple[SignalCosts, SignalTrace]:
    heard = [one for one in audiences_of(case, signal.party) if one.id in signal.audiences]
    confrontation, hearer = _fought_with(section.confrontations, signal)
    stake = None if confrontation is None else stake_of(case, signal.party, confrontation)
    resistance: Resistance | str = "No confrontation of the case stands between its party and one that it is made to."
    if confrontation is not None and hearer is not None:
        resistance = _resistance(case, signal.party, hearer, confrontation)
    costs = SignalCosts(
        sunk=span_of(signal.sunk),
        tied=span_of(signal.tied),
        in_public=tuple(span_of(one.after_public) for one in heard),
        in_private=tuple(None if one.after_private is None else span_of(one.after_private) for one in heard),
        public=signal.public,
        win_gain=span_of(signal.win_chance),
        stake=None if stake is None else stake.size,
        resistance=None if isinstance(resistance, str) else resistance,
    )
    trace = SignalTrace(
        signal=signal,
        hearer=hearer,
        confrontation=None if confrontation is None else confrontation.id,
        not_weighed=resistance if isinstance(resistance, str) else None,
    )
    return costs, trace


def _fought_with(confrontations: Sequence[Confrontation], signal: Signal) -> tuple[Confrontation | None, str | None]:
    for one in confrontations:
        if signal.party in one.sides:
            other = one.sides[1 - one.sides.index(signal.party)]
            if other in signal.to:
                return one, other
    return None, None


def _resistance(case: Case, party: str, hearer: str, confrontation: Confrontation) -> Resistance | str:
    """Return what a fight is to a sender, and the share of hearers, as it sees them, that a sure fight does not deter.

    A hearer is not deterred if a fight is worth more to it than to give way.
    """
    found = contest(case, confrontation)
    if isinstance(found, str):
        return found
    (one, other), trace = found
    own = confrontation.sides.index(party)
    chance, theirs = win_chance(confrontation, party, party), win_chance(confrontation, hearer, party)
    seen = confrontation.cost_as_seen.get(hearer, confrontation.cost[hearer])
    assert chance is not None
    assert theirs is not None
    law = war_law(trace.stakes[1 - own], theirs, span_of(seen))
    hears = (one, other)[1 - own]
    if chance.low <= 0:
        return f"crisis.confrontations {confrontation.id} lets win_chance of {text_of(case.party[party].name)} be 0."
    return Resistance(
        win=chance,
        cost=span_of(confrontation.cost[party]).times(trace.stakes[own].size),
        determined=1.0 - law.below(hears.gives_way.mode),
    )


def _offers(case: Case, missing: list[NotComputed]) -> Iterator[tuple[Offered, OfferTrace]]:
    numbered = [one.party for one in case.preferences]
    packages = tabled_packages(case)
    if not packages:
        missing.append(NotComputed("offers", (), "No text or package is on the table (texts, packages)."))
    for package in packages:
        likely = {party: _likely_margin(case, party, package.choice) for party in numbered}
        whatever = {party: _widest_margin(case, party, package.choice) for party in numbered}
        with_margin = [party for party in numbered if likely[party] is not None and whatever[party] is not None]
        authors = authors_among(case, package.id, numbered)
        if not authors:
            missing.append(NotComputed("offers", (package.id,), "Its author has no weights and values (preferences)."))
        sent_to = next((text.addressees for text in case.texts if text.id == package.id), ())
        addressed = {case.stand_in(name) for name in sent_to if name in case.party}
        for author in authors:
            if author not in with_margin:
                reason = f"There is no value of no agreement of {text_of(case.party[author].name)}."
                missing.append(NotComputed("offers", (package.id,), reason))
                continue
            others = [party for party in with_margin if party not in authors]
            in_order = [author, *others]
            yield (
                Offered(
                    tuple(margin for party in in_order if (margin := likely[party]) is not None),
                    tuple(margin for party in in_order if (margin := whatever[party]) is not None),
                ),
                OfferTrace(package.id, author, tuple(others), tuple(one for one in others if one in addressed)),
            )


def _likely_margin(case: Case, party: str, choice: Mapping[str, str]) -> Ends | None:
    worth = Worth.of(case, party)
    value, _ = no_agreement_value(case, party)
    if worth is None or value is None:
        return None
    low, high = worth.range_of({issue: (option,) for issue, option in choice.items()})
    return low - float(value), high - float(value)


def _widest_margin(case: Case, party: str, choice: Mapping[str, str]) -> Ends | None:
    worth = worth_whatever_the_numbers(case, party, choice)
    without = no_agreement_whatever_the_numbers(case, party)
    return None if worth is None or without is None else (worth[0] - without[1], worth[1] - without[0])

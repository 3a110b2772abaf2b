"""From a confrontation of a case to a contest between two sides: what each gains, loses, and pays before audiences."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from detente.case.case import Case
from detente.case.crisis import Audience, Confrontation
from detente.case.ledger.tabled import authors_among, tabled_packages
from detente.case.package import Package
from detente.compile.worth import Worth
from detente.core.estimate import Estimate
from detente.core.fields import text_of
from detente.engines.signals import Contestant, Mixture, Span


def span_of(number: Estimate | None) -> Span:
    """Return a judged number as a range; 0 where there is none."""
    return Span(0.0, 0.0, 0.0) if number is None else Span(number.low, number.mode, number.high)


@dataclass(frozen=True, slots=True)
class Stake:
    """What losing and winning a confrontation are worth to a party, and what was assumed of other issues."""

    lose: float
    win: float
    assumed: tuple[str, ...] = ()

    @property
    def size(self) -> float:
        """What lies between winning and losing."""
        return self.win - self.lose


def stake_of(case: Case, party: str, confrontation: Confrontation) -> Stake | None:
    """Return a party's stake: its best and worst package of what is fought over; None without weights and values.

    Issues that are not fought over count at the option that is the status quo; those without one, at the party's worst.
    """
    worth = Worth.of(case, case.stand_in(party))
    if worth is None:
        return None
    fought = [issue for issue in worth.options if not confrontation.issues or issue in confrontation.issues]
    rest = {
        issue.id: tuple(option.id for option in issue.options if option.status_quo)
        for issue in case.issues
        if issue.id in worth.options and issue.id not in fought
    }
    kept = {issue: options for issue, options in rest.items() if options}
    unset = [issue for issue, options in rest.items() if not options]
    assumed = []
    ends = _ends(worth, fought)
    if ends is None:
        found = list(worth.range_of(kept))
        assumed.append("Joint values of what is fought over are added at their ends, each by itself.")
    else:
        found = [
            worth.range_of(kept | {issue: (option,) for issue, option in zip(fought, chosen, strict=True)})[0]
            for chosen in ends
        ]
    if rest:
        assumed.append(
            "What is not fought over counts as it is today"
            + (f"; {', '.join(unset)}, where no option is today's, at the worst." if unset else ".")
        )
    return Stake(min(found), max(found), tuple(assumed))


MOST = 4096
"""Packages of issues that are tied by joint values are listed up to this number."""


def _ends(worth: Worth, fought: Sequence[str]) -> list[tuple[str, ...]] | None:
    """Return the packages among which the best and the worst lie; None if joint values tie too many issues."""
    tied = {issue for term in worth.utilities.joint for issue in term.when.issues()}
    choices = []
    for issue in fought:
        names = worth.options[issue]
        if issue in tied:
            choices.append(names)
            continue
        places = range(len(names))
        worst = min(places, key=lambda place: worth.utilities.worst[issue][place])
        best = max(places, key=lambda place: worth.utilities.worst[issue][place])
        choices.append((names[worst], names[best]))
    if prod(len(names) for issue, names in zip(fought, choices, strict=True) if issue in tied) > MOST:
        return None
    free = [index for index, issue in enumerate(fought) if issue not in tied]
    packages = []
    for end in (0, 1):
        narrowed = [(names[end],) if index in free else names for index, names in enumerate(choices)]
        packages += list(product(*narrowed))
    return packages


def audiences_of(case: Case, party: str) -> tuple[Audience, ...]:
    """Return the audiences of a party."""
    return () if case.crisis is None else tuple(one for one in case.crisis.audiences if one.party == party)


SHARED = "shared.audience_cost"
"""The number that the case gives for every party alike; it stands for the audiences of a party that lists none."""


def public_audience_cost(case: Case, party: str) -> tuple[Span, tuple[str, ...]] | None:
    """Return what all audiences of a party take for going back on public words, and whose number that is; or None."""
    audiences = audiences_of(case, party)
    if audiences:
        return Span.total(span_of(one.after_public) for one in audiences), tuple(one.id for one in audiences)
    shared = case.shared.audience_cost
    return None if shared is None else (span_of(shared), (SHARED,))


def win_chance(confrontation: Confrontation, party: str, believer: str) -> Span | None:
    """Return the chance that a party prevails, as one of the two believes; None where the case does not say."""
    believed = confrontation.win_chance.get(believer)
    if believed is None:
        return None
    chance = span_of(believed)
    if party == confrontation.sides[0]:
        return chance
    return Span(1.0 - chance.high, 1.0 - chance.mode, 1.0 - chance.low)


def war_law(stake: Stake, chance: Span, cost: Span) -> Mixture:
    """Return the law of what a confrontation is worth: lose + chance × stake − cost × stake."""
    size = stake.size
    won = tuple(stake.lose + size * number for number in (chance.low, chance.mode, chance.high))
    paid = tuple(-size * number for number in (cost.high, cost.mode, cost.low))
    return Mixture.added((won[0], won[1], won[2]), (paid[0], paid[1], paid[2]))


@dataclass(frozen=True, slots=True)
class ContestTrace:
    """Which confrontation a contest is, its sides, where their numbers come from, and what was assumed."""

    confrontation: str
    sides: tuple[str, str]
    stakes: tuple[Stake, Stake]
    sources: tuple[tuple[str, str], tuple[str, str]]
    assumed: tuple[str, ...]


def contest(case: Case, confrontation: Confrontation) -> tuple[tuple[Contestant, Contestant], ContestTrace] | str:
    """Return a contest with its trace, or one sentence that says which input is missing."""
    sides = []
    for place, party in enumerate(confrontation.sides):
        found = _side(case, confrontation, party, confrontation.sides[1 - place])
        if isinstance(found, str):
            return found
        sides.append(found)
    (one, one_stake, one_source), (other, other_stake, other_source) = sides
    assumed = dict.fromkeys((*one_stake.assumed, *other_stake.assumed, *_said(one_source), *_said(other_source)))
    trace = ContestTrace(
        confrontation=confrontation.id,
        sides=confrontation.sides,
        stakes=(one_stake, other_stake),
        sources=(one_source, other_source),
        assumed=tuple(assumed),
    )
    return (one, other), trace


def _said(sources: tuple[str, str]) -> tuple[str, ...]:
    coded = "crisis.ladder"
    return tuple(
        f"{what} counts at {source}: at least what it is certain to be."
        for what, source in zip(("To prevail", "To give way"), sources, strict=True)
        if not source.startswith(coded)
    )


def _side(
    case: Case, confrontation: Confrontation, party: str, other: str
) -> tuple[Contestant, Stake, tuple[str, str]] | str:
    name = text_of(case.party[party].name)
    stake = stake_of(case, party, confrontation)
    if stake is None:
        return f"There are no weights and values of {name} (preferences)."
    chance, cost = win_chance(confrontation, party, party), confrontation.cost.get(party)
    if chance is None or cost is None:
        field = "win_chance" if chance is None else "cost"
        return f"crisis.confrontations {confrontation.id} gives no {field} of {name}."
    prevails, gives_way = _prevails(case, party), _gives_way(case, party, other)
    if prevails is None:
        return f"crisis.ladder.prevails gives nothing for {name}, and it has no text on the table."
    if gives_way is None:
        return f"crisis.ladder.gives_way gives nothing for {name}, and no opponent has a text on the table."
    audience = public_audience_cost(case, party)
    seen = confrontation.cost_as_seen.get(party, cost)
    size = stake.size
    fight = Span(
        stake.lose + size * (chance.low - cost.high),
        stake.lose + size * (chance.mode - cost.mode),
        stake.lose + size * (chance.high - cost.low),
    )
    delays = [] if case.crisis is None else [one.cost for one in case.crisis.delays if one.party == party]
    side = Contestant(
        prevails=prevails[0],
        gives_way=gives_way[0],
        fight=fight,
        war=war_law(stake, chance, span_of(seen)),
        audience=None if audience is None else audience[0],
        delay=span_of(delays[0]) if delays and delays[0] is not None else None,
    )
    return side, stake, (prevails[1], gives_way[1])


def _prevails(case: Case, party: str) -> tuple[Span, str] | None:
    ladder = None if case.crisis is None else case.crisis.ladder
    if ladder is not None and party in ladder.prevails:
        return span_of(ladder.prevails[party]), f"crisis.ladder.prevails.{party}"
    return _worth_of_texts(case, party, [party])


def _gives_way(case: Case, party: str, other: str) -> tuple[Span, str] | None:
    ladder = None if case.crisis is None else case.crisis.ladder
    if ladder is not None and party in ladder.gives_way:
        return span_of(ladder.gives_way[party]), f"crisis.ladder.gives_way.{party}"
    found = _worth_of_texts(case, party, [other])
    if found is None and ladder is not None and {party, other} <= set(ladder.parties):
        found = _worth_of_texts(case, party, [one for one in ladder.parties if one != party])
    return found


def _worth_of_texts(case: Case, party: str, authors: Sequence[str]) -> tuple[Span, str] | None:
    """Return what the last text of each of some authors is worth to a party: what is open counts at its worst."""
    worth = Worth.of(case, case.stand_in(party))
    latest: dict[str, Package] = {}
    for package in sorted(tabled_packages(case), key=lambda one: one.public_since or datetime.date.min):
        for author in authors_among(case, package.id, authors):
            latest[author] = package
    if worth is None or not latest:
        return None
    ranges = [worth.range_of({k: (v,) for k, v in one.choice.items()}) for one in latest.values()]
    low, high = min(ends[0] for ends in ranges), max(ends[1] for ends in ranges)
    return Span(low, low, high), " and ".join(dict.fromkeys(one.id for one in latest.values()))

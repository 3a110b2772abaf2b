"""What is wrong with the `crisis` section of a case: names of nothing, and numbers where they cannot lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from detente.case.case import Case
from detente.case.crisis import Confrontation, Crisis, Ladder
from detente.case.known import Known, each_unknown, repeated, unknown, unknown_grounds, unknown_in
from detente.case.problem import PathTo, Problem
from detente.case.ranges import out_of_range
from detente.core.estimate import Estimate

HERE = "crisis"


def crisis_problems(case: Case, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the crisis section of a case."""
    section = case.crisis
    if section is None:
        return
    for kind in KINDS:
        items = getattr(section, kind)
        yield from repeated([one.id for one in items], (HERE, kind))
        for at, item in enumerate(items):
            yield from unknown_grounds(item.because, known, (HERE, kind, at, "because"))
    for at, confrontation in enumerate(section.confrontations):
        yield from _confrontation(confrontation, known, (HERE, "confrontations", at))
    yield from _signals(case, section, known)
    if section.ladder is not None:
        yield from _ladder(section.ladder, known)
    yield from _safeguards(section, known)
    yield from _measures(case, section, known)
    yield from _patronages(section, known)
    yield from _dates(section, known)


KINDS = ("confrontations", "audiences", "signals", "safeguards", "measures", "patronages", "turning_points")
"""The lists of the section whose items have ids."""


def _confrontation(one: Confrontation, known: Known, path: PathTo) -> Iterator[Problem]:
    yield from each_unknown(one.sides, known.parties, "party", (*path, "sides"))
    yield from repeated(one.sides, (*path, "sides"))
    if one.scenario is not None:
        yield from unknown(one.scenario, known.scenarios, "scenario", (*path, "scenario"))
    yield from _among(one.can_start, one.sides, (*path, "can_start"))
    yield from each_unknown(one.issues, known.issues, "issue", (*path, "issues"))
    yield from repeated(one.issues, (*path, "issues"))
    for field, low, high, what in (
        ("win_chance", 0.0, 1.0, "chance"),
        ("cost", 0.0, None, "cost"),
        ("cost_as_seen", 0.0, None, "cost"),
        ("risk", 1e-3, 1e3, "exponent"),
    ):
        numbers: Mapping[str, Estimate] = getattr(one, field)
        yield from _among(numbers, one.sides, (*path, field))
        yield from _all_in(numbers, low, high, (*path, field), what)
    yield from _maybe(one.first_strike, 0.0, 1.0, (*path, "first_strike"), "advantage")
    yield from repeated([effect.id for effect in one.effects], (*path, "effects"))
    for at, effect in enumerate(one.effects):
        here: PathTo = (*path, "effects", at)
        yield from unknown_grounds(effect.because, known, (*here, "because"))
        if effect.when is not None:
            yield from unknown_in(effect.when, known, (*here, "when"))
        yield from _maybe(effect.win_chance, -1.0, 1.0, (*here, "win_chance"), "change of the chance")
        yield from _maybe(effect.first_strike, -1.0, 1.0, (*here, "first_strike"), "change of the advantage")
        yield from _among(effect.cost, one.sides, (*here, "cost"))
        yield from _all_in(effect.cost, None, None, (*here, "cost"), "change of the cost")
        yield from _maybe(effect.years, 0.0, 1000.0, (*here, "years"), "time")


def _signals(case: Case, section: Crisis, known: Known) -> Iterator[Problem]:
    owners = {audience.id: audience.party for audience in section.audiences}
    movers = {move.id: move.party for move in case.moves}
    for at, audience in enumerate(section.audiences):
        path: PathTo = (HERE, "audiences", at)
        yield from unknown(audience.party, known.parties, "party", (*path, "party"))
        yield from _maybe(audience.after_public, 0.0, None, (*path, "after_public"), "cost")
        yield from _maybe(audience.after_private, 0.0, None, (*path, "after_private"), "cost")
    for at, signal in enumerate(section.signals):
        path = (HERE, "signals", at)
        yield from unknown(signal.party, known.parties, "party", (*path, "party"))
        yield from each_unknown(signal.to, known.parties, "party", (*path, "to"))
        yield from each_unknown(signal.audiences, owners, "audience", (*path, "audiences"))
        yield from repeated(signal.audiences, (*path, "audiences"))
        for place, name in enumerate(signal.audiences):
            yield from _owned(name, owners, signal.party, (*path, "audiences", place), "an audience")
        if signal.move is not None:
            yield from unknown(signal.move, movers, "move", (*path, "move"))
            yield from _owned(signal.move, movers, signal.party, (*path, "move"), "a move")
        yield from _maybe(signal.sunk, 0.0, None, (*path, "sunk"), "cost")
        yield from _maybe(signal.tied, 0.0, None, (*path, "tied"), "cost")
        yield from _maybe(signal.win_chance, -1.0, 1.0, (*path, "win_chance"), "change of the chance")


def _ladder(ladder: Ladder, known: Known) -> Iterator[Problem]:
    path: PathTo = (HERE, "ladder")
    yield from each_unknown(ladder.parties, known.parties, "party", (*path, "parties"))
    yield from repeated(ladder.parties, (*path, "parties"))
    if ladder.uncontrolled is not None:
        yield from unknown(ladder.uncontrolled, known.scenarios, "scenario", (*path, "uncontrolled"))
    numbers = [rung.rung for rung in ladder.rungs]
    for at, rung in enumerate(ladder.rungs):
        here: PathTo = (*path, "rungs", at)
        if rung.rung in numbers[:at]:
            yield Problem((*here, "rung"), "this rung stands here twice", rung.rung, "", "Number it otherwise")
        yield from unknown_grounds(rung.because, known, (*here, "because"))
        yield from _maybe(rung.accident, 0.0, 1.0, (*here, "accident"), "chance")
        yield from _among(rung.cost, ladder.parties, (*here, "cost"))
        yield from _all_in(rung.cost, None, None, (*here, "cost"), "cost")
    for field in ("prevails", "gives_way"):
        yield from _among(getattr(ladder, field), ladder.parties, (*path, field))
        yield from _all_in(getattr(ladder, field), None, None, (*path, field), "value")


def _safeguards(section: Crisis, known: Known) -> Iterator[Problem]:
    rungs = frozenset(() if section.ladder is None else (rung.rung for rung in section.ladder.rungs))
    for at, one in enumerate(section.safeguards):
        path: PathTo = (HERE, "safeguards", at)
        if one.when is not None:
            yield from unknown_in(one.when, known, (*path, "when"))
        yield from _maybe(one.accident_times, 0.0, 1.0, (*path, "accident_times"), "factor")
        for place, number in enumerate(one.rungs):
            if number not in rungs:
                allowed = "A rung of the ladder" if rungs else "The section has no ladder"
                yield Problem((*path, "rungs", place), "there is no such rung", number, allowed, "Correct it")


def _measures(case: Case, section: Crisis, known: Known) -> Iterator[Problem]:
    movers = {move.id: move.party for move in case.moves}
    for at, one in enumerate(section.measures):
        path: PathTo = (HERE, "measures", at)
        yield from each_unknown(one.by, known.parties, "party", (*path, "by"))
        yield from repeated(one.by, (*path, "by"))
        yield from unknown(one.on, known.parties, "party", (*path, "on"))
        if one.move is not None:
            yield from unknown(one.move, movers, "move", (*path, "move"))
        yield from _maybe(one.cost_to_target, 0.0, None, (*path, "cost_to_target"), "cost")
        yield from _among(one.cost_to_senders, one.by, (*path, "cost_to_senders"))
        yield from _all_in(one.cost_to_senders, 0.0, None, (*path, "cost_to_senders"), "cost")
        for place, step in enumerate(one.relief):
            here: PathTo = (*path, "relief", place)
            if step.when is not None:
                yield from unknown_in(step.when, known, (*here, "when"))
            yield from _maybe(step.share, 0.0, 1.0, (*here, "share"), "share")


def _patronages(section: Crisis, known: Known) -> Iterator[Problem]:
    for at, one in enumerate(section.patronages):
        path: PathTo = (HERE, "patronages", at)
        for field in ("patron", "protege", "against"):
            yield from unknown(getattr(one, field), known.parties, "party", (*path, field))
        if len({one.patron, one.protege, one.against}) < 3:
            yield Problem(path, "patron, protege and against are three parties", one.patron, "", "Name another")
        yield from _maybe(one.aid, 0.0, 1.0, (*path, "aid"), "change of the chance")
        yield from _maybe(one.stake, None, None, (*path, "stake"), "value")
        yield from _maybe(one.cost, 0.0, None, (*path, "cost"), "cost")
        yield from _maybe(one.word, 0.0, None, (*path, "word"), "cost")
        yield from _maybe(one.leaves, 0.0, 1.0, (*path, "leaves"), "chance")


def _dates(section: Crisis, known: Known) -> Iterator[Problem]:
    fights = frozenset(one.id for one in section.confrontations)
    for at, one in enumerate(section.turning_points):
        path: PathTo = (HERE, "turning_points", at)
        if one.party is not None:
            yield from unknown(one.party, known.parties, "party", (*path, "party"))
        yield from _maybe(one.chance, 0.0, 1.0, (*path, "chance"), "chance")
        for party in one.reservation:
            yield from unknown(party, known.parties, "party", (*path, "reservation", party))
        yield from _all_in(one.reservation, None, None, (*path, "reservation"), "change of the value")
        for name in one.win_chance:
            yield from unknown(name, fights, "confrontation", (*path, "win_chance", name))
        yield from _all_in(one.win_chance, -1.0, 1.0, (*path, "win_chance"), "change of the chance")
    yield from repeated([one.party for one in section.delays], (HERE, "delays"))
    for at, delay in enumerate(section.delays):
        path = (HERE, "delays", at)
        yield from unknown(delay.party, known.parties, "party", (*path, "party"))
        yield from unknown_grounds(delay.because, known, (*path, "because"))
        yield from _maybe(delay.cost, None, None, (*path, "cost"), "cost")
        yield from _maybe(delay.rate, 0.0, 100.0, (*path, "rate"), "rate")


def _among(names: Iterable[str], sides: tuple[str, ...], path: PathTo) -> Iterator[Problem]:
    for place, name in enumerate(names):
        if name not in sides:
            at = name if isinstance(names, Mapping) else place
            yield Problem((*path, at), "this is none of its sides", name, f"One of {', '.join(sides)}", "Correct it")


def _owned(name: str, owners: Mapping[str, str], party: str, path: PathTo, what: str) -> Iterator[Problem]:
    if owners.get(name, party) != party:
        yield Problem(path, f"this is {what} of {owners[name]}", name, f"A signal of {party} has its own", "Correct it")


def _maybe(
    number: Estimate | None, low: float | None, high: float | None, path: PathTo, what: str
) -> Iterator[Problem]:
    if number is not None:
        yield from out_of_range(number, low, high, path, what)


def _all_in(
    numbers: Mapping[str, Estimate], low: float | None, high: float | None, path: PathTo, what: str
) -> Iterator[Problem]:
    for name, number in numbers.items():
        yield from out_of_range(number, low, high, (*path, name), what)

"""From a case's patronages to numbers: who could be helped against whom, by laws of judged numbers.

A patronage is read together with the confrontation between its protégé and that party's opponent. Chances are turned so
that they say how likely the *opponent* is to prevail, whichever side of the confrontation it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.case.case import Case
from detente.case.crisis import Confrontation, Patronage
from detente.compile.crisis_packages import compile_war_packages, exact_war_values
from detente.core.estimate import Estimate
from detente.core.streams import Purpose, stream
from detente.engines.crisis.private import Law
from detente.maths.compiled import FloatArray
from detente.maths.pert import pert_quantile

OPPONENT_CHANCE = "opponent_chance"
PROTEGE_CHANCE = "protege_chance"
OPPONENT_COST = "opponent_cost"
PROTEGE_COST = "protege_cost"
PROTEGE_COST_AS_SEEN = "protege_cost_as_seen"
OPPONENT_COST_AS_SEEN = "opponent_cost_as_seen"
AID = "aid"
STAKE = "stake"
PATRON_COST = "patron_cost"
WORD = "word"
LEAVES = "leaves"
GIVES_WAY = "gives_way"
OPPONENT_DELAY = "opponent_delay"
OPPONENT_RATE = "opponent_rate"
PROTEGE_DELAY = "protege_delay"
PROTEGE_RATE = "protege_rate"

DRAWN = (
    OPPONENT_CHANCE,
    PROTEGE_CHANCE,
    OPPONENT_COST,
    PROTEGE_COST,
    AID,
    STAKE,
    PATRON_COST,
    WORD,
    GIVES_WAY,
)
"""Numbers that are drawn, in the order of their columns: a column is the same whoever is called what."""

DECIDING = (OPPONENT_CHANCE, PROTEGE_CHANCE, OPPONENT_COST, PROTEGE_COST, AID, STAKE, PATRON_COST, WORD)
"""Numbers that decide what becomes of a demand."""


@dataclass(frozen=True, slots=True)
class Named:
    """A judged number: its law, its field in the case file, whose it is, and whether statements stand behind it."""

    law: Law
    field: str
    party: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatronageNumbers:
    """One patronage with its confrontation and every number that the case gives for it.

    Attributes
    ----------
    one : Patronage
        As in the case.
    confrontation : Confrontation
        Between its protégé and that party's opponent.
    numbers : mapping
        Name (the constants of this module) → number; absent where the case gives none.
    missing : mapping
        Name → where the case file would hold it.
    """

    one: Patronage
    confrontation: Confrontation
    numbers: Mapping[str, Named]
    missing: Mapping[str, str]

    def lacks(self, *names: str) -> str | None:
        """Return one sentence on which of some numbers are missing, or None."""
        absent = [self.missing[name] for name in names if name not in self.numbers]
        return f'Patronage "{self.one.id}" lacks {", ".join(absent)}. Add it.' if absent else None

    def modes(self, *names: str) -> dict[str, float]:
        """Return the most likely values of some numbers."""
        return {name: self.numbers[name].law.mode for name in names}

    def draws(self, count: int, seed: int) -> Mapping[str, FloatArray]:
        """Return draws of the numbers; the same places for every patronage, so that no name or order matters."""
        places = stream(seed, Purpose.DETERRENCE).random((count, len(DRAWN)))
        drawn = {}
        for column, name in enumerate(DRAWN):
            if name in self.numbers:
                law = self.numbers[name].law
                bounds = (np.array([bound]) for bound in (law.low, law.mode, law.high))
                drawn[name] = pert_quantile(places[:, column : column + 1], *bounds)[:, 0]
        return drawn


def compile_patronages(case: Case, pair: Sequence[str] | None = None) -> tuple[list[PatronageNumbers], dict[str, str]]:
    """Return the patronages with their numbers, and for each that cannot be read one sentence that says why."""
    found, missing = [], {}
    for one in case.crisis.patronages if case.crisis is not None else ():
        if pair is not None and {one.protege, one.against} != set(pair):
            continue
        compiled = _numbers(case, one)
        if isinstance(compiled, str):
            missing[one.id] = compiled
        else:
            found.append(compiled)
    return found, missing


def _numbers(case: Case, one: Patronage) -> PatronageNumbers | str:
    assert case.crisis is not None
    fights = [war for war in case.crisis.confrontations if set(war.sides) == {one.protege, one.against}]
    if not fights:
        return (
            f'Patronage "{one.id}": no confrontation is named between {one.protege} and {one.against}. '
            "Add one under crisis.confrontations."
        )
    if one.stake.low < 0:
        return f'Patronage "{one.id}": its stake may be below 0, and then it is no patron. Give a stake of 0 or more.'
    war = fights[0]
    delays = {delay.party: delay for delay in case.crisis.delays}
    here, there = f"crisis.confrontations {war.id}", f"crisis.patronages {one.id}"
    seen = f"{here} cost_as_seen"
    opponent, protege = one.against, one.protege
    turned = (OPPONENT_CHANCE, PROTEGE_CHANCE) if war.sides[0] != opponent else ()
    rows: list[tuple[str, Estimate | None, str, str, str]] = [
        (OPPONENT_CHANCE, war.win_chance.get(opponent), "win_chance", opponent, f"{here} win_chance.{opponent}"),
        (PROTEGE_CHANCE, war.win_chance.get(protege), "win_chance", protege, f"{here} win_chance.{protege}"),
        (OPPONENT_COST, war.cost.get(opponent), "cost", opponent, f"{here} cost.{opponent}"),
        (PROTEGE_COST, war.cost.get(protege), "cost", protege, f"{here} cost.{protege}"),
        (OPPONENT_COST_AS_SEEN, war.cost_as_seen.get(opponent), "cost_as_seen", opponent, f"{seen}.{opponent}"),
        (PROTEGE_COST_AS_SEEN, war.cost_as_seen.get(protege), "cost_as_seen", protege, f"{seen}.{protege}"),
        (AID, one.aid, "aid", one.patron, f"{there} aid"),
        (STAKE, one.stake, "stake", one.patron, f"{there} stake"),
        (PATRON_COST, one.cost, "help_cost", one.patron, f"{there} cost"),
        (WORD, one.word, "word", one.patron, f"{there} word"),
        (LEAVES, one.leaves, "leaves", one.patron, f"{there} leaves"),
    ]  # fmt: skip
    for party, cost, rate in ((opponent, OPPONENT_DELAY, OPPONENT_RATE), (protege, PROTEGE_DELAY, PROTEGE_RATE)):
        delay = delays.get(party)
        rows.append((cost, None if delay is None else delay.cost, "delay", party, f"crisis.delays {party} cost"))
        rows.append((rate, None if delay is None else delay.rate, "rate", party, f"crisis.delays {party} rate"))
    numbers = {
        name: Named(_law(given, turned=name in turned), field, party, given.because)
        for name, given, field, party, _ in rows
        if given is not None
    }
    missing = {name: place for name, given, _, _, place in rows if given is None}
    stakes = _stakes(case, war)
    for name, party in ((OPPONENT_DELAY, opponent), (PROTEGE_DELAY, protege)):
        if name in numbers:
            _rescale(numbers, missing, name, stakes.get(party))
    heard = [audience for audience in case.crisis.audiences if audience.party == opponent]
    if heard:
        ends = (sum(getattr(audience.after_public, end) for audience in heard) for end in ("low", "mode", "high"))
        grounds = tuple(ground for audience in heard for ground in audience.after_public.because)
        numbers[GIVES_WAY] = Named(Law(*ends), "audiences", opponent, grounds)
        _rescale(numbers, missing, GIVES_WAY, stakes.get(opponent))
    else:
        missing[GIVES_WAY] = f"crisis.audiences of {opponent}"
    return PatronageNumbers(one, war, numbers, missing)


def _law(given: Estimate, *, turned: bool) -> Law:
    if turned:
        return Law(1.0 - given.high, 1.0 - given.mode, 1.0 - given.low)
    return Law(given.low, given.mode, given.high)


def _stakes(case: Case, war: Confrontation) -> Mapping[str, float]:
    """Return what lies between each side's worst and best package, or nothing where that is not coded."""
    if not set(war.sides) <= set(war.win_chance) or not set(war.sides) <= set(war.cost):
        return {}
    compiled = compile_war_packages(case, war, exact_war_values(war))
    if isinstance(compiled, str):
        return {}
    return {side: float(compiled.stake(k)) for k, side in enumerate(war.sides) if compiled.stake(k) > 0}


def _rescale(numbers: dict[str, Named], missing: dict[str, str], name: str, stake: float | None) -> None:
    """Turn a number on a party's scale into a share of its stake; without a stake it is missing."""
    given = numbers.pop(name)
    if stake is None:
        missing[name] = f"values of {given.party} on what is fought over"
        return
    law = Law(given.law.low / stake, given.law.mode / stake, given.law.high / stake)
    numbers[name] = Named(law, given.field, given.party, given.because)

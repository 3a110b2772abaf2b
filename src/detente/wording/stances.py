"""A stance and a change of stance in words: by what a party says now, whether it says so itself, and since when."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from detente.case.case import Case
from detente.case.ledger.movement import Direction, Movement
from detente.case.ledger.stances import Held, held_stances
from detente.case.position import Basis, Stance
from detente.evidence.statement import TextClass
from detente.wording.naming import Naming
from detente.wording.sentence import Part
from detente.wording.statements import short_day

VERBS = {
    Stance.DEMANDS: "asks for",
    Stance.WOULD_ACCEPT: "would accept",
    Stance.WOULD_DISCUSS: "would discuss",
    Stance.RULES_OUT: "refuses",
    Stance.NO_ANSWER: "gives no answer on",
}
_NOW = {
    Stance.DEMANDS: "now asks for",
    Stance.WOULD_ACCEPT: "would now accept",
    Stance.WOULD_DISCUSS: "would now discuss",
    Stance.RULES_OUT: "now refuses",
    Stance.NO_ANSWER: "now gives no answer on",
}

UNNAMED = " (unnamed sources)"
"""The mark of a stance that is known from advisers or unnamed sources."""


def stance_words(case: Case, held: Held, *, bare_demand: bool = False) -> Part:
    """Return a stance and the option; with `bare_demand` a demand is the option alone.

    A demand taken in a legal act is no request: it is worded as the act.
    """
    option: Part = Naming(case).option(held.issue, held.option, basis=held.basis, cites=(held.statement,))
    if is_unnamed(case, held.statement):
        option = (option, UNNAMED)
    if act := _legal_act(case, held.stance, held.statement):
        return (act, option)
    if bare_demand and held.stance is Stance.DEMANDS:
        return option
    return (f"{VERBS[held.stance]} ", option)


def shown_movements(case: Case, movements: Sequence[Movement]) -> tuple[Movement, ...]:
    """Return the movements between two dated statements of different days, those in words first, else the latest.

    A movement is shown only if what it led to is what the party holds now; and no demand is said to be repeated no
    longer because advisers or unnamed sources left it out.
    """
    dated = [
        (movement, days)
        for movement in movements
        if movement.direction is not Direction.CONFIRMED
        and _is_held_now(case, movement)
        and not (movement.after is None and is_unnamed(case, _later_statement(case, movement)))
        and (days := _days(case, movement)) is not None
    ]
    dated.sort(key=lambda pair: (pair[0].basis is not Basis.STATED, -pair[1][1].toordinal()))
    return tuple(movement for movement, _ in dated)


def movement_words(case: Case, movement: Movement) -> Part:
    """Return who moved to what, between which days, and whether that is our reading.

    Where the later text does not speak of what was asked for before, that silence is all that is said.
    """
    naming = Naming(case)
    later = _later_statement(case, movement)
    if movement.after is None:
        return _not_repeated(case, movement)
    option = naming.option(movement.issue, movement.option, basis=movement.basis, cites=(later,))
    marked: Part = (option, UNNAMED) if is_unnamed(case, later) else option
    days = _days(case, movement)
    act = _legal_act(case, movement.after, later)
    reading = "" if movement.basis is Basis.STATED else "our reading; "
    if act is not None:
        return (naming.party(movement.party), " ", act, marked)
    since = f" ({reading}{short_day(days[0])}, then {short_day(days[1])})" if days else ""
    return (naming.party(movement.party), f" {_NOW[movement.after]} ", marked, since)


def _not_repeated(case: Case, movement: Movement) -> Part:
    """Return that a demand is not repeated in the party's later text: what that means is our reading."""
    naming = Naming(case)
    later = _later_statement(case, movement)
    option = naming.option(movement.issue, movement.option, basis=Basis.INFERRED, cites=(later,))
    days = _days(case, movement)
    since = f"; {short_day(days[0])}, then {short_day(days[1])}" if days else ""
    return (naming.party(movement.party), ": its later text does not repeat ", option, f" (our reading{since})")


def _later_statement(case: Case, movement: Movement) -> str:
    return case.position[movement.later].because[0]


def _is_held_now(case: Case, movement: Movement) -> bool:
    """Return whether what a movement led to is the stance held now; a demand that ended must not be taken up again."""
    held = held_stances(case, movement.party, movement.issue).get(movement.option)
    return (None if held is None else held.stance) is movement.after


def is_unnamed(case: Case, statement: str) -> bool:
    """Return whether a statement is known from advisers or unnamed sources: it is no word of the party itself."""
    return case.statement[statement].text_class is TextClass.ADVISERS_OR_UNNAMED_SOURCES


def _days(case: Case, movement: Movement) -> tuple[datetime.date, datetime.date] | None:
    """Return when both statements were made; None if one is not dated or the later is not of a later day."""
    first, last = (
        case.statement[case.position[item].because[0]].happened for item in (movement.earlier, movement.later)
    )
    if first is None or last is None or first.first >= last.first:
        return None
    return first.first, last.first


def _legal_act(case: Case, stance: Stance, statement: str) -> str | None:
    act = case.statement[statement]
    if stance is not Stance.DEMANDS or act.text_class is not TextClass.LEGAL_ACT:
        return None
    return f"by a legal act of {short_day(act.happened.first if act.happened else act.public_since)}: "

"""What could be fought over, by whom and at what price: the `crisis` section of a case.

Beliefs, costs and chances of a confrontation are judged numbers, seldom said by anybody: one without grounds is
"assumed", and every answer that rests on it says so.
"""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from detente.case.stability import Dated
from detente.core.estimate import Estimate
from detente.core.fields import ConditionField, Count, Day, Flag, Id, Part, Text


class Effect(Dated):
    """What an agreement, a move or time does to a confrontation.

    Attributes
    ----------
    when
        The condition over issues under which it comes about; without one it comes about without any agreement.
    win_chance
        What is added to the chance that the first side prevails.
    first_strike
        What is added to the advantage of striking first.
    cost
        What is added to a side's cost of fighting.
    starts, years
        From which day on, and over how many years it comes about; at once where they are left out.
    """

    id: Id
    text: Text
    when: ConditionField | None = None
    win_chance: Estimate | None = None
    first_strike: Estimate | None = None
    cost: dict[Id, Estimate] = {}
    starts: Day | None = None
    years: Estimate | None = None


class Confrontation(Dated):
    """A use of force between two parties, as a costly lottery over what is at stake between them.

    Attributes
    ----------
    sides
        The two parties; chances are those that the first of them prevails.
    scenario
        The scenario of no agreement in which it is fought.
    can_start
        Who can begin it alone: an ability, not an intention.
    issues
        What is at stake; every issue where none is named.
    win_chance
        What each side believes the chance to be that the first side prevails.
    cost
        What fighting costs a side, as a share of what is at stake for it.
    cost_as_seen
        What its opponent believes that cost to be.
    first_strike
        What is added to the chance of the side that strikes first.
    risk
        A side's exponent a of u = x^a over shares of the stake: below 1 it shuns risk, above 1 it seeks it.
    effects
        What moves these numbers.
    """

    id: Id
    text: Text | None = None
    sides: tuple[Id, Id]
    scenario: Id | None = None
    can_start: tuple[Id, ...] = ()
    issues: tuple[Id, ...] = ()
    win_chance: dict[Id, Estimate] = {}
    cost: dict[Id, Estimate] = {}
    cost_as_seen: dict[Id, Estimate] = {}
    first_strike: Estimate | None = None
    risk: dict[Id, Estimate] = {}
    effects: tuple[Effect, ...] = ()


class Audience(Dated):
    """Those before whom a party loses if it goes back on its word: `after_public`, `after_private` on its own scale."""

    id: Id
    party: Id
    text: Text
    after_public: Estimate
    after_private: Estimate | None = None


class Signal(Dated):
    """What a move or a word costs and binds.

    Attributes
    ----------
    move
        The move of the case that it is, if it is one.
    sunk
        What it costs its party whatever follows.
    tied
        What it costs its party only if it then gives way, besides what its audiences take.
    win_chance
        What it adds to the party's chance to prevail if it comes to fighting.
    audiences
        Who hears it.
    public
        Whether it is made in public.
    """

    id: Id
    party: Id
    text: Text
    to: tuple[Id, ...] = ()
    move: Id | None = None
    sunk: Estimate | None = None
    tied: Estimate | None = None
    win_chance: Estimate | None = None
    audiences: tuple[Id, ...] = ()
    public: Flag = True


class Rung(Dated):
    """A rung of the escalation ladder, the same for all: moves name theirs.

    Attributes
    ----------
    rung
        Its number; a higher one is a graver act.
    accident
        The chance per month, while one stands on it, that events run out of control though nobody decides it.
    cost
        What a month on it costs a party.
    """

    rung: Count
    text: Text
    accident: Estimate
    cost: dict[Id, Estimate] = {}


class Ladder(Part):
    """The ladder as a contest between two or more parties.

    Attributes
    ----------
    parties
        Who climbs.
    uncontrolled
        The scenario of no agreement that follows if events run out of control.
    prevails
        What it is worth to a party that all others give way first; its own text on the table where it is left out.
    gives_way
        What it is worth to a party to give way first; the text of the one that prevails where it is left out.
    """

    parties: tuple[Id, ...] = Field(min_length=2)
    uncontrolled: Id | None = None
    rungs: tuple[Rung, ...] = Field(min_length=1)
    prevails: dict[Id, Estimate] = {}
    gives_way: dict[Id, Estimate] = {}
    note: Text | None = None


class Safeguard(Dated):
    """What makes accidents rarer: a hotline, a distance, notice of exercises; `when` where a package must hold it."""

    id: Id
    text: Text
    when: ConditionField | None = None
    rungs: tuple[Count, ...] = ()
    accident_times: Estimate


class Relief(Part):
    """A step by which a measure is eased, and the condition over issues that it answers."""

    text: Text
    when: ConditionField | None = None
    share: Estimate


class Measure(Dated):
    """A sanction, threatened or in force: what it costs the one it is on, and those who take it, per year."""

    id: Id
    text: Text
    by: tuple[Id, ...] = Field(min_length=1)
    on: Id
    in_force: Flag = False
    move: Id | None = None
    cost_to_target: Estimate
    cost_to_senders: dict[Id, Estimate] = {}
    relief: tuple[Relief, ...] = ()


class Patronage(Dated):
    """A patron that may come to the help of its protégé.

    Attributes
    ----------
    aid
        What the patron's help adds to the protégé's chance to prevail.
    stake
        What the protégé's cause is worth to the patron, on the patron's scale.
    cost
        What fighting beside it costs the patron, on the patron's scale.
    word
        What it costs the patron to be seen to abandon it, on the patron's scale.
    leaves
        The chance per year that the help ends.
    """

    id: Id
    patron: Id
    protege: Id
    against: Id
    text: Text | None = None
    aid: Estimate
    stake: Estimate
    cost: Estimate
    word: Estimate | None = None
    leaves: Estimate | None = None


class TurningPoint(Dated):
    """A date known in advance on which something may change, as an office does.

    Attributes
    ----------
    on
        The day.
    chance
        How likely the change is.
    party
        Whose office, help or weapons it is.
    reservation
        What is added to a party's value of no agreement if it comes.
    effects
        What it does to confrontations, by their ids.
    """

    id: Id
    on: Day
    text: Text
    party: Id | None = None
    chance: Estimate
    reservation: dict[Id, Estimate] = {}
    win_chance: dict[Id, Estimate] = {}


class Delay(Dated):
    """What a year without agreement costs a party, and by which rate per year it discounts what comes later."""

    party: Id
    cost: Estimate | None = None
    rate: Estimate | None = None


class Crisis(Part):
    """What could be fought over, by whom, and at what price."""

    confrontations: tuple[Confrontation, ...] = ()
    audiences: tuple[Audience, ...] = ()
    signals: tuple[Signal, ...] = ()
    ladder: Ladder | None = None
    safeguards: tuple[Safeguard, ...] = ()
    measures: tuple[Measure, ...] = ()
    patronages: tuple[Patronage, ...] = ()
    turning_points: tuple[TurningPoint, ...] = ()
    delays: tuple[Delay, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not any(getattr(self, name) for name in type(self).model_fields if name != "note"):
            raise ValueError("the section is empty. It names a confrontation at least. Write one, or leave it out")
        return self

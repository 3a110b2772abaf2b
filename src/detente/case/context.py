"""What surrounds the issues: no agreement, moves, forums, third parties, calendar, terms, constituencies."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from detente.core.estimate import Estimate
from detente.core.fields import ConditionField, Count, Day, Flag, Id, Part, Text
from detente.evidence.source import Grade


class Scenario(Part):
    """One way in which things go on without agreement, the same for all parties.

    `intensity` orders those that parties can start: of several that are started the highest comes about.
    """

    id: Id
    text: Text
    intensity: Count | None = None


class Outlook(Part):
    """One party's beliefs over the scenarios (they sum to 1) and its payoff in each.

    A payoff is on the scale of utilities (0 to 1, or that of the case), and may lie outside it: war can be worse than
    any package.
    """

    party: Id
    beliefs: dict[Id, Estimate] = {}
    payoffs: dict[Id, Estimate] = {}
    note: Text | None = None


class NoAgreement(Part):
    """Shared scenarios with each party's beliefs and payoffs."""

    scenarios: tuple[Scenario, ...] = ()
    outlooks: tuple[Outlook, ...] = ()


class Alternative(Part):
    """What a party says it will do, or what will follow, without agreement: in its own words, by statement."""

    party: Id
    because: tuple[Id, ...] = Field(min_length=1)
    note: Text | None = None


class Move(Part):
    """Something a party can do alone.

    `rung` is its place on the escalation ladder, `against` those whom it is aimed at, `theatre` where or in which field
    it is done (a move elsewhere is a horizontal answer), `reversible` whether it can be taken back.
    """

    id: Id
    party: Id
    text: Text
    rung: Count | None = None
    against: tuple[Id, ...] = ()
    theatre: Text | None = None
    reversible: Flag | None = None
    available_if: ConditionField | None = None
    because: tuple[Id, ...] = ()
    note: Text | None = None


class Perception(Part):
    """What one party says it believes of another, by statement."""

    of: Id
    about: Id
    because: tuple[Id, ...] = Field(min_length=1)
    note: Text | None = None


class Publicity(StrEnum):
    """How open a forum is."""

    PUBLIC = "public"
    SEMI_PUBLIC = "semi-public"
    CLOSED_WITH_STATEMENTS = "closed with press statements"
    CLOSED = "closed"
    SECRET = "secret/back-channel"
    PROPOSED = "proposed"


class Forum(Part):
    """A format of talks and who sits in it."""

    id: Id
    name: Text
    members: tuple[Id, ...] = ()
    host: Id | None = None
    publicity: Publicity | None = None
    issues: tuple[Id, ...] = ()
    because: tuple[Id, ...] = ()
    since: Day | None = None
    note: Text | None = None


class ThirdParty(Part):
    """A mediator, guarantor, verifier, host or spoiler; `party` links it to a party where it is also one."""

    id: Id
    name: Text
    roles: tuple[str, ...] = ()
    party: Id | None = None
    because: tuple[Id, ...] = ()
    note: Text | None = None


class CalendarEntry(Part):
    """A date known in advance, and since when; once it is publicly cancelled it is no date ahead any more."""

    on: Day
    what: Text
    public_since: Day
    cancelled_since: Day | None = None
    grade: Grade
    note: Text | None = None


class TermUse(Part):
    """Who uses which wording, since when."""

    who: str
    wording: str
    since: Day
    source: str | None = None


class Term(Part):
    """A contested term: the wordings in use, and the one that the program prints in its own voice."""

    id: Id
    topic: Text
    uses: tuple[TermUse, ...] = Field(min_length=1)
    prints: Text
    confidence: str | None = None
    note: Text | None = None


class Constituency(Part):
    """Those who bear the outcome without a seat; scenarios from least to most harm, ties together."""

    id: Id
    name: Text
    order_of_harm: tuple[tuple[Id, ...], ...] = ()
    since: Day | None = None
    because: tuple[Id, ...] = ()
    illustrative: Flag = False
    note: Text | None = None


class AuthorClaim(Part):
    """What an author claims of a party: not a position of the party, and it never sets a number."""

    about: Id
    issue: Id
    statement: Id
    rules_out: tuple[Id, ...] = ()
    public_since: Day
    says: Text
    note: Text | None = None


class RecordNote(Part):
    """Where a document and the public record differ, or need care."""

    document: str
    document_says: Text
    record: Text
    statements: tuple[Id, ...] = ()
    confidence: str | None = None


class TrustClass(Part):
    """A class of dyads with the same, party-blind range of trust."""

    id: Id
    value: Estimate


class Dyad(Part):
    """Which class of trust one party has in another; `value`, where given, replaces the class's range."""

    of: Id
    towards: Id
    trust: Id
    value: Estimate | None = None


class SharedEstimates(Part):
    """Numbers that are the same for every party."""

    patience_6m: Estimate | None = None
    audience_cost: Estimate | None = None

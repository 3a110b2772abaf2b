"""Something that happened, as it is reported; a disputed author stays disputed."""

from __future__ import annotations

from pydantic import Field

from detente.core.fields import Day, Flag, Id, Number, Part, Text
from detente.evidence.happened import Happened
from detente.evidence.source import Grade, Visibility
from detente.evidence.statement import Citation


class AttributedClaim(Part):
    """What somebody says of an event; `names` are those whom it names as its authors, none where it denies."""

    who: str
    says: Text
    public_since: Day
    names: tuple[Id, ...] = ()


class EventCode(Part):
    """Codes of the event ontologies: CAMEO event, PLOVER class, Goldstein value (conflict −10 … cooperation 10)."""

    cameo: str
    plover: str | None = None
    goldstein: Number | None = Field(default=None, ge=-10, le=10)


class Event(Part):
    """A dated event with its actors, targets and codes."""

    id: Id
    happened: Happened
    public_since: Day
    actors: tuple[Id, ...] = ()
    targets: tuple[Id, ...] = ()
    says: Text
    code: EventCode | None = None
    offer: Flag = False
    disputed: Flag = False
    claims: tuple[AttributedClaim, ...] = ()
    cites: tuple[Citation, ...] = ()
    grade: Grade
    confidence: str | None = None
    statements: tuple[Id, ...] = ()
    third_party_effect: Text | None = None
    visibility: Visibility = Visibility.PUBLIC
    note: Text | None = None

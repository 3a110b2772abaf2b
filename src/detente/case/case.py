"""The case: everything that was published about a dispute and what was judged from it, in one frozen value."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, Self, TypeVar

from pydantic import Field

from detente.case.consent import ConsentList
from detente.case.context import (
    Alternative,
    AuthorClaim,
    CalendarEntry,
    Constituency,
    Dyad,
    Forum,
    Move,
    NoAgreement,
    Perception,
    RecordNote,
    SharedEstimates,
    Term,
    ThirdParty,
    TrustClass,
)
from detente.case.crisis import Crisis
from detente.case.issue import Issue, Link
from detente.case.lens import Lens
from detente.case.package import Answer, Package, TabledText
from detente.case.party import MemberRule, Party
from detente.case.position import Position
from detente.case.preference import Preference
from detente.case.stability import Stability
from detente.core.dates import interval_of
from detente.core.estimate import Estimate
from detente.core.fields import Day, Flag, Id, Number, Part, Text
from detente.evidence.claims import AgreedText, Claim, ForecastOutcome
from detente.evidence.event import Event
from detente.evidence.source import Source
from detente.evidence.statement import Statement, TextClass

SCHEMA_VERSION = "1"

T = TypeVar("T")


class Period(Part):
    """The days that a case covers."""

    first: Day
    last: Day


class Scale(Part):
    """The scale of utilities of an imported case, which it keeps; a judged case has none and uses 0 to 1."""

    low: Number
    high: Number
    note: Text | None = None


class Case(Part):
    """A dispute as data.

    The same keys whether they stand in one file or in the files of a folder (`FILE_OF_KEY` in
    `detente.case.load` says which); `sources`, `statements`, `events`, `actors` and what `claims.yaml` holds may
    come from a record folder that several cases share.
    """

    schema_version: Literal["1"]
    id: Id
    version: str
    title: Text
    summary: Text | None = None
    authors: tuple[str, ...] = Field(min_length=1)
    licence: str
    illustrative: Flag = False
    drafted_by: tuple[str, ...] = ()
    challenged_by: tuple[str, ...] = ()
    dissent: tuple[Text, ...] = ()
    not_read: Text | None = None
    stale_after: Day | None = None
    period: Period | None = None
    cut_off: Day | None = None
    missing_voices: tuple[Text, ...] = ()
    scale: Scale | None = None
    record: str | None = None

    parties: tuple[Party, ...] = Field(min_length=1)
    consent_lists: tuple[ConsentList, ...] = ()
    issues: tuple[Issue, ...] = Field(min_length=1)
    links: tuple[Link, ...] = ()

    positions: tuple[Position, ...] = ()

    texts: tuple[TabledText, ...] = ()
    answers: tuple[Answer, ...] = ()
    packages: tuple[Package, ...] = ()

    text_class_priors: dict[TextClass, Estimate] = {}
    preferences: tuple[Preference, ...] = ()

    no_agreement: NoAgreement = NoAgreement()
    alternatives: tuple[Alternative, ...] = ()
    moves: tuple[Move, ...] = ()
    perceptions: tuple[Perception, ...] = ()
    forums: tuple[Forum, ...] = ()
    third_parties: tuple[ThirdParty, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    terms: tuple[Term, ...] = ()
    constituencies: tuple[Constituency, ...] = ()
    author_claims: tuple[AuthorClaim, ...] = ()
    record_notes: tuple[RecordNote, ...] = ()
    trust_classes: tuple[TrustClass, ...] = ()
    dyads: tuple[Dyad, ...] = ()
    shared: SharedEstimates = SharedEstimates()
    stability: Stability | None = None
    crisis: Crisis | None = None

    lenses: tuple[Lens, ...] = ()

    actors: dict[Id, Text] = {}
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    agreed_texts: tuple[AgreedText, ...] = ()
    forecast_outcomes: tuple[ForecastOutcome, ...] = ()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a changed copy, without the indexes that were built for the original."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy

    @cached_property
    def party(self) -> Mapping[str, Party]:
        """Parties by id."""
        return _by_id(self.parties)

    @cached_property
    def issue(self) -> Mapping[str, Issue]:
        """Issues by id."""
        return _by_id(self.issues)

    @cached_property
    def consent_list(self) -> Mapping[str, ConsentList]:
        """Consent lists by id."""
        return _by_id(self.consent_lists)

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Sources by id."""
        return _by_id(self.sources)

    @cached_property
    def statement(self) -> Mapping[str, Statement]:
        """Statements by id."""
        return _by_id(self.statements)

    @cached_property
    def event(self) -> Mapping[str, Event]:
        """Events by id."""
        return _by_id(self.events)

    @cached_property
    def position(self) -> Mapping[str, Position]:
        """Positions by id."""
        return _by_id(self.positions)

    @cached_property
    def text(self) -> Mapping[str, TabledText]:
        """Tabled texts by id."""
        return _by_id(self.texts)

    @cached_property
    def claim(self) -> Mapping[str, Claim]:
        """Claims by id."""
        return _by_id(self.claims)

    @cached_property
    def agreed_text(self) -> Mapping[str, AgreedText]:
        """Agreed texts by id."""
        return _by_id(self.agreed_texts)

    @cached_property
    def preference(self) -> Mapping[str, Preference]:
        """Preferences by party id."""
        return MappingProxyType({preference.party: preference for preference in self.preferences})

    @cached_property
    def positions_of(self) -> Mapping[tuple[str, str], tuple[Position, ...]]:
        """Positions by (party, issue), oldest first by the day they became public.

        A member's position also stands under a group that speaks jointly (`MemberRule.JOINT`).
        """
        joint = [group for group in self.parties if group.member_rule is MemberRule.JOINT]
        grouped: dict[tuple[str, str], list[Position]] = {}
        for position in self.positions:
            speaks_for = (group.id for group in joint if position.party in group.members)
            for party in (position.party, *speaks_for):
                grouped.setdefault((party, position.issue), []).append(position)
        return MappingProxyType(
            {key: tuple(sorted(group, key=lambda p: (self.day_of(p), p.id))) for key, group in grouped.items()}
        )

    def day_of(self, position: Position) -> datetime.date:
        """Return the day since which a position is public: that of the statement it was taken in."""
        return self.statement[position.because[0]].public_since

    def stand_in(self, party: str) -> str:
        """Return the party whose coded text stands for this one (itself, unless it is represented)."""
        return self.party[party].represented_by or party

    def is_coded(self, party: str, issue: str) -> bool:
        """Return whether a party, or the one that stands for it, has a coded position on an issue."""
        return (self.stand_in(party), issue) in self.positions_of

    def public_since(self, item: str) -> datetime.date | None:
        """Return the day since which a statement, position or event is public; None if there is no such item."""
        if item in self.statement:
            return self.statement[item].public_since
        if item in self.position:
            return self.day_of(self.position[item])
        if item in self.event:
            return self.event[item].public_since
        return None

    def at(self, date: datetime.date | str) -> Case:
        """Return the case as it was public on a day: what became public later is gone."""
        from detente.case.as_of import at  # the cut reads the whole case model, so it is imported on use

        return at(self, interval_of(date)[1] if isinstance(date, str) else date)


def _by_id(items: tuple[T, ...]) -> Mapping[str, T]:
    return MappingProxyType({item.id: item for item in items})  # type: ignore[attr-defined]

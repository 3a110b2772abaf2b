"""One attributed act in a source: who says that who did what, when, and where that stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from detente.core.fields import Count, Day, Flag, Id, Part, Probability, Text
from detente.evidence.claims import Closes, Forecast, Kind, Reliance
from detente.evidence.happened import Happened
from detente.evidence.source import Channel, Grade, Visibility


class Act(StrEnum):
    """What an actor does in a statement."""

    PROPOSE = "propose"
    DEMAND = "demand"
    ACCEPT = "accept"
    REJECT = "reject"
    ENGAGE = "engage"
    PRECONDITION = "precondition"
    RED_LINE = "red_line"
    THREATEN = "threaten"
    SANCTION = "sanction"
    DEPLOY = "deploy"
    DE_ESCALATE = "de-escalate"
    REASSURE = "reassure"
    ACCUSE = "accuse"
    COMMIT = "commit"
    MEDIATE = "mediate"
    CONVENE_FORUM = "convene_forum"
    PREDICT = "predict"
    ASSESS_PERCEPTION = "assess_perception"


class Attribution(StrEnum):
    """How the voice stands to the act it reports."""

    OWN_DOCUMENT = "own_document"  # the actor's own text
    AUTHOR_ASSERTION = "author_assertion"  # the author's own claim or judgement
    REPORTED_EVENT = "reported_event"  # the author reports an event or a position
    REPORTED_SPEECH = "reported_speech"  # the author reports what someone said
    DIRECT_QUOTE = "direct_quote"  # words quoted from a named speaker
    DOCUMENT_QUOTE = "document_quote"  # words or titles quoted from a document


class TextClass(StrEnum):
    """The kind of text a position was taken in; it sets the prior that a red line binds."""

    DRAFT_TREATY_DEMAND = "draft_treaty_demand"
    LEADER_PUBLIC_IMPERATIVE = "leader_public_imperative"
    WRITTEN_CONFIDENTIAL_REPLY = "written_confidential_reply"
    PUBLIC_WRITTEN_STATEMENT = "public_written_statement"
    LEGAL_ACT = "legal_act"
    OFFICIAL_REMARK = "official_remark"
    SPOKESPERSON_REMARK = "spokesperson_remark"
    ADVISERS_OR_UNNAMED_SOURCES = "advisers_or_unnamed_sources"
    INFERRED = "inferred"


class CitationLevel(StrEnum):
    """How far a citation can be proved."""

    SPAN = "span"  # character by character
    LOCATOR = "locator"  # document and article
    MEMORY = "memory"  # the coder's memory, to be checked


class Span(Part):
    """Characters [start, end) of a source's file, decoded as UTF-8 and not normalised, and their hash."""

    paragraph: Count
    paragraph_end: Count | None = None
    start: Count
    end: Count
    sha256_16: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class Citation(Part):
    """Where a statement stands: a source, and the place in it as well as it is known."""

    source: Id
    locator: str | None = None
    span: Span | None = None


class Judged(StrEnum):
    """What a reviewer did with a coding that became a statement."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"


class Reviewed(Part):
    """Who looked at a machine's coding before it became a statement, and when; `rule` is the one that saw the act."""

    by: str = Field(min_length=1)
    on: Day
    decision: Judged
    rule: str | None = None


class Statement(Part):
    """One attributed act; its `says` is a paraphrase in our own words."""

    id: Id
    cites: tuple[Citation, ...] = Field(min_length=1)
    voice: str
    attribution: Attribution
    actors: tuple[Id, ...] = Field(min_length=1)
    targets: tuple[Id, ...] = ()
    act: Act
    second_act: Act | None = None
    topic: str | None = None
    issue: Id | None = None
    option: Id | None = None
    negated: Flag = False
    hedged: Flag = False
    says: Text
    happened: Happened | None = None
    public_since: Day
    text_class: TextClass | None = None
    grade: Grade
    confidence: Probability | None = None
    visibility: Visibility = Visibility.PUBLIC
    channel: Channel = Channel.PUBLIC
    acknowledges: tuple[Id, ...] = ()
    fear: Flag = False
    kind: Kind | None = None
    asserts: tuple[Id, ...] = ()
    denies: tuple[Id, ...] = ()
    relies_on: tuple[Reliance, ...] = ()
    forecast: Forecast | None = None
    closes: tuple[Closes, ...] = ()
    reviewed: Reviewed | None = None
    note: Text | None = None

    @property
    def level(self) -> CitationLevel:
        """How far this statement's best citation can be proved."""
        if any(citation.span for citation in self.cites):
            return CitationLevel.SPAN
        if self.grade is Grade.MEMORY or not any(citation.locator for citation in self.cites):
            return CitationLevel.MEMORY
        return CitationLevel.LOCATOR

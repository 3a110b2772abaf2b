"""Texts on the table, their articles, the answers to them, and packages."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from detente.core.fields import Day, Id, Part, Text
from detente.evidence.happened import Happened


class PackageStatus(StrEnum):
    """What became of a package."""

    TABLED = "tabled"
    COUNTERED = "countered"
    REFUSED = "refused"
    SIGNED = "signed"


class Package(Part):
    """One option for some or all issues, by somebody, on a day; unset issues are open."""

    id: Id
    title: Text
    authors: tuple[Id, ...] = ()
    status: PackageStatus = PackageStatus.TABLED
    happened: Happened | None = None
    public_since: Day | None = None
    because: tuple[Id, ...] = ()
    choice: dict[Id, Id] = Field(min_length=1)
    note: Text | None = None


class Article(Part):
    """An article of a text in our own words, and the issues it touches."""

    id: str
    says: Text
    issues: tuple[Id, ...] = ()


class TabledText(Part):
    """A text on the table; its package follows from the demands of the positions that cite its sources."""

    id: Id
    title: Text
    sources: tuple[Id, ...] = Field(min_length=1)
    authors: tuple[Id, ...] = Field(min_length=1)
    addressees: tuple[Id, ...] = ()
    replies_to: tuple[Id, ...] = ()
    status: PackageStatus = PackageStatus.TABLED
    happened: Happened
    public_since: Day
    articles: tuple[Article, ...] = ()
    note: Text | None = None


class AnswerStatus(StrEnum):
    """Whether an addressee answered; `no_answer` means that none was found in what was read."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    OWN_STATEMENT = "own_statement"
    NO_ANSWER = "no_answer"
    NOT_ADDRESSED = "not_addressed"


class Answer(Part):
    """What one addressee said to one article of a text, or to one item raised in it.

    `raised_by` and `because` are positions or statements: those that raise the item, and those that answer it.
    `through` is the party whose answer is taken to speak for the addressee, such as its alliance.
    """

    text: Id
    article: str | None = None
    item: Text | None = None
    addressee: Id
    issue: Id
    status: AnswerStatus
    through: Id | None = None
    raised_by: tuple[Id, ...] = ()
    because: tuple[Id, ...] = ()
    certainty: str | None = None
    public_since: Day
    note: Text | None = None

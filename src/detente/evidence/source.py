"""A document that was read, and how well."""

from __future__ import annotations

from enum import StrEnum

from detente.core.fields import Id, Part, Text
from detente.evidence.happened import Happened


class Grade(StrEnum):
    """How a source was read; the first is the best."""

    PRIMARY = "primary_text_read"
    EXCERPT = "excerpt_of_primary"
    NEWS = "news_agency"
    COMMENTARY = "commentary"
    MEMORY = "memory"

    @property
    def rank(self) -> int:
        """Place in the order, 0 for the best."""
        return list(Grade).index(self)


class Visibility(StrEnum):
    """Who may see an item; a restricted one never leaves in an export."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


class Channel(StrEnum):
    """How a text reached its readers."""

    PUBLIC = "public"
    PRIVATE = "private"
    LEAKED = "leaked"


class Source(Part):
    """A document: what it is, when it was published, how well it was read, and the hash of its bytes.

    `file` and `sha256` are given where the very bytes are held in a corpus, so that spans can be proved.
    """

    id: Id
    title: Text
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: Happened | None = None
    grade: Grade
    read: Text | None = None
    genre: str | None = None
    stance: Text | None = None
    file: str | None = None
    sha256: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    channel: Channel = Channel.PUBLIC
    note: Text | None = None

"""What the coder knows of names and subjects: a plain list, made from a case or from the general lists."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum


class NameKind(StrEnum):
    """What a name is."""

    STATE = "state"
    ORGANISATION = "organisation"
    CAPITAL = "capital"  # stands for its government
    DEMONYM = "demonym"  # Iranian, Iranians
    OFFICE = "office"  # the Kremlin, the White House
    PERSON = "person"  # speaks for the office held on a day
    GROUP = "group"  # movements, armed groups, undifferentiated sides
    DOCUMENT = "document"  # an agreed text, not an actor
    PLACE = "place"  # contains an actor's name and hides it: South China Sea


@dataclass(frozen=True, slots=True)
class Name:
    """A written form of an actor, and from when to when it means that actor."""

    text: str
    actor: str
    kind: NameKind
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Words by which a topic, or an issue and option of a case, is recognised."""

    terms: tuple[str, ...]
    topic: str | None = None
    issue: str | None = None
    option: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names and subjects. Of two names of the same text the later one in the list holds, so a case overrides."""

    names: tuple[Name, ...] = ()
    subjects: tuple[Subject, ...] = field(default=())

    def __hash__(self) -> int:
        """Return a hash that does not walk thousands of names: indexes of a lexicon are kept by it."""
        return hash((len(self.names), len(self.subjects), self.names[-1:], self.subjects[-1:]))

    def joined(self, other: Lexicon) -> Lexicon:
        """Return both lists, the other's names holding where both have one."""
        return Lexicon(self.names + other.names, self.subjects + other.subjects)

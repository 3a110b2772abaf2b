"""What is to be reviewed: a coding with its place in a source, and the codes that a person may correct."""

from __future__ import annotations

from collections.abc import Sequence

from detente.core.canonical import digest
from detente.core.fields import Flag, Id, Part, Probability
from detente.evidence.coding.coding import Guess, Kind
from detente.evidence.happened import Happened
from detente.evidence.statement import Act, Attribution, Span, TextClass


class Codes(Part):
    """Who says that who does what to whom, on what, and when: as proposed, or as decided."""

    act: Act
    second_act: Act | None = None
    voices: tuple[str, ...] = ()
    attribution: Attribution = Attribution.AUTHOR_ASSERTION
    actors: tuple[Id, ...] = ()
    targets: tuple[Id, ...] = ()
    kind: Kind | None = None
    topic: str | None = None
    issue: Id | None = None
    option: Id | None = None
    happened: Happened | None = None
    negated: Flag = False
    hedged: Flag = False
    text_class: TextClass | None = None

    @property
    def voice(self) -> str:
        """Who says it: the innermost voice, else the author."""
        return self.voices[-1] if self.voices else "author"


class Item(Part):
    """A coding in the queue.

    `id` follows from the source, the place and what was seen there, so that the same coding never waits twice.
    `review` says why a person has to look first, where the coder itself was in doubt; `guessed` names what it filled
    in although the words do not say it.
    """

    id: Id
    source: Id
    span: Span
    proposed: Codes
    rule: str
    confidence: Probability
    review: str | None = None
    guessed: tuple[Guess, ...] = ()


def item_id(source: str, span: Span, act: Act, actors: Sequence[str]) -> str:
    """Return the id of a coding: the same place, act and actors in the same source give the same."""
    return digest([source, span.start, span.end, span.sha256_16, act.value, sorted(actors)])[:12]

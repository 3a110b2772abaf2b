"""One act that the coder sees in a text, with the rule that saw it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detente.evidence.claims import Kind
from detente.evidence.happened import Happened
from detente.evidence.statement import Act, Attribution

__all__ = ["Coding", "Guess", "Kind", "Time"]


class Guess(StrEnum):
    """What of a coding can be guessed."""

    ACT = "act"
    ACTOR = "actor"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Time:
    """When an act happened, resolved against the document's date, and why so; `words` are those that say it."""

    happened: Happened
    reason: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """One act in characters [start, end) of a document's text.

    Attributes
    ----------
    voices : tuple of str
        Who says it, outermost first: `("author", "RUS")` is the author reporting Russia's words.
    actors, targets : tuple of str
        Ids of the lexicon; names in lower case with hyphens for those that it does not know.
    confidence : float
        0 to 1: how often codings by this rule, so placed, are right; nothing about whether what is said is true.
    rule : str
        Id of the rule that saw the act.
    review : str or None
        Why a person has to look first: garbled text, no actor, two rules that disagree.
    guessed : tuple of Guess
        What the clause does not say and the coder filled in from its surroundings, actor or target; the act where the
        words are damaged and none was recognised.
    """

    start: int
    end: int
    act: Act
    second_act: Act | None
    voices: tuple[str, ...]
    attribution: Attribution
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    kind: Kind
    confidence: float
    rule: str
    topic: str | None = None
    issue: str | None = None
    option: str | None = None
    time: Time | None = None
    negated: bool = False
    hedged: bool = False
    review: str | None = None
    guessed: tuple[Guess, ...] = ()

    @property
    def voice(self) -> str:
        """Who says it: the innermost voice."""
        return self.voices[-1]

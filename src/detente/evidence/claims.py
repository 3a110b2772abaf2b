"""What statements are said to be true, to rely on, to foretell and to bind: the parts of a ledger of claims.

Nothing here says who is right. A claim is what somebody asserts or denies; an agreed text is what a statement invokes
or disputes; a forecast is scored once what it foretold is decided; a pledge rules something out for the one who gives
it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from detente.core.fields import Day, Flag, Id, Part, Probability, Text
from detente.evidence.source import Grade


class Kind(StrEnum):
    """What a statement is: something that can be checked, disputed, felt, or only awaited."""

    FACT = "fact"
    CLAIM = "claim"
    PERCEPTION = "perception"
    FORECAST = "forecast"


class Claim(Part):
    """Something that is asserted or denied, in our own words and without a truth value."""

    id: Id
    says: Text
    issue: Id | None = None
    topic: str | None = None
    note: Text | None = None


class Principle(Part):
    """One principle of an agreed text, in our own words."""

    id: Id
    says: Text
    locator: str | None = None


class AgreedText(Part):
    """A text that parties agreed on some day, and the principles of it that the record follows.

    `grade` says how well the text was read from which the principles are told.
    """

    id: Id
    title: Text
    date: Day
    parties: tuple[Id, ...] = ()
    principles: tuple[Principle, ...] = ()
    grade: Grade | None = None
    note: Text | None = None


class Use(StrEnum):
    """What a statement does with a principle."""

    INVOKES = "invokes"  # rests what it says on it
    DISPUTES = "disputes"  # says that it does not hold, or not for the matter at hand


class Reliance(Part):
    """An agreed text that a statement relies on: the principle, the place, and whether it invokes or disputes it."""

    text: Id
    principle: Id | None = None
    locator: str | None = None
    use: Use = Use.INVOKES


class Likelihood(StrEnum):
    """Words of likelihood; the range of each is that of ICD 203 (2015), see `LIKELIHOODS` in the ledger."""

    ALMOST_NO_CHANCE = "almost_no_chance"
    VERY_UNLIKELY = "very_unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly_even"
    LIKELY = "likely"
    VERY_LIKELY = "very_likely"
    ALMOST_CERTAIN = "almost_certain"


class Forecast(Part):
    """What a statement foretells: an event that occurs or not, by when, and how likely, if it says so.

    `inferred` marks a word of likelihood that is the analyst's reading, such as "expects" read as likely.
    """

    what: Text
    by: Day | None = None
    probability: Probability | None = None
    likelihood: Likelihood | None = None
    inferred: Flag = False

    @model_validator(mode="after")
    def _infers_a_word(self) -> Self:
        if self.inferred and self.likelihood is None:
            raise ValueError(
                "a forecast is marked as inferred and has no word of likelihood. Only such a word can be our reading. "
                "Give the word as likelihood, or leave inferred out"
            )
        return self

    @model_validator(mode="after")
    def _says_it_once(self) -> Self:
        if self.probability is not None and self.likelihood is not None:
            raise ValueError(
                "a forecast has a probability and a word of likelihood. It has one of them or none. "
                "Keep what the author says"
            )
        return self


class ForecastOutcome(Part):
    """Whether what a statement foretold occurred, and since when the public could know."""

    statement: Id
    occurred: Flag
    public_since: Day
    because: tuple[Id, ...] = Field(min_length=1)
    note: Text | None = None


class Closes(Part):
    """The options of an issue that a pledge rules out for the one who gives it."""

    issue: Id
    options: tuple[Id, ...] = Field(min_length=1)

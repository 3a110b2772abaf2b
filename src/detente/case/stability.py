"""Who can do what alone, and how each party ranks what comes of it: the `stability` section of a case.

A *switch* is something that a party does or does not do. A *state* says of every switch whether it is taken, as a
string of Y and N in the order of the switches. Conditions are written in the one grammar, each switch being read as an
issue with the options Y and N; a bare name stands for `name in [Y]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from detente.core.fields import Day, Id, Number, Part, SwitchConditionField, Text

MOST_SWITCHES = 24
"""With more, the states no longer fit into the memory of an ordinary machine."""

NO_AGREEMENT = "no-agreement"
"""The word for a state in which nothing is agreed, where an outcome names a package."""


class Direction(StrEnum):
    """Which way a switch can be turned."""

    BOTH = "both"
    TAKE = "take"  # from N to Y only
    DROP = "drop"  # from Y to N only


def _tied(value: object) -> object:
    """Read a state that stands alone as a tie of one."""
    if not isinstance(value, list | tuple):
        return value
    return tuple((one,) if isinstance(one, str) else one for one in value)


def _untied(ranking: tuple[tuple[str, ...], ...]) -> list[str | list[str]]:
    return [tie[0] if len(tie) == 1 else list(tie) for tie in ranking]


def _state(value: object) -> object:
    if isinstance(value, str) and (not value or set(value) - set("YN")):
        raise ValueError("this is not a state. A state is a Y or an N per switch, in their order. Correct it")
    return value


State = Annotated[str, BeforeValidator(_state)]
Ranking = Annotated[
    tuple[Annotated[tuple[State, ...], Field(min_length=1)], ...],
    BeforeValidator(_tied),
    PlainSerializer(_untied, return_type=list),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]},
        }
    ),
]


class Dated(Part):
    """What rests on grounds, or is public since a day."""

    because: tuple[Id, ...] = ()
    public_since: Day | None = None
    note: Text | None = None


class Switch(Dated):
    """Something that a party does or does not do; `move` ties it to a move of the case."""

    id: Id
    party: Id
    text: Text
    direction: Direction = Direction.BOTH
    move: Id | None = None


class Infeasible(Dated):
    """States that cannot be."""

    when: SwitchConditionField


class Ban(Dated):
    """A switch that cannot be turned in a direction while a condition holds in the state that is left."""

    switch: Id
    direction: Direction
    when: SwitchConditionField


class Outcome(Dated):
    """What a state means for the issues: a package of the case, or `no-agreement`; the first that fits counts."""

    when: SwitchConditionField
    package: Id


class Comparison(Part):
    """Pairs of states: two that are named, or each that fulfils one condition with each that fulfils another.

    Which of the two is named first does not matter. A comparison rests on the grounds of the ranking beside it.
    """

    when: SwitchConditionField | None = None
    against: SwitchConditionField | None = None
    states: tuple[State, State] | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _of_two(self) -> Self:
        conditions = (self.when is not None) + (self.against is not None)
        if conditions != (0 if self.states else 2):
            raise ValueError(
                "a comparison is of two states, or of the states of two conditions. "
                "Either states, or when and against. Write one of them"
            )
        if self.states is not None and self.states[0] == self.states[1]:
            raise ValueError(
                f"a state is compared with itself, {self.states[0]}. Two states that differ. Correct one of them"
            )
        return self


class StatePreference(Dated):
    """How a party ranks the states, in one of four ways.

    Attributes
    ----------
    ranking
        The states from the best to the worst, ties in brackets; counts before ranked conditions, if both are there.
    ranked_conditions
        Conditions from the most to the least important: of two states the one that fulfils the first condition on
        which they differ is preferred.
    weights
        What each switch, taken, adds; a state is worth the sum.
    outcomes
        What states mean for the issues, valued with the party's own numbers in the case.
    unknown
        Comparisons of which it is not known how they come out, whatever the ranking says.
    strong
        Comparisons in which the party, if it prefers one of the two, prefers it strongly.
    """

    party: Id
    ranking: Ranking = ()
    ranked_conditions: tuple[SwitchConditionField, ...] = ()
    weights: dict[Id, Number] = {}
    outcomes: tuple[Outcome, ...] = ()
    unknown: tuple[Comparison, ...] = ()
    strong: tuple[Comparison, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [name for name in ("ranking", "ranked_conditions", "weights", "outcomes") if getattr(self, name)]
        if len(ways) > 1 and ways != ["ranking", "ranked_conditions"]:
            said = " and ".join(ways)
            raise ValueError(
                f"a party ranks the states in one way, and here stand {said}. "
                "A ranking, ranked_conditions, weights or outcomes. Keep one of them"
            )
        return self


class Misperception(Dated):
    """What a party sees otherwise: states and switches that it does not see, rankings that it takes others to have."""

    party: Id
    not_seen: tuple[SwitchConditionField, ...] = ()
    switches: tuple[Id, ...] = ()
    preferences: tuple[StatePreference, ...] = ()


class Stability(Part):
    """The graph model of a case."""

    switches: tuple[Switch, ...] = Field(min_length=1, max_length=MOST_SWITCHES)
    today: State | None = None
    infeasible: tuple[Infeasible, ...] = ()
    bans: tuple[Ban, ...] = ()
    preferences: tuple[StatePreference, ...] = ()
    misperceptions: tuple[Misperception, ...] = ()
    coalitions: tuple[tuple[Id, ...], ...] = ()
    note: Text | None = None

    def parties(self) -> tuple[str, ...]:
        """Return the parties that own a switch or rank the states, in the order of their first mention."""
        owners = (switch.party for switch in self.switches)
        return tuple(dict.fromkeys((*owners, *(one.party for one in self.preferences))))

    def ranks(self, party: str) -> bool:
        """Return whether a ranking of a party is given."""
        own = (one for one in self.preferences if one.party == party)
        return any(one.ranking or one.ranked_conditions or one.weights or one.outcomes for one in own)

    def grounds(self) -> Iterator[tuple[tuple[str | int, ...], Dated]]:
        """Yield whatever rests on grounds, with its path inside the section."""
        for name in ("switches", "infeasible", "bans", "preferences", "misperceptions"):
            for place, item in enumerate(getattr(self, name)):
                yield (name, place), item
                for inner in ("outcomes", "preferences"):
                    for at, part in enumerate(getattr(item, inner, ())):
                        yield (name, place, inner, at), part

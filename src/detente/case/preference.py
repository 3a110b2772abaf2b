"""What a party is taken to want: judged numbers and red lines, each with its grounds."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from detente.case.position import Basis
from detente.core.estimate import Estimate
from detente.core.fields import ConditionField, Id, Part, Text
from detente.evidence.statement import TextClass


class Sense(StrEnum):
    """Why an option is refused, on the scale of its issue's nesting."""

    TOO_MUCH = "too_much"
    TOO_LITTLE = "too_little"


class RedLine(Part):
    """A condition that a party will not cross: it refuses every package in which `never` holds.

    Grounds are positions of the party itself. Basis, text class and the probability that it binds follow from the
    grounds that are public on the day, unless they are given here; a basis that is given claims no more than they do.
    """

    id: Id
    never: ConditionField
    because: tuple[Id, ...] = ()
    sense: Sense | None = None
    basis: Basis | None = None
    text_class: TextClass | None = None
    p_binding: Estimate | None = None
    relaxed_by: tuple[Id, ...] = ()
    contested_by: tuple[Id, ...] = ()
    note: Text | None = None


class Interaction(Part):
    """Utility added when a condition over two issues holds ("A only together with B")."""

    when: ConditionField
    value: Estimate
    note: Text | None = None


def _series(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else [value]


Series = Annotated[tuple[Estimate, ...], BeforeValidator(_series), Field(min_length=1)]
"""Revisions of one number, oldest first: the last whose grounds are all public on the day counts."""


class Preference(Part):
    """One party's weights, option values, interactions, reservation and red lines.

    Weights are relative (they are scaled to sum to 1 over the issues of an analysis) and values run from 0 to 1 per
    issue; a case with a `scale` keeps its weights as they are, and its values lie on that scale. A reservation, where
    given, replaces the no-agreement scenarios for this party.
    """

    party: Id
    weights: dict[Id, Estimate] = {}
    values: dict[Id, dict[Id, Series]] = {}
    interactions: tuple[Interaction, ...] = ()
    reservation: Estimate | None = None
    red_lines: tuple[RedLine, ...] = ()
    note: Text | None = None

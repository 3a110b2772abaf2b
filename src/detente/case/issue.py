"""Issues and their options: what is negotiated."""

from __future__ import annotations

from pydantic import Field

from detente.case.consent import Consent
from detente.core.fields import ConditionField, Flag, Id, Number, Part, Text


class Option(Part):
    """One answer to an issue; its id is opaque and carries no order."""

    id: Id
    text: Text
    short: Text | None = None
    value: Number | None = None
    unit: str | None = None
    status_quo: Flag = False
    consent: Consent | None = None


class Nesting(Part):
    """Options in the order of how much of one attribute they hold: not a scale of merit.

    Who refuses an option as too much refuses all that hold more; who refuses it as too little, all that hold less.
    """

    attribute: Text
    chain: tuple[Id, ...] = Field(min_length=2)


class Issue(Part):
    """A question under negotiation with its mutually exclusive, unordered options."""

    id: Id
    title: Text
    short: Text | None = None
    kind: str | None = None
    cluster: str | None = None
    basis: tuple[str, ...] = ()
    options: tuple[Option, ...] = Field(min_length=1)
    consent: Consent = Consent()
    nesting: Nesting | None = None
    statements: tuple[Id, ...] = ()
    note: Text | None = None

    def option(self, option_id: str) -> Option:
        """Return one of the options by its id."""
        return next(option for option in self.options if option.id == option_id)

    def consent_for(self, option_id: str) -> Consent:
        """Return whose consent an option needs: its own entry, else the issue's."""
        own = self.option(option_id).consent
        return self.consent if own is None else own


class Link(Part):
    """A condition that every package must keep."""

    id: Id
    condition: ConditionField
    because: tuple[Id, ...] = ()
    note: Text | None = None

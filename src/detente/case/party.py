"""Parties: actors whose consent or conduct matters."""

from __future__ import annotations

from enum import StrEnum

from detente.core.fields import Day, Id, Part, Text


class PartyKind(StrEnum):
    """What a party is."""

    STATE = "state"
    ORGANISATION = "organisation"
    GROUP = "group"  # several states or actors named together
    ADMINISTRATION = "administration"  # one government of a state
    BODY = "body"  # a parliament, a court, a referendum: what ratifies
    ENTITY = "entity"  # an armed or political body whose status is contested
    CLASS = "class"  # whoever fits a description, such as "the host state"


class MemberRule(StrEnum):
    """What a member's statement means for its alliance or group."""

    SEPARATE = "separate"  # a member speaks for itself only
    CONSENSUS = "consensus"  # a member's refusal blocks, its yes commits only itself
    JOINT = "joint"  # what one member says counts as the group's word


class Dated(Part):
    """A word that fits a party for some time: an alias or a role."""

    text: Text
    since: Day | None = None
    until: Day | None = None


class Party(Part):
    """An actor whose consent or conduct matters.

    `represented_by` names the party whose coded text stands for this one in an analysis; wherever that is
    used it is printed as an assumption.
    """

    id: Id
    name: Text
    short: Text | None = None
    kind: PartyKind
    members: tuple[Id, ...] = ()
    member_rule: MemberRule = MemberRule.SEPARATE
    represented_by: Id | None = None
    aliases: tuple[Dated, ...] = ()
    roles: tuple[Dated, ...] = ()
    capital: str | None = None
    note: Text | None = None

"""What members say beside their alliance, and what that means for its yes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from detente.case.case import Case
from detente.case.ledger.stances import Held, held_stances
from detente.case.party import MemberRule
from detente.case.position import Stance


class Effect(StrEnum):
    """What a member's word means for its alliance, by the alliance's member rule."""

    OWN = "own"  # the member's own word, nothing more
    BLOCKS = "blocks"  # under consensus a member's refusal stands against the alliance's yes
    SHARED = "shared"  # the group speaks jointly: it is the group's word


@dataclass(frozen=True, slots=True)
class MemberVoice:
    """One member's stance on an option, where a consent list asks its alliance or group.

    `group` is the member of the consent list, `alliance` the party whose text stands for it (often the same).
    """

    group: str
    alliance: str
    held: Held
    effect: Effect


def member_voices(case: Case, parties: Iterable[str]) -> tuple[MemberVoice, ...]:
    """Return what members of these parties say themselves, as far as they are no parties of the list."""
    listed = tuple(parties)
    voices = []
    for group in listed:
        alliance = case.party[case.stand_in(group)]
        members = dict.fromkeys((*case.party[group].members, *alliance.members))
        for member in members:
            if member in listed or member not in case.party:
                continue
            for issue in case.issues:
                for held in held_stances(case, member, issue.id).values():
                    voices.append(MemberVoice(group, alliance.id, held, _effect(alliance.member_rule, held)))
    return tuple(voices)


def _effect(rule: MemberRule, held: Held) -> Effect:
    if rule is MemberRule.JOINT:
        return Effect.SHARED
    return Effect.BLOCKS if rule is MemberRule.CONSENSUS and held.stance is Stance.RULES_OUT else Effect.OWN

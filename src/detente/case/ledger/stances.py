"""What each party holds of each option: its latest public word, with the position it stands in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.position import Basis, Position, Stance

OPEN_STANCES = frozenset({Stance.DEMANDS, Stance.WOULD_ACCEPT, Stance.WOULD_DISCUSS})
"""Stances from which a party could still say yes to the option."""

YES: Mapping[Stance, str] = {Stance.DEMANDS: "demands", Stance.WOULD_ACCEPT: "would accept"}
"""The stances that contradict a refusal, as verbs."""


@dataclass(frozen=True, slots=True)
class Held:
    """One party's latest stance on one option.

    `party` is the one asked about; `speaker` the one whose text it is (they differ where a group is
    represented by another party).
    """

    party: str
    speaker: str
    issue: str
    option: str
    stance: Stance
    basis: Basis
    position: str
    statement: str
    since: datetime.date

    @property
    def is_stated(self) -> bool:
        """Whether the party says so itself."""
        return self.basis is Basis.STATED


def held_stances(case: Case, party: str, issue: str) -> Mapping[str, Held]:
    """Return a party's latest stance on each option of an issue; options it said nothing of are absent.

    A later text that is only read as repeating a stance does not replace the text in which it was stated. Options
    exclude each other, so a demand ends when the party demands another option on a later day and says nothing more of
    it; the earlier one is then unknown. Voices of one day that demand different options are both held.
    """
    speaker = case.stand_in(party)
    held: dict[str, Held] = {}
    positions = case.positions_of.get((speaker, issue), ())
    for position in positions:
        asked = {name: entry.since for name, entry in held.items() if entry.stance is Stance.DEMANDS}
        for option in superseded(case, position, positions, asked):
            del held[option]
        for option, entry in position.stances.items():
            if option in held and held[option].stance is entry.stance and entry.basis is not Basis.STATED:
                continue  # a reading adds nothing to the same stance taken before, which may have been stated
            held[option] = Held(
                party=party,
                speaker=speaker,
                issue=issue,
                option=option,
                stance=entry.stance,
                basis=entry.basis,
                position=position.id,
                statement=position.because[0],
                since=case.day_of(position),
            )
    return {option.id: held[option.id] for option in case.issue[issue].options if option.id in held}


def superseded(
    case: Case, position: Position, positions: Iterable[Position], asked: Mapping[str, datetime.date]
) -> tuple[str, ...]:
    """Return the options whose demand ends with a position.

    It demands another option, they were asked for on an earlier day, and no position of its own day speaks of them.

    Parameters
    ----------
    position : Position
        The later position.
    positions : iterable of Position
        All positions of the party on the issue.
    asked : mapping
        The options that the party had demanded, each with the day since which it does.
    """
    if all(entry.stance is not Stance.DEMANDS for entry in position.stances.values()):
        return ()
    day = case.day_of(position)
    spoken_of = {option for one in positions if case.day_of(one) == day for option in one.stances}
    return tuple(option for option, since in asked.items() if since < day and option not in spoken_of)

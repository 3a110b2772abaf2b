"""What each party holds of each option: its latest public word, with the position it stands in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.position import Basis, Position, Stance

OPEN_STANCES = frozenset({Stance.DEMANDS, Stance.WOULD_ACCEPT, Stance.WOULD_DISCUSS})
"""Stances from which a party could still say yes to the option."""


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
    exclude each other, so a demand ends when the party demands another option; the earlier one is then unknown.
    """
    speaker = case.stand_in(party)
    held: dict[str, Held] = {}
    for position in case.positions_of.get((speaker, issue), ()):
        for option in superseded(position, {name: entry.stance for name, entry in held.items()}):
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


def superseded(position: Position, held: Mapping[str, Stance]) -> tuple[str, ...]:
    """Return the options whose demand ends with a position: it demands another and says nothing of them."""
    if all(entry.stance is not Stance.DEMANDS for entry in position.stances.values()):
        return ()
    return tuple(
        option for option, stance in held.items() if stance is Stance.DEMANDS and option not in position.stances
    )

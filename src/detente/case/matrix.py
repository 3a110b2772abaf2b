"""Positions side by side: for each party and issue, what it last said of each option, and how that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from detente.case.case import Case
from detente.case.ledger.stances import Held, held_stances


@dataclass(frozen=True, slots=True)
class Cell:
    """One party on one issue.

    Attributes
    ----------
    party, issue : str
        Whose cell it is.
    speaker : str
        The party whose coded text it is; another than `party` where that one is represented.
    stances : mapping
        Option → latest stance, with the position it was taken in; an option that is not in it is unknown.
    unknown : tuple of str
        The options of which nothing is known.
    """

    party: str
    issue: str
    speaker: str
    stances: Mapping[str, Held]
    unknown: tuple[str, ...]

    @property
    def is_coded(self) -> bool:
        """Whether anything is known of any option."""
        return bool(self.stances)


def positions_matrix(case: Case, parties: Sequence[str] | None = None) -> Mapping[tuple[str, str], Cell]:
    """Return the cells by (party, issue), issue by issue in the order of the case.

    Parameters
    ----------
    case : Case
        The case, cut at the day in question.
    parties : sequence of str, optional
        Whose; by default every party with a position of its own, in the order of the case.
    """
    if parties is None:
        spoken = {party for party, _ in case.positions_of}
        parties = tuple(party.id for party in case.parties if party.id in spoken)
    return MappingProxyType(
        {(party, issue.id): matrix_cell(case, party, issue.id) for issue in case.issues for party in parties}
    )


def matrix_cell(case: Case, party: str, issue: str) -> Cell:
    """Return one party's latest stances on the options of one issue."""
    stances = held_stances(case, party, issue)
    unknown = tuple(option.id for option in case.issue[issue].options if option.id not in stances)
    return Cell(party, issue, case.stand_in(party), stances, unknown)

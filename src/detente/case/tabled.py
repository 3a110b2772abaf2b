"""What a tabled text holds: the positions taken in it, and the options that they demand."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.case import Case
from detente.case.package import TabledText
from detente.case.position import Position, Stance


def positions_in(case: Case, text: TabledText) -> tuple[Position, ...]:
    """Return the positions of a text, in the order of the case.

    A position belongs to the text if one of the authors took it, and the statement in which it was taken cites one of
    the text's sources.
    """
    sources = set(text.sources)

    def is_in(position: Position) -> bool:
        taken_in = case.statement.get(position.because[0])
        cites = () if taken_in is None else taken_in.cites
        return position.party in text.authors and any(citation.source in sources for citation in cites)

    return tuple(position for position in case.positions if is_in(position))


def demanded_in(case: Case, text: TabledText) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return what a text's authors demand in it: issue → option → the positions that say so."""
    found = dict[str, dict[str, tuple[str, ...]]]()
    for position in positions_in(case, text):
        for option, said in position.stances.items():
            if said.stance is Stance.DEMANDS:
                options = found.setdefault(position.issue, {})
                options[option] = (*options.get(option, ()), position.id)
    return found

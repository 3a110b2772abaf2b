"""The package that a tabled text amounts to: what the positions taken in it demand."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.case import Case
from detente.case.package import TabledText
from detente.case.position import Stance


def demanded_in(case: Case, text: TabledText) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return what a text's authors demand in it: issue → option → the positions that say so.

    A position belongs to the text if one of the authors took it, and the statement in which it was taken cites one of
    the text's sources.
    """
    sources, found = set(text.sources), dict[str, dict[str, tuple[str, ...]]]()
    for position in case.positions:
        taken_in = case.statement.get(position.because[0])
        if position.party not in text.authors or taken_in is None:
            continue
        if sources.isdisjoint(citation.source for citation in taken_in.cites):
            continue
        for option, said in position.stances.items():
            if said.stance is Stance.DEMANDS:
                options = found.setdefault(position.issue, {})
                options[option] = (*options.get(option, ()), position.id)
    return found


def package_of(case: Case, text: TabledText) -> Mapping[str, str]:
    """Return the partial package of a text: issue → the option that it demands."""
    return {issue: next(iter(options)) for issue, options in demanded_in(case, text).items()}

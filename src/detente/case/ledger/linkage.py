"""Whether the files are to be settled as one package or on separate tracks, as each party asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.option_view import issue_view
from detente.case.ledger.stances import Held
from detente.case.position import Stance

LINKAGE = "linkage"
"""The kind of an issue that asks how the other issues are tied together."""


@dataclass(frozen=True, slots=True)
class Linkage:
    """Who asks for which way of tying the files together.

    `asks` gives, per option that somebody demands or would accept, those parties. `apart` says that at least two
    parties ask, and that no option is asked for by all of them.
    """

    issue: str
    asks: tuple[tuple[str, tuple[Held, ...]], ...]
    apart: bool


def linkages(case: Case, parties: Iterable[str]) -> tuple[Linkage, ...]:
    """Return, for each issue of the kind `linkage`, what these parties demand or would accept."""
    asked = tuple(parties)
    return tuple(_linkage(case, issue.id, asked) for issue in case.issues if issue.kind == LINKAGE)


def _linkage(case: Case, issue: str, parties: tuple[str, ...]) -> Linkage:
    asks = tuple(
        (view.option, held)
        for view in issue_view(case, issue, parties)
        if (held := view.those_who(Stance.DEMANDS, Stance.WOULD_ACCEPT))
    )
    by_option = [{entry.party for entry in held} for _, held in asks]
    asking = set().union(*by_option)
    return Linkage(issue, asks, apart=len(asking) > 1 and all(those != asking for those in by_option))

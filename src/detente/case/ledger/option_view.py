"""Per option: who demands it, would accept it, would discuss it, rules it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.stances import Held, held_stances
from detente.case.position import Stance


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option and what each party holds of it; parties that said nothing are in `silent`."""

    issue: str
    option: str
    held: tuple[Held, ...]
    silent: tuple[str, ...]

    def those_who(self, *stances: Stance, stated_only: bool = False) -> tuple[Held, ...]:
        """Return the entries with one of these stances."""
        return tuple(h for h in self.held if h.stance in stances and (h.is_stated or not stated_only))


def option_views(case: Case, parties: Iterable[str]) -> tuple[OptionView, ...]:
    """Return every option of every issue with the stances of these parties."""
    members = tuple(parties)
    return tuple(view for issue in case.issues for view in issue_view(case, issue.id, members))


def issue_view(case: Case, issue: str, parties: Iterable[str]) -> tuple[OptionView, ...]:
    """Return the options of one issue with the stances of these parties."""
    by_party = {party: held_stances(case, party, issue) for party in parties}
    return tuple(
        OptionView(
            issue=issue,
            option=option.id,
            held=tuple(held[option.id] for held in by_party.values() if option.id in held),
            silent=tuple(party for party, held in by_party.items() if option.id not in held),
        )
        for option in case.issue[issue].options
    )


def accepted_by(views: Iterable[OptionView]) -> tuple[Held, ...]:
    """Return every acceptance on record: a party says that it would accept an option it does not itself demand."""
    return tuple(held for view in views for held in view.those_who(Stance.WOULD_ACCEPT))

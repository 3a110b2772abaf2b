"""What blocks: files closed by refusals, and two parties that want different ways of talking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.linkage import LINKAGE
from detente.case.ledger.stances import Held, held_stances
from detente.case.position import Stance
from detente.wording.reading import Hinge, Reading


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A file that refusals close, or leave with few options.

    Attributes
    ----------
    closed_stated, closed_read : tuple of str
        Consent lists under which stated refusals alone close it, and under which stated and inferred ones do.
    open_options : tuple of str
        Options that nobody whose yes some printed list needs refuses, stated or inferred.
    refusals : tuple
        For each option, who refuses it.
    """

    issue: str
    closed_stated: tuple[str, ...]
    closed_read: tuple[str, ...]
    open_options: tuple[str, ...]
    refusals: tuple[tuple[str, tuple[Held, ...]], ...]


def obstacles(reading: Reading) -> tuple[Obstacle, ...]:
    """Return every file that somebody refuses something on, the most blocked first; ties in the case's order."""
    stated = _closed_under(reading, stated_only=True)
    read = _closed_under(reading, stated_only=False)
    found = []
    for issue in reading.agenda:
        needed = _needed(reading, issue.id)
        refusals = tuple(
            (view.option, tuple(h for h in view.those_who(Stance.RULES_OUT) if h.party in needed))
            for view in reading.views(issue.id)
        )
        if any(held for _, held in refusals):
            left = tuple(option for option, held in refusals if not held)
            found.append(Obstacle(issue.id, stated.get(issue.id, ()), read.get(issue.id, ()), left, refusals))
    return tuple(sorted(found, key=_severity))


def _severity(obstacle: Obstacle) -> tuple[int, int, float, int]:
    refused_in_words = sum(any(h.is_stated for h in held) for _, held in obstacle.refusals)
    return (
        -len(obstacle.closed_stated),
        -len(obstacle.closed_read),
        len(obstacle.open_options) / len(obstacle.refusals),
        -refused_in_words,
    )


def _closed_under(reading: Reading, *, stated_only: bool) -> dict[str, tuple[str, ...]]:
    closed: dict[str, tuple[str, ...]] = {}
    for entry in reading.list_ledgers:
        for closure in entry.closed_by_stated if stated_only else entry.closed_by_stated_and_inferred:
            closed[closure.issue] = (*closed.get(closure.issue, ()), entry.roll.consent_list.id)
    return closed


def _needed(reading: Reading, issue: str) -> frozenset[str]:
    """Return the speakers whose yes some printed list needs on an issue."""
    case = reading.case
    return frozenset(case.stand_in(party) for entry in reading.lists for party in reading.whose_yes(entry, issue))


@dataclass(frozen=True, slots=True)
class ProcedureGap:
    """Parties that want one package against parties that want separate tracks: what each demands on that file.

    `lists` are the consent lists of which at least two such parties are members.
    """

    issue: str
    demands: tuple[tuple[str, tuple[Held, ...]], ...]
    lists: tuple[str, ...]


def procedure_gap(reading: Reading) -> ProcedureGap | None:
    """Return the gap on the file about how talks are linked (kind `linkage`), if two demands differ within a list."""
    for issue in reading.case.issues:
        if issue.kind != LINKAGE:
            continue
        needed = _needed(reading, issue.id) if reading.lists else frozenset(reading.speakers)
        demands = tuple(
            (view.option, held)
            for view in reading.views(issue.id)
            if (held := tuple(h for h in view.those_who(Stance.DEMANDS) if h.party in needed))
        )
        lists = tuple(
            entry.id
            for entry in reading.lists
            if sum(any(h.party in members_of(reading, entry.id, issue.id) for h in held) for _, held in demands) > 1
        )
        if len(demands) > 1 and (lists or not reading.lists):
            return ProcedureGap(issue.id, demands, lists)
    return None


def members_of(reading: Reading, consent_list: str, issue: str) -> frozenset[str]:
    """Return the speakers whose yes one list needs on an issue."""
    case = reading.case
    entry = case.consent_list[consent_list]
    return frozenset(case.stand_in(party) for party in reading.whose_yes(entry, issue))


def by_refuser(obstacle: Obstacle) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return groups of parties that refuse the same options in their own words: (parties, options)."""
    per_party: dict[str, list[str]] = {}
    for option, held in obstacle.refusals:
        for entry in held:
            if entry.is_stated:
                per_party.setdefault(entry.party, []).append(option)
    groups: dict[tuple[str, ...], list[str]] = {}
    for party, options in per_party.items():
        groups.setdefault(tuple(options), []).append(party)
    return tuple((tuple(parties), options) for options, parties in groups.items())


def only_read(obstacle: Obstacle) -> tuple[tuple[str, tuple[Held, ...]], ...]:
    """Return the options that are refused only in our reading, with who is read so."""
    return tuple((option, held) for option, held in obstacle.refusals if held and not any(h.is_stated for h in held))


def silent_on(reading: Reading, party: str, hinge: Hinge) -> bool:
    """Return whether a party has said nothing, nor is read as saying anything, of the option of a hinge."""
    return hinge.option not in held_stances(reading.case, party, hinge.issue)


def is_act_of_another(case: Case, party: str, issue: str, option: str) -> bool:
    """Return whether an option is an act that one party alone takes, and that party is another than this one.

    A group is no other for its members, nor a party for the one whose text stands for it.
    """
    needed = case.issue[issue].consent_for(option).needed()
    if len(needed) != 1:
        return False
    (actor,) = needed
    return party not in (actor, case.stand_in(actor), *case.party[actor].members)


def statements_of(held: Sequence[Held]) -> tuple[str, ...]:
    """Return the statements behind several stances."""
    return tuple(dict.fromkeys(entry.statement for entry in held))

"""Who can say yes: per issue and option, whose consent it takes, and whether those parties are coded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.consent import Consent, ConsentList


@dataclass(frozen=True, slots=True)
class Assent:
    """Whose consent an issue, or one option that differs from it, takes.

    `uncoded` are those among owners, signatories and those who must consent that have no coded position on
    the issue: until they are coded, no package that changes it may be shown.
    """

    issue: str
    option: str | None
    consent: Consent
    uncoded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roll:
    """A consent list with what it can be computed on.

    `shared` are the issues that every member has coded; `uncoded` gives, per member, the issues it has not
    coded; `missing` the members without any coded position; `represented` the members another party's text
    stands for.
    """

    consent_list: ConsentList
    members: tuple[str, ...]
    shared: tuple[str, ...]
    uncoded: tuple[tuple[str, tuple[str, ...]], ...]
    missing: tuple[str, ...]
    represented: tuple[tuple[str, str], ...]


def assents(case: Case) -> tuple[Assent, ...]:
    """Return whose consent each issue takes, followed by the options that have an entry of their own."""
    found = []
    for issue in case.issues:
        found.append(Assent(issue.id, None, issue.consent, _uncoded(case, issue.id, issue.consent.needed())))
        for option in issue.options:
            if option.consent is not None:
                needed = option.consent.needed()
                found.append(Assent(issue.id, option.id, option.consent, _uncoded(case, issue.id, needed)))
    return tuple(found)


def missing_assent(case: Case, issue: str, option: str, members: Iterable[str]) -> tuple[str, ...]:
    """Return who would have to be coded on an issue before a change to this option may be shown.

    Those are the members of the consent list, and the owners, signatories and those who must consent to the
    option, as far as they have no coded position on the issue.
    """
    needed = dict.fromkeys((*members, *case.issue[issue].consent_for(option).needed()))
    return _uncoded(case, issue, tuple(needed))


def rolls(case: Case) -> tuple[Roll, ...]:
    """Return every consent list with what is coded for it."""
    return tuple(roll(case, consent_list) for consent_list in case.consent_lists)


def roll(case: Case, consent_list: ConsentList) -> Roll:
    """Return one consent list with what is coded for it."""
    members = consent_list.parties
    uncoded = tuple(
        (member, tuple(issue.id for issue in case.issues if not case.is_coded(member, issue.id))) for member in members
    )
    return Roll(
        consent_list=consent_list,
        members=members,
        shared=tuple(i.id for i in case.issues if members and all(case.is_coded(m, i.id) for m in members)),
        uncoded=uncoded,
        missing=tuple(member for member, issues in uncoded if len(issues) == len(case.issues)),
        represented=tuple((m, case.stand_in(m)) for m in members if case.stand_in(m) != m),
    )


def members_on(case: Case, consent_list: ConsentList, issue: str) -> tuple[str, ...]:
    """Return whose yes a consent list needs on one issue: its members, or issue by issue who must consent to it."""
    return case.issue[issue].consent.must_consent if consent_list.issue_by_issue else consent_list.parties


def bound_but_absent(case: Case) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the parties that are bound by issues without being signatories, with those issues."""
    bound: dict[str, list[str]] = {}
    for issue in case.issues:
        for party in issue.consent.bound_but_absent:
            bound.setdefault(party, []).append(issue.id)
    return tuple((party, tuple(issues)) for party, issues in bound.items())


def _uncoded(case: Case, issue: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(party for party in parties if not case.is_coded(party, issue))

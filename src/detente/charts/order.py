"""In which order parties and issues stand, and their names: parties turned round, so that none is always first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from detente.case.case import Case
from detente.case.issue import Issue
from detente.charts.theme import day
from detente.core.fields import text_of


def turned(parties: Sequence[str], lead: str | None, turn: int = 0) -> tuple[str, ...]:
    """Return parties turned round so that `lead` is first; without it, by the chart's own number of places.

    Examples
    --------
    >>> turned(("a", "b", "c"), "c")
    ('c', 'a', 'b')
    """
    if not parties:
        return ()
    start = parties.index(lead) if lead is not None and lead in parties else turn % len(parties)
    return (*parties[start:], *parties[:start])


def by_cluster(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Return issues with those of one cluster together, clusters in the order in which they first appear."""
    clusters = list(dict.fromkeys(issue.cluster for issue in issues))
    return tuple(sorted(issues, key=lambda issue: clusters.index(issue.cluster)))


def issue_label(issue: Issue) -> str:
    """Return the short label of an issue; a mere code is followed by the title."""
    title = text_of(issue.title)
    if issue.short is None:
        return title
    short = text_of(issue.short)
    return f"{short} {title}" if len(short) <= 4 else short


def party_name(case: Case, party: str) -> str:
    """Return a party's name, or what the record calls an actor that is no party of the case."""
    if party in case.party:
        return text_of(case.party[party].name)
    return text_of(case.actors[party]) if party in case.actors else party


def party_short(case: Case, party: str) -> str:
    """Return a party's short name where the case gives one, else its name."""
    found = case.party.get(party)
    return text_of(found.short) if found is not None and found.short else party_name(case, party)


def source_line(case: Case) -> str:
    """Return what a chart of this case rests on: case, version, cut-off day and record."""
    cut = case.cut_off or (case.period.last if case.period else None)
    until = f"as of {day(cut)}" if cut else "without a cut-off day"
    record = f"record {PurePosixPath(case.record).name}" if case.record else "its own record"
    illustrative = "; illustrative data" if case.illustrative else ""
    return f"Source: case {case.id}, version {case.version}, {until}; {record}{illustrative}."

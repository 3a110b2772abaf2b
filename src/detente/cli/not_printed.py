"""What is said in place of a package that the consent test stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.cli.names import issue_name, joined, party_name


def not_printed(case: Case, entry: Mapping[str, Any]) -> str:
    """Return which rules stop a package of a report, and who has to be coded first on which issue."""
    text = f"not printed (stopped by {joined(entry['stopped_by'])})"
    first = _coded_first(case, [entry])
    return f"{text}; to be coded first: {first}." if first else f"{text}."


def to_code_first(case: Case, entries: Iterable[Mapping[str, Any]]) -> str:
    """Return who has to be coded before several changes that are not printed may be; empty if nobody has."""
    first = _coded_first(case, entries)
    return f"To be coded first, before the changes that are not printed may be: {first}." if first else ""


def rules_that_stop(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield, once each, the rules that stop some package of a report, with their reasons."""
    from detente.wording.never_print import rules

    stopped = {rule for entry in entries for rule in entry["stopped_by"]}
    if stopped:
        yield "Rules that stop what is not printed:"
    yield from (f"  {rule.id}: {rule.reason}" for rule in rules() if rule.id in stopped)


def _coded_first(case: Case, entries: Iterable[Mapping[str, Any]]) -> str:
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        for issue, parties in entry["to_code_first"].items():
            found.setdefault(issue, {}).update(dict.fromkeys(parties))
    return "; ".join(
        f"{joined(party_name(case, party) for party in found[issue.id])} on {issue_name(case, issue.id)}"
        for issue in case.issues
        if issue.id in found
    )

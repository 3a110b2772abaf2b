"""Parties, issues and options by the names that a person reads, and small counts in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from detente.case.case import Case
from detente.core.fields import text_of


def party_name(case: Case, party: str) -> str:
    """Return a party's name, or the id where the case has no such party."""
    return text_of(case.party[party].name) if party in case.party else party


def issue_name(case: Case, issue: str) -> str:
    """Return an issue's short title, or the id where the case has no such issue."""
    known = case.issue.get(issue)
    return issue if known is None else text_of(known.short or known.title)


def option_name(case: Case, issue: str, option: str) -> str:
    """Return an option's short text, or the id where the issue has no such option."""
    known = case.issue.get(issue)
    for entry in () if known is None else known.options:
        if entry.id == option:
            return text_of(entry.short or entry.text)
    return option


def line_words(case: Case, name: str, line: Mapping[str, Any] | None) -> str:
    """Return a red line in words: whose it is, what it forbids, how it is known, and its id."""
    if line is None:
        return f"line {name}"
    issue, option = line.get("issue"), line.get("option")
    if issue is None or option is None:
        what = f"{line['never']} ({line['basis']})"
    else:
        what = f"{option_name(case, issue, option)} ({issue_name(case, issue)}; {line['basis']})"
    return f"{party_name(case, line['party'])} refuses {what} [{name}]"


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count_of(1, "issue"), count_of(1200, "issue")
    ('1 issue', '1,200 issues')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def joined(words: Iterable[str]) -> str:
    """Return words with commas between them, or `none`."""
    return ", ".join(words) or "none"

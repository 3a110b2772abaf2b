"""Reading a settlement report: its consent lists, its counts of packages, and how they are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.charts.order import party_name
from detente.core.errors import ModelError
from detente.core.fields import text_of
from detente.core.rounding import about, count_words

Report = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of packages, exact where low and high are the same."""

    low: int
    high: int
    method: str = ""

    @property
    def words(self) -> str:
        """The number as print shows it."""
        if self.low == self.high:
            return "none" if self.low == 0 else about(self.low)
        return f"{about(self.low)} to {about(self.high)}"


def count_of(value: Any) -> Count:
    """Return a count as a report gives it: a decimal string, or an interval with its method."""
    if isinstance(value, Mapping):
        return Count(int(value["low"]), int(value["high"]), str(value.get("method", "")))
    return Count(int(value), int(value))


def counted(number: int, thing: str) -> str:
    """Return how many of a thing there are; one of it has no plural.

    Examples
    --------
    >>> counted(1, "issue"), counted(0, "line"), counted(20_000, "draw")
    ('1 issue', '0 lines', '20,000 draws')
    """
    return f"{count_words(number)} {thing if number == 1 else f'{thing}s'}"


def list_reports(report: Report) -> Iterator[tuple[str, Report]]:
    """Yield (consent list id, its report); a report of one list is its own."""
    if "by_consent" in report:
        yield from report["by_consent"].items()
    else:
        yield str(report.get("consent") or ""), report


def list_name(case: Case, consent: str) -> str:
    """Return the name of a consent list."""
    return text_of(case.consent_list[consent].name) if consent in case.consent_list else consent or "all parties"


def chosen_list(
    case: Case, report: Report, consent: str | None, *, needs: str, what: str, where: str
) -> tuple[Report, str]:
    """Return the report of one consent list, and the list's name.

    Parameters
    ----------
    consent : str, optional
        Which consent list; needed if the report covers several, as none is the default.
    needs, what : str
        The key that the list's report must hold, and what that is in words.
    where : str
        Who asks, for the error.

    Raises
    ------
    ModelError
        If no list is named, or the one that is has no such part.
    """
    entries = dict(list_reports(report))
    if consent is None and len(entries) == 1:
        consent = next(iter(entries))
    if consent not in entries or entries[consent].get(needs) is None:
        having = [key for key, entry in entries.items() if entry.get(needs) is not None]
        raise ModelError(
            where=where,
            what=f"this consent list has no {what}" if consent in entries else "one consent list is needed",
            got=consent,
            allowed=f"With a {what}: {', '.join(having) or 'none'}",
            hint="Pass one of them as consent" if having else "Code positions for all members of a list",
        )
    return entries[consent], list_name(case, consent)


def text_title(case: Case, text: str) -> str:
    """Return the title of a text on the table, or of a package of the case file."""
    found = case.text.get(text) or next((package for package in case.packages if package.id == text), None)
    return text_of(found.title) if found else text


def missing_words(case: Case, entry: Report) -> str:
    """Return why the report of a consent list, or of an issue of it, holds nothing computed."""
    gap = entry.get("not_computed", {})
    if isinstance(gap, str):
        return gap
    if gap.get("reason"):
        return str(gap["reason"])
    if gap.get("missing"):
        return f"No issue is coded with numbers for {', '.join(party_name(case, party) for party in gap['missing'])}."
    if gap.get("no_shared_issue"):
        return "No issue is coded with numbers by all its members."
    return " ".join(map(str, entry.get("notes", ()))) or "No curve was computed."

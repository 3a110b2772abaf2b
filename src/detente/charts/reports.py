"""Reading a settlement report: its consent lists, its counts of packages, and how they are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.core.fields import text_of
from detente.core.rounding import about

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


def list_reports(report: Report) -> Iterator[tuple[str, Report]]:
    """Yield (consent list id, its report); a report of one list is its own."""
    if "by_consent" in report:
        yield from report["by_consent"].items()
    else:
        yield str(report.get("consent") or ""), report


def list_name(case: Case, consent: str) -> str:
    """Return the name of a consent list."""
    return text_of(case.consent_list[consent].name) if consent in case.consent_list else consent or "all parties"

"""How items of a case stand in every report: a red line, and what the consent test says of a package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.case.red_lines import StandingLine
from detente.wording.printable import consent_test


def line_entry(line: StandingLine) -> dict[str, Any]:
    """Return a red line: whose it is, what it will not have, how it is known, how probably it binds."""
    return {
        "id": line.id,
        "party": line.party,
        "never": str(line.condition),
        "issue": line.issue,
        "option": line.option,
        "basis": line.basis.value,
        "text_class": None if line.text_class is None else line.text_class.value,
        "probability": {
            "low": line.probability.low,
            "mode": line.probability.mode,
            "high": line.probability.high,
        },
        "sense": None if line.sense is None else line.sense.value,
        "statements": list(line.statements),
    }


def consent_entry(case: Case, package: Mapping[str, str], members: Sequence[str]) -> dict[str, Any]:
    """Return whether a package may be printed for these members, who must be coded first, and which rules stop it.

    The package itself stays in the report, for scripts; whoever prints one asks here first.
    """
    tested = consent_test(case, package, members)
    return {
        "printable": tested.printable,
        "to_code_first": {issue: list(parties) for issue, parties in tested.to_code_first},
        "stopped_by": list(tested.rules),
    }

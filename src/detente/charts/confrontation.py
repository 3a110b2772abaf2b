"""The confrontation that a picture of a crisis report is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.core.errors import ModelError

Report = Mapping[str, Any]


def confrontation_of(report: Report) -> Report:
    """Return the first confrontation of a crisis report.

    Raises
    ------
    ModelError
        If the report holds none.
    """
    entries = report.get("confrontations", ())
    if not entries:
        raise ModelError(
            where="--picture",
            what="there is nothing to draw",
            got=report["case"],
            allowed="A picture needs a confrontation with chances and costs of both sides",
            hint="The text says what is missing",
        )
    found: Report = entries[0]
    return found


def number_of(entry: Report, name: str, side: str) -> float:
    """Return the most likely value of one of its judged numbers."""
    return float(next(one["mode"] for one in entry["numbers"] if (one["number"], one["side"]) == (name, side)))

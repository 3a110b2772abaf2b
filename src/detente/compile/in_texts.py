"""Whether the texts on the table hold a condition over issues."""

from __future__ import annotations

from detente.case.case import Case
from detente.case.ledger.tabled import tabled_packages
from detente.core.condition import Condition

WORDS = {True: "yes", False: "no", None: "open"}


def in_texts(case: Case, when: Condition | None) -> dict[str, str]:
    """Return for each text or package on the table whether it fulfils a condition: yes, no, or open."""
    if when is None:
        return {}
    return {one.id: WORDS[when.holds(one.choice)] for one in tabled_packages(case)}

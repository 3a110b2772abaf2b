"""Swap two labels and only labels change; put things in another order and only the order changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.ledger import ledger
from detente.case.load import load_case
from detente.registry.settlement import settlement_report

WORKED = "drafts-and-replies-2021-22"


@pytest.fixture(scope="module")
def worked() -> Case:
    return load_case(WORKED)


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Return a JSON value with ids replaced wherever they stand alone."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if isinstance(value, dict):
        return {names.get(key, key): renamed(item, names) for key, item in value.items()}
    return value


def relabelled(case: Case, names: dict[str, str]) -> Case:
    """Return the case with party ids exchanged everywhere, the contents staying where they are."""
    plain = json.loads(case.model_dump_json(exclude_unset=True))
    plain.pop("lenses", None)
    return Case.model_validate(renamed(plain, names))


@pytest.mark.parametrize("pair", [("RUS", "USA"), ("RUS", "UKR"), ("NATO_MEMBERS", "RUS")])
def test_swapping_two_parties_swaps_the_settlement_and_nothing_else(worked: Case, pair: tuple[str, str]) -> None:
    names = {pair[0]: pair[1], pair[1]: pair[0]}
    for consent in ("cl_A1", "cl_A2", "cl_A3"):
        plain = settlement_report(worked, consent)
        swapped = settlement_report(relabelled(worked, names), consent)
        plain.pop("assumptions"), swapped.pop("assumptions")  # sentences carry names, not ids
        assert renamed(json.loads(json.dumps(plain)), names) == json.loads(json.dumps(swapped))


def test_swapping_two_parties_swaps_the_ledger_and_nothing_else(worked: Case) -> None:
    names = {"RUS": "USA", "USA": "RUS"}
    plain, swapped = ledger(worked), ledger(relabelled(worked, names))
    assert [(names.get(m.party, m.party), m.issue, m.option, m.direction) for m in plain.movements] == [
        (m.party, m.issue, m.option, m.direction) for m in swapped.movements
    ]
    for one, other in zip(plain.lists, swapped.lists, strict=True):
        assert one.open_options == other.open_options
        assert [c.set_count for c in one.closed_by_stated_and_inferred] == [
            c.set_count for c in other.closed_by_stated_and_inferred
        ]


def test_the_order_of_issues_options_and_parties_changes_no_number(worked: Case) -> None:
    turned = worked.model_copy(
        update={
            "issues": tuple(issue.model_copy(update={"options": issue.options[::-1]}) for issue in worked.issues[::-1]),
            "parties": worked.parties[::-1],
            "preferences": worked.preferences[::-1],
            "consent_lists": tuple(
                entry.model_copy(update={"parties": entry.parties[::-1]}) for entry in worked.consent_lists
            ),
        }
    )
    fresh = Case.model_validate(turned.model_dump(exclude_unset=True))
    for consent in ("cl_A2", "cl_A3"):
        plain, other = settlement_report(worked, consent), settlement_report(fresh, consent)
        assert plain["packages"] == other["packages"]
        assert vectors(plain["frontier"]) == vectors(other["frontier"])
        assert vectors(plain["solutions"]["nash"]) == vectors(other["solutions"]["nash"])


def vectors(points: list[dict[str, Any]]) -> list[tuple[tuple[str, float], ...]]:
    """Return utility vectors in an order of their own."""
    return sorted(tuple(sorted(point["utility"].items())) for point in points)

"""Which conclusions differ between two cases, and which numbers do."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.case.diff import ledger_changes
from detente.case.load import load_case
from detente.case.yamlfile import parse_yaml
from detente.registry.effects import Conclusion, conclusions, settlement_changes
from detente.registry.settlement import settlement_report
from tests.cli.conftest import MINI


def mini(**changes: Any) -> Case:
    """Return the small case of two parties; `changes` replace top-level keys."""
    return Case.model_validate({**parse_yaml(MINI, "mini").data, **changes})


def with_reservation(value: float) -> Case:
    """Return the small case with another value of no agreement to its first party."""
    preferences = parse_yaml(MINI, "mini").data["preferences"]
    preferences[0]["reservation"] = value
    return mini(preferences=preferences)


def facts(
    one: Case, other: Case, consent: str | None = None
) -> dict[tuple[str, ...], dict[str, tuple[object, object]]]:
    return {
        change.id: {field.field: (field.a, field.b) for field in change.fields}
        for change in settlement_changes(one, other, consent)
    }


def test_a_higher_reservation_changes_counts_and_no_conclusion() -> None:
    """Left gets 0.52 from water joint and land shared, 0.6 from water left and land split, 1 from its best package."""
    one, other = with_reservation(0.3), with_reservation(0.55)
    found = facts(one, other)
    assert found["all", ""]["reservation.left"] == (0.3, 0.55)
    assert found["all", ""]["stated.packages.in_zone.low"] == ("2", "1")
    assert "stated.in_zone" not in found["all", ""]
    assert conclusions((), settlement_changes(one, other)) == ()


def test_a_zone_that_is_gone_is_a_conclusion_with_what_cannot_hold_together() -> None:
    one, other = with_reservation(0.3), with_reservation(0.7)
    found = conclusions((), settlement_changes(one, other))
    assert [(each.consent, each.issue, each.what) for each in found] == [
        ("all", None, "stated.conflicts"),
        ("all", None, "stated.in_zone"),
    ]
    assert (found[1].change.a, found[1].change.b) == ("yes", "no")
    assert found[0].change.b == frozenset({'{"lines":[],"reservations":["left","right"]}'})


def test_a_list_that_only_one_case_has_is_not_compared() -> None:
    shorter = mini(consent_lists=[{"id": "all", "name": "Both", "parties": ["left", "right"]}])
    assert facts(mini(), shorter) == {}
    assert facts(mini(), with_reservation(0.7), "one").keys() == {("one", "")}


def test_a_list_that_is_no_longer_computed_is_a_conclusion() -> None:
    fewer = mini(preferences=parse_yaml(MINI, "mini").data["preferences"][:1])
    found = {each.what: each for each in conclusions((), settlement_changes(mini(), fewer)) if each.consent == "all"}
    assert (found["computed"].change.a, found["computed"].change.b) == (True, False)
    assert found["stated.in_zone"].change.b is None


def test_packages_are_told_by_utilities_alone() -> None:
    found = facts(mini(), with_reservation(0.55))
    names = {name for fields in found.values() for name in fields}
    assert not any("package" in name and "packages." not in name for name in names)
    nash = found["one", ""] if ("one", "") in found else found["all", ""]
    assert all("water" not in str(value) for value in nash.values())


def test_the_counts_are_those_of_the_report() -> None:
    """Each side of a fact is what the settlement report of that side says."""
    case = load_case("drafts-and-replies-2021-22")
    one, other = case.at("2022-01-27"), case.at("2022-02-23")
    [change] = settlement_changes(one, other, "cl_A1")
    for side, told in ((one, change.a), (other, change.b)):
        report = settlement_report(side, "cl_A1")
        assert told is not None
        assert told["stated.packages.total"] == report["packages"]["total"]
        zone = report["packages"]["in_zone"]
        low, high = (zone, zone) if isinstance(zone, str) else (zone["low"], zone["high"])
        assert (told["stated.packages.in_zone.low"], told["stated.packages.in_zone.high"]) == (low, high)
        inferred = report["with_inferred"] or report
        assert told["with_inferred.packages.no_red_line"] == inferred["packages"]["no_red_line"]
        assert told["reservation.RUS"] == report["reservation"]["RUS"]["value"]


def test_the_third_party_of_the_river_closes_the_question_of_its_flow() -> None:
    """Before Melune replied, three states could not be computed; its reply leaves no flow that nobody refuses."""
    case = load_case("river-basin")
    one, other = case.at("2019-04-05"), case.at("2019-05-01")
    found = conclusions(ledger_changes(one, other), settlement_changes(one, other))

    def of(what: str) -> dict[tuple[str, str | None], Conclusion]:
        return {(each.consent, each.issue): each for each in found if each.what == what}

    assert of("computed").keys() == {("cl_basin", None)}
    assert of("stated.in_zone")["cl_basin", None].change.b == "no"
    assert ("cl_basin", "R1_border_flow") in of("closed_by_stated")
    assert not any(each.consent == "cl_upper" for each in found)


@pytest.mark.parametrize("consent", ["cl_A6"])
def test_a_list_asked_issue_by_issue_is_compared_issue_by_issue(consent: str) -> None:
    case = load_case("drafts-and-replies-2021-22")
    found = settlement_changes(case.at("2022-01-27"), case.at("2022-02-23"), consent)
    assert {change.id[0] for change in found} == {consent}
    assert "A04_nato_enlargement" in {change.id[1] for change in found}

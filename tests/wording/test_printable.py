"""The consent test: which packages may be printed, and who has to be coded first."""

from __future__ import annotations

import pytest

from detente.case.case import Case, Scale
from detente.case.change import changed
from detente.case.ledger.assent import missing_assent
from detente.case.load import load_case
from detente.registry.settlement import settlement_report
from detente.wording.never_print import howlers
from detente.wording.printable import ConsentTest, consent_test


def case_named(name: str) -> Case:
    whole = load_case(name)
    return whole if whole.cut_off is None else whole.at(whole.cut_off)


@pytest.mark.parametrize("name", ["river-basin", "drafts-and-replies-2021-22"])
def test_an_option_passes_exactly_if_all_concerned_are_coded_and_no_rule_stops_it(name: str) -> None:
    case = case_named(name)
    verdicts = set()
    for entry in case.consent_lists:
        for issue in case.issues:
            for option in issue.options:
                package = {issue.id: option.id}
                tested = consent_test(case, package, entry.parties)
                uncoded = () if option.status_quo else missing_assent(case, issue.id, option.id, entry.parties)
                assert tested.printable == (not uncoded and not howlers(case, package, entry.parties))
                assert set(uncoded) <= {party for _, parties in tested.to_code_first for party in parties}
                assert all(
                    not case.is_coded(party, issue.id) for _, parties in tested.to_code_first for party in parties
                )
                verdicts.add((tested.printable, bool(tested.to_code_first)))
    assert verdicts == {(True, False), (False, True), (False, False)}


def test_a_package_is_tested_option_by_option_in_the_order_of_the_case() -> None:
    case = case_named("drafts-and-replies-2021-22")
    members = case.consent_list["cl_A1"].parties
    [nash] = settlement_report(case, "cl_A1")["solutions"]["nash"]
    package = dict(reversed(nash["package"].items()))
    tested = consent_test(case, package, members)
    parts = [consent_test(case, {issue: option}, members) for issue, option in package.items()]
    assert not tested.printable
    assert set(tested.stops) == {stop for part in parts for stop in part.stops}
    issues = [issue for issue, _ in tested.to_code_first]
    assert issues == [issue.id for issue in case.issues if issue.id in issues]
    assert nash["to_code_first"] == {issue: list(parties) for issue, parties in tested.to_code_first}
    assert nash["stopped_by"] == sorted(tested.rules, key=nash["stopped_by"].index)


def test_the_status_quo_may_always_be_printed() -> None:
    case = case_named("river-basin")
    package = {issue.id: option.id for issue in case.issues for option in issue.options if option.status_quo}
    assert package
    assert consent_test(case, package, case.consent_list["cl_upper"].parties) == ConsentTest()


def test_an_imported_case_without_any_position_is_not_tested() -> None:
    case = load_case("two-rivals")
    assert case.scale is not None
    package = {issue.id: issue.options[1].id for issue in case.issues}
    assert howlers(case, package, ["A", "B"])
    assert consent_test(case, package, ["A", "B"]) == ConsentTest()


def test_a_judged_case_without_any_position_is_tested_and_everybody_is_to_be_coded_first() -> None:
    case = changed(load_case("two-rivals"), scale=None)
    package = {issue.id: issue.options[1].id for issue in case.issues}
    tested = consent_test(case, package, ["A", "B"])
    assert not tested.printable
    assert "uncoded-consent" in tested.rules
    assert {issue: set(parties) for issue, parties in tested.to_code_first} == {
        issue.id: {"A", "B"} for issue in case.issues
    }


def test_a_case_with_a_scale_is_tested_like_any_other_once_it_codes_a_position() -> None:
    judged = case_named("river-basin")
    scaled = changed(judged, scale=Scale(low=0, high=1))
    verdicts = set()
    for issue in judged.issues:
        for option in issue.options:
            tested = consent_test(scaled, {issue.id: option.id}, ["TAR", "OST"])
            assert tested == consent_test(judged, {issue.id: option.id}, ["TAR", "OST"])
            verdicts.add(tested.printable)
    assert verdicts == {True, False}

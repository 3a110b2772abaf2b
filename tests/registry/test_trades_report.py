"""Mixtures, opposition, trades and issue groups in the report and in the text of `detente settle`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.cli.settle import lines_of
from detente.registry.settlement import settlement_report

WORKED = "drafts-and-replies-2021-22"
ROUNDED = 1e-9  # a sum of a few floats between 0 and 1


@pytest.fixture(scope="module")
def worked() -> Case:
    case = load_case(WORKED)
    assert case.cut_off is not None
    return case.at(case.cut_off)


@pytest.fixture(scope="module")
def reports(worked: Case) -> dict[str, Any]:
    return {name: settlement_report(worked, name) for name in ("cl_A1", "cl_A2", "cl_A3")}


def test_a_mixture_is_the_mean_of_its_outcomes_and_differs_where_it_says(reports: dict[str, Any]) -> None:
    found = reports["cl_A1"]["randomised"]
    for mixtures in (*found["solutions"].values(), *found["possible"]["solutions"].values()):
        for mixture in mixtures:
            assert sum(outcome["share"] for outcome in mixture["outcomes"]) == pytest.approx(1, abs=ROUNDED)
            options = [outcome["package"] for outcome in mixture["outcomes"]]
            assert mixture["split"] == [i for i in options[0] if len({package[i] for package in options}) > 1]
            assert len(mixture["split"]) == len(options) - 1  # nothing joins two issues of this list
    assert found["with_inferred"]["ideal"] is None  # its lines leave no package, so no mixture either
    assert not any(found["with_inferred"]["solutions"].values())


def test_mixtures_of_more_than_two_sides_are_not_computed_and_say_so(reports: dict[str, Any]) -> None:
    assert reports["cl_A2"]["randomised"] == {"not_computed": "Mixtures are solved for two parties only, got 3."}


def test_opposition_names_every_pair_and_issue(reports: dict[str, Any]) -> None:
    entry = reports["cl_A3"]
    pairs = entry["opposition"]["pairs"]
    assert len(pairs) == 6
    for pair in (*pairs, *entry["opposition"]["possible"]["pairs"]):
        assert list(pair["by_issue"]) == entry["issues"]
        assert -1 <= pair["correlation"] <= 1


def test_trades_help_both_and_are_sorted_by_the_smaller_gain(reports: dict[str, Any]) -> None:
    for entry in reports.values():
        trades = entry["logrolling"]["trades"]
        assert entry["logrolling"]["count"] == len(trades) > 0
        smaller = [min(trade["gain"].values()) for trade in trades]
        assert smaller == sorted(smaller, reverse=True)
        assert smaller[-1] > 0
        for trade in trades:
            assert set(trade["others"]) == set(entry["parties"]) - set(trade["parties"])
            assert trade["joint_gain"] == pytest.approx(sum(trade["gain"].values()), abs=ROUNDED)
            for party, change in trade["change"].items():
                assert sum(change.values()) == pytest.approx(trade["gain"][party], abs=ROUNDED)
                assert list(change) == list(trade["package"])


def test_trades_cross_no_binding_line(worked: Case, reports: dict[str, Any]) -> None:
    for entry in reports.values():
        refused = {(line["issue"], line["option"]) for line in entry["lines"] if line["basis"] == "stated"}
        for trade in entry["logrolling"]["trades"]:
            assert not refused & set(trade["package"].items())


def test_groups_are_the_clusters_of_the_case_and_their_parts_add_up(worked: Case, reports: dict[str, Any]) -> None:
    for entry in reports.values():
        found = entry["issue_groups"]
        for group in found["groups"]:
            assert {worked.issue[issue].cluster for issue in group["issues"]} == set(group["clusters"])
            assert bool(group["solutions"]) != bool(group["conflicts"])
        for party in entry["parties"]:
            parts = sum(group["no_agreement"][party] for group in found["groups"])
            assert parts == pytest.approx(entry["reservation"][party]["value"], abs=ROUNDED)
            alone = sum(
                group["solutions"][0]["utility"][party] if group["solutions"] else group["no_agreement"][party]
                for group in found["groups"]
            )
            low, high = found["one_by_one"][party]
            assert low - ROUNDED <= alone <= high + ROUNDED


def test_a_joint_value_across_clusters_joins_them_and_is_named() -> None:
    """In the river case Tarvia's joint value reads issues of Water and of Money."""
    case = load_case("river-basin")
    report = settlement_report(case, "cl_upper")
    joined = [group for group in report["issue_groups"]["groups"] if len(group["clusters"]) > 1]
    assert [(group["clusters"], group["joined_by"]["joint_values"]) for group in joined] == [
        (["Water", "Money"], ["TAR"])
    ]
    text = list(lines_of(case, report))
    assert any("Water with Money: taken together, joined by a joint value of Tarvia." in line for line in text)


def test_an_issue_without_a_cluster_is_a_group_of_its_own() -> None:
    report = settlement_report(load_case("two-rivals"))
    assert [group["issues"] for group in report["issue_groups"]["groups"]] == [[issue] for issue in report["issues"]]


def test_the_text_names_no_option(worked: Case, reports: dict[str, Any]) -> None:
    for entry in reports.values():
        text = "\n".join(lines_of(worked, entry))
        _, _, ours = text.partition("If packages could be mixed")
        ours = ours.partition("\n  Assumed:")[0]
        titles = {str(words) for issue in worked.issues for words in (issue.short, issue.title)}
        for issue in worked.issues:
            for option in issue.options:
                for words in (option.short, option.text):
                    assert words is None or str(words) in titles or str(words) not in ours


def test_what_is_split_or_traded_is_named_only_where_the_consent_test_lets_it_pass(
    worked: Case, reports: dict[str, Any]
) -> None:
    found = reports["cl_A1"]
    mixtures = [mixture for one in found["randomised"]["solutions"].values() for mixture in one]
    assert not any(outcome["printable"] for mixture in mixtures for outcome in mixture["outcomes"])
    assert found["logrolling"]["count"] == len(found["logrolling"]["trades"]) == 9
    kept = [trade for trade in found["logrolling"]["trades"] if trade["printable"]]
    text = "\n".join(lines_of(worked, found))
    assert "split:" not in text
    assert f"as the consent test stops them: {9 - len(kept)} of the first 9." in text
    free = load_case("two-rivals")
    assert "split: “" in "\n".join(lines_of(free, settlement_report(free)))


def test_the_new_parts_are_plain_json(reports: dict[str, Any]) -> None:
    for entry in reports.values():
        for key in ("randomised", "opposition", "logrolling", "issue_groups"):
            assert json.loads(json.dumps(entry[key])) == entry[key]

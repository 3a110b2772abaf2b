"""The settlement report: its contract, the worked example, and its agreement with the ledger."""

from __future__ import annotations

import math
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.ledger import ledger
from detente.case.load import load_case
from detente.core.canonical import to_json
from detente.core.errors import CaseError
from detente.registry.settlement import settlement_report

WORKED = "drafts-and-replies-2021-22"
COMPUTED = ("cl_A1", "cl_A2", "cl_A3")


@pytest.fixture(scope="module")
def worked() -> Case:
    case = load_case(WORKED)
    assert case.cut_off is not None
    return case.at(case.cut_off)


@pytest.fixture(scope="module")
def report(worked: Case) -> dict[str, Any]:
    return settlement_report(worked)


def test_each_consent_list_has_its_report_and_none_is_the_default(worked: Case, report: dict[str, Any]) -> None:
    assert list(report["by_consent"]) == [entry.id for entry in worked.consent_lists]


def test_the_signatories_share_thirteen_issues_and_with_ukraine_five(report: dict[str, Any]) -> None:
    # Origin: the notes to the case facts ("13 coded issues of 24; with Ukraine, 5").
    three, four = report["by_consent"]["cl_A2"], report["by_consent"]["cl_A3"]
    assert (len(three["issues"]), len(three["uncoded"])) == (13, 11)
    assert (len(four["issues"]), len(four["uncoded"])) == (5, 19)


def test_a_list_with_an_uncoded_member_is_not_computed_and_says_who(report: dict[str, Any]) -> None:
    assert report["by_consent"]["cl_A4"]["not_computed"]["missing"] == ["BLR"]
    assert report["by_consent"]["cl_A5"]["not_computed"]["missing"] == ["OSCE_57"]


def test_issue_by_issue_asks_those_who_must_consent_to_each(worked: Case, report: dict[str, Any]) -> None:
    by_issue = report["by_consent"]["cl_A6"]["by_issue"]
    assert list(by_issue) == [issue.id for issue in worked.issues]
    assert by_issue["A13_newstart_followon"]["parties"] == ["USA", "RUS"]
    assert by_issue["A05_bases_activity_cooperation"]["not_computed"]["missing"] == ["HOST"]


@pytest.mark.parametrize("consent", COMPUTED)
def test_counts_are_exact_decimal_strings(worked: Case, report: dict[str, Any], consent: str) -> None:
    entry = report["by_consent"][consent]
    total = math.prod(len(worked.issue[issue].options) for issue in entry["issues"])
    assert int(entry["packages"]["total"]) == total
    assert 0 < int(entry["packages"]["no_red_line"]) < total
    zone = entry["packages"]["in_zone"]
    assert int(zone["low"]) <= int(zone["high"]) <= int(entry["packages"]["no_red_line"])


@pytest.mark.parametrize("consent", COMPUTED)
def test_what_closes_the_zone_is_what_the_ledger_says_closes_an_issue(
    worked: Case, report: dict[str, Any], consent: str
) -> None:
    """Two methods: minimal conflicts of the engine, and products of refusals read off the record."""
    entry = report["by_consent"][consent]
    conflicts = entry["with_inferred"]["red_line_conflicts"]
    assert entry["with_inferred"]["red_line_conflicts_hold"] == "whatever unknown options are worth"
    assert all(conflict["reservations"] == [] for conflict in conflicts)
    lines = {line["id"]: (line["party"], line["issue"], line["option"]) for line in entry["lines"]}
    by_engine = {frozenset(lines[line] for line in conflict["lines"]) for conflict in conflicts}
    [of_list] = ledger(worked, consent).lists
    by_ledger = {
        frozenset((held.party, held.issue, held.option) for held in chosen)
        for closure in of_list.closed_by_stated_and_inferred
        if closure.issue in entry["issues"]
        for chosen in closure.sets
    }
    assert by_engine == by_ledger


@pytest.mark.parametrize("consent", COMPUTED)
def test_the_zone_grows_as_fewer_lines_bind(report: dict[str, Any], consent: str) -> None:
    curve = report["by_consent"][consent]["zone_curve"]
    assert [step["lines"] for step in curve] == sorted((step["lines"] for step in curve), reverse=True)
    assert curve[-1]["lines"] == 0
    sizes = [int(_low(step["possible"]["packages"])) for step in curve]
    assert sizes == sorted(sizes)
    assert any(step["which"] == "all stated" for step in curve)


def _low(count: str | dict[str, str]) -> str:
    return count if isinstance(count, str) else count["low"]


@pytest.mark.parametrize("consent", COMPUTED)
def test_every_package_of_the_zone_gives_everybody_at_least_no_agreement(report: dict[str, Any], consent: str) -> None:
    entry = report["by_consent"][consent]
    assert entry["frontier"]
    for point in entry["frontier"]:
        assert set(point["package"]) == set(entry["issues"])
        for party in entry["parties"]:
            low, high = point["utility_range"][party]
            assert entry["reservation"][party]["value"] <= low <= high
            assert point["utility"][party] == low


def test_a_single_consent_list_gives_its_report_at_the_top(worked: Case) -> None:
    entry = settlement_report(worked, "cl_A1")
    assert entry["consent"] == "cl_A1"
    assert set(entry) >= {
        "parties",
        "packages",
        "frontier",
        "uncoded",
        "frontier_unconstrained",
        "solutions",
        "red_line_conflicts",
        "zone_curve",
    }
    assert set(entry["solutions"]) == {"nash", "kalai_smorodinsky", "egalitarian", "utilitarian"}


def test_an_unknown_consent_list_is_refused_with_the_known_ones(worked: Case) -> None:
    with pytest.raises(CaseError, match="cl_A1"):
        settlement_report(worked, "cl_A7")


def test_the_same_case_gives_the_same_bytes(worked: Case, report: dict[str, Any]) -> None:
    assert to_json(settlement_report(worked)) == to_json(report)


def test_before_any_position_nothing_is_computed(worked: Case) -> None:
    early = worked.at("2021-12-02")
    reports = settlement_report(early)["by_consent"]
    assert all("not_computed" in entry for name, entry in reports.items() if name != "cl_A6")
    assert all("not_computed" in entry for entry in reports["cl_A6"]["by_issue"].values())


def test_equal_weights_change_values_and_not_counts(worked: Case) -> None:
    judged = settlement_report(worked, "cl_A3")
    equal = settlement_report(worked, "cl_A3", weights="equal")
    assert judged["packages"]["no_red_line"] == equal["packages"]["no_red_line"]
    assert judged["frontier_unconstrained"] != equal["frontier_unconstrained"]


def test_relaxations_stand_where_nothing_is_certain_and_name_every_line() -> None:
    case = load_case("river-basin")
    reports = settlement_report(case.at(case.cut_off))["by_consent"]
    assert reports["cl_upper"]["relaxations"] is None
    for part in (reports["cl_basin"], reports["cl_basin"]["with_inferred"]):
        relaxed = part["relaxations"]
        binding = [line["id"] for line in reports["cl_basin"]["lines"]]
        assert {one["line"] for one in relaxed["lines"]} <= set(binding)
        conflict_lines = {line for one in part["red_line_conflicts"] for line in one["lines"]}
        opening = {one["line"] for one in relaxed["lines"] if one["packages"] != "0"}
        in_all = set.intersection(*(set(one["lines"]) for one in part["red_line_conflicts"]))
        assert in_all <= opening <= conflict_lines
        for one in relaxed["certain"]["line_sets"]:
            assert math.exp(-one["cost"]) == pytest.approx(one["p_none_binds"])
            assert all(set(one["lines"]) & set(conflict["lines"]) for conflict in part["red_line_conflicts"])


def test_a_speaker_of_two_members_falls_short_once() -> None:
    """By hand: A needs 0.8 and B 0.9 of two issues of 0.5, each all to one of them; the split leaves 0.3 and 0.4."""
    options = [{"id": "o1", "text": "one"}, {"id": "o2", "text": "two"}]
    case = Case.model_validate(
        {
            "schema_version": "1",
            "id": "seats",
            "version": "1",
            "title": "Two seats of one speaker",
            "authors": ["tests"],
            "licence": "CC0-1.0",
            "parties": [
                {"id": "A", "name": "Aland", "kind": "state"},
                {"id": "B", "name": "Boria", "kind": "state"},
                {"id": "C", "name": "Coast", "kind": "state", "represented_by": "A"},
            ],
            "consent_lists": [
                {"id": "two", "name": "two", "parties": ["A", "B"]},
                {"id": "three", "name": "three", "parties": ["A", "C", "B"]},
            ],
            "issues": [{"id": issue, "title": issue, "options": options} for issue in ("x", "y")],
            "preferences": [
                {
                    "party": party,
                    "weights": {"x": 1, "y": 1},
                    "values": {issue: {"o1": first, "o2": 1 - first} for issue in ("x", "y")},
                    "reservation": least,
                }
                for party, first, least in (("A", 0, 0.8), ("B", 1, 0.9))
            ],
        }
    )
    short = {
        name: part["relaxations"]["certain"]["shortfalls"]
        for name, part in settlement_report(case)["by_consent"].items()
    }
    assert [one["sum"] for one in short["two"]] == pytest.approx([0.7, 0.8, 0.9])
    assert [one["sum"] for one in short["three"]] == [one["sum"] for one in short["two"]]
    for less, more in zip(short["two"], short["three"], strict=True):
        own = less["short"].get("A")
        assert more["short"] == less["short"] | ({} if own is None else {"C": own})

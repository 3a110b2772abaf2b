"""The concession map and the comparison of packages, in the names of a case."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.case.ledger.tabled import tabled_packages
from detente.case.load import load_case
from detente.core.canonical import to_json
from detente.core.errors import CaseError
from detente.registry.asked import Asked, Kind, asked_choice, asked_package, known_words
from detente.registry.concessions import comparison_report, concession_report
from detente.registry.settlement import settlement_report

WORKED, RIVER, RIVALS = "drafts-and-replies-2021-22", "river-basin", "two-rivals"
FLOATS = 1e-9


def case_named(name: str) -> Case:
    whole = load_case(name)
    return whole if whole.cut_off is None else whole.at(whole.cut_off)


def report(name: str, word: str, consent: str | None = None, **options: Any) -> dict[str, Any]:
    case = case_named(name)
    return concession_report(case, asked_package(case, word), consent, **options)


def test_the_map_of_two_rivals_is_that_of_the_file() -> None:
    """By hand for A: no agreement 40; least values 0, 2, 0, 0; ranges 30, 13, 5, 25, together 73; so 38 is spread."""
    found = report(RIVALS, "nash")["map"]
    assert found["choice"] == {"expansion": "o2", "deployments": "o2", "transparency": "o3", "territory": "o1"}
    a = found["parties"]["A"]
    assert (a["total"], a["no_agreement"], a["margin"]) == ([60, 60], 40, [20, 20])
    assert {issue: part["utility"][0] for issue, part in a["issues"].items()} == {
        "expansion": 18,
        "deployments": 12,
        "transparency": 5,
        "territory": 25,
    }
    assert [part["concession"] for part in a["issues"].values()] == [[-12, -12], [-3, -3], [0, 0], [0, 0]]
    assert [part["best"] for part in a["issues"].values()] == [30, 15, 5, 25]
    spread = [part["utility"][0] - part["against_no_agreement"][0] for part in a["issues"].values()]
    assert spread == pytest.approx([38 * 30 / 73, 2 + 38 * 13 / 73, 38 * 5 / 73, 38 * 25 / 73])


@pytest.mark.parametrize("consent", ["cl_A1", "cl_A2", "cl_A3"])
@pytest.mark.parametrize("word", ["us-ru-draft", "us-reply", "nash", "status-quo"])
def test_rows_add_up_to_the_margin_and_totals_are_those_of_the_settlement_report(word: str, consent: str) -> None:
    case = case_named(WORKED)
    found = report(WORKED, word, consent)["map"]
    for party in found["parties"].values():
        rows = [part["against_no_agreement"] for part in party["issues"].values()]
        for end in (0, 1):
            assert sum(row[end] for row in rows) == pytest.approx(party["margin"][end], abs=FLOATS)
            assert party["total"][end] - party["no_agreement"] == pytest.approx(party["margin"][end], abs=FLOATS)
    settled = settlement_report(case, consent)
    totals = {party: part["total"] for party, part in found["parties"].items()}
    tabled = {entry["text"]: entry for entry in settled["tabled"]}
    if word in tabled:
        assert totals == tabled[word]["utility_range"]
        assert found["lines_crossed"] == tabled[word]["lines_broken"]
        assert found["lines_possibly_crossed"] == tabled[word]["lines_possibly_broken"]
        for key in ("printable", "to_code_first", "stopped_by"):
            assert found[key] == tabled[word][key]
    elif word == "nash":
        assert found["choice"] == settled["solutions"]["nash"][0]["package"]
        assert {party: total[0] for party, total in totals.items()} == settled["solutions"]["nash"][0]["utility"]


def test_in_a_judged_case_no_agreement_is_spread_by_weight() -> None:
    """Every issue's scale is its weight, so each issue's part is the weight times the value of no agreement."""
    found = report(RIVER, "proposal", "cl_upper", weights="equal")["map"]["parties"]["TAR"]
    for part in found["issues"].values():
        assert part["best"] == pytest.approx(1 / 6)
        assert part["utility"][0] - part["against_no_agreement"][0] == pytest.approx(found["no_agreement"] / 6)


def test_a_text_that_may_leave_a_party_below_no_agreement_has_its_smallest_change() -> None:
    answer = report(RIVER, "commission-idea", "cl_upper")
    changes = answer["smallest_changes"]["certain"]
    assert list(changes["by_party"]) == ["TAR"]
    one = changes["by_party"]["TAR"]
    assert (one["count"], list(one["changes"])) == (1, ["R1_border_flow"])
    assert set(one["settles"]) == {"R4_flood_works", "R5_navigation"}
    assert all(one["utility"][party] >= answer["map"]["parties"][party]["no_agreement"] for party in ("TAR", "OST"))
    assert one["printable"] is one["changes_printable"] is False
    assert one["to_code_first"] == {"R1_border_flow": ["DELTA"]}


def test_where_red_lines_leave_no_package_no_change_is_found() -> None:
    certain = report(RIVER, "reply", "cl_basin")["smallest_changes"]["certain"]
    assert certain == {"by_party": {"TAR": None}, "for_all": None}


def test_a_solution_needs_no_change_and_has_no_trade_on_the_frontier() -> None:
    for word in ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian"):
        answer = report(RIVALS, word)
        assert answer["improvements"] == answer["trades"] == {"count": 0, "listed": []}
        assert answer["smallest_changes"]["certain"]["by_party"] == {}
        assert answer["smallest_changes"]["certain"]["for_all"]["count"] == 0


def test_improvements_of_the_status_quo_gain_what_they_say() -> None:
    """Each change, made, gives every party at least its gain more, by the map of the changed package."""
    case = case_named(RIVER)
    answer = report(RIVER, "status-quo", "cl_basin")
    before = answer["map"]
    listed = concession_report(case, asked_choice(case, "x", _closed(case, before)), "cl_basin")["improvements"]
    assert listed["count"] == len(listed["listed"]) > 0
    base = _closed(case, before)
    old = concession_report(case, asked_choice(case, "x", base), "cl_basin")["map"]["parties"]
    for one in listed["listed"]:
        new = concession_report(case, asked_choice(case, "y", base | one["changes"]), "cl_basin")["map"]["parties"]
        assert max(one["gain"].values()) > 0 <= min(one["gain"].values())
        for party, gain in one["gain"].items():
            assert new[party]["total"][0] - old[party]["total"][0] == pytest.approx(gain, abs=FLOATS)


@pytest.mark.parametrize(
    ("name", "word", "consent", "kind"),
    [(RIVER, "reply", "cl_upper", "improvements"), (WORKED, "status-quo", "cl_A3", "trades")],
)
def test_what_is_said_of_an_open_package_holds_for_every_option_of_its_open_issue(
    name: str, word: str, consent: str, kind: str
) -> None:
    """Each change, made in a completion, is no loss to any party and gains at least what is said, by the maps."""
    case = case_named(name)
    answer = report(name, word, consent)
    choice = {issue: option for issue, option in answer["map"]["choice"].items() if option is not None}
    (left,) = set(answer["map"]["choice"]) - set(choice)
    assert answer[kind]["listed"]
    for option in case.issue[left].options:
        whole = choice | {left: option.id}
        old = concession_report(case, asked_choice(case, "x", whole), consent)["map"]
        for one in answer[kind]["listed"]:
            assert left not in one["changes"]
            new = concession_report(case, asked_choice(case, "y", whole | one["changes"]), consent)["map"]
            for party, gain in one["gain"].items():
                assert gain >= 0
                for end in (0, 1):
                    assert new["parties"][party]["total"][end] - old["parties"][party]["total"][end] >= gain - FLOATS
            assert set(new["links_broken"]) <= set(old["links_broken"])


def _closed(case: Case, found: dict[str, Any]) -> dict[str, str]:
    return {issue: option or case.issue[issue].options[0].id for issue, option in found["choice"].items()}


def test_a_list_that_asks_issue_by_issue_is_answered_issue_by_issue() -> None:
    answer = report(WORKED, "us-reply", "cl_A6")
    assert list(answer["by_issue"]) == [issue.id for issue in case_named(WORKED).issues]
    singles = [one for one in answer["by_issue"].values() if "choice" in one.get("map", {})]
    assert singles
    assert all(len(one["map"]["choice"]) == 1 and one["trades"] == {"count": 0, "listed": []} for one in singles)


def test_nothing_is_computed_for_a_list_with_an_uncoded_member() -> None:
    answer = report(WORKED, "us-reply")["by_consent"]["cl_A4"]
    assert answer["not_computed"]["missing"] == ["BLR"]
    assert "map" not in answer


def test_without_a_zone_there_is_no_solution_and_that_is_a_finding() -> None:
    found = report(RIVER, "nash", "cl_basin")["map"]
    assert "no package is certain" in found["finding"]
    assert found["parties"] == {}


def test_a_solution_that_does_not_tie_has_no_second() -> None:
    assert report(RIVALS, "nash:2")["map"]["finding"] == "There is only one of this solution."


def test_the_same_question_gives_the_same_bytes() -> None:
    assert to_json(report(WORKED, "ru-reply")) == to_json(report(WORKED, "ru-reply"))


def test_packages_side_by_side_are_their_maps_and_say_where_they_differ() -> None:
    case = case_named(RIVALS)
    words = ["utilitarian", "nash", "no-agreement"]
    answer = comparison_report(case, [asked_package(case, word) for word in words])
    assert [entry["package"] for entry in answer["packages"]] == words
    assert answer["packages"][:2] == [report(RIVALS, word)["map"] for word in words[:2]]
    assert answer["differ"] == ["territory"]
    nothing = answer["packages"][2]["parties"]["B"]
    assert nothing == {"total": [30, 30], "no_agreement": 30, "margin": [0, 0], "issues": {}}


@pytest.mark.parametrize("words", [["nash"], ["nash"] * 2, [f"nash:{k}" for k in range(1, 8)]])
def test_fewer_than_two_or_more_than_six_or_equal_packages_are_not_compared(words: list[str]) -> None:
    case = case_named(RIVALS)
    with pytest.raises(CaseError, match="PACKAGE"):
        comparison_report(case, [asked_package(case, word) for word in words])


def test_every_known_word_means_a_package() -> None:
    case = case_named(RIVER)
    asked = [asked_package(case, word) for word in known_words(case)]
    assert {one.kind for one in asked} == set(Kind) - {Kind.CHOICE}
    tabled = {package.id: dict(package.choice) for package in tabled_packages(case)}
    assert {one.name: one.choice for one in asked if one.kind is Kind.TABLED} == tabled
    assert all(one.public_record for one in asked if one.kind is Kind.TABLED)


@pytest.mark.parametrize(
    ("word", "says"),
    [("nahs", 'Did you mean "nash"'), ("nash:0", "A whole number from 1"), ("zzz", "or a file with a choice")],
)
def test_an_unknown_word_is_refused_with_the_nearest(word: str, says: str) -> None:
    with pytest.raises(CaseError, match=says):
        asked_package(case_named(RIVER), word)


def test_what_cannot_be_asked_is_refused_in_one_line() -> None:
    rivals = case_named(RIVALS)
    with pytest.raises(CaseError, match="marks no option as the status quo"):
        asked_package(rivals, "status-quo")
    with pytest.raises(CaseError, match="no agreement is no package"):
        concession_report(rivals, asked_package(rivals, "no-agreement"))
    with pytest.raises(CaseError, match="Did you mean"):
        asked_choice(rivals, "mine", {"territori": "o1"})
    with pytest.raises(CaseError, match="o1, o2, o3"):
        asked_choice(rivals, "mine", {"territory": "o4"})


def test_a_choice_on_issues_that_are_left_out_says_so() -> None:
    case = case_named(RIVER)
    found = concession_report(case, asked_choice(case, "mine", {"R5_navigation": "o1"}), "cl_basin")["map"]
    assert found["finding"] == "It says nothing on the issues of this analysis."
    both = {"R5_navigation": "o1", "R3_river_data": "o2"}
    found = concession_report(case, Asked("mine", Kind.CHOICE, choice=both), "cl_basin")["map"]
    assert found["left_out"] == {"R5_navigation": "o1"}
    assert found["choice"]["R3_river_data"] == "o2"

"""The breakpoint report: thresholds counted by hand, order, what speaks for several, and swapped labels."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from detente.case.case import Case
from detente.charts import breakpoints
from detente.cli.breakpoints import number_in_words
from detente.core.errors import CaseError
from detente.uncertainty.breakpoints import breakpoint_report
from detente.wording.judgements import half_words, judgement_words, kind_words
from detente.wording.naming import Naming
from detente.wording.sentence import flat, text_of_runs
from tests.agreement.test_case_brute_force import Draw
from tests.brief.briefs import RIVER, WORKED, case_named

Raw = dict[str, Any]

TWO: Raw = {
    "schema_version": "1",
    "id": "two",
    "version": "1",
    "title": "Two issues",
    "authors": ["a test"],
    "licence": "CC0-1.0",
    "parties": [{"id": "A", "name": "Aland", "kind": "state"}, {"id": "B", "name": "Bland", "kind": "state"}],
    "consent_lists": [{"id": "both", "name": "both", "parties": ["A", "B"]}],
    "issues": [
        {"id": "x", "title": "X", "options": [{"id": "o1", "text": "one"}, {"id": "o2", "text": "two"}]},
        {"id": "y", "title": "Y", "options": [{"id": "o1", "text": "one"}, {"id": "o2", "text": "two"}]},
    ],
    "preferences": [
        {
            "party": "A",
            "weights": {"x": {"low": 1, "mode": 3, "high": 5}, "y": 1},
            "values": {"x": {"o1": 1, "o2": 0}, "y": {"o1": 0, "o2": 1}},
            "reservation": {"low": 0.2, "mode": 0.5, "high": 0.9},
        },
        {
            "party": "B",
            "weights": {"x": 1, "y": 1},
            "values": {"x": {"o1": 0, "o2": 1}, "y": {"o1": 1, "o2": 0}},
            "reservation": 0.5,
        },
    ],
}


def zone(raw: Raw, reading: str = "certain") -> Raw:
    entries = breakpoint_report(Case.model_validate(raw))["by_consent"]["both"]["conclusions"]
    return next(entry for entry in entries if entry["conclusion"]["reading"] == reading)


def test_thresholds_are_those_counted_by_hand() -> None:
    """B needs one of x.o2 and y.o1 (1/2 each): A is left 3/4 (x.o1, y.o1) and so is content.

    Its reservation may rise to 3/4. With weight w of x it gets w / (w + 1) >= 1/2, or 1 / (w + 1) by x.o2 and y.o2,
    which is at least 1/2 where the other is not: no weight closes the zone.
    """
    entry = zone(TWO)
    assert entry["now"] is True
    found = {(s["party"], s["path"]): s for s in entry["singles"]}
    assert found["A", "reservation"]["exact"] == "3/4"
    assert found["A", "reservation"]["flips"] == "above"
    assert found["A", "reservation"]["reached"] is False
    assert found["A", "reservation"]["threshold"] == pytest.approx(0.750001, abs=1e-12)
    assert found["A", "reservation"]["within_range"] is True
    assert not any(path.startswith("weights") for party, path in found if party == "A")


def test_a_weight_turns_where_the_linear_equation_says() -> None:
    """With a reservation of 0.7 for A: w / (w + 1) >= 7/10 from w = 7/3 on, and 1 / (w + 1) >= 7/10 up to 3/7."""
    raw = copy.deepcopy(TWO)
    raw["preferences"][0]["reservation"] = 0.7
    weight = next(s for s in zone(raw)["singles"] if s["path"] == "weights.x" and s["party"] == "A")
    assert (weight["exact"], weight["flips"], weight["within_range"]) == ("7/3", "below", True)
    assert weight["move"] == pytest.approx((3 - 7 / 3) / 4, abs=1e-6)
    raw["preferences"][0]["weights"]["x"] = 1
    weight = {s["flips"]: s for s in zone(raw)["singles"] if s["path"] == "weights.x" and s["party"] == "A"}
    assert {way: s["exact"] for way, s in weight.items()} == {"above": "7/3", "below": "3/7"}
    assert not any(s["within_range"] for s in weight.values())


def test_inside_the_judged_range_comes_first_then_the_smaller_move() -> None:
    for name in (RIVER, WORKED, "two-rivals"):
        for part in breakpoint_report(case_named(name))["by_consent"].values():
            for entry in part.get("conclusions", []):
                order = [(not single["within_range"], single["move"]) for single in entry["singles"]]
                assert order == sorted(order)


def test_a_speaker_for_two_members_moves_once_for_both() -> None:
    raw = copy.deepcopy(TWO)
    raw["parties"].append({"id": "AA", "name": "Aland's ally", "kind": "state"})
    raw["parties"].append({"id": "G", "name": "Group", "kind": "group", "members": ["B"], "represented_by": "A"})
    raw["consent_lists"][0]["parties"] = ["A", "G", "B"]
    found = next(s for s in zone(raw)["singles"] if s["path"] == "reservation" and s["party"] == "A")
    assert found["members"] == ["A", "G"]
    assert found["exact"] == "3/4"


def test_an_unknown_option_ranges_over_the_scale() -> None:
    raw = copy.deepcopy(TWO)
    del raw["preferences"][0]["values"]["y"]["o2"]
    raw["preferences"][0]["reservation"] = 0.9  # A gets 3/4 by x.o1 alone, and 3/4 v more with y.o2
    raw["preferences"][1]["reservation"] = 0
    certain, possible = zone(raw), zone(raw, "possible")
    assert (certain["now"], possible["now"]) == (False, True)
    entry = next(s for s in certain["singles"] if s["path"] == "values.y.o2" and s["party"] == "A")
    # as soon as both options have a value the issue is rescaled to 0 and 1, and the package is worth 1
    assert (entry["now"], entry["range"], entry["within_range"], entry["flips"]) == (None, [0, 1], True, "above")


def test_equal_weights_are_no_judgement() -> None:
    kinds = {
        weights: {
            single["kind"]
            for part in breakpoint_report(case_named(WORKED), weights=weights)["by_consent"].values()
            for entry in part.get("conclusions", [])
            for single in entry["singles"]
        }
        for weights in ("analyst", "equal")
    }
    assert "weight" in kinds["analyst"]
    assert {"line", "payoff"} <= kinds["equal"] <= kinds["analyst"] - {"weight"}


def test_an_unknown_list_is_one_line() -> None:
    with pytest.raises(CaseError, match="there is no such consent list"):
        breakpoint_report(case_named("two-rivals"), "nobody")


@pytest.mark.parametrize("seed", range(20))
def test_swapped_parties_issues_and_options_swap_the_report(seed: int) -> None:
    raw = Draw(seed).case()
    turned = copy.deepcopy(raw)
    for key in ("parties", "issues", "preferences"):
        turned[key].reverse()
    turned["consent_lists"][0]["parties"] = [party["id"] for party in turned["parties"]]
    for issue in turned["issues"]:
        issue["options"].reverse()

    def content(case: Raw) -> list[tuple[Any, ...]]:
        part = breakpoint_report(Case.model_validate(case))["by_consent"]["all"]
        return [
            (
                tuple(entry["conclusion"].values()),
                entry["now"],
                sorted((s["party"], s["path"] or s["line"], str(s["exact"]), s["flips"]) for s in entry["singles"]),
            )
            for entry in part.get("conclusions", [])
        ]

    assert content(raw) == content(turned)


@pytest.mark.parametrize("when", ["x in [o1] and y in [o1]", "x in [o1]"])
def test_a_joint_value_turns_where_it_makes_up_what_is_short(when: str) -> None:
    """A gets 3/4 by x.o1 and y.o1, with which B is content too; it wants 9/10, so 3/20 by joint values are short.

    At 1/5 it is content with x.o2 and y.o2, which is worth 1/4 to it, whatever the joint value is.
    """
    raw = copy.deepcopy(TWO)
    raw["preferences"][0]["reservation"] = 0.9
    raw["preferences"][0]["interactions"] = [{"when": when, "value": {"low": 0, "mode": 0.05, "high": 0.2}}]
    entry = zone(raw)
    found = next(single for single in entry["singles"] if single["kind"] == "joint_value")
    assert (entry["now"], found["exact"], found["flips"], found["reached"]) == (False, "3/20", "above", True)
    assert (found["when"], found["path"], found["within_range"]) == (when, f"interactions.{when}", True)
    assert found["move"] == pytest.approx(0.1, abs=1e-9)
    raw["preferences"][0]["reservation"] = 0.2
    assert not any(single["kind"] == "joint_value" for single in zone(raw)["singles"])


def test_joint_values_on_one_condition_are_told_apart() -> None:
    """Of the 3/20 that are short each makes up what the other leaves: 3/20 less 1/50, and less 1/20."""
    raw = copy.deepcopy(TWO)
    raw["preferences"][0]["reservation"] = 0.9
    both = "x in [o1] and y in [o1]"
    raw["preferences"][0]["interactions"] = [{"when": both, "value": 0.05}, {"when": both, "value": 0.02}]
    found = {single["path"]: single["exact"] for single in zone(raw)["singles"] if single["kind"] == "joint_value"}
    assert found == {f"interactions.{both}": "13/100", f"interactions.{both} (2)": "1/10"}


def test_a_joint_value_is_told_by_its_owner_and_its_options() -> None:
    raw = copy.deepcopy(TWO)
    raw["preferences"][0]["reservation"] = 0.9
    raw["preferences"][0]["interactions"] = [{"when": "x in [o1] and not y in [o2]", "value": 0}]
    case = Case.model_validate(raw)
    (entry,) = [single for single in zone(raw)["singles"] if single["kind"] == "joint_value"]
    naming = Naming(case)
    assert number_in_words(case, entry) == (
        "Aland: joint value of one (X) together with anything but two (Y) [x in [o1] and not y in [o2]]"
    )
    assert text_of_runs(tuple(flat(judgement_words(naming, entry)))) == (
        "the joint value of ‹one› on X together with anything but ‹two› on Y for Aland"
    )
    assert text_of_runs(tuple(flat(kind_words(naming, entry)))) == "a judged joint value on ‹X› and ‹Y› for Aland"
    chart = breakpoints(case, breakpoint_report(case), "both")
    assert {row[2] for row in chart.table.rows if "joint" in row[2]} == {
        "Aland: joint value of ‹one› on ‹X› together with anything but ‹two› on ‹Y›"
    }


def test_a_pair_of_joint_values_closes_a_zone_that_neither_closes_alone() -> None:
    """A alone wants 3/2; it gets 1 by x.o1 and y.o2, and 3/4 and two joint values of 2 by x.o1 and y.o1.

    One of them at -1, the end of its scale, leaves it 7/4. Both on their way from 2 to -1 leave it 19/4 - 6 p, which is
    less than 3/2 beyond p = 13/24, at 3/8.
    """
    raw = copy.deepcopy(TWO)
    both = "x in [o1] and y in [o1]"
    raw["consent_lists"][0]["parties"] = ["A"]
    raw["preferences"][0]["reservation"] = 1.5
    raw["preferences"][0]["interactions"] = [{"when": both, "value": 2}, {"when": both, "value": 2}]
    entry = zone(raw)
    assert (entry["now"], all(single["beyond_scale"] for single in entry["singles"])) == (True, True)
    pair = entry["pairs"][0]
    halves = [pair["first"], pair["second"]]
    assert [(half["kind"], half["when"], half["flips"], half["beyond_scale"]) for half in halves] == [
        ("joint_value", both, "below", False)
    ] * 2
    assert {half["path"] for half in halves} == {f"interactions.{both}", f"interactions.{both} (2)"}
    assert pair["fraction"] == pytest.approx(13 / 24, abs=1e-5)
    assert [half["to"] for half in halves] == pytest.approx([3 / 8] * 2, abs=1e-5)
    assert pair["of"] == "admissible domain"
    case = Case.model_validate(raw)
    assert text_of_runs(tuple(flat(half_words(Naming(case), halves[0], {})))) == (
        "the joint value of ‹one› on X together with ‹one› on Y for Aland below 0.375"
    )

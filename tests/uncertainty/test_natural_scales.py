"""Thresholds beyond a number's scale are flagged; pairs that go equally far stand in rotation of their parties."""

from __future__ import annotations

import copy
import itertools
from typing import Any

from detente.case.case import Case
from detente.uncertainty.breakpoints import breakpoint_report
from detente.uncertainty.pairs import MOST
from tests.brief.briefs import case_named
from tests.uncertainty.test_breakpoints import TWO, zone

Raw = dict[str, Any]


def weights_of_a(reservation: float, weight: float) -> list[Raw]:
    raw = copy.deepcopy(TWO)
    raw["preferences"][0]["reservation"] = reservation
    raw["preferences"][0]["weights"]["x"] = weight
    return [one for one in zone(raw)["singles"] if one["path"] == "weights.x" and one["party"] == "A"]


def test_a_weight_beyond_the_sum_of_all_weights_is_flagged() -> None:
    """With a reservation of 0.7 it turns at 7/3 and at 3/7: the first lies beyond 1 + 1, the second does not."""
    found = {one["exact"]: one["beyond_scale"] for one in weights_of_a(0.7, 1)}
    assert found == {"7/3": True, "3/7": False}


def test_a_threshold_inside_its_judged_range_is_never_beyond() -> None:
    (found,) = weights_of_a(0.7, 3)
    assert found["beyond_scale"] is False
    for name in ("river-basin", "two-rivals", "drafts-and-replies-2021-22"):
        for part in breakpoint_report(case_named(name))["by_consent"].values():
            for entry in part.get("conclusions", ()):
                assert not [s for s in entry["singles"] if s["within_range"] and s["beyond_scale"]]


def test_a_value_of_no_agreement_lies_at_most_one_width_below_the_scale() -> None:
    """B gets 1/2 whenever A gets 3/4; with nothing left but that, A's threshold of 3/4 lies on the scale."""
    found = next(s for s in zone(TWO)["singles"] if s["path"] == "reservation" and s["party"] == "A")
    assert (found["exact"], found["beyond_scale"]) == ("3/4", False)
    report = breakpoint_report(case_named("drafts-and-replies-2021-22"))["by_consent"]["cl_A1"]
    payoffs = [s for entry in report["conclusions"] for s in entry["singles"] if s["kind"] == "payoff"]
    assert any(s["beyond_scale"] for s in payoffs)
    assert all(s["beyond_scale"] is not (-1 <= s["threshold"] <= 1) for s in payoffs)


def pairs_of(case: Case) -> list[list[tuple[str, str]]]:
    entry = breakpoint_report(case, "cl_C1")["by_consent"]["cl_C1"]["conclusions"][3]
    return [[(pair[half]["party"], pair[half]["line"]) for half in ("first", "second")] for pair in entry["pairs"]]


def test_equal_pairs_are_all_listed_and_no_order_of_a_file_decides_which_come_first() -> None:
    """One line on each of the two closed files, any with any, and all go equally far."""
    case = case_named("settlement-talks-2024")
    found = pairs_of(case)
    on_file = [{line for pair in found for _, line in pair if file in line} for file in ("-C02-", "-C06-")]
    assert {frozenset(line for _, line in pair) for pair in found} == {
        frozenset(pair) for pair in itertools.product(*on_file)
    }
    assert len(found) > MOST
    assert len({frozenset(party for party, _ in pair) for pair in found[:3]}) == 3
    data = case.model_dump(mode="json", by_alias=True)
    data["preferences"].reverse()
    for entry in data["preferences"]:
        entry["red_lines"].reverse()
    data["consent_lists"] = [{**one, "parties": one["parties"][::-1]} for one in data["consent_lists"]]
    turned = pairs_of(Case.model_validate(data))
    assert turned == found

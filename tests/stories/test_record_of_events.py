"""The record of the worked example read as acts between parties: what a hand counts, and what stays disputed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.registry.record import record_report

CASE = "drafts-and-replies-2021-22"
LAST = datetime.date(2022, 2, 23)


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(CASE).at(LAST)


@pytest.fixture(scope="module")
def report(case: Case) -> dict[str, Any]:
    return record_report(case, draws=200)


def one_pair(report: dict[str, Any], *parties: str) -> dict[str, Any]:
    (found,) = [pair for pair in report["pairs"] if set(pair["parties"]) == set(parties)]
    return found


def test_who_acted_after_whom_is_what_a_hand_counts(report: dict[str, Any]) -> None:
    """Counted from the record.

    Acts of conflict of the United States towards Russia: 7 December; 26 January twice; 31 January; 1 and 2 February;
    11 February; 22 February twice. Of Russia towards the United States: 15 December; 19 and 27 January; 1, 12 and 17
    February. Fourteen days before the end is 9 February, so six of the nine have a whole window, and each of these has
    an act of Russia within 14 days. Of the 71 days from 1 December to 9 February, those before 15 December (14) and
    those from 5 January on (36) have one within 14 days.
    """
    pair = one_pair(report, "USA", "RUS")
    (us,) = [entry for entry in pair["acts"] if entry["of"] == "USA"]
    assert us["conflict"] == {"acts": 9, "sum": 5.8 + 4 + 5 + 2 + 5 + 7.2 + 2 + 8 + 7}
    (ru,) = [entry for entry in pair["acts"] if entry["of"] == "RUS"]
    assert ru["conflict"] == {"acts": 6, "sum": 5 + 4 + 2 + 2 + 2 + 4.4}
    (found,) = [one for one in pair["answers"] if one["acts_of"] == "USA" and one["sign"] == "conflict"]
    assert (found["acts"], found["whole_window"], found["replies"]) == (9, 6, 6)
    assert found["answered"] == {"low": 6, "high": 6}
    assert found["share_at_any_time"]["low"] == pytest.approx((14 + 36) / 71)
    assert found["gain"]["low"] == pytest.approx(1 - 50 / 71)
    assert found["share_before"] == {"low": 1.0, "high": 1.0}  # each of the eight from 26 January on has one before it
    assert found["same_time"] == 1  # 1 February


def test_what_is_too_thin_has_no_number(report: dict[str, Any]) -> None:
    pair = one_pair(report, "UKR", "RUS")
    assert [entry["total"] for entry in pair["acts"]] == [6, 4]
    assert all(one["too_few"] and "gain" not in one for one in pair["answers"])
    assert pair["weekly"]["too_few"] == "weeks"
    assert "answer" not in pair["weekly"]


def test_build_up_before_february_2022(report: dict[str, Any]) -> None:
    kinds = {(one["party"], one["kind"]): [step["id"] for step in one["steps"]] for one in report["build_up"]}
    assert kinds["RUS", "forces shown"] == ["T039", "T071", "T100"]
    assert kinds["UKR", "forces shown"] == ["T076"]
    assert kinds["NATO", "alert raised"] == ["T047"]
    (shown,) = [one for one in report["build_up"] if (one["party"], one["kind"]) == ("RUS", "forces shown")]
    assert [(count["by"].isoformat(), count["low"]) for count in shown["counts"]] == [
        ("2022-01-18", 1),
        ("2022-02-10", 2),
        ("2022-02-20", 3),
    ]


def test_disputed_events_stand_with_every_attribution_and_in_no_series(case: Case, report: dict[str, Any]) -> None:
    disputed = {event["id"]: event for event in report["disputed"]}
    assert set(disputed) == set(report["left_out"]["disputed"]) == {"T036", "T087", "T092", "T094", "T103"}
    assert not disputed.keys() & {act["id"] for pair in report["pairs"] for act in pair["sequence"]}
    assert not disputed.keys() & {step["id"] for one in report["build_up"] for step in one["steps"]}
    assert [claim["who"] for claim in disputed["T092"]["claims"]] == ["RUS", "DL_ENT", "UKR", "OSCE"]
    border = {claim["who"]: claim for claim in disputed["T103"]["claims"]}
    assert border["UKR"]["if_it_held"] == []  # it denies, and names nobody
    (held,) = border["RUS"]["if_it_held"]
    assert (held["of"], held["towards"], held["value"]) == ("UKR", "RUS", -10)
    assert (held["before"]["total"], held["after"]["total"]) == (4, 5)
    assert held["after"]["conflict"]["sum"] - held["before"]["conflict"]["sum"] == pytest.approx(10)


def test_what_became_public_later_does_not_exist() -> None:
    early = record_report(load_case(CASE).at(datetime.date(2022, 2, 16)), draws=50)
    assert str(early["last"]) == "2022-02-16"
    (attack,) = [event for event in early["disputed"] if event["id"] == "T087"]
    assert [claim["who"] for claim in attack["claims"]] == ["UKR", "RUS"]  # two more named an author on the 18th
    assert all(act["first"] <= early["last"] for pair in early["pairs"] for act in pair["sequence"])


def test_no_key_ranks_parties_or_adds_up_one_number_for_a_party(report: dict[str, Any]) -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return {key for key in value if isinstance(key, str)}.union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, (list, tuple)) else set()

    assert not {
        key for key in keys(report) if any(word in key for word in ("blame", "rank", "score", "index", "escal"))
    }


def test_the_order_of_the_record_and_of_the_parties_changes_no_number(case: Case, report: dict[str, Any]) -> None:
    turned = case.model_copy(update={"events": case.events[::-1], "parties": case.parties[::-1]})
    again = record_report(turned, draws=200)
    for pair in report["pairs"]:
        other = one_pair(again, *pair["parties"])
        mine = {(one["acts_of"], one["sign"]): one for one in pair["answers"]}
        assert {(one["acts_of"], one["sign"]): one for one in other["answers"]} == mine


def test_without_any_event_there_is_no_number() -> None:
    found = record_report(load_case("two-rivals"))
    assert (found["pairs"], found["build_up"], found["disputed"]) == ([], [], [])
    assert "events" in found["not_computed"]


def test_three_years_of_the_same_record_carry_the_weekly_model() -> None:
    case = load_case("settlement-talks-2024")
    found = record_report(case, ("UKR", "RUS"), since=datetime.date(2021, 12, 1), draws=200)
    weekly = found["pairs"][0]["weekly"]
    assert weekly["weeks"] == 154  # 156 whole weeks from 1 December 2021 to 30 November 2024, less two of past
    assert weekly["too_few"] is None
    for one in weekly["answer"]:
        assert one["interval"][0] <= one["interval"][1]

"""The ladder report of cases of the library, of small changes to them, and of what lacks an input."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.compile.ladder import LadderChoices
from detente.core.estimate import Estimate
from detente.core.fields import Part
from detente.engines.ladder import Climb
from detente.registry.ladder import ladder_report
from detente.wording.ladder import annex_sentences, report_lines, turning_sentences
from detente.wording.never_print import violations

FEW = LadderChoices(draws=60)


@pytest.fixture(scope="module")
def basin() -> Case:
    return load_case("river-basin")


def changed(part: Any, **changes: object) -> Any:
    assert isinstance(part, Part)
    return part.model_copy(update=changes)


def with_ladder(case: Case, **changes: object) -> Case:
    assert case.crisis is not None
    return changed(case, crisis=changed(case.crisis, ladder=changed(case.crisis.ladder, **changes)))


def with_crisis(case: Case, **changes: object) -> Case:
    return changed(case, crisis=changed(case.crisis, **changes))


def with_moves(case: Case, **changes: dict[str, object]) -> Case:
    return changed(case, moves=tuple(changed(one, **changes.get(one.id.replace("-", "_"), {})) for one in case.moves))


def test_a_report_is_plain_data(basin: Case) -> None:
    report = ladder_report(basin, FEW)
    assert json.loads(json.dumps(report)) == report


def test_the_same_seed_gives_the_same_report_and_another_one_others(basin: Case) -> None:
    assert ladder_report(basin, FEW) == ladder_report(basin, FEW)
    assert ladder_report(basin, LadderChoices(draws=60, seed=1)) != ladder_report(basin, FEW)


def test_counts_of_ends_add_up(basin: Case) -> None:
    ends = ladder_report(basin, FEW)["ladder"]["ends"]
    assert ends["all"]["plays"] == 60 * 2
    for entry in (*ends["from"], ends["all"]):
        assert sum(entry["last_rung"].values()) == entry["plays"]
    assert [entry["begins_on"] for entry in ends["from"]] == [0, 1]


def test_a_move_without_a_coded_answer_is_named(basin: Case) -> None:
    """Melune has no move above rung 1, so neither act of Tarvia can be answered."""
    found = ladder_report(basin, FEW)["ladder"]["without_coded_answer"]
    assert [(one["party"], one["rung"], one["moves"]) for one in found] == [
        ("TAR", 1, ["test-gate"]),
        ("TAR", 2, ["fill"]),
    ]
    answered = with_moves(basin, court={"rung": 2})
    assert [one["rung"] for one in ladder_report(answered, FEW)["ladder"]["without_coded_answer"]] == [2, 2]


def test_a_move_in_another_theatre_is_listed_and_counts_only_if_asked(basin: Case) -> None:
    moved = with_moves(basin, fill={"theatre": "trade"})
    found = ladder_report(moved, FEW)["ladder"]
    assert found["horizontal"] == ["fill"]
    (move,) = (one for one in found["rungs"][1]["moves"] if one["id"] == "fill")
    assert (move["elsewhere"], move["not_counted"]) == (True, "elsewhere")
    assert not found["rungs"][0]["turns"]["TAR"]["has_a_move_above"]
    counted = ladder_report(moved, LadderChoices(draws=60, horizontal=True))["ladder"]
    assert counted["rungs"][0]["turns"]["TAR"]["has_a_move_above"]
    assert counted["horizontal"] == ["fill"]


def test_parties_are_opposed_by_whom_their_moves_are_aimed_at() -> None:
    report = ladder_report(load_case("drafts-and-replies-2021-22"), FEW)
    assert report["ladder"]["opponents"] == {"RUS": ["USA", "UKR"], "USA": ["RUS"], "UKR": ["RUS"]}
    pairs = {(one["of"], one["against"]) for one in report["ladder"]["sides"]}
    assert pairs == {("RUS", "USA"), ("RUS", "UKR"), ("USA", "RUS"), ("UKR", "RUS")}


def test_no_number_of_drawn_critical_risk_lies_outside_its_exact_range(basin: Case) -> None:
    """By hand from the file: prevailing 0.7 to 1, giving way 0.05 to 0.3, events out of control 0 to 0.2 for Melune."""
    risk = ladder_report(basin, FEW)["ladder"]["critical_risk"]["MEL"]["TAR"]
    assert risk["low"] == pytest.approx((0.7 - 0.3) / (0.7 - 0.0))
    assert risk["high"] == 1.0  # prevailing 1, giving way 0.05, out of control 0.2: better than giving way


def test_chances_within_months_and_one_rung_down_are_those_of_the_file(basin: Case) -> None:
    upper = ladder_report(basin, FEW)["hazard"]["rungs"][1]
    assert upper["within"]["12"]["high"] == pytest.approx(1 - 0.9**12)
    assert upper["with_all"]["12"]["low"] == pytest.approx(1 - (1 - 0.02 * 0.3) ** 12)
    assert upper["one_rung_down"]["times"] == pytest.approx({"low": 0.0, "mode": 0.2, "high": 1.0})
    assert upper["one_rung_down"]["safeguards_do"] == "some"


def test_relief_is_worth_meeting_from_the_share_that_pays_for_its_condition(basin: Case) -> None:
    (measure,) = ladder_report(basin, FEW)["measures"]["measures"]
    (step,) = measure["relief"]
    price = step["condition_costs"]
    assert price["low"] == price["high"] > 0  # every option of the issue has a value
    assert step["even_share"] == pytest.approx({"low": price["low"] / 0.2, "high": price["high"] / 0.05})
    assert step["in_texts"]["proposal"] == "no"
    assert measure["senders"][0]["not_computed"].endswith("(crisis.audiences of Melune: after_public).")


def test_waiting_for_a_change_that_takes_away_is_never_worth_more(basin: Case) -> None:
    (date,) = ladder_report(basin, FEW)["waiting"]["dates"]
    tarvia, melune = date["sides"]
    assert (tarvia["party"], melune["party"]) == ("TAR", "MEL")
    assert tarvia["settles_from"] == {"above_no_agreement": {"low": 0.0, "high": 0.0}, "waits_with_some_terms": 0}
    assert melune["settles_from"]["waits_with_some_terms"] > 0
    for told in tarvia["texts"].values():
        assert told["rather_now"] == told["beats_no_agreement"]


def test_a_date_that_has_passed_is_not_waited_for() -> None:
    case = load_case("drafts-and-replies-2021-22")
    (late,) = ladder_report(case, FEW)["waiting"]["dates"]
    assert late["not_computed"] == "The date is not after 2022-02-23, the day from which time counts."
    (early,) = ladder_report(case.at(datetime.date(2022, 2, 12)), FEW)["waiting"]["dates"]
    assert [side["party"] for side in early["sides"]] == ["RUS", "UKR"]


def test_who_discounts_less_is_told_from_the_rates(basin: Case) -> None:
    assert basin.crisis is not None
    slow, fast = (Estimate(low=low, mode=low, high=low + 0.05) for low in (0.05, 0.2))
    delays = tuple(changed(one, rate=slow if one.party == "MEL" else fast) for one in basin.crisis.delays)
    (pair,) = ladder_report(with_crisis(basin, delays=delays), FEW)["delay"]["pairs"]
    assert (pair["of"], pair["discounts_less"], pair["discounts_more"]) == ("TAR", "no", "all")
    assert pair["share"]["high"] == pytest.approx(0.1 / (0.1 + 0.2))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda case: with_crisis(case, ladder=None), "The case has no ladder (crisis.ladder)."),
        (lambda case: with_ladder(case, uncontrolled=None), "(crisis.ladder.uncontrolled)."),
        (lambda case: changed(case, moves=()), "(moves: rung)."),
        (
            lambda case: with_moves(case, **{k: {"against": ("OST",)} for k in ("fill", "test_gate", "court")}),
            "against",
        ),
        (lambda case: changed(with_ladder(case, prevails={}, gives_way={}), preferences=()), "prevails"),
        (lambda case: changed(case, no_agreement=changed(case.no_agreement, outlooks=())), "outlooks.TAR.payoffs"),
    ],
)
def test_what_is_missing_is_named(basin: Case, change: Any, words: str) -> None:
    report = ladder_report(change(basin), FEW)
    assert words in report["ladder"]["not_computed"]
    assert next(report_lines(basin, report)).startswith("Ladder: not computed.")
    assert list(annex_sentences(basin, report)) == []


@pytest.mark.parametrize("name", ["drafts-and-replies-2021-22", "river-basin", "two-rivals"])
@pytest.mark.parametrize("climb", list(Climb))
def test_nothing_printed_is_on_the_list_of_what_is_never_printed(name: str, climb: Climb) -> None:
    case = load_case(name)
    report = ladder_report(case, LadderChoices(climb=climb, draws=20))
    said = [*report_lines(case, report)]
    said += [one.text for one in (*annex_sentences(case, report), *turning_sentences(case, report))]
    assert [(line, found) for line in said for found in violations(line)] == []
    text = " ".join(said).lower()
    for word in ("bluff", "optimal", "dominan", "probability of war", "will attack", "win over"):
        assert word not in text
    assert all(one.text.endswith(".") for one in annex_sentences(case, report))


@pytest.mark.parametrize("end", ["low", "high"])
def test_what_a_driver_moves_is_what_a_case_with_these_numbers_gives(basin: Case, end: str) -> None:
    assert basin.crisis is not None
    assert basin.crisis.ladder is not None
    drivers = ladder_report(basin, FEW)["ladder"]["drivers"]
    assert [one["moved"] for one in drivers] == sorted((one["moved"] for one in drivers), reverse=True)
    (told,) = (one for one in drivers if one["assumption"] == "accident")
    rungs = []
    for rung in basin.crisis.ladder.rungs:
        number = getattr(rung.accident, end)
        rungs.append(changed(rung, accident=Estimate(low=number, mode=number, high=number)))
    held = ladder_report(with_ladder(basin, rungs=tuple(rungs)), FEW)["ladder"]["if_all_had_every_move"]
    for party in ("TAR", "MEL"):
        assert told[f"at_{end}"][party] == sum(entry["turns"][party]["gives_way"] for entry in held)
    (cost,) = (one for one in drivers if one["assumption"] == "cost")
    assert cost["moved"] == 0  # the case codes none


@pytest.mark.parametrize("name", ["drafts-and-replies-2021-22", "river-basin"])
def test_no_draw_contradicts_what_holds_under_all_numbers_or_none(name: str) -> None:
    report = ladder_report(load_case(name), FEW)
    told = [(one["under"], one["draws"]) for one in report["ladder"]["sides"]]
    assert {draws for word, draws in told if word == "all"} <= {60}
    assert {draws for word, draws in told if word == "no"} == {0}
    assert {word for word, _ in told} >= {"all", "no"}


def test_under_which_numbers_an_act_beats_giving_way_by_hand(basin: Case) -> None:
    """Rung 1, Melune: prevailing 0.7 to 1, giving way 0.05 to 0.3, out of control 0 to 0.2, chance 0 to 0.03."""
    acts = {(one["party"], one["rung"]): one for one in ladder_report(basin, FEW)["ladder"]["unanswered"]}
    assert acts["MEL", 1]["chance"] == pytest.approx({"low": 0.0, "high": 0.03})
    assert acts["MEL", 1]["rather_acts"] == "all"  # at the least 0.97 · 0.7 + 0.03 · 0 > 0.3
    assert basin.crisis is not None
    assert basin.crisis.ladder is not None
    grave = Estimate(low=0.5, mode=0.8, high=1.0)
    rungs = tuple(changed(rung, accident=grave) for rung in basin.crisis.ladder.rungs)
    acts = {
        (one["party"], one["rung"]): one
        for one in ladder_report(with_ladder(basin, rungs=rungs), FEW)["ladder"]["unanswered"]
    }
    assert acts["MEL", 1]["rather_acts"] == "some"  # 0.5 · 1 + 0.5 · 0.2 > 0.05, and 1 · 0 < 0.3

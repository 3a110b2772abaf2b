"""The crisis report of whole cases: what it says, what it leaves out and why, and that swapping sides mirrors it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.registry.crisis import crisis_report
from detente.wording.crisis import report_lines
from detente.wording.crisis_print import annex_sentences, hinge_sentences, turning_sentences

CASES = ("two-rivals", "river-basin", "drafts-and-replies-2021-22")


def estimate(mode: float, low: float | None = None, high: float | None = None) -> dict[str, float]:
    return {"low": mode if low is None else low, "mode": mode, "high": mode if high is None else high}


def with_crisis(case: Case, **fields: Any) -> Case:
    """Return a case with other fields of its only confrontation, and of the section around it."""
    assert case.crisis is not None
    outer = {key: fields.pop(key) for key in ("delays", "signals", "turning_points") if key in fields}
    (one,) = case.crisis.confrontations
    data = {**one.model_dump(exclude_none=True, exclude_defaults=True), **fields}
    section = {**case.crisis.model_dump(exclude_none=True, exclude_defaults=True), **outer, "confrontations": [data]}
    whole = case.model_dump(exclude_none=True, exclude_defaults=True)
    return Case.model_validate({**whole, "crisis": section})


def only(report: Mapping[str, Any]) -> Any:
    (entry,) = report["confrontations"]
    return entry


def condition(entry: Mapping[str, Any], name: str) -> Any:
    return next(one for one in entry["conditions"] if one["condition"] == name)


@pytest.mark.parametrize("name", CASES)
def test_every_number_is_told_with_its_range(name: str) -> None:
    entry = only(crisis_report(load_case(name)))
    assert {one["number"] for one in entry["numbers"]} >= {"win_chance", "cost"}
    assert all(one["low"] <= one["mode"] <= one["high"] for one in entry["numbers"])
    narrow, mode, wide = (entry["range"][key]["width"] for key in ("narrowest", "mode", "widest"))
    assert narrow <= mode <= wide


def test_a_case_without_confrontations_says_so() -> None:
    report = crisis_report(load_case("istanbul-talks-2022"))
    assert "crisis.confrontations" in report["not_computed"]
    assert list(report_lines(load_case("istanbul-talks-2022"), report)) == [f"Not computed: {report['not_computed']}"]


def test_a_missing_cost_disables_the_range_and_names_the_field() -> None:
    report = crisis_report(with_crisis(load_case("two-rivals"), cost={"A": 0.1}))
    assert report["confrontations"] == []
    (missing,) = report["not_computed_for"]
    assert "cost.B" in missing["why"]


def test_without_patience_no_shift_is_judged() -> None:
    trend = [{"id": "t", "text": "a trend", "win_chance": 0.1, "years": 2}]
    entry = only(crisis_report(with_crisis(load_case("two-rivals"), effects=trend)))
    assert "crisis.delays gives no rate of A and B" in condition(entry, "commitment")["not_computed"]


def test_a_shift_that_is_too_fast_is_found_with_its_year_and_what_would_turn_it() -> None:
    """B declines: fighting is worth .5 - 1/6 to it, its best package everything; limit .1 (1 - .3333)."""
    case = with_crisis(
        load_case("two-rivals"),
        first_strike=0.0,
        effects=[{"id": "t", "text": "a trend", "win_chance": estimate(0.2, 0.1, 0.3), "years": estimate(2, 1, 4)}],
        delays=[{"party": "A", "rate": 0.1}, {"party": "B", "rate": estimate(0.1, 0.05, 0.2)}],
    )
    entry = only(crisis_report(case))
    trend = entry["power"]["trend"]
    (stretch,) = trend["stretches"]
    assert (stretch["declining"], trend["first_violation"]) == ("B", 0.0)
    assert stretch["speed"] == pytest.approx(0.1)
    assert stretch["limit"] == pytest.approx(0.1 * (2 / 3))
    assert stretch["needed_meanwhile"] == pytest.approx(1 / 3 + 1)
    assert condition(entry, "commitment")["holds_for"] == "some"
    turns = {one["number"]: one["turns_at"] for one in trend["turns"]}
    assert turns["rate"] == pytest.approx(0.15)
    assert turns["years"] == pytest.approx(3.0)
    assert turns["win_chance"] == pytest.approx(0.2 * (2 / 3))
    assert turns["cost"] == pytest.approx(0.5)  # limit .1 at a cost of .5: .1 (.5 + .5)
    assert any("faster than 0.067" in line for line in report_lines(case, crisis_report(case)))


def test_a_text_that_moves_power_changes_the_range() -> None:
    """The pull-back takes .05 off the first strike, membership .1 off the first side's chance: .25 to .1, .75 to .7."""
    entry = only(crisis_report(load_case("drafts-and-replies-2021-22")))
    texts = {text["text"]: text for text in entry["power"]["texts"]}
    reply = texts["us-reply"]
    assert {one["id"] for one in reply["effects"] if one["applies"] == "certain"} == {"pull-back", "membership"}
    assert (reply["range_after"]["low"], reply["range_after"]["high"]) == pytest.approx((0.1, 0.7))
    answer = texts["ru-reply"]
    assert (answer["range_after"]["low"], answer["range_after"]["high"]) == pytest.approx((0.3, 0.8))


def test_packages_counted_after_their_effects_are_those_found_one_by_one() -> None:
    """Second method: each of the 81 packages, its own numbers, before and after."""
    effects = [
        {"id": "far", "text": "withdrawn", "when": "deployments in [o1]", "first_strike": -0.1},
        {"id": "both", "text": "tied", "when": "expansion in [o3] and territory in [o3]", "win_chance": -0.2},
        {"id": "dear", "text": "seen", "when": "transparency in [o3]", "cost": {"A": -0.05}},
    ]
    case = with_crisis(load_case("two-rivals"), effects=effects, first_strike=0.1)
    entry = only(crisis_report(case))
    a = [[30, 18, 0], [15, 12, 2], [0, 4, 5], [25, 14, 0]]
    b = [[0, 22, 40], [0, 12, 20], [0, 8, 10], [0, 12, 20]]
    count = 0
    for chosen in [(i, j, k, m) for i in range(3) for j in range(3) for k in range(3) for m in range(3)]:
        f = 0.1 - 0.1 * (chosen[1] == 0)
        p = 0.5 - 0.2 * (chosen[0] == 2 and chosen[3] == 2)
        cost = 5 / 90 - 0.05 * (chosen[2] == 2)
        first, second = (sum(table[n][o] for n, o in enumerate(chosen)) / 90 for table in (a, b))
        before = first >= 0.6 - 5 / 90 - 1e-9 and second >= 0.6 - 15 / 90 - 1e-9
        after = first >= p + f - cost - 1e-9 and second >= 1 - p + f - 15 / 90 - 1e-9
        count += before and after
    assert 0 < count < int(entry["packages"]["certain"]["preferred_by_both"])
    assert entry["power"]["packages"]["certain"] == str(count)


def test_packages_are_counted_at_the_ends_of_the_ranges_too() -> None:
    """two-rivals at a first strike of 0 and of .2: the reference zones of 29 packages and of none."""
    entry = only(crisis_report(load_case("two-rivals")))
    assert entry["packages"]["in_range"] == {"least": "0", "most": "29"}
    assert condition(entry, "indivisibility")["holds_for"] == "some"


def test_swapping_the_sides_of_a_confrontation_mirrors_the_report() -> None:
    case = load_case("river-basin")
    assert case.crisis is not None
    (one,) = case.crisis.confrontations
    mirrored = {
        side: estimate(1 - number.mode, 1 - number.high, 1 - number.low) for side, number in one.win_chance.items()
    }
    effects = []
    for effect in one.effects:
        data = effect.model_dump(exclude_none=True, exclude_defaults=True)
        if effect.win_chance is not None:
            data["win_chance"] = estimate(-effect.win_chance.mode, -effect.win_chance.high, -effect.win_chance.low)
        effects.append(data)
    other = with_crisis(case, sides=one.sides[::-1], win_chance=mirrored, effects=effects)
    told, swapped = only(crisis_report(case)), only(crisis_report(other))
    assert swapped["range"]["mode"]["low"] == pytest.approx(1 - told["range"]["mode"]["high"])
    assert swapped["range"]["exists"] == told["range"]["exists"]
    assert [one["holds_for"] for one in swapped["conditions"] if "holds_for" in one] == [
        one["holds_for"] for one in told["conditions"] if "holds_for" in one
    ]
    for key in ("certain", "possible"):
        assert swapped["packages"][key] == told["packages"][key]
        assert swapped["power"]["packages"][key] == told["power"]["packages"][key]
    for ours, theirs in zip(told["power"]["texts"], swapped["power"]["texts"], strict=True):
        assert ours["preferred"] == theirs["preferred"]
    assert swapped["power"]["trend"]["stretches"][0]["limit"] == pytest.approx(
        told["power"]["trend"]["stretches"][0]["limit"]
    )
    assert swapped["status_quo"]["dissatisfied"] == told["status_quo"]["dissatisfied"]


def test_a_pair_may_be_named_in_either_order() -> None:
    case = load_case("river-basin")
    assert (
        crisis_report(case, ("TAR", "MEL"))["confrontations"] == crisis_report(case, ("MEL", "TAR"))["confrontations"]
    )
    assert "between TAR and OST" in crisis_report(case, ("TAR", "OST"))["not_computed"]


def test_the_value_of_no_agreement_that_settle_uses_stands_beside_the_game() -> None:
    found = {one["party"]: one for one in crisis_report(load_case("river-basin"))["no_agreement"]["settlement_uses"]}
    assert found["MEL"]["value"] == pytest.approx(0.3)  # .3 .3 + .3 .1 + .4 .45
    assert found["MEL"]["in_equilibria"] == [pytest.approx(0.45)]
    assert found["MEL"]["differs"]


def test_signals_that_cost_and_add_power_are_choices_to_arm() -> None:
    case = with_crisis(
        load_case("two-rivals"),
        signals=[{"id": "guns", "party": "A", "text": "guns", "to": ["B"], "sunk": 1.8, "win_chance": 0.4}],
        delays=[{"party": "A", "rate": 0.1}, {"party": "B", "rate": 0.1}],
    )
    (choice,) = only(crisis_report(case))["power"]["arming"]
    assert choice["cost"] == pytest.approx(0.02)  # 1.8 of a stake of 90
    assert (choice["pays"], choice["strike_pays"]) == (True, True)
    assert choice["if_seen"].startswith("not worth it")
    assert 0 < choice["unseen"]["struck"] < 1


def test_a_known_date_shows_the_range_with_and_without_its_change() -> None:
    case = with_crisis(
        load_case("two-rivals"),
        turning_points=[
            {"id": "vote", "on": "2030-05-01", "text": "a vote", "chance": 0.5, "win_chance": {"war": estimate(-0.2)}}
        ],
    )
    (point,) = only(crisis_report(case))["power"]["turning_points"]
    assert point["range_if_it_comes"]["low"] == pytest.approx(point["range_if_not"]["low"] - 0.2)


@pytest.mark.parametrize("name", CASES)
def test_words_are_whole_sentences_and_name_nobodys_odds_of_attack(name: str) -> None:
    case = load_case(name)
    report = crisis_report(case)
    lines = list(report_lines(case, report))
    assert not any(word in line for line in lines for word in ("None", "nan", "inf ", "bluff", "optimal"))
    sentences = [
        *annex_sentences(case, report),
        *turning_sentences(case, report),
        *hinge_sentences(case, report),
    ]
    assert sentences
    assert all(one.text.endswith(".") for one in sentences)


def test_the_unit_of_utility_is_irrelevant() -> None:
    """two-rivals in half points: the scale and every value doubled."""
    case = load_case("two-rivals")
    whole = case.model_dump(exclude_none=True, exclude_defaults=True)
    whole["scale"]["high"] *= 2
    for preference in whole["preferences"]:
        for options in preference["values"].values():
            for series in options.values():
                for number in series:
                    number.update({bound: 2 * number[bound] for bound in ("low", "mode", "high")})
    told, doubled = only(crisis_report(case)), only(crisis_report(Case.model_validate(whole)))
    assert doubled["range"] == told["range"]
    assert doubled["packages"]["certain"] == told["packages"]["certain"]
    ours, theirs = (one["packages"]["fighting_is_worth"]["A"] for one in (told, doubled))
    assert theirs == pytest.approx(2 * ours)


def test_a_side_to_which_nothing_is_at_stake_stops_nothing() -> None:
    case = load_case("two-rivals")
    whole = case.model_dump(exclude_none=True, exclude_defaults=True)
    del whole["scale"]
    for preference in whole["preferences"]:
        preference["weights"] = dict.fromkeys(preference["weights"], estimate(0))
        for options in preference["values"].values():
            for series in options.values():
                for number in series:
                    number.update({bound: number[bound] / 90 for bound in ("low", "mode", "high")})
    whole["no_agreement"]["outlooks"] = []
    entry = only(crisis_report(Case.model_validate(whole)))
    assert entry["packages"]["stakes"] == {"A": 0.0, "B": 0.0}
    assert entry["packages"]["certain"]["critical_first_strike"] is None


def test_two_numbers_for_fighting_stand_side_by_side() -> None:
    found = {one["party"]: one for one in crisis_report(load_case("drafts-and-replies-2021-22"))["two_numbers"]}
    assert (found["RUS"]["payoff"], found["RUS"]["by_the_lottery"]) == pytest.approx((0.15, 0.2))
    assert (found["UKR"]["payoff"], found["UKR"]["by_the_lottery"]) == pytest.approx((0.05, 0.2))

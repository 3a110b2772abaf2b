"""What the crisis report says of patrons: for either order of the sides, and what is missing by name."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.case.crisis import Crisis
from detente.case.load import load_case
from detente.registry.crisis import crisis_report
from detente.registry.crisis_deterrence import deterrence_entry
from detente.wording.crisis_deterrence import deterrence_lines
from detente.wording.never_print import violations

DRAWS = 60


def with_crisis(case: Case, **changes: Any) -> Case:
    assert case.crisis is not None
    return case.model_copy(update={"crisis": Crisis.model_validate(case.crisis.model_dump() | changes)})


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("drafts-and-replies-2021-22")


@pytest.fixture(scope="module")
def entry(case: Case) -> dict[str, Any]:
    return deterrence_entry(case, draws=DRAWS)["patronages"][0]


def test_the_demands_at_the_most_likely_numbers_are_those_by_hand(entry: dict[str, Any]) -> None:
    """Chance .5, costs .3, aid .1: .3/.5 alone; with help .3/.6 is conceded to the opponent, .3/.4 to the protégé."""
    attack, own = entry["demand"], entry["own_demand"]
    assert (attack["by"], attack["on"], own["by"], own["on"]) == ("RUS", "UKR", "UKR", "RUS")
    assert attack["size"] == own["size"] == pytest.approx(0.6)
    assert attack["with_certain_help"]["size"] == pytest.approx(0.5)
    assert own["with_certain_help"]["size"] == pytest.approx(0.75)
    assert own["word_does_not_cover_it"]["size"] == pytest.approx(0.6)


def test_the_word_at_which_the_demand_changes_is_the_one_by_hand(entry: dict[str, Any]) -> None:
    """Stake .15, aid .1, cost .4: help comes from d on where .015 d + w > .4, so at d = .6 from w = .391."""
    borders = [piece["word"][0] for piece in entry["demand"]["over_word"]]
    assert borders == pytest.approx([0.0, 0.4 - 0.015 * 0.6, 0.4 - 0.015 * 0.5])
    assert entry["help"]["margin"] == pytest.approx(0.015 + 0.05 - 0.4)


def test_terms_move_by_what_help_adds(entry: dict[str, Any]) -> None:
    """Chance .5, costs .3, first strike .05: .5 + .05 - .3 = .25, and 1 - .25; help of .1 lowers both by .1."""
    terms = {one["aid"]: (one["low"], one["high"]) for one in entry["terms"]["by_aid"]}
    assert terms[0.0] == pytest.approx((0.25, 0.75))
    assert terms[0.1] == pytest.approx((0.15, 0.65))


def test_without_help_terms_are_the_range_of_the_confrontation(case: Case) -> None:
    """Whatever the attitudes to risk; with one side's numbers as the case has them."""
    assert case.crisis is not None
    risky = with_crisis(
        case,
        confrontations=[
            war.model_dump() | {"risk": {war.sides[0]: 0.7, war.sides[1]: 1.2}} for war in case.crisis.confrontations
        ],
    )
    report = crisis_report(risky, ("RUS", "UKR"))
    (war,) = report["confrontations"]
    (patronage,) = report["deterrence"]["patronages"]
    assert war["sides"][0] == patronage["against"]
    alone = patronage["terms"]["by_aid"][0]
    assert (alone["low"], alone["high"]) == pytest.approx((war["range"]["mode"]["low"], war["range"]["mode"]["high"]))


def test_waiting_turns_at_the_chance_by_hand(entry: dict[str, Any]) -> None:
    """v = .15, v' = .25, k = .03, rate .1: (.15 (1 - 1/1.1) + .03) / (.1/1.1) = .48."""
    opponent, protege = entry["waiting"]["sides"]
    assert opponent["critical_leaves"] == pytest.approx(0.48)
    assert protege["critical_leaves"] is None


def test_the_order_of_the_sides_and_their_names_change_nothing(case: Case, entry: dict[str, Any]) -> None:
    assert case.crisis is not None
    (war,) = [one for one in case.crisis.confrontations if one.id == "RUS-UKR"]

    def turned(number: Any) -> dict[str, Any]:
        given = number.model_dump()
        return given | {"low": 1 - number.high, "mode": 1 - number.mode, "high": 1 - number.low}

    other = war.model_dump() | {
        "sides": war.sides[::-1],
        "win_chance": {side: turned(number) for side, number in war.win_chance.items()},
    }
    found = deterrence_entry(with_crisis(case, confrontations=[other]), draws=DRAWS)["patronages"][0]
    for key in ("help", "demand", "own_demand", "terms", "waiting", "deterrence"):
        assert flat(found[key]) == pytest.approx(flat(entry[key]), abs=1e-9), key


def flat(found: Any) -> list[Any]:
    """Return the numbers of a nested report, in order."""
    if isinstance(found, dict):
        return [one for value in found.values() for one in flat(value)]
    if isinstance(found, list):
        return [one for value in found for one in flat(value)]
    return [found] if isinstance(found, int | float) else []


@pytest.mark.parametrize(
    ("field", "part", "named"),
    [
        ("word", "demand", "crisis.patronages USA-UKR word"),
        ("word", "deterrence", "crisis.patronages USA-UKR word"),
        ("leaves", "waiting", "crisis.patronages USA-UKR leaves"),
    ],
)
def test_a_missing_number_disables_its_part_by_name(case: Case, field: str, part: str, named: str) -> None:
    assert case.crisis is not None
    (patronage,) = case.crisis.patronages
    less = with_crisis(case, patronages=[patronage.model_dump() | {field: None}])
    found = deterrence_entry(less, draws=DRAWS)["patronages"][0]
    assert named in found[part]["not_computed"]
    assert "not_computed" not in found["terms"]
    assert any(named in line for line in deterrence_lines(less, deterrence_entry(less, draws=DRAWS)))


def test_a_patronage_without_a_confrontation_says_so(case: Case) -> None:
    assert case.crisis is not None
    none = with_crisis(case, confrontations=[])
    (missing,) = deterrence_entry(none, draws=DRAWS)["not_computed_for"]
    assert missing["id"] == "USA-UKR"
    assert "crisis.confrontations" in missing["why"]


def test_a_stake_below_zero_is_no_patronage(case: Case) -> None:
    assert case.crisis is not None
    (patronage,) = case.crisis.patronages
    found = deterrence_entry(with_crisis(case, patronages=[patronage.model_dump() | {"stake": -0.1}]), draws=DRAWS)
    assert "stake" in found["not_computed_for"][0]["why"]


def test_a_case_without_patronages_says_so_and_its_report_prints_nothing_of_them() -> None:
    report = crisis_report(load_case("two-rivals"))
    assert "crisis.patronages" in report["deterrence"]["not_computed"]
    assert list(deterrence_lines(load_case("two-rivals"), report["deterrence"])) == []


def test_what_is_printed_holds_to_the_words_that_are_never_printed(case: Case) -> None:
    found = deterrence_entry(case, draws=DRAWS)
    lines = [*deterrence_lines(case, found)]
    assert len(lines) > 10
    assert [said for line in lines for said in violations(line)] == []


def test_the_order_of_patronages_and_other_patrons_change_no_entry(case: Case, entry: dict[str, Any]) -> None:
    assert case.crisis is not None
    (patronage,) = case.crisis.patronages
    other = patronage.model_dump() | {"id": "EU-UKR", "patron": "EU", "aid": 0.05}
    orders = [[patronage.model_dump(), other], [other, patronage.model_dump()]]
    found = [
        {one["id"]: one for one in deterrence_entry(with_crisis(case, patronages=both), draws=DRAWS)["patronages"]}
        for both in orders
    ]
    assert found[0] == found[1]
    alone = {key: value for key, value in entry.items() if key != "instead_of_help"}
    assert {key: found[0]["USA-UKR"][key] for key in alone} == alone
    assert found[0]["USA-UKR"]["instead_of_help"]["other_patrons"] == [
        {"patronage": "EU-UKR", "patron": "EU", "adds": 0.05}
    ]


def test_a_number_turns_an_outcome_where_the_sentence_says(case: Case) -> None:
    """Cost .4, aid times stake .015: help comes where the word is above .385."""
    assert case.crisis is not None
    (patronage,) = case.crisis.patronages
    near = patronage.model_dump() | {"word": {"low": 0.3, "mode": 0.35, "high": 0.5}}
    changed = with_crisis(case, patronages=[near])
    found = deterrence_entry(changed, draws=DRAWS)
    (turn,) = [one for one in found["patronages"][0]["help"]["turns"] if one["number"] == "word"]
    assert turn["turns_at"] == pytest.approx(0.385, abs=1e-9)
    assert any("0.385" in line for line in deterrence_lines(changed, found))


def test_outcomes_name_whose_numbers_they_hang_on(case: Case) -> None:
    """With a word near what is lacking, the patron's, the protégé's and the opponent's numbers all turn the outcome."""
    assert case.crisis is not None
    (patronage,) = case.crisis.patronages
    near = patronage.model_dump() | {
        "word": {"low": 0.3, "mode": 0.393, "high": 0.5},
        "cost": {"low": 0.35, "mode": 0.4, "high": 0.45},
    }
    found = deterrence_entry(with_crisis(case, patronages=[near]), draws=DRAWS)["patronages"][0]
    assert {turn["party"] for turn in found["demand"]["turns"]} >= {"USA", "UKR"}

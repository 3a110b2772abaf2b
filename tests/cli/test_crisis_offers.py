"""The offers of `detente crisis` as a user meets them: text, JSON, picture, missing fields, wrong input, both sides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from detente.case.library import library_folder
from detente.case.load import load_case
from detente.charts import risk_return
from detente.cli.main import group
from detente.core.errors import DetenteError
from detente.registry.crisis import crisis_report
from detente.wording.crisis_offers import offer_words
from detente.wording.never_print import violations

WITH_OFFERS = ("river-basin", "drafts-and-replies-2021-22")
SAME = 1e-9


def call(*words: str) -> Result:
    return CliRunner().invoke(group, ["crisis", *words], standalone_mode=False)


def rivals(folder: Path, **numbers: Any) -> Path:
    """Write two-rivals with other numbers of its confrontation."""
    data = yaml.safe_load((library_folder() / "two-rivals.yaml").read_text(encoding="utf-8"))
    data["crisis"]["confrontations"][0].update(numbers)
    path = folder / "rivals.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", WITH_OFFERS)
def test_no_sentence_is_one_that_is_never_printed(case: str) -> None:
    opened = load_case(case)
    report = crisis_report(opened)
    assert violations(call(case).stdout) == ()
    chart = risk_return(opened, report)
    assert violations(f"{chart.title} {chart.subtitle} {chart.alt}") == ()


def test_a_missing_belief_disables_that_offer_with_a_sentence_that_names_the_field() -> None:
    once = json.loads(call("two-rivals", "--json").stdout)["confrontations"][0]["offers"]["once"]
    for proposer, other, one in zip("AB", "BA", once, strict=True):
        assert one["not_computed"] == (
            f'What {proposer} could offer {other} is not computed: confrontation "war" gives no cost_as_seen.{other}. '
            "Add it under crisis.confrontations."
        )
    with pytest.raises(DetenteError, match="cost_as_seen"):
        risk_return(load_case("two-rivals"), crisis_report(load_case("two-rivals")))


def test_the_package_of_the_small_case_is_offered_from_the_case(tmp_path: Path) -> None:
    """B's cost is believed to be 15 of 90: A offers the package worth most to it of those that leave B 30 or more."""
    path = rivals(tmp_path, cost_as_seen={"B": 15 / 90}, first_strike=0)
    (one, _) = crisis_report(load_case(path))["confrontations"][0]["offers"]["once"]
    assert one["offer"]["keeps"] == pytest.approx(0.5 + 15 / 90)
    assert one["offer"]["refusal"] == 0.0
    assert one["packages"]["certain"]["tried"] == 13
    assert one["packages"]["certain"]["offer"]["worth"] == {"A": 63.0, "B": 32.0}


def test_a_side_that_expects_too_much_has_no_offer_and_the_report_says_so(tmp_path: Path) -> None:
    path = rivals(tmp_path, win_chance={"A": 0.95, "B": 0.2}, cost_as_seen={"A": 0.1, "B": 0.2})
    case = load_case(path)
    (one, _) = crisis_report(case)["confrontations"][0]["offers"]["once"]
    assert one["offer"] is None
    assert offer_words(case, one).startswith("Under these beliefs no offer to B is better for A than fighting")
    assert call(str(path)).exit_code == 0
    assert call(str(path), "--picture", str(tmp_path / "x.svg"), "--chart", "offers").exit_code == 0


def test_told_from_the_other_side_everything_is_the_same(tmp_path: Path) -> None:
    seen = {"A": {"low": 0.05, "mode": 0.2, "high": 0.4}, "B": {"low": 0.1, "mode": 0.15, "high": 0.5}}
    chances = {"A": {"low": 0.4, "mode": 0.5, "high": 0.7}, "B": {"low": 0.3, "mode": 0.45, "high": 0.6}}
    mirrored = {
        side: {"low": 1 - one["high"], "mode": 1 - one["mode"], "high": 1 - one["low"]} for side, one in chances.items()
    }
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    reports = [
        crisis_report(load_case(path))["confrontations"][0]["offers"]
        for path in (
            rivals(tmp_path / "one", win_chance=chances, cost_as_seen=seen),
            rivals(tmp_path / "two", win_chance=mirrored, cost_as_seen=seen, sides=["B", "A"]),
        )
    ]
    found = [{one["proposer"]: one for one in report["once"]} for report in reports]
    for side in ("A", "B"):
        for key in ("keeps", "refusal", "refusal_by_own_cost", "gain", "knowing_is_worth"):
            assert found[0][side]["offer"][key] == pytest.approx(found[1][side]["offer"][key], abs=SAME)
        assert found[0][side]["packages"] == found[1][side]["packages"]
        assert found[0][side]["over_draws"]["refusal"] == pytest.approx(
            found[1][side]["over_draws"]["refusal"], abs=1e-7
        )
    for key in ("least_without_agreement", "gains", "margin_of_types"):
        assert reports[0]["any_procedure"][key] == pytest.approx(reports[1]["any_procedure"][key], abs=1e-7)
    assert reports[0]["both_private"]["all_known"] == pytest.approx(reports[1]["both_private"]["all_known"], abs=1e-7)


def test_attitudes_to_risk_are_used(tmp_path: Path) -> None:
    seen = {"B": {"low": 0.1, "mode": 0.15, "high": 0.5}}
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    neutral, averse = (
        crisis_report(load_case(path))["confrontations"][0]["offers"]["once"][0]
        for path in (
            rivals(tmp_path / "one", cost_as_seen=seen),
            rivals(tmp_path / "two", cost_as_seen=seen, risk={"A": 0.6}),
        )
    )
    assert averse["offer"]["refusal"] < neutral["offer"]["refusal"]
    assert "not_computed" in averse["over_rounds"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["river-basin", "--chart", "pie"], 'this word is not known, got "pie"'),
        (["river-basin", "--picture", "m.pdf", "--chart", "offers"], "this name does not say which kind"),
        (["two-rivals", "--picture", "m.svg", "--chart", "offers"], "there is nothing to draw"),
    ],
)
def test_wrong_input_is_told_in_a_sentence(words: list[str], said: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(group, ["crisis", *words], standalone_mode=False)
    assert done.exit_code != 0
    assert said in str(done.exception)

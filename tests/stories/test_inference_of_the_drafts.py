"""What the drafts and replies of 2021-22 say of reservations: next to nothing, and the report says why."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.charts import inference_bands
from detente.compile.inference import InferenceChoices
from detente.evidence.source import Grade
from detente.registry.inference import inference_report
from detente.wording.never_print import violations

WROTE = {
    "RUS": {"nato-ru-draft": "tabled", "us-ru-draft": "tabled", "ru-reply": "tabled", "us-reply": "refused",
            "nato-reply": "refused"},
    "USA": {"us-reply": "tabled", "us-ru-draft": "refused"},
    "NATO": {"nato-reply": "tabled", "nato-ru-draft": "refused"},
}  # fmt: skip


@cache
def drafts() -> Case:
    whole = load_case("drafts-and-replies-2021-22")
    assert whole.cut_off is not None
    return whole.at(whole.cut_off)


@cache
def found(party: str) -> dict[str, Any]:
    return inference_report(drafts(), party)


@pytest.mark.parametrize("party", WROTE)
def test_each_side_is_read_by_its_written_texts(party: str) -> None:
    steps = found(party)["reservation"]["steps"]
    assert {step["item"]: step["reaction"] for step in steps} == WROTE[party]
    assert all(step["honesty"] == 0.8 for step in steps)


@pytest.mark.parametrize("party", WROTE)
def test_opening_texts_and_refusals_across_red_lines_hardly_move_a_reservation(party: str) -> None:
    law = found(party)["reservation"]
    assert 0 < abs(law["after"]["mean"] - law["before"]["mean"]) < 0.01
    tabled = [step for step in law["steps"] if step["reaction"] == "tabled"]
    assert all(abs(step["shift"]) < 0.001 for step in tabled)


@pytest.mark.parametrize("party", ["UKR", "FRA", "GEO", "CHN"])
def test_who_answered_no_text_keeps_the_prior(party: str) -> None:
    report = found(party)
    assert report["reservation"]["after"] == report["reservation"]["before"]
    assert report["reservation"]["steps"] == []


def test_no_statement_of_commentary_without_a_class_counts_for_any_party() -> None:
    case = drafts()
    for preference in case.preferences:
        report = found(preference.party)
        used = [
            one["id"]
            for part in (report["reservation"], *report["lines"])
            for step in part["steps"]
            for one in step["statements"]
            if one["honesty"] > 0
        ]
        heard = [case.statement[name] for name in used]
        assert not [one.id for one in heard if one.grade is Grade.COMMENTARY and one.text_class is None]
        assert not [one.id for one in heard if one.text_class == "advisers_or_unnamed_sources"]


def test_removing_the_columns_changes_no_posterior() -> None:
    case = drafts()
    grounds = {position.because[0] for position in case.positions}
    kept = tuple(one for one in case.statements if one.grade is not Grade.COMMENTARY or one.id in grounds)
    assert len(kept) < len(case.statements) - 100
    without = case.model_copy(update={"statements": kept})
    for party in WROTE:
        assert inference_report(without, party)["reservation"] == found(party)["reservation"]
        assert inference_report(without, party)["lines"] == found(party)["lines"]


def test_the_day_matters() -> None:
    early = load_case("drafts-and-replies-2021-22").at("2021-12-20")
    steps = inference_report(early, "RUS")["reservation"]["steps"]
    assert [step["item"] for step in steps] == ["nato-ru-draft", "us-ru-draft"]
    assert "weights and values" in inference_report(early, "USA")["not_computed"]


@pytest.mark.parametrize("party", WROTE)
def test_the_picture_says_the_same_as_its_table(party: str) -> None:
    chart = inference_bands(drafts(), found(party))
    assert len(chart.table.rows) == 1 + len(WROTE[party])
    assert chart.table.rows[-1][4] == f"{found(party)['reservation']['after']['mean']:.3f}"
    assert violations(" ".join((chart.title, chart.subtitle, chart.alt))) == ()


def test_other_assumptions_move_it_further_the_same_way() -> None:
    free = inference_report(drafts(), "NATO", InferenceChoices(hope=0.0, honesty=1.0, prior="uniform"))
    assert free["reservation"]["after"]["mean"] > found("NATO")["reservation"]["after"]["mean"]

"""What a check finds: breaks, gaps, hindsight; and what a new case already gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.check import check, check_files
from detente.case.ledger.ledger import ledger
from detente.case.library import library_cases
from detente.case.load import load_case, problems
from detente.case.matrix import matrix_cell, positions_matrix
from detente.case.position import Stance
from detente.case.remark import BREAKS, Kind, Report
from detente.case.scaffold import scaffold
from detente.case.tabled import demanded_in
from detente.core.canonical import to_json
from detente.core.errors import CaseError
from tests.case.builders import STATEMENT, small, small_case, write


def checked(**changes: Any) -> Report:
    return check(small_case(**changes))


def sentences(report: Report, kind: Kind) -> list[str]:
    return [remark.sentence for remark in report.of(kind)]


def test_a_sound_case_has_gaps_and_no_breaks() -> None:
    report = checked()
    assert report.breaks == ()
    assert report.exit_code == 0
    assert sentences(report, Kind.UNCODED) == ["B has no coded position on bridge."]
    assert "What A holds of water w1, w3 is unknown." in sentences(report, Kind.UNKNOWN_OPTION)
    assert report.counts[Kind.FAULT] == 0
    assert sentences(report, Kind.AGENDA)[0] == "1 of 2 issues stem from texts by A."


def test_numbers_without_grounds_and_with_hindsight_are_counted() -> None:
    report = checked(cut_off="2022-02-15")
    assert 'preference "A", weights, bridge: this number rests on nothing (assumed).' in sentences(
        report, Kind.UNGROUNDED
    )
    assert [one for one in sentences(report, Kind.HINDSIGHT) if "e1" in one] == [
        'preference "B", reservation: rests on e1, public only after 2022-02-15.'
    ]
    assert sentences(report, Kind.JUDGED_LATER) == ['preference "B", reservation: judged after 2022-02-15.']
    assert checked().counts[Kind.HINDSIGHT] == 0


def said(party: str, name: str, statement: str, **stances: Any) -> dict[str, Any]:
    return {"id": name, "party": party, "issue": "water", "because": [statement], "stances": stances}


def with_position(position: dict[str, Any], *lines: dict[str, Any]) -> Report:
    """Return the check of the small case with one more position, and more red lines of Aland."""
    values = small()
    values["positions"].append(position)
    values["preferences"][0]["red_lines"].extend(lines)
    return check(Case.model_validate(values))


def test_ruling_out_later_what_one_demanded_is_a_move() -> None:
    line = {"id": "r2", "never": "water in [w2]", "because": ["p4"]}
    assert with_position(said("A", "p4", "s3", w2="rules_out"), line).breaks == ()


@pytest.mark.parametrize(("stance", "verb"), [("demands", "demands"), ("would_accept", "would accept")])
def test_opening_and_ruling_out_the_same_on_one_day_is_a_contradiction(stance: str, verb: str) -> None:
    values = small(texts=[], answers=[])
    values["positions"][0]["stances"] = {"w2": stance}
    values["positions"].append(said("A", "p4", "s1", w2="rules_out"))
    line: dict[str, Any] = {"id": "r2", "never": "water in [w2]", "because": ["p4"]}
    values["preferences"][0]["red_lines"].append(line)
    report = check(Case.model_validate(values))
    assert sentences(report, Kind.CONTRADICTION) == [f"A both {verb} and rules out water w2 on 2022-01-10."]
    assert report.exit_code == 1
    line["contested_by"] = ["p1"]
    assert check(Case.model_validate(values)).breaks == ()


@pytest.mark.parametrize("stance", ["demands", "would_accept"])
def test_a_refusal_that_is_taken_back_needs_a_relaxed_line(stance: str) -> None:
    values = small()
    values["positions"].append(
        {"id": "p4", "party": "A", "issue": "bridge", "because": ["s1"], "stances": {"b2": "rules_out"}}
    )
    values["positions"][2]["stances"] = {"b2": stance}  # on 1 March
    line = values["preferences"][0]["red_lines"][0]
    line["because"] = ["p4"]
    report = check(Case.model_validate(values))
    assert [remark.ids for remark in report.of(Kind.CONTRADICTION)] == [("A", "bridge", "b2", "ra", "p3", "p4")]
    assert "since 2022-03-01; no position is named that relaxes it." in sentences(report, Kind.CONTRADICTION)[0]
    line["relaxed_by"] = ["p3"]
    assert check(Case.model_validate(values)).breaks == ()


def test_a_line_on_what_the_party_itself_demands_is_a_contradiction() -> None:
    free = {"id": "free", "never": "water in [w1, w2]"}
    found = sentences(with_position(said("A", "p4", "s1", w3="would_discuss"), free), Kind.CONTRADICTION)
    assert found == [
        "Red line free of A refuses water w2, which A demands since 2022-01-10; no position is named that relaxes it."
    ]
    follows = {"id": "low", "never": "water in [w3]", "sense": "too_little"}
    found = sentences(with_position(said("A", "p4", "s1", w3="rules_out"), follows), Kind.CONTRADICTION)
    assert "Red line low+w2 of A refuses water w2" in found[0]
    both = {"id": "both", "never": "water in [w2] and bridge in [b1]"}
    wanted = {"id": "p4", "party": "A", "issue": "bridge", "because": ["s1"], "stances": {"b1": "demands"}}
    assert sentences(with_position(wanted, both), Kind.CONTRADICTION) == [
        "Red line both of A refuses (water in [w2] and bridge in [b1]) what A itself demands."
    ]


def test_a_refusal_is_named_by_a_line_however_it_is_written() -> None:
    line = {"id": "r2", "never": "not water in [w2, w3]", "because": ["p4"]}
    assert with_position(said("A", "p4", "s3", w1="rules_out"), line).breaks == ()


def test_a_red_line_on_what_was_public_later_is_hindsight() -> None:
    report = checked(cut_off="2022-02-15")
    assert 'preference "A", red line "ra": rests on p3, public only after 2022-02-15.' in sentences(
        report, Kind.HINDSIGHT
    )


def test_numbers_that_stand_for_nothing_said_are_remarked_on() -> None:
    values = small()
    values["preferences"][1]["values"]["bridge"] = {"b1": 0.5}
    values["preferences"][0]["weights"] = {"water": 0, "bridge": 0}
    values["preferences"].append({"party": "AB", "weights": {"water": 1}})
    report = check(Case.model_validate(values))
    assert sentences(report, Kind.WITHOUT_POSITION) == ["B has numbers and no coded position on bridge."]
    assert sentences(report, Kind.NO_WEIGHT) == ["All weights of A are zero."]
    assert sentences(report, Kind.NOT_USED) == ["The preferences of AB are not used: B stands for it."]
    values["positions"], values["answers"], values["texts"] = [], [], []
    for preference in values["preferences"]:
        preference["red_lines"] = []
    values["preferences"][0]["weights"] = {"water": 1}
    report = check(Case.model_validate({**values, "no_agreement": {}}))
    assert not report.of(Kind.WITHOUT_POSITION)


def test_days_that_do_not_fit_are_remarked_on() -> None:
    values = small()
    values["statements"][0]["public_since"] = "2022-01-05"
    values["events"][0]["public_since"] = "2022-02-19"
    assert sentences(check(Case.model_validate(values)), Kind.DATES) == [
        "Statement s1 is public since 2022-01-05, before it happened (2022-01-10).",
        "Event e1 is public since 2022-02-19, before it happened (2022-02-20).",
        "Statement s1 is public since 2022-01-05, and its only source draft was published later (2022-01-10).",
    ]
    values["statements"][0] |= {"cites": [{"source": "draft"}], "happened": "2022-01"}  # from memory, some day
    del values["events"][0]["public_since"]
    values["events"][0]["public_since"] = "2022-02-21"
    assert sentences(check(Case.model_validate(values)), Kind.DATES) == []


def two_voices(*, said_on: str, contested: bool) -> Report:
    """Return the check of a case in which Aland asks for w2 in s1, and in a talk known since that day for w3."""
    values = small()
    talk = [{"source": "talk", "locator": "p. 1"}]
    later = {**STATEMENT, "id": "s9", "cites": talk, "happened": said_on, "public_since": "2022-01-10"}
    values["statements"].append(later)
    values["positions"].append(said("A", "p9", "s9", w3="demands"))
    if contested:
        refusal = {"id": "r9", "never": "water in [w1]", "because": ["p8"], "contested_by": ["p9"]}
        values["positions"].append(said("A", "p8", "s1", w1="rules_out"))
        values["preferences"][0]["red_lines"].append(refusal)
    return check(Case.model_validate(values))


def test_a_day_is_that_on_which_it_was_said_and_a_contesting_voice_is_anothers() -> None:
    same = two_voices(said_on=STATEMENT["happened"], contested=False)
    assert [one.ids[:4] for one in same.of(Kind.CONTRADICTION)] == [("A", "water", "w2", "w3")]
    assert not two_voices(said_on="2022-01-03", contested=False).of(Kind.CONTRADICTION)
    assert not two_voices(said_on=STATEMENT["happened"], contested=True).of(Kind.CONTRADICTION)


def test_lenses_that_change_nothing_are_listed() -> None:
    lens = {"document": "draft", "viewpoint": "v", "public_since": "2022-01-01"}
    pair = {"overrides": [{"party": party, "path": "time.patience_6m", "op": "add", "value": 0.1} for party in "AB"]}
    report = checked(lenses=[{"id": "l1", **lens}, {"id": "l2", **lens, "pairs": [pair]}])
    assert sentences(report, Kind.LENS) == [
        "Lens l1 has no effect in this case: it overrides no number here.",
        *(
            f"Lens l2 changes nothing at {party} time.patience_6m (add 0.1): "
            "patience is one number for all parties and no party's own."
            for party in "AB"
        ),
    ]
    assert report.exit_code == 0


def test_two_demands_on_a_day_are_a_contradiction() -> None:
    values = small(texts=[], answers=[])
    values["positions"][0]["stances"]["w3"] = "demands"
    report = check(Case.model_validate(values))
    assert sentences(report, Kind.CONTRADICTION) == [
        "A demands w2 and w3 of water on 2022-01-10; options exclude each other."
    ]


def test_lines_and_refusals_are_held_together() -> None:
    values = small()
    values["preferences"][1]["red_lines"] = [{"id": "r", "never": "water in [w3]", "because": ["p2"]}]
    values["preferences"][0]["red_lines"].append({"id": "free", "never": "water in [w1]"})
    report = check(Case.model_validate(values))
    assert "Red line r of B (water in [w3])" in sentences(report, Kind.LINE_WITHOUT_REFUSAL)[0]
    assert sentences(report, Kind.REFUSAL_WITHOUT_LINE) == ["B rules out water w2 in p2, and no red line names it."]
    assert sentences(report, Kind.UNGROUNDED_LINE) == ["Red line free of A rests on no position."]


def test_a_party_without_numbers_needs_no_lines() -> None:
    assert checked(preferences=[]).breaks == ()


def test_owners_who_were_not_heard_are_listed() -> None:
    values = small()
    values["issues"][1]["consent"] = {"owns": ["B"], "must_consent": ["A"]}
    values["issues"][0]["options"][0]["consent"] = {"must_consent": ["AB"]}
    report = check(Case.model_validate(values))
    assert sentences(report, Kind.UNCODED_OWNER) == [
        "bridge: every option needs the consent of B, which has no coded position on it."
    ]


def test_missing_consent_lists_are_said() -> None:
    assert sentences(checked(consent_lists=[]), Kind.NO_CONSENT_LIST)
    by_issue = checked(consent_lists=[{"id": "each", "name": "Each", "issue_by_issue": True}])
    assert "water, bridge name nobody" in sentences(by_issue, Kind.NO_CONSENT_LIST)[0]


def test_statements_from_memory_are_listed() -> None:
    report = checked(statements=[{**STATEMENT, "grade": "memory"}, *small()["statements"][1:]])
    assert sentences(report, Kind.MEMORY) == ["Statement s1 is cited from memory: look it up."]


def test_a_report_is_json_and_in_order() -> None:
    report = checked()
    assert '"kind": "uncoded"' in to_json(report.as_json())
    order = list(Kind)
    places = [order.index(remark.kind) for remark in report.remarks]
    assert places == sorted(places)
    assert set(Kind) > BREAKS


def test_faults_of_files_are_remarks_with_their_lines(tmp_path: Path) -> None:
    values = small()
    values["positions"][0]["party"] = "Q"
    values["positions"][1]["party"] = "R"
    path = write(tmp_path / "c.yaml", values)
    report = check_files(path)
    assert (report.counts[Kind.FAULT], report.exit_code) == (2, 2)
    assert sentences(report, Kind.FAULT)[0].startswith(f"{path}:")
    faulty = check(Case.model_validate(values))
    assert sentences(faulty, Kind.FAULT)[0].startswith('position "p1", party: there is no such party')


def test_a_case_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no such folder"):
        check_files(tmp_path / "nowhere")


@pytest.mark.parametrize("name", library_cases())
def test_the_bundled_cases_hold_together(name: str) -> None:
    assert [remark.sentence for remark in check_files(name).breaks] == []


# a new case


def test_a_new_case_passes_and_gives_a_ledger_without_a_number(tmp_path: Path) -> None:
    files = scaffold(tmp_path / "new")
    assert problems(tmp_path / "new") == ()
    case = load_case(tmp_path / "new")
    assert check(case).breaks == ()
    assert (case.preferences, case.text_class_priors, case.no_agreement.outlooks) == ((), {}, ())
    assert len(case.consent_lists) == 2
    assert ledger(case).options
    assert all("#" in path.read_text() for path in files if path.suffix == ".yaml")


def test_a_new_case_needs_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(CaseError, match="not empty") as caught:
        scaffold(tmp_path)
    assert "\n" not in str(caught.value)
    with pytest.raises(CaseError, match="this is a file"):
        scaffold(tmp_path / "a")
    (tmp_path / "b").mkdir()
    assert scaffold(tmp_path / "b")


# the matrix, and what a text demands


def test_the_matrix_holds_the_latest_stance_of_each_option() -> None:
    values = small()
    values["positions"].append(
        {
            "id": "p4",
            "party": "A",
            "issue": "water",
            "because": ["s3"],
            "stances": {"w3": "demands", "w2": "would_accept"},
        }
    )
    case = Case.model_validate(values)
    cell = matrix_cell(case, "A", "water")
    assert {option: held.stance for option, held in cell.stances.items()} == {
        "w2": Stance.WOULD_ACCEPT,
        "w3": Stance.DEMANDS,
    }
    assert (cell.unknown, cell.speaker) == (("w1",), "A")
    assert matrix_cell(case, "AB", "water").speaker == "B"
    assert not matrix_cell(case, "B", "bridge").is_coded
    assert list(positions_matrix(case)) == [("A", "water"), ("B", "water"), ("A", "bridge"), ("B", "bridge")]


def test_a_text_demands_what_its_authors_demand_in_it() -> None:
    case = small_case()
    text = case.texts[0]
    assert {issue: dict(options) for issue, options in demanded_in(case, text).items()} == {"water": {"w2": ("p1",)}}

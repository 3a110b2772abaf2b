"""The difference of two cases: what is told of records, fields, order and red lines as they stand."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case
from detente.case.diff import Change, How, diff, ledger_changes
from tests.case.builders import SMALL, small, small_case


def told(one: Case, other: Case) -> list[tuple[str, str, str]]:
    """Return kind, id and what became of each record that differs."""
    return [(change.kind, "/".join(filter(None, change.id)), change.how.value) for change in diff(one, other).data]


def fields(change: Change) -> dict[str, tuple[object, object]]:
    return {field.field: (field.a, field.b) for field in change.fields}


def with_statement(**more: Any) -> Case:
    """Return the small case with another version of its second statement."""
    values = small()
    values["statements"][1].update(more)
    return Case.model_validate(values)


def test_a_record_that_only_one_side_has_is_added_or_removed() -> None:
    values = small()
    values["statements"].append({**values["statements"][0], "id": "s9"})
    longer = Case.model_validate(values)
    assert told(small_case(), longer) == [("statements", "s9", "added")]
    assert told(longer, small_case()) == [("statements", "s9", "removed")]
    [change] = diff(small_case(), longer).data
    assert change.a is None
    assert change.b is not None
    assert change.b["says"] == "Aland asks for half of the water."


def test_a_field_is_told_with_its_old_and_its_new_value() -> None:
    [change] = diff(small_case(), with_statement(says="Bland wants all of it.", confidence=0.5)).data
    assert change.how is How.CHANGED
    assert fields(change) == {
        "says": ("Bland will not have it.", "Bland wants all of it."),
        "confidence": (None, 0.5),
    }


def test_a_renamed_id_is_one_record_removed_and_one_added() -> None:
    values = small()
    values["sources"][1]["id"] = "speech"
    values["statements"][1]["cites"][0]["source"] = "speech"
    assert told(small_case(), Case.model_validate(values)) == [
        ("sources", "speech", "added"),
        ("sources", "talk", "removed"),
        ("statements", "s2", "changed"),
    ]


def test_a_number_is_a_record_named_by_its_place() -> None:
    values = small()
    values["preferences"][0]["weights"]["water"]["mode"] = 0.6
    values["preferences"][1]["reservation"]["because"] = ["s2"]
    found = diff(small_case(), Case.model_validate(values)).data
    assert [(change.kind, change.id) for change in found] == [
        ("estimates", ("preferences", "A", "weights", "water")),
        ("estimates", ("preferences", "B", "reservation")),
    ]
    assert fields(found[0]) == {"mode": (0.5, 0.6)}
    [grounds] = found[1].fields
    assert (grounds.only_a, grounds.only_b) == ({'"e1"'}, {'"s2"'})


def test_a_further_revision_of_a_number_is_one_number_added() -> None:
    values = small()
    values["preferences"][0]["values"]["water"]["w2"].insert(0, {"mode": 0.25, "because": ["s1"]})
    longer = Case.model_validate(values)
    assert told(small_case(), longer) == [("estimates", "preferences/A/values/water/w2", "added")]
    assert diff(small_case(), longer).order == ()


def test_revisions_in_another_order_are_told_for_the_last_counts() -> None:
    values = small()
    values["preferences"][0]["values"]["water"]["w2"].reverse()
    found = diff(small_case(), Case.model_validate(values))
    assert found.data == ()
    [entry] = found.order
    assert (entry.kind, entry.holder) == ("estimates", ("preferences", "A", "values", "water", "w2"))
    assert (entry.a, entry.b) == (("0.6", "1"), ("1", "0.6"))


def test_moving_records_about_is_no_change_of_data_but_the_order_of_options_is_told() -> None:
    values = small()
    values["statements"].reverse()
    values["issues"][0]["options"].reverse()
    found = diff(small_case(), Case.model_validate(values))
    assert found.data == ()
    assert [(entry.kind, entry.holder) for entry in found.order] == [("options", ("water",)), ("statements", ())]
    assert found.order[0].a == ("w1", "w2", "w3")
    assert found.order[0].b == ("w3", "w2", "w1")
    assert not found.is_empty


def test_a_new_option_is_no_other_order() -> None:
    values = small()
    values["issues"][0]["options"].insert(0, {"id": "w0", "text": "a little"})
    found = diff(small_case(), Case.model_validate(values))
    assert found.order == ()
    assert [(change.kind, change.id) for change in found.data] == [("options", ("water", "w0"))]


def test_the_first_statement_of_a_position_is_told_apart_from_the_others() -> None:
    values = small()
    values["positions"][0]["because"] = ["s1", "s2", "s3"]
    one = Case.model_validate(values)
    values["positions"][0]["because"] = ["s1", "s3", "s2"]
    assert diff(one, Case.model_validate(values)).data == ()
    values["positions"][0]["because"] = ["s2", "s1", "s3"]
    [change] = diff(one, Case.model_validate(values)).data
    assert fields(change) == {"because": (("s1", "s2", "s3"), ("s2", "s1", "s3"))}


def test_a_stance_is_one_field_with_its_basis() -> None:
    values = small()
    values["positions"][1]["stances"] = {"w2": {"stance": "rules_out", "basis": "inferred"}, "w3": "demands"}
    [change] = diff(small_case(), Case.model_validate(values)).data
    assert fields(change) == {
        "stances.w1": ("would_accept", None),
        "stances.w2": ("rules_out", "rules_out (inferred)"),
        "stances.w3": (None, "demands"),
    }


def test_a_default_that_is_written_out_is_no_difference() -> None:
    values = small(illustrative=False, links=[{**SMALL["links"][0], "because": []}])
    assert diff(small_case(), Case.model_validate(values)).is_empty


def test_an_option_that_needs_nobodys_consent_differs_from_one_that_follows_its_issue() -> None:
    values = small()
    values["issues"][1]["options"][0]["consent"] = {}
    [change] = diff(small_case(), Case.model_validate(values)).data
    assert (change.kind, fields(change)) == ("options", {"consent": (None, "given, and empty")})


def test_answers_that_share_a_name_are_matched_by_what_they_say() -> None:
    values = small()
    values["answers"] = [{**SMALL["answers"][0], "note": note} for note in ("first", "second", "third")]
    one = Case.model_validate(values)
    values["answers"] = [{**SMALL["answers"][0], "note": note} for note in ("third", "first")]
    assert told(one, Case.model_validate(values)) == [("answers", "draft-text/1/B/water", "removed")]
    values["answers"].append({**SMALL["answers"][0], "note": "second", "certainty": "low"})
    [change] = diff(one, Case.model_validate(values)).data
    assert fields(change) == {"certainty": (None, "low")}


def test_lines_stand_otherwise_where_a_prior_changes() -> None:
    """Line rb rests on an official remark, so it binds with the prior of that class; so does the line it implies."""
    values = small()
    values["text_class_priors"]["official_remark"] = 0.25
    found = diff(small_case(), Case.model_validate(values))
    assert [(change.kind, change.id) for change in found.data] == [
        ("estimates", ("text_class_priors", "official_remark"))
    ]
    assert [change.id for change in found.standing_lines] == [("B", "rb"), ("B", "rb+w3")]
    assert fields(found.standing_lines[0])["probability.mode"] == (0.5, 0.25)


def test_a_later_word_shows_as_said_and_moved() -> None:
    values = small()
    values["positions"].append(
        {"id": "p4", "party": "B", "issue": "bridge", "because": ["s2"], "stances": {"b1": "demands"}}
    )
    found = ledger_changes(small_case(), Case.model_validate(values))
    assert ("said", ("B", "bridge", "b1"), How.ADDED) in {(change.kind, change.id, change.how) for change in found}


def test_findings_on_lists_are_compared_where_both_have_the_list() -> None:
    values = small()
    values["consent_lists"] = [{"id": "other", "name": "Another", "parties": ["A", "B"]}]
    found = ledger_changes(small_case(), Case.model_validate(values))
    assert found == ()


def test_refusals_that_close_an_issue_are_a_finding() -> None:
    """Aland rules out "no bridge" by inference; when Bland rules out the bridge, nothing is left."""
    values = small()
    values["positions"].append(
        {"id": "p4", "party": "B", "issue": "bridge", "because": ["s2"], "stances": {"b1": "rules_out"}}
    )
    found = {
        change.id: change
        for change in ledger_changes(small_case(), Case.model_validate(values))
        if change.kind == "open_options"
    }
    told = fields(found["two", "bridge"])
    assert told["closed_by_stated_and_inferred"] == (False, True)
    assert told["by_stated_and_inferred"] == (frozenset({'"b1"'}), None)
    assert "closed_by_stated" not in told

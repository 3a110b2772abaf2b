"""From a case to what its record says: what counts, what never does, and that parties are treated alike."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.compile.answers import Reaction
from detente.compile.costs import COSTS, Cost, with_overrides
from detente.compile.inference import InferenceChoices, compile_inference
from detente.core.errors import ModelError
from detente.registry.inference import inference_report
from detente.wording.inference import inference_sentences
from tests.ledger.small_case import position, statement


def weights(value: float) -> dict[str, Any]:
    return {"low": value, "mode": value, "high": value}


def values(*numbers: float) -> dict[str, Any]:
    return {f"o{k + 1}": weights(number) for k, number in enumerate(numbers)}


def issue(name: str) -> dict[str, Any]:
    options = [{"id": f"o{k}", "text": f"option {k} of {name}"} for k in (1, 2, 3)]
    return {"id": name, "title": name, "options": options}


def dispute(
    *,
    mine: str = "A",
    other: str = "B",
    reply: dict[str, Any] | None = None,
    extra: list[dict[str, Any]] | None = None,
    positions: list[dict[str, Any]] | None = None,
    opposed: bool = True,
    replies: bool = True,
    **more: Any,
) -> Case:
    """Return a dispute over x and y: `other` tables a text that demands o3 of both, `mine` answers with its own text.

    `mine` likes o1 best and o3 least, `other` the other way round or, if not opposed, the same.
    """
    liked, disliked = values(1, 0.6, 0.2), values(0.2, 0.6, 1)
    raw: dict[str, Any] = {
        "schema_version": "1",
        "id": "two",
        "version": "1",
        "title": "Two",
        "authors": ["tests"],
        "licence": "CC0-1.0",
        "parties": [{"id": name, "name": f"{name}land", "kind": "state"} for name in (mine, other)],
        "consent_lists": [{"id": "both", "name": "both", "parties": [mine, other]}],
        "issues": [issue("x"), issue("y")],
        "sources": [
            {"id": "draft", "title": "Draft", "grade": "primary_text_read"},
            {"id": "answer", "title": "Answer", "grade": "primary_text_read"},
            {"id": "column", "title": "Column", "grade": "commentary"},
            {"id": "speech", "title": "Speech", "grade": "news_agency"},
        ],
        "statements": [
            statement("S-D1", other, "2022-01-10", "draft", targets=[mine], text_class="draft_treaty_demand"),
            statement("S-D2", other, "2022-01-10", "draft", targets=[mine], text_class="draft_treaty_demand"),
            statement("S-R1", mine, "2022-02-10", "answer", targets=[other], **(reply or {})),
            *(extra or []),
        ],
        "positions": [
            position("D1", other, "x", {"o3": "demands"}),
            position("D2", other, "y", {"o3": "demands"}),
            position("R1", mine, "x", {"o1": "demands", "o3": "rules_out"}),
            *(positions or []),
        ],
        "texts": [
            {"id": "the-draft", "title": "Draft", "sources": ["draft"], "authors": [other], "addressees": [mine],
             "happened": "2022-01-10", "public_since": "2022-01-10"},
            {"id": "the-answer", "title": "Answer", "sources": ["answer"], "authors": [mine], "addressees": [other],
             "replies_to": ["the-draft"] if replies else [], "happened": "2022-02-10", "public_since": "2022-02-10"},
        ],
        "preferences": [
            {"party": mine, "weights": {"x": weights(0.5), "y": weights(0.5)},
             "values": {"x": values(1, 0.5, 0), "y": liked | {"o3": weights(0.4), "o1": weights(1), "o2": weights(0)}},
             "reservation": {"low": 0.1, "mode": 0.4, "high": 0.8}},
            {"party": other, "weights": {"x": weights(0.5), "y": weights(0.5)},
             "values": {"x": values(0, 0.5, 1), "y": disliked} if opposed
             else {"x": values(1, 0.5, 0), "y": liked | {"o3": weights(0.4), "o1": weights(1), "o2": weights(0)}},
             "reservation": {"low": 0.1, "mode": 0.3, "high": 0.6}},
        ],
        **more,
    }  # fmt: skip
    return Case.model_validate(raw)


def report(case: Case, party: str = "A", **choices: Any) -> dict[str, Any]:
    return inference_report(case, party, InferenceChoices(**choices))


def after(found: dict[str, Any]) -> dict[str, float]:
    law: dict[str, float] = found["reservation"]["after"]
    return law


def test_a_written_reply_that_refuses_a_text_raises_the_reservation() -> None:
    found = report(dispute())
    refusal = next(step for step in found["reservation"]["steps"] if step["item"] == "the-draft")
    assert refusal["reaction"] == "refused"
    assert refusal["worth"] == [0.2, 0.2]
    assert [one["row"] for one in refusal["statements"]] == ["written_reply"]
    assert refusal["shift"] > 0.001
    assert after(found)["mean"] > found["reservation"]["before"]["mean"]
    assert found["moved"]
    assert found["applied"] is False


SAID = position("L1", "A", "x", {"o3": "rules_out"})
ANSWERED = {
    "answers": [
        {"text": "the-draft", "article": "1", "addressee": "A", "issue": "x", "status": "answered", "because": ["L1"],
         "public_since": "2022-03-01"}
    ]
}  # fmt: skip


def remark(**more: Any) -> list[dict[str, Any]]:
    given = {"attribution": "reported_speech", "targets": ["B"], "text_class": "official_remark", **more}
    return [statement("S-L1", "A", "2022-03-01", "column", **given)]


def spoken(*, opposed: bool = True, **more: Any) -> Case:
    """Return the dispute in which the text is refused in a public remark and nowhere else."""
    case = dispute(opposed=opposed, replies=False, extra=remark(**more), positions=[SAID], **ANSWERED)
    kept = tuple(text for text in case.texts if text.id == "the-draft")
    return case.model_copy(update={"texts": kept})


def test_where_interests_oppose_words_leave_the_posterior_at_the_prior_to_the_last_digit() -> None:
    found = report(spoken())
    (step,) = found["reservation"]["steps"]
    assert step["reaction"] == "refused"
    assert step["statements"][0]["messages"] == 1
    assert step["statements"][0]["bias"] >= 0.25
    assert after(found) == found["reservation"]["before"]
    assert not found["moved"]
    assert any("that is a finding" in line for line in inference_sentences(spoken(), found))


def test_between_parties_that_want_the_same_the_same_words_count() -> None:
    found = report(spoken(opposed=False))
    (step,) = found["reservation"]["steps"]
    assert step["honesty"] == pytest.approx(0.8)
    assert found["moved"]


def test_the_analyst_may_hold_that_words_cost_something() -> None:
    found = report(spoken(), costs=with_overrides({"official_remark": "costly"}))
    assert found["moved"]
    assert next(row for row in found["costs"] if row["row"] == "official_remark")["cost"] == "costly"


def test_a_bias_of_the_analyst_replaces_the_one_from_utilities() -> None:
    assert report(spoken(), bias=0.0)["moved"]
    assert not report(spoken(opposed=False), bias=0.25)["moved"]


@pytest.mark.parametrize(
    "unheard",
    [
        {"attribution": "author_assertion", "grade": "commentary"},
        {"attribution": "reported_event", "grade": "commentary"},
        {"text_class": "advisers_or_unnamed_sources"},
        {"text_class": "inferred"},
        {"text_class": None},
        {"attribution": "author_assertion", "grade": "commentary", "act": "deploy"},
        {"text_class": "advisers_or_unnamed_sources", "act": "sanction"},
    ],
    ids=lambda given: "+".join(map(str, given.values())),
)
def test_columnists_and_unnamed_persons_never_move_it_whatever_else_is_assumed(unheard: dict[str, Any]) -> None:
    free = {row.word: "costly" for row in COSTS if not row.fixed}
    found = report(spoken(opposed=False, **unheard), costs=with_overrides(free), bias=0.0, honesty=1.0)
    assert after(found) == found["reservation"]["before"]
    assert not found["moved"]


def test_doubling_what_columnists_say_changes_nothing() -> None:
    said = {"attribution": "author_assertion", "grade": "commentary", "text_class": None}
    many = [statement(f"C{k}", "A", "2022-02-20", "column", targets=["B"], **said) for k in range(6)]
    taken = [position(f"C{k}", "A", "x", {"o3": "rules_out"}) for k in range(6)]
    for one in taken:
        one["because"] = [one["id"]]
    few, double = (dispute(extra=many[:count], positions=taken[:count]) for count in (3, 6))
    plain = report(dispute())
    for case in (few, double):
        assert report(case)["reservation"] == plain["reservation"]
        assert report(case)["lines"] == plain["lines"]


def test_a_text_in_several_statements_counts_once() -> None:
    twice = dispute(
        extra=[statement("S-R2", "A", "2022-02-10", "answer", targets=["B"])],
        positions=[position("R2", "A", "y", {"o1": "demands", "o3": "rules_out"})],
    )
    one, other = (
        next(step for step in report(case)["reservation"]["steps"] if step["item"] == "the-draft")
        for case in (dispute(), twice)
    )
    assert len(other["statements"]) == 2
    assert other["after"] == one["after"]


def test_swapping_the_parties_labels_swaps_the_posterior() -> None:
    one, other = report(dispute()), report(dispute(mine="B", other="A"), "B")
    assert one["reservation"] == other["reservation"]
    assert report(dispute(), "B")["reservation"] == report(dispute(mine="B", other="A"), "A")["reservation"]


def test_silence_is_no_answer() -> None:
    case = dispute()
    silent = case.model_copy(update={"texts": tuple(text for text in case.texts if text.id == "the-draft")})
    found = report(silent)
    assert not found["moved"]
    assert found["unanswered"] == [
        {"item": "the-draft", "reason": "no answer of its own is coded; that is neither yes nor no"}
    ]


def test_what_the_prior_rests_on_counts_no_second_time() -> None:
    case = dispute()
    own, theirs = case.preferences
    judged = own.model_copy(update={"reservation": own.reservation.model_copy(update={"because": ("R1",)})})  # type: ignore[union-attr]
    found = report(case.model_copy(update={"preferences": (judged, theirs)}))
    assert all(step["in_prior"] for step in found["reservation"]["steps"])
    assert not found["moved"]
    assert report(case.model_copy(update={"preferences": (judged, theirs)}), prior=(0.1, 0.4, 0.8))["moved"]


def line() -> dict[str, Any]:
    binding = {"low": 0.2, "mode": 0.4, "high": 0.6}
    return {"id": "A-x-o3", "never": "x in [o3]", "because": ["E1"], "p_binding": binding}


def lined(*later: dict[str, Any], positions: list[dict[str, Any]]) -> Case:
    """Return the dispute in which A declared a line over o3 of x before the draft."""
    first = statement("S-E1", "A", "2022-01-02", "speech", targets=["B"], text_class="official_remark")
    case = dispute(extra=[first, *later], positions=[position("E1", "A", "x", {"o3": "rules_out"}), *positions])
    own, other = case.preferences
    raw = own.model_dump(mode="json", exclude_unset=True) | {"red_lines": [line()]}
    return case.model_copy(update={"preferences": (type(own).model_validate(raw), other)})


def test_refusing_a_text_across_a_line_raises_it_and_the_line_explains_part_of_the_refusal() -> None:
    found = report(lined(positions=[]))
    (only,) = found["lines"]
    assert only["before"] == [0.2, 0.4, 0.6]
    assert [step["seen"] for step in only["steps"]] == [["declared", "kept"]]
    assert only["after"][1] > 0.4
    refusal = next(step for step in found["reservation"]["steps"] if step["item"] == "the-draft")
    assert refusal["crosses"] == ["A-x-o3"]
    assert refusal["barred"] == 0.4
    plain = next(step for step in report(dispute())["reservation"]["steps"] if step["item"] == "the-draft")
    assert 0 < refusal["shift"] < plain["shift"]


def test_a_treaty_text_that_crosses_a_line_lowers_it_and_a_remark_does_not() -> None:
    crossing = position("X1", "A", "x", {"o3": "would_accept"})
    for text_class, lowered in (("draft_treaty_demand", True), ("official_remark", False)):
        said = statement("S-X1", "A", "2022-03-05", "column", targets=["B"], text_class=text_class)
        (only,) = report(lined(said, positions=[crossing]))["lines"]
        step = next(step for step in only["steps"] if step["items"] == ["X1"])
        assert (step["after"][1] < step["before"][1]) is lowered


def test_what_declared_a_line_counts_no_second_time() -> None:
    again = statement("S-E2", "A", "2022-01-02", "speech", targets=["B"], text_class="draft_treaty_demand")
    case = lined(again, positions=[position("E2", "A", "x", {"o3": "rules_out"})])
    assert report(case)["lines"] == report(lined(positions=[]))["lines"]


def test_a_party_without_numbers_is_refused_in_one_sentence() -> None:
    case = dispute()
    bare = case.model_copy(update={"preferences": case.preferences[1:]})
    said = compile_inference(bare, "A")
    assert said == (
        "There are no weights and values of Aland (preferences), so nobody can say what a package is worth to it."
    )
    assert inference_report(bare, "A")["not_computed"] == said


def test_only_named_rows_of_the_table_may_be_changed() -> None:
    with pytest.raises(ModelError, match=r'this row of the table is fixed, got "author_assertion"'):
        with_overrides({"author_assertion": "costly"})
    with pytest.raises(ModelError, match=r'no such row, got "officialremark".*Did you mean "official_remark"'):
        with_overrides({"officialremark": "costly"})
    with pytest.raises(ModelError, match=r'the cost is not known, got "dear"'):
        with_overrides({"official_remark": "dear"})
    assert with_overrides({"deploy": "cheap"}) == {"deploy": Cost.CHEAP}


def test_tabling_and_signing_accept() -> None:
    assert [one.value for one in Reaction if one.accepts] == ["tabled", "signed"]

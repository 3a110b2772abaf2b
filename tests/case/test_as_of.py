"""What was not public on a day is not there, and the laws of the cut."""

from __future__ import annotations

import datetime
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.as_of import at, export_public, in_force, judged_later
from detente.case.case import Case
from detente.case.change import estimates_of
from detente.case.load import load_case
from detente.case.party import Dated
from detente.case.red_lines import standing_lines
from detente.case.references import reference_problems
from tests.case.builders import small, small_case

WORKED = "drafts-and-replies-2021-22"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_before_anything_was_public_there_is_no_number() -> None:
    cut = at(small_case(), day("2022-01-09"))
    assert (cut.statements, cut.positions, cut.events, cut.texts, cut.answers) == ((), (), (), (), ())
    assert (cut.preferences, cut.no_agreement.outlooks) == ((), ())
    assert list(estimates_of(cut)) == []
    assert cut.cut_off == day("2022-01-09")


def test_a_number_stands_on_public_grounds_only() -> None:
    cut = at(small_case(), day("2022-02-15"))
    assert set(cut.preference["A"].weights) == {"water"}  # no position on the bridge yet
    assert [number.mode for number in cut.preference["A"].values["water"]["w2"]] == [0.6]
    assert cut.preference["A"].red_lines == ()
    assert cut.preference["B"].reservation is None
    assert [line.id for line in cut.preference["B"].red_lines] == ["rb"]
    assert cut.position["p2"].see == ()
    later = at(small_case(), day("2022-03-01"))
    assert [number.mode for number in later.preference["A"].values["water"]["w2"]] == [0.6, 1]
    assert later.preference["B"].reservation is not None
    assert later.statement["s3"].acknowledges == ("s2",)


def test_a_number_without_grounds_stands_from_its_day() -> None:
    values = small()
    values["preferences"][1]["weights"]["water"] = {"mode": 1, "since": "2022-02-20"}
    case = Case.model_validate(values)
    assert "water" not in at(case, day("2022-02-15")).preference["B"].weights
    assert "water" in at(case, day("2022-02-20")).preference["B"].weights


def test_claims_on_an_event_come_one_by_one() -> None:
    assert at(small_case(), day("2022-02-20")).events == ()
    assert [claim.who for claim in at(small_case(), day("2022-02-25")).events[0].claims] == ["Aland"]


def test_a_source_comes_with_what_cites_it() -> None:
    assert [source.id for source in at(small_case(), day("2022-01-15")).sources] == ["draft"]


def test_beliefs_stand_or_fall_together() -> None:
    values = small()
    values["no_agreement"]["outlooks"][0]["beliefs"]["fight"] = {"mode": 0.3, "because": ["s3"]}
    outlook = at(Case.model_validate(values), day("2022-02-15")).no_agreement.outlooks[0]
    assert outlook.beliefs == {}
    assert set(outlook.payoffs) == {"quiet", "fight"}


def test_what_was_given_for_all_grounds_is_derived_again_when_some_are_gone() -> None:
    values = small()
    values["preferences"][1]["red_lines"][0] |= {"because": ["p2", "p3"], "basis": "stated", "text_class": "legal_act"}
    line = at(Case.model_validate(values), day("2022-02-15")).preference["B"].red_lines[0]
    assert (line.because, line.basis, line.text_class) == (("p2",), None, None)


def test_an_imported_case_keeps_its_numbers() -> None:
    values = {key: value for key, value in small().items() if key in KEPT}
    values["preferences"] = [{"party": "A", "weights": {"water": 1}, "values": {"water": {"w1": 1}}}]
    cut = at(Case.model_validate(values), day("2022-02-01"))
    assert cut.preference["A"].weights["water"].mode == 1


KEPT = ("schema_version", "id", "version", "title", "authors", "licence", "parties", "issues")


def test_words_are_in_force_between_their_days() -> None:
    words = (Dated(text="always"), Dated(text="chair", since=day("2022-02-01"), until=day("2022-02-28")))
    assert [word.text for word in in_force(words, day("2022-02-10"))] == ["always", "chair"]
    assert [word.text for word in in_force(words, day("2022-03-01"))] == ["always"]
    assert in_force(words, None) == words


def test_numbers_judged_later_are_listed() -> None:
    assert judged_later(small_case(), day("2022-04-01")) == (("preferences", 1, "reservation"),)
    assert judged_later(small_case(), day("2022-05-01")) == ()


DAYS = st.dates(day("2021-12-25"), day("2022-03-10"))


@given(DAYS, DAYS)
def test_of_two_cuts_only_the_earlier_counts(one: datetime.date, other: datetime.date) -> None:
    case = small_case()
    assert at(at(case, one), other) == at(case, min(one, other))
    assert at(at(case, one), one) == at(case, one)


@given(st.dates(day("2021-12-10"), day("2022-02-25")), st.dates(day("2021-12-10"), day("2022-02-25")))
def test_the_worked_example_obeys_the_same_laws(one: datetime.date, other: datetime.date) -> None:
    case = worked()
    cut = at(at(case, one), other)
    assert cut == at(case, min(one, other))
    alive = {*cut.statement, *cut.position, *cut.event}
    for _, number in estimates_of(cut):
        assert alive.issuperset((*number.because, *number.see))


@given(DAYS)
def test_no_reference_of_a_cut_leads_to_what_is_gone(date: datetime.date) -> None:
    assert [problem.what for problem in reference_problems(at(small_case(), date))] == []


_CACHE: list[Case] = []


def worked() -> Case:
    if not _CACHE:
        _CACHE.append(load_case(WORKED))
    return _CACHE[0]


@pytest.fixture(scope="module")
def rules(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_as_of", shared / "case" / "tools" / "as_of.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def facts(shared: Path) -> tuple[Any, Any]:
    folder = shared / "case"
    return json.loads((folder / "case_facts.json").read_text()), json.loads((folder / "prefs_sketch.json").read_text())


@pytest.mark.shared
@pytest.mark.parametrize(
    "date", ["2021-12-16", "2021-12-20", "2022-01-15", "2022-01-27", "2022-02-05", "2022-02-20", "2022-02-23"]
)
def test_the_cut_agrees_with_the_reference_rules(date: str, rules: ModuleType, facts: tuple[Any, Any]) -> None:
    told, sketch = rules.view(*facts, date, "public_from")
    cut = at(worked(), day(date))
    assert {one.id for one in cut.positions} == {one["id"] for one in told["positions"] if one["case"] == WORKED}
    expected = {
        (party, line["issue"], line["option"], line["basis"], line["text_class"], line["p_binding"]["mid"])
        for party, numbers in sketch["preferences"].get(WORKED, {}).items()
        for line in numbers["red_lines"]
    }
    found = {
        (party.id, line.issue, line.option, line.basis.value, line.text_class, line.probability.mode)
        for party in cut.parties
        for line in standing_lines(cut, party.id)
        if not line.implied_by
    }
    assert found == expected


@pytest.mark.shared
def test_nested_probabilities_agree_with_the_sketch(facts: tuple[Any, Any]) -> None:
    for key, is_implied in (("red_lines", False), ("implied_red_lines", True)):
        expected = {
            (party, line["issue"], line["option"], line.get("p_nested", line.get("p_binding"))["mid"])
            for party, numbers in facts[1]["preferences"][WORKED].items()
            for line in numbers[key]
        }
        found = {
            (party.id, line.issue, line.option, line.p_nested.mode)
            for party in worked().parties
            for line in standing_lines(worked(), party.id)
            if bool(line.implied_by) is is_implied
        }
        assert found == expected


# what may leave


def test_an_export_leaves_restricted_sources_and_what_rests_on_them() -> None:
    values = small()
    values["sources"][1]["visibility"] = "restricted"
    exported = export_public(Case.model_validate(values))
    assert [source.id for source in exported.sources] == ["draft"]
    assert set(exported.statement) == {"s1", "s3"}
    assert set(exported.position) == {"p1", "p3"}
    assert exported.statement["s3"].acknowledges == ()
    assert set(exported.preference) == {"A", "B"}
    assert (exported.preference["B"].weights, exported.preference["B"].red_lines) == ({}, ())
    assert exported.answers == ()
    assert "s2" not in exported.model_dump_json()


def test_an_export_leaves_what_a_cut_by_days_would_keep_without_its_grounds() -> None:
    pair = {
        "overrides": [
            {"party": party, "path": "weights.water", "op": "add", "value": 0.1, "because": [ground]}
            for party, ground in (("A", "s1"), ("B", "s2"))
        ]
    }
    lens = {"viewpoint": "v", "public_since": "2022-01-01", "pairs": [pair]}
    values = small(lenses=[{"id": "l1", "document": "draft", **lens}, {"id": "l2", "document": "talk", **lens}])
    values["sources"][1]["visibility"] = "restricted"
    values["packages"][0] |= {"because": ["s2"], "public_since": "2022-02-10"}
    values["text_class_priors"]["official_remark"] = {"mode": 0.5, "because": ["s2"]}
    use = {"who": "B", "wording": "w", "since": "2022-02-10", "source": "talk"}
    values["terms"] = [{"id": "t", "topic": "T", "prints": "t", "uses": [use]}]
    values["record_notes"] = [{"document": "talk", "document_says": "a", "record": "b"}]
    exported = export_public(Case.model_validate(values))
    assert [(one.id, one.pairs) for one in exported.lenses] == [("l1", ())]
    assert (exported.packages, exported.terms, exported.record_notes) == ((), (), ())
    assert {one.value for one in exported.text_class_priors} == {"draft_treaty_demand", "inferred"}
    assert "talk" not in exported.model_dump_json()


def test_an_export_leaves_restricted_statements_and_events() -> None:
    values = small()
    values["statements"][2]["visibility"] = "restricted"
    values["events"][0]["visibility"] = "restricted"
    exported = export_public(Case.model_validate(values))
    assert set(exported.statement) == {"s1", "s2"}
    assert exported.events == ()
    assert exported.preference["A"].red_lines == ()
    assert exported.preference["B"].reservation is None
    assert reference_problems(exported) == ()


def test_an_export_of_a_public_case_is_the_case() -> None:
    assert export_public(small_case()) == small_case()
    assert export_public(worked()) == worked()


def test_a_dyad_goes_with_its_class_and_keeps_its_own_number_while_that_stands() -> None:
    classes = [
        {"id": "low", "value": {"mode": 0.2, "because": ["s1"]}},
        {"id": "new", "value": {"mode": 0.5, "because": ["s3"]}},
    ]
    dyads = [
        {"of": "A", "towards": "B", "trust": "low", "value": {"mode": 0.3, "because": ["s2"]}},
        {"of": "B", "towards": "A", "trust": "new"},
    ]
    case = small_case(trust_classes=classes, dyads=dyads)
    assert [(dyad.of, dyad.value) for dyad in at(case, day("2022-01-15")).dyads] == [("A", None)]
    assert at(case, day("2022-02-15")).dyads == case.dyads[:1]
    assert at(case, day("2022-03-15")).dyads == case.dyads


def test_a_date_that_was_called_off_is_ahead_until_that_was_public() -> None:
    worked = load_case("drafts-and-replies-2021-22")

    def called_off(day_: str) -> list[bool]:
        return [e.cancelled_since is not None for e in worked.at(day_).calendar if "Blinken" in str(e.what)]

    assert called_off("2022-02-20") == [False]
    assert called_off("2022-02-22") == [True]

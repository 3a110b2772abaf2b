"""The three cases that share a record, against the facts that they were made from and the facts' own view by day."""

from __future__ import annotations

import datetime
import importlib.util
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.change import changed
from detente.case.lens import Operation
from detente.case.load import load_case
from detente.case.position import Basis
from detente.case.preference import Sense
from detente.case.red_lines import standing_lines
from detente.core.estimate import Estimate
from detente.evidence.statement import TextClass

DRAFTS, ISTANBUL, SETTLEMENT = "drafts-and-replies-2021-22", "istanbul-talks-2022", "settlement-talks-2024"
EACH = pytest.mark.parametrize("name", [DRAFTS, ISTANBUL, SETTLEMENT])

Json = Mapping[str, Any]

NOT_TAKEN_OVER = {("P126", "o3")}
"""One text cannot demand two options that exclude each other: the facts list an earlier demand with it."""

INFERRED_HERE = frozenset(
    {
        ("P103", "o4"),
        ("P105", "o4"),
        ("P107", "o3"),
        ("P108", "o2"),
        ("P118", "o3"),
        ("P119", "o2"),
        ("P122", "o4"),
        ("P126", "o1"),
        ("P128", "o4"),
        ("P129", "o2"),
        ("P132", "o2"),
        ("P135", "o3"),
        ("P137", "o2"),
        ("P139", "o5"),
        ("P140", "o1"),
        ("P140", "o3"),
        ("P143", "o4"),
        ("P144", "o2"),
        ("P148", "o4"),
        ("P149", "o2"),
        ("P150", "o1"),
        ("P151", "o1"),
        ("P154", "o2"),
        ("P155", "o2"),
        ("P159", "o1"),
        ("P162", "o1"),
        ("P163", "o3"),
        ("P167", "o2"),
        ("P170", "o3"),
        ("P174", "o3"),
        ("P177", "o2"),
        ("P177", "o3"),
        ("P180", "o3"),
        ("P181", "o3"),
    }
)
"""Stances that the facts call stated, though the paraphrase of their statement does not carry the option."""

REFUSAL_INFERRED_HERE = {("FRA", "C11_channel", "o3")}
"""The one refusal among them (P177): its red line is inferred too, with the prior of that class."""

MENDED = {("B09_eu", "NATO_PARL"): "EU_PARL"}
"""Accession to the EU is ratified by the parliaments of its members; the facts name those of NATO's."""


@cache
def case_of(name: str) -> Case:
    return load_case(name)


@pytest.fixture(scope="module")
def facts(shared: Path) -> Json:
    return json.loads((shared / "case" / "case_facts.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def sketch(shared: Path) -> Json:
    return json.loads((shared / "case" / "prefs_sketch.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def view(shared: Path) -> Callable[..., tuple[Json, Json]]:
    """Return the facts' own rule for a view by day."""
    spec = importlib.util.spec_from_file_location("as_of", shared / "case" / "tools" / "as_of.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.view  # type: ignore[no-any-return]


def rows_of(facts: Json, kind: str, name: str) -> dict[str, Json]:
    return {row["id"]: row for row in facts[kind] if row["case"] == name}


def estimate(row: Json) -> tuple[float, float, float]:
    return row["low"], row["mid"], row["high"]


def bounds(number: Estimate) -> tuple[float, float, float]:
    return number.low, number.mode, number.high


def taken_over(row: Json) -> list[Json]:
    """Return the stances of a position of the facts, but for the one exception."""
    return [said for said in row["stances"] if (row["id"], said["option"]) not in NOT_TAKEN_OVER]


def basis_here(row: Json, said: Json) -> str:
    """Return the basis of a stance as the cases give it."""
    is_mended = (row["id"], said["option"]) in INFERRED_HERE
    assert not is_mended or said["basis"] == "stated"
    return "inferred" if is_mended else str(said["basis"])


def line_here(sketch: Json, party: str, line: Json) -> Json:
    """Return a red line of the sketch; one whose only ground is inferred here takes that basis, class and prior."""
    if (party, line["issue"], line["option"]) not in REFUSAL_INFERRED_HERE:
        return line
    assert line["basis"] == "stated"
    prior = sketch["rules"]["text_class_priors"]["inferred"]
    return {**line, "basis": "inferred", "text_class": "inferred", "p_binding": prior, "p_nested": prior}


# the record and the positions


def test_each_statement_says_what_the_facts_say(facts: Json) -> None:
    case = case_of(DRAFTS)
    for row in facts["positions"]:
        statement = case.statement[f"S-{row['id']}"]
        says = row["says"].replace("the seed calls", "the columnist calls")
        says = says.replace("Trump promises", "The president-elect promises")  # a party's name is no subject of its own
        assert statement.says == says
        assert statement.actors == (row["party"],)
        assert statement.issue == row["issue"]
        assert statement.grade.value == row["grade"]
        assert statement.text_class == TextClass(row["text_class"])
        assert statement.public_since.isoformat() == row.get("public_from", row["known_from"])


@EACH
def test_each_position_takes_the_stances_of_the_facts(name: str, facts: Json) -> None:
    case = case_of(name)
    word = {"demands": "demands", "could_engage": "would_discuss", "rejects": "rules_out"}
    rows = rows_of(facts, "positions", name)
    assert set(case.position) == set(rows)
    for key, position in case.position.items():
        row = rows[key]
        given = {option: (said.stance.value, said.basis.value) for option, said in position.stances.items()}
        assert given == {said["option"]: (word[said["stance"]], basis_here(row, said)) for said in taken_over(row)}
        assert (position.party, position.issue, position.confidence) == (row["party"], row["issue"], row["confidence"])
        assert set(position.see) == set(row["seed_statements"])


# the frame


@EACH
def test_issues_options_and_consent_are_those_of_the_facts(name: str, facts: Json) -> None:
    fields = {"owners": "owns"} | {
        field: field for field in ("must_consent", "ratifies", "can_spoil", "bound_but_absent")
    }
    case = case_of(name)
    rows = rows_of(facts, "issues", name)
    assert [issue.id for issue in case.issues] == list(rows)
    for row in rows.values():
        issue = case.issue[row["id"]]
        assert issue.title == row["title"]
        assert [option.id for option in issue.options] == [option["id"] for option in row["options"]]
        texts = [str(option.text).casefold() for option in issue.options]
        assert texts == sorted(texts)  # so that their order says nothing
        consents = [(row["consent"], issue.consent)]
        for option in row["options"]:
            assert (issue.option(option["id"]).consent is None) == ("consent" not in option)
            if "consent" in option:
                consents.append((option["consent"], issue.consent_for(option["id"])))
        for told, given in consents:
            for theirs, ours in fields.items():
                assert list(getattr(given, ours)) == [MENDED.get((issue.id, one), one) for one in told[theirs]]


@EACH
def test_each_chain_implies_what_the_facts_imply(name: str, facts: Json) -> None:
    for row in rows_of(facts, "issues", name).values():
        nesting = case_of(name).issue[row["id"]].nesting
        chain = () if nesting is None else nesting.chain
        later = {(a, b) for place, a in enumerate(chain) for b in chain[place + 1 :]}
        told = {(one["ground"], one["if_refused"], one["then_refused"]) for one in row["implies"]}
        assert told == {("too_much", a, b) for a, b in later} | {("too_little", b, a) for a, b in later}


@EACH
def test_consent_lists_and_days_are_those_of_the_facts(name: str, facts: Json) -> None:
    case = case_of(name)
    told = next(row for row in facts["cases"] if row["id"] == name)
    assert case.period is not None
    assert (case.period.first.isoformat(), str(case.period.last), str(case.cut_off)) == (
        told["from"],
        told["to"],
        told["to"],
    )
    assert [one.id for one in case.consent_lists] == [row["id"] for row in told["consent_lists"]]
    for one, row in zip(case.consent_lists, told["consent_lists"], strict=True):
        asked = ["BY_ISSUE"] if one.issue_by_issue else list(one.parties)
        assert (asked, list(one.ratifies)) == (row["must_consent"], row["ratifies"])
        assert (one.disputed is None) == ("disputed_members" not in row)


# the numbers


@EACH
def test_derived_red_lines_are_those_of_the_sketch(name: str, sketch: Json) -> None:
    case = case_of(name)
    assert {preference.party for preference in case.preferences} == set(sketch["preferences"][name])
    for party, row in sketch["preferences"][name].items():
        told = {(line["issue"], line["option"]): line_here(sketch, party, line) for line in row["red_lines"]}
        standing = standing_lines(case, party)
        own = {(line.issue, line.option): line for line in standing if not line.implied_by}
        assert set(own) == set(told)
        for key, line in told.items():
            assert own[key].basis == Basis(line["basis"])
            assert own[key].text_class == TextClass(line["text_class"])
            assert bounds(own[key].probability) == estimate(line["p_binding"])
            assert bounds(own[key].p_nested) == estimate(line.get("p_nested", line["p_binding"]))
            assert own[key].sense == (None if line["sense"] is None else Sense(line["sense"]))
            assert own[key].contested == bool(line["contested_by"])
            assert own[key].relaxed == bool(line["relaxed_by"])
        assert len(standing) - len(own) == len(row["implied_red_lines"])


@EACH
def test_numbers_are_those_of_the_sketch(name: str, sketch: Json) -> None:
    case = case_of(name)
    for party, row in sketch["preferences"][name].items():
        preference = case.preference[party]
        for issue, weight in row["weights"].items():
            assert (issue in preference.weights) == (weight["status"] != "unknown")
            if issue in preference.weights:
                assert bounds(preference.weights[issue]) == estimate(weight["analyst"])
                for option, value in row["values"][issue]["options"].items():
                    series = preference.values[issue].get(option, ())
                    told = [one for one in value["by_date"] if (one["position"], option) not in NOT_TAKEN_OVER]
                    assert [bounds(number) for number in series] == [estimate(one["value"]) for one in told]
    given = sketch["no_agreement"][name]
    assert [(one.id, one.text) for one in case.no_agreement.scenarios] == [
        (one["id"], one["text"]) for one in given["scenarios"]
    ]
    assert [outlook.party for outlook in case.no_agreement.outlooks] == list(given["parties"])
    for outlook in case.no_agreement.outlooks:
        row = given["parties"][outlook.party]
        for kind in ("beliefs", "payoffs"):
            assert {key: bounds(number) for key, number in getattr(outlook, kind).items()} == {
                key: estimate(number) for key, number in row[kind].items()
            }


@EACH
def test_trust_time_and_third_sides_are_those_of_the_sketch(name: str, sketch: Json) -> None:
    case = case_of(name)
    told = {key: value.replace(" ", "-") for key, value in sketch["trust"]["dyads"][name].items()}
    assert {f"{dyad.of}-{dyad.towards}": dyad.trust for dyad in case.dyads} == told
    assert case.shared.patience_6m is not None
    assert bounds(case.shared.patience_6m) == estimate(sketch["time"]["patience_delta_6m"])
    for row in sketch["third_side"]["constituencies"]:
        one = next(one for one in case.constituencies if one.id == row["id"])
        order = [place.split("|") for place in row["order_of_harm"][name] if not place.startswith("not ordered")]
        assert [list(tied) for tied in one.order_of_harm] == order


@EACH
def test_no_override_of_the_sketch_is_dropped(name: str, facts: Json, sketch: Json) -> None:
    """`adopt` of a claim sets each line that it claims; a patience of one party keeps its path and is unresolved."""
    word = {"multiply": Operation.SCALE, "add": Operation.ADD, "adopt": Operation.SET}
    claimed = {row["issue"]: row["rejects_claimed"] for row in facts["author_claims"]}
    case = case_of(name)
    for row in sketch["lenses"]:
        lens = next(one for one in case.lenses if one.id == row["id"])
        assert lens.public_since.isoformat() == row["known_from"]
        told = []
        for pair in (one["pair"] for one in row["overrides"] if one["case"] == name):
            changes = []
            for one in pair:
                head, _, issue = one["target"].partition(".")
                paths = [one["target"].replace("patience_delta_6m", "patience_6m")]
                if head == "author_claims":
                    paths = [f"red_lines.{issue}.{option}.p_binding" for option in claimed[issue]]
                changes += [(one["party"], path, word[one["op"]], estimate(one["value"])) for path in paths]
            told.append(changes)
        assert told == [[(o.party, o.path, o.op, bounds(o.value)) for o in pair.overrides] for pair in lens.pairs]


# what surrounds them


@EACH
def test_dates_known_ahead_and_notes_on_documents_are_those_of_the_facts(name: str, facts: Json) -> None:
    case = case_of(name)
    told = next(row for row in facts["cases"] if row["id"] == name)
    ahead = {
        (row["date"], row["what"])
        for row in facts["calendar"]
        if name == DRAFTS or (row["date"] >= told["from"] and row["known_from"] <= told["to"])
    }
    assert {(str(entry.on), entry.what) for entry in case.calendar} == ahead
    notes = [(note.document_says, note.record) for note in case.record_notes]
    rows = [(row["seed_says"].removeprefix("Seed "), row["record"]) for row in facts["seed_vs_record"]]
    assert {record for _, record in notes} <= {record for _, record in rows}
    claims = [row for row in facts["author_claims"] if name == SETTLEMENT]
    assert [(one.about, one.issue, one.statement, list(one.rules_out)) for one in case.author_claims] == [
        (row["about_party"], row["issue"], row["seed_statement"], row["rejects_claimed"]) for row in claims
    ]


# earlier days, and later ones


DAYS = [
    *[(DRAFTS, day) for day in ("2021-12-20", "2022-01-15", "2022-02-01", "2022-02-05", "2022-02-20")],
    *[(ISTANBUL, day) for day in ("2022-03-06", "2022-03-20", "2022-04-01", "2022-05-17", "2024-07-01")],
    *[(SETTLEMENT, day) for day in ("2024-06-10", "2024-07-01", "2024-10-01", "2024-11-21", "2024-11-30")],
]


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_a_view_by_day_is_that_of_the_facts(
    name: str, day: str, facts: Json, sketch: Json, view: Callable[..., tuple[Json, Json]]
) -> None:
    """Also after the case's own cut-off, where its later reports on drafts come in."""
    then = changed(case_of(name), cut_off=None).at(datetime.date.fromisoformat(day))
    told, judged = view(facts, sketch, day, "public_from")
    public = rows_of(told, "positions", name)
    assert set(then.position) == set(public)
    assert {event.id for event in then.events} == {row["id"] for row in told["timeline"]}
    assert [lens.id for lens in then.lenses] == [row["id"] for row in judged["lenses"]]
    for party, row in judged["preferences"][name].items():
        mine = then.preference.get(party)
        lines = {} if mine is None else {line.never.issues()[0] + str(line.never): line for line in mine.red_lines}
        assert len(lines) == len(row["red_lines"])
        standing = {(line.issue, line.option): line for line in standing_lines(then, party) if not line.implied_by}
        assert {key: (line.basis.value, set(line.because)) for key, line in standing.items()} == {
            (line["issue"], line["option"]): (line["basis"], {ground["position"] for ground in line["grounds"]})
            for line in (line_here(sketch, party, one) for one in row["red_lines"])
        }
        weighed = {issue for issue, weight in row["weights"].items() if weight["analyst"]}
        assert (set() if mine is None else set(mine.weights)) == weighed
    believed = {outlook.party for outlook in then.no_agreement.outlooks if outlook.beliefs}
    assert believed == {
        party for party, row in judged["no_agreement"][name]["parties"].items() if row["beliefs"] is not None
    }

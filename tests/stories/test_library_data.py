"""The bundled cases: complete, consistent with themselves, and true to what they were made from."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from detente.case.case import Case
from detente.case.library import library_cases
from detente.case.load import load_case, problems
from detente.case.package import AnswerStatus
from detente.case.position import Stance
from detente.case.preference import Sense
from detente.case.red_lines import standing_lines
from detente.case.tabled import demanded_in
from detente.core.condition import Among
from detente.evidence.source import Channel, Grade
from detente.evidence.statement import CitationLevel
from detente.evidence.verify import verify
from tests.stories.counting import zone

WORKED = "drafts-and-replies-2021-22"
ON_RECORD = (WORKED, "istanbul-talks-2022", "settlement-talks-2024")  # three cases that share one record
LIBRARY = Path(str(files("detente"))) / "library"
EVERY_CASE = pytest.mark.parametrize("name", [*ON_RECORD, "river-basin", "two-rivals"])
CODED_CASE = pytest.mark.parametrize("name", [*ON_RECORD, "river-basin"])


@cache
def case_of(name: str) -> Case:
    return load_case(name)


@pytest.fixture
def worked() -> Case:
    return case_of(WORKED)


def refusals(case: Case, party: str) -> dict[tuple[str, str], list[str]]:
    """Return (issue, option) → the positions in which a party rules it out, in file order."""
    found: dict[tuple[str, str], list[str]] = {}
    for position in case.positions:
        for option, said in position.stances.items():
            if position.party == party and said.stance is Stance.RULES_OUT:
                found.setdefault((position.issue, option), []).append(position.id)
    return found


# every bundled case


def test_the_library_holds_these_cases() -> None:
    assert set(library_cases()) == {*ON_RECORD, "elmira", "river-basin", "two-rivals"}


@EVERY_CASE
def test_a_bundled_case_has_no_fault(name: str) -> None:
    assert [str(fault) for fault in problems(name)] == []


@EVERY_CASE
def test_a_bundled_case_has_the_id_of_its_name(name: str) -> None:
    assert case_of(name).id == name
    assert case_of(name).licence == "CC-BY-4.0"
    assert case_of(name).illustrative


@CODED_CASE
def test_every_refusal_has_its_red_line_and_every_red_line_its_refusal(name: str) -> None:
    case = case_of(name)
    for party in case.preference:
        lines = {}
        for line in case.preference[party].red_lines:
            assert isinstance(line.never, Among)
            assert len(line.never.options) == 1
            lines[line.never.issue, line.never.options[0]] = set(line.because)
        assert lines == {key: set(ids) for key, ids in refusals(case, party).items()}
    without_numbers = {position.party for position in case.positions} - set(case.preference)
    assert not any(refusals(case, party) for party in without_numbers)


@CODED_CASE
def test_no_red_line_stores_what_its_grounds_say(name: str) -> None:
    lines = [line for preference in case_of(name).preferences for line in preference.red_lines]
    assert all((line.basis, line.text_class, line.p_binding) == (None, None, None) for line in lines)


@CODED_CASE
def test_each_line_with_a_sense_lies_on_its_issues_chain_and_refusals_are_closed_under_it(name: str) -> None:
    case = case_of(name)
    for party in case.preference:
        lines = standing_lines(case, party)
        refused = {(line.issue, line.sense, line.option): line.p_nested.mode for line in lines if not line.relaxed}
        relaxed = {(line.issue, line.option) for line in lines if line.relaxed}
        for (issue, sense, option), probability in refused.items():
            if sense is None:
                continue
            assert issue is not None
            nesting = case.issue[issue].nesting
            assert nesting is not None
            assert option in nesting.chain
            place = nesting.chain.index(option)
            implied = nesting.chain[place + 1 :] if sense is Sense.TOO_MUCH else nesting.chain[:place]
            for other in implied:
                if (issue, other) not in relaxed:
                    assert refused[issue, sense, other] >= probability


@CODED_CASE
def test_a_text_demands_one_option_of_an_issue(name: str) -> None:
    case = case_of(name)
    for text in case.texts:
        assert demanded_in(case, text)
        assert all(len(options) == 1 for options in demanded_in(case, text).values())


@CODED_CASE
def test_a_number_stands_on_grounds_and_says_whose_it_is(name: str) -> None:
    case = case_of(name)
    for preference in case.preferences:
        numbers = [*preference.weights.values()]
        numbers += [
            number for options in preference.values.values() for series in options.values() for number in series
        ]
        assert all(number.because and number.by and number.judged_on for number in numbers)


@CODED_CASE
def test_an_option_has_a_value_where_its_party_has_a_coded_stance(name: str) -> None:
    case = case_of(name)
    for party, preference in case.preference.items():
        coded: dict[str, set[str]] = {}
        for position in case.positions:
            if position.party == party:
                coded.setdefault(position.issue, set()).update(position.stances)
        assert {issue: set(options) for issue, options in preference.values.items()} == coded
        assert set(preference.weights) == set(coded)


@CODED_CASE
def test_each_lens_changes_more_than_one_party_in_every_pair(name: str) -> None:
    for lens in case_of(name).lenses:
        assert all(len({override.party for override in pair.overrides}) > 1 for pair in lens.pairs)


@CODED_CASE
def test_a_fear_is_in_a_partys_own_text_and_an_acknowledgement_is_of_one(name: str) -> None:
    case = case_of(name)
    own = {"own_document", "direct_quote"}
    fears = {statement.id for statement in case.statements if statement.fear}
    assert all(case.statement[fear].attribution.value in own for fear in fears)
    assert all(set(case.statement[fear].actors) <= set(case.party) for fear in fears)
    assert all(set(statement.acknowledges) <= fears for statement in case.statements)


def test_no_file_mentions_where_it_was_made() -> None:
    for path in LIBRARY.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\bseeds?\b|prefs_sketch", text, re.IGNORECASE), path


# the worked example: numbers counted in the facts it was made from


def test_the_worked_example_is_complete(worked: Case) -> None:
    # facts: issues, options, positions and stances whose case is "drafts-and-replies-2021-22"
    assert len(worked.issues) == 24
    assert sum(len(issue.options) for issue in worked.issues) == 88
    assert len(worked.positions) == 102
    assert sum(len(position.stances) for position in worked.positions) == 243
    assert len(worked.consent_lists) == 6
    # facts: 91 article answers, 65 of them no_answer; 9 counter-items, two of them raised in both replies
    articles = [answer for answer in worked.answers if answer.article is not None]
    items = [answer for answer in worked.answers if answer.item is not None]
    assert (len(articles), len(items)) == (91, 11)
    assert sum(answer.status is AnswerStatus.NO_ANSWER for answer in articles) == 65
    # facts: 26 article rows, 205 events (18 disputed), 17 calendar rows, 12 notes on documents, 5 of them on 004
    assert sum(len(text.articles) for text in worked.texts) == 26
    assert len(worked.events) == 205
    assert sum(event.disputed for event in worked.events) == 18
    assert len(worked.calendar) == 17
    assert len(worked.record_notes) == 12 - 5
    # the 22 terms of the term sheet, the sketch's four constituencies and its five lenses, one silent on this case
    assert len(worked.terms) == 22
    assert len(worked.constituencies) == 4
    assert [lens.id for lens in worked.lenses if lens.pairs] == ["lens_000", "lens_001", "lens_002", "lens_003"]
    assert [lens.id for lens in worked.lenses if not lens.pairs] == ["lens_004"]
    # sketch: 68 red lines, 83 of 288 party × issue cells with a weight, twelve parties
    assert sum(len(preference.red_lines) for preference in worked.preferences) == 68
    assert sum(len(preference.weights) for preference in worked.preferences) == 83
    assert len(worked.no_agreement.outlooks) == len(worked.preferences) == 12


def test_the_shared_record_is_complete(worked: Case) -> None:
    # 194 statements coded in the five documents, and one for each of the facts' 181 positions of three cases
    own = [statement for statement in worked.statements if statement.id.startswith("S-P")]
    assert len(own) == 181
    # eleven more: the two sides of T011 and T096; T012, T041, T078, T080, T082 and T106; the preamble of a draft
    assert len(worked.statements) == 194 + 181 + 11
    assert Counter(statement.level for statement in worked.statements)[CitationLevel.SPAN] == 194
    # 47 sources in the facts, one of which stands for the five documents; two shelves for events; the remark at
    # publication that the drafts are no menu, kept apart from the drafts; China's statements of 2022 and of 2024 apart
    assert len(worked.sources) == 47 - 1 + 5 + 2 + 1 + 1
    assert not any(source.grade is Grade.PRIMARY for source in worked.sources)


def test_thirteen_issues_are_shared_by_three_signatories_and_five_with_ukraine(worked: Case) -> None:
    shared_by = {
        parties: sum(all(worked.is_coded(party, issue.id) for party in parties) for issue in worked.issues)
        for parties in (("RUS", "USA", "NATO_MEMBERS"), ("RUS", "USA", "NATO_MEMBERS", "UKR"))
    }
    assert tuple(shared_by.values()) == (13, 5)


@pytest.mark.parametrize("name", ON_RECORD)
def test_nothing_is_coded_as_accepted(name: str) -> None:
    said = {stance.stance for position in case_of(name).positions for stance in position.stances.values()}
    assert said == {Stance.DEMANDS, Stance.WOULD_DISCUSS, Stance.RULES_OUT}


def test_the_texts_amount_to_partial_packages(worked: Case) -> None:
    size = {text.id: len(demanded_in(worked, text)) for text in worked.texts}
    assert size == {"us-ru-draft": 12, "nato-ru-draft": 12, "us-reply": 19, "nato-reply": 13, "ru-reply": 16}
    assert "A23_linkage" not in demanded_in(worked, worked.text["us-ru-draft"])
    assert set(demanded_in(worked, worked.text["ru-reply"])["A23_linkage"]) == {"o2"}


def test_a_confidential_reply_was_not_public_before_it_leaked(worked: Case) -> None:
    leaked = [statement for statement in worked.statements if statement.channel is Channel.LEAKED]
    assert {cite.source for statement in leaked for cite in statement.cites} >= {"us-reply", "nato-reply"}
    assert all(statement.happened is not None for statement in leaked)
    assert all(statement.public_since > statement.happened.last for statement in leaked if statement.happened)
    before, after = worked.at("2022-02-01"), worked.at("2022-02-02")
    assert "P018" not in before.position
    assert "P018" in after.position


def test_the_record_is_one_and_the_same_in_all_cases_that_share_it(worked: Case) -> None:
    for name in ON_RECORD:
        case = case_of(name)
        assert case.record == "../../records/european-security-2021-24"
        for part in ("actors", "sources", "statements", "events"):
            assert getattr(case, part) == getattr(worked, part)
        assert [lens.id for lens in case.lenses] == [f"lens_00{document}" for document in range(5)]
        assert {lens.document for lens in case.lenses} <= set(case.source)
        assert case.text_class_priors == worked.text_class_priors
        assert case.trust_classes == worked.trust_classes


def test_a_disputed_event_has_claims_and_no_actor(worked: Case) -> None:
    for event in worked.events:
        if event.disputed:
            assert not event.actors
            assert len(event.claims) >= 2


@pytest.mark.parametrize("name", ON_RECORD)
def test_names_of_options_are_short(name: str) -> None:
    for issue in case_of(name).issues:
        assert isinstance(issue.short, str)
        assert len(issue.short.split()) <= 5
        for option in issue.options:
            assert isinstance(option.short, str)
            assert len(option.short.split()) <= 6


def test_every_span_of_the_five_documents_is_proved(worked: Case, shared: Path) -> None:
    checked = verify(worked.sources, worked.statements, shared / "corpus")
    assert checked.holds
    assert len(checked.proved) == 194


# the two small cases


def test_every_span_of_the_river_case_is_proved() -> None:
    river = case_of("river-basin")
    checked = verify(river.sources, river.statements, LIBRARY / "records" / "river-basin" / "corpus")
    assert checked.holds
    assert len(checked.proved) == 7
    for source in river.sources:
        if source.file is not None:
            raw = (LIBRARY / "records" / "river-basin" / "corpus" / source.file).read_bytes()
            assert hashlib.sha256(raw).hexdigest() == source.sha256


def test_the_river_case_shows_a_relaxed_line_a_link_and_a_joint_value() -> None:
    river = case_of("river-basin")
    assert [line.id for line in standing_lines(river, "TAR") if line.relaxed] == ["TAR-R2-o3"]
    assert len(river.links) == 1
    assert [len(preference.interactions) for preference in river.preferences] == [1, 0, 0]
    assert len(river.lenses) == 2
    assert not any(position.party == "DELTA" for position in river.positions)


def test_the_upper_states_of_the_river_can_agree_and_the_basin_cannot() -> None:
    river = case_of("river-basin")
    upper, basin = (river.consent_list[name].parties for name in ("cl_upper", "cl_basin"))
    assert zone(river, upper, stated_only=True) > zone(river, upper, stated_only=False) > 0
    assert zone(river, basin, stated_only=True) == 0


def test_the_two_rivals_have_the_zone_of_the_reference() -> None:
    # oracle o10, mini.base: 29 packages leave both at least as well off as war, worth 40 and 30 points
    rivals = case_of("two-rivals")
    assert zone(rivals, ("A", "B"), stated_only=False) == 29


def test_the_two_rivals_are_those_of_the_reference(shared: Path) -> None:
    table = json.loads((shared / "oracles" / "theory" / "o10_minicase.json").read_text(encoding="utf-8"))
    given = next(record for record in table["records"] if record["id"] == "mini.base")["inputs"]
    rivals = case_of("two-rivals")
    assert [issue.id for issue in rivals.issues] == given["issues"]
    for party in ("A", "B"):
        values = rivals.preference[party].values
        assert [[values[issue][f"o{k}"][0].mode for k in (1, 2, 3)] for issue in given["issues"]] == given[party]
        war = given["war"]
        outlook = next(one for one in rivals.no_agreement.outlooks if one.party == party)
        won, lost = ("a-wins", "b-wins") if party == "A" else ("b-wins", "a-wins")
        assert outlook.beliefs["a-wins"].mode == war["p"]
        assert outlook.payoffs[won].mode == war[party]["win"] - war[party]["cost"]
        assert outlook.payoffs[lost].mode == war[party]["lose"] - war[party]["cost"]

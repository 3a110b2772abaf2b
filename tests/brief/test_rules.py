"""What the design says that a brief must be, and must never be: one test for each rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.brief.compose import compose
from detente.brief.document import Brief, Grid, Picture, runs_of, sentences_of
from detente.brief.examination import MOST_NUMBERS, faults, numbers_in_prose
from detente.case.case import Case
from detente.case.ledger.assent import missing_assent
from detente.case.lens_apply import read_through
from detente.core.errors import CaseError
from detente.evidence.source import Grade
from detente.registry.settlement import settlement_report
from detente.wording.bottom_line import MOST_SENTENCES
from detente.wording.never_print import howlers
from detente.wording.sentence import Kind, Run
from detente.wording.statements import GRADE_WORDS
from tests.brief.briefs import RIVER, WORKED, brief_of, case_named, cut, scaffolded, words

NAMES = (WORKED, RIVER, "two-rivals")


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_brief_breaks_no_rule(name: str) -> None:
    assert faults(brief_of(name)) == ()


def test_the_bottom_line_has_at_most_six_sentences_and_no_decimal(name: str) -> None:
    said = tuple(sentences_of(brief_of(name).section("bottom")))
    assert 0 < len(said) <= MOST_SENTENCES
    assert not [one.text for one in said if re.search(r"\d[.,]\d", one.text)]


def test_the_main_part_states_at_most_twelve_numbers(name: str) -> None:
    assert len(numbers_in_prose(brief_of(name))) <= MOST_NUMBERS


def test_every_count_of_the_bottom_line_is_defined_beside_it(name: str) -> None:
    for one in sentences_of(brief_of(name).section("bottom")):
        if any(run.kind is Kind.NUMBER and run.text != "no" for run in one.runs):
            assert one.meaning, one.text


def test_the_sections_are_those_of_the_design(name: str) -> None:
    brief = brief_of(name)
    assert [section.mark for section in brief.sections] == list("012345678")
    assert [section.mark for section in brief.annexes] == list("ABC")


def test_a_section_without_input_says_so(tmp_path: Path) -> None:
    brief = compose(scaffolded(tmp_path / "new"))
    for key in ("fears", "no_deal", "ground", "efforts"):
        assert words(brief.section(key)).strip()
    assert faults(brief) == ()


def test_a_scaffolded_case_gives_a_brief_without_a_judged_number(tmp_path: Path) -> None:
    brief = compose(scaffolded(tmp_path / "new"))
    assert "no judged number" in words(brief.section("numbers"))


def test_a_case_that_codes_no_consent_list_still_gives_a_brief() -> None:
    data = case_named(RIVER).model_dump(mode="json", exclude_unset=True)
    brief = compose(Case.model_validate({**data, "consent_lists": []}))
    assert "Whose yes is needed is not on record" in words(brief.section("bottom"))
    assert "was not asked" in words(brief.section("models"))


# Several consent lists


def test_every_consent_list_has_its_own_answer(name: str) -> None:
    case = case_named(name)
    text = words(brief_of(name).section("bottom"))
    for at, entry in enumerate(case.consent_lists, 1):
        assert f"list {at}" in text
        assert str(entry.name) in text


def test_sentences_that_differ_by_consent_list_name_their_lists() -> None:
    first, second, *_ = sentences_of(brief_of(RIVER).section("bottom"))
    assert first.lists != second.lists
    assert first.text.startswith("Under list 1, ")
    assert second.text.startswith("Under list 2, ")


def test_one_consent_list_may_be_asked_for() -> None:
    case = case_named(RIVER)
    chosen = case.consent_lists[1]
    text = words(compose(case, consent=chosen.id).section("bottom"))
    assert str(chosen.name) in text
    assert str(case.consent_lists[0].name) not in text


def test_nobody_heard_is_not_nobody_refusing() -> None:
    text = words(compose(case_named(WORKED), consent="cl_A5").section("bottom"))
    assert "cannot be answered yet" in text
    assert "nobody whose yes is needed refuses" not in text


@pytest.mark.parametrize("day", ["2021-11-01", "2021-12-18", "2022-01-11", "2022-01-27"])
def test_a_brief_of_any_day_breaks_no_rule(day: str) -> None:
    brief = compose(cut(WORKED, day))
    assert faults(brief) == ()
    assert "on only no" not in words(brief.section("bottom"))


# Red lines: stated first, then inferred too, then a curve


def test_the_zone_is_told_by_stated_lines_then_inferred_ones_then_as_a_curve(name: str) -> None:
    brief = brief_of(name)
    models = brief.section("models")
    assert "Stated lines bind" in words(models)
    assert "Stated and inferred lines bind" in words(models)
    assert any(isinstance(block, Picture) and block.name == "feasibility-curve" for block in models.blocks)


def test_conflicts_name_what_excludes_what_and_never_who_should_move() -> None:
    text = words(brief_of(WORKED).section("models"))
    assert "these cannot all hold" in text
    assert not re.search(r"\bshould\b|\bdrop", text)


# Consent: no package without the coded yes of all concerned


def test_no_package_is_printed_that_lacks_a_coded_consent() -> None:
    case = case_named(WORKED)
    models = brief_of(WORKED).section("models")
    assert not [b for b in models.blocks if isinstance(b, Grid) and "Benchmarks" in "".join(r.text for r in b.caption)]
    assert "To be coded first" in words(models)
    report = settlement_report(case, case.consent_lists[0].id)
    package = report["solutions"]["nash"][0]["package"]
    members = case.consent_lists[0].parties
    assert any(missing_assent(case, issue, option, members) for issue, option in package.items())
    assert howlers(case, package, members)


def test_a_package_is_printed_once_everybody_concerned_is_coded() -> None:
    data = case_named(RIVER).model_dump(mode="json", exclude_unset=True)
    for issue in data["issues"]:
        for consent in (issue.get("consent", {}), *(o.get("consent") or {} for o in issue["options"])):
            for role, parties in consent.items():
                if isinstance(parties, list):
                    consent[role] = [party for party in parties if party in {"TAR", "OST"}]
    brief = compose(Case.model_validate(data))
    text = words(brief.section("models"))
    assert "Benchmarks that presume an enforceable deal" in text


def test_the_picture_of_the_bargaining_space_names_no_package(name: str) -> None:
    case = case_named(name)
    pictures = [b for b in brief_of(name).section("models").blocks if isinstance(b, Picture)]
    spaces = [picture for picture in pictures if picture.name == "bargaining-space"]
    for picture in spaces:
        assert "package" not in picture.header
        for issue in case.issues:
            assert not re.search(rf"\b{re.escape(issue.id)}\b", picture.svg)


# As of


def test_nothing_that_became_public_later_appears() -> None:
    day = "2022-01-20"
    case = cut(WORKED, day)
    brief = compose(case)
    known = {statement.id for statement in case.statements}
    whole = case_named(WORKED)
    later = [s for s in whole.statements if s.id not in known]
    assert later
    shown = {note.statement for note in brief.notes}
    assert shown <= known
    assert all(whole.statement[item].public_since.isoformat() <= day for item in shown)
    text = "".join(words(section) for section in (*brief.sections, *brief.annexes))
    assert "Reaction to the US response" not in text


def test_contested_words_that_came_into_use_later_are_not_listed() -> None:
    text = words(brief_of(WORKED).section("record"))
    assert "special military operation" not in text
    assert "eastward expansion" in text


def test_numbers_judged_later_are_marked_and_counted() -> None:
    brief = brief_of(WORKED)
    assert ", later" in words(brief.section("numbers"))
    assert "Numbers judged after the cut-off" in words(brief.section("wrong"))


# Words, attribution, order, form


def test_questions_are_at_most_three_for_each_party(name: str) -> None:
    from detente.wording.questions import MOST_PER_PARTY

    for block in brief_of(name).section("questions").blocks:
        if isinstance(block, Grid):
            asked = 0
            for row in block.rows:
                asked = 0 if row.heading else asked + 1
                assert asked <= MOST_PER_PARTY


def test_parties_rotate_over_the_sections() -> None:
    firsts = []
    for key in ("paper", "fears", "no_deal", "questions"):
        grids = [b for b in brief_of(WORKED).section(key).blocks if isinstance(b, Grid)]
        firsts.append("".join(r.text for r in (grids[-1].header[1] if key == "paper" else grids[0].rows[0].cells[0])))
    assert len(set(firsts)) > 2


def test_stated_inferred_and_unknown_differ_by_form() -> None:
    from detente.brief.page import to_html

    page = to_html(brief_of(WORKED))
    assert 'class="stated"' in page
    assert 'class="inferred"' in page
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    assert ".inferred { border-bottom: 1.4px dashed" in style.group(1)
    colours = set(re.findall(r"#([0-9a-fA-F]{3,6})\b", style.group(1)))
    assert all(_is_grey(colour) for colour in colours)


def _is_grey(colour: str) -> bool:
    size = len(colour) // 3
    parts = [int(colour[at : at + size] * (2 // size), 16) for at in range(0, len(colour), size)]
    return max(parts) - min(parts) < 8


def test_ground_rests_on_third_party_sources_and_never_on_memory() -> None:
    grids = [block for block in brief_of(WORKED).section("ground").blocks if isinstance(block, Grid)]
    assert [one.caption[0].text.split(",")[0].split(":")[0] for one in grids] == [
        "Ground",
        "Determinations by UN organs",
        "Contested claims",
    ]
    for block in grids:
        for row in block.rows:
            for cell in row.cells:
                assert "memory" not in "".join(run.text for run in cell)


def test_who_took_a_fear_up_stands_beside_it_with_the_day_and_the_words() -> None:
    section = words(brief_of(WORKED).section("fears"))
    assert "China (27 Jan 2022): ‹China says Russia's security concerns should be taken seriously.›" in section
    assert section.index("China (27 Jan 2022)") < section.index("United States (2 Feb 2022)")
    assert "Ostrel (2 Apr 2019): ‹Ostrel says that it understands" in words(brief_of(RIVER).section("fears"))
    assert "not linked to a fear" not in section


def test_a_recognition_of_what_is_no_fear_is_listed_apart_and_an_unlinked_one_is_not_printed() -> None:
    case = case_named(RIVER)
    linked = "S-Q08"
    no_fear = case.model_copy(
        update={
            "statements": tuple(
                one.model_copy(update={"fear": False}) if one.id == "S-Q01" else one for one in case.statements
            )
        }
    )
    section = words(compose(no_fear).section("fears"))
    assert "Recognition in words, not linked to a fear by an analyst: Ostrel (2 Apr 2019): ‹Ostrel says" in section
    assert "on what Tarvia says" in section
    unlinked = case.model_copy(
        update={
            "statements": tuple(
                one.model_copy(update={"acknowledges": ()}) if one.id == linked else one for one in case.statements
            )
        }
    )
    assert "understands" not in words(compose(unlinked).section("fears"))


def test_what_is_only_claimed_is_said_to_be_no_ground_and_graded() -> None:
    section = brief_of(WORKED).section("ground")
    (claims,) = [b for b in section.blocks if isinstance(b, Grid) and b.caption[0].text.startswith("Contested")]
    assert "words and no ground" in claims.caption[0].text
    assert "Words from memory stand in Annex C" in "".join(run.text for run in claims.note)
    said = ["".join(run.text for run in cell) for row in claims.rows for cell in row.cells[1:]]
    grades = [grade for grade in GRADE_WORDS.values() if grade != GRADE_WORDS[Grade.MEMORY]]
    assert said
    assert all(any(f"; {grade})" in one for grade in grades) for one in said)
    assert "; memory)" in words(brief_of(WORKED).section("record"))


def test_every_chart_has_a_table_and_words(name: str) -> None:
    brief = brief_of(name)
    pictures = [b for s in (*brief.sections, *brief.annexes) for b in s.blocks if isinstance(b, Picture)]
    assert pictures
    for picture in pictures:
        assert picture.rows
        assert picture.alt
        assert picture.svg.startswith("<svg")


def test_every_note_gives_date_source_grade_and_level() -> None:
    for note in brief_of(WORKED).notes:
        assert note.says
        assert note.when
        assert note.where
        assert re.search(r"; (?:proved|document|not proved)", note.how_known)


def test_prose_holds_no_machine_id() -> None:
    case = case_named(WORKED)
    ids = [*case.party, *case.issue, *case.consent_list]
    for section in brief_of(WORKED).sections:
        for one in sentences_of(section):
            own = [run.text for run in one.runs if run.kind is not Kind.QUOTED]
            for item in ids:
                assert item in {"NATO", "OSCE", "UN", "EU", "DELTA"} or not any(
                    re.search(rf"\b{re.escape(item)}\b", text) for text in own
                ), (item, one.text)


def test_no_party_is_called_by_one_sides_word_for_it() -> None:
    case, brief = case_named(WORKED), brief_of(WORKED)
    aliases = {str(alias.text) for party in case.parties for alias in party.aliases}
    labels = {run.text for s in brief.sections for run in runs_of(s) if run.kind is Kind.LABEL}
    assert aliases
    assert not [text for text in labels for alias in aliases if alias in text]


# The reader's eight questions


def test_a_reader_of_the_print_can_answer_the_eight_questions() -> None:
    brief = brief_of(WORKED)
    bottom, wrong, record = (words(brief.section(key)) for key in ("bottom", "wrong", "record"))
    assert "Who must agree" in bottom
    assert "Stated lines bind" in bottom
    assert "What blocks, and what stands in the way" in words(brief.section("paper"))
    assert "drew no answer" in bottom + words(brief.section("paper"))
    assert "our reading" in bottom
    assert "it opens if" in wrong
    assert "assumption" in words(brief.section("models"))
    assert "How to reproduce" in record


# Stances


def test_the_prints_of_all_stances_lead_with_their_party_and_say_whether_they_differ() -> None:
    case = case_named(RIVER)
    brief = compose(case, stance="MEL")
    last = tuple(sentences_of(brief.section("bottom")))[-1].text
    assert last.startswith("This print is led by the agenda, words and consent lists of Melune")
    assert len(tuple(sentences_of(brief.section("bottom")))) <= MOST_SENTENCES
    assert faults(brief) == ()


def test_an_unknown_stance_is_refused_with_a_sentence() -> None:
    with pytest.raises(CaseError, match="no such party to lead a print"):
        compose(case_named(RIVER), stance="NOBODY")


def test_a_forbidden_word_in_the_programs_voice_is_found() -> None:
    import dataclasses

    from detente.brief.document import Paragraph
    from detente.wording.sentence import sentence

    brief = brief_of(RIVER)
    spoiled = dataclasses.replace(brief.section("wrong"), blocks=(Paragraph((sentence("This is a bluff."),)),))
    quoted = dataclasses.replace(
        brief.section("wrong"), blocks=(Paragraph((sentence(Run("“A bluff”, says Tarvia.", Kind.QUOTED)),)),)
    )

    def with_last(section: object) -> Brief:
        return dataclasses.replace(brief, sections=(*brief.sections[:-1], section))  # type: ignore[arg-type]

    assert any("bluff" in fault for fault in faults(with_last(spoiled)))
    assert faults(with_last(quoted)) == ()


# What a reader took amiss


def test_the_main_part_speaks_plainly(name: str) -> None:
    jargon = re.compile(r"\b(?:coded|coder|tier|engine|engines|ledger)\b", re.IGNORECASE)
    for section in brief_of(name).sections:
        own = [run.text for run in runs_of(section) if run.kind is Kind.OWN]
        assert not [text for text in own if jargon.search(text)], section.key


def test_the_zone_names_its_hinge_who_is_silent_on_it_and_whose_choice_it_is() -> None:
    first, second, *_ = sentences_of(brief_of(WORKED).section("bottom"))
    assert "every one of them contains ‹self-chosen neutral status, recognised› on ‹NATO enlargement›" in first.text
    assert "the Russian Federation has said nothing that we found" in second.text
    assert "it takes the yes of Ukraine and Georgia" in second.text
    assert "What is your position on ‹self-chosen" in words(brief_of(WORKED).section("questions"))


def test_nobody_is_asked_about_an_act_that_is_anothers_alone() -> None:
    for key in ("questions", "wrong"):
        assert "entities recognised as states" not in words(brief_of(WORKED).section(key))


def test_no_capital_is_asked_what_it_said_in_public(name: str) -> None:
    for block in brief_of(name).section("questions").blocks:
        if isinstance(block, Grid):
            assert not [r for row in block.rows for runs in row.cells for r in runs if "in public" in r.text]


def test_restricted_statements_are_left_out_and_counted() -> None:
    case = case_named(RIVER)
    data = case.model_dump(mode="json", exclude_unset=True)
    hidden = next(s for s in data["statements"] if s["id"] in {n.statement for n in brief_of(RIVER).notes})
    hidden["visibility"] = "restricted"
    brief = compose(Case.model_validate(data))
    assert hidden["id"] not in {note.statement for note in brief.notes}
    assert "restricted sources, statements and events are left out" in "".join(
        run.text for _, runs in brief.header for run in runs
    )


def test_a_lens_that_is_used_is_not_called_unused() -> None:
    case = case_named(RIVER)
    lensed = read_through(case, case.lenses[0].id)
    brief = compose(lensed.case, lens=lensed)
    assert "are read through" in words(brief.section("wrong"))
    assert "read through the lens ‹" in words(brief.section("models"))


def test_draws_under_a_lens_are_called_as_read_through_it() -> None:
    case = case_named(WORKED)
    for lens in (None, case.lenses[0].id):
        lensed = None if lens is None else read_through(case, lens)
        read = case if lensed is None else lensed.case
        annex = compose(read, lens=lensed, draws=10).section("models")
        captions = ["".join(run.text for run in one.caption) for one in annex.blocks if isinstance(one, Grid)]
        accepted = [one for one in captions if "who could accept what" in one]
        assert accepted
        assert {"with the case's own numbers" in one for one in accepted} == {lens is None}
        assert {"as read through the lens" in one for one in accepted} == {lens is not None}


def test_a_stance_must_be_on_the_chosen_list() -> None:
    with pytest.raises(CaseError, match="no such party to lead a print"):
        compose(case_named(WORKED), consent="cl_A1", stance="UKR")
    assert faults(compose(case_named(WORKED), consent="cl_A1", stance="USA")) == ()

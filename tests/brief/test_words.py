"""Words of a brief that readers stumbled over: whose refusal, on which files, how many more, in whose quotes."""

from __future__ import annotations

import re
from functools import cache

import pytest

from detente.brief.compose import compose
from detente.brief.document import Brief, Grid, runs_of
from detente.case.case import Case
from detente.case.load import load_case
from detente.case.position import Basis
from detente.wording.naming import Naming
from detente.wording.sentence import each_quoted, flat, label, mark_between, series, text_of_runs
from detente.wording.settlement import line_words
from tests.brief.briefs import WORKED, brief_of, words

ISTANBUL, SETTLEMENT = "istanbul-talks-2022", "settlement-talks-2024"


@cache
def brief(name: str) -> Brief:
    case = load_case(name)
    return compose(case if case.cut_off is None else case.at(case.cut_off))


def everything(one: Brief) -> str:
    return "\n".join(words(section) for section in (*one.sections, *one.annexes))


def test_the_bottom_line_names_who_is_read_as_refusing() -> None:
    said = words(brief(ISTANBUL).section("bottom"))
    assert re.search(r"‹withdrawal first[^›]*› \(by the Russian Federation\) is refused only in our reading", said)


def test_a_case_without_a_coded_position_has_nobody_who_has_spoken() -> None:
    said = everything(brief_of("two-rivals"))
    assert "have spoken" not in said
    assert "on which numbers are on record for all members" in said
    assert "has said nothing that we found" not in said
    assert "on which all members have spoken" in everything(brief_of(WORKED))


def test_silence_is_only_claimed_for_the_files_of_the_case() -> None:
    for name in (ISTANBUL, SETTLEMENT):
        said = words(brief(name).section("bottom"))
        assert "said nothing on these files that we found" in said


def test_each_wording_has_its_own_quotation_marks() -> None:
    assert text_of_runs(flat(each_quoted("the first; the second"))) == "“the first”; “the second”"
    assert text_of_runs(flat(each_quoted("(no name; none at all)"))) == "“(no name; none at all)”"
    said = everything(brief(SETTLEMENT))
    assert not re.findall(r"“[^”(]*;[^”(]*”", said)


def test_a_name_that_holds_a_comma_is_set_off_by_semicolons() -> None:
    names = [label("Germany"), label("Poland, Estonia, Latvia, Lithuania")]
    assert text_of_runs(flat(series(names))) == "Germany; and Poland, Estonia, Latvia, Lithuania"
    assert mark_between([label("A"), label("B")]) == ", "
    assert text_of_runs(flat(series([label("A"), label("B")]))) == "A and B"


def test_several_states_refuse_and_one_refuses() -> None:
    case: Case = load_case(WORKED)
    line = {"basis": Basis.STATED.value, "statements": (), "issue": None, "option": None}
    issue = case.issues[0]
    never = f"{issue.id} in [{issue.options[0].id}]"
    naming = Naming(case)
    for party in case.parties:
        said = text_of_runs(line_words(naming, {**line, "party": party.id, "never": never}))
        assert ("states refuses" in said) is False


@pytest.mark.parametrize("name", [ISTANBUL, SETTLEMENT, WORKED])
def test_no_table_names_its_party_twice(name: str) -> None:
    for key in ("fears", "no_deal"):
        for block in brief(name).section(key).blocks:
            for row in block.rows if isinstance(block, Grid) else ():
                party = text_of_runs(row.cells[0])
                assert not text_of_runs(row.cells[1]).startswith(f"{party}:")


@pytest.mark.parametrize("name", [ISTANBUL, SETTLEMENT, WORKED])
def test_no_note_ends_in_a_blank_and_no_lens_goes_by_its_id(name: str) -> None:
    for section in (*brief(name).sections, *brief(name).annexes):
        for block in section.blocks:
            if isinstance(block, Grid):
                note = text_of_runs(block.note)
                assert note == note.strip()
        assert "lens_0" not in text_of_runs(runs_of(section))


@pytest.mark.parametrize("name", [ISTANBUL, SETTLEMENT])
def test_no_number_is_put_on_the_refusal_of_a_holder(name: str) -> None:
    lines = [
        row
        for block in brief(name).section("record").blocks
        if isinstance(block, Grid) and "Red lines" in text_of_runs(block.caption)
        for row in block.rows
    ]
    found = [row for row in lines if re.search(r"Crimea recognised as Russian|line of contact|Crimea", row_text(row))]
    for row in found:
        if row_text(row).startswith("Ukraine refuses"):
            assert text_of_runs(row.cells[2]) == "–"
    assert any(text_of_runs(row.cells[2]) != "–" for row in lines)
    assert any(text_of_runs(row.cells[2]) == "–" for row in lines)


def row_text(row: object) -> str:
    return text_of_runs(row.cells[0])  # type: ignore[attr-defined]

"""What one would have to believe, and what relaxing opens, as the brief prints it."""

from __future__ import annotations

import re

import pytest

from detente.brief.document import Grid, sentences_of
from detente.core.fields import text_of
from detente.wording.sentence import text_of_runs
from tests.brief.briefs import RIVER, WORKED, brief_of, case_named, words


def said(name: str, stance: str | None = None) -> list[str]:
    return [one.text for one in sentences_of(brief_of(name, stance).section("wrong"))]


def tables(name: str, words_in_caption: str) -> list[Grid]:
    blocks = brief_of(name).section("models").blocks
    return [b for b in blocks if isinstance(b, Grid) and words_in_caption in text_of_runs(b.caption)]


def annex_a(name: str) -> list[str]:
    return [one.text for one in sentences_of(brief_of(name).section("models"))]


def test_section_8_says_what_one_would_have_to_believe_without_a_number() -> None:
    for name in (WORKED, RIVER, "two-rivals"):
        believed = [text for text in said(name) if "changes this" in text or "This changes" in text]
        assert believed
        assert not [text for text in believed if re.search(r"\d\.\d", re.sub(r"‹[^›]*›", "", text))]


def test_lists_that_differ_are_told_apart() -> None:
    told = [one for one in said(WORKED) if "is as good as no deal for all, by the judged numbers" in one]
    assert [one.partition(" some package")[0] for one in told] == ["Under list 3", "Under lists 1 and 2"]
    assert "lies elsewhere in its judged range" in told[0]
    assert "only if that number lies outside its judged range" in told[1]


def test_section_8_names_only_kind_and_owner_of_a_judged_number() -> None:
    """No course without a deal is named there as worth something, or as expected, by a party."""
    for name in (WORKED, RIVER, "two-rivals", "istanbul-talks-2022", "settlement-talks-2024"):
        case = case_named(name)
        for text in said(name):
            assert not re.search(r"worth to|how (?:far|likely)", text)
            assert not [one.id for one in case.no_agreement.scenarios if text_of(one.text) in text]


def test_every_party_that_refuses_on_a_closed_file_is_named_beside_the_others() -> None:
    """Also where the refusals of one alone would turn the conclusion: nobody is marked out."""
    (text,) = (one for one in said(WORKED) if "stated and inferred refusals together leave no variant" in one)
    for name in ("Russian Federation", "United States", "NATO", "Ukraine"):
        assert name in text
    (text,) = (one for one in said(RIVER) if "no package is left, as stated refusals leave no variant" in one)
    assert "Melune" in text
    assert "Tarvia" in text


@pytest.mark.parametrize("name", [WORKED, RIVER])
def test_annex_a_lists_every_refusal_that_opens_something_side_by_side(name: str) -> None:
    from detente.registry.settlement import settlement_report

    found = tables(name, "if one of these did not hold")
    assert found
    opening = [
        one
        for part in settlement_report(case_named(name))["by_consent"].values()
        for zone in (part, part.get("with_inferred") or {})
        for one in (zone.get("relaxations") or {"lines": []})["lines"]
        if one["packages"] != "0"
    ]
    assert sum(len(table.rows) for table in found) == len(opening)


@pytest.mark.parametrize("name", [WORKED, RIVER])
def test_annex_a_says_row_by_row_whether_packages_would_or_might_be_left(name: str) -> None:
    cells = [text_of_runs(row.cells[1]) for table in tables(name, "if one of these did not hold") for row in table.rows]
    assert any(cell.startswith("would be") for cell in cells)
    for cell in cells:
        assert cell.startswith("might be") == cell.partition(": ")[2].startswith("0 to "), cell


def test_annex_a_counts_sets_of_refusals_and_prints_no_probability_of_them() -> None:
    (first, *_) = (text for text in annex_a(WORKED) if "smallest set" in text and "of several refusals" in text)
    assert "refusals of " in first
    assert not re.search(r"\d\.\d", first)
    assert not [text for text in annex_a(WORKED) if "judged at" in text]


def test_annex_a_prints_no_threshold_beyond_its_scale() -> None:
    cells = [text_of_runs(row.cells[2]) for table in tables(WORKED, "what turns each conclusion") for row in table.rows]
    turned = [float(one) for cell in cells for one in re.findall(r"turns above (\d+\.?\d*)", cell)]
    assert turned
    assert max(turned) <= 1  # the scale of the case, and the sum of each party's weights, end there
    assert any("only a value beyond the scale would do" in cell for cell in cells)


def test_annex_a_has_a_table_of_breakpoints_for_each_computed_list() -> None:
    assert len(tables(WORKED, "what turns each conclusion by itself")) == 3
    assert len(tables(RIVER, "what turns each conclusion by itself")) == 2


def test_nothing_is_recommended() -> None:
    text = words(brief_of(WORKED).section("wrong")) + words(brief_of(WORKED).section("models"))
    for word in ("cheapest", "easiest", "should", "give up", "drop "):
        assert word not in text


def test_the_party_named_first_depends_on_the_print() -> None:
    first = {
        stance: next(one for one in said(WORKED, stance) if "no package is left, as" in one).split("whether of ")[1]
        for stance in ("RUS", "USA")
    }
    assert first["RUS"].startswith("the Russian Federation")
    assert first["USA"].startswith("the United States")

"""What one would have to believe, and what relaxing opens, as the brief prints it."""

from __future__ import annotations

import re

import pytest

from detente.brief.document import Grid, sentences_of
from detente.wording.sentence import text_of_runs
from tests.brief.briefs import RIVER, WORKED, brief_of, case_named, words


def said(name: str, stance: str | None = None) -> list[str]:
    return [one.text for one in sentences_of(brief_of(name, stance).section("wrong"))]


def tables(name: str, words_in_caption: str) -> list[Grid]:
    blocks = brief_of(name).section("models").blocks
    return [b for b in blocks if isinstance(b, Grid) and words_in_caption in text_of_runs(b.caption)]


def test_section_8_says_what_one_would_have_to_believe_without_a_number() -> None:
    for name in (WORKED, RIVER, "two-rivals"):
        believed = [text for text in said(name) if text.startswith("For ")]
        assert believed
        assert not [text for text in believed if re.search(r"\d\.\d", re.sub(r"‹[^›]*›", "", text))]


def test_lists_that_differ_are_told_apart() -> None:
    (text,) = (one for one in said(WORKED) if one.startswith("For no package"))
    assert "(list 3)" in text
    assert "(lists 1 and 2)" in text


def test_every_party_that_refuses_on_a_closed_file_is_named_beside_the_others() -> None:
    """Also where the refusals of one alone would turn the conclusion: nobody is marked out."""
    (text,) = (one for one in said(WORKED) if one.startswith("For a package to be left when inferred refusals"))
    for name in ("Russian Federation", "United States", "NATO", "Ukraine"):
        assert name in text
    (text,) = (one for one in said(RIVER) if one.startswith("For a package to be left by stated refusals"))
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


def test_annex_a_has_a_table_of_breakpoints_for_each_computed_list() -> None:
    assert len(tables(WORKED, "what turns each conclusion by itself")) == 3
    assert len(tables(RIVER, "what turns each conclusion by itself")) == 2


def test_nothing_is_recommended() -> None:
    text = words(brief_of(WORKED).section("wrong")) + words(brief_of(WORKED).section("models"))
    for word in ("cheapest", "easiest", "should", "give up", "drop "):
        assert word not in text


def test_the_party_named_first_depends_on_the_print() -> None:
    first = {
        stance: next(one for one in said(WORKED, stance) if one.startswith("For a package to be left")).split(
            "whether of "
        )[1]
        for stance in ("RUS", "USA")
    }
    assert first["RUS"].startswith("the Russian Federation")
    assert first["USA"].startswith("the United States")

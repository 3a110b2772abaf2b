"""The Istanbul talks of 2022, as a reader of their brief meets them.

Two delegations, one text on the table, and eleven files. On the day on which both sides say that the talks are
suspended, six files can be looked at for both; what the drafts of March and April held of the other five is public only
two years later.
"""

from __future__ import annotations

from functools import cache

import pytest

from detente.brief.compose import compose
from detente.brief.document import Brief, sentences_of
from detente.brief.examination import faults
from detente.case.case import Case
from detente.case.change import changed
from detente.case.ledger.movement import Direction, movements
from detente.case.lens_apply import read_through
from detente.case.load import load_case
from detente.case.matrix import matrix_cell
from detente.case.tabled import demanded_in
from detente.compile.settlement import Weights
from detente.registry.settlement import Report, settlement_report
from tests.stories.counting import zone

BOTH = ("RUS", "UKR")
SIX_FILES = ["B01_alignment", "B02_guarantors", "B06_crimea", "B07_donbas", "B08_withdrawal_sequence", "B09_eu"]


@cache
def whole() -> Case:
    return load_case("istanbul-talks-2022")


@cache
def talks() -> Case:
    """Return the case as it was public on its own last day, 17 May 2022."""
    case = whole()
    assert case.cut_off is not None
    return case.at(case.cut_off)


@cache
def in_2024() -> Case:
    """Return the case as it could be read once the press had reported on the drafts, in June 2024."""
    return changed(whole(), cut_off=None).at("2024-07-01")


@cache
def bilateral(weights: str) -> Report:
    return settlement_report(talks(), "cl_B1", weights=Weights(weights))


@cache
def brief() -> Brief:
    return compose(talks())


def test_what_the_drafts_held_does_not_count_before_it_was_public() -> None:
    # 13 of the 35 positions rest on reports of 2024: P114 to P116, P118, P120, P121, P124, P126, P128, P134 to P137
    assert (len(talks().positions), len(whole().positions)) == (22, 35)
    assert [text.id for text in talks().texts] == ["istanbul-text"]
    assert not any(talks().is_coded(party, "B10_identity_clauses") for party in BOTH)
    assert len(in_2024().positions) == 35
    assert [text.id for text in in_2024().texts] == ["draft-17-march", "istanbul-text"]


def test_six_files_are_spoken_of_by_both_and_all_eleven_once_the_drafts_are_known() -> None:
    def shared(case: Case) -> list[str]:
        return [issue.id for issue in case.issues if all(case.is_coded(party, issue.id) for party in BOTH)]

    assert shared(talks()) == SIX_FILES
    assert len(shared(in_2024())) == 11


def test_ukraines_text_asks_for_one_variant_on_eight_files() -> None:
    asked = demanded_in(talks(), talks().text["istanbul-text"])
    assert {issue: list(options) for issue, options in asked.items()} == {
        "B01_alignment": ["o4"],
        "B02_guarantors": ["o3"],
        "B03_trigger": ["o2"],
        "B04_bases_exercises": ["o2"],
        "B06_crimea": ["o2"],
        "B07_donbas": ["o2"],
        "B08_withdrawal_sequence": ["o3"],
        "B09_eu": ["o2"],
    }


def test_both_come_to_ask_for_neutrality_against_guarantees() -> None:
    opened = {(move.party, move.option) for move in movements(talks(), BOTH) if move.issue == "B01_alignment"}
    assert {("RUS", "o4"), ("UKR", "o4")} <= opened
    dropped = [move for move in movements(talks(), BOTH) if move.direction is Direction.DROPPED]
    assert [(move.party, move.issue, move.option) for move in dropped] == [("UKR", "B06_crimea", "o4")]


@pytest.mark.parametrize("weights", ["analyst", "equal"])
def test_between_the_two_something_is_left_whichever_lines_bind(weights: str) -> None:
    report = bilateral(weights)
    assert report["issues"] == SIX_FILES
    # 4 × 4 × 4 × 4 × 3 × 3 variants; Ukraine says no to one of four on Crimea and to one of three on the sequence
    assert report["packages"]["total"] == str(4**4 * 3**2)
    assert report["packages"]["no_red_line"] == str(4**3 * 3 * 2 * 3)
    # with inferred lines 2 × 2 × 2 × 2 × 1 × 2 are left: each side refuses one or two variants of a file
    assert report["with_inferred"]["packages"]["no_red_line"] == str(2**5)
    assert int(report["with_inferred"]["packages"]["in_zone"]["low"]) > 0
    assert report["red_line_conflicts"] == []


def test_the_zone_is_that_of_a_count_by_hand() -> None:
    report = bilateral("analyst")
    assert report["packages"]["in_zone"]["low"] == str(zone(talks(), BOTH, stated_only=True))
    assert report["with_inferred"]["packages"]["in_zone"]["low"] == str(zone(talks(), BOTH, stated_only=False))


@pytest.mark.parametrize(
    ("listed", "silent"),
    [
        ("cl_B2", ["USA", "GBR", "FRA", "CHN", "CAN", "ITA", "POL", "ISR"]),
        ("cl_B3", ["USA", "GBR", "FRA", "CHN"]),
        ("cl_B4", ["USA", "EU", "GBR"]),
    ],
)
def test_with_guarantors_or_owners_of_sanctions_nothing_can_be_computed(listed: str, silent: list[str]) -> None:
    """Most of those whose yes would be needed were named without being asked."""
    assert settlement_report(talks(), listed)["not_computed"]["missing"] == silent


def test_one_reading_speaks_of_this_case_and_three_are_silent() -> None:
    assert {lens.id: bool(lens.pairs) for lens in talks().lenses} == {
        "lens_000": False,
        "lens_001": True,
        "lens_002": False,
        "lens_003": False,
    }
    lensed = read_through(talks(), "lens_001")
    assert [(one.override.party, one.override.path) for one in lensed.applied] == [
        ("RUS", "values.B02_guarantors.o3"),
        ("UKR", "weights.B02_guarantors"),
    ]
    assert lensed.unresolved == ()
    assert not read_through(talks(), "lens_003").has_effect
    # through it fewer packages are worth it to both, and some are still left
    through = settlement_report(lensed.case, "cl_B1")["packages"]["in_zone"]
    assert 0 < int(through["low"]) < int(bilateral("analyst")["packages"]["in_zone"]["low"])


def test_the_brief_says_so_and_breaks_no_rule() -> None:
    assert faults(brief()) == ()
    said = [one.text for one in sentences_of(brief().section("bottom"))]
    assert said[0].startswith("Under list 1, on the six files on which all members have spoken, if only the refusals")
    assert said[0].endswith("packages are left; some are still left if the red lines that we infer bind too.")
    assert "Refusals close no file; the narrowest is ‹Sequence of withdrawal›" in said[1]
    assert "touch on four of the six files on which both have spoken, but on none in words both used" in said[2]
    assert "lists 2 to 4 cannot be answered yet" in said[3]
    assert said[4] == "Most files were first put on the table by Ukraine."


def test_no_package_is_printed_while_the_guarantors_are_silent() -> None:
    models = brief().section("models")
    words = [one.text for one in sentences_of(models)]
    assert any(one.startswith("No package of this list is printed") for one in words)
    assert any("the states named as guarantors" in one for one in words if one.startswith("To be coded first"))
    assert not matrix_cell(talks(), "GUAR", "B02_guarantors").is_coded

"""The matrix: every cell in the table, stated and inferred apart, unknown never as consent."""

from __future__ import annotations

import pytest

from detente.case.case import Case
from detente.case.ledger import ledger
from detente.case.ledger.stances import held_stances
from detente.case.load import load_case
from detente.case.position import Stance
from detente.charts import Chart, matrix_parties, paper_matrix
from detente.charts.stance import stance_glyph
from detente.core.fields import text_of


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("drafts-and-replies-2021-22")


@pytest.fixture(scope="module")
def chart(case: Case) -> Chart:
    return paper_matrix(case, ledger(case), matrix_parties(case))


def test_columns_are_parties_of_consent_lists_that_have_positions(case: Case) -> None:
    parties = matrix_parties(case)
    assert {"RUS", "USA", "NATO", "UKR", "GEO", "MDA"} <= set(parties)
    assert not {"NATO_MEMBERS", "BLR", "CHN"} & set(parties)
    assert set(matrix_parties(case, "cl_A1")) == {"RUS", "USA"}


def test_every_cell_has_its_row_with_each_stance_and_statement(case: Case, chart: Chart) -> None:
    parties = matrix_parties(case)
    assert len(chart.table.rows) == len(case.issues) * len(parties)
    words = " ".join(" ".join(row) for row in chart.table.rows)
    for party in parties:
        for issue in case.issues:
            for held in held_stances(case, party, issue.id).values():
                assert f"{text_of(issue.option(held.option).text)} ({held.option})" in words
                assert f"[{held.statement}]" in words


def drawn_texts(chart: Chart) -> set[str]:
    return {
        row["text"]
        for layer in chart.spec["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    }


def test_numbers_are_those_of_the_page_around_the_chart(case: Case) -> None:
    numbers = {statement.id: place for place, statement in enumerate(case.statements, 1001)}
    chart = paper_matrix(case, ledger(case), matrix_parties(case), numbers=numbers)
    notes = {row[0] for row in chart.table.rows if row[0]}
    assert notes
    assert notes <= drawn_texts(chart)
    assert {int(number) for note in notes for number in note.rstrip("…").split(", ")} <= set(numbers.values())


def test_without_numbers_none_is_drawn_or_listed(chart: Chart) -> None:
    assert chart.table.header[0] == "issue"
    assert not [text for text in drawn_texts(chart) if text.isdigit()]
    assert "order of the variants as listed in the table below" in chart.subtitle


def test_a_party_without_a_word_is_shown_as_unknown(chart: Chart) -> None:
    silent = [row for row in chart.table.rows if row[2].endswith("nothing on record")]
    assert {row[2] for row in silent} == {"nothing on record", "consent needed, nothing on record"}
    hovers = [row["label"] for layer in chart.spec["layer"] for row in layer["data"]["values"] if "label" in row]
    assert len(hovers) == len(chart.table.rows)
    assert sum("unknown, not consent" in hover for hover in hovers) == len(silent)


def test_every_stance_stated_or_inferred_has_its_own_look() -> None:
    looks = [
        tuple((mark.kind, mark.style) for mark in stance_glyph(0, 0, stance, stated=stated))
        for stance in (*Stance, None)
        for stated in (True, False)
        if stated or stance not in (Stance.NO_ANSWER, None)
    ]
    assert len(looks) == len(set(looks))
    inferred = list(stance_glyph(0, 0, Stance.DEMANDS, stated=False))
    assert dict(inferred[0].style)["strokeDash"]


def test_the_lead_has_the_first_column(case: Case) -> None:
    table = paper_matrix(case, ledger(case), matrix_parties(case), lead="UKR").table
    assert table.rows[0][1] == "Ukraine"


def test_what_moved_is_marked_in_picture_and_table(case: Case, chart: Chart) -> None:
    shown = matrix_parties(case)
    moved = {(m.issue, m.party, m.option) for m in ledger(case).movements if m.party in shown}
    assert moved
    assert sum(len(row[4].split(", ")) for row in chart.table.rows if row[4]) == len(moved)


def test_twenty_four_issues_by_eight_parties_fit_one_a4_page(chart: Chart) -> None:
    assert chart.spec["height"] / chart.spec["width"] * 17 < 25.7  # cm, with margins of 2 cm

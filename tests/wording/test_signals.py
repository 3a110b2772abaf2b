"""Signals in sentences: nothing is invented where a number is missing, and breakpoints name their number."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.registry.signals import signals_report
from detente.wording.signals import annex_sentences, nerves_lines, offer_lines, signal_lines, turning_sentences


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("river-basin")


@pytest.fixture(scope="module")
def report(case: Case) -> dict[str, Any]:
    return signals_report(case)


def test_a_signal_without_costs_is_called_words(case: Case, report: dict[str, Any]) -> None:
    bare = {**report["signals"][0], "kinds": []}
    (line,) = signal_lines(case, bare)
    assert line.startswith("Its words cost nothing")


def test_an_unknown_private_cost_names_its_field(case: Case, report: dict[str, Any]) -> None:
    lines = list(signal_lines(case, report["signals"][0]))
    assert "The same said in private: not known; crisis.audiences TAR-farmers gives no after_private." in lines


def test_each_combination_of_gains_has_its_own_reading_for_every_author(case: Case, report: dict[str, Any]) -> None:
    said = set()
    for author in ("at all numbers in range", "at none"):
        for other in ("at some", "at none"):
            offer = report["offers"][0]
            parties = [
                {**one, "gains": {"likely": author if place == 0 else other, "whatever": "at some"}}
                for place, one in enumerate(offer["parties"])
            ]
            said.add(list(offer_lines(case, {**offer, "parties": parties}))[-2])
    assert len(said) == 3  # an author that would lose is told from the others whatever they would gain


def test_a_contest_that_is_locked_in_at_once_says_so(case: Case, report: dict[str, Any]) -> None:
    first = next(iter(nerves_lines(case, report["contests"][0])))
    assert "almost from the beginning" in first
    assert list(nerves_lines(case, {**report["contests"][0], "nerves": None})) == []


def test_a_breakpoint_names_where_its_number_is_now_and_where_it_would_turn(case: Case, report: dict[str, Any]) -> None:
    said = [one.text for one in turning_sentences(case, report)]
    assert any("costs Tarvia at least 0.0165" in one and "taken to cost 0.1 (0.02 to 0.2)" in one for one in said)
    assert all("as long as" in one for one in said)


def test_nobody_is_named_in_print_as_one_who_would_give_way(case: Case, report: dict[str, Any]) -> None:
    assert any("could give way at the very beginning" in line for line in nerves_lines(case, report["contests"][0]))
    printed = [one.text for one in (*annex_sentences(case, report), *turning_sentences(case, report))]
    assert not any("could give way" in one or "very beginning" in one for one in printed)


def test_the_annex_says_after_whom_and_rests_on_the_grounds_of_the_signals(case: Case, report: dict[str, Any]) -> None:
    found = list(annex_sentences(case, report))
    assert found[0].rests_on == ("E07",)
    assert 2 <= len(found) <= 6
    assert any("Fearon (1997)" in one.text for one in found)
    assert any("Fearon (1994)" in one.text for one in found)

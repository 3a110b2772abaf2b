"""Comparisons in words: attributed, with the sides where the answers are."""

from __future__ import annotations

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.compile.elicitation import Side
from detente.wording.elicitation import circle, departing, improbable, introduction, question, sentence
from detente.wording.never_print import violations

FLOW, DATA = "R1_border_flow", "R3_river_data"
LEVELS = (Side(FLOW, ("o3",)), Side(FLOW, ("o4",)))
STEPS = (Side(FLOW, ("o1", "o3")), Side(FLOW, ("o3", "o4")))
CHANGES = (Side(FLOW, ("o1", "o4")), Side(DATA, ("o1", "o2")))


@pytest.fixture(scope="module")
def river() -> Case:
    return load_case("river-basin")


@pytest.mark.parametrize("sides", [LEVELS, STEPS, CHANGES], ids=["levels", "steps", "changes"])
def test_every_question_is_about_what_is_taken_to_be_so(river: Case, sides: tuple[Side, Side]) -> None:
    asked = question(river, "MEL", *sides)
    assert " taken to " in asked.text
    for text in (asked.text, asked.first, asked.second, introduction(river, "MEL")):
        assert violations(text) == ()
    assert "public material only" in introduction(river, "MEL")


def test_the_larger_step_is_the_one_away_from_the_nearer_option(river: Case) -> None:
    """Answer 1 says that o1 to o3 is the larger step, hence that o3 is nearer to o4."""
    asked = question(river, "MEL", *STEPS)
    o1, o3, o4 = (f"‹{river.issue[FLOW].option(one).short}›" for one in ("o1", "o3", "o4"))
    assert (asked.first, asked.second) == (o4, o1)
    assert o3 in asked.text
    assert sentence(river, *STEPS, "first").endswith(f"{o3} is nearer in worth to {o4} than to {o1}")
    assert sentence(river, *STEPS, "second").endswith(f"{o3} is nearer in worth to {o1} than to {o4}")


@pytest.mark.parametrize("sides", [LEVELS, STEPS, CHANGES], ids=["levels", "steps", "changes"])
def test_swapping_the_sides_with_the_answer_says_the_same(river: Case, sides: tuple[Side, Side]) -> None:
    first, second = sides
    assert sentence(river, first, second, "first") == sentence(river, second, first, "second")
    four = {sentence(river, first, second, word) for word in ("first", "second", "same", "unknown")}
    assert len(four) == 4


def test_what_does_not_fit_is_said_in_numbers() -> None:
    assert circle([2, 5, 7]).startswith("Answers 2, 5 and 7 go round in a circle")
    assert improbable(4, 0.031).endswith("a probability of 3%")
    assert departing(4, 0.0001).endswith("a probability of 1%")
    assert "departs from the numbers that the case has so far" in departing(4, 0.0001)

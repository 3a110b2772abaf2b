"""The crisis section: what is refused in it, and what of it was public on a day."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping
from typing import Any

import pytest

from detente.case.as_of import at
from detente.case.case import Case
from detente.case.crisis import Crisis
from detente.case.library import library_cases
from detente.case.load import load_case
from detente.case.references import reference_problems
from tests.case.builders import small

DAY = datetime.date(2022, 2, 15)

SECTION: dict[str, Any] = {
    "confrontations": [
        {
            "id": "war",
            "sides": ["A", "B"],
            "can_start": ["A"],
            "issues": ["water"],
            "win_chance": {"A": {"mode": 0.6, "because": ["s1"]}, "B": {"mode": 0.5, "since": "2022-02-20"}},
            "cost": {"A": 0.1, "B": 0.2},
            "effects": [
                {"id": "guns", "text": "guns", "when": "bridge in [b1]", "win_chance": -0.1, "because": ["s3"]},
                {"id": "time", "text": "time", "win_chance": 0.1, "years": 2},
            ],
        }
    ],
    "audiences": [
        {"id": "home", "party": "A", "text": "at home", "after_public": {"mode": 0.1, "since": "2022-02-20"}},
        {"id": "press", "party": "A", "text": "the press", "after_public": 0.2},
    ],
    "signals": [{"id": "word", "party": "A", "text": "a word", "audiences": ["home", "press"]}],
    "ladder": {
        "parties": ["A", "B"],
        "rungs": [
            {"rung": 1, "text": "low", "accident": 0.01, "cost": {"A": 0.1}},
            {"rung": 2, "text": "high", "accident": {"mode": 0.1, "because": ["s3"]}},
        ],
        "prevails": {"A": 1},
    },
    "safeguards": [
        {"id": "line", "text": "a line", "when": "water in [w2]", "rungs": [2], "accident_times": 0.5},
        {"id": "far", "text": "distance", "rungs": [1, 2], "accident_times": 0.5},
    ],
    "measures": [
        {
            "id": "ban",
            "text": "a ban",
            "by": ["B"],
            "on": "A",
            "cost_to_target": 0.1,
            "cost_to_senders": {"B": 0.05},
            "relief": [{"text": "half", "when": "bridge in [b1]", "share": 0.5}],
        }
    ],
    "turning_points": [{"id": "vote", "on": "2022-03-10", "text": "a vote", "chance": 0.5, "win_chance": {"war": 0.1}}],
    "delays": [{"party": "A", "cost": 0.1, "rate": 0.05}],
}


def values(**changes: Any) -> dict[str, Any]:
    return {**small(), "crisis": {**copy.deepcopy(SECTION), **changes}}


def case_of(section: Mapping[str, Any]) -> Case:
    return Case.model_validate({**small(), "crisis": copy.deepcopy(section)})


def test_the_section_as_it_stands_has_no_problem() -> None:
    assert reference_problems(case_of(SECTION)) == ()


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("confrontations", 0, "sides"), ["A", "C"], "no such party"),
        (("confrontations", 0, "sides"), ["A", "A"], "twice"),
        (("confrontations", 0, "can_start"), ["AB"], "none of its sides"),
        (("confrontations", 0, "issues"), ["air"], "no such issue"),
        (("confrontations", 0, "scenario"), "S9", "no such scenario"),
        (("confrontations", 0, "win_chance"), {"A": 1.2}, "out of range"),
        (("confrontations", 0, "win_chance"), {"AB": 0.5}, "none of its sides"),
        (("confrontations", 0, "cost"), {"A": -0.1}, "out of range"),
        (("confrontations", 0, "risk"), {"A": 0}, "out of range"),
        (("confrontations", 0, "effects", 0, "when"), "air in [b1]", "no such issue"),
        (("confrontations", 0, "effects", 1, "id"), "guns", "twice"),
        (("signals", 0, "audiences"), ["nobody"], "no such audience"),
        (("signals", 0, "party"), "B", "an audience of A"),
        (("signals", 0, "move"), "m9", "no such move"),
        (("ladder", "rungs", 1, "rung"), 1, "twice"),
        (("ladder", "parties"), ["A", "A"], "twice"),
        (("ladder", "rungs", 0, "cost"), {"AB": 1}, "none of its sides"),
        (("ladder", "uncontrolled"), "S9", "no such scenario"),
        (("safeguards", 0, "rungs"), [7], "no such rung"),
        (("safeguards", 0, "accident_times"), 1.5, "out of range"),
        (("measures", 0, "cost_to_senders"), {"A": 0.1}, "none of its sides"),
        (("measures", 0, "relief", 0, "share"), 2, "out of range"),
        (("turning_points", 0, "win_chance"), {"peace": 0.1}, "no such confrontation"),
        (("turning_points", 0, "chance"), 2, "out of range"),
        (("delays", 0, "party"), "C", "no such party"),
        (("audiences", 1, "id"), "home", "twice"),
        (("audiences", 0, "because"), ["s9"], "no such statement"),
    ],
)
def test_what_is_wrong_is_named(path: tuple[str | int, ...], value: Any, says: str) -> None:
    given: Any = values()
    here = given["crisis"]
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    found = reference_problems(Case.model_validate(given))
    assert any(says in problem.what for problem in found), [problem.what for problem in found]
    assert all(problem.path[0] == "crisis" for problem in found)


def test_a_patron_its_protege_and_their_opponent_are_three() -> None:
    patronage = {"id": "p", "patron": "A", "protege": "A", "against": "B", "aid": 0.1, "stake": 0.1, "cost": 0.1}
    found = reference_problems(Case.model_validate(values(patronages=[patronage])))
    assert [problem.path for problem in found] == [("crisis", "patronages", 0)]


def test_an_empty_section_is_refused() -> None:
    with pytest.raises(ValueError, match="the section is empty"):
        Crisis.model_validate({"note": "nothing yet"})


def test_numbers_and_items_are_there_once_their_grounds_are() -> None:
    """s3 is public since 2022-03-01, the belief of B and the audience at home since 2022-02-20."""
    case = case_of(SECTION)
    first, second, third = (case.at(day).crisis for day in ("2022-02-15", "2022-02-25", "2022-03-05"))
    assert first is not None
    assert second is not None
    assert third == case.crisis
    assert [sorted(part.confrontations[0].win_chance) for part in (first, second)] == [["A"], ["A", "B"]]
    assert [[one.id for one in part.confrontations[0].effects] for part in (first, second)] == [["time"], ["time"]]
    assert [[one.id for one in part.audiences] for part in (first, second)] == [["press"], ["home", "press"]]
    assert [part.signals[0].audiences for part in (first, second)] == [("press",), ("home", "press")]
    assert first.ladder is not None
    assert [rung.rung for rung in first.ladder.rungs] == [1]
    assert [(one.id, one.rungs) for one in first.safeguards] == [("far", (1,))]  # one on a rung that is gone goes too


def test_a_section_of_which_nothing_was_public_is_not_there() -> None:
    late = {"id": "x", "party": "A", "text": "x", "after_public": {"mode": 0.1, "because": ["s3"]}}
    assert at(case_of({"audiences": [late]}), DAY).crisis is None


@pytest.mark.parametrize("name", library_cases())
def test_two_cuts_are_the_earlier_one_and_leave_no_reference_behind(name: str) -> None:
    case = load_case(name)
    for day in ("2021-12-20", "2022-02-01"):
        once = case.at(day)
        assert once.at(day).crisis == once.crisis
        assert case.at("2022-02-16").at(day).crisis == once.crisis
        assert reference_problems(once) == ()

"""Fearon (1995) as published: the range, its corners, and what closes it."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

import pytest

from detente.engines.crisis import (
    Confrontation,
    bargaining_range,
    critical_first_strike,
    find_range_turns,
    war_values,
)

FILE = Path(__file__).resolve().parents[2] / "published" / "o2_war.toml"
RECORDS: dict[str, Any] = {one["id"]: one for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["record"]}


def records(kind: str) -> list[Any]:
    return [pytest.param(one, id=name) for name, one in RECORDS.items() if name.startswith(f"{kind}.")]


@pytest.mark.parametrize("record", records("range"))
def test_the_range_is_that_of_fearon(record: dict[str, Any]) -> None:
    given, expected = record["inputs"], record["expected"]
    found = bargaining_range(
        Confrontation((given["p"], given["p"]), (given["cA"], given["cB"]), 0.0, (given["aA"], given["aB"]))
    )
    assert (found.low, found.high) == pytest.approx((expected["lo"], expected["hi"]), abs=record["tol"])
    assert found.width == pytest.approx(expected["width"], abs=record["tol"])
    assert found.empty == expected["empty"]


def test_two_sides_that_seek_risk_at_no_cost_leave_no_range() -> None:
    """u = x^2, p = .6: [sqrt(.6), 1 - sqrt(.4)], whose width is 1 - sqrt(.6) - sqrt(.4) = -.407052."""
    found = bargaining_range(Confrontation((0.6, 0.6), (0.0, 0.0), 0.0, (2.0, 2.0)))
    assert found.empty
    assert found.width == pytest.approx(1 - math.sqrt(0.6) - math.sqrt(0.4), abs=1e-12)


@pytest.mark.parametrize("record", records("firststrike"))
def test_a_first_strike_narrows_the_range_up_to_the_published_size(record: dict[str, Any]) -> None:
    given, expected = record["inputs"], record["expected"]
    one = Confrontation((given["p"],) * 2, (given["cA"], given["cB"]), given["f"])
    found = bargaining_range(one)
    assert (found.low, found.high) == pytest.approx((expected["lo"], expected["hi"]), abs=record["tol"])
    assert critical_first_strike(one) == pytest.approx(expected["critical_f"], abs=1e-12)


def test_optimism_of_both_empties_a_range_that_costs_leave_open() -> None:
    """Fearon pp. 390-395: with beliefs .7 and .4 of the first side's chance, .3 exceeds costs of .25."""
    one = Confrontation((0.7, 0.4), (0.1, 0.15))
    assert bargaining_range(one).empty
    assert sum(war_values(one)) == pytest.approx(1.05)  # .6 and .45 of one stake


def test_a_side_for_whom_fighting_is_worth_less_than_nothing_takes_any_share() -> None:
    found = bargaining_range(Confrontation((0.1, 0.1), (0.3, 0.05))).within()
    assert (found.low, found.high) == (0.0, pytest.approx(0.15))


def test_numbers_that_turn_the_range_leave_no_width() -> None:
    """Put in its place, each number makes the width zero."""
    one = Confrontation((0.65, 0.5), (0.1, 0.2), 0.05, (0.9, 1.2))
    turned = 0
    for turn in find_range_turns(one):
        if turn.value is None:
            continue
        turned += 1
        numbers = {
            "win_chance": list(one.win_chance), "cost": list(one.cost), "risk": list(one.risk),
            "first_strike": [one.first_strike],
        }  # fmt: skip
        numbers[turn.number][turn.side or 0] = turn.value
        other = Confrontation(
            (numbers["win_chance"][0], numbers["win_chance"][1]),
            (numbers["cost"][0], numbers["cost"][1]),
            numbers["first_strike"][0],
            (numbers["risk"][0], numbers["risk"][1]),
        )
        assert bargaining_range(other).width == pytest.approx(0.0, abs=1e-9)
    assert turned == 7

"""The numbers of the literature and of the theory oracles on signals, through the public functions."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

import pytest

from detente.engines.signals import Defence, Nerve, Stand, Uniform, critical_risk, hands, mixed_chicken, nerves
from detente.maths.attrition import mixed_attrition, stopping_time

PUBLISHED: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "published" / "signals.toml").read_text(encoding="utf-8")
)


def each(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("record", PUBLISHED[kind], ids=lambda record: record["record"])


def near(record: dict[str, Any], name: str) -> Any:
    """Return what a record expects, within its tolerance."""
    expected = record["expected"][name]
    largest = max(map(abs, expected)) if isinstance(expected, list) else abs(expected)
    return pytest.approx(expected, abs=record["tol"] * (1 + largest))


@each("nerves")
def test_a_war_of_nerves_has_the_horizon_and_shares_of_the_oracle(record: dict[str, Any]) -> None:
    given = record["inputs"]
    sides = [
        Nerve(float(prize), rate, Uniform(-width, 0.0))
        for prize, rate, width in zip(given["v"], given["a"], given["W"], strict=True)
    ]
    found = nerves(*sides)
    assert found.horizon == near(record, "horizon")
    assert list(found.gives_way_at_once) == near(record, "p_quit_at_0")
    assert list(found.gives_way) == near(record, "p_back_down")
    assert found.fights == near(record, "p_war")


@each("hands")
def test_tying_hands_and_sinking_costs_have_the_sizes_worths_and_risks_of_the_oracle(record: dict[str, Any]) -> None:
    given = record["inputs"]
    defence = Defence(win=given["p"], cost=given["c"], determined=given["q"])
    found = hands(defence, Uniform(0.0, 1.0))
    for name, value in (
        ("a_star", defence.tied),
        ("cutoff_tying", defence.tied_from),
        ("m_star", defence.sunk),
        ("cutoff_sinking", defence.sunk_from),
        ("EU_tying", found.worth_tied),
        ("EU_sinking", found.worth_sunk),
        ("EU_none", found.worth_silent),
        ("p_war_tying", found.fights_tied),
        ("p_war_sinking", found.fights_sunk),
    ):
        assert value == near(record, name), name


@each("chicken")
def test_chicken_has_the_textbook_mixture(record: dict[str, Any]) -> None:
    given = record["inputs"]
    side = Stand(given["T"], given["R"], given["S"], given["P"])
    firm, disaster = mixed_chicken(side, side)
    assert firm[0] == firm[1] == near(record, "p_firm")
    assert disaster == near(record, "p_disaster")


@each("critical_risk")
def test_critical_risks_tie_as_in_the_oracle(record: dict[str, Any]) -> None:
    given = record["inputs"]
    found = [critical_risk(*numbers) for numbers in zip(given["own"], given["yield_"], given["disaster"], strict=True)]
    assert found == near(record, "r")
    assert (found[0] == found[1]) is record["expected"]["tie"]


@each("attrition")
def test_attrition_with_known_values_stops_at_the_published_rates(record: dict[str, Any]) -> None:
    found = mixed_attrition(record["inputs"]["v"], record["inputs"]["c"])
    assert list(found.stops) == near(record, "quit_hazard")
    assert list(found.prevails) == near(record, "p_win")
    assert found.duration == near(record, "expected_duration")


@each("attrition_private")
def test_attrition_with_exponential_values_stops_at_half_the_rate_times_the_square(record: dict[str, Any]) -> None:
    rate = record["inputs"]["lam"]
    for value in (1, 2):
        found = stopping_time(float(value), lambda x: math.exp(-rate * x))
        assert found == near(record, f"t_at_{value}")

"""The ladders of the theory oracles, in complete information."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.core.errors import ModelError
from detente.engines.ladder import (
    LadderModel,
    critical_risk,
    first_bid,
    out_of_control,
    patience_share,
    solve,
    within,
    yields_first,
)
from tests.engines.ladder.ladders import duel

PUBLISHED: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "published" / "ladder.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("record", PUBLISHED["ladder"], ids=lambda record: record["record"])
def test_a_ladder_of_two_is_played_as_published(record: dict[str, Any]) -> None:
    (play,) = solve(duel(record["win"], record["lose"], record["disaster"], record["q"])).solutions
    first = record["first_mover"]
    assert play.value[0, 0, first] == pytest.approx(record["value"], abs=record["tol"])
    assert play.accident[0, 0, first] == pytest.approx(record["p_disaster"], abs=record["tol"])
    acts = [play.act[0, rung, (first + rung) % 2] for rung in range(len(record["q"]))]
    assert ["climb" if act else "concede" for act in acts] == record["actions"]
    found = critical_risk(*(np.array(record[name]) for name in ("win", "lose", "disaster")))
    assert found == pytest.approx(record["critical_risk"], abs=1e-9)


def test_an_even_ladder_is_conceded_at_once_where_the_other_has_the_last_safe_act() -> None:
    """By hand: on the second rung B acts (0.9·10 − 0.1·10 > 0) and A has no rung left, so A's act only risks −10."""
    (play,) = solve(duel([10, 10], [0, 0], [-10, -10], [0.1, 0.1])).solutions
    assert play.act[0, 0].tolist() == [0, 0]
    assert play.act[0, 1].tolist() == [2, 2]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"accident": np.array([[0.1, 1.5]])}, "this is no chance"),
        ({"order": np.array([[0, 0]])}, "not an order of turns"),
        ({"opposed": np.zeros((2, 2), dtype=np.bool_)}, "who is opposed to whom"),
        ({"end": np.zeros((1, 2, 3))}, "another shape"),
    ],
)
def test_a_model_that_is_none_is_refused_in_a_sentence(change: dict[str, Any], words: str) -> None:
    one = duel([10, 10], [0, 0], [-10, -10], [0.1, 0.1])
    fields = {name: getattr(one, name) for name in LadderModel.__dataclass_fields__}
    with pytest.raises(ModelError, match=words):
        LadderModel(**{**fields, **change})


@pytest.mark.parametrize("record", PUBLISHED["brink"], ids=lambda record: record["record"])
def test_brinkmanship_ends_as_published(record: dict[str, Any]) -> None:
    gain, loss = np.array(record["gain"]), np.array(record["loss"])
    assert float(out_of_control(gain, loss)) == pytest.approx(record["p_disaster"], abs=record["tol"])
    assert yields_first(gain, loss) == pytest.approx(record["p_yield"], abs=record["tol"])


@pytest.mark.parametrize("record", PUBLISHED["dollar_auction"], ids=lambda record: record["record"])
def test_the_first_bid_of_the_dollar_auction_is_as_published(record: dict[str, Any]) -> None:
    bid = first_bid(stake=record["stake"], budget=record["budget"])
    assert bid == record["first_bid"]
    assert record["stake"] - bid == record["payoff_mover"]


@pytest.mark.parametrize("record", PUBLISHED["patience"], ids=lambda record: record["record"])
def test_offers_in_quick_turn_divide_as_published(record: dict[str, Any]) -> None:
    assert patience_share(*record["rates"]) == pytest.approx(record["share"], abs=1e-9)


@pytest.mark.parametrize(("stake", "budget"), [(1, 5), (5, 4)])
def test_an_auction_outside_the_formula_is_refused(stake: int, budget: int) -> None:
    with pytest.raises(ModelError, match="no less"):
        first_bid(stake=stake, budget=budget)


def test_no_chance_of_an_accident_lies_above_one() -> None:
    with pytest.raises(ModelError, match="no chance"):
        within(1.2, 3)

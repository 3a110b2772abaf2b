"""The unilateral deterrence game: reference values, borders between equilibria, and what it refuses."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from detente.core.errors import ModelError
from detente.engines.crisis.deterrence import (
    DeterrenceGame,
    Regime,
    rudimentary_threshold,
    solve_deterrence,
    thresholds,
)

FILE = Path(__file__).resolve().parents[2] / "published" / "o3_deterrence.toml"
RECORDS = [pytest.param(one, id=one["id"]) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["record"]]
NAMES = {
    "certain deterrence": Regime.CERTAIN,
    "separating": Regime.SEPARATING,
    "attack": Regime.CHALLENGE,
    "bluff": Regime.MIXED,
}
GAME = DeterrenceGame(2, 4, 0, (1, -3), 1, 3, (2, -3), (0.1, 0.3))


@pytest.mark.parametrize("record", RECORDS)
def test_thresholds_and_equilibrium_are_the_reference_ones(record: dict[str, Any]) -> None:
    at, expected = record["inputs"], record["expected"]
    game = DeterrenceGame(
        status_quo=at["aSQ"],
        unopposed=at["aDC"],
        gives_way=at["aCD"],
        fights=(at["aDDh"], at["aDDs"]),
        concedes=at["bDC"],
        prevails=at["bCD"],
        resists=((at["bDC"] + at["bCD"]) / 2, at["bDDs"]),  # any value above bDC: it decides nothing
        p_hard=(at["p_challenger_hard"], at["p_defender_hard"]),
    )
    limits = thresholds(game)
    assert (limits.hard, limits.soft, limits.doubt) == pytest.approx(
        (expected["c_hard"], expected["c_soft"], expected["d"]), abs=record["tol"]
    )
    found = solve_deterrence(game)
    assert found.regime is NAMES[expected["equilibrium"]]
    assert found.p_challenge == pytest.approx(expected["p_challenge"], abs=record["tol"])
    wanted = expected.get("p_resist_given_challenge")
    assert found.p_resist == (None if wanted is None else pytest.approx(wanted, abs=record["tol"]))


def test_the_soft_mix_as_derived_by_hand() -> None:
    """d = 1/3 and p_C = .1: challenges come with chance .3, of which a third is hard; resistance is c_soft = .5."""
    found = solve_deterrence(GAME)
    assert found.regime is Regime.MIXED
    assert found.p_challenge == pytest.approx(0.3, abs=1e-12)
    assert found.p_resist == pytest.approx(0.5, abs=1e-12)
    assert 0.1 / found.p_challenge == pytest.approx(thresholds(GAME).doubt, abs=1e-12)


def test_a_more_credible_defender_is_challenged_less() -> None:
    seen = [solve_deterrence(replace(GAME, p_hard=(0.1, k / 100))).p_challenge for k in range(101)]
    assert seen == sorted(seen, reverse=True)
    assert (seen[0], seen[-1]) == (pytest.approx(0.3), 0.0)


def test_on_a_border_the_equilibrium_has_fewer_challenges() -> None:
    limits = thresholds(GAME)
    assert solve_deterrence(replace(GAME, p_hard=(0.1, limits.hard))).regime is Regime.CERTAIN
    assert solve_deterrence(replace(GAME, p_hard=(0.1, limits.soft))).regime is Regime.SEPARATING


def test_in_the_rudimentary_game_only_a_hard_defender_resists_and_the_challenger_weighs_that() -> None:
    """Appendix 3 of the book: x = Pr(challenge), y_H = 1, y_S = 0; a challenge is worth p aDD + (1 - p) aDC."""
    limit = rudimentary_threshold(status_quo=2.0, unopposed=4.0, fights=-1.0)
    for p in (k / 50 for k in range(51)):
        gain = p * -1.0 + (1 - p) * 4.0 - 2.0
        assert (gain <= 0) == (p >= limit)
    with pytest.raises(ModelError, match="payoffs are in another order"):
        rudimentary_threshold(status_quo=2.0, unopposed=4.0, fights=3.0)


def test_the_rudimentary_game_is_the_other_one_with_hard_challengers_only() -> None:
    hard = replace(GAME, p_hard=(1.0, 0.3))
    limit = rudimentary_threshold(status_quo=2, unopposed=4, fights=1)
    assert limit == thresholds(hard).hard
    assert solve_deterrence(hard).p_challenge == 1.0
    assert solve_deterrence(replace(hard, p_hard=(1.0, limit))).p_challenge == 0.0


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"fights": (2.5, -3)}, "payoffs are in another order"),
        ({"fights": (1, 0.5)}, "payoffs are in another order"),
        ({"unopposed": 2}, "payoffs are in another order"),
        ({"resists": (0.5, -3)}, "payoffs are in another order"),
        ({"prevails": 0.5}, "payoffs are in another order"),
        ({"p_hard": (1.5, 0.2)}, "p_hard is no chance"),
    ],
)
def test_another_game_is_refused(change: dict[str, Any], what: str) -> None:
    with pytest.raises(ModelError, match=what):
        replace(GAME, **change)

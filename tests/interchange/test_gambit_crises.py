"""The games of crises in Gambit's files: read back by another reader and solved another way, they say the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from detente.case.load import load_case
from detente.cli.main import run
from detente.compile.crisis import compile_crisis
from detente.compile.ladder import compile_ladder
from detente.engines.crisis.game import NOTHING, find_equilibria
from detente.engines.ladder import Climb, LadderModel, solve
from detente.interchange.gambit import game_of, to_efg, to_nfg
from detente.interchange.gambit.from_ladder import ladder_tree, likeliest_ladder
from detente.interchange.gambit.game import StrategicGame
from detente.maths.compiled import FloatArray
from tests.engines.ladder.ladders import random_ladder
from tests.interchange.gambit_files import backward_values, pure_equilibria, read_nfg

CASES = ("drafts-and-replies-2021-22", "river-basin")
ROUNDING = 1e-12
"""Our engine adds floats, the file is read as exact fractions."""


@pytest.mark.parametrize("name", CASES)
def test_no_agreement_has_the_equilibria_that_another_reader_finds(name: str) -> None:
    case = load_case(name)
    compiled = compile_crisis(case)
    assert not isinstance(compiled, str)
    game, trace = compiled.model.game, compiled.trace.game
    assert game is not None
    assert trace is not None
    ours = {
        tuple("nothing" if one == NOTHING else trace.scenarios[one] for one in found.profile)
        for found in find_equilibria(game)
    }
    written = game_of(case, "no-agreement")
    assert isinstance(written, StrategicGame)
    players, strategies, payoffs = read_nfg(to_nfg(written))
    assert players == list(trace.parties)
    assert pure_equilibria(strategies, payoffs) == ours != set()


def over_orders(model: LadderModel) -> FloatArray:
    """Return what the first draw of a ladder is worth to each party, over all orders of turns."""
    values = []
    for order in permutations(range(len(model.moves))):
        (play,) = solve(replace(model, order=np.tile(np.array(order), (len(model.order), 1)))).solutions
        values.append(play.value[0, 0, order[0]])
    return np.asarray(np.mean(values, axis=0))


@pytest.mark.parametrize("climb", list(Climb))
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("parties", "rungs"), [(2, 5), (3, 4)])
def test_the_tree_of_a_ladder_is_worth_what_the_engine_says(parties: int, rungs: int, seed: int, climb: Climb) -> None:
    model = random_ladder(seed, parties, rungs, climb)
    names = [f"P{at}" for at in range(parties)]
    text = to_efg(ladder_tree(model, names, [str(at + 1) for at in range(rungs)], "any"))
    np.testing.assert_allclose(np.array(backward_values(text), dtype=float), over_orders(model), atol=ROUNDING)


@pytest.mark.parametrize("name", CASES)
def test_the_ladder_of_a_case_is_solved_alike(name: str) -> None:
    case = load_case(name)
    compiled = compile_ladder(case)
    assert not isinstance(compiled, str)
    game = game_of(case, "ladder")
    assert not isinstance(game, StrategicGame)
    found = [float(value) for value in backward_values(to_efg(game))]
    assert found == pytest.approx(over_orders(likeliest_ladder(compiled.trace)).tolist(), abs=ROUNDING)


@pytest.mark.parametrize(("game", "suffix"), [("no-agreement", ".nfg"), ("ladder", ".efg")])
def test_the_command_writes_each(game: str, suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"game{suffix}"
    assert run(["export", "gambit", "river-basin", "--game", game, "-o", str(file)]) == 0
    assert file.read_text(encoding="utf-8").startswith({".nfg": "NFG 1 R", ".efg": "EFG 2 R"}[suffix])


@pytest.mark.parametrize("game", ["no-agreement", "ladder"])
def test_a_case_without_one_says_so_in_one_line(game: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "gambit", "istanbul-talks-2022", "--game", game, "-o", str(tmp_path / "x.nfg")]) == 2
    assert "name another game" in " ".join(capsys.readouterr().err.split())

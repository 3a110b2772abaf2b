"""Files of Gambit: another reader finds in them the game that our engines solved."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.load import load_case
from detente.cli.main import run
from detente.core.errors import ModelError
from detente.engines.stability import Concept, Direction, StabilityModel, solve
from detente.interchange.gambit import (
    Chance,
    Decision,
    GameTree,
    Node,
    Outcome,
    StrategicGame,
    game_of,
    graph_game,
    to_efg,
    to_nfg,
)
from detente.registry.stability import stability_report
from detente.registry.stability_model import Graph, graph_of
from tests.interchange.gambit_files import backward_values, pure_equilibria, read_nfg

HALF = Fraction(1, 2)


def taken(words: tuple[str, ...]) -> frozenset[str]:
    """Return the switches that a profile of strategies takes."""
    return frozenset(name for word in words if word != "nothing" for name in word.split(", "))


@pytest.mark.parametrize("name", ["river-basin", "two-rivals", "istanbul-talks-2022"])
def test_the_pure_equilibria_of_the_file_are_the_nash_stable_states(name: str) -> None:
    case = load_case(name)
    players, strategies, payoffs = read_nfg(to_nfg(game_of(case, "graph-model")))
    report = stability_report(case, concepts=(Concept.NASH,), draws=0)
    ids = [one["id"] for one in report["switches"]]
    ours = {
        frozenset(name for name, letter in zip(ids, state, strict=True) if letter == "Y")
        for state in report["equilibria"]["nash"]
    }
    assert players == report["parties"]
    assert {taken(profile) for profile in pure_equilibria(strategies, payoffs)} == ours


@given(st.data())
def test_of_any_model_without_one_way_switches(data: st.DataObject) -> None:
    switches = data.draw(st.integers(1, 5))
    parties = data.draw(st.integers(1, 3))
    owner = tuple(data.draw(st.lists(st.integers(0, parties - 1), min_size=switches, max_size=switches)))
    states = 1 << switches
    ranks = data.draw(st.lists(st.integers(0, 4), min_size=parties * states, max_size=parties * states))
    model = StabilityModel(
        parties, owner, (Direction.BOTH,) * switches, np.array(ranks, dtype=np.int32).reshape(parties, states)
    )
    held = solve(model, concepts=(Concept.NASH,)).stability[Concept.NASH]
    stable = np.array(held).all(axis=0)
    game = graph_game(_named(model), "any")
    _, strategies, payoffs = read_nfg(to_nfg(game))
    found = {sum(1 << int(name[1:]) for name in taken(one)) for one in pure_equilibria(strategies, payoffs)}
    assert found == set(np.flatnonzero(stable).tolist())


def _named(model: StabilityModel) -> Graph:
    graph, _ = graph_of(load_case("two-rivals"))
    trace = replace(
        graph.trace,
        parties=tuple(f"P{at}" for at in range(model.parties)),
        switches=tuple(f"s{at}" for at in range(len(model.owner))),
    )
    return replace(graph, model=model, trace=trace)


def test_one_way_switches_are_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "gambit", "elmira", "-o", str(tmp_path / "e.nfg")]) == 2
    said = capsys.readouterr().err
    assert "one way only" in said
    assert not (tmp_path / "e.nfg").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["gambit", "two-rivals", "-o", "x.efg"], "another ending"),
        (["gambit", "two-rivals", "--game", "poker", "-o", "x.nfg"], "not known"),
        (["gmcr", "two-rivals", "--game", "graph-model", "-o", "x.gmcr"], "goes with gambit"),
        (["chess", "two-rivals", "-o", "x.nfg"], "gmcr or gambit"),
    ],
)
def test_wrong_words_are_one_line(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["export", *words]) == 2
    assert says in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "two.nfg"
    assert run(["export", "gambit", "two-rivals", "-o", str(file)]) == 0
    assert capsys.readouterr().out.strip() == str(file)
    assert read_nfg(file.read_text(encoding="utf-8"))[0] == ["A", "B"]


def test_a_tree_is_read_back_and_solved() -> None:
    """Player 2 takes (1, 2) after a, player 1 then prefers the lottery worth (2, 1) after b."""
    lottery = Chance("lots", (("x", HALF, Outcome("x", (Fraction(4), Fraction(2)))), ("y", HALF, _end(0, 0))))
    after = Decision(1, "after a", (("l", _end(3, 1)), ("r", _end(1, 2))))
    tree = GameTree("small", ("A", "B"), Decision(0, "start", (("a", after), ("b", lottery))))
    assert backward_values(to_efg(tree)) == (2, 1)


def _end(*payoffs: int) -> Outcome:
    return Outcome("end", tuple(map(Fraction, payoffs)))


@pytest.mark.parametrize(
    ("root", "says"),
    [
        (Chance("odd", (("x", HALF, _end(1, 1)),)), "do not add up"),
        (
            Decision(
                0,
                "i",
                (("a", Decision(1, "j", (("l", _end(0, 0)),))), ("b", Decision(1, "j", (("r", _end(0, 0)),)))),
            ),
            "different choices",
        ),
    ],
)
def test_a_tree_that_is_none_is_refused(root: Node, says: str) -> None:
    with pytest.raises(ModelError, match=says):
        to_efg(GameTree("bad", ("A", "B"), root))


def test_payoffs_fit_the_strategies() -> None:
    with pytest.raises(ModelError, match="do not fit"):
        StrategicGame("bad", ("A",), (("x", "y"),), ((Fraction(1),),))


def test_words_with_quotes_stay_one_word() -> None:
    text = to_nfg(StrategicGame('a "game"', ('the "A"',), (("x",),), ((Fraction(1, 3),),)))
    assert read_nfg(text) == (["the 'A'"], [["x"]], {(0,): (Fraction(1, 3),)})

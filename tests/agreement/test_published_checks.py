"""Claims about graph models that were published, in the file that records which of them hold.

The claims themselves, with their sources, stand in `tests/published/graph-models.toml` and are tested in
`tests/engines/stability/test_published_graph_models.py`; here what the reference computed of each is compared.
"""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from detente.compile.stability import condition_ranks, tie_groups
from detente.engines.stability import Concept, Direction, Moves, count_rankings, single_parties, solve
from tests.agreement.test_stability_oracles import NAMES, named_model, oracle
from tests.conftest import shared_folder

pytestmark = pytest.mark.shared

SOLVED = {
    "prisoners": ("prisoners", None),
    "chicken": ("chicken", None),
    "elmira": ("elmira", None),
    "elmira_coalition_moe_uniroyal": ("elmira", ((0, 1), (2,))),
}


def checks() -> list[Any]:
    path = shared_folder() / "oracles" / "gmcr" / "published_checks.json"
    found: list[Any] = json.loads(path.read_text(encoding="utf-8"))["checks"]
    return found


def claims(about: str) -> list[Any]:
    return [one for one in checks() if one["case"] == about]


def test_every_claim_is_looked_at_here() -> None:
    """The data of the Garrison conflict are in no file at hand, so that its two claims are not compared."""
    about = {one["case"] for one in checks()}
    assert about == {
        *SOLVED,
        "games_2x2_all576",
        "syria_iraq",
        "syria_iraq inverse",
        "cuban_all_reversible",
        "garrison",
    }


@pytest.mark.parametrize("about", SOLVED)
def test_equilibria_are_those_computed(about: str) -> None:
    name, players = SOLVED[about]
    data = oracle(name)
    codes = [state["code"] for state in data["feasible_states"]]
    found = solve(named_model(data), players=players)
    (computed,) = [one["computed"] for one in claims(about) if "computed" in one]
    for word, concept in NAMES.items():
        assert [codes.index(code) + 1 for code in sorted(found.equilibria[concept].tolist())] == computed[word]


def test_of_the_strict_two_by_two_games_so_many_have_no_nash_equilibrium() -> None:
    (claim,) = claims("games_2x2_all576")
    games = oracle("games_2x2_all576")["games"]
    assert sum("1" not in game["Nash"] for game in games) == claim["computed"]  # each is compared in the other module


def test_in_elmira_nobody_alone_gets_from_the_impasse_to_the_compromise() -> None:
    """GMCR+ handout, 5.2-5.3: from 1 only the Local Government has an improvement, to 7; nobody can move 7->10."""
    data = oracle("elmira")
    codes = [state["code"] for state in data["feasible_states"]]
    model = named_model(data)
    moves = Moves(model, single_parties(model))
    assert [[codes.index(t) + 1 for t in moves.improvements(one, codes[0])] for one in range(3)] == [[], [], [7]]
    assert all(codes[9] not in moves.reach(one, codes[6]) for one in range(3))
    together = Moves(model, ((0, 1), (2,)))
    assert len(together.reach(0, codes[6])) == 5
    assert [codes.index(t) + 1 for t in together.improvements(0, codes[6])] == [10]


def test_rankings_of_syria_and_iraq_follow_from_their_statements() -> None:
    data = oracle("syria_iraq")
    codes = [state["code"] for state in data["feasible_states"]]
    (claim,) = claims("syria_iraq")
    every = np.arange(1 << len(data["options"]))
    for maker, expected in zip(data["decision_makers"], claim["computed"], strict=True):
        held = [
            np.logical_or.reduce(
                [
                    np.logical_and.reduce([(every >> at & 1 == 1) == (letter == "Y") for at, letter in pattern])
                    for pattern in one["dnf"]
                ]
            )
            for one in maker["statements"]
        ]
        ranks = condition_ranks(held, every.size)
        assert [[codes.index(code) + 1 for code in tie] for tie in tie_groups(ranks, codes)] == expected


def test_rankings_of_syria_that_keep_the_release_are_counted_as_by_definition() -> None:
    data = oracle("syria_iraq")
    model, state = named_model(data), data["feasible_states"][1]["code"]
    nash, seq = (one["computed"] for one in claims("syria_iraq inverse"))
    assert count_rankings(model, state=state, party=0, concept=Concept.NASH).count == nash
    assert count_rankings(model, state=state, party=0, concept=Concept.SEQ).count == seq["by_definition"]


def test_cuba_with_every_switch_reversible() -> None:
    given = named_model(oracle("cuban"))
    model = replace(given, allowed=(Direction.BOTH,) * given.switches)
    (claim,) = claims("cuban_all_reversible")
    found = solve(model, concepts=[Concept.SEQ]).equilibria[Concept.SEQ]
    assert claim["computed"] == f"SEQ decimals {{{','.join(map(str, sorted(found.tolist())))}}}"

"""Conflicts solved by an independent reference: textbook games, real disputes, random ones.

The reference was written from the published definitions; nothing is taken from a program.
Its file format: option j is bit j of a code, and strings of 0 and 1 run over the feasible states.
"""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from detente.engines.stability import Concept, Direction, Reply, StabilityModel, shortest_paths, solve
from tests.conftest import shared_folder

NAMES = {"Nash": Concept.NASH, "GMR": Concept.GMR, "SMR": Concept.SMR, "SEQ": Concept.SEQ, "SIM": Concept.SIM}
WAYS = {"Y<->N": Direction.BOTH, "N->Y": Direction.TAKE_ONLY, "Y->N": Direction.DROP_ONLY}
REPLIES = {"reference_legal": Reply.LEGAL, "reference_once": Reply.ONCE, "reference_single": Reply.SINGLE}
CONFLICTS = (
    "battle_of_sexes", "chicken", "cuban", "deadlock", "elmira", "elmira_coalition_all", "matching_pennies",
    "milk_river", "prisoners", "prisoners_coalition", "stag_hunt", "syria_iraq",
)  # fmt: skip

pytestmark = pytest.mark.shared


def oracle(name: str) -> Any:
    return json.loads((shared_folder() / "oracles" / "gmcr" / f"{name}.json").read_text(encoding="utf-8"))


def ranks_from(rankings: Sequence[Sequence[Sequence[int]]], codes: Sequence[int], states: int) -> Any:
    """Return ranks from rankings that list groups of 1-based state numbers, best first."""
    ranks = np.zeros((len(rankings), states), dtype=np.int32)
    for party, groups in enumerate(rankings):
        for place, group in enumerate(groups):
            for number in group:
                ranks[party, codes[number - 1]] = len(groups) - place
    return ranks


def assert_equal(found: Any, expected: dict[str, list[str]], codes: Sequence[int]) -> None:
    for name, concept in NAMES.items():
        if name in expected:
            rows = ["".join("01"[int(row[code])] for code in codes) for row in found.stability[concept]]
            assert rows == expected[name], name


def named_model(data: Any) -> StabilityModel:
    codes = [state["code"] for state in data["feasible_states"]]
    states = 1 << len(data["options"])
    feasible = np.zeros(states, dtype=bool)
    feasible[codes] = True
    return StabilityModel(
        parties=len(data["decision_makers"]),
        owner=tuple(option["owner"] for option in data["options"]),
        allowed=tuple(WAYS[option["allowed"]] for option in data["options"]),
        ranks=ranks_from([dm["ranking"] for dm in data["decision_makers"]], codes, states),
        feasible=feasible,
    )


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_named_conflict_equals_the_reference(name: str) -> None:
    data = oracle(name)
    codes = [state["code"] for state in data["feasible_states"]]
    model = named_model(data)
    compared = 0
    for key, reply in REPLIES.items():
        if key in data["results"]:
            found = solve(model, reply=reply, players=tuple(map(tuple, data["players"])))
            assert_equal(found, data["results"][key]["stability"], codes)
            for concept, numbers in data["results"][key]["equilibria"].items():
                if concept in NAMES:
                    assert found.equilibria[NAMES[concept]].tolist() == sorted(codes[n - 1] for n in numbers)
            compared += 1
    assert compared == len(REPLIES)


@pytest.mark.parametrize("number", range(150))
def test_a_random_conflict_equals_the_reference(number: int) -> None:
    case = oracle("fuzz_150")["cases"][number]
    switches, codes = case["n_options"], case["state_codes"]
    owner = [0] * switches
    for party, (_, options) in enumerate(case["dms"]):
        for option in options:
            owner[option] = party
    feasible = np.zeros(1 << switches, dtype=bool)
    feasible[codes] = True
    model = StabilityModel(
        parties=len(case["dms"]),
        owner=tuple(owner),
        allowed=tuple(WAYS[case["allowed"].get(str(j), "Y<->N")] for j in range(switches)),
        ranks=ranks_from(case["rankings"], codes, 1 << switches),
        feasible=feasible,
    )
    assert_equal(solve(model), case["results"]["reference_legal"], codes)
    for key, reply in REPLIES.items():
        if key in case["results"]:
            assert_equal(solve(model, reply=reply), case["results"][key], codes)


@pytest.mark.parametrize("name", ["gen_n6", "gen_n8"])
def test_a_generated_conflict_equals_the_reference(name: str) -> None:
    data = oracle(name)
    states = data["n_states"]
    owner = [0] * data["n_options"]
    ranks = np.empty((len(data["decision_makers"]), states), dtype=np.int32)
    for party, dm in enumerate(data["decision_makers"]):
        for option in dm["options"]:
            owner[option] = party
        ranks[party, dm["ranking_best_first"]] = np.arange(states, 0, -1)
    model = StabilityModel(len(ranks), tuple(owner), (Direction.BOTH,) * len(owner), ranks)
    found = solve(model)
    expected = data["results"]["reference_legal"]
    assert_equal(found, expected.get("stability", {}), range(states))
    for concept, codes in expected["equilibria"].items():
        if concept in NAMES:
            assert found.equilibria[NAMES[concept]].tolist() == sorted(codes)


def test_all_strict_two_by_two_games_equal_the_reference() -> None:
    games = oracle("games_2x2_all576")["games"]
    assert len(games) == 576
    for game in games:
        ranks = np.zeros((2, 4), dtype=np.int32)
        for party, key in enumerate("AB"):
            for place, number in enumerate(game[key]):
                ranks[party, int(number) - 1] = 4 - place
        found = solve(StabilityModel(2, (0, 1), (Direction.BOTH,) * 2, ranks))
        for name, concept in NAMES.items():
            assert "".join("01"[s in found.equilibria[concept]] for s in range(4)) == game[name], (game, name)


@pytest.mark.parametrize("name", ["cuban", "elmira", "prisoners", "stag_hunt", "syria_iraq"])
def test_distances_equal_the_reference(name: str) -> None:
    data = oracle(name)
    codes = [state["code"] for state in data["feasible_states"]]
    model = named_model(data)
    for key, improvements_only in (("moves", False), ("improvements_only", True)):
        table = data["status_quo_distance"][key]
        assert len(table) == len(codes)
        for start, row in table.items():
            for number, target in enumerate(codes, start=1):
                found = shortest_paths(
                    model, start=codes[int(start) - 1], target=target, improvements_only=improvements_only
                )
                assert found.steps == row.get(str(number))

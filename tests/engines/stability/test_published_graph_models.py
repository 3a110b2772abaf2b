"""Conflicts of the literature come out as published."""

import tomllib
from itertools import permutations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.engines.stability import (
    Concept,
    Direction,
    Moves,
    StabilityModel,
    certify,
    count_rankings,
    shortest_paths,
    single_parties,
    solve,
)

FILE = Path(__file__).parents[2] / "published" / "graph-models.toml"
PUBLISHED: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
MODELS = {entry["name"]: entry for entry in PUBLISHED["model"]}


def code(state: str) -> int:
    return sum(1 << j for j, letter in enumerate(state) if letter == "Y")


def letters(code: int, switches: int) -> str:
    return "".join("NY"[code >> j & 1] for j in range(switches))


def model_of(entry: dict[str, Any]) -> StabilityModel:
    states = 1 << len(entry["switches"])
    ranks = np.zeros((len(entry["parties"]), states), dtype=np.int32)
    feasible = np.zeros(states, dtype=bool)
    for party, groups in enumerate(entry["rankings"]):
        for place, group in enumerate(groups):
            for state in group:
                ranks[party, code(state)] = -place
                feasible[code(state)] = True
    return StabilityModel(
        len(ranks),
        tuple(switch["owner"] for switch in entry["switches"]),
        tuple(Direction(switch["allowed"]) for switch in entry["switches"]),
        ranks,
        feasible,
    )


@pytest.mark.parametrize("name", MODELS)
def test_equilibria_are_those_published(name: str) -> None:
    entry = MODELS[name]
    found = solve(model_of(entry))
    for concept in Concept:
        states = [letters(s, len(entry["switches"])) for s in found.equilibria[concept].tolist()]
        assert sorted(states) == sorted(entry["expected"][concept])


def test_ministry_and_uniroyal_together_leave_the_old_equilibrium() -> None:
    entry = PUBLISHED["coalition"]
    model = model_of(MODELS[entry["model"]])
    players = tuple(map(tuple, entry["players"]))
    found = solve(model, players=players)
    for concept in Concept:
        states = [letters(s, model.switches) for s in found.equilibria[concept].tolist()]
        assert sorted(states) == sorted(entry["expected"][concept])
    moves = Moves(model, players)
    before = code(entry["improves_from"])
    assert moves.reach(0, before).size == entry["moves_from_there"]
    assert moves.improvements(0, before).tolist() == [code(entry["improves_to"])]
    assert before in solve(model).equilibria[Concept.NASH]
    why = certify(model, state=before, player=0, concept=Concept.GMR, players=players)
    assert why.undeterred == (code(entry["improves_to"]),)


def test_in_elmira_only_the_local_government_can_improve_at_the_start() -> None:
    """Status quo NYNNN: its only improvement leads to NYNNY, from which nobody alone reaches YNYNY."""
    model = model_of(MODELS["elmira"])
    moves = Moves(model, single_parties(model))
    assert [moves.improvements(party, code("NYNNN")).tolist() for party in range(3)] == [[], [], [code("NYNNY")]]
    assert all(code("YNYNY") not in moves.reach(party, code("NYNNY")) for party in range(3))
    way = shortest_paths(model, start=code("NYNNN"), target=code("NYNNY"))
    assert (way.steps, way.count) == (1, 1)
    assert shortest_paths(model, start=code("NYNNY"), target=code("YNYNY")).steps is None


def test_mutual_cooperation_is_kept_up_by_the_reply_to_defection() -> None:
    """From YY a party that defects is answered by defection, which leaves it worse off than before."""
    model = model_of(MODELS["prisoners-dilemma"])
    why = certify(model, state=code("YY"), player=0, concept=Concept.SEQ)
    assert why.stable
    (only,) = why.deterred
    assert (only.improvement, only.sanction) == (code("NY"), code("NN"))
    assert [(step.player, step.state) for step in only.replies] == [(1, code("NN"))]


def test_one_eighth_of_the_strict_two_by_two_games_have_no_nash_equilibrium() -> None:
    """Each of the four better replies is either with even chance: 2 of the 16 patterns are circles, 576/8 = 72."""
    without = 0
    for first, second in product(permutations(range(4)), repeat=2):
        ranks = np.array([first, second], dtype=np.int32)
        found = solve(StabilityModel(2, (0, 1), (Direction.BOTH,) * 2, ranks), concepts=[Concept.NASH])
        without += found.equilibria[Concept.NASH].size == 0
    assert without == 72


def test_syria_would_keep_the_release_of_water_under_so_many_of_its_rankings() -> None:
    """Of Syria's 720 rankings 240 make YNN Nash for both, and 384 = 720 * 8/15 SEQ.

    YNN must be the best of three states for Nash: 720/3. The 420 that the handout of GMCR+
    (2014), section 4.2, prints for SEQ do not follow from the definition.
    """
    entry = MODELS["syria-iraq"]
    given = model_of(entry)
    occurring = np.flatnonzero(given.occurring())
    counts = dict.fromkeys((Concept.NASH, Concept.SEQ), 0)
    for order in permutations(range(6)):
        ranks = given.ranks.copy()
        ranks[0, occurring] = order
        model = StabilityModel(2, given.owner, given.allowed, ranks, given.feasible)
        found = solve(model, concepts=list(counts))
        for concept in counts:
            counts[concept] += code("YNN") in found.equilibria[concept]
    assert counts == {Concept.NASH: 240, Concept.SEQ: 384}
    for concept, number in counts.items():  # and so by counting, without going through them
        found_by_counting = count_rankings(given, state=code("YNN"), party=0, concept=concept)
        assert (found_by_counting.count, found_by_counting.rankings) == (number, 720)


def test_cuba_ends_in_withdrawal_when_everything_can_be_undone() -> None:
    entry = PUBLISHED["reversible"]
    given = model_of(MODELS[entry["model"]])
    model = StabilityModel(given.parties, given.owner, (Direction.BOTH,) * given.switches, given.ranks, given.feasible)
    found = solve(model, concepts=[Concept.SEQ]).equilibria[Concept.SEQ]
    assert [letters(s, model.switches) for s in found.tolist()] == entry["expected"]["seq"]

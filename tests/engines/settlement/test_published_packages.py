"""Cases with results computed by three methods, copied from the shared oracles."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.engines.settlement import Completion, Concept, Rule, Settlement, SettlementModel, solve

PUBLISHED = Path(__file__).parents[2] / "published" / "o1_package.toml"
CASES: list[dict[str, Any]] = tomllib.loads(PUBLISHED.read_text(encoding="utf-8"))["case"]


def settle(case: dict[str, Any]) -> Settlement:
    tables = tuple(np.array(issue, np.int64) for issue in case["utilities"])
    links = []
    if implies := case.get("implies"):
        first, second = implies["issue"], implies["then_issue"]
        allowed = np.ones((tables[first].shape[1], tables[second].shape[1]), np.bool_)
        allowed[implies["option"]] = np.arange(allowed.shape[1]) == implies["then_option"]
        links.append(Rule((first, second), allowed))
    parties = len(tables[0])
    no_agreement = case.get("no_agreement", [sum(int(t[j].min()) for t in tables) for j in range(parties)])
    model = SettlementModel(
        tables, tables, np.zeros(parties, np.int64), np.array(no_agreement, np.int64), links=tuple(links)
    )
    return solve(model, binding=(), completion=Completion.WORST).solutions[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["record"])
def test_results_of_three_methods_are_matched(case: dict[str, Any]) -> None:
    found, expected = settle(case), case["expected"]
    assert found.feasible_frontier is not None
    everywhere = found.feasible_frontier.values.tolist()
    zone = found.zone_frontier.values.tolist()
    ours = {
        "frontier": everywhere,
        "frontier_size": len(everywhere),
        "frontier_first3": everywhere[:3],
        "frontier_last3": everywhere[-3:],
        "frontier_sum": np.sum(everywhere, axis=0).tolist(),
        "zone_frontier": zone,
        "n_rational": found.counts.in_zone.low,
        "n_feasible": found.counts.no_red_line.low,
        "ideal": list(found.ideal or ()),
    }
    solutions = {s.concept: [list(p.utilities) for p in s.points] for s in found.solutions}
    for key, value in expected.items():
        if key in ours:
            assert ours[key] == value, key
        else:
            assert value in solutions[Concept(key.replace("_", "-"))], key
    assert found.counts.in_zone.exact or len(case["utilities"]) > len(CASES)


def test_nash_1950_two_boys_barter() -> None:
    barter = tomllib.loads((PUBLISHED.parent / "nash-1950.toml").read_text(encoding="utf-8"))
    expected = barter["expected"]
    tables = tuple(  # option 0: the owner keeps it; option 1: it changes hands
        np.array([[bill, 0], [0, jack]] if owner == "Bill" else [[0, bill], [jack, 0]], np.int64)
        for owner, bill, jack in zip(barter["owner"], barter["bill"], barter["jack"], strict=True)
    )
    own = np.array([sum(int(table[party, 0]) for table in tables) for party in (0, 1)], np.int64)
    model = SettlementModel(tables, tables, np.zeros(2, np.int64), own)
    found = solve(model, binding=(), completion=Completion.WORST).solutions[0]
    [nash] = [solution for solution in found.solutions if solution.concept is Concept.NASH]
    [point] = nash.points
    given = [good for good, option in zip(barter["goods"], point.package, strict=True) if option]
    assert given == [*expected["bill_gives"], *expected["jack_gives"]]
    gains = [u - int(d) for u, d in zip(point.utilities, own, strict=True)]
    assert gains == expected["gains"]
    assert gains[0] * gains[1] == expected["product"]

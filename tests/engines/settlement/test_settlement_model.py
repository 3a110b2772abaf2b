"""Bad arrays get a sentence; long chains, equal packages and large counts stay exact."""

import numpy as np
import pytest

from detente.core.errors import ModelError
from detente.engines.settlement import Completion, Line, Rule, SettlementModel, evaluate, find_conflicts, solve


def model(tables: list[list[list[int]]], reservation: list[int], links: tuple[Rule, ...] = ()) -> SettlementModel:
    arrays = tuple(np.array(t, np.int64) for t in tables)
    zeros = np.zeros(len(reservation), np.int64)
    return SettlementModel(arrays, arrays, zeros, np.array(reservation, np.int64), links=links)


def test_a_rule_that_does_not_fit_its_issues_is_refused() -> None:
    with pytest.raises(ModelError, match=r"links\[0\].*shape \(2,\)"):
        model([[[0, 1]]], [0], links=(Rule((0,), np.ones(3, np.bool_)),))


def test_worst_above_best_is_refused() -> None:
    zeros = np.zeros(1, np.int64)
    with pytest.raises(ModelError, match="worst value exceeds the best"):
        SettlementModel((np.array([[1, 0]]),), (np.array([[0, 0]]),), zeros, zeros)


def test_utilities_that_could_overflow_are_refused() -> None:
    with pytest.raises(ModelError, match=r"below 2\*\*62"):
        model([[[0, 1 << 61]], [[0, 1 << 61]]], [0])


def test_an_unknown_line_is_refused() -> None:
    with pytest.raises(ModelError, match="no such red line"):
        solve(model([[[0, 1]]], [0]), binding=(0,), completion=Completion.WORST)


def test_a_package_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ModelError, match="one option per issue"):
        evaluate(model([[[0, 1]]], [0]), (0, 1))


def test_a_frontier_above_the_limit_names_sizes_and_what_to_do() -> None:
    opposed = model([[[0, 1 << k], [1 << k, 0]] for k in range(8)], [0, 0])
    with pytest.raises(ModelError, match=r"more than 10 vectors.*Raise the limit"):
        solve(opposed, binding=(), completion=Completion.WORST, limit=10)


def test_packages_without_value_to_anyone_are_counted_beyond_64_bits() -> None:
    found = solve(model([[[0] * 10] * 2] * 100, [0, 0]), binding=(), completion=Completion.WORST).solutions[0]
    assert found.counts.total == found.counts.in_zone.low == found.counts.in_zone.high == 10**100
    assert found.zone_frontier.counts == (10**100,)
    assert found.zone_frontier.packages == ((0,) * 100,)


def test_a_long_chain_of_links_is_summed_out_and_merged() -> None:
    """Forty yes/no issues, each link forbids two neighbours to be both 1: Fibonacci many packages."""
    length = 40
    links = tuple(Rule((i, i + 1), np.array([[True, True], [True, False]])) for i in range(length - 1))
    found = solve(model([[[0, 1], [0, 1]]] * length, [10, 0], links), binding=(), completion=Completion.WORST)
    settlement = found.solutions[0]
    fibonacci = [1, 2]
    while len(fibonacci) <= length:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    assert settlement.counts.no_red_line.low == settlement.counts.no_red_line.high == fibonacci[length]
    assert settlement.zone_frontier.values.tolist() == [[20, 20]]
    assert settlement.zone_frontier.counts == (21,)  # a run of 20 ones, no two adjacent, in 40 places


def test_an_issue_all_of_whose_options_are_refused_is_the_conflict() -> None:
    base = model([[[0, 1, 2], [2, 1, 0]], [[0, 1], [1, 0]]], [0, 0])
    refusals = tuple(Line(k % 2, Rule((0,), np.arange(3) != k), 0.5, stated=True) for k in (0, 1, 2, 2))
    lined = SettlementModel(base.worst, base.best, base.bias, base.reservation, lines=refusals)
    found = find_conflicts(lined, binding=range(4), completion=Completion.WORST)
    assert [(c.lines, c.parties) for c in found.sets] == [((0, 1, 2), ()), ((0, 1, 3), ())]
    assert found.complete


def test_more_conflicts_than_the_limit_are_cut_with_a_note() -> None:
    base = model([[[0] * 10]], [0])
    refusals = tuple(Line(0, Rule((0,), np.arange(10) != k % 10), 0.5, stated=True) for k in range(60))
    lined = SettlementModel(base.worst, base.best, base.bias, base.reservation, lines=refusals)
    found = find_conflicts(lined, binding=range(60), completion=Completion.WORST, limit=500)
    assert len(found.sets) == 500
    assert not found.complete
    assert all(len({k % 10 for k in c.lines}) == len(c.lines) == 10 for c in found.sets)
    assert "500" in found.notes[0]

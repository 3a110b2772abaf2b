"""Opposition, trades between two issues and issue groups, against their definitions over listed packages."""

from fractions import Fraction
from itertools import combinations, product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.errors import ModelError
from detente.engines.settlement import (
    Completion,
    Concept,
    Rule,
    SettlementModel,
    find_logrolling,
    opposition,
    solve,
    solve_groups,
    utilities,
)
from tests.laws.test_settlement_laws import completions, enumerate_packages, models, scaled

ROUNDED = 1e-12  # a correlation is one square root of an exact fraction


def correlation(one: list[Fraction], other: list[Fraction]) -> float | None:
    def mean(values: list[Fraction]) -> Fraction:
        return sum(values, Fraction(0)) / len(values)

    a, b = mean(one), mean(other)
    both = mean([(x - a) * (y - b) for x, y in zip(one, other, strict=True)])
    spread = mean([(x - a) ** 2 for x in one]) * mean([(y - b) ** 2 for y in other])
    return None if spread == 0 else float(both) / sqrt(spread)


@given(models(), completions)
def test_opposition_is_the_correlation_over_all_packages(model: SettlementModel, completion: Completion) -> None:
    listed = enumerate_packages(model, completion)
    found = opposition(model, completion=completion)
    assert [entry.parties for entry in found] == list(combinations(range(model.parties), 2))
    for entry in found:
        worth = [[Fraction(p.worth[j]) for p in listed] for j in entry.parties]
        assert entry.correlation == pytest.approx(correlation(*worth), abs=ROUNDED)
        for issue, size in enumerate(model.sizes):
            means = [
                [
                    sum((Fraction(p.worth[j]) for p in listed if p.package[issue] == option), Fraction(0)) * size
                    for option in range(size)
                ]
                for j in entry.parties
            ]
            assert entry.issues[issue] == pytest.approx(correlation(*means), abs=ROUNDED)


@given(models(max_parties=1), completions, st.integers(1, 5))
def test_a_zero_sum_game_has_opposition_minus_one_exactly(
    model: SettlementModel, completion: Completion, factor: int
) -> None:
    """The second party's utility is a falling line of the first's."""

    def both(table: np.ndarray) -> np.ndarray:
        return np.concatenate((table, 7 - factor * table))

    tables = tuple(both(table) for table in model.tables(completion))
    against = SettlementModel(tables, tables, np.zeros(2, np.int64), np.zeros(2, np.int64))
    [entry] = opposition(against, completion=completion)
    assert entry.correlation in {-1.0, None}
    assert set(entry.issues) <= {-1.0, None}
    assert (entry.correlation is None) == all(np.ptp(table[0]) == 0 for table in tables)


@given(models(), completions, st.data())
def test_opposition_does_not_depend_on_scales(
    model: SettlementModel, completion: Completion, data: st.DataObject
) -> None:
    each = st.lists(st.integers(1, 9), min_size=model.parties, max_size=model.parties)
    other = scaled(model, np.array(data.draw(each)), np.array(data.draw(each)))
    assert opposition(model, completion=completion) == opposition(other, completion=completion)


def compromise_on(model: SettlementModel, parties: tuple[int, int], issue: int, options: list[int]) -> list[int]:
    """Return the options with the lexicographically largest sorted shares of each party's range."""
    rows = [[int(u) for u in model.worst[issue][j]] for j in parties]
    rows = [row for row in rows if len({row[o] for o in options}) > 1]

    def shares(option: int) -> list[Fraction]:
        return sorted(
            Fraction(
                row[option] - min(row[o] for o in options), max(row[o] for o in options) - min(row[o] for o in options)
            )
            for row in rows
        )

    best = max((shares(o) for o in options), default=[])
    return [o for o in options if shares(o) == best]


@given(models(max_parties=3, max_issues=4))
def test_trades_are_the_best_of_all_pairs_of_options(model: SettlementModel) -> None:
    """Gains are means of complete packages over the lots of the compromise; all are listed."""
    binding = range(len(model.lines))
    found = find_logrolling(model, binding=binding)
    listed = [p.package for p in enumerate_packages(model, Completion.WORST) if p.links_kept and not p.crossed]
    expected = {}
    for parties in combinations(range(model.parties), 2):
        known = [
            [
                o
                for o in range(size)
                if any(p[i] == o for p in listed) and all(model.worst[i][j, o] == model.best[i][j, o] for j in parties)
            ]
            for i, size in enumerate(model.sizes)
        ]
        half_way = [compromise_on(model, parties, i, options) for i, options in enumerate(known)]
        [entry] = [entry for entry in found.compromises if entry.parties == parties]
        assert [list(options) for options in entry.options] == half_way
        if not all(half_way):
            continue  # a joint value with such an issue is left out; the additive part is held below

        def mean(party: int, fixed: dict[int, int], lots: list[list[int]] = half_way) -> Fraction:
            packages = list(product(*([fixed[i]] if i in fixed else lots[i] for i in range(len(lots)))))
            total = sum(utilities(model, package, Completion.WORST)[party] for package in packages)
            return Fraction(total, len(packages))

        start = [mean(j, {}) for j in parties]
        for a, b in combinations(range(len(model.sizes)), 2):
            gains = {
                (x, y): tuple(mean(j, {a: x, b: y}) - s for j, s in zip(parties, start, strict=True))
                for x in known[a]
                for y in known[b]
                if any(p[a] == x and p[b] == y for p in listed)
            }
            helpful = {options: g for options, g in gains.items() if min(g) > 0}
            if helpful and min(len(known[a]), len(known[b])) > 1:
                top = max(helpful.values(), key=sorted)
                expected[parties, (a, b)] = sorted(top), {o for o, g in helpful.items() if sorted(g) == sorted(top)}
                [trade] = [t for t in found.trades if t.parties == parties and t.issues == (a, b)]
                assert trade.gains == gains[trade.options]
    complete = {entry.parties for entry in found.compromises if all(entry.options)}
    assert {(t.parties, t.issues) for t in found.trades if t.parties in complete} == set(expected)
    for trade in found.trades:
        if trade.parties in complete:
            gains, options = expected[trade.parties, trade.issues]
            assert sorted(trade.gains) == gains
            assert trade.options in options
    assert [min(t.gains) for t in found.trades] == sorted((min(t.gains) for t in found.trades), reverse=True)


@given(models(max_parties=3, joined=False))
def test_without_joint_values_each_party_of_a_trade_gets_more_on_one_issue_and_less_on_the_other(
    model: SettlementModel,
) -> None:
    for trade in find_logrolling(model, binding=range(len(model.lines))).trades:
        assert tuple(map(sum, trade.changes)) == trade.gains
        (a, b), (c, d) = trade.changes
        assert min(a, b) < 0 < max(a, b)
        assert min(c, d) < 0 < max(c, d)
        assert (a > 0) != (c > 0)


def grouping(model: SettlementModel, data: st.DataObject) -> list[list[int]]:
    places = [data.draw(st.integers(0, 2)) for _ in model.sizes]
    return [group for k in range(3) if (group := [i for i, place in enumerate(places) if place == k])]


@given(models(max_parties=3), completions, st.data())
def test_groups_are_parts_of_the_whole(model: SettlementModel, completion: Completion, data: st.DataObject) -> None:
    asked = grouping(model, data)
    binding = tuple(range(len(model.lines)))
    found = solve_groups(model, groups=asked, binding=binding, completion=completion)
    assert sorted(i for group in found.groups for i in group.issues) == list(range(len(model.sizes)))
    assert sorted(k for group in found.groups for k in group.of) == list(range(len(asked)))
    for party in range(model.parties):
        parts = sum(group.no_agreement[party] for group in found.groups)
        assert parts + int(model.bias[party]) == int(model.reservation[party])
    for group in found.groups:
        assert (len(group.of) > 1) == bool(group.links or group.lines or group.interactions)
        assert not (group.points and group.conflicts)
        for point in group.points:
            assert all(u >= d for u, d in zip(point.utilities, group.no_agreement, strict=True))
    if all(group.points for group in found.groups):
        package = [0] * len(model.sizes)
        for group in found.groups:
            for issue, option in zip(group.issues, group.points[0].options, strict=True):
                package[issue] = option
        worth = utilities(model, tuple(package), completion)
        total = [
            int(model.bias[j]) + sum(group.points[0].utilities[j] for group in found.groups)
            for j in range(model.parties)
        ]
        assert list(worth) == total
        assert all(rule.keeps(package) for rule in model.rules(binding))
        assert all(low <= u <= high for low, u, high in zip(found.low, worth, found.high, strict=True))


@given(models(max_parties=3), completions)
def test_one_group_of_all_issues_is_the_package_deal(model: SettlementModel, completion: Completion) -> None:
    binding = range(len(model.lines))
    found = solve_groups(model, groups=[range(len(model.sizes))], binding=binding, completion=completion)
    [group] = found.groups
    assert group.issues == tuple(range(len(model.sizes)))
    points = {tuple(u + int(b) for u, b in zip(p.utilities, model.bias, strict=True)) for p in group.points}
    whole = solve(model, binding=binding, completion=completion).solutions[0]
    nash = {p.utilities for s in whole.solutions if s.concept is Concept.NASH for p in s.points}
    assert points == nash


@given(models(max_parties=3), completions, st.data())
def test_groups_do_not_depend_on_scales(model: SettlementModel, completion: Completion, data: st.DataObject) -> None:
    asked = grouping(model, data)
    each = st.lists(st.integers(1, 9), min_size=model.parties, max_size=model.parties)
    other = scaled(model, np.array(data.draw(each)), np.array(data.draw(each)) - 5)
    binding = range(len(model.lines))
    one = solve_groups(model, groups=asked, binding=binding, completion=completion)
    two = solve_groups(other, groups=asked, binding=binding, completion=completion)
    for before, after in zip(one.groups, two.groups, strict=True):
        assert [p.options for p in before.points] == [p.options for p in after.points]


def test_a_link_across_groups_joins_them_and_is_named() -> None:
    table = np.array([[0, 1], [1, 0]], np.int64)
    link = Rule((0, 2), np.array([[True, False], [True, True]]))
    model = SettlementModel((table,) * 3, (table,) * 3, np.zeros(2, np.int64), np.zeros(2, np.int64), links=(link,))
    found = solve_groups(model, groups=[[0], [1], [2]], binding=(), completion=Completion.WORST)
    assert [(group.issues, group.of, group.links) for group in found.groups] == [
        ((0, 2), (0, 2), (0,)),
        ((1,), (1,), ()),
    ]


@pytest.mark.parametrize("groups", [[[0]], [[0, 1], [1]], [[0, 1, 2]], []])
def test_groups_that_do_not_divide_the_issues_are_refused(groups: list[list[int]]) -> None:
    table = np.array([[0, 1], [1, 0]], np.int64)
    model = SettlementModel((table,) * 2, (table,) * 2, np.zeros(2, np.int64), np.zeros(2, np.int64))
    with pytest.raises(ModelError, match="the groups do not divide the issues, got"):
        solve_groups(model, groups=groups, binding=(), completion=Completion.WORST)

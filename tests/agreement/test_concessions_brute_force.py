"""Concessions, trades and smallest changes against plain enumeration by their definitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.core.errors import ModelError
from detente.engines.settlement import (
    Change,
    Completion,
    Improvements,
    Interaction,
    Line,
    Package,
    Rule,
    SettlementModel,
    find_changes,
    find_concessions,
    find_trades,
    least_shortfalls,
    utilities,
)
from tests.laws.test_settlement_laws import Listed, completions, dominates, enumerate_packages, models

Partial = tuple[int | None, ...]


def partials(model: SettlementModel) -> st.SearchStrategy[Partial]:
    return st.tuples(*(st.sampled_from([None, *range(k)]) for k in model.sizes))


def packages(model: SettlementModel) -> st.SearchStrategy[Package]:
    return st.tuples(*(st.integers(0, k - 1) for k in model.sizes))


def binding_of(model: SettlementModel) -> st.SearchStrategy[set[int]]:
    return st.sets(st.sampled_from(range(len(model.lines)))) if model.lines else st.just(set())


def completes(package: Partial, whole: Package) -> bool:
    return all(old is None or old == new for old, new in zip(package, whole, strict=True))


def changed(package: Partial, whole: Package) -> int:
    return sum(old is not None and old != new for old, new in zip(package, whole, strict=True))


def smallest_by_definition(
    model: SettlementModel, listed: list[Listed], package: Partial, reach: set[int], kept: set[int], others: set[int]
) -> tuple[int, Package] | None:
    """Return the fewest changes and the package, from all packages that meet the demands."""
    found = [p for p in listed if p.links_kept and not p.crossed & kept and not p.short & reach]
    if not found:
        return None
    fewest = min(changed(package, p.package) for p in found)
    few = [p for p in found if changed(package, p.package) == fewest]
    most = [max(p.worth[k] for p in listed if completes(package, p.package)) for k in range(model.parties)]
    loss = {p.package: sum(max(0, most[k] - p.worth[k]) for k in others) for p in few}
    least = [p for p in few if loss[p.package] == min(loss.values())]
    good = [p.package for p in least if not any(dominates(q.worth, p.worth) for q in least)]
    return fewest, min(good)


@settings(max_examples=150, deadline=None)
@given(st.data(), models(), completions)
def test_smallest_changes_are_those_of_enumeration(
    data: st.DataObject, model: SettlementModel, completion: Completion
) -> None:
    package = data.draw(partials(model))
    binding = data.draw(binding_of(model))
    listed = enumerate_packages(model, completion)
    within = [p for p in listed if completes(package, p.package)]
    content = {j for j in range(model.parties) if all(j not in p.short for p in within)}
    before = {k for k in binding if all(k in p.crossed for p in within)}
    refusing = {model.lines[k].party for k in binding if any(k in p.crossed for p in within)}
    everyone = set(range(model.parties))
    found = find_changes(model, package, binding=sorted(binding), completion=completion)
    assert set(found.objectors) == (everyone - content) | refusing
    for j, change in zip(found.objectors, found.by_objector, strict=True):
        kept = {k for k in binding if k not in before or model.lines[k].party == j}
        expected = smallest_by_definition(model, listed, package, content | {j}, kept, everyone - {j})
        assert as_pair(change) == expected
    for_all = smallest_by_definition(model, listed, package, everyone, binding, everyone)
    assert as_pair(found.for_all) == for_all


def as_pair(change: Change | None) -> tuple[int, Package | None] | None:
    return None if change is None else (change.count, change.package)


@given(st.data(), models(), completions)
@settings(max_examples=60, deadline=None)
def test_a_smallest_change_says_what_it_changes_and_what_it_settles(
    data: st.DataObject, model: SettlementModel, completion: Completion
) -> None:
    package = data.draw(partials(model))
    for_all = find_changes(model, package, binding=(), completion=completion).for_all
    if for_all is None:
        assert all(p.short or not p.links_kept for p in enumerate_packages(model, completion))
        return
    assert for_all.package is not None
    rebuilt = dict(enumerate(package)) | dict(for_all.changes) | dict(for_all.settles)
    assert tuple(rebuilt[i] for i in range(len(package))) == for_all.package
    assert len(for_all.changes) == for_all.count
    assert for_all.utilities == utilities(model, for_all.package, completion)


def gains_by_definition(model: SettlementModel, old: Package, new: Package) -> tuple[int, ...]:
    """Return the least that each party gains over every way to fill in the unknown options, one by one."""
    least = []
    for party in range(model.parties):
        joint = 0
        for term in model.interactions:
            if term.party == party:
                a, b = term.issues
                joint += int(term.table[new[a], new[b]]) - int(term.table[old[a], old[b]])
        cells = [(i, o) for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b for o in (a, b)]
        fills = product(*((int(model.worst[i][party, o]), int(model.best[i][party, o])) for i, o in cells))
        least.append(joint + min(sum(fill[1::2]) - sum(fill[::2]) for fill in fills))
    return tuple(least)


def sides_of(model: SettlementModel) -> st.SearchStrategy[list[list[int]]]:
    """Draw who speaks for whom: parties with equal numbers are on one side."""

    def grouped(numbers: list[int]) -> list[list[int]]:
        return [[k for k, other in enumerate(numbers) if other == one] for one in dict.fromkeys(numbers)]

    number = st.integers(0, model.parties - 1)
    return st.lists(number, min_size=model.parties, max_size=model.parties).map(grouped)


@settings(max_examples=300, deadline=None)
@given(st.data(), models())
def test_trades_and_improvements_are_those_of_enumeration(data: st.DataObject, model: SettlementModel) -> None:
    """Over all completions of a package that may leave issues open; a rule by what it was before, in each of them."""
    package = data.draw(st.one_of(packages(model), partials(model), partials(model)))
    binding = data.draw(binding_of(model))
    sides = data.draw(sides_of(model))
    wholes = [w for w in product(*(range(k) for k in model.sizes)) if completes(package, w)]
    broken = [link for link in model.links if not any(link.keeps(w) for w in wholes)]
    rules = [*model.links, *(model.lines[k].rule for k in binding)]

    def improves(changes: Sequence[tuple[int, int]]) -> tuple[int, ...] | None:
        gains = []
        for old in wholes:
            new = list(old)
            for issue, option in changes:
                new[issue] = option
            if any(rule.keeps(old) and not rule.keeps(new) for rule in rules):
                return None
            if not all(link.keeps(new) for link in broken):
                return None
            gains.append(gains_by_definition(model, old, tuple(new)))
        least = tuple(min(column) for column in zip(*gains, strict=True))
        return least if min(least) >= 0 and any(by_side(least)) else None

    def by_side(gains: tuple[int, ...]) -> list[int]:
        return [min(gains[k] for k in side) for side in sides]

    single = [(i, o) for i, k in enumerate(model.sizes) for o in range(k) if package[i] not in (None, o)]
    alone = {(one,): gains for one in single if (gains := improves([one])) is not None}
    pairs = {
        (one, other): gains
        for one, other in combinations(single, 2)
        if one[0] != other[0]
        and (one,) not in alone
        and (other,) not in alone
        and (gains := improves([one, other])) is not None
        and sum(g > 0 for g in by_side(gains)) >= 2
    }
    found = find_trades(model, package, binding=sorted(binding), sides=sides, limit=1000)
    assert {one.changes: one.gains for one in found.improvements.listed} == alone
    assert {one.changes: one.gains for one in found.trades.listed} == pairs
    assert (found.improvements.count, found.trades.count) == (len(alone), len(pairs))
    second = [sorted(by_side(one.gains))[-2] for one in found.trades.listed]
    assert second == sorted(second, reverse=True)
    few = find_trades(model, package, binding=sorted(binding), sides=sides, limit=2)
    assert few.trades.listed == found.trades.listed[:2]
    assert few.trades.count == len(pairs)


def with_a_represented_member(model: SettlementModel) -> SettlementModel:
    """Return the model with one more member, last, that the first party speaks for: all its numbers, and its lines."""
    rows = [*range(model.parties), 0]
    return replace(
        model,
        worst=tuple(table[rows] for table in model.worst),
        best=tuple(table[rows] for table in model.best),
        bias=model.bias[rows],
        reservation=model.reservation[rows],
        interactions=model.interactions
        + tuple(replace(term, party=model.parties) for term in model.interactions if term.party == 0),
        lines=model.lines + tuple(replace(line, party=model.parties) for line in model.lines if line.party == 0),
    )


@settings(max_examples=100, deadline=None)
@given(st.data(), models(), completions)
def test_a_represented_member_changes_no_trade_change_or_shortfall(
    data: st.DataObject, model: SettlementModel, completion: Completion
) -> None:
    package = data.draw(partials(model))
    binding = range(len(model.lines))
    more = with_a_represented_member(model)
    sides = [[0, model.parties], *([k] for k in range(1, model.parties))]
    own = slice(0, model.parties)

    def told(found: Improvements) -> list[tuple[object, ...]]:
        return [(one.changes, one.gains[own]) for one in found.listed]

    one = find_trades(model, package, binding=binding)
    two = find_trades(more, package, binding=range(len(more.lines)), sides=sides)
    assert told(one.improvements) == told(two.improvements)
    assert told(one.trades) == told(two.trades)
    assert (one.improvements.count, one.trades.count) == (two.improvements.count, two.trades.count)

    few = find_changes(model, package, binding=binding, completion=completion)
    many = find_changes(more, package, binding=range(len(more.lines)), completion=completion, sides=sides)
    of_many = dict(zip(many.objectors, map(as_pair, many.by_objector), strict=True))
    assert of_many.get(model.parties) == of_many.get(0)
    assert {j: pair for j, pair in of_many.items() if j < model.parties} == dict(
        zip(few.objectors, map(as_pair, few.by_objector), strict=True)
    )
    assert as_pair(many.for_all) == as_pair(few.for_all)

    short = least_shortfalls(model, binding=binding, completion=completion)
    longer = least_shortfalls(more, binding=range(len(more.lines)), completion=completion, sides=sides)
    assert [vector[own] for vector in longer.vectors] == list(short.vectors)
    assert longer.sums == short.sums == tuple(map(sum, short.vectors))


def test_one_speaker_with_two_seats_is_not_two_that_are_better_off() -> None:
    """By hand: changing both issues gives the first party 0 and the second, which sits twice, 1."""
    tables = (np.array([[0, -1], [0, 2], [0, 2]]), np.array([[0, 1], [0, -1], [0, -1]]))
    model = SettlementModel(tables, tables, np.zeros(3, np.int64), np.zeros(3, np.int64))
    apart = find_trades(model, (0, 0), binding=()).trades
    assert [(one.changes, one.gains) for one in apart.listed] == [(((0, 1), (1, 1)), (0, 1, 1))]
    assert find_trades(model, (0, 0), binding=(), sides=[[0], [1, 2]]).trades.count == 0


@pytest.mark.parametrize("sides", [[[0]], [[0], [1], [1]], [[0, 1], []], [[0], [2]]])
def test_sides_that_are_no_partition_are_refused(sides: list[list[int]]) -> None:
    table = np.zeros((2, 2), np.int64)
    model = SettlementModel((table,), (table,), np.zeros(2, np.int64), np.zeros(2, np.int64))
    with pytest.raises(ModelError, match="no partition of the parties"):
        find_trades(model, (0,), binding=(), sides=sides)


@settings(max_examples=100, deadline=None)
@given(st.data(), models())
def test_a_concession_is_the_range_over_every_way_to_fill_in_unknown_options(
    data: st.DataObject, model: SettlementModel
) -> None:
    package = data.draw(partials(model))
    found = find_concessions(model, package)
    for party in range(model.parties):
        for issue, option in enumerate(package):
            low, high = model.worst[issue][party], model.best[issue][party]
            fills = list(product(*({int(a), int(b)} for a, b in zip(low, high, strict=True))))
            chosen = range(len(low)) if option is None else [option]
            losses = [fill[o] - max(fill) for fill in fills for o in chosen]
            part = found.parts[party][issue]
            assert (part.least, part.most) == (min(losses), max(losses))
            assert (part.low, part.high) == (
                min(fill[o] for fill in fills for o in chosen),
                max(fill[o] for fill in fills for o in chosen),
            )
            assert part.best == max(max(fill) for fill in fills)


def test_with_every_issue_open_there_is_nothing_to_change() -> None:
    table = np.array([[0, 1]])
    model = SettlementModel((table,), (table,), np.zeros(1, np.int64), np.zeros(1, np.int64))
    found = find_trades(model, (None,), binding=())
    assert (found.improvements.count, found.trades.count) == (0, 0)


@pytest.mark.parametrize("package", [(), (2,), (-1,), (0, 0)])
def test_trades_of_a_package_that_does_not_fit_are_refused(package: Package) -> None:
    table = np.zeros((1, 2), np.int64)
    model = SettlementModel((table,), (table,), np.zeros(1, np.int64), np.zeros(1, np.int64))
    with pytest.raises(ModelError, match="does not fit the model"):
        find_trades(model, package, binding=())


def test_an_improvement_by_itself_is_no_part_of_a_trade() -> None:
    """By hand: issue 0 better for both; issues 1 and 2 trade one point for two, each way."""
    worst = (
        np.array([[0, 1], [0, 1]]),
        np.array([[0, 2], [0, -1]]),
        np.array([[0, -1], [0, 2]]),
    )
    model = SettlementModel(worst, worst, np.zeros(2, np.int64), np.zeros(2, np.int64))
    found = find_trades(model, (0, 0, 0), binding=())
    assert [one.changes for one in found.improvements.listed] == [((0, 1),)]
    assert [(one.changes, one.gains) for one in found.trades.listed] == [(((1, 1), (2, 1)), (1, 1))]
    assert find_trades(replace(model, reservation=np.array([9, 9])), (0, 0, 0), binding=()) == found


def test_joint_values_with_an_open_issue_count_at_their_least_over_both_changes() -> None:
    """By hand: the first change adds 3 with the first option of the open issue, the second 4 with its second.

    Each costs 1, so alone they may cost 1, and together bring 3 - 2 or 4 - 2, whatever the open issue turns out to be.
    """
    tables = (np.array([[0, -1], [0, 1]]), np.array([[0, -1], [0, 0]]), np.zeros((2, 2), np.int64))
    joint = (Interaction(0, (0, 2), np.array([[0, 0], [3, 0]])), Interaction(0, (1, 2), np.array([[0, 0], [0, 4]])))
    model = SettlementModel(tables, tables, np.zeros(2, np.int64), np.zeros(2, np.int64), interactions=joint)
    found = find_trades(model, (0, 0, None), binding=())
    assert found.improvements.count == 0
    assert [(one.changes, one.gains) for one in found.trades.listed] == [(((0, 1), (1, 1)), (1, 1))]


@pytest.mark.parametrize(
    ("before", "after", "as_line", "as_link"),
    [
        ("kept kept", "kept kept", 1, 1),
        ("kept kept", "kept broken", 0, 0),
        ("kept broken", "kept broken", 1, 1),
        ("broken kept", "kept broken", 0, 0),
        ("broken kept", "kept kept", 1, 1),
        ("broken broken", "kept broken", 1, 0),
        ("broken broken", "kept kept", 1, 1),
    ],
)
def test_a_change_breaks_no_rule_whatever_an_open_issue_turns_out_to_be(
    before: str, after: str, as_line: int, as_link: int
) -> None:
    """One issue to change, for a gain of 1; the rule by the two options of the open issue, before and after."""
    rule = Rule((0, 1), np.array([[word == "kept" for word in row.split()] for row in (before, after)]))
    tables = (np.array([[0, 1]]), np.array([[0, 0]]))
    model = SettlementModel(tables, tables, np.zeros(1, np.int64), np.zeros(1, np.int64))
    lined, linked = replace(model, lines=(Line(0, rule, 1.0, True),)), replace(model, links=(rule,))
    assert find_trades(lined, (0, None), binding=[0]).improvements.count == as_line
    assert find_trades(lined, (0, None), binding=()).improvements.count == 1
    assert find_trades(linked, (0, None), binding=()).improvements.count == as_link

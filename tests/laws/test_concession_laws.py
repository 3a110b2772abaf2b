"""Laws of concessions: they add up, do not depend on scales, and follow their labels."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.engines.settlement import (
    Completion,
    SettlementModel,
    evaluate,
    find_changes,
    find_concessions,
    find_trades,
    spread_no_agreement,
)
from tests.laws.test_settlement_laws import models

settled = settings(max_examples=150, deadline=None)


def package_of(data: st.DataObject, model: SettlementModel, *, partial: bool = True) -> tuple[int | None, ...]:
    open_too = [None] if partial else []
    return data.draw(st.tuples(*(st.sampled_from([*open_too, *range(k)]) for k in model.sizes)))


@settled
@given(st.data(), models())
def test_issue_by_issue_a_package_adds_up_to_its_margin_over_no_agreement(
    data: st.DataObject, model: SettlementModel
) -> None:
    """Exactly for a complete package; where open issues have joint values the sum of the rows encloses the margin."""
    package = package_of(data, model)
    found = find_concessions(model, package)
    complete = None not in package
    for party in range(model.parties):
        low = sum((part.against_no_agreement[0] for part in found.parts[party]), Fraction(0))
        high = sum((part.against_no_agreement[1] for part in found.parts[party]), Fraction(0))
        low, high = low + found.interactions[party][0], high + found.interactions[party][1]
        least, most = found.margins[party]
        if complete or not any(term.party == party for term in model.interactions):
            assert (low, high) == (least, most)
        else:
            assert low <= least <= most <= high
        assert least == found.value.low[party] - model.reservation[party]


@settled
@given(models())
def test_no_agreement_is_spread_without_rest(model: SettlementModel) -> None:
    spread = spread_no_agreement(model)
    for party, parts in enumerate(spread):
        assert sum(parts) == model.reservation[party] - model.bias[party]


@settled
@given(st.data(), models())
def test_a_concession_is_never_above_nothing_and_encloses_the_best_option_at_nothing(
    data: st.DataObject, model: SettlementModel
) -> None:
    found = find_concessions(model, package_of(data, model))
    for parts in found.parts:
        for part in parts:
            assert part.least <= part.most <= 0
            assert part.low <= part.high <= part.best


@settled
@given(st.data(), models(), st.integers(2, 5), st.integers(-7, 7), st.integers(-7, 7))
def test_concessions_follow_the_scale_of_a_party(
    data: st.DataObject, model: SettlementModel, factor: int, first: int, constant: int
) -> None:
    """A party's utility times a factor, plus constants on the first issue and on all: concessions times the factor."""
    package = package_of(data, model)
    party = data.draw(st.integers(0, model.parties - 1))
    scale = np.ones((model.parties, 1), np.int64)
    scale[party] = factor
    shift = np.zeros((model.parties, 1), np.int64)
    shift[party] = first

    def scaled(tables: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
        return tuple(table * scale + (shift if i == 0 else 0) for i, table in enumerate(tables))

    moved = replace(
        model,
        worst=scaled(model.worst),
        best=scaled(model.best),
        bias=model.bias * scale[:, 0] + np.where(np.arange(model.parties) == party, constant, 0),
        reservation=model.reservation * scale[:, 0] + np.where(np.arange(model.parties) == party, first + constant, 0),
        interactions=tuple(
            replace(term, table=term.table * factor) if term.party == party else term for term in model.interactions
        ),
    )
    before, after = find_concessions(model, package), find_concessions(moved, package)
    for k in range(model.parties):
        by = factor if k == party else 1
        assert [tuple(by * x for x in margin) for margin in before.margins][k] == after.margins[k]
        for old, new in zip(before.parts[k], after.parts[k], strict=True):
            assert (by * old.least, by * old.most) == (new.least, new.most)
            assert tuple(by * x for x in old.against_no_agreement) == new.against_no_agreement


@settled
@given(st.data(), models(lines=3))
def test_swapping_labels_swaps_concessions_trades_and_changes(data: st.DataObject, model: SettlementModel) -> None:
    """Parties in another order; issues and options too for what does not single out one package."""
    order = data.draw(st.permutations(range(model.parties)))
    rows = list(order)
    renamed = replace(
        model,
        worst=tuple(table[rows] for table in model.worst),
        best=tuple(table[rows] for table in model.best),
        bias=model.bias[rows],
        reservation=model.reservation[rows],
        interactions=tuple(replace(term, party=rows.index(term.party)) for term in model.interactions),
        lines=tuple(replace(line, party=rows.index(line.party)) for line in model.lines),
    )
    package = package_of(data, model, partial=False)
    binding = range(len(model.lines))
    before, after = find_concessions(model, package), find_concessions(renamed, package)
    assert after.parts == tuple(before.parts[k] for k in rows)
    assert after.margins == tuple(before.margins[k] for k in rows)
    trades, other = (find_trades(m, package, binding=binding, limit=99) for m in (model, renamed))
    assert {(one.changes, tuple(one.gains[k] for k in rows)) for one in trades.trades.listed} == {
        (one.changes, one.gains) for one in other.trades.listed
    }
    changes, again = (find_changes(m, package, binding=binding, completion=Completion.WORST) for m in (model, renamed))
    assert {rows.index(j) for j in changes.objectors} == set(again.objectors)
    by_party = dict(zip(again.objectors, again.by_objector, strict=True))
    for j, change in zip(changes.objectors, changes.by_objector, strict=True):
        swapped = by_party[rows.index(j)]
        assert (change is None) == (swapped is None)
        if change is not None and swapped is not None:
            assert (change.count, change.package) == (swapped.count, swapped.package)
    assert (changes.for_all is None) == (again.for_all is None)


@settled
@given(st.data(), models())
def test_a_package_of_the_zone_needs_no_change(data: st.DataObject, model: SettlementModel) -> None:
    package = package_of(data, model, partial=False)
    binding = range(len(model.lines))
    value = evaluate(model, package)
    if value.links_broken:
        return
    found = find_changes(model, package, binding=binding, completion=Completion.WORST)
    in_zone = not value.lines_crossed and all(
        u >= d for u, d in zip(value.low, model.reservation.tolist(), strict=True)
    )
    assert (found.objectors == ()) is in_zone
    assert (found.for_all is not None and found.for_all.count == 0) is in_zone

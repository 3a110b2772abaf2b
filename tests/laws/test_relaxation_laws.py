"""What relaxing opens, against plain enumeration; and relaxing more never closes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.errors import ModelError
from detente.engines.settlement import Completion, Line, Rule, SettlementModel
from detente.engines.settlement.relaxations import (
    Alone,
    asking_nothing,
    least_shortfalls,
    likeliest_line_sets,
    relaxed_alone,
)
from tests.laws.test_settlement_laws import completions, enumerate_packages, models

MANY = 1_000


def zone(model: SettlementModel, binding: frozenset[int], completion: Completion, silent: frozenset[int]) -> int:
    """Return how many packages keep links and binding lines and reach the reservations of all who are not silent."""
    return sum(
        p.links_kept and not p.crossed & binding and not p.short - silent for p in enumerate_packages(model, completion)
    )


def bound(data: st.DataObject, model: SettlementModel) -> frozenset[int]:
    """Draw which lines bind."""
    return frozenset(k for k in range(len(model.lines)) if data.draw(st.booleans()))


@given(models(largest=4), completions, st.data())
def test_each_thing_relaxed_alone_opens_what_enumeration_counts(
    model: SettlementModel, completion: Completion, data: st.DataObject
) -> None:
    binding = bound(data, model)
    found = relaxed_alone(model, binding=sorted(binding), completion=completion)
    for line, count in zip(sorted(binding), found.lines, strict=True):
        assert count.low <= zone(model, binding - {line}, completion, frozenset()) <= count.high
        assert (count.low > 0) == (zone(model, binding - {line}, completion, frozenset()) > 0)
    for party, count in enumerate(found.parties):
        assert count.low <= zone(model, binding, completion, frozenset({party})) <= count.high
        assert (count.low > 0) == (zone(model, binding, completion, frozenset({party})) > 0)


@given(models(largest=4, lines=5), completions, st.data())
def test_likeliest_line_sets_are_those_of_enumeration(
    model: SettlementModel, completion: Completion, data: st.DataObject
) -> None:
    chances = data.draw(st.lists(st.sampled_from((0.2, 0.5, 0.9, 1.0)), min_size=5, max_size=5))
    lines = tuple(replace(line, probability=p) for line, p in zip(model.lines, chances, strict=False))
    model = replace(model, lines=lines)
    binding = bound(data, model)
    groups = [data.draw(st.integers(0, 2)) for _ in lines]
    crossed = {
        p.crossed & binding for p in enumerate_packages(model, completion) if p.links_kept and not p.short
    }  # sets of lines, each crossed by some package that reaches every reservation
    crossed = {one for one in crossed if all(chances[k] < 1 for k in one)}
    smallest = [one for one in crossed if not any(other < one for other in crossed)]

    def none_binds(one: frozenset[int]) -> Fraction:
        """Integrate over the draws of the groups: each lies below every p of the set with probability max p."""
        product = Fraction(1)
        for group in set(groups):
            levels = [Fraction(str(chances[k])) for k in one if groups[k] == group]
            product *= 1 - max(levels, default=Fraction(0))
        return product

    expected = sorted(
        ((-none_binds(one), len(one), tuple(sorted(one))) for one in smallest),
    )
    found = likeliest_line_sets(model, binding=sorted(binding), completion=completion, groups=groups, most=MANY)
    assert found.complete
    assert found.ordered
    assert [(-s.probability, len(s.lines), s.lines) for s in found.sets] == expected
    few = likeliest_line_sets(model, binding=sorted(binding), completion=completion, groups=groups, most=2)
    assert few.sets == found.sets[:2]
    assert len(expected) <= 2 or not few.complete


@given(models(largest=4), completions, st.data())
def test_least_shortfalls_are_those_of_enumeration(
    model: SettlementModel, completion: Completion, data: st.DataObject
) -> None:
    binding = bound(data, model)
    vectors = {
        tuple(max(0, int(d) - u) for d, u in zip(model.reservation, p.worth, strict=True))
        for p in enumerate_packages(model, completion)
        if p.links_kept and not p.crossed & binding
    }
    least = [v for v in vectors if not any(w != v and all(a <= b for a, b in zip(w, v, strict=True)) for w in vectors)]
    found = least_shortfalls(model, binding=sorted(binding), completion=completion, most=MANY)
    assert found.complete
    assert list(found.vectors) == sorted(least, key=lambda v: (sum(v), v))


@given(models(largest=4), completions, st.data())
def test_relaxing_more_never_closes(model: SettlementModel, completion: Completion, data: st.DataObject) -> None:
    every = range(len(model.lines))
    small = [k for k in every if data.draw(st.booleans())]
    large = [k for k in every if k in small or data.draw(st.booleans())]
    quiet = [j for j in range(model.parties) if data.draw(st.booleans())]
    more = [j for j in range(model.parties) if j in quiet or data.draw(st.booleans())]
    found: Alone = relaxed_alone(
        model, binding=every, completion=completion, lines=[small, large], parties=[quiet, more]
    )
    for less, wider in (found.lines, found.parties):
        assert less.low == 0 or wider.low > 0
        assert less.low <= wider.high
    for party in quiet:
        packages = enumerate_packages(asking_nothing(model, quiet), completion)
        assert not any(party in package.short for package in packages)


@given(models(largest=4, lines=4), completions, st.data())
def test_line_sets_do_not_depend_on_the_order_of_lines(
    model: SettlementModel, completion: Completion, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(model.lines))))
    turned = replace(model, lines=tuple(model.lines[k] for k in order))
    one, other = (
        likeliest_line_sets(each, binding=range(len(order)), completion=completion, most=MANY)
        for each in (model, turned)
    )
    assert {(s.lines, s.probability) for s in one.sets} == {
        (tuple(sorted(order[k] for k in s.lines)), s.probability) for s in other.sets
    }


def test_groups_that_do_not_fit_are_refused() -> None:
    rule = Rule((0,), np.array([True, False]))
    table = np.zeros((1, 2), np.int64)
    model = SettlementModel(
        worst=(table,),
        best=(table,),
        bias=np.zeros(1, np.int64),
        reservation=np.zeros(1, np.int64),
        lines=(Line(0, rule, 0.5, True), Line(0, rule, 0.5, True)),
    )
    with pytest.raises(ModelError, match="there is not one group per line"):
        likeliest_line_sets(model, binding=[0], completion=Completion.WORST, groups=[0])

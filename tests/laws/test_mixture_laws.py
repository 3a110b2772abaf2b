"""Laws of mixtures for two parties, against plain enumeration of packages and of pairs of packages."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.errors import ModelError
from detente.engines.settlement import (
    Completion,
    Concept,
    Mixture,
    Randomised,
    SettlementModel,
    solve,
    solve_randomised,
    utilities,
)
from detente.engines.settlement.structure import components
from tests.laws.test_settlement_laws import Listed, completions, enumerate_packages, models, scaled

Point = tuple[Fraction, Fraction]


def kept(model: SettlementModel, completion: Completion) -> list[Listed]:
    """Return the packages that keep the links and cross no line."""
    return [p for p in enumerate_packages(model, completion) if p.links_kept and not p.crossed]


def settled(model: SettlementModel, completion: Completion) -> Randomised:
    return solve_randomised(model, binding=range(len(model.lines)), completion=completion)


def every_mixture(found: Randomised) -> list[tuple[Concept, Mixture]]:
    return [(solution.concept, mixture) for solution in found.solutions for mixture in solution.mixtures]


pairs = models(max_parties=2).filter(lambda model: model.parties == 2)


@given(pairs, completions)
def test_a_mixture_is_what_it_says(model: SettlementModel, completion: Completion) -> None:
    """Its packages keep the rules, differ on one block at most, and their mean reaches no agreement for both."""
    found = settled(model, completion)
    joined = components(
        len(model.sizes),
        [r.issues for r in model.rules(range(len(model.lines)))] + [t.issues for t in model.interactions],
    )
    allowed = {p.package for p in kept(model, completion)}
    for _, mixture in every_mixture(found):
        assert set(mixture.packages) <= allowed
        assert sum(mixture.shares) == 1
        assert all(share > 0 for share in mixture.shares)
        assert len(mixture.packages) == len(mixture.shares) == len(mixture.below) <= 2
        worth = [utilities(model, package, completion) for package in mixture.packages]
        for party in (0, 1):
            mean = sum(share * u[party] for share, u in zip(mixture.shares, worth, strict=True))
            assert mixture.utilities[party] == mean >= model.reservation[party]
        assert [tuple(j for j in (0, 1) if u[j] < model.reservation[j]) for u in worth] == list(mixture.below)
        assert sum(bool(set(mixture.split) & set(group)) for group in joined) == (len(mixture.packages) - 1)
        assert not {i for group in mixture.instead for i in group} & set(mixture.split)


def below(one: Point, other: Point, point: Point) -> bool:
    """Return whether a point lies on or below the line from `one` (left) to `other` (right)."""
    return (point[1] - one[1]) * (other[0] - one[0]) <= (other[1] - one[1]) * (point[0] - one[0])


@given(pairs, completions)
def test_the_hull_covers_every_package_and_its_corners_are_packages(
    model: SettlementModel, completion: Completion
) -> None:
    found = settled(model, completion)
    worth = {p.worth for p in kept(model, completion)}
    assert set(found.corners) <= worth
    corners = sorted(found.corners)
    assert bool(corners) == bool(worth)
    for point in worth:
        assert point[0] <= corners[-1][0]
        assert point[1] <= corners[0][1]
        for one, other in pairwise(corners):
            assert below(one, other, point)


def crossing(points: list[tuple[int, int]], axis: int, need: int) -> Fraction | None:
    """Return the most of the other coordinate among mixtures of two points with at least `need` on `axis`."""
    other = 1 - axis
    values = [Fraction(p[other]) for p in points if p[axis] >= need]
    for p, q in combinations(points, 2):
        low, high = sorted((p, q), key=lambda point: point[axis])
        if low[axis] < need < high[axis]:
            share = Fraction(need - low[axis], high[axis] - low[axis])
            values.append((1 - share) * low[other] + share * high[other])
    return max(values, default=None)


@given(pairs, completions)
def test_solutions_are_best_among_mixtures_of_any_two_packages(model: SettlementModel, completion: Completion) -> None:
    """Two packages are enough for any point of the plane's upper hull, so all pairs are tried."""
    found = settled(model, completion)
    points = [(p.worth[0], p.worth[1]) for p in kept(model, completion)]
    need = [int(d) for d in model.reservation]
    ideal = (crossing(points, 1, need[1]), crossing(points, 0, need[0]))
    if found.ideal is None:
        assert ideal[0] is None or ideal[1] is None or ideal[0] < need[0] or ideal[1] < need[1]
        return
    assert found.ideal == ideal
    gain = {
        solution.concept: tuple(u - d for u, d in zip(solution.mixtures[0].utilities, need, strict=True))
        for solution in found.solutions
    }
    width = [m - d for m, d in zip(found.ideal, need, strict=True)]
    tried = [Fraction(k, 12) for k in range(13)]
    for p in points:
        for q in points:
            for share in tried:
                g = [(1 - share) * p[j] + share * q[j] - need[j] for j in (0, 1)]
                if min(g) < 0:
                    continue
                nash = gain[Concept.NASH]
                assert g[0] * g[1] <= nash[0] * nash[1]
                assert min(g) <= min(gain[Concept.EGALITARIAN])
                assert sum(g) <= sum(gain[Concept.UTILITARIAN])
                if min(width) > 0:
                    ks = gain[Concept.KALAI_SMORODINSKY]
                    assert min(g[0] / width[0], g[1] / width[1]) <= min(ks[0] / width[0], ks[1] / width[1])
    if min(width) > 0:
        ks = gain[Concept.KALAI_SMORODINSKY]
        assert ks[0] * width[1] == ks[1] * width[0]


@given(pairs, completions)
def test_mixing_never_gives_less_than_one_package(model: SettlementModel, completion: Completion) -> None:
    found = settled(model, completion)
    discrete = solve(model, binding=range(len(model.lines)), completion=completion).solutions[0]
    need = [int(d) for d in model.reservation]
    assert bool(found.solutions) >= bool(discrete.solutions)
    for one, mixed in zip(discrete.solutions, found.solutions, strict=False):
        g = [u - d for u, d in zip(one.points[0].utilities, need, strict=True)]
        m = [u - d for u, d in zip(mixed.mixtures[0].utilities, need, strict=True)]
        assert one.concept == mixed.concept
        if one.concept is Concept.NASH:
            assert m[0] * m[1] >= g[0] * g[1]
        if one.concept is Concept.EGALITARIAN:
            assert min(m) >= min(g)
        if one.concept is Concept.UTILITARIAN:
            assert sum(m) >= sum(g)


@given(pairs, completions, st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_a_change_of_scale_leaves_nash_and_kalai_smorodinsky_alone(
    model: SettlementModel, completion: Completion, numbers: list[int]
) -> None:
    other = scaled(model, np.array(numbers[:2]), np.array(numbers[2:]) - 5)
    for before, after in zip(settled(model, completion).solutions, settled(other, completion).solutions, strict=True):
        if before.concept in {Concept.NASH, Concept.KALAI_SMORODINSKY}:
            assert [(m.packages, m.shares, m.split) for m in before.mixtures] == [
                (m.packages, m.shares, m.split) for m in after.mixtures
            ]


def swapped(model: SettlementModel) -> SettlementModel:
    return replace(
        model,
        worst=tuple(np.ascontiguousarray(table[::-1]) for table in model.worst),
        best=tuple(np.ascontiguousarray(table[::-1]) for table in model.best),
        bias=model.bias[::-1].copy(),
        reservation=model.reservation[::-1].copy(),
        interactions=tuple(replace(term, party=1 - term.party) for term in model.interactions),
        lines=tuple(replace(line, party=1 - line.party) for line in model.lines),
    )


@given(pairs, completions)
def test_swapping_the_parties_swaps_the_results(model: SettlementModel, completion: Completion) -> None:
    one, other = settled(model, completion), settled(swapped(model), completion)
    assert sorted(one.corners) == sorted(corner[::-1] for corner in other.corners)
    assert (one.ideal and one.ideal[::-1]) == other.ideal
    for before, after in zip(one.solutions, other.solutions, strict=True):
        assert {m.utilities[::-1] for m in before.mixtures} == {m.utilities for m in after.mixtures}


@given(pairs, completions, st.integers(1, 2))
def test_members_that_nothing_tells_apart_are_one_side(
    model: SettlementModel, completion: Completion, copies: int
) -> None:
    """Copies of the second party change neither the hull nor the solutions that do not count members."""
    extra = [1] * copies
    wider = replace(
        model,
        worst=tuple(table[[0, 1, *extra]] for table in model.worst),
        best=tuple(table[[0, 1, *extra]] for table in model.best),
        bias=model.bias[[0, 1, *extra]],
        reservation=model.reservation[[0, 1, *extra]],
        interactions=tuple(
            replace(term, party=party)
            for term in model.interactions
            for party in ([0] if term.party == 0 else range(1, 2 + copies))
        ),
    )
    alike = settled(swapped(model), completion).corners == settled(model, completion).corners
    try:
        found = settled(wider, completion)
    except ModelError:
        assert alike  # all three are alike: one side
        return
    plain = settled(model, completion)
    assert [corner[:2] for corner in found.corners] == list(plain.corners)
    for one, other in zip(plain.solutions, found.solutions, strict=True):
        for mixture in other.mixtures:
            assert set(mixture.utilities[1:]) == {mixture.utilities[1]}
        if one.concept in {Concept.KALAI_SMORODINSKY, Concept.EGALITARIAN}:
            assert [m.utilities for m in one.mixtures] == [m.utilities[:2] for m in other.mixtures]
        if one.concept is Concept.NASH:
            best = _product(model, one.mixtures[0].utilities, copies)
            assert _product(model, other.mixtures[0].utilities[:2], copies) >= best


def _product(model: SettlementModel, worth: tuple[Fraction, ...], copies: int) -> Fraction:
    return (worth[0] - int(model.reservation[0])) * (worth[1] - int(model.reservation[1])) ** (1 + copies)


def test_three_parties_with_interests_of_their_own_are_refused() -> None:
    table = np.array([[0, 1], [1, 0], [1, 1]], np.int64)
    model = SettlementModel((table,), (table,), np.zeros(3, np.int64), np.zeros(3, np.int64))
    with pytest.raises(ModelError, match=r"two parties only, got 3\. Two parties, or two sides"):
        solve_randomised(model, binding=(), completion=Completion.WORST)


def test_a_mixture_can_agree_where_no_package_does_and_says_who_falls_short() -> None:
    """One issue, all or nothing for each; both ask for half of it."""
    table = np.array([[2, 0], [0, 2]], np.int64)
    model = SettlementModel((table,), (table,), np.zeros(2, np.int64), np.array([1, 1], np.int64))
    assert len(solve(model, binding=(), completion=Completion.WORST).solutions[0].zone_frontier) == 0
    found = solve_randomised(model, binding=(), completion=Completion.WORST)
    for _, mixture in every_mixture(found):
        assert mixture.utilities == (1, 1)
        assert mixture.shares == (Fraction(1, 2), Fraction(1, 2))
        assert mixture.below == ((1,), (0,))
        assert mixture.split == (0,)
    assert {solution.left_out for solution in found.solutions} == {(0, 1), ()}


def test_issues_traded_at_the_same_rate_are_named_beside_the_split_one() -> None:
    """Two equal issues: 3 of 4 units each way can be had by splitting either of them."""
    table = np.array([[4, 0], [0, 4]], np.int64)
    model = SettlementModel((table, table), (table, table), np.zeros(2, np.int64), np.array([6, 1], np.int64))
    found = solve_randomised(model, binding=(), completion=Completion.WORST)
    [mixture] = next(s.mixtures for s in found.solutions if s.concept is Concept.EGALITARIAN)
    assert mixture.utilities == (Fraction(13, 2), Fraction(3, 2))
    assert (mixture.split, mixture.instead) == ((0,), ((1,),))

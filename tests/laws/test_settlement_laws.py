"""Laws of the settlement engine, and agreement with plain enumeration on small spaces."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations, product
from math import prod

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.engines.settlement import (
    Completion,
    Concept,
    Interaction,
    Line,
    Package,
    Rule,
    SettlementModel,
    evaluate,
    find_conflicts,
    find_frontier,
    solve,
    utilities,
    zone_curve,
)

Vector = tuple[int, ...]


@st.composite
def models(
    draw: st.DrawFn, *, max_parties: int = 4, max_issues: int = 4, largest: int = 6, joined: bool = True, lines: int = 4
) -> SettlementModel:
    """Draw a small model with ties, links, lines, interactions and unknown options."""
    parties = draw(st.integers(1, max_parties))
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=max_issues))
    number = st.integers(-largest, largest)

    def table(rows: int, columns: int) -> np.ndarray:
        return np.array(draw(st.lists(number, min_size=rows * columns, max_size=rows * columns)), np.int64).reshape(
            rows, columns
        )

    def rule() -> Rule:
        issues = tuple(sorted(draw(st.sets(st.integers(0, len(sizes) - 1), min_size=1, max_size=3 if joined else 1))))
        shape = tuple(sizes[i] for i in issues)
        cells = draw(st.lists(st.integers(0, 3), min_size=prod(shape), max_size=prod(shape)))
        return Rule(issues, np.array(cells).reshape(shape) > 0)

    worst = tuple(table(parties, k) for k in sizes)
    unknown = draw(st.booleans())
    best = tuple(w + np.abs(table(parties, w.shape[1])) // 3 if unknown else w for w in worst)
    interactions = []
    if joined and len(sizes) > 1:
        for _ in range(draw(st.integers(0, 2))):
            a, b = sorted(draw(st.sets(st.integers(0, len(sizes) - 1), min_size=2, max_size=2)))
            interactions.append(Interaction(draw(st.integers(0, parties - 1)), (a, b), table(sizes[a], sizes[b])))
    return SettlementModel(
        worst=worst,
        best=best,
        bias=table(1, parties)[0],
        reservation=table(1, parties)[0],
        interactions=tuple(interactions),
        links=tuple(rule() for _ in range(draw(st.integers(0, 2)))),
        lines=tuple(
            Line(
                draw(st.integers(0, parties - 1)),
                rule(),
                draw(st.sampled_from((0.2, 0.5, 0.9))),
                draw(st.booleans()),
            )
            for _ in range(draw(st.integers(0, lines)))
        ),
    )


completions = st.sampled_from(Completion)


@dataclass(frozen=True)
class Listed:
    """A package, what it is worth, and what it breaks."""

    package: Package
    worth: Vector
    links_kept: bool
    crossed: frozenset[int]
    short: frozenset[int]  # parties below their reservation


def enumerate_packages(model: SettlementModel, completion: Completion) -> list[Listed]:
    """Return all packages, in lexicographic order, by the definitions alone."""
    tables = model.best if completion is Completion.BEST else model.worst
    found = []
    for package in product(*(range(k) for k in model.sizes)):
        worth = list(map(int, model.bias))
        for table, option in zip(tables, package, strict=True):
            worth = [u + int(table[j, option]) for j, u in enumerate(worth)]
        for term in model.interactions:
            worth[term.party] += int(term.table[package[term.issues[0]], package[term.issues[1]]])
        found.append(
            Listed(
                package,
                tuple(worth),
                all(rule.keeps(package) for rule in model.links),
                frozenset(k for k, line in enumerate(model.lines) if not line.rule.keeps(package)),
                frozenset(j for j, u in enumerate(worth) if u < model.reservation[j]),
            )
        )
    return found


def zone_of(listed: list[Listed], binding: set[int]) -> list[Listed]:
    return [p for p in listed if p.links_kept and not p.crossed & binding and not p.short]


def dominates(a: Vector, b: Vector) -> bool:
    return a != b and all(x >= y for x, y in zip(a, b, strict=True))


def best_points(listed: list[Listed]) -> dict[Vector, tuple[int, Package]]:
    """Return the non-dominated vectors with how many packages have them and the first."""
    times = Counter(p.worth for p in listed)
    first = {p.worth: p.package for p in reversed(listed)}
    return {u: (times[u], first[u]) for u in times if not any(dominates(v, u) for v in times)}


def points_of(frontier: object) -> dict[Vector, tuple[int, Package]]:
    return {p.utilities: (p.count, p.package) for p in frontier}  # type: ignore[attr-defined]


def recommended(zone: list[Listed], reservation: Vector) -> dict[Concept, set[Vector]]:
    """Return what each concept recommends, by its definition over the whole zone."""
    vectors = {p.worth for p in zone}
    gain = {u: [a - b for a, b in zip(u, reservation, strict=True)] for u in vectors}
    ideal = [max(g[j] for g in gain.values()) for j in range(len(reservation))]
    counted = [j for j, m in enumerate(ideal) if m > 0]

    def argmax(key: Callable[[Vector], object]) -> set[Vector]:
        top = max(key(u) for u in vectors)  # type: ignore[type-var]
        best = {u for u in vectors if key(u) == top}
        return {u for u in best if not any(dominates(v, u) for v in vectors)}

    return {
        Concept.NASH: argmax(
            lambda u: (sum(gain[u][j] > 0 for j in counted), prod(gain[u][j] for j in counted if gain[u][j] > 0))
        ),
        Concept.KALAI_SMORODINSKY: argmax(lambda u: sorted(Fraction(gain[u][j], ideal[j]) for j in counted)),
        Concept.EGALITARIAN: argmax(lambda u: sorted(gain[u])),
        Concept.UTILITARIAN: argmax(sum),
    }


@settings(max_examples=400, deadline=None)
@given(models(), completions, st.data())
def test_counts_frontiers_and_solutions_are_those_of_enumeration(
    model: SettlementModel, completion: Completion, data: st.DataObject
) -> None:
    binding = data.draw(st.sets(st.integers(0, len(model.lines) - 1))) if model.lines else set[int]()
    found = solve(model, binding=sorted(binding), completion=completion).solutions[0]
    listed = enumerate_packages(model, completion)
    zone = zone_of(listed, binding)
    assert found.counts.total == len(listed)
    assert found.counts.no_red_line.exact
    assert found.counts.no_red_line.low == sum(p.links_kept and not p.crossed & binding for p in listed)
    assert found.counts.in_zone.exact
    assert found.counts.in_zone.low == len(zone)
    assert points_of(found.zone_frontier) == best_points(zone)
    assert points_of(found.feasible_frontier) == best_points([p for p in listed if p.links_kept])
    if not zone:
        assert found.solutions == ()
        assert found.ideal is None
        return
    assert found.ideal == tuple(max(p.worth[j] for p in zone) for j in range(model.parties))
    expected = recommended(zone, tuple(map(int, model.reservation)))
    assert {s.concept: {p.utilities for p in s.points} for s in found.solutions} == expected


def subsets(items: list[int]) -> chain[tuple[int, ...]]:
    return chain.from_iterable(combinations(items, k) for k in range(len(items) + 1))


def smallest_unmet(unmet: list[frozenset[int]], demands: int) -> list[frozenset[int]]:
    """Return the minimal sets of demands that no package meets, given what each package leaves unmet."""
    minimal: list[frozenset[int]] = []
    for chosen in subsets(list(range(demands))):  # smallest first
        wanted = frozenset(chosen)
        if all(wanted & u for u in unmet) and not any(m <= wanted for m in minimal):
            minimal.append(wanted)
    return minimal


@settings(max_examples=200, deadline=None)
@given(models(largest=4, lines=6), completions, st.integers(1, 4), st.sampled_from((1, 3, 20, 1000)))
def test_conflicts_found_with_little_effort_are_conflicts_and_complete_as_far_as_said(
    model: SettlementModel, completion: Completion, limit: int, tries: int
) -> None:
    lines = len(model.lines)
    found = find_conflicts(model, binding=range(lines), completion=completion, limit=limit, tries=tries)
    offers = [p for p in enumerate_packages(model, completion) if p.links_kept]
    minimal = smallest_unmet(
        [frozenset(p.crossed) | {lines + j for j in p.short} for p in offers], lines + model.parties
    )
    listed = {frozenset(c.lines) | {lines + j for j in c.parties} for c in found.sets}
    assert len(listed) == len(found.sets) <= limit
    assert listed <= set(minimal)
    up_to = lines + model.parties if found.complete_to is None else found.complete_to
    assert {m for m in minimal if len(m) <= up_to} <= listed


@settings(max_examples=200, deadline=None)
@given(models(largest=4), completions)
def test_conflicts_are_all_minimal_sets_that_no_package_meets(model: SettlementModel, completion: Completion) -> None:
    lines = len(model.lines)
    found = find_conflicts(model, binding=range(lines), completion=completion)
    offers = [p for p in enumerate_packages(model, completion) if p.links_kept]
    unmet = [frozenset(p.crossed) | {lines + j for j in p.short} for p in offers]
    minimal = smallest_unmet(unmet, lines + model.parties)
    assert found.complete
    assert {frozenset(c.lines) | {lines + j for j in c.parties} for c in found.sets} == set(minimal)
    assert len(found.sets) == len(minimal)


@settings(max_examples=100, deadline=None)
@given(models(max_parties=3))
def test_the_curve_counts_the_zone_of_each_step(model: SettlementModel) -> None:
    steps = zone_curve(model)
    listed = {c: enumerate_packages(model, c) for c in Completion}
    for step in steps:
        for completion in Completion:
            zone = zone_of(listed[completion], set(step.binding))
            assert step.exists[completion] == bool(zone)
            assert step.counts[completion].low == step.counts[completion].high == len(zone)
    assert steps[0].binding == tuple(range(len(model.lines)))
    assert any(step.binding == () for step in steps)
    assert sum(step.all_stated for step in steps) >= 1


@settings(max_examples=150, deadline=None)
@given(models(), st.data())
def test_a_partial_package_is_worth_what_its_completions_are(model: SettlementModel, data: st.DataObject) -> None:
    package = tuple(data.draw(st.none() | st.integers(0, k - 1)) for k in model.sizes)
    value = evaluate(model, package)

    def completes(full: Package) -> bool:
        return all(a is None or a == b for a, b in zip(package, full, strict=True))

    low = [p for p in enumerate_packages(model, Completion.WORST) if completes(p.package)]
    high = [p for p in enumerate_packages(model, Completion.BEST) if completes(p.package)]
    for j in range(model.parties):
        assert value.low[j] == min(p.worth[j] for p in low)
        assert value.high[j] == max(p.worth[j] for p in high)
    for k in range(len(model.lines)):
        broken = {k in p.crossed for p in low}
        assert (k in value.lines_crossed) == (broken == {True})
        assert (k in value.lines_possibly_crossed) == (broken == {True, False})
    if None not in package:
        assert value.low == utilities(model, low[0].package, Completion.WORST)


def scaled(model: SettlementModel, factors: np.ndarray, shifts: np.ndarray) -> SettlementModel:
    return replace(
        model,
        worst=tuple(t * factors[:, None] for t in model.worst),
        best=tuple(t * factors[:, None] for t in model.best),
        bias=model.bias * factors + shifts,
        reservation=model.reservation * factors + shifts,
        interactions=tuple(replace(t, table=t.table * int(factors[t.party])) for t in model.interactions),
    )


@settings(max_examples=100, deadline=None)
@given(models(), completions, st.data())
def test_a_change_of_scale_leaves_nash_and_kalai_smorodinsky_alone(
    model: SettlementModel, completion: Completion, data: st.DataObject
) -> None:
    each = st.lists(st.integers(1, 9), min_size=model.parties, max_size=model.parties)
    other = scaled(model, np.array(data.draw(each)), np.array(data.draw(each)) - 5)
    binding = range(len(model.lines))
    for before, after in zip(
        solve(model, binding=binding, completion=completion).solutions[0].solutions,
        solve(other, binding=binding, completion=completion).solutions[0].solutions,
        strict=True,
    ):
        if before.concept in {Concept.NASH, Concept.KALAI_SMORODINSKY}:
            assert [p.package for p in before.points] == [p.package for p in after.points]
            assert [p.count for p in before.points] == [p.count for p in after.points]


@settings(max_examples=100, deadline=None)
@given(models(), completions, st.randoms(use_true_random=False))
def test_relabelling_permutes_the_results(model: SettlementModel, completion: Completion, random: object) -> None:
    party = list(range(model.parties))
    issue = list(range(len(model.sizes)))
    random.shuffle(party)  # type: ignore[attr-defined]
    random.shuffle(issue)  # type: ignore[attr-defined]
    option = [list(range(k)) for k in model.sizes]
    for places in option:
        random.shuffle(places)  # type: ignore[attr-defined]

    def moved(issues: tuple[int, ...], table: np.ndarray) -> tuple[tuple[int, ...], np.ndarray]:
        for axis, i in enumerate(issues):
            table = table.take(option[i], axis=axis)
        new = [issue.index(i) for i in issues]
        order = sorted(range(len(new)), key=new.__getitem__)
        return tuple(new[k] for k in order), np.ascontiguousarray(table.transpose(order))

    def rule(old: Rule) -> Rule:
        return Rule(*moved(old.issues, old.allowed))

    def term(old: Interaction) -> Interaction:
        issues, table = moved(old.issues, old.table)
        return Interaction(party.index(old.party), (issues[0], issues[1]), table)

    other = SettlementModel(
        worst=tuple(model.worst[i][party][:, option[i]] for i in issue),
        best=tuple(model.best[i][party][:, option[i]] for i in issue),
        bias=model.bias[party],
        reservation=model.reservation[party],
        interactions=tuple(term(t) for t in model.interactions),
        links=tuple(rule(r) for r in model.links),
        lines=tuple(replace(line, party=party.index(line.party), rule=rule(line.rule)) for line in model.lines),
    )
    binding = range(len(model.lines))
    before = solve(model, binding=binding, completion=completion).solutions[0]
    after = solve(other, binding=binding, completion=completion).solutions[0]
    assert before.counts == after.counts

    def permuted(points: object) -> dict[Vector, int]:
        return {tuple(p.utilities[j] for j in party): p.count for p in points}  # type: ignore[attr-defined]

    def plain(points: object) -> dict[Vector, int]:
        return {p.utilities: p.count for p in points}  # type: ignore[attr-defined]

    assert permuted(before.zone_frontier) == plain(after.zone_frontier)
    for one, two in zip(before.solutions, after.solutions, strict=True):
        assert permuted(one.points) == plain(two.points)


@settings(max_examples=100, deadline=None)
@given(models(joined=False), completions)
def test_a_dominated_option_changes_no_solution(model: SettlementModel, completion: Completion) -> None:
    """The new option of the first issue is worse than the first for all, and rules treat it alike."""

    def wider(table: np.ndarray) -> np.ndarray:
        return np.concatenate((table, table[:, :1] - 1), axis=1)

    def rule(old: Rule) -> Rule:
        return Rule(old.issues, np.append(old.allowed, old.allowed[0])) if old.issues[0] == 0 else old

    other = replace(
        model,
        worst=(wider(model.worst[0]), *model.worst[1:]),
        best=(wider(model.best[0]), *model.best[1:]),
        links=tuple(rule(r) for r in model.links),
        lines=tuple(replace(line, rule=rule(line.rule)) for line in model.lines),
    )
    binding = range(len(model.lines))
    before = solve(model, binding=binding, completion=completion).solutions[0]
    after = solve(other, binding=binding, completion=completion).solutions[0]
    assert before.solutions == after.solutions
    assert points_of(before.zone_frontier) == points_of(after.zone_frontier)


@settings(max_examples=100, deadline=None)
@given(models(), completions, st.data())
def test_more_demands_never_enlarge_the_zone(
    model: SettlementModel, completion: Completion, data: st.DataObject
) -> None:
    def size(asked: SettlementModel, binding: set[int]) -> int:
        return solve(asked, binding=sorted(binding), completion=completion).solutions[0].counts.in_zone.low

    every = set(range(len(model.lines)))
    some = data.draw(st.sets(st.sampled_from(sorted(every)))) if every else every
    raised = replace(model, reservation=model.reservation + data.draw(st.integers(0, 5)))
    linked = replace(model, links=(*model.links, *(line.rule for line in model.lines)))
    assert size(model, every) <= size(model, some)
    assert size(raised, some) <= size(model, some)
    assert size(linked, some) == size(model, every)


@settings(max_examples=60, deadline=None)
@given(models(max_issues=5), completions)
def test_a_small_effort_gives_bounds_that_hold(model: SettlementModel, completion: Completion) -> None:
    exact = solve(model, binding=(), completion=completion, feasible=False).solutions[0].counts.in_zone
    rough = solve(model, binding=(), completion=completion, feasible=False, effort=1).solutions[0].counts.in_zone
    assert rough.low <= exact.low <= exact.high <= rough.high


@settings(max_examples=60, deadline=None)
@given(models(max_parties=2), completions)
def test_the_frontier_of_a_zone_is_part_of_no_smaller_one(model: SettlementModel, completion: Completion) -> None:
    """Whatever the zone's frontier holds is dominated only by packages outside the zone."""
    zone = find_frontier(model, rules=model.links, completion=completion)
    everywhere = find_frontier(model, rules=model.links, completion=completion, reserved=False)
    inside = {u for u in points_of(everywhere) if all(a >= b for a, b in zip(u, model.reservation, strict=True))}
    assert set(points_of(zone)) == inside

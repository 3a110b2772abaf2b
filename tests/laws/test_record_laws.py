"""Laws of the record engine: swapped labels, moved calendars, another scale, nothing from nothing."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.engines.record import STEP, Moves, Pair, build_up, solve
from tests.engines.record.acts import Act, record

DAYS = 420
EDGES = np.append(np.arange(0, DAYS, 7), DAYS)


@st.composite
def acts(draw: st.DrawFn) -> list[Act]:
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, DAYS - 1),
                st.sampled_from([0, 0, 0, 3, 30]),
                st.integers(0, 2),
                st.integers(1, 2),
                st.integers(-50, 50).map(lambda tenths: tenths / 10),
            ),
            max_size=60,
        )
    )
    return [
        (day, min(day + more, DAYS - 1), actor, (actor + step) % 3, value) for day, more, actor, step, value in rows
    ]


def busy(seed: int) -> list[Act]:
    """A record thick enough for every number."""
    draw = np.random.default_rng(seed)
    return [
        (int(day), int(day), int(actor), int(1 - actor), float(value) / 10)
        for day, actor, value in zip(
            draw.integers(0, DAYS, 400), draw.integers(0, 2, 400), draw.integers(-50, 51, 400), strict=True
        )
    ]


def solved(rows: list[Act], *, start: int = 0) -> dict[tuple[int, int], Pair]:
    model = record(
        [(a + start, b + start, *rest) for a, b, *rest in rows], parties=3, start=start, end=start + DAYS - 1
    )
    (found,) = solve(model, edges=EDGES + start, draws=40).solutions
    return {(pair.first, pair.second): pair for pair in found.pairs}


def plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, float) and np.isnan(value):
        return None
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


def same(one: object, other: object) -> bool:
    return str(plain(one)) == str(plain(other))


@settings(max_examples=30)
@given(acts(), st.permutations(range(3)))
def test_swapping_labels_swaps_results(rows: list[Act], order: list[int]) -> None:
    before = solved(rows)
    after = solved([(a, b, order[actor], order[target], value) for a, b, actor, target, value in rows])
    assert len(after) == len(before)
    for (first, second), pair in before.items():
        low, high = sorted((order[first], order[second]))
        renamed = after[low, high]
        is_turned = order[first] > order[second]
        assert same(renamed.back if is_turned else renamed.forth, pair.forth)
        assert same(renamed.forth if is_turned else renamed.back, pair.back)
        mine = {(sign, forth): found for sign, forth, found in pair.answers}
        for sign, forth, found in renamed.answers:
            assert same(found, mine[sign, forth != is_turned])


@settings(max_examples=30)
@given(acts(), st.integers(-10_000, 10_000), st.randoms(use_true_random=False))
def test_another_calendar_and_another_order_of_the_rows_change_nothing(
    rows: list[Act], days: int, deal: object
) -> None:
    shuffled = list(rows)
    deal.shuffle(shuffled)  # type: ignore[attr-defined]
    assert same(tuple(solved(rows).values()), tuple(solved(shuffled, start=days).values()))


@pytest.mark.parametrize("seed", range(4))
def test_doubling_the_scale_doubles_sums_and_leaves_every_gain(seed: int) -> None:
    rows = busy(seed)
    (one,), (two,) = solved(rows).values(), solved([(*row[:4], 2 * row[4]) for row in rows]).values()
    assert same(one.answers, two.answers)
    assert (2 * one.forth.conflict).tolist() == two.forth.conflict.tolist()
    assert one.weekly.answer is not None
    assert two.weekly.answer == pytest.approx(one.weekly.answer)
    assert two.weekly.coefficients is not None
    assert two.weekly.coefficients[:, 0] == pytest.approx(2 * one.weekly.coefficients[:, 0])  # type: ignore[index]


@pytest.mark.parametrize("seed", range(4))
def test_the_weekly_model_turns_with_its_parties(seed: int) -> None:
    rows = busy(seed)
    turned = [(a, b, target, actor, value) for a, b, actor, target, value in rows]
    (one,), (two,) = solved(rows).values(), solved(turned).values()
    assert one.weekly.answer is not None
    assert two.weekly.answer == pytest.approx(one.weekly.answer[::-1])


def test_no_events_no_numbers() -> None:
    model = record([], parties=3, end=DAYS - 1)
    found = solve(model, edges=EDGES)
    assert found.solutions[0].pairs == ()
    assert found.notes
    asked = solve(model, edges=EDGES, pairs=[(0, 1)]).solutions[0].pairs[0]
    assert all(one.share is None and one.gain is None and one.too_few for _, _, one in asked.answers)
    assert asked.weekly.coefficients is None


@settings(max_examples=50)
@given(acts())
def test_bounds_hold_and_sums_add_up(rows: list[Act]) -> None:
    for pair in solved(rows).values():
        for side, (actor, target) in ((pair.forth, (pair.first, pair.second)), (pair.back, (pair.second, pair.first))):
            own = [row for row in rows if row[2:4] == (actor, target)]
            assert (side.conflict_acts[0] <= side.conflict_acts[1]).all()
            assert side.conflict_acts[0].sum() <= sum(row[4] < 0 for row in own) <= side.conflict_acts[1].sum()
            assert side.net.sum() == pytest.approx(STEP * sum(row[4] for row in own), abs=1e-6)
        for _, _, found in pair.answers:
            if found.share is not None:
                assert found.share.low <= found.share.high
                assert found.base is not None
                assert found.base.low <= found.base.high


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9), st.integers(0, 2), st.integers(0, 2)), max_size=30))
def test_a_build_up_only_grows_and_ends_with_all_its_steps(rows: list[tuple[int, int, int, int]]) -> None:
    first, more, actor, kind = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    found = build_up(Moves(first, first + more, actor, kind, np.arange(len(rows))))
    assert sum(len(one.row) for one in found) == len(rows)
    for one in found:
        assert (np.diff(one.sure) >= 0).all()
        assert (one.sure <= one.possible).all()
        assert one.sure[-1] == one.possible[-1] == len(one.row)

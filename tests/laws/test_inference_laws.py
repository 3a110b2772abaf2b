"""Laws of inference: order, copies, coin flips, infinite precision, conflicts, direction, labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.engines.inference import (
    Conduct,
    InferenceModel,
    Prior,
    Threats,
    cheap_talk,
    infer_binding,
    infer_reservation,
    probability_of_yes,
    solve,
)
from detente.engines.inference.cells import Band
from tests.engines.inference.observed import answers, line

UNIT = Prior(0, None, 1)
share = st.floats(0.02, 0.98)
observed = st.lists(st.tuples(share, st.booleans()), min_size=1, max_size=5)
beta = st.floats(1, 60)


def law(record: object, precision: float = 10.0, prior: Prior = UNIT) -> Band:
    found = infer_reservation(prior, record, precision).posterior  # type: ignore[arg-type]
    assert found is not None
    return found


def near(one: Band, other: Band, tol: float = 1e-9) -> None:
    for name in ("mean", "sd", "low", "median", "high"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=tol)


@given(observed, beta, st.randoms(use_true_random=False))
def test_the_order_of_answers_is_irrelevant(
    seen: list[tuple[float, bool]], precision: float, random: st.DrawFn
) -> None:
    mixed = list(seen)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    near(law(answers(seen), precision), law(answers(mixed), precision))


@given(observed, beta, st.integers(2, 4))
def test_an_act_told_several_times_is_one_act(seen: list[tuple[float, bool]], precision: float, times: int) -> None:
    copies = [one for one in seen for _ in range(times)]
    group = [k for k in range(len(seen)) for _ in range(times)]
    near(law(answers(seen), precision), law(answers(copies, group=group, day=group), precision))


@given(observed, beta)
def test_without_honesty_the_posterior_is_the_prior_to_the_last_digit(
    seen: list[tuple[float, bool]], precision: float
) -> None:
    found = infer_reservation(UNIT, answers(seen, honesty=[0.0] * len(seen)), precision)
    assert found.posterior == found.prior
    assert not found.moved
    assert all(step.before == step.after == step.without for step in found.steps)
    assert found.bounds.low is None
    assert found.bounds.high is None


def test_without_answers_the_posterior_is_the_prior() -> None:
    found = infer_reservation(Prior(0.2, 0.4, 0.9), answers([]), 10.0)
    assert found.posterior == found.prior
    assert found.prior.mean == pytest.approx((0.2 + 4 * 0.4 + 0.9) / 6)


@given(observed, share)
def test_words_between_opponents_leave_any_answer_without_effect(
    seen: list[tuple[float, bool]], further: float
) -> None:
    carried = cheap_talk(0.25 + further).informativeness
    found = infer_reservation(UNIT, answers(seen, honesty=[0.8 * carried] * len(seen)), 10.0)
    assert found.posterior == found.prior


@given(observed)
def test_infinite_precision_cuts_the_prior_off(seen: list[tuple[float, bool]]) -> None:
    found = infer_reservation(UNIT, answers(seen), np.inf)
    low = max((worth for worth, yes in seen if not yes), default=0.0)
    high = min((worth for worth, yes in seen if yes), default=1.0)
    if low >= high:  # one point, or none, is left
        assert found.posterior is None
        assert low == high or found.bounds.conflict
    else:
        assert found.posterior is not None
        assert found.posterior.mean == pytest.approx((low + high) / 2, abs=1e-9)
        assert found.posterior.low == pytest.approx(low + 0.05 * (high - low), abs=1e-9)


@given(st.floats(0.3, 0.45), st.floats(0.55, 0.7))
def test_growing_precision_approaches_the_cut(refused: float, accepted: float) -> None:
    seen = answers([(refused, False), (accepted, True)])
    cut = law(seen, np.inf)
    gaps = [abs(law(seen, precision).sd - cut.sd) for precision in (100.0, 1000.0, 10000.0)]
    assert gaps[0] > gaps[1] > gaps[2]
    assert gaps[2] < 1e-4


def test_hard_answers_that_exclude_each_other_are_reported_and_not_clipped() -> None:
    seen = answers([(0.8, False), (0.3, True)])
    found = solve(InferenceModel(UNIT, seen, (), np.inf))
    (only,) = found.solutions
    assert only.reservation.posterior is None
    assert (only.reservation.bounds.low, only.reservation.bounds.high) == (0.8, 0.3)
    assert only.reservation.bounds.conflict
    assert found.notes == ("A package was refused that is worth more than one that was accepted.",)
    assert probability_of_yes(InferenceModel(UNIT, seen, (), np.inf), 0.5) is None


@given(share, share, beta)
def test_a_refusal_never_lowers_and_an_acceptance_never_raises_it(
    worth: float, honesty: float, precision: float
) -> None:
    for yes in (False, True):
        moved = law(answers([(worth, yes)], honesty=[honesty], hope=[0.3]), precision).mean - 0.5
        assert moved <= 1e-12 if yes else moved >= -1e-12


@given(share, st.floats(0, 0.9), st.floats(0, 0.9))
def test_hope_and_a_bar_weaken_a_refusal(worth: float, less: float, more: float) -> None:
    low, high = sorted((less, more))
    for name in ("hope", "barred"):
        weak = law(answers([(worth, False)], **{name: [high]})).mean
        strong = law(answers([(worth, False)], **{name: [low]})).mean
        assert weak <= strong + 1e-12


def test_a_sure_bar_explains_a_refusal_away() -> None:
    moved = law(answers([(0.4, False)], barred=[1.0]))
    assert moved.mean == pytest.approx(0.5, abs=1e-12)


@given(observed, st.floats(0.5, 20), st.floats(-3, 3))
def test_the_unit_and_zero_of_the_scale_do_not_matter(
    seen: list[tuple[float, bool]], factor: float, offset: float
) -> None:
    moved = answers([(offset + factor * worth, yes) for worth, yes in seen])
    other = law(moved, 10.0 / factor, Prior(offset, None, offset + factor))
    one = law(answers(seen))
    assert (other.mean - offset) / factor == pytest.approx(one.mean, abs=1e-8)
    assert (other.high - offset) / factor == pytest.approx(one.high, abs=1e-6)


@given(st.floats(0.05, 0.9), st.lists(st.sampled_from(list(Conduct)), max_size=4), st.randoms(use_true_random=False))
def test_a_line_keeps_the_order_of_its_range_and_ignores_the_order_of_events(
    mode: float, seen: list[Conduct], random: st.DrawFn
) -> None:
    prior = (mode / 2, mode, (1 + mode) / 2)
    found = infer_binding(line(prior, *seen)).posterior
    assert list(found) == sorted(found)
    mixed = list(seen)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert infer_binding(line(prior, *mixed)).posterior == pytest.approx(found, abs=1e-12)


@given(st.floats(0.05, 0.9))
def test_what_is_seen_of_a_line_moves_it_the_right_way(mode: float) -> None:
    prior = (mode / 2, mode, (1 + mode) / 2)
    for seen, up in ((Conduct.DECLARED, True), (Conduct.KEPT, True), (Conduct.CROSSED, False)):
        after = infer_binding(line(prior, seen)).posterior[1]
        assert (after > mode) is up
        assert infer_binding(line(prior, seen, honesty=0.0)).posterior == prior


def test_a_line_declared_and_crossed_for_certain_is_a_conflict() -> None:
    found = infer_binding(line((0.2, 0.5, 0.8), Conduct.DECLARED, Conduct.CROSSED, honesty=1.0))
    assert found.conflict
    assert found.posterior == (0.2, 0.5, 0.8)


@given(st.integers(0, 20), st.integers(0, 20))
def test_swapping_kept_and_broken_threats_mirrors_the_law(kept: int, broken: int) -> None:
    def after(one: int, other: int) -> Band:
        return solve(InferenceModel(UNIT, answers([]), (), 1.0, Threats(one, one + other))).solutions[0].threats[1]

    assert after(kept, broken).mean == pytest.approx(1 - after(broken, kept).mean)
    assert after(kept, broken).low == pytest.approx(1 - after(broken, kept).high)


@given(observed, beta)
def test_the_steps_lead_from_the_prior_to_the_posterior(seen: list[tuple[float, bool]], precision: float) -> None:
    found = infer_reservation(UNIT, answers(seen), precision)
    assert found.steps[0].before == found.prior
    last = found.steps[-1].after
    assert last is not None
    assert found.posterior is not None
    near(last, found.posterior)
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert before.after == after.before


def test_a_bare_number_is_held_for_certain() -> None:
    record = answers([(0.9, False)])
    found = infer_reservation(Prior(0.4, 0.4, 0.4), record, 10.0)
    assert found.posterior == found.prior
    assert probability_of_yes(InferenceModel(Prior(0.4, 0.4, 0.4), record, (), 10.0), 0.4) == 0.5


def test_the_sensitivity_holds_other_precisions_and_hopes() -> None:
    model = InferenceModel(UNIT, answers([(0.4, False)], hope=[0.5]), (), 10.0)
    found = solve(model).solutions[0]
    assert [one.beta for one in found.sensitivity] == [2.5, 5.0, 20.0, 40.0, np.inf, 10.0, 10.0, 10.0]
    again = replace(model, answers=replace(model.answers, hope=np.array([0.9])))
    assert found.sensitivity[-1].posterior == infer_reservation(UNIT, again.answers, 10.0).posterior

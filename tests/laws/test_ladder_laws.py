"""Laws of the ladder: other labels, another scale, graver risks, higher costs."""

from __future__ import annotations

import dataclasses
import datetime
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.load import load_case
from detente.compile.ladder import LadderChoices
from detente.engines.ladder import Climb, LadderModel, critical_risk, hopes, solve, unanswered
from detente.registry.ladder import ladder_report
from tests.engines.ladder.ladders import random_ladder
from tests.laws.test_labels import relabelled, renamed


@st.composite
def ladders(draw: st.DrawFn) -> LadderModel:
    return random_ladder(
        draw(st.integers(0, 10**6)),
        draw(st.integers(2, 4)),
        draw(st.integers(1, 5)),
        draw(st.sampled_from(list(Climb))),
        draws=3,
    )


@given(ladders(), st.randoms(use_true_random=False))
def test_other_labels_only_relabel_the_results(model: LadderModel, chance: object) -> None:
    parties = len(model.moves)
    new = list(range(parties))
    chance.shuffle(new)  # type: ignore[attr-defined]
    old = np.argsort(new)  # party i is called new[i]; the party called j was old[j]
    swapped = dataclasses.replace(
        model,
        moves=model.moves[old],
        opposed=model.opposed[np.ix_(old, old)],
        cost=model.cost[:, old],
        end=model.end[:, old][:, :, old],
        uncontrolled=model.uncontrolled[:, old],
        order=np.array(new)[model.order],
    )
    (before,), (after,) = solve(model).solutions, solve(swapped).solutions
    assert np.array_equal(after.act, before.act[:, :, old])
    assert np.array_equal(after.value, before.value[:, :, old][:, :, :, old])
    assert np.array_equal(unanswered(swapped), unanswered(model)[:, :, old][:, :, :, old])


@given(ladders(), st.sampled_from([0.25, 2.0, 8.0]), st.sampled_from([-1.0, 0.0, 3.0]))
def test_another_scale_of_a_party_changes_nothing_that_is_done(model: LadderModel, wide: float, shift: float) -> None:
    """Grid of powers of two and whole numbers, so that floating point adds no error of its own to ties."""

    def on_scale(values: np.ndarray) -> np.ndarray:
        changed = values.copy()
        changed[:, 0] = values[:, 0] * wide + shift
        return changed

    cost = model.cost.copy()
    cost[:, 0] *= wide
    other = dataclasses.replace(model, end=on_scale(model.end), uncontrolled=on_scale(model.uncontrolled), cost=cost)
    (before,), (after,) = solve(model).solutions, solve(other).solutions
    assert np.array_equal(after.act, before.act)
    assert after.value[..., 0] == pytest.approx(before.value[..., 0] * wide + shift, abs=1e-9)


@given(ladders(), st.floats(0, 1))
def test_a_graver_risk_or_a_higher_cost_never_raises_what_an_unanswered_act_is_worth(
    model: LadderModel, more: float
) -> None:
    riskier = dataclasses.replace(model, accident=model.accident + (1 - model.accident) * more)
    dearer = dataclasses.replace(model, cost=model.cost + more)
    assert np.all(hopes(riskier) <= hopes(model) + 1e-12)
    assert np.all(hopes(dearer) <= hopes(model))


@given(ladders())
def test_nobody_does_worse_by_its_own_turn_than_by_giving_way(model: LadderModel) -> None:
    """Whose turn it is can always leave; what it then gets is at least the least that giving way can be worth to it."""
    (play,) = solve(model).solutions
    parties = len(model.moves)
    for i in range(parties):
        least = np.where(model.opposed[i], model.end[:, i], np.inf).min(axis=1)
        safe = np.minimum(least, model.uncontrolled[:, i])  # others may act on after it has left
        assert np.all(play.value[:, :, i, i] >= safe[:, None] - 1e-12)


def test_a_graver_risk_may_raise_the_value_of_the_others() -> None:
    """No law: where a risk keeps a party from acting, its opponent gains. By hand, two rungs, one move each."""
    moves = np.array([[True, False], [False, True]])

    def at(first: float) -> float:
        model = LadderModel(
            moves=moves,
            opposed=~np.eye(2, dtype=np.bool_),
            accident=np.array([[first, 0.9]]),
            cost=np.zeros((1, 2, 2)),
            end=np.array([[[1.0, 0.0], [0.0, 1.0]]]),
            uncontrolled=np.array([[-1.0, -1.0]]),
            order=np.array([[0, 1]]),
        )
        (play,) = solve(model).solutions
        return float(play.value[0, 0, 0, 1])

    assert at(0.1) == pytest.approx(-0.1)  # A acts, B gives way: 0.9·0 − 0.1·1
    assert at(0.6) == 1.0  # A's act is worth 0.4 − 0.6 < 0, so A gives way


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_at_its_critical_risk_a_party_does_not_care(gives_way: float, stake: float, fall: float) -> None:
    prevails = gives_way + stake
    uncontrolled = gives_way - fall
    risk = float(critical_risk(np.array(prevails), np.array(gives_way), np.array(uncontrolled)))
    worth = (1 - risk) * prevails + risk * uncontrolled
    assert worth == pytest.approx(gives_way, abs=1e-9) or (fall == 0 and risk == 1.0)


@pytest.mark.parametrize("pair", [("RUS", "USA"), ("RUS", "UKR"), ("USA", "UKR")])
def test_swapping_two_parties_of_a_case_swaps_the_report_and_nothing_else(pair: tuple[str, str]) -> None:
    case = load_case("drafts-and-replies-2021-22").at(datetime.date(2022, 2, 12))
    names = {pair[0]: pair[1], pair[1]: pair[0]}
    choices = LadderChoices(draws=50)
    plain, swapped = ladder_report(case, choices), ladder_report(relabelled(case, names), choices)
    for report in (plain, swapped):
        report["ladder"].pop("assumptions")  # sentences carry names, not ids
        for measure in report["measures"]["measures"]:
            measure["senders"] = [one for one in measure["senders"] if "not_computed" not in one]

    def bare(report: dict[str, Any]) -> Any:
        """Leave out the fields from which numbers come: they hold ids within longer words."""
        return json.loads(json.dumps(report), object_hook=lambda one: {k: v for k, v in one.items() if k != "basis"})

    assert renamed(bare(plain), names) == bare(swapped)

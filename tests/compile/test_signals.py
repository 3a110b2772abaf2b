"""From a case to its signals: what is known, what is missing and named, and the same rule for everybody."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.compile.axes import axis_of, distances
from detente.compile.contests import stake_of, win_chance
from detente.compile.signals import compile_signals
from detente.engines.signals import Gains, solve
from detente.registry.signals import signals_report


@pytest.fixture(scope="module")
def basin() -> Case:
    return load_case("river-basin")


@pytest.fixture(scope="module")
def worked() -> Case:
    return load_case("drafts-and-replies-2021-22")


def without(case: Case, **changes: Any) -> Case:
    """Return a case with other lists in its crisis section."""
    assert case.crisis is not None
    return case.model_copy(update={"crisis": case.crisis.model_copy(update=changes)})


def reasons(case: Case) -> str:
    return " ".join(one.reason for one in compile_signals(case).trace.not_computed)


def test_an_audience_without_a_private_number_leaves_the_private_cost_unknown(basin: Case) -> None:
    (signal,) = signals_report(basin)["signals"]
    assert signal["reversal"] == {"in_public": {"low": 0.02, "mode": 0.1, "high": 0.2}, "in_private": None}


def test_going_back_costs_by_the_channel_in_which_it_was_said(worked: Case) -> None:
    signals = {one["id"]: one for one in signals_report(worked)["signals"]}
    confidential = signals["USA-confidential-reply"]
    assert not confidential["public"]
    assert confidential["reversal"]["in_private"]["mode"] == pytest.approx(0.01 + 0.08)
    assert confidential["reversal"]["in_public"]["mode"] == pytest.approx(0.08 + 0.08)


def test_each_missing_field_is_named_and_disables_its_part_alone(worked: Case) -> None:
    assert worked.crisis is not None
    section = worked.crisis
    assert "crisis.confrontations lists none" in reasons(without(worked, confrontations=()))
    assert "crisis.signals lists none" in reasons(without(worked, signals=()))
    silent = without(
        worked, audiences=(), signals=tuple(s.model_copy(update={"audiences": ()}) for s in section.signals)
    )
    (contest,) = signals_report(silent)["contests"]
    assert contest["sides"][0]["audience"] == {"low": 0.02, "mode": 0.08, "high": 0.2}  # the case's shared number
    shared = silent.shared.model_copy(update={"audience_cost": None})
    silent = silent.model_copy(update={"shared": shared})
    assert "crisis.audiences lists none of Ukraine, and there is no shared.audience_cost" in reasons(silent)
    (contest,) = signals_report(silent)["contests"]
    assert contest["nerves"] is None
    assert contest["attrition"] is not None
    assert "crisis.delays gives no cost of Ukraine" in reasons(without(worked, delays=()))
    (fight,) = section.confrontations
    bare = fight.model_copy(update={"win_chance": {}})
    assert "gives no win_chance of Russian Federation" in reasons(without(worked, confrontations=(bare,)))
    bare = fight.model_copy(update={"cost": {}})
    assert "gives no cost of Russian Federation" in reasons(without(worked, confrontations=(bare,)))
    assert "no section crisis" in reasons(worked.model_copy(update={"crisis": None}))


def test_the_chance_of_the_second_side_is_that_the_first_does_not_prevail(basin: Case) -> None:
    assert basin.crisis is not None
    (fight,) = basin.crisis.confrontations
    own, seen = win_chance(fight, "MEL", "MEL"), win_chance(fight, "TAR", "MEL")
    assert own is not None
    assert seen is not None
    assert (own.low, own.mode, own.high) == pytest.approx((1 - seen.high, 1 - seen.mode, 1 - seen.low))


def test_a_stake_is_the_best_less_the_worst_of_what_is_fought_over(basin: Case) -> None:
    assert basin.crisis is not None
    (fight,) = basin.crisis.confrontations
    part, whole = stake_of(basin, "TAR", fight), stake_of(basin, "TAR", fight.model_copy(update={"issues": ()}))
    assert part is not None
    assert whole is not None
    assert 0 < part.size < whole.size
    assert part.assumed == ("What is not fought over counts as it is today.",)


def test_an_offer_is_weighed_by_the_same_rule_for_every_author(worked: Case) -> None:
    compiled = compile_signals(worked)
    found = solve(compiled.model).solutions[0].offers
    for trace, offer, one in zip(compiled.trace.offers, compiled.model.offers, found, strict=True):
        assert len(offer.likely) == len(offer.whatever) == 1 + len(trace.others)
        for likely, whatever in zip(offer.likely, offer.whatever, strict=True):
            assert whatever[0] <= likely[0] <= likely[1] <= whatever[1]
        assert (one.likely.author is Gains.SURELY) == (offer.likely[0][0] >= 0)
    assert {trace.author for trace in compiled.trace.offers} == {"RUS", "USA", "NATO"}


def test_an_issue_is_an_axis_only_if_every_option_has_a_place(basin: Case) -> None:
    assert [issue.id for issue in basin.issues if axis_of(issue) is not None] == ["R1_border_flow"]
    shares = {one.parties: one.share for one in distances(basin)}
    assert shares == {("TAR", "OST"): 0.3, ("TAR", "MEL"): 0.6, ("OST", "MEL"): pytest.approx(0.3)}


def test_a_signal_is_not_known_before_its_grounds_are_public(worked: Case) -> None:
    early = worked.at(datetime.date(2021, 12, 10))
    later = {one["id"] for one in signals_report(worked)["signals"]}
    assert {one["id"] for one in signals_report(early)["signals"]} < later


def test_a_sender_whose_chance_may_be_nothing_is_named(basin: Case) -> None:
    assert basin.crisis is not None
    (fight,) = basin.crisis.confrontations
    number = fight.win_chance["TAR"].model_copy(update={"low": 0.0})
    changed = fight.model_copy(update={"win_chance": {**fight.win_chance, "TAR": number}})
    (signal,) = signals_report(without(basin, confrontations=(changed,)))["signals"]
    assert signal["needed"] is None
    assert "lets win_chance of Tarvia be 0" in signal["not_weighed"]

"""What bears on a ladder, each by a second method: bids and threats by trees, races by chance, dates by search."""

from __future__ import annotations

import functools
import itertools
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq

from detente.engines.ladder import (
    Threat,
    ThreatEnd,
    Waiting,
    answer_sizes,
    chance_to_wait,
    first_bid,
    least_terms,
    needed_belief,
    out_of_control,
    patience_share,
    threat_end,
    waiting_value,
    within,
    yields_first,
)

PUBLISHED: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "published" / "ladder.toml").read_text(encoding="utf-8")
)
RACES = 200_000
FOUR_ERRORS = 4 / (2 * RACES**0.5)  # four standard errors of a share at their largest


@pytest.mark.parametrize(("stake", "budget"), [(s, b) for s in range(2, 8) for b in range(s, 3 * s + 2)])
def test_the_first_bid_is_that_of_the_whole_tree_of_bids(stake: int, budget: int) -> None:
    @functools.cache
    def best(own: int, other: int) -> tuple[int, int, int]:
        """Return what the mover and the other get, and its bid; 0 is a pass, preferred where it is as good."""
        chosen = (-own, stake - other, 0)
        for bid in range(other + 1, budget + 1):
            theirs, mine, _ = best(other, bid)
            if mine > chosen[0]:
                chosen = (mine, theirs, bid)
        return chosen

    mine, theirs, bid = best(0, 0)
    assert bid == first_bid(stake=stake, budget=budget)
    assert (mine, theirs) == (stake - bid, 0)


@pytest.mark.parametrize("record", PUBLISHED["brink"], ids=lambda record: record["record"])
def test_simulated_races_end_as_often_out_of_control(record: dict[str, Any]) -> None:
    rng = np.random.default_rng(17)
    gain, loss, rate = record["gain"], record["loss"], record["rate"]
    yields = [rate * loss[1] / gain[1], rate * loss[0] / gain[0]]
    times = np.stack([rng.exponential(1 / hazard, RACES) for hazard in (rate, *yields)])
    shares = np.bincount(times.argmin(axis=0), minlength=3) / RACES
    expected = [float(out_of_control(np.array(gain), np.array(loss))), *yields_first(np.array(gain), np.array(loss))]
    assert shares == pytest.approx(expected, abs=FOUR_ERRORS)


@pytest.mark.parametrize("record", PUBLISHED["brink"], ids=lambda record: record["record"])
def test_in_a_race_each_is_indifferent_between_waiting_a_moment_and_giving_way(record: dict[str, Any]) -> None:
    """To hold out for a moment gains v with the other's hazard and loses d with that of events: their sum is zero."""
    gain, loss, rate = np.array(record["gain"]), np.array(record["loss"]), record["rate"]
    lost = out_of_control(gain, loss)
    total = rate / float(lost)  # all hazards together, as the chance is the share of that of events
    hazards = yields_first(gain, loss) * total  # of the first, of the second
    assert hazards[::-1] * gain == pytest.approx(rate * loss, abs=1e-9)


def test_threats_end_as_in_the_tree_of_the_game() -> None:
    """Two numbers above and below each other are all that matters; every order is tried."""
    for gain, cost, sender_cost, word, benefit in itertools.product(
        (0.1, 0.3), (0.2,), (0.1, 0.3), (0.2,), (0.3, -0.1)
    ):
        taken, dropped = (-sender_cost, -cost), (-word, 0.0)
        last = taken if taken[0] > dropped[0] else dropped
        complied = (benefit, -gain)
        middle = complied if complied[1] > last[1] else last
        first = middle if middle[0] > 0 else (0.0, 0.0)
        end = threat_end(Threat(gain, cost, sender_cost, word, benefit))
        values = {ThreatEnd.NO_THREAT: (0.0, 0.0), ThreatEnd.COMPLIES: complied, ThreatEnd.TAKEN: taken}
        assert values[end] == first


def test_a_known_threat_is_never_carried_out() -> None:
    """The proposition of Drezner 2003: with everything known, a threat is complied with or not made."""
    rng = np.random.default_rng(3)
    ends = {threat_end(Threat(*row)) for row in rng.random((2000, 5)).tolist()}
    assert ends == {ThreatEnd.NO_THREAT, ThreatEnd.COMPLIES}


@pytest.mark.parametrize("seed", range(20))
def test_terms_and_chances_at_which_waiting_is_as_good_are_found_by_search(seed: int) -> None:
    rng = np.random.default_rng(seed)
    r, change, chance, cost, rate, years = rng.random(6) * [0.5, 0.4, 1, 0.1, 0.5, 2] + [0.2, 0.05, 0, 0, 0.01, 0.1]

    def at(x: float, p: float) -> Waiting:
        return Waiting(*(np.array([v]) for v in (x, r, change, p, cost, rate)), years=years)

    def lead(x: float, p: float) -> float:
        return x - float(waiting_value(at(x, p))[0])

    least = float(least_terms(at(0.0, chance))[0])
    if lead(r, chance) >= 0:
        assert least == pytest.approx(r, abs=1e-12)
    else:
        assert least == pytest.approx(brentq(lambda x: lead(x, chance), r, r + change + 1), abs=1e-9)
    x = r + change / 2
    even = float(chance_to_wait(at(x, 0.5))[0])
    if lead(x, 0.0) <= 0:
        assert even == 0.0
    elif lead(x, 1.0) > 0:
        assert even > 1.0
    else:
        assert even == pytest.approx(brentq(lambda p: lead(x, p), 0, 1), abs=1e-9)


def test_quick_offers_are_the_limit_of_offers_in_turn() -> None:
    """Rubinstein's share of who offers first, with a round of a millionth of a year, for rates of 0.1 and 0.3."""
    step = 1e-6
    one, two = np.exp(-0.1 * step), np.exp(-0.3 * step)
    assert patience_share(0.1, 0.3) == pytest.approx((1 - two) / (1 - one * two), abs=1e-6)


def test_months_of_accidents_are_those_of_months_one_by_one() -> None:
    rng = np.random.default_rng(5)
    happened = (rng.random((RACES, 6)) < 0.07).any(axis=1).mean()
    assert within(0.07, 6) == pytest.approx(happened, abs=FOUR_ERRORS)


def test_a_belief_is_needed_at_which_the_expected_cost_is_the_gain() -> None:
    assert needed_belief(0.05, 0.2) * 0.2 == pytest.approx(0.05)


def test_answers_are_the_gravest_acts_of_the_days_after_by_hand() -> None:
    """Days 0 to 100, window 10; the act on day 95 has no whole window, that on day 50 no answer."""
    days, sizes = np.array([0, 20, 50, 95, 70, 30]), np.array([2.0, 2.0, 2.0, 2.0, 5.0, 2.0])
    answer_days = np.array([0, 5, 10, 21, 40, 75, 99])
    answers = np.array([9.0, 1.0, 3.0, 4.0, 6.0, 7.0, 8.0])
    small, middle, large = answer_sizes(days, sizes, answer_days, answers, 100, 10)
    assert (small.acts, small.answered, small.quantiles) == (4, 3, None)  # answered by 3, 4 and 6: fewer than five
    assert (middle.acts, middle.answered) == (1, 1)
    assert (large.acts, large.answered) == (0, 0)

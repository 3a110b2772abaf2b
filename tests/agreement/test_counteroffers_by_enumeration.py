"""Offers and counteroffers over a status quo: every pure equilibrium of small games, enumerated with all beliefs.

Three types of the dissatisfied side, offers on a grid, a few periods. Types and offers share no number, so nobody is
ever indifferent. Off the path every belief over types that are still possible is tried.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest

from detente.engines.crisis import Costs, Dispute, Reply, risk_of_war

Types = frozenset[int]
Outcome = tuple[float, tuple[float, float, float], bool]
"""What it is worth to the satisfied side, to each type of the other, and whether a dissatisfied type waits at once."""

COSTS = (0.105, 0.305, 0.705)
DISPARITY, OWN_COST = 0.5, 0.1
OFFERS = (-0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
NEAR = 1e-9


def possible(beliefs: Types, seen: Types) -> list[Types]:
    """Return what may be believed after an action of some types: those of them that were possible, else anything."""
    if beliefs & seen:
        return [beliefs & seen]
    return [
        frozenset(some) for size in range(1, len(beliefs) + 1) for some in itertools.combinations(sorted(beliefs), size)
    ]


def merged(outcomes: Iterator[Outcome]) -> list[Outcome]:
    """Return outcomes without repetition."""
    return list({(round(one, 9), tuple(round(x, 9) for x in types), flag): None for one, types, flag in outcomes})  # type: ignore[misc]


def equilibria(discount: float, weights: tuple[float, float, float], periods: int, *, at_once: bool) -> list[Outcome]:
    """Return the outcomes of all pure equilibria; `at_once`: one may fight the moment one's own offer is refused."""

    def later(now: float, rest: float) -> float:
        return (1 - discount) * now + discount * rest

    def mean(beliefs: Types, worth: Callable[[int], float]) -> float:
        return sum(weights[k] * worth(k) for k in beliefs) / sum(weights[k] for k in beliefs)

    def answered(beliefs: Types, offered: float, left: int) -> Iterator[Outcome]:
        """Yield what the satisfied side's offer leads to."""
        for replies in itertools.product(Reply, repeat=3):
            waiting = frozenset(k for k in range(3) if replies[k] is Reply.WAITS)
            for held in possible(beliefs, waiting):
                for rest, types, _ in other_offers(held, left - 1):
                    worth = [
                        {Reply.ACCEPTS: -offered, Reply.FIGHTS: -COSTS[k], Reply.WAITS: later(-DISPARITY, types[k])}
                        for k in range(3)
                    ]
                    if all(worth[k][replies[k]] >= max(worth[k].values()) - NEAR for k in range(3)):
                        reached = {
                            Reply.ACCEPTS: offered,
                            Reply.FIGHTS: -OWN_COST,
                            Reply.WAITS: later(DISPARITY, rest),
                        }
                        waits = any(k in beliefs and COSTS[k] < DISPARITY for k in waiting)
                        paid = tuple(worth[k][replies[k]] for k in range(3))
                        yield mean(beliefs, lambda k, r=replies, to=reached: to[r[k]]), paid, waits  # type: ignore[misc]

    @cache
    def offers(beliefs: Types, left: int) -> list[Outcome]:
        """Return what follows where it is the satisfied side's turn."""
        if left == 0:
            return [(DISPARITY, (-DISPARITY,) * 3, False)]
        found = [merged(answered(beliefs, offered, left)) for offered in OFFERS]
        least = [min(one for one, _, _ in options) for options in found]
        return merged(
            one
            for place, options in enumerate(found)
            for one in options
            if all(one[0] >= other - NEAR for spot, other in enumerate(least) if spot != place) and one[0] >= -OWN_COST
        )

    def refused(beliefs: Types, left: int) -> Iterator[Outcome]:
        """Yield what follows if the satisfied side refuses a counteroffer."""
        for fights in itertools.product((False, True), repeat=3) if at_once else [(False,) * 3]:
            staying = frozenset(k for k in range(3) if not fights[k])
            for held in possible(beliefs, staying):
                for rest, types, _ in offers(held, left - 1):
                    stay = [later(-DISPARITY, types[k]) for k in range(3)]
                    if all((-COSTS[k] > stay[k]) is fights[k] for k in range(3)) or not at_once:
                        paid = tuple(-COSTS[k] if fights[k] else stay[k] for k in range(3))
                        own = later(DISPARITY, rest)
                        yield mean(beliefs, lambda k, f=fights, s=own: -OWN_COST if f[k] else s), paid, False  # type: ignore[misc]

    @cache
    def decided(beliefs: Types, asked: float, left: int) -> list[Outcome]:
        """Return what follows a counteroffer that leaves the satisfied side so much."""
        return merged(
            (asked, (-asked,) * 3, False) if asked > own else (own, types, False)
            for own, types, _ in merged(refused(beliefs, left))
        )

    @cache
    def other_offers(beliefs: Types, left: int) -> list[Outcome]:
        """Return what follows where it is the other side's turn; None stands for fighting."""
        if left == 0:
            return [(DISPARITY, (-DISPARITY,) * 3, False)]

        def found() -> Iterator[Outcome]:
            for plan in itertools.product((None, *OFFERS), repeat=3):
                senders = {asked: frozenset(k for k in range(3) if plan[k] == asked) for asked in OFFERS}
                used = [asked for asked in OFFERS if senders[asked]]
                after = [
                    [one for held in possible(beliefs, senders[asked]) for one in decided(held, asked, left)]
                    for asked in used
                ]
                for picked in itertools.product(*after):
                    by = dict(zip(used, picked, strict=True))
                    paid = tuple(-COSTS[k] if plan[k] is None else by[plan[k]][1][k] for k in range(3))
                    options = [*picked, (0.0, tuple(-one for one in COSTS), False)]
                    if any(paid[k] < max(one[1][k] for one in options) - NEAR for k in range(3)):
                        continue
                    if all(
                        any(
                            all(one[1][k] <= paid[k] + NEAR for k in range(3))
                            for held in possible(beliefs, frozenset())
                            for one in decided(held, asked, left)
                        )
                        for asked in OFFERS
                        if asked not in used
                    ):
                        own = mean(beliefs, lambda k, p=plan, b=by: -OWN_COST if p[k] is None else b[p[k]][0])  # type: ignore[misc]
                        yield own, paid, False  # type: ignore[misc]

        return merged(found())

    return offers(frozenset(range(3)), periods)


@pytest.mark.parametrize("discount", [0.2, 0.6, 0.9])
@pytest.mark.parametrize("weights", [(0.2, 0.3, 0.5), (0.5, 0.3, 0.2)])
def test_in_every_equilibrium_an_offer_is_accepted_or_fought_over(
    discount: float, weights: tuple[float, float, float]
) -> None:
    found = equilibria(discount, weights, 3, at_once=False)
    types = list(zip(weights, COSTS, strict=True))
    static = max(sum(weight * (y if cost > y else -OWN_COST) for weight, cost in types) for y in OFFERS)
    assert found
    assert not any(waits for _, _, waits in found)
    assert [own for own, _, _ in found] == pytest.approx([static] * len(found))


def test_where_one_may_fight_the_moment_it_is_refused_only_the_impatient_never_wait() -> None:
    dispute = Dispute(DISPARITY, Costs(OWN_COST, OWN_COST), Costs(0.0, 1.0), (0.9, 0.9))
    patience = [dispute.never_waits_below(cost) for cost in COSTS[:2]]
    weights = (0.45, 0.5, 0.05)
    low = equilibria(min(patience) - 0.05, weights, 3, at_once=True)
    assert low
    assert not any(waits for _, _, waits in low)
    patient = equilibria(0.9, weights, 3, at_once=True)
    assert any(waits for _, _, waits in patient)
    assert not any(waits for _, _, waits in equilibria(0.9, weights, 3, at_once=False))


@pytest.mark.parametrize("discount", [0.3, 0.9, 0.99])
@pytest.mark.parametrize("own_cost", [0.0, 0.1, 0.3])
def test_no_single_change_of_plan_helps_anybody(discount: float, own_cost: float) -> None:
    """The whole assessment: whoever refuses is held for the type with the highest cost, and asked for that much."""
    dispute = Dispute(0.45, Costs(0.0, 0.3), Costs(0.05, 0.65), (discount, discount))
    low, high = dispute.dissatisfied.low, dispute.dissatisfied.high
    later = min(high, dispute.disparity)  # what is insisted on after a refusal
    types = low + (high - low) * (np.arange(600) + 0.5) / 600
    waiting = -(1 - discount) * dispute.disparity - discount * np.minimum(later, types)
    grid = np.linspace(-0.3, 0.7, 501)
    kept = []
    for offered in grid:
        replies = [dispute.reply(offered, cost) for cost in types]
        paid = np.select(
            [np.array([one is kind for one in replies]) for kind in Reply],
            [np.full(len(types), -offered), -types, waiting],
        )
        best = np.maximum(np.maximum(-offered, -types), waiting)
        assert paid == pytest.approx(best, abs=1e-9)
        own = {Reply.ACCEPTS: offered, Reply.FIGHTS: -own_cost, Reply.WAITS: dispute.disparity}
        kept.append(np.mean([own[one] for one in replies]))
    assert grid[int(np.argmax(kept))] == pytest.approx(dispute.offer(own_cost), abs=4e-3)
    # a counteroffer is taken only where it beats insisting, and then it is worth less than fighting, or no more than D
    taken = (1 - discount) * dispute.disparity + discount * later
    assert (-taken <= np.maximum(-types, -dispute.disparity) + 1e-12).all()


def test_the_mean_over_offers_of_the_game_is_the_risk_in_closed_form() -> None:
    """By simulation of the game: costs drawn, the offer made, the reply given."""
    dispute = Dispute(0.3, Costs(0.05, 0.25), Costs(0.1, 0.4), (0.9, 0.8))
    rng = np.random.default_rng(11)
    drawn = zip(rng.uniform(0.05, 0.25, 40_000), rng.uniform(0.1, 0.4, 40_000), strict=True)
    fought = np.mean([dispute.reply(dispute.offer(own), other) is Reply.FIGHTS for own, other in drawn])
    assert risk_of_war(0.8, 0.5, dispute.satisfied, dispute.dissatisfied) == pytest.approx(float(fought), abs=7e-3)

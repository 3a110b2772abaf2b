"""How often acts are answered, counted by hand and by the definition."""

from __future__ import annotations

import numpy as np
import pytest

from detente.core.errors import ModelError
from detente.engines.record import Answers, EventRecord, TooFew, answers, next_answers
from tests.engines.record.acts import Act, on_days, record


def asked(acts: list[Act], *, within: int = 5, end: int = 99, minimum: int = 5) -> Answers:
    whole = record(acts, end=end)
    return answers(
        whole.between(0, 1), whole.between(1, 0), within=within, generator=np.random.default_rng(0), minimum=minimum
    )


def by_definition(acts: EventRecord, replies: EventRecord, within: int, shift: int, *, sure: bool) -> int:
    """Count answered acts day by day, the acts moved along the ring of days with a whole window."""
    ring = acts.days - within

    def answered(day: int) -> bool:
        if sure:
            return any(day + 1 <= a and b <= day + within for a, b in zip(replies.first, replies.last, strict=True))
        return any(b >= day + 1 and a <= day + within for a, b in zip(replies.first, replies.last, strict=True))

    count = 0
    for first, last in zip(acts.first, acts.last, strict=True):
        if last <= acts.end - within:
            possible = [answered((day + shift) % ring) for day in range(first, last + 1)]
            count += all(possible) if sure else any(possible)
    return count


def test_five_acts_each_answered_two_days_later() -> None:
    days = [10, 25, 40, 55, 70]
    found = asked(on_days(days, 0, 1) + on_days([day + 2 for day in days], 1, 0))
    assert found.answered is not None
    assert (found.answered.low, found.answered.high) == (5, 5)
    # Each reply covers the five days before it, so 25 of the 95 days with a whole window hold one.
    assert found.base is not None
    assert found.base.low == pytest.approx(25 / 95)
    assert found.gain is not None
    assert found.gain.low == pytest.approx(1 - 25 / 95)
    # All five stay answered while the lag of 2 days, displaced by s, is 1 to 5: s = 1, 0, −1, −2, −3; and a
    # displacement by 15 days or more takes one of the five past the last reply.
    assert found.chance is not None
    assert found.chance.low == pytest.approx(5 / 95)
    assert found.earliest is not None
    assert found.earliest.median == 2


def test_same_day_acts_have_no_order() -> None:
    days = [10, 25, 40, 55, 70]
    found = asked(on_days(days, 0, 1) + on_days(days, 1, 0))
    assert found.same_time == 5
    assert found.answered is not None
    assert found.answered.high == 0


@pytest.mark.parametrize(
    ("acts", "why"),
    [
        (on_days([1, 2, 3, 4], 0, 1) + on_days(range(5, 15), 1, 0), TooFew.ACTS),
        (on_days(range(95, 100), 0, 1) + on_days(range(5, 15), 1, 0), TooFew.ACTS),
        (on_days(range(5, 15), 0, 1) + on_days([1, 2, 3, 4], 1, 0), TooFew.REPLIES),
        ([], TooFew.ACTS),
    ],
)
def test_below_the_minimum_nothing_is_said(acts: list[Act], why: TooFew) -> None:
    found = asked(acts)
    assert found.too_few is why
    assert found.share is None
    assert found.gain is None
    assert found.interval is None
    assert found.earliest is None


def test_a_record_of_less_than_five_windows_says_nothing() -> None:
    days = [1, 3, 5, 7, 9]
    assert asked(on_days(days, 0, 1) + on_days(days, 1, 0), end=23).too_few is TooFew.DAYS


@pytest.mark.parametrize("seed", range(12))
def test_counts_bounds_and_displacements_agree_with_the_definition(seed: int) -> None:
    draw = np.random.default_rng(seed)
    acts: list[Act] = []
    for actor in (0, 1):
        for _ in range(12):
            first = int(draw.integers(0, 60))
            acts.append((first, min(first + int(draw.choice([0, 0, 0, 2, 6])), 60), actor, 1 - actor, -3.0))
    whole = record(acts, end=60)
    forth, back = whole.between(0, 1), whole.between(1, 0)
    found = answers(forth, back, within=4, generator=np.random.default_rng(1), minimum=1)
    for sure, name in ((True, "low"), (False, "high")):
        counts = [by_definition(forth, back, 4, shift, sure=sure) for shift in range(57)]
        assert getattr(found.answered, name) == counts[0]
        assert getattr(found.base, name) == pytest.approx(np.mean(counts) / found.whole)
    chances = [
        np.mean([c >= counts[0] for c in counts])
        for counts in (
            [by_definition(forth, back, 4, shift, sure=sure) for shift in range(57)] for sure in (True, False)
        )
    ]
    assert found.chance is not None
    assert (found.chance.low, found.chance.high) == pytest.approx((min(chances), max(chances)))


def test_the_share_before_is_of_the_days_before() -> None:
    days = [20, 35, 50, 65, 80]
    found = asked(on_days(days, 0, 1) + on_days([day - 1 for day in days], 1, 0))
    assert found.before is not None
    assert (found.before.low, found.before.high) == (1.0, 1.0)
    assert found.answered is not None
    assert found.answered.high == 0


def test_lags_of_dates_that_are_intervals_are_bounds() -> None:
    whole = record([(10, 12, 0, 1, -1.0), (11, 15, 1, 0, -1.0), (20, 20, 1, 0, -1.0)])
    earliest, latest = next_answers(whole.between(0, 1), whole.between(1, 0))
    # At the earliest the act was on the 11th or before and the reply a day later; for certain only the 20th follows.
    assert (earliest.tolist(), latest.tolist()) == ([1], [10])


@pytest.mark.parametrize(
    ("acts", "words"),
    [
        ([(3, 2, 0, 1, 0.0)], "ends before it begins"),
        ([(3, 3, 0, 0, 0.0)], "acts towards itself"),
        ([(3, 3, 0, 2, 0.0)], "names no party"),
        ([(3, 3, -1, 1, 0.0)], "names no party"),
        ([(3, 100, 0, 1, 0.0)], "outside the days covered"),
        ([(3, 3, 0, 1, 10.5)], "beyond the scale"),
    ],
)
def test_a_record_that_is_none_is_refused(acts: list[Act], words: str) -> None:
    with pytest.raises(ModelError) as error:
        record(acts)
    assert words in str(error.value)
    assert "\n" not in str(error.value)

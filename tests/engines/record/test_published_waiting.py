"""The product-limit estimate, held to a worked table and to SciPy's own estimate."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from detente.engines.record import waiting

TABLE = Path(__file__).resolve().parents[2] / "published" / "bewick-2004.toml"
THREE_DECIMALS = 0.0005
"""The table is printed with three decimals."""


def test_the_worked_table_of_bewick_cheek_and_ball_is_reproduced() -> None:
    printed = tomllib.loads(TABLE.read_text(encoding="utf-8"))["waiting"]
    found = waiting(np.array(printed["time"]), np.array(printed["ended"]))
    assert found.lag.tolist() == printed["at"]
    assert found.at_risk.tolist() == printed["at_risk"]
    assert found.followed.tolist() == printed["ended_at"]
    assert found.waiting == pytest.approx(printed["share"], abs=THREE_DECIMALS)
    assert found.median == 5  # the first time at which half or fewer are left


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")  # SciPy's word on shares of 0
@pytest.mark.parametrize("seed", range(20))
def test_share_and_interval_agree_with_scipy(seed: int) -> None:
    draw = np.random.default_rng(seed)
    lags, seen = draw.integers(1, 30, 40), draw.random(40) < 0.7
    found = waiting(lags, seen)
    data = stats.CensoredData(uncensored=lags[seen].astype(float), right=lags[~seen].astype(float))
    theirs = stats.ecdf(data).sf
    limits = theirs.confidence_interval(0.95, method="log-log")
    last = found.waiting > 0  # where nobody is left SciPy gives no limits either
    assert found.waiting == pytest.approx(theirs.evaluate(found.lag))
    assert found.low[last] == pytest.approx(limits.low.evaluate(found.lag)[last])
    assert found.high[last] == pytest.approx(limits.high.evaluate(found.lag)[last])


def test_without_any_end_nothing_is_estimated() -> None:
    found = waiting(np.array([3, 4]), np.array([False, False]))
    assert found.lag.tolist() == []
    assert (found.median, found.median_low, found.median_high) == (None, None, None)

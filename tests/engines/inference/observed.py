"""Answers as a test writes them down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from detente.engines.inference import Answers, Conduct, LineRecord


def answers(observations: Sequence[Sequence[float]], **more: Any) -> Answers:
    """Return answers from pairs (worth, accepted), each an act of its own, wholly honest, without hope or bar."""
    count = len(observations)
    given: dict[str, Any] = {
        "utility": [worth for worth, _ in observations],
        "accepted": [bool(yes) for _, yes in observations],
        "line": [False] * count,
        "honesty": [1.0] * count,
        "hope": [0.0] * count,
        "barred": [0.0] * count,
        "group": range(count),
        "day": range(count),
    }
    kinds = {"accepted": np.bool_, "line": np.bool_, "group": np.int64, "day": np.int64}
    return Answers(
        **{key: np.array(list(row), dtype=kinds.get(key, np.float64)) for key, row in (given | more).items()}
    )


def line(prior: tuple[float, float, float], *seen: Conduct, honesty: float = 0.8, hope: float = 0.5) -> LineRecord:
    """Return a red line of which so much was seen, each an act of its own."""
    count = len(seen)
    return LineRecord(
        *prior,
        conduct=np.array([int(one) for one in seen], dtype=np.int64),
        honesty=np.full(count, honesty),
        hope=np.full(count, hope),
        group=np.arange(count),
        day=np.arange(count),
    )

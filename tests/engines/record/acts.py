"""Small records, written as a table of days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.engines.record import STEP, EventRecord

Act = tuple[int, int, int, int, float]
"""First day, last day, actor, target, value."""


def record(acts: Sequence[Act], *, start: int = 0, end: int = 99, parties: int = 2) -> EventRecord:
    columns = np.array([act[:4] for act in acts], dtype=np.int64).reshape(-1, 4).T
    value = np.array([round(act[4] * STEP) for act in acts], dtype=np.int64)
    return EventRecord(*columns, value, np.arange(len(acts)), parties, start, end)


def on_days(days: Sequence[int], actor: int, target: int, value: float = -5.0) -> list[Act]:
    return [(day, day, actor, target, value) for day in days]

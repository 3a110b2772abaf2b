"""How long work tells its caller how far it has come; where it is shown is the caller's business."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A callable told the share of the work that is done, in [0, 1], and a short note."""

    def __call__(self, done: float, note: str) -> None: ...


def silent(done: float, note: str) -> None:
    """Tell nobody."""


def within(progress: Progress, start: float, end: float) -> Progress:
    """Return a progress that fills only the part from `start` to `end` of another."""

    def partly(done: float, note: str) -> None:
        progress(start + (end - start) * done, note)

    return partly

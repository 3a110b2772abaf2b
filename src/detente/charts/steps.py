"""The steps of a zone curve: which red lines bind at each, and how that is said below an axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.charts.reports import Count, count_of
from detente.charts.theme import wrapped

NARROW = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One set of binding lines and what it leaves."""

    lines: int
    stated: int
    inferred: int
    which: str
    certain: Count
    possible: Count


def steps_of(curve: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Return the steps of a zone curve, from the fewest lines to the most."""
    steps = [
        Step(
            lines=step["lines"],
            stated=step["stated"],
            inferred=step["inferred"],
            which=_which(step),
            certain=count_of(step["certain"]["packages"]),
            possible=count_of(step["possible"]["packages"]),
        )
        for step in curve
    ]
    return tuple(sorted(steps, key=lambda step: step.lines))


def _which(step: Mapping[str, Any]) -> str:
    which = str(step["which"])
    if which == "all":
        return "all coded"
    if which == "none":
        return "no line"
    if which.startswith("p") and step.get("threshold") is not None:
        return f"judged {100 * step['threshold']:.3g}% or more likely to bind"
    return which


def _short(step: Step) -> str:
    return step.which.replace("judged ", "≥ ").replace(" or more likely to bind", " likely")


def step_label(step: Step, wide: float) -> tuple[str, ...]:
    """Return what stands below a step, in lines; empty where there is no room."""
    words = _short(step)
    if wide < NARROW and words.startswith("≥"):
        words = words.removesuffix(" likely") if wide >= 34 else ""
    return wrapped(words, wide - 4, most=3) if words else ()


def axis_title(steps: Sequence[Step]) -> str:
    """Return what stands below the whole axis."""
    likely = any(_short(step).startswith("≥") for step in steps)
    return "Red lines taken as binding: how many, and which" + (" (≥ 60%: those judged so likely)" if likely else "")

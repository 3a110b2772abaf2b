"""How the zone grows as red lines are taken less seriously.

Lines are dropped from the least to the most probable, equal ones together. Beside
these steps stands the set of all stated lines. For each step: is there a zone, and
how large, with unknown options at their worst and at their best.
"""

from dataclasses import dataclass

from detente.core.progress import Progress
from detente.engines.settlement.counting import Count, count_zone
from detente.engines.settlement.feasibility import demands
from detente.engines.settlement.model import Completion, SettlementModel

CURVE_EFFORT = 1 << 18
"""Vectors per half when the zone of a step is counted."""


@dataclass(frozen=True, slots=True)
class Step:
    """One set of binding lines and the zone that it leaves.

    `threshold` is the smallest probability of a line that binds; None if none binds
    or the step is the set of stated lines. `only_stated` says whether all lines that
    bind are stated by the party itself.
    """

    binding: tuple[int, ...]
    threshold: float | None
    only_stated: bool
    all_stated: bool  # the set of all stated lines and no other
    exists: dict[Completion, bool]
    counts: dict[Completion, Count]


def zone_curve(
    model: SettlementModel, *, effort: int = CURVE_EFFORT, progress: Progress | None = None
) -> tuple[Step, ...]:
    """Return the steps from all lines to none, most lines first.

    Parameters
    ----------
    effort : int
        Vectors held per half when a zone is counted; more gives narrower intervals.

    Raises
    ------
    ModelError
        If issues joined by links, lines and interactions have too many combinations.
    """
    asked = {c: demands(model, lines=tuple(range(len(model.lines))), completion=c) for c in Completion}
    steps: list[Step] = []
    sets = _sets(model)
    for number, (binding, threshold) in enumerate(sets):
        stated = tuple(k for k, line in enumerate(model.lines) if line.stated)
        mask = sum(1 << k for k in binding) | sum(1 << (len(model.lines) + j) for j in range(model.parties))
        exists = {c: asked[c].ask(mask).unmet is not None for c in Completion}
        rules = model.rules(binding)
        counts = {
            c: count_zone(model, rules=rules, completion=c, at_least=1, effort=effort)
            if exists[c]
            else Count(0, 0, "no package reaches")
            for c in Completion
        }
        steps.append(
            Step(
                binding,
                threshold,
                all(model.lines[k].stated for k in binding),
                binding == stated,
                exists,
                counts,
            )
        )
        if progress is not None:
            progress((number + 1) / len(sets), f"{len(binding)} lines")
    return tuple(steps)


def _sets(model: SettlementModel) -> tuple[tuple[tuple[int, ...], float | None], ...]:
    thresholds = sorted({line.probability for line in model.lines})
    sets: list[tuple[tuple[int, ...], float | None]] = [
        (tuple(k for k, line in enumerate(model.lines) if line.probability >= p), p) for p in thresholds
    ]
    sets.append(((), None))
    stated = tuple(k for k, line in enumerate(model.lines) if line.stated)
    if all(binding != stated for binding, _ in sets):
        sets.append((stated, None))
    return tuple(sorted(sets, key=lambda s: -len(s[0])))

"""Ranges carried through to the answer: is there a zone, and who would accept a package, over draws of the estimates.

Each reading of the case (its own numbers, the same weight on every issue, each lens) is drawn by itself and shown by
itself; none is pooled with another. All readings share their chance, so they differ by their numbers only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from detente.case.case import Case
from detente.case.lens_apply import read_through
from detente.compile.compiled import Compiled, Missing
from detente.compile.draws import BLOCK, Chance, Columns, DrawPlan, columns_of, plan_draws
from detente.compile.settlement import SettlementTrace, Weights, compile_settlement
from detente.core.progress import Progress, silent
from detente.core.streams import DRAWS
from detente.engines.settlement import Completion
from detente.engines.settlement.draws import (
    NEVER_PRESSED,
    Combinations,
    Draws,
    combinations,
    lines_perhaps_crossed,
    zone_exists,
)
from detente.engines.settlement.model import SettlementModel
from detente.maths.compiled import BoolArray, FloatArray

INNER = 100
"""Inner draws of which lines bind, for each outer draw: two halves of 50."""

INTERVAL = (0.05, 0.95)
"""The range over outer draws that is reported."""

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A package whose acceptance is asked for, the options that it sets, and whether it may be printed."""

    name: str
    kind: str  # tabled, or solution
    choice: Mapping[str, str]
    printable: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for the members of one consent list (or of one issue of it)."""

    key: tuple[str, ...]
    members: tuple[str, ...]
    issues: tuple[str, ...] | None
    packages: tuple[Named, ...]
    curve: tuple[frozenset[str], ...]  # per step the lines that bind, as "MEMBER LINE"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the numbers of a case."""

    lens: str | None
    weights: Weights
    case: Case


def readings_of(case: Case, *, weights: Weights, lens: str | None) -> tuple[Reading, ...]:
    """Return the readings that are drawn: the one asked for, the other weights, and, if none was chosen, each lens.

    A lens that changes no number of the case would repeat its own reading, so it is not drawn.

    Parameters
    ----------
    case : Case
        As of its day, read through `lens` already if one was chosen.
    """
    other = Weights.EQUAL if weights is Weights.ANALYST else Weights.ANALYST
    own = (Reading(lens, weights, case), Reading(lens, other, case))
    if lens is not None:
        return own
    through = (read_through(case, one.id) for one in case.lenses)
    return (*own, *(Reading(one.lens.id, weights, one.case) for one in through if one.has_effect))


def draw_questions(
    readings: Sequence[Reading],
    questions: Sequence[Question],
    *,
    draws: int = DRAWS,
    inner: int = INNER,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress = silent,
) -> Mapping[tuple[str, ...], Report]:
    """Return the drawn answers to each question, by its key.

    Parameters
    ----------
    draws, inner : int
        Outer draws of the estimates, and inner draws of the lines that bind in each.
    workers : int, optional
        Threads that share the blocks of draws; by default one for each processor. The answer does not depend on it.
    """
    tasks = tuple(_Task.of(reading, question) for question in questions for reading in readings)
    columns = {id(reading): columns_of(reading.case) for reading in readings}
    plans = [task.plan(columns[id(task.reading)]) for task in tasks]
    blocks = -(-draws // BLOCK)

    def run(block: int) -> list[_Sample | None]:
        chance = Chance.of(seed, block, columns[id(readings[0])], inner)
        numbers = _numbers(chance, [columns[id(reading)] for reading in readings])
        size = min(BLOCK, draws - block * BLOCK)
        return [
            None if plan is None else plan.sample(chance, numbers[readings.index(task.reading)], size)
            for task, plan in zip(tasks, plans, strict=True)
        ]

    done: list[list[_Sample | None]] = []
    with ThreadPoolExecutor(max_workers=(os.cpu_count() or 1) if workers is None else workers) as pool:
        try:
            for block, samples in enumerate(pool.map(run, range(blocks))):
                done.append(samples)
                progress((block + 1) / blocks, f"{min(draws, (block + 1) * BLOCK):,} of {draws:,} draws")
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    found: dict[tuple[str, ...], Report] = {}
    for at, (task, plan) in enumerate(zip(tasks, plans, strict=True)):
        report = found.setdefault(
            task.question.key,
            {"draws": draws, "inner": inner, "seed": seed, "interval": list(INTERVAL), "readings": []},
        )
        samples = [block[at] for block in done]
        own = readings[0].lens is None  # else the case's own numbers are not at hand to compare with
        changed = len(columns[id(task.reading)].differing(columns[id(readings[0])])) if own else None
        report["readings"].append(task.report(plan, [one for one in samples if one is not None], changed))
    return found


def _numbers(chance: Chance, columns: Sequence[Columns]) -> list[FloatArray]:
    """Return each reading's numbers; what it shares with the first one is drawn once."""
    first = columns[0].drawn(chance)
    return [first if one is columns[0] else one.drawn(chance, like=(columns[0], first)) for one in columns]


@dataclass(frozen=True, slots=True)
class _Sample:
    """What one block of draws says: per outer draw, probabilities over the lines that bind.

    `zone` and `packages` are keyed by completion and have the two halves of the inner draws as their last axis (equal
    where no inner draw is needed); `packages` hold (draws, parties + 1, 2) with "all" as the last party; `curve` says
    per step in which outer draws a package is left.
    """

    zone: Mapping[Completion, FloatArray]
    curve: Mapping[Completion, BoolArray]  # (draws, steps)
    packages: tuple[Mapping[Completion, FloatArray], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A package with what is needed to say who accepts it.

    `completions` lists the ways to settle its open issues; `is_open` says whether there is more than one; `crossed`
    are the lines that some completion crosses.
    """

    named: Named
    completions: Combinations
    is_open: bool
    crossed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """One question under one reading, ready to be drawn."""

    plan: DrawPlan
    listed: Combinations
    steps: BoolArray  # (steps, lines)
    packages: tuple[_Asked, ...]

    def sample(self, chance: Chance, numbers: FloatArray, size: int) -> _Sample:
        """Return what a block of draws says, or its first `size` ones."""
        draws = self.plan.outer(numbers[:size])
        binding = self.plan.inner(chance.first(size), draws)
        sets = np.concatenate((binding, np.broadcast_to(self.steps, (size, *self.steps.shape))), axis=1)
        zone, curve = {}, {}
        for completion in Completion:
            exists = zone_exists(self.plan.model, self.listed, draws, sets, completion=completion)
            zone[completion] = _halves(exists[:, : binding.shape[1]])
            curve[completion] = exists[:, binding.shape[1] :]
        return _Sample(zone, curve, tuple(self._accepted(one, draws, binding) for one in self.packages))

    def _accepted(self, asked: _Asked, draws: Draws, binding: BoolArray) -> Mapping[Completion, FloatArray]:
        possible = (
            self._accepted_somehow(asked, draws, binding)
            if asked.is_open
            else self._accepted_however(asked, draws, Completion.BEST)
        )
        return {Completion.WORST: self._accepted_however(asked, draws, Completion.WORST), Completion.BEST: possible}

    def _accepted_however(self, asked: _Asked, draws: Draws, completion: Completion) -> FloatArray:
        """Return who accepts a package however its open issues are settled; exact over the lines that bind."""
        model, ties = self.plan.model, self.plan.ties
        values = asked.completions.values(model, draws, completion)
        least = np.minimum.reduceat(values, asked.completions.starts[:-1], axis=1).sum(axis=1) + model.bias
        enough = least >= draws.reservation
        own = [[k for k in asked.crossed if model.lines[k].party == party] for party in range(model.parties)]
        each = [enough[:, party] * ties.none_binds(draws.probability, own[party]) for party in range(model.parties)]
        joint = enough.all(axis=1) * ties.none_binds(draws.probability, asked.crossed)
        exact = np.stack([*each, joint], axis=1)
        return np.stack([exact, exact], axis=2)

    def _accepted_somehow(self, asked: _Asked, draws: Draws, binding: BoolArray) -> FloatArray:
        """Return who accepts a package if its open issues are settled well for it; for all, in one and the same way."""
        model = self.plan.model
        found = []
        for parties in (*((party,) for party in range(model.parties)), tuple(range(model.parties))):
            asks = np.isin(np.arange(model.parties), parties)
            alone = replace(draws, reservation=np.where(asks, draws.reservation, NEVER_PRESSED))
            lines = np.array([line.party in parties for line in model.lines], dtype=np.bool_)
            exists = zone_exists(model, asked.completions, alone, binding & lines, completion=Completion.BEST)
            found.append(_halves(exists))
        return np.stack(found, axis=1)


@dataclass(frozen=True, slots=True)
class _Task:
    """One question under one reading; `compiled` is None where a reading leaves nothing to compute."""

    reading: Reading
    question: Question
    compiled: Compiled[SettlementModel, SettlementTrace] | None

    @classmethod
    def of(cls, reading: Reading, question: Question) -> _Task:
        """Return the task, compiled."""
        found = compile_settlement(reading.case, question.members, weights=reading.weights, issues=question.issues)
        return cls(reading, question, None if isinstance(found, Missing) else found)

    def plan(self, columns: Columns) -> _Plan | None:
        """Return what is needed to draw it."""
        if self.compiled is None:
            return None
        trace = self.compiled.trace
        plan = plan_draws(self.reading.case, self.compiled, columns, weights=self.reading.weights)
        steps = [[f"{line.party} {line.id}" in step for line in trace.lines] for step in self.question.curve]
        return _Plan(
            plan=plan,
            listed=combinations(plan.model),
            steps=np.array(steps, dtype=np.bool_).reshape(len(steps), len(trace.lines)),
            packages=tuple(
                asked for one in self.question.packages if (asked := _asked(plan.model, trace, one)) is not None
            ),
        )

    def report(self, plan: _Plan | None, samples: Sequence[_Sample], changed: int | None) -> Report:
        """Return the drawn answer of this reading, which changes so many numbers of the first one."""
        answer: Report = {
            "lens": self.reading.lens,
            "weights": self.reading.weights.value,
            "numbers_changed": changed,
        }
        if plan is None:
            return {**answer, "not_computed": True}
        parties = [*self.question.members, None]
        answer["zone"] = {_NAMES[c]: _spread(np.concatenate([one.zone[c] for one in samples])) for c in Completion}
        left = {c: np.concatenate([one.curve[c] for one in samples]).mean(axis=0) for c in Completion}
        answer["curve"] = [
            {"lines": int(step.sum()), **{_NAMES[c]: float(left[c][at]) for c in Completion}}
            for at, step in enumerate(plan.steps)
        ]
        answer["packages"] = []
        for at, asked in enumerate(plan.packages):
            accepted = {c: np.concatenate([one.packages[at][c] for one in samples]) for c in Completion}
            each = [{_NAMES[c]: _spread(accepted[c][:, column]) for c in Completion} for column in range(len(parties))]
            answer["packages"].append(
                {
                    "package": asked.named.name,
                    "kind": asked.named.kind,
                    "choice": dict(asked.named.choice),
                    "printable": asked.named.printable,
                    "parties": dict(zip(self.question.members, each, strict=False)),
                    "all": each[-1],
                }
            )
        return answer


_NAMES: Mapping[Completion, str] = {Completion.WORST: "certain", Completion.BEST: "possible"}


def _halves(exists: BoolArray) -> FloatArray:
    """Return the share of the inner draws in which something exists, for each half of them; shape (draws, 2)."""
    halves: FloatArray = exists.reshape(len(exists), 2, -1).mean(axis=2)
    return halves


def _spread(halves: FloatArray) -> Report:
    """Return the mean over outer draws, its standard error, and the range of the middle nine tenths.

    The mean of two halves strays from the probability that it estimates, the more so the fewer inner draws there are.
    The halves differ by that alone, so a quarter of their mean squared difference estimates its variance; the range is
    drawn in to the variance that is left: what the ranges of the judged numbers do, and no noise of drawing lines.
    """
    each = halves.mean(axis=1)
    mean, variance = float(each.mean()), float(each.var())
    noise = float(np.square(halves[:, 0] - halves[:, 1]).mean()) / 4
    kept = np.sqrt(max(0.0, 1.0 - noise / variance)) if variance > 0 else 0.0
    low, high = np.clip(mean + kept * (np.quantile(each, INTERVAL) - mean), 0.0, 1.0)
    error = float(each.std(ddof=1) / np.sqrt(len(each))) if len(each) > 1 else None
    return {"probability": mean, "low": float(low), "high": float(high), "error": error}


def _asked(model: SettlementModel, trace: SettlementTrace, named: Named) -> _Asked | None:
    """Return a package on the issues of an analysis; None if it sets none of them, or breaks a link."""
    choice = {issue: option for issue, option in named.choice.items() if issue in trace.issues}
    if not choice:
        return None
    chosen = trace.chosen(choice)
    completions = combinations(model, fixed=chosen)
    if (np.diff(completions.starts) == 0).any():
        return None
    return _Asked(named, completions, None in chosen, lines_perhaps_crossed(model, chosen))

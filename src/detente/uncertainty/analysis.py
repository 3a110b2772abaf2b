"""What holds in one compiled analysis when judgements move: lines read otherwise, numbers set elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from detente.case.case import Case
from detente.compile.compiled import Compiled
from detente.compile.settlement import SettlementTrace, Weights
from detente.engines.settlement import Completion, Flip, Leeway, SettlementModel, find_leeway, nearest_flips
from detente.engines.settlement.feasibility import Demands, demands
from detente.uncertainty.joint_values import joint_rule
from detente.uncertainty.judgements import Judgement, Numbers, judgements_of, moving
from detente.uncertainty.judgements import numbers_of as _numbers_of
from detente.uncertainty.red_lines import Bound, LineJudgement, LineReadings, Lines, Turn


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Something that the brief says of a consent list, true or false.

    Without a `completion` it is that some package crosses none of the lines; with one, that some such package leaves
    every member at least as well off as no agreement, unknown options at their worst (certain) or best (possible).
    """

    lines: Lines
    completion: Completion | None

    @property
    def reading(self) -> str | None:
        """The word of the report for what unknown options are worth; None where they do not matter."""
        return {None: None, Completion.WORST: "certain", Completion.BEST: "possible"}[self.completion]


@dataclass(frozen=True, slots=True)
class Single:
    """A number and where it turns a conclusion."""

    judgement: Judgement
    flip: Flip

    @property
    def is_within(self) -> bool:
        """Whether the number turns it inside its judged range."""
        judged = self.judgement.judged
        if judged is None:
            return False
        at, (low, high) = self.flip.threshold, judged
        if self.flip.above:
            return at <= high if self.flip.reached else at < high
        return at >= low if self.flip.reached else at > low

    @property
    def move(self) -> Fraction:
        """How far it moves, as a part of the width of its scale."""
        return abs(self.flip.threshold - self.judgement.now) / self.judgement.width


class Analysis:
    """One compiled analysis, and what it answers when single judgements move."""

    def __init__(self, case: Case, compiled: Compiled[SettlementModel, SettlementTrace], weights: Weights) -> None:
        self.case, self.model, self.trace, self.weights = case, compiled.model, compiled.trace, weights
        self.readings = LineReadings(case, compiled)
        self.speakers = {speaker: self.trace.speakers.index(speaker) for speaker in self.trace.speakers}
        self._asked: dict[Completion, tuple[int, Demands]] = {}
        self._numbers: dict[tuple[str, Completion], Numbers] = {}
        self._leeways: dict[tuple[Bound, Completion, str, str | None], Leeway] = {}

    def conclusions(self) -> Iterator[Conclusion]:
        """Yield what the brief concludes: under stated lines, and under inferred ones too where there are any."""
        some_inferred = any(not line.stated for line in self.model.lines)
        has_unknown = any(self.trace.unknown.values())
        for lines in (Lines.STATED, *((Lines.EVERY,) if some_inferred else ())):
            yield Conclusion(lines, None)
            yield Conclusion(lines, Completion.WORST)
            if has_unknown:
                yield Conclusion(lines, Completion.BEST)

    def holds(self, conclusion: Conclusion, turned: Sequence[LineJudgement] = ()) -> bool:
        """Return whether a conclusion is true when some lines are read otherwise."""
        return self.exists(
            self.readings.bound(conclusion.lines, turned),
            conclusion.completion or Completion.WORST,
            asking=() if conclusion.completion is None else range(self.model.parties),
        )

    def exists(self, bound: Bound, completion: Completion, asking: Sequence[int]) -> bool:
        """Return whether some package keeps these rules and reaches the value of no agreement of some parties."""
        pool = self.readings.pooled()
        size, asked = self._asked.get(completion, (-1, None))
        if asked is None or size < len(pool.lines):
            asked = demands(pool, lines=tuple(range(len(pool.lines))), completion=completion)
            self._asked[completion] = (len(pool.lines), asked)
        mask = sum(1 << k for k in bound) | sum(1 << (len(asked.lines) + j) for j in asking)
        return asked.ask(mask).unmet is not None

    def turning_lines(self, conclusion: Conclusion, now: bool) -> Iterator[LineJudgement]:
        """Yield the single lines that turn a conclusion when they are read otherwise."""
        turn = Turn.STATED if now else Turn.OUT
        for one in self.readings.judgements(conclusion.lines, turn):
            if self.holds(conclusion, [one]) is not now:
                yield one

    def numbers(self, conclusion: Conclusion, now: bool, turned: Sequence[LineJudgement] = ()) -> Iterator[Single]:
        """Yield the single numbers that turn a conclusion, each with where, some lines being read otherwise.

        Raises
        ------
        ModelError
            If too many partial packages would have to be held.
        """
        if conclusion.completion is None:
            return
        bound = self.readings.bound(conclusion.lines, turned)
        for speaker in self.speakers:
            if not now and not self.exists(bound, conclusion.completion, self.all_but(speaker)):
                continue  # the others and the lines exclude everything already
            yield from self.numbers_of_one(speaker, bound, conclusion.completion, now)

    def all_but(self, *speakers: str) -> list[int]:
        """Return the parties for which none of some speakers speaks."""
        return [j for j, other in enumerate(self.trace.speakers) if other not in speakers]

    def numbers_of_one(self, speaker: str, bound: Bound, completion: Completion, now: bool) -> Iterator[Single]:
        """Yield the numbers of one speaker that turn a conclusion."""
        numbers = self.numbers_of(speaker, completion)
        leeway = self.leeway(speaker, bound, completion)
        for judgement in judgements_of(self.case, speaker, self.trace, self.weights, numbers):
            move = moving(
                self.case,
                judgement,
                trace=self.trace,
                numbers=numbers,
                leeway=leeway,
                reservation=self._needed(speaker),
                slack=self.slack(speaker),
            )
            for flip in nearest_flips(
                move.holds, move.critical, start=judgement.now, now=now, low=judgement.low, high=judgement.high
            ):
                yield Single(judgement, flip)

    def numbers_of(self, speaker: str, completion: Completion) -> Numbers:
        """Return a speaker's numbers, unknown options at their worst or best."""
        key = (speaker, completion)
        if key not in self._numbers:
            best = completion is Completion.BEST
            self._numbers[key] = _numbers_of(self.case, speaker, self.trace, self.weights, best=best)
        return self._numbers[key]

    def leeway(self, speaker: str, bound: Bound, completion: Completion, silent: str | None = None) -> Leeway:
        """Return what packages offer a speaker while the others, save a `silent` one, reach no agreement's value."""
        key = (bound, completion, speaker, silent)
        if key not in self._leeways:
            numbers = self.numbers_of(speaker, completion)
            pool = self.readings.pooled()
            firsts = {other: at for at, other in reversed(list(enumerate(self.trace.speakers)))}
            self._leeways[key] = find_leeway(
                self.model,
                rules=(*self.model.links, *(pool.lines[k].rule for k in sorted(bound))),
                completion=completion,
                party=firsts[speaker],
                others=sorted(at for other, at in firsts.items() if other not in {speaker, silent}),
                own=[
                    np.array(
                        [round(numbers.weights[issue] * v * self.trace.grid) for v in numbers.counted[issue]], np.int64
                    )
                    for issue in self.trace.issues
                ],
                conditions=[joint_rule(self.case, speaker, self.trace, term) for term in numbers.joint],
            )
        return self._leeways[key]

    def slack(self, speaker: str) -> Fraction:
        """Return how far the compiled model lowered a value of no agreement because utilities are rounded."""
        at = self.speakers[speaker]
        exactly = math.ceil(self.trace.reservations[at][0] * self.trace.grid)
        rounded = int(self.model.reservation[at]) < exactly
        return Fraction(len(self.trace.issues), 2 * self.trace.grid) if rounded else Fraction(0)

    def _needed(self, speaker: str) -> Fraction:
        return self.trace.reservations[self.speakers[speaker]][0] - self.slack(speaker)

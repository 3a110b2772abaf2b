"""What one would have to believe: which single judgement, moved how far, turns each conclusion of a case.

A report is a plain JSON-ready dict; its keys are listed in `docs/reference/breakpoints-report.md` and are added to,
never renamed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from detente.case.case import Case
from detente.case.consent import ConsentList
from detente.case.ledger.assent import members_on
from detente.compile.compiled import Compiled, Missing
from detente.compile.settlement import SettlementTrace, Weights, compile_settlement
from detente.core.errors import ModelError
from detente.core.progress import Progress, silent, within
from detente.engines.settlement import Completion, Flip, Leeway, SettlementModel, find_leeway, nearest_flips
from detente.engines.settlement.feasibility import Demands, demands
from detente.registry.settlement import consent_lists_of
from detente.uncertainty.judgements import (
    Judged,
    Judgement,
    Numbers,
    judgements_of,
    moving,
    numbers_of,
    statements_behind,
)
from detente.uncertainty.red_lines import Bound, LineJudgement, LineReadings, Lines, Turn

Report = dict[str, Any]

DIGITS = 6
"""Decimals to which a threshold is given, rounded to the side on which the conclusion has changed."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Something that the brief says of a consent list, true or false.

    Without a `completion` it is that some package crosses none of the lines; with one, that some such package leaves
    every member at least as well off as no agreement, unknown options at their worst (certain) or best (possible).
    """

    lines: Lines
    completion: Completion | None

    def named(self) -> Report:
        """Return it in the words of the report."""
        reading = {None: None, Completion.WORST: "certain", Completion.BEST: "possible"}[self.completion]
        return {"what": "package" if reading is None else "zone", "lines": self.lines.value, "reading": reading}


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


def breakpoint_report(
    case: Case,
    consent: str | None = None,
    *,
    weights: str | Weights = Weights.ANALYST,
    progress: Progress = silent,
) -> Report:
    """Return the breakpoints of a case's conclusions, per consent list.

    Parameters
    ----------
    case : Case
        As of its day, read through whatever lens is wanted.
    consent : str, optional
        One consent list; every list by default.
    weights : Weights
        The case's judged weights, or equal ones, which then are no judgement.

    Raises
    ------
    CaseError
        If the case has no consent list, or none of this name.
    """
    chosen = Weights(weights)
    lists = consent_lists_of(case, consent)
    found = {}
    for number, entry in enumerate(lists):
        part = within(progress, number / len(lists), (number + 1) / len(lists))
        found[entry.id] = _of_list(case, entry, chosen, part)
        part(1.0, entry.id)
    return {"case": case.id, "by_consent": found}


def _of_list(case: Case, entry: ConsentList, weights: Weights, progress: Progress) -> Report:
    if not entry.issue_by_issue:
        return _of_members(case, entry.parties, weights, None, progress)
    return {
        "by_issue": {
            issue.id: _of_members(case, members_on(case, entry, issue.id), weights, (issue.id,), silent)
            for issue in case.issues
        }
    }


def _of_members(
    case: Case, members: Sequence[str], weights: Weights, issues: Sequence[str] | None, progress: Progress
) -> Report:
    """Return the conclusions for some parties; what is refused is a reason, and ends no other list."""
    try:
        compiled = compile_settlement(case, members, weights=weights, issues=issues)
        if isinstance(compiled, Missing):
            return {"not_computed": "Nothing is computed for this list; `detente settle` says why."}
        return {"conclusions": Breakpoints(case, compiled, weights).report(progress)}
    except ModelError as error:
        return {"not_computed": str(error)}


class Breakpoints:
    """One compiled analysis, and what it answers when single judgements move."""

    def __init__(self, case: Case, compiled: Compiled[SettlementModel, SettlementTrace], weights: Weights) -> None:
        self.case, self.model, self.trace, self.weights = case, compiled.model, compiled.trace, weights
        self.readings = LineReadings(case, compiled)
        self.speakers = {speaker: self.trace.speakers.index(speaker) for speaker in self.trace.speakers}
        self._asked: dict[Completion, tuple[int, Demands]] = {}
        self._numbers: dict[tuple[str, Completion], Numbers] = {}
        self._leeways: dict[tuple[Bound, Completion, str], Leeway] = {}

    def conclusions(self) -> Iterator[Conclusion]:
        """Yield what the brief concludes: under stated lines, and under inferred ones too where there are any."""
        some_inferred = any(not line.stated for line in self.model.lines)
        has_unknown = any(self.trace.unknown.values())
        for lines in (Lines.STATED, *((Lines.EVERY,) if some_inferred else ())):
            yield Conclusion(lines, None)
            yield Conclusion(lines, Completion.WORST)
            if has_unknown:
                yield Conclusion(lines, Completion.BEST)

    def report(self, progress: Progress = silent) -> list[Report]:
        """Return every conclusion with the judgements that turn it."""
        found = []
        wanted = list(self.conclusions())
        for number, conclusion in enumerate(wanted):
            found.append(self._reported(conclusion))
            progress((number + 1) / len(wanted), "conclusions")
        return found

    def _reported(self, conclusion: Conclusion) -> Report:
        now = self.holds(conclusion)
        notes: list[str] = []
        singles = [*self._line_entries(conclusion, now)]
        try:
            singles += [self._number_entry(single) for single in self.numbers(conclusion, now)]
        except ModelError as error:
            notes.append(f"Numbers were not moved. {error}")
        singles.sort(key=lambda entry: (not entry["within_range"], entry["move"]))
        return {"conclusion": conclusion.named(), "now": now, "singles": singles, "pairs": [], "notes": notes}

    # What holds

    def holds(self, conclusion: Conclusion, turned: Sequence[LineJudgement] = ()) -> bool:
        """Return whether a conclusion is true when some lines are read otherwise."""
        return self._exists(
            self.readings.bound(conclusion.lines, turned),
            conclusion.completion or Completion.WORST,
            asking=() if conclusion.completion is None else range(self.model.parties),
        )

    def _exists(self, bound: Bound, completion: Completion, asking: Sequence[int]) -> bool:
        """Return whether some package keeps these rules and reaches the value of no agreement of some parties."""
        pool = self.readings.pooled()
        size, asked = self._asked.get(completion, (-1, None))
        if asked is None or size < len(pool.lines):
            asked = demands(pool, lines=tuple(range(len(pool.lines))), completion=completion)
            self._asked[completion] = (len(pool.lines), asked)
        mask = sum(1 << k for k in bound) | sum(1 << (len(asked.lines) + j) for j in asking)
        return asked.ask(mask).unmet is not None

    # Lines

    def turning_lines(self, conclusion: Conclusion, now: bool) -> Iterator[LineJudgement]:
        """Yield the single lines that turn a conclusion when they are read otherwise."""
        turn = Turn.STATED if now else Turn.OUT
        for one in self.readings.judgements(conclusion.lines, turn):
            if self.holds(conclusion, [one]) is not now:
                yield one

    def _line_entries(self, conclusion: Conclusion, now: bool) -> Iterator[Report]:
        for one in self.turning_lines(conclusion, now):
            yield self.line_entry(one)

    def line_entry(self, one: LineJudgement) -> Report:
        """Return a line that turns a conclusion, as the report gives it."""
        line = one.line
        chance = line.probability
        return {
            "kind": Judged.LINE.value,
            "party": one.speaker,
            "members": self._members(one.speaker),
            "line": line.id,
            "never": str(line.condition),
            "issue": line.issue,
            "option": line.option,
            "basis": line.basis.value,
            "path": one.path,
            "now": chance.mode,
            "range": [chance.low, chance.high],
            "threshold": None,
            "exact": None,
            "flips": one.turn.value,
            "reached": True,
            "within_range": one.turn is Turn.STATED or chance.low < 1,
            "move": 1.0,
            "statements": list(line.statements),
        }

    # Numbers

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
            others = [j for j, other in enumerate(self.trace.speakers) if other != speaker]
            if not now and not self._exists(bound, conclusion.completion, others):
                continue  # the others and the lines exclude everything already
            yield from self._of_speaker(speaker, bound, conclusion.completion, now)

    def _of_speaker(self, speaker: str, bound: Bound, completion: Completion, now: bool) -> Iterator[Single]:
        numbers = self._numbers_of(speaker, completion)
        leeway = self._leeway(speaker, bound, completion)
        for judgement in judgements_of(self.case, speaker, self.trace, self.weights, numbers):
            move = moving(
                self.case,
                judgement,
                trace=self.trace,
                numbers=numbers,
                leeway=leeway,
                reservation=self._needed(speaker),
                slack=self._slack(speaker),
            )
            for flip in nearest_flips(
                move.holds, move.critical, start=judgement.now, now=now, low=judgement.low, high=judgement.high
            ):
                yield Single(judgement, flip)

    def _numbers_of(self, speaker: str, completion: Completion) -> Numbers:
        key = (speaker, completion)
        if key not in self._numbers:
            best = completion is Completion.BEST
            self._numbers[key] = numbers_of(self.case, speaker, self.trace, self.weights, best=best)
        return self._numbers[key]

    def _leeway(self, speaker: str, bound: Bound, completion: Completion) -> Leeway:
        key = (bound, completion, speaker)
        if key not in self._leeways:
            numbers = self._numbers_of(speaker, completion)
            pool = self.readings.pooled()
            firsts = {other: at for at, other in reversed(list(enumerate(self.trace.speakers)))}
            self._leeways[key] = find_leeway(
                self.model,
                rules=(*self.model.links, *(pool.lines[k].rule for k in sorted(bound))),
                completion=completion,
                party=firsts[speaker],
                others=sorted(at for other, at in firsts.items() if other != speaker),
                own=[
                    np.array(
                        [round(numbers.weights[issue] * v * self.trace.grid) for v in numbers.counted[issue]], np.int64
                    )
                    for issue in self.trace.issues
                ],
            )
        return self._leeways[key]

    def _slack(self, speaker: str) -> Fraction:
        """Return how far the compiled model lowered a value of no agreement because utilities are rounded."""
        at = self.speakers[speaker]
        exactly = math.ceil(self.trace.reservations[at][0] * self.trace.grid)
        rounded = int(self.model.reservation[at]) < exactly
        return Fraction(len(self.trace.issues), 2 * self.trace.grid) if rounded else Fraction(0)

    def _needed(self, speaker: str) -> Fraction:
        return self.trace.reservations[self.speakers[speaker]][0] - self._slack(speaker)

    def _number_entry(self, single: Single) -> Report:
        judgement, flip = single.judgement, single.flip
        estimate = judgement.estimate
        judged = judgement.judged
        return {
            "kind": judgement.kind.value,
            "party": judgement.party,
            "members": self._members(judgement.party),
            "issue": judgement.issue,
            "option": judgement.option,
            "scenario": judgement.scenario,
            "path": judgement.path,
            "now": None if judgement.is_unknown else float(judgement.now),
            "range": None if judged is None else [float(bound) for bound in judged],
            "threshold": printed(flip, judgement),
            "exact": str(flip.threshold),
            "flips": "above" if flip.above else "below",
            "reached": flip.reached,
            "within_range": single.is_within,
            "move": round(float(single.move), DIGITS),
            "statements": [] if estimate is None else statements_behind(self.case, estimate.because),
        }

    def _members(self, speaker: str) -> list[str]:
        pairs = zip(self.trace.parties, self.trace.speakers, strict=True)
        return [member for member, other in pairs if other == speaker]


def printed(flip: Flip, judgement: Judgement) -> float:
    """Return a threshold as a decimal on the side on which the conclusion has changed."""
    unit = 10**DIGITS
    scaled = flip.threshold * unit
    beyond = math.ceil(scaled) if flip.above else math.floor(scaled)
    if beyond == scaled and not flip.reached:
        beyond += 1 if flip.above else -1
    decimal = Fraction(beyond, unit)
    return float(min(max(decimal, judgement.low), judgement.high))

"""Red lines as judgements: what binds if one of the case's lines is taken out, or one that we infer is read as stated.

A line that does not bind is taken out of the case with the party's lines that imply it, for who does not refuse an
option refuses none that implies it; what follows only from these goes too. A speaker's line counts once, for all the
members that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from detente.case.case import Case
from detente.case.change import changed
from detente.case.red_lines import Group, StandingLine, falls_with
from detente.compile.compiled import Compiled
from detente.compile.rules import compiled_lines
from detente.compile.settlement import SettlementTrace
from detente.engines.settlement import Line, SettlementModel
from detente.uncertainty.judgements import with_preference

Key = tuple[tuple[int, ...], bytes]
Bound = frozenset[int]


class Lines(StrEnum):
    """Which red lines bind; the value is the word in the report."""

    STATED = "stated"
    EVERY = "stated_and_inferred"


class Turn(StrEnum):
    """How a line may be read otherwise; the value is the word in the report."""

    OUT = "does_not_bind"
    STATED = "read_as_stated"


@dataclass(frozen=True, slots=True)
class LineJudgement:
    """One red line of one speaker, read otherwise."""

    line: StandingLine
    speaker: str
    turn: Turn

    @property
    def path(self) -> str | None:
        """The path of its probability, as a lens override names it; None for a line that no override names."""
        if self.line.issue is None or self.line.option is None or self.line.implied_by:
            return None
        return f"red_lines.{self.line.issue}.{self.line.option}.p_binding"


class LineReadings:
    """The rules that bind under each reading of the lines, as numbers into one pool."""

    def __init__(self, case: Case, compiled: Compiled[SettlementModel, SettlementTrace]) -> None:
        self.case, self.model, self.trace = case, compiled.model, compiled.trace
        self._pool: dict[Key, int] = {}
        self._lines: list[Line] = []
        self._known: dict[tuple[str, tuple[str, ...]], list[tuple[int, StandingLine]]] = {}
        self._pooled: SettlementModel | None = None
        self._base = {
            speaker: self._numbered(
                (line, traced)
                for line, traced in zip(self.model.lines, self.trace.lines, strict=True)
                if self._speaker(traced) == speaker
            )
            for speaker in dict.fromkeys(self.trace.speakers)
        }

    def judgements(self, lines: Lines, turn: Turn) -> Iterator[LineJudgement]:
        """Yield the lines that bind and may be taken out, or that do not and may be read as stated."""
        for speaker, found in self._base.items():
            for line in {traced.id: traced for _, traced in found}.values():
                binds = lines is Lines.EVERY or self._is_stated(line)
                if (binds and not line.implied_by) if turn is Turn.OUT else not binds:
                    yield LineJudgement(line, speaker, turn)

    def bound(self, lines: Lines, turned: Iterable[LineJudgement] = ()) -> Bound:
        """Return which rules bind when some lines are read otherwise."""
        out: dict[tuple[str, Group], set[str]] = {}
        bound: set[int] = set()
        for one in turned:
            if one.turn is Turn.OUT:
                out.setdefault((one.speaker, one.line.group), set()).update(
                    falls_with(self.case, one.speaker, one.line)
                )
            else:
                bound |= {number for number, line in self._base[one.speaker] if line.id == one.line.id}
        binding = {speaker: self._binding(lines, base) for speaker, base in self._base.items()}
        for (speaker, _), ids in out.items():  # lines of different groups do not imply each other
            before = self._binding(lines, self._base[speaker])
            after = self._binding(lines, self._without(speaker, tuple(sorted(ids))))
            binding[speaker] = (binding[speaker] - (before - after)) | (after - before)
        return frozenset(bound.union(*({number for number, _ in found} for found in binding.values())))

    def _binding(self, lines: Lines, found: Iterable[tuple[int, StandingLine]]) -> set[tuple[int, str]]:
        """Return the rules that bind, each with the line that it is of."""
        return {(number, line.id) for number, line in found if lines is Lines.EVERY or self._is_stated(line)}

    @cached_property
    def _speakers(self) -> dict[str, str]:
        return dict(zip(self.trace.parties, self.trace.speakers, strict=True))

    def _speaker(self, line: StandingLine) -> str:
        return self._speakers[line.party]

    @staticmethod
    def _is_stated(line: StandingLine) -> bool:
        return line.basis.value == "stated"

    def _without(self, speaker: str, ids: tuple[str, ...]) -> list[tuple[int, StandingLine]]:
        """Return a speaker's lines once some are taken out of the case."""
        if (speaker, ids) in self._known:
            return self._known[speaker, ids]
        preference = self.case.preference[speaker]
        kept = tuple(line for line in preference.red_lines if line.id not in ids)
        case = with_preference(self.case, changed(preference, red_lines=kept), speaker)
        options = dict(zip(self.trace.issues, self.trace.options, strict=True))
        hidden = {i.id: tuple(o.id for o in i.options) for i in case.issues if i.id not in options}
        lines, traces = compiled_lines(case, [speaker], [speaker], options, hidden, [])
        self._known[speaker, ids] = self._numbered(zip(lines, traces, strict=True))
        return self._known[speaker, ids]

    def _numbered(self, lines: Iterable[tuple[Line, StandingLine]]) -> list[tuple[int, StandingLine]]:
        found = []
        for line, traced in lines:
            key = (line.rule.issues, line.rule.allowed.tobytes())
            if key not in self._pool:
                self._pool[key] = len(self._lines)
                self._lines.append(replace(line, party=0))
            found.append((self._pool[key], traced))
        return found

    def pooled(self) -> SettlementModel:
        """Return the model with every rule of the pool as a line."""
        if self._pooled is None or len(self._pooled.lines) < len(self._lines):
            self._pooled = replace(self.model, lines=tuple(self._lines))
        return self._pooled

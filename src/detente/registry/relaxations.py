"""What relaxing a line or a reservation would open where nothing is certain to be agreed, in the case's own names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.case.red_lines import falls_with, shared_draws
from detente.compile.settlement import SettlementTrace
from detente.core.errors import ModelError
from detente.core.progress import Progress, within
from detente.engines.settlement import (
    Completion,
    Count,
    SettlementModel,
    least_shortfalls,
    likeliest_line_sets,
    relaxed_alone,
)

Report = dict[str, Any]
MOST_SETS = 200
"""Sets of lines listed: so many that a cut, which would be a choice among equals, is rare."""

READINGS: Mapping[Completion, str] = {Completion.WORST: "certain", Completion.BEST: "possible"}


class Relaxations:
    """Relaxes the demands of one compiled model; a speaker's line, and its reservation, count once for its members."""

    def __init__(
        self, case: Case, model: SettlementModel, trace: SettlementTrace, between: Callable[[Count, Count], Any]
    ) -> None:
        self.case, self.model, self.trace, self.between = case, model, trace, between
        self.groups = shared_draws(trace.lines)
        self.firm = _firm(trace)
        self.completions = (Completion.WORST, *((Completion.BEST,) if any(trace.unknown.values()) else ()))

    def report(self, binding: Sequence[int], note: Callable[[str], None], progress: Progress) -> Report:
        """Return what each single thing opens, and the sets and shortfalls, under each reading of unknown options.

        What the engine refuses is left out, and `note` is told why.
        """
        lines = {self.trace.lines[k].id: self._fall_with(k, binding) for k in binding}
        answer: Report = {"lines": [], "reservations": [], "certain": None, "possible": None}
        try:
            alone = [
                relaxed_alone(
                    self.model,
                    binding=binding,
                    completion=completion,
                    lines=list(lines.values()),
                    parties=self.trace.sides,
                    progress=within(progress, number / 2, (number + 1) / 2),
                )
                for number, completion in enumerate(self.completions)
            ]
        except ModelError as error:
            note(f"what one line or one reservation alone would open was not found. {error}")
        else:
            answer["lines"] = [
                {"line": line, "packages": self.between(alone[0].lines[at], alone[-1].lines[at])}
                for at, line in enumerate(lines)
            ]
            answer["reservations"] = [
                {
                    "parties": [self.trace.parties[j] for j in some],
                    "packages": self.between(alone[0].parties[at], alone[-1].parties[at]),
                }
                for at, some in enumerate(self.trace.sides)
            ]
        for completion in self.completions:
            answer[READINGS[completion]] = self._sets(binding, completion, note)
        return answer

    def _fall_with(self, line: int, binding: Sequence[int]) -> list[int]:
        """Return the lines that do not bind if one does not: those that imply it, and what follows from them."""
        speakers = dict(zip(self.trace.parties, self.trace.speakers, strict=True))
        traced = self.trace.lines[line]
        speaker = speakers[traced.party]
        own = set(falls_with(self.case, speaker, traced))
        return [
            k
            for k in binding
            if speakers[(other := self.trace.lines[k]).party] == speaker
            and (other.id in own or other.id == traced.id or (other.implied_by and own.issuperset(other.implied_by)))
        ]

    def _sets(self, binding: Sequence[int], completion: Completion, note: Callable[[str], None]) -> Report | None:
        try:
            sets = likeliest_line_sets(
                self.model,
                binding=binding,
                completion=completion,
                groups=self.groups,
                firm=self.firm,
                most=MOST_SETS,
            )
            short = least_shortfalls(self.model, binding=binding, completion=completion, sides=self.trace.sides)
        except ModelError as error:
            note(f"sets that would open something were not found. {error}")
            return None
        # among equals by id, so that no order of a file has a part in it
        listed = sorted(
            ((one, sorted({self.trace.lines[k].id for k in one.lines})) for one in sets.sets),
            key=lambda found: (-found[0].probability, len(found[1]), found[1]),
        )
        return {
            "line_sets": [
                {"lines": lines, "cost": one.cost, "p_none_binds": float(one.probability)} for one, lines in listed
            ],
            "line_sets_complete": sets.complete,
            "shortfalls": [
                {
                    "sum": total / self.trace.grid,
                    "short": {
                        party: vector[j] / self.trace.grid
                        for j, party in enumerate(self.trace.parties)
                        if vector[j] > 0
                    },
                }
                for vector, total in zip(short.vectors, short.sums, strict=True)
            ],
            "shortfalls_complete": short.complete,
        }


def _firm(trace: SettlementTrace) -> list[float]:
    """Return per line how probably it binds by itself or through a stronger one, those that are contested left out."""
    place = {(line.party, line.id): line for line in trace.lines}
    found = []
    for line in trace.lines:
        through = [place[line.party, name] for name in line.stronger]
        alone = through if line.implied_by else [line, *through]
        found.append(max((one.probability.mode for one in alone if not one.contested), default=0.0))
    return found

"""What packages ask of each party, in the case's own names: the concession map of one, and several side by side.

A report is a plain JSON-ready dict; its keys are listed in `docs/reference/concession-report.md` and are added to,
never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from detente.case.case import Case
from detente.compile.settlement import Weights
from detente.core.errors import CaseError, ModelError
from detente.core.progress import Progress, silent, within
from detente.engines.settlement import (
    Change,
    Completion,
    Concessions,
    Improvement,
    Improvements,
    Settlement,
    find_changes,
    find_concessions,
    find_trades,
    solve,
)
from detente.registry.asked import Asked, Kind
from detente.registry.entries import consent_entry, line_entry
from detente.registry.lists import Model, Report, report_by_list
from detente.wording.printable import consent_test

MOST_COMPARED = 6
"""Packages that are set side by side at most."""


def concession_report(
    case: Case,
    asked: Asked,
    consent: str | None = None,
    *,
    weights: str | Weights = Weights.ANALYST,
    progress: Progress = silent,
) -> Report:
    """Return the concession map of a package: per consent list, party and issue, with trades and smallest changes.

    Parameters
    ----------
    case : Case
        As of its day, read through whatever lens is wanted.
    asked : Asked
        The package.
    consent : str, optional
        A consent list; without it the report of the only one, or `by_consent` with all of them.
    weights : Weights
        The case's judged weights, or equal ones.

    Raises
    ------
    CaseError
        If the case has no consent list, or none of this name; or if no agreement is asked about, which is no package.
    """
    if asked.kind is Kind.NO_AGREEMENT:
        raise CaseError(
            where="PACKAGE",
            what="no agreement is no package: it has a value for each party, and no options",
            got=asked.name,
            allowed="The map already sets a package against it",
            hint="Name a package, or use no-agreement in detente compare",
        )
    return report_by_list(
        case,
        consent,
        lambda compiled, told: _Mapper(case, compiled).with_changes(asked, told),
        weights=Weights(weights),
        progress=progress,
    )


def comparison_report(
    case: Case,
    asked: Sequence[Asked],
    consent: str | None = None,
    *,
    weights: str | Weights = Weights.ANALYST,
    progress: Progress = silent,
) -> Report:
    """Return two to six packages side by side, per consent list.

    Raises
    ------
    CaseError
        If there are fewer or more, one is named twice, or the consent list is unknown.
    """
    names = [one.name for one in asked]
    if not 2 <= len(asked) <= MOST_COMPARED:
        raise CaseError(
            where="PACKAGE",
            what="this many packages cannot be compared",
            got=len(asked),
            allowed=f"From 2 to {MOST_COMPARED} packages stand side by side",
            hint="Name another package" if len(asked) < 2 else "Leave some out",
        )
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise CaseError(
            where="PACKAGE",
            what="this package is named twice",
            got=twice[0],
            allowed="Packages that are compared differ",
            hint="Leave one of them out",
        )
    return report_by_list(
        case,
        consent,
        lambda compiled, told: _Mapper(case, compiled).side_by_side(asked),
        weights=Weights(weights),
        progress=progress,
    )


class _Mapper:
    """Sets packages against the best options and against no agreement under one compiled model."""

    def __init__(self, case: Case, compiled: Model) -> None:
        self.case = case
        self.model, self.trace, self.assumed = compiled.model, compiled.trace, compiled.assumed
        self.notes: list[str] = []
        self.every = list(range(len(self.model.lines)))
        self.stated = [k for k in self.every if self.model.lines[k].stated]

    def side_by_side(self, asked: Sequence[Asked]) -> Report:
        """Return the maps of several packages, and on which issues they differ."""
        entries = [self._entry(one) for one in asked]
        mapped = [entry["choice"] for entry in entries if "choice" in entry]
        differ = [issue for issue in self.trace.issues if len({choice[issue] for choice in mapped}) > 1]
        return {**self._frame(entries), "packages": entries, "differ": differ, **self._closing()}

    def with_changes(self, asked: Asked, progress: Progress) -> Report:
        """Return the map of one package, what would improve it, and the smallest changes that reach no agreement."""
        entry = self._entry(asked)
        answer = {**self._frame([entry]), "map": entry}
        if "choice" in entry:
            package = self.trace.chosen({i: o for i, o in entry["choice"].items() if o is not None})
            answer |= {"binding": "stated", **self._beyond(package, self.stated, within(progress, 0.0, 0.5))}
            answer["with_inferred"] = (
                None if self.stated == self.every else self._beyond(package, self.every, within(progress, 0.5, 1.0))
            )
        return answer | self._closing()

    def _frame(self, entries: Sequence[Report]) -> Report:
        """Return who and what the analysis is about, with the red lines that the packages cross."""
        keys = ("lines_crossed", "lines_possibly_crossed")
        crossed = {line for entry in entries for key in keys for line in entry.get(key, ())}
        return {
            "parties": list(self.trace.parties),
            "issues": list(self.trace.issues),
            "uncoded": list(self.trace.left_out),
            "represented": {
                party: speaker
                for party, speaker in zip(self.trace.parties, self.trace.speakers, strict=True)
                if party != speaker
            },
            "lines": [line_entry(line) for line in self.trace.lines if line.id in crossed],
        }

    def _closing(self) -> Report:
        return {"assumptions": list(self.assumed), "notes": list(dict.fromkeys(self.notes))}

    def _entry(self, asked: Asked) -> Report:
        """Return the map of one package, or a finding that says why there is none."""
        head: Report = {"package": asked.name, "kind": asked.kind.value, "title": asked.title}
        if asked.kind is Kind.NO_AGREEMENT:
            return {**head, "parties": {p: self._at_no_agreement(k) for k, p in enumerate(self.trace.parties)}}
        if asked.concept is None:
            choice = dict(asked.choice)
            finding = "It says nothing on the issues of this analysis."
        else:
            choice, finding = self._solution(asked)
        here = {issue: option for issue, option in choice.items() if issue in self.trace.issues}
        if not here:
            return {**head, "finding": finding, "parties": {}}
        found = find_concessions(self.model, self.trace.chosen(here))
        value = found.value
        return {
            **head,
            "choice": {issue: here.get(issue) for issue in self.trace.issues},
            "left_out": {issue: option for issue, option in choice.items() if issue not in here},
            "public_record": asked.public_record,
            **consent_entry(self.case, here, self.trace.parties),
            "parties": {party: self._party(found, k, here) for k, party in enumerate(self.trace.parties)},
            "lines_crossed": [self.trace.lines[k].id for k in value.lines_crossed],
            "lines_possibly_crossed": [self.trace.lines[k].id for k in value.lines_possibly_crossed],
            "links_broken": [self.trace.links[k] for k in value.links_broken],
            "links_possibly_broken": [self.trace.links[k] for k in value.links_possibly_broken],
        }

    def _party(self, found: Concessions, party: int, choice: Mapping[str, str]) -> Report:
        value, margin = found.value, found.margins[party]
        answer: Report = {
            "total": self._range(value.low[party], value.high[party]),
            "no_agreement": float(self.trace.reservations[party][0]),
            "margin": self._range(*margin),
            "issues": {
                issue: {
                    "option": choice.get(issue),
                    "utility": self._range(part.low, part.high),
                    "best": self._float(part.best),
                    "concession": self._range(part.least, part.most),
                    "against_no_agreement": [float(bound / self.trace.grid) for bound in part.against_no_agreement],
                }
                for issue, part in zip(self.trace.issues, found.parts[party], strict=True)
            },
        }
        if any(term.party == party for term in self.model.interactions):
            answer["interactions"] = self._range(*found.interactions[party])
        return answer

    def _at_no_agreement(self, party: int) -> Report:
        value = float(self.trace.reservations[party][0])
        return {"total": [value, value], "no_agreement": value, "margin": [0.0, 0.0], "issues": {}}

    @cached_property
    def _settlement(self) -> Settlement | str:
        """The zone with stated lines binding and unknown options at their worst; or why it cannot be listed."""
        try:
            return solve(self.model, binding=self.stated, completion=Completion.WORST, feasible=False).solutions[0]
        except ModelError as error:
            return str(error)

    def _solution(self, asked: Asked) -> tuple[dict[str, str], str]:
        """Return the package of a solution; without one nothing, and why."""
        if isinstance(self._settlement, str):
            return {}, f"The solutions were not found. {self._settlement}"
        for solution in self._settlement.solutions:
            if solution.concept is not asked.concept:
                continue
            ties = len(solution.points)
            if asked.place > ties:
                return (
                    {},
                    f"There are only {ties} of this solution." if ties > 1 else "There is only one of this solution.",
                )
            if ties > 1 and asked.place == 1:
                self.notes.append(f"{asked.name}: {ties} solutions tie; this is the first, {asked.name}:2 the next.")
            return self.trace.package(solution.points[asked.place - 1].package), ""
        return {}, "There is no solution: no package is certain to be in the agreement zone."

    def _beyond(self, package: tuple[int | None, ...], binding: Sequence[int], progress: Progress) -> Report:
        """Return improvements, trades and smallest changes while some lines bind."""
        found = find_trades(self.model, package, binding=binding, sides=self.trace.sides)
        progress(0.3, "trades")
        certain = self._changes(package, binding, Completion.WORST)
        progress(0.6, "smallest changes")
        possible = self._changes(package, binding, Completion.BEST) if any(self.trace.unknown.values()) else None
        progress(1.0, "smallest changes")
        return {
            "improvements": self._improvements(found.improvements),
            "trades": self._improvements(found.trades),
            "smallest_changes": {"certain": certain, "possible": possible},
        }

    def _improvements(self, found: Improvements) -> Report:
        return {"count": found.count, "listed": [self._improvement(one) for one in found.listed]}

    def _improvement(self, one: Improvement) -> Report:
        changes = self._options(one.changes)
        return {
            "changes": changes,
            "gain": {party: self._float(one.gains[k]) for k, party in enumerate(self.trace.parties)},
            **consent_entry(self.case, changes, self.trace.parties),
        }

    def _changes(
        self, package: tuple[int | None, ...], binding: Sequence[int], completion: Completion
    ) -> Report | None:
        try:
            found = find_changes(self.model, package, binding=binding, completion=completion, sides=self.trace.sides)
        except ModelError as error:
            self.notes.append(f"The smallest changes are left out. {error}")
            return None
        return {
            "by_party": {
                self.trace.parties[j]: self._change(change)
                for j, change in zip(found.objectors, found.by_objector, strict=True)
            },
            "for_all": self._change(found.for_all),
        }

    def _change(self, change: Change | None) -> Report | None:
        if change is None:
            return None
        if change.package is None:
            return {"count": change.count, "changes": None, "settles": None, "utility": None}
        changes, settles = self._options(change.changes), self._options(change.settles)
        return {
            "count": change.count,
            "changes": changes,
            "settles": settles,
            "utility": {party: self._float(change.utilities[k]) for k, party in enumerate(self.trace.parties)},
            **consent_entry(self.case, {**changes, **settles}, self.trace.parties),
            "changes_printable": consent_test(self.case, changes, self.trace.parties).printable,
        }

    def _options(self, pairs: Sequence[tuple[int, int]]) -> dict[str, str]:
        return {self.trace.issues[issue]: self.trace.options[issue][option] for issue, option in pairs}

    def _range(self, low: int, high: int) -> list[float]:
        return [self._float(low), self._float(high)]

    def _float(self, steps: int) -> float:
        return int(steps) / self.trace.grid

"""The settlement engine's answer for a case, in the case's own names: one report per consent list.

A report is a plain JSON-ready dict; its keys are listed in `docs/reference/settlement-report.md` and are added to,
never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.case.consent import ConsentList
from detente.case.ledger import ledger
from detente.case.ledger.assent import members_on
from detente.case.ledger.tabled import tabled_packages
from detente.compile.compiled import Compiled, Missing
from detente.compile.settlement import SettlementTrace, Weights, compile_settlement
from detente.core.errors import CaseError, ModelError
from detente.core.fields import text_of
from detente.core.names import nearest
from detente.core.progress import Progress, silent, within
from detente.engines.settlement import (
    Completion,
    Concept,
    Count,
    Counts,
    Frontier,
    Point,
    Settlement,
    SettlementModel,
    count_keeping,
    count_zone,
    evaluate,
    find_conflicts,
    solve,
    utilities,
    zone_curve,
)
from detente.registry.relaxations import Relaxations

Report = dict[str, Any]

CONCEPT_KEYS: Mapping[Concept, str] = {
    Concept.NASH: "nash",
    Concept.KALAI_SMORODINSKY: "kalai_smorodinsky",
    Concept.EGALITARIAN: "egalitarian",
    Concept.UTILITARIAN: "utilitarian",
}


def settlement_report(
    case: Case,
    consent: str | None = None,
    *,
    weights: str | Weights = Weights.ANALYST,
    progress: Progress = silent,
) -> Report:
    """Return the settlement report of a case.

    Parameters
    ----------
    case : Case
        As of its day, read through whatever lens is wanted.
    consent : str, optional
        A consent list; without it the report of the only one, or `by_consent` with all of them.
    weights : Weights
        The case's judged weights, or equal ones.

    Raises
    ------
    CaseError
        If the case has no consent list, or none of this name.
    """
    chosen = Weights(weights)
    lists = consent_lists_of(case, consent)
    if len(lists) == 1:
        return {"case": case.id, **_for_list(case, lists[0], chosen, progress)}
    reports = {
        entry.id: _for_list(case, entry, chosen, within(progress, k / len(lists), (k + 1) / len(lists)))
        for k, entry in enumerate(lists)
    }
    return {"case": case.id, "by_consent": reports}


def consent_lists_of(case: Case, consent: str | None) -> tuple[ConsentList, ...]:
    """Return one consent list of a case, or all of them.

    Raises
    ------
    CaseError
        If the case has no consent list, or none of this name.
    """
    known = [entry.id for entry in case.consent_lists]
    if not known:
        raise CaseError(
            where=f"case {case.id}",
            what="no consent list is coded, so nobody's yes is asked for",
            allowed="A settlement is analysed for the parties of a consent list",
            hint="Add at least one under consent_lists",
        )
    if consent is None:
        return case.consent_lists
    if consent not in case.consent_list:
        raise CaseError(
            where=f"case {case.id}",
            what="there is no such consent list",
            got=consent,
            allowed=f"Consent lists: {', '.join(known)}",
            hint=nearest(consent, known),
        )
    return (case.consent_list[consent],)


def _for_list(case: Case, consent_list: ConsentList, weights: Weights, progress: Progress) -> Report:
    if not consent_list.issue_by_issue:
        report = {"consent": consent_list.id, **_for_members(case, consent_list.parties, weights, None, progress)}
        if "not_computed" in report:
            report["not_computed"]["ledger"] = _ledger_answer(case, consent_list)
        return report
    by_issue = {
        issue.id: _for_members(case, members_on(case, consent_list, issue.id), weights, (issue.id,), silent)
        for issue in case.issues
    }
    progress(1.0, consent_list.id)
    asked = dict.fromkeys(party for report in by_issue.values() for party in report["parties"])
    return {"consent": consent_list.id, "parties": list(asked), "by_issue": by_issue}


def _for_members(
    case: Case, members: Sequence[str], weights: Weights, issues: Sequence[str] | None, progress: Progress
) -> Report:
    """Return the report for some parties; what the engine refuses is a reason, and ends no other list."""
    try:
        compiled = compile_settlement(case, members, weights=weights, issues=issues)
    except ModelError as error:
        return {"parties": list(members), "not_computed": _not_computed((), False, str(error))}
    if isinstance(compiled, Missing):
        return {
            "parties": list(members),
            "not_computed": _not_computed(compiled.parties, compiled.no_shared_issue, _reason(case, compiled)),
        }
    return _Reporter(case, compiled, progress).report()


def _not_computed(missing: Sequence[str], no_shared_issue: bool, reason: str) -> Report:
    return {"missing": list(missing), "no_shared_issue": no_shared_issue, "reason": reason}


def _reason(case: Case, missing: Missing) -> str:
    if missing.parties:
        names = ", ".join(text_of(case.party[party].name) for party in missing.parties)
        return f"No issue is coded with numbers for: {names}."
    return "There is no issue that every member has coded with numbers."


def _ledger_answer(case: Case, consent_list: ConsentList) -> Report:
    """Return what the record alone says for a consent list: what refusals leave open, and what they close."""
    [entry] = ledger(case, consent_list.id).lists
    return {
        "open_options": {
            left.issue: {"stated": list(left.by_stated), "stated_and_inferred": list(left.by_stated_and_inferred)}
            for left in entry.open_options
        },
        "closed": {
            "stated": [closure.issue for closure in entry.closed_by_stated],
            "stated_and_inferred": [closure.issue for closure in entry.closed_by_stated_and_inferred],
        },
    }


class _Reporter:
    """Solves one compiled model under each reading of lines and unknown options, and names the results."""

    def __init__(self, case: Case, compiled: Compiled[SettlementModel, SettlementTrace], progress: Progress) -> None:
        self.case, self.compiled, self.progress = case, compiled, progress
        self.model, self.trace = compiled.model, compiled.trace
        self.notes: list[str] = []
        self.has_unknown = any(self.trace.unknown.values())

    def report(self) -> Report:
        stated = [k for k, line in enumerate(self.model.lines) if line.stated]
        every = list(range(len(self.model.lines)))
        with_stated = self._zone(stated, "stated lines", within(self.progress, 0.0, 0.4))
        with_inferred = (
            None if stated == every else self._zone(every, "stated and inferred lines", within(self.progress, 0.4, 0.7))
        )
        answer: Report = {
            "parties": list(self.trace.parties),
            "issues": list(self.trace.issues),
            "uncoded": list(self.trace.left_out),
            "uncoded_by_party": {party: list(left) for party, left in self.trace.uncoded.items()},
            "represented": {
                party: speaker
                for party, speaker in zip(self.trace.parties, self.trace.speakers, strict=True)
                if party != speaker
            },
            "binding": "stated",
            "lines": [self._line(k) for k in every],
            "unknown_options": {
                party: {issue: list(options) for issue, options in issues.items()}
                for party, issues in self.trace.unknown.items()
                if issues
            },
            "reservation": {
                party: {"value": float(value), "basis": basis.value}
                for party, (value, basis) in zip(self.trace.parties, self.trace.reservations, strict=True)
            },
            **with_stated,
            "with_inferred": with_inferred,
            "zone_curve": self._curve(within(self.progress, 0.7, 1.0)),
            "tabled": self._tabled(),
            "assumptions": list(self.compiled.assumed),
        }
        return {**answer, "notes": list(dict.fromkeys(self.notes))}

    def _zone(self, binding: Sequence[int], reading: str, progress: Progress) -> Report:
        """Return the zone with unknown options at their worst; at their best under `possible`."""
        certain = self._solve(binding, Completion.WORST, reading, within(progress, 0.0, 0.4))
        possible = None
        if self.has_unknown:
            possible = self._solve(binding, Completion.BEST, reading, within(progress, 0.4, 0.7))
        answer = self._named(certain)
        if possible is not None:
            answer["packages"]["in_zone"] = _between(_counts(certain).in_zone, _counts(possible).in_zone)
        return {
            **answer,
            **self._conflicts(binding, reading, certain, possible, within(progress, 0.7, 0.85)),
            "relaxations": self._relaxations(binding, reading, within(progress, 0.85, 1.0))
            if _is_empty(certain)
            else None,
            "possible": None if possible is None else self._named(possible),
        }

    def _conflicts(
        self,
        binding: Sequence[int],
        reading: str,
        certain: Settlement | Counts,
        possible: Settlement | Counts | None,
        progress: Progress,
    ) -> Report:
        """Return why the zone is empty: the sets that cannot hold together, whatever unknown options are worth.

        If a zone is possible but not certain, the sets are those that cannot hold together at the worst.
        """
        hold, sets = None, []
        if _is_empty(certain):
            surely = possible is None or _is_empty(possible)
            hold = "whatever unknown options are worth" if surely else "with unknown options at their worst"
            completion = Completion.BEST if surely else Completion.WORST
            try:
                found = find_conflicts(self.model, binding=binding, completion=completion, progress=progress)
            except ModelError as error:
                self._note((f"why nothing is left was not found. {error}",), reading)
            else:
                self._note(found.notes, reading)
                sets = [self._conflict(conflict.lines, conflict.parties) for conflict in found.sets]
        return {"red_line_conflicts": sets, "red_line_conflicts_hold": hold}

    def _relaxations(self, binding: Sequence[int], reading: str, progress: Progress) -> Report:
        """Return what relaxing a line or a reservation would open."""
        relaxed = Relaxations(self.case, self.model, self.trace, _between_or_exact)
        return relaxed.report(binding, lambda note: self._note((note,), reading), progress)

    def _solve(
        self, binding: Sequence[int], completion: Completion, reading: str, progress: Progress
    ) -> Settlement | Counts:
        """Return the zone, or its counts alone where the engine refuses to list a frontier."""
        if self.has_unknown:
            reading = f"{reading}, unknown options at their {completion.value}"
        try:
            findings = solve(self.model, binding=binding, completion=completion, progress=progress)
        except ModelError as error:
            self._note((f"the frontier and the solutions are left out. {error}",), reading)
            rules = self.model.rules(binding)
            in_zone = count_zone(self.model, rules=rules, completion=completion)
            return Counts(self.model.total, count_keeping(self.model, rules), in_zone)
        self._note(findings.notes, reading)
        return findings.solutions[0]

    def _note(self, notes: Sequence[str], reading: str) -> None:
        """Keep an engine's notes with the reading that they belong to."""
        self.notes.extend(f"With {reading}: {note[0].lower()}{note[1:]}" for note in notes)

    def _named(self, found: Settlement | Counts) -> Report:
        counts = _counts(found)
        answer: Report = {
            "packages": {
                "total": str(counts.total),
                "no_red_line": _count(counts.no_red_line),
                "in_zone": _count(counts.in_zone),
            },
            "frontier": None,
            "frontier_unconstrained": None,
            "solutions": {key: [] for key in CONCEPT_KEYS.values()},
        }
        if isinstance(found, Counts):
            return answer
        answer["frontier"] = self._frontier(found.zone_frontier, found.completion)
        if found.feasible_frontier is not None:
            answer["frontier_unconstrained"] = self._frontier(found.feasible_frontier, found.completion)
        for solution in found.solutions:
            answer["solutions"][CONCEPT_KEYS[solution.concept]] = [
                {"package": self.trace.package(point.package), "utility": self._utility(point.utilities)}
                for point in solution.points
            ]
        return answer

    def _frontier(self, frontier: Frontier, completion: Completion) -> list[Report]:
        return [self._point(point, completion) for point in frontier]

    def _point(self, point: Point, completion: Completion) -> Report:
        entry: Report = {
            "package": self.trace.package(point.package),
            "utility": self._utility(point.utilities),
            "count": str(point.count),
        }
        if self.has_unknown:
            other = Completion.WORST if completion is Completion.BEST else Completion.BEST
            swapped = utilities(self.model, point.package, other)
            entry["utility_range"] = {
                party: sorted((self._float(point.utilities[k]), self._float(swapped[k])))
                for k, party in enumerate(self.trace.parties)
            }
        return entry

    def _utility(self, values: Sequence[int]) -> dict[str, float]:
        return {party: self._float(values[k]) for k, party in enumerate(self.trace.parties)}

    def _float(self, steps: int) -> float:
        return int(steps) / self.trace.grid

    def _conflict(self, lines: Sequence[int], parties: Sequence[int]) -> Report:
        return {
            "lines": [self._line_id(k) for k in lines],
            "reservations": [self.trace.parties[k] for k in parties],
        }

    def _line_id(self, index: int) -> str:
        return self.trace.lines[index].id

    def _line(self, index: int) -> Report:
        line = self.trace.lines[index]
        return {
            "id": line.id,
            "party": line.party,
            "never": str(line.condition),
            "issue": line.issue,
            "option": line.option,
            "basis": line.basis.value,
            "text_class": None if line.text_class is None else line.text_class.value,
            "probability": {
                "low": line.probability.low,
                "mode": line.probability.mode,
                "high": line.probability.high,
            },
            "sense": None if line.sense is None else line.sense.value,
            "statements": list(line.statements),
        }

    def _curve(self, progress: Progress) -> list[Report]:
        try:
            steps = zone_curve(self.model, progress=progress)
        except ModelError as error:
            self.notes.append(f"The zone curve is left out. {error}")
            return []
        return [
            {
                "lines": len(step.binding),
                "which": _which(len(step.binding), len(self.model.lines), step.all_stated, step.threshold),
                "threshold": step.threshold,
                "stated": sum(self.model.lines[k].stated for k in step.binding),
                "inferred": sum(not self.model.lines[k].stated for k in step.binding),
                **{
                    name: {"exists": step.exists[completion], "packages": _count(step.counts[completion])}
                    for name, completion in (("certain", Completion.WORST), ("possible", Completion.BEST))
                },
            }
            for step in steps
        ]

    def _tabled(self) -> list[Report]:
        entries = []
        for package in tabled_packages(self.case):
            choice = {issue: option for issue, option in package.choice.items() if issue in self.trace.issues}
            if not choice:
                continue
            value = evaluate(self.model, self.trace.chosen(choice))
            entries.append(
                {
                    "text": package.id,
                    "package": choice,
                    "utility_range": {
                        party: [self._float(value.low[k]), self._float(value.high[k])]
                        for k, party in enumerate(self.trace.parties)
                    },
                    "lines_broken": [self._line_id(k) for k in value.lines_crossed],
                    "lines_possibly_broken": [self._line_id(k) for k in value.lines_possibly_crossed],
                }
            )
        return entries


def _counts(found: Settlement | Counts) -> Counts:
    return found if isinstance(found, Counts) else found.counts


def _is_empty(found: Settlement | Counts) -> bool:
    return _counts(found).in_zone.high == 0


def _count(count: Count) -> str | dict[str, str]:
    """Return an exact count as a decimal string, else its bounds with their method."""
    if count.exact:
        return str(count.low)
    return {"low": str(count.low), "high": str(count.high), "method": str(count.method)}


def _between(certain: Count, possible: Count) -> str | dict[str, str]:
    """Return the count of a zone known between its certain and its possible part."""
    if certain.exact and possible.exact and certain.low == possible.low:
        return str(certain.low)
    return {
        "low": str(certain.low),
        "high": str(possible.high),
        "method": "unknown options at their worst (low) and at their best (high)",
    }


def _between_or_exact(certain: Count, possible: Count) -> str | dict[str, str]:
    """Return one count if nothing is unknown (both are the same object), else the count between the two readings."""
    return _count(certain) if certain is possible else _between(certain, possible)


def _which(lines: int, total: int, all_stated: bool, threshold: float | None) -> str:
    if lines == 0:
        return "none"
    if all_stated:
        return "all stated"
    return "all" if lines == total else f"p >= {threshold:g}"

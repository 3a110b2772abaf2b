"""The settlement engine's answer for a case, in the case's own names: one report per consent list.

A report is a plain JSON-ready dict; its keys are listed in `docs/reference/settlement-report.md` and are added to,
never renamed.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.case import Case
from detente.case.consent import ConsentList
from detente.case.ledger.stances import held_stances
from detente.case.ledger.tabled import tabled_packages
from detente.case.position import Stance
from detente.compile.settlement import Weights
from detente.core.errors import ModelError
from detente.core.progress import Progress, silent, within
from detente.engines.settlement import (
    Completion,
    Count,
    Counts,
    Frontier,
    Point,
    Settlement,
    count_keeping,
    count_zone,
    evaluate,
    find_conflicts,
    solve,
    utilities,
    zone_curve,
)
from detente.registry.entries import consent_entry, line_entry
from detente.registry.issue_groups import issue_groups_report
from detente.registry.lists import Model, Report, report_by_list
from detente.registry.randomised import CONCEPT_KEYS, randomised_report
from detente.registry.relaxations import Relaxations
from detente.registry.trades import logrolling_report, opposition_report
from detente.wording.printable import consent_test


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
    return report_by_list(
        case,
        consent,
        lambda compiled, told: _Reporter(case, compiled, told).report(),
        weights=Weights(weights),
        progress=progress,
        finish=_with_ledger,
    )


def _with_ledger(case: Case, consent_list: ConsentList, report: Report) -> Report:
    """Return a list's report; where nothing was computed, with what the record alone says."""
    if "not_computed" in report:
        report["not_computed"]["ledger"] = _ledger_answer(case, consent_list)
    return report


def _ledger_answer(case: Case, consent_list: ConsentList) -> Report:
    """Return what the record alone says for a consent list: what refusals leave open, and what they close.

    Beside the members' refusals those of an option's owners, and of who must consent to it, always count. What a rule
    on packages stops for these members is not called open: it stands under `stopped`, with the rules.
    """
    open_options: Report = {}
    closed: dict[str, list[str]] = {"stated": [], "stated_and_inferred": []}
    for issue in case.issues:
        left: dict[str, list[str]] = {"stated": [], "stated_and_inferred": []}
        for option in issue.options:
            consent = issue.consent_for(option.id)
            asked = dict.fromkeys((*consent_list.parties, *consent.owns, *consent.must_consent))
            held = [held_stances(case, party, issue.id).get(option.id) for party in asked]
            refused = [entry for entry in held if entry is not None and entry.stance is Stance.RULES_OUT]
            if not any(entry.is_stated for entry in refused):
                left["stated"].append(option.id)
            if not refused:
                left["stated_and_inferred"].append(option.id)
        rules = {
            option: list(test.rules)
            for option in left["stated"]
            if (test := consent_test(case, {issue.id: option}, consent_list.parties)).rules
        }
        for key, options in left.items():
            if not options:
                closed[key].append(issue.id)
        named = {key: [option for option in options if option not in rules] for key, options in left.items()}
        open_options[issue.id] = {**named, "stopped": rules}
    return {"open_options": open_options, "closed": closed}


class _Reporter:
    """Solves one compiled model under each reading of lines and unknown options, and names the results."""

    def __init__(self, case: Case, compiled: Model, progress: Progress) -> None:
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
            "randomised": randomised_report(self.case, self.compiled, stated, every),
            "opposition": opposition_report(self.compiled),
            "logrolling": logrolling_report(self.case, self.compiled, stated, every),
            "issue_groups": issue_groups_report(self.case, self.compiled, stated, (with_stated, with_inferred)),
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
                {
                    "package": self.trace.package(point.package),
                    "utility": self._utility(point.utilities),
                    **consent_entry(self.case, self.trace.package(point.package), self.trace.parties),
                }
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
        return line_entry(self.trace.lines[index])

    def _curve(self, progress: Progress) -> list[Report]:
        try:
            steps = zone_curve(self.model, progress=progress)
        except ModelError as error:
            self.notes.append(f"The zone curve is left out. {error}")
            return []
        return [
            {
                "lines": len(step.binding),
                "binding": list(dict.fromkeys(self._line_id(k) for k in step.binding)),
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
                    **consent_entry(self.case, choice, self.trace.parties),
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

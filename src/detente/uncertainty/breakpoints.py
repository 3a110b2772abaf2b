"""What one would have to believe: which single judgement, moved how far, turns each conclusion of a case.

A report is a plain JSON-ready dict; its keys are listed in `docs/reference/breakpoints-report.md` and are added to,
never renamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from detente.case.case import Case
from detente.case.consent import ConsentList
from detente.case.ledger.assent import members_on
from detente.compile.compiled import Missing
from detente.compile.settlement import Weights, compile_settlement
from detente.core.errors import ModelError
from detente.core.progress import Progress, silent, within
from detente.registry.lists import consent_lists_of
from detente.uncertainty.analysis import Analysis, Conclusion, Single
from detente.uncertainty.judgements import Judged, natural_scale, statements_behind
from detente.uncertainty.pairs import DIGITS, pairs_that_turn, printed
from detente.uncertainty.red_lines import LineJudgement, Turn

Report = dict[str, Any]


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
        return {"conclusions": _Reporter(Analysis(case, compiled, weights)).report(progress)}
    except ModelError as error:
        return {"not_computed": str(error)}


class _Reporter:
    """Names what turns the conclusions of one analysis."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis

    def report(self, progress: Progress = silent) -> list[Report]:
        """Return every conclusion with the judgements that turn it."""
        found = []
        wanted = list(self.analysis.conclusions())
        for number, conclusion in enumerate(wanted):
            found.append(self._reported(conclusion))
            progress((number + 1) / len(wanted), "conclusions")
        return found

    def _reported(self, conclusion: Conclusion) -> Report:
        now = self.analysis.holds(conclusion)
        notes: list[str] = []
        singles = [*self._line_entries(conclusion, now)]
        try:
            singles += [self._number_entry(single) for single in self.analysis.numbers(conclusion, now)]
        except ModelError as error:
            notes.append(f"Numbers were not moved. {error}")
        pairs: list[Report] = []
        # a single that lies beyond its scale turns nothing that can be
        if not notes and all(single["beyond_scale"] for single in singles):
            try:
                pairs, notes = pairs_that_turn(self.analysis, conclusion, now)
            except ModelError as error:
                notes.append(f"Pairs were not looked for. {error}")
        singles.sort(key=lambda entry: (not entry["within_range"], entry["move"]))
        return {"conclusion": _named(conclusion), "now": now, "singles": singles, "pairs": pairs, "notes": notes}

    def _line_entries(self, conclusion: Conclusion, now: bool) -> Iterator[Report]:
        for one in self.analysis.turning_lines(conclusion, now):
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
            "beyond_scale": False,
            "move": 1.0,
            "statements": list(line.statements),
        }

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
            "when": None if judgement.term is None else judgement.term.when,
            "path": judgement.path,
            "now": None if judgement.is_unknown else float(judgement.now),
            "range": None if judged is None else [float(bound) for bound in judged],
            "threshold": printed(flip, judgement),
            "exact": str(flip.threshold),
            "flips": "above" if flip.above else "below",
            "reached": flip.reached,
            "within_range": single.is_within,
            "beyond_scale": self._is_beyond(single),
            "move": round(float(single.move), DIGITS),
            "statements": [] if estimate is None else statements_behind(self.analysis.case, estimate.because),
        }

    def _is_beyond(self, single: Single) -> bool:
        """Return whether the conclusion turns only beyond the natural scale of the number."""
        if single.is_within:
            return False
        flip = single.flip
        low, high = natural_scale(self.analysis.case, single.judgement)
        end = high if flip.above else low
        return not low <= flip.threshold <= high or (flip.threshold == end and not flip.reached)

    def _members(self, speaker: str) -> list[str]:
        pairs = zip(self.analysis.trace.parties, self.analysis.trace.speakers, strict=True)
        return [member for member, other in pairs if other == speaker]


def _named(conclusion: Conclusion) -> Report:
    what = "package" if conclusion.reading is None else "zone"
    return {"what": what, "lines": conclusion.lines.value, "reading": conclusion.reading}

"""One report per consent list: compiled for its members, or a reason why nothing was computed.

A list that asks issue by issue has no common package; each issue is then reported by itself, for those who must
consent to it. What the engine refuses is a reason, and ends no other list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from detente.case.case import Case
from detente.case.consent import ConsentList
from detente.case.ledger.assent import members_on
from detente.compile.compiled import Compiled, Missing
from detente.compile.settlement import SettlementTrace, Weights, compile_settlement
from detente.core.errors import CaseError, ModelError
from detente.core.fields import text_of
from detente.core.names import nearest
from detente.core.progress import Progress, silent, within
from detente.engines.settlement import SettlementModel

Report = dict[str, Any]
Model = Compiled[SettlementModel, SettlementTrace]
Reporter = Callable[[Model, Progress], Report]


def _as_it_is(case: Case, consent_list: ConsentList, report: Report) -> Report:
    return report


def report_by_list(
    case: Case,
    consent: str | None,
    reporter: Reporter,
    *,
    weights: Weights = Weights.ANALYST,
    progress: Progress = silent,
    finish: Callable[[Case, ConsentList, Report], Report] = _as_it_is,
) -> Report:
    """Return the report of one consent list, or `by_consent` with those of all.

    Parameters
    ----------
    case : Case
        As of its day, read through whatever lens is wanted.
    consent : str, optional
        A consent list; without it the report of the only one, or of all of them.
    reporter : callable
        From a compiled model to its report.
    finish : callable
        Given each list's report (not that of a single issue) before it is returned.

    Raises
    ------
    CaseError
        If the case has no consent list, or none of this name.
    """
    lists = consent_lists_of(case, consent)

    def report_of(entry: ConsentList, told: Progress) -> Report:
        if not entry.issue_by_issue:
            members = _for_members(case, entry.parties, weights, None, reporter, told)
            return finish(case, entry, {"consent": entry.id, **members})
        by_issue = {
            issue.id: _for_members(case, members_on(case, entry, issue.id), weights, (issue.id,), reporter, silent)
            for issue in case.issues
        }
        told(1.0, entry.id)
        asked = dict.fromkeys(party for issue in case.issues for party in members_on(case, entry, issue.id))
        return {"consent": entry.id, "parties": list(asked), "by_issue": by_issue}

    if len(lists) == 1:
        return {"case": case.id, **report_of(lists[0], progress)}
    reports = {
        entry.id: report_of(entry, within(progress, k / len(lists), (k + 1) / len(lists)))
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


def _for_members(
    case: Case,
    members: Sequence[str],
    weights: Weights,
    issues: Sequence[str] | None,
    reporter: Reporter,
    progress: Progress,
) -> Report:
    """Return the report for some parties, or why there is none."""
    try:
        compiled = compile_settlement(case, members, weights=weights, issues=issues)
    except ModelError as error:
        return {"parties": list(members), "not_computed": _not_computed((), False, str(error))}
    if isinstance(compiled, Missing):
        return {
            "parties": list(members),
            "not_computed": _not_computed(compiled.parties, compiled.no_shared_issue, _reason(case, compiled)),
        }
    return reporter(compiled, progress)


def _not_computed(missing: Sequence[str], no_shared_issue: bool, reason: str) -> Report:
    return {"missing": list(missing), "no_shared_issue": no_shared_issue, "reason": reason}


def _reason(case: Case, missing: Missing) -> str:
    if missing.parties:
        names = ", ".join(text_of(case.party[party].name) for party in missing.parties)
        return f"No issue is coded with numbers for: {names}."
    return "There is no issue that every member has coded with numbers."

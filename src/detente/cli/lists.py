"""A report in text, one consent list after another: whose yes is required, what is left out, what is not computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.cli.names import issue_name, joined, option_name, party_name
from detente.core.fields import text_of

Part = Mapping[str, Any]
_UNHEARD = frozenset({"uncoded-consent", "bound-but-absent"})
"""The rules on packages that stop an option only until somebody is coded."""


def list_by_list(case: Case, report: Part, lines: Callable[[Case, Part], Iterator[str]]) -> Iterator[str]:
    """Yield a report, each list (or each issue of one that asks issue by issue) with what `lines` makes of it."""
    parts = report.get("by_consent", {report.get("consent", ""): report})
    for number, (name, part) in enumerate(parts.items()):
        if number:
            yield ""
        listed = case.consent_list.get(name)
        yield f"Consent list {name}" + ("" if listed is None else f" ({text_of(listed.name)})")
        if "by_issue" in part:
            for issue, single in part["by_issue"].items():
                yield f"  {issue_name(case, issue)}"
                yield from _indented(4, _one(case, single, lines))
        else:
            yield from _indented(2, _one(case, part, lines))


def _indented(by: int, lines: Iterator[str]) -> Iterator[str]:
    return (f"{'':{by}}{line}".rstrip() for line in lines)


def _one(case: Case, part: Part, lines: Callable[[Case, Part], Iterator[str]]) -> Iterator[str]:
    yield f"Parties whose yes is required: {joined(party_name(case, party) for party in part.get('parties', ()))}."
    if (lacks := part.get("not_computed")) is not None:
        yield from _not_computed(case, lacks)
    elif uncoded := part.get("uncoded"):
        yield f"Left out, not coded for all of them: {joined(issue_name(case, issue) for issue in uncoded)}."
    yield from lines(case, part)


def _not_computed(case: Case, lacks: Mapping[str, Any]) -> Iterator[str]:
    """Yield why nothing was computed, and what the ledger says without a number."""
    missing = [party_name(case, party) for party in lacks.get("missing", ())]
    reason = lacks.get("reason")
    if reason is None and missing:
        reason = "Weights and values are missing."
    elif reason is None and lacks.get("no_shared_issue"):
        reason = "The parties share no issue on which each of them has weights and values."
    yield "Not computed." if reason is None else f"Not computed: {reason}"
    if any(name not in (reason or "") for name in missing):
        yield f"Parties without weights and values: {joined(missing)}."
    if (said := lacks.get("ledger")) is None:
        return
    yield "What the record says of this list, without a number:"
    for issue, left in said.get("open_options", {}).items():
        stopped = left.get("stopped", {})
        none = "none beside those named next" if stopped else "none"
        stated, every = (
            "; ".join(option_name(case, issue, option) for option in left.get(key, ())) or none
            for key in ("stated", "stated_and_inferred")
        )
        yield f"  {issue_name(case, issue)}"
        if stated == every:
            yield f"    left open by stated refusals, and by inferred ones too: {stated}"
        else:
            yield f"    left open by stated refusals: {stated}"
            yield f"    left open by stated and inferred refusals: {every}"
        for unheard, why in ((True, "until a party is coded"), (False, "as a rule on packages stops it")):
            names = [
                option_name(case, issue, name)
                for name, rules in stopped.items()
                if unheard is _UNHEARD.issuperset(rules)
            ]
            if names:
                yield f"    not called open, {why}: {'; '.join(names)}"
    closed = said.get("closed", {})
    for key, how in (("stated", "stated refusals"), ("stated_and_inferred", "stated and inferred refusals")):
        issues = joined(issue_name(case, issue) for issue in closed.get(key, ()))
        yield f"  Issues on which no option is left open by {how}: {issues}."

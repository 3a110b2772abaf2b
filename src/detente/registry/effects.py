"""What two cases conclude differently, consent list by consent list: the settlement reports compared as facts.

A package is told by its utilities alone; what it holds is the matter of the report itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from detente.case.case import Case
from detente.case.diff import Change, FieldChange, How
from detente.case.diff.compare import compare
from detente.case.diff.record import Leaf, Record, members
from detente.core.progress import Progress, silent, within
from detente.registry.lists import Report
from detente.registry.settlement import settlement_report
from detente.wording.reading import any_package, in_zone

READINGS = ("stated", "with_inferred")
"""Which red lines bind: those that the parties state, or inferred ones too."""

INFERRED = "inferred_lines"
"""The fact whether some red line of the list is not stated."""

CONCLUSIONS = (
    "computed",
    "issues",
    *(f"{reading}.{what}" for what in ("no_red_line", "in_zone", "conflicts") for reading in READINGS),
)
"""The facts of a consent list that are conclusions; the others are numbers that lead to them."""

CLOSED = ("closed_by_stated", "closed_by_stated_and_inferred")
"""The ledger's conclusions on an issue of a consent list: that refusals leave no option of it open."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion that differs: of a consent list, or of one issue of it."""

    consent: str
    issue: str | None
    what: str
    change: FieldChange


def settlement_changes(
    a: Case,
    b: Case,
    consent: str | None = None,
    *,
    progress: Progress = silent,
) -> tuple[Change, ...]:
    """Return the facts of the settlement that differ, for the consent lists that both cases have.

    Parameters
    ----------
    a, b : Case
        Each as of its day, read through whatever lens is wanted.
    consent : str, optional
        One consent list; without it every list that both have.

    Returns
    -------
    tuple of Change
        One entry per consent list, or per issue of a list that is asked issue by issue. `no_red_line`
        and `in_zone` say whether there is any such package (yes, perhaps, no); where a case infers no line, its
        reading with inferred lines is that with stated ones, and where neither does, it is left out.
    """
    lists = [name for name in a.consent_list if name in b.consent_list and consent in {None, name}]
    share = 1 / max(1, 2 * len(lists))
    one: list[Record] = []
    other: list[Record] = []
    for at, name in enumerate(lists):
        for side, (case, found) in enumerate(((a, one), (b, other))):
            start = (2 * at + side) * share
            told = within(progress, start, start + share)
            found += facts(settlement_report(case, name, progress=told))
    return tuple(kept for change in compare(one, other, ("settlement",)) if (kept := _without_echo(change)) is not None)


def _without_echo(change: Change) -> Change | None:
    """Return a change without the reading with inferred lines where no side has one: it would say the same twice."""
    if change.how is not How.CHANGED or any(side and side.get(INFERRED) for side in (change.a, change.b)):
        return change
    fields = tuple(field for field in change.fields if not field.field.startswith("with_inferred."))
    return replace(change, fields=fields) if fields else None


def conclusions(ledger: Iterable[Change], settlement: Iterable[Change]) -> tuple[Conclusion, ...]:
    """Return the conclusions among what differs: whether there is a zone, what excludes what, what is closed.

    A conclusion on an issue that only one case has is none that differs: there is nothing to compare it with.
    """
    found = [
        Conclusion(change.id[0], change.id[1] or None, field.field, field)
        for change in settlement
        for field in change.fields
        if field.field in CONCLUSIONS
    ]
    found += [
        Conclusion(change.id[0], change.id[1], field.field, field)
        for change in ledger
        if change.kind == "open_options"
        for field in change.fields
        if field.field in CLOSED
    ]
    return tuple(sorted(found, key=lambda one: (one.consent, one.issue or "", one.what)))


def facts(report: Report) -> Iterator[Record]:
    """Yield what a report on one consent list says, as records that can be compared; id: list, and issue if any."""
    consent = report["consent"]
    if "by_issue" in report:
        for issue, part in report["by_issue"].items():
            yield Record("settlement", (consent, issue), _facts(part))
    else:
        yield Record("settlement", (consent, ""), _facts(report))


def _facts(report: Report) -> dict[str, Leaf]:
    found: dict[str, Leaf] = {"computed": "not_computed" not in report, "parties": members(report["parties"])}
    if "not_computed" in report:
        return {**found, "reason": report["not_computed"]["reason"]}
    found["issues"] = members(report["issues"])
    found[INFERRED] = report["with_inferred"] is not None
    for party, reservation in report["reservation"].items():
        found[f"reservation.{party}"] = reservation["value"]
        found[f"reservation.{party}.basis"] = reservation["basis"]
    for reading in READINGS:
        zone = report if reading == "stated" else report["with_inferred"] or report
        found.update({f"{reading}.{name}": leaf for name, leaf in _zone(zone).items()})
    return found


def _zone(zone: Report) -> dict[str, Leaf]:
    possible = zone["possible"] or zone
    low, high = _bounds(zone["packages"]["in_zone"])
    found: dict[str, Leaf] = {
        "no_red_line": any_package(zone["packages"]["no_red_line"]).value,
        "in_zone": in_zone(zone).value,
        "packages.total": zone["packages"]["total"],
        "packages.no_red_line": _range(zone["packages"]["no_red_line"]),
        "packages.in_zone.low": str(low),
        "packages.in_zone.high": str(high),
    }
    for name, part in (("certain", zone), ("possible", possible)):
        for concept, points in part["solutions"].items():
            if points:
                found[f"solutions.{name}.{concept}"] = members(point["utility"] for point in points)
    if zone["red_line_conflicts"]:
        found["conflicts"] = members(
            {key: sorted(conflict[key]) for key in ("lines", "reservations")} for conflict in zone["red_line_conflicts"]
        )
    elif zone["red_line_conflicts_hold"] is not None:
        found["conflicts"] = "not found"
    if zone["red_line_conflicts_hold"] is not None:
        found["conflicts_hold"] = zone["red_line_conflicts_hold"]
    return found


def _bounds(count: str | Mapping[str, str]) -> tuple[int, int]:
    return (int(count), int(count)) if isinstance(count, str) else (int(count["low"]), int(count["high"]))


def _range(count: str | Mapping[str, str]) -> str:
    return count if isinstance(count, str) else f"{count['low']} to {count['high']}"

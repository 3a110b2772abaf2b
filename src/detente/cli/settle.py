"""`detente settle CASE`: the settlement report, as JSON or as sentences."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from detente.case.case import Case
from detente.cli.lazy import Documented
from detente.cli.names import count_of, issue_name, joined, option_name, party_name
from detente.cli.opening import consent_of, open_case
from detente.cli.options import analysis_options, case_argument, progress_option
from detente.cli.output import print_json
from detente.cli.progress import progress_on_stderr
from detente.cli.usage import Words
from detente.core.fields import text_of

SOLUTIONS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
}

MOST_CONFLICTS = 10


@click.command(
    "settle",
    cls=Documented,
    examples=("detente settle river-basin", "detente settle river-basin --consent cl_basin --json"),
)
@case_argument
@click.option(
    "--weights",
    type=Words(["analyst", "equal"]),
    default="analyst",
    show_default=True,
    help="Use the case's weights, or the same weight for every issue.",
)
@analysis_options
@progress_option
def command(
    case: str,
    weights: str,
    as_of: datetime.date | None,
    consent: str | None,
    lens: str | None,
    seed: int,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Find the packages that break no red line and leave all of a consent list at least as well off.

    "No such package" is an answer (exit code 0).
    """
    from detente.registry.settlement import settlement_report

    opened = open_case(case, as_of, lens)
    chosen = consent_of(opened, consent)
    with progress_on_stderr(progress) as told:
        report = settlement_report(opened, consent=chosen, weights=weights, progress=told)
    if as_json:
        print_json(report)
    else:
        for line in lines_of(opened, report):
            click.echo(line)


def lines_of(case: Case, report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the report as sentences, one consent list after another."""
    parts = report.get("by_consent", {report.get("consent", ""): report})
    for number, (name, part) in enumerate(parts.items()):
        if number:
            yield ""
        listed = case.consent_list.get(name)
        yield f"Consent list {name}" + ("" if listed is None else f" ({text_of(listed.name)})")
        if "by_issue" in part:
            for issue, single in part["by_issue"].items():
                yield f"  {issue_name(case, issue)}"
                yield from (f"    {line}" for line in _one(case, single))
        else:
            yield from (f"  {line}" for line in _one(case, part))


def _one(case: Case, part: Mapping[str, Any]) -> Iterator[str]:
    yield f"Parties whose yes is required: {joined(party_name(case, party) for party in part.get('parties', ()))}."
    if (lacks := part.get("not_computed")) is not None:
        yield from _not_computed(case, lacks)
        return
    if uncoded := part.get("uncoded"):
        yield f"Left out, not coded for all of them: {joined(issue_name(case, issue) for issue in uncoded)}."
    lines = {line["id"]: line for line in part.get("lines", ())}
    yield from _zone(case, part, "stated red lines binding", lines)
    if (inferred := part.get("with_inferred")) is not None:
        yield from _zone(case, inferred, "stated and inferred red lines binding", lines)
    yield from _solutions(case, part.get("solutions", {}))
    for assumption in part.get("assumptions", ()):
        yield f"Assumed: {assumption}"
    for note in part.get("notes", ()):
        yield f"Note: {note}"


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
        stated, every = (
            "; ".join(option_name(case, issue, option) for option in left.get(key, ())) or "none"
            for key in ("stated", "stated_and_inferred")
        )
        yield f"  {issue_name(case, issue)}"
        if stated == every:
            yield f"    left open by stated refusals, and by inferred ones too: {stated}"
        else:
            yield f"    left open by stated refusals: {stated}"
            yield f"    left open by stated and inferred refusals: {every}"
    closed = said.get("closed", {})
    for key, how in (("stated", "stated refusals"), ("stated_and_inferred", "stated and inferred refusals")):
        issues = joined(issue_name(case, issue) for issue in closed.get(key, ()))
        yield f"  Issues on which no option is left open by {how}: {issues}."


def _zone(case: Case, zone: Mapping[str, Any], reading: str, lines: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    total, no_line, in_zone = (_count(zone["packages"][key]) for key in ("total", "no_red_line", "in_zone"))
    yield (
        f"With the {reading}: {total} packages in all, {no_line} break no red line, {in_zone} are in the agreement "
        f"zone."
    )
    for method in dict.fromkeys(count["method"] for count in zone["packages"].values() if isinstance(count, Mapping)):
        yield f"  Where a count is a range: {method}."
    if (frontier := zone.get("frontier")) is None:
        yield "  Frontier of the zone: too large to list."
    elif frontier:
        yield f"  Frontier of the zone: {count_of(len(frontier), 'point')}."
    else:
        yield "  No package is certain to be in the zone; that is a finding."
    if (possible := zone.get("possible")) is not None:
        best = possible.get("frontier")
        points = "too many points to list" if best is None else count_of(len(best), "point")
        yield f"  With unknown options at their best: {points} on the frontier."
    conflicts = zone.get("red_line_conflicts", ())
    for conflict in conflicts[:MOST_CONFLICTS]:
        words = [_line(case, line, lines.get(line)) for line in conflict.get("lines", ())]
        words += [f"the reservation of {party_name(case, party)}" for party in conflict.get("reservations", ())]
        yield f"  Cannot hold together: {'; '.join(words)}."
    if (more := len(conflicts) - MOST_CONFLICTS) > 0:
        yield f"  … and {count_of(more, 'more such set')}; --json lists all."
    if (relaxed := zone.get("relaxations")) is not None:
        yield from (f"  {line}" for line in _relaxations(case, relaxed, lines))


def _relaxations(case: Case, relaxed: Mapping[str, Any], lines: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield what would be in the zone if one thing did not hold, all of them side by side, and sets of lines."""
    for one in (*relaxed["lines"], *relaxed["reservations"]):
        if str(one["packages"]) != "0":
            line = one.get("line")
            what = _line(case, line, lines.get(line)) if line is not None else _asks_nothing(case, one["parties"])
            yield f"Packages in the zone if this alone did not hold, {what}: {_count(one['packages'])}."
    key, words = ("certain", "worst") if relaxed["certain"] is not None else ("possible", "best")
    found = relaxed[key] or {"line_sets": [], "shortfalls": []}
    for one in found["line_sets"]:
        if len(one["lines"]) > 1:
            named = "; ".join(_line(case, line, lines.get(line)) for line in one["lines"])
            judged = f"judged at {one['p_none_binds']:.2g}"
            yield f"Enough if none of these binds ({judged}), unknown options at their {words}: {named}."
    for one in found["shortfalls"]:
        short = joined(f"{party_name(case, party)} by {value:.4g}" for party, value in one["short"].items())
        yield f"Packages that keep these lines, unknown options at their {words}, fall short: {short}."


def _asks_nothing(case: Case, parties: Iterable[str]) -> str:
    return f"the reservation of {joined(party_name(case, party) for party in parties)}"


def _line(case: Case, name: str, line: Mapping[str, Any] | None) -> str:
    """Return a red line in words: whose it is, what it forbids, how it is known, and its id."""
    if line is None:
        return f"line {name}"
    issue, option = line.get("issue"), line.get("option")
    if issue is None or option is None:
        what = f"{line['never']} ({line['basis']})"
    else:
        what = f"{option_name(case, issue, option)} ({issue_name(case, issue)}; {line['basis']})"
    return f"{party_name(case, line['party'])} refuses {what} [{name}]"


def _solutions(case: Case, solutions: Mapping[str, Any]) -> Iterator[str]:
    if not any(solutions.values()):
        return
    yield "Benchmarks, which presume an enforceable deal:"
    for key, found in solutions.items():
        for solution in found:
            utility = joined(f"{party_name(case, party)} {value:.4g}" for party, value in solution["utility"].items())
            package = "; ".join(
                f"{issue_name(case, issue)}: {option_name(case, issue, option)}"
                for issue, option in solution["package"].items()
            )
            yield f"  {SOLUTIONS.get(key, key)}: {utility}"
            yield f"    {package}"


def _count(value: Any) -> str:
    """Return a count as the report gives it: an exact whole number, or a range."""
    if isinstance(value, Mapping):
        return f"{_count(value['low'])} to {_count(value['high'])}"
    text = str(value)
    return f"{int(text):,}" if text.isdigit() else text

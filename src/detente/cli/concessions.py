"""`detente concessions CASE PACKAGE`: what a package asks of each party, issue by issue."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from detente.case.case import Case
from detente.cli.lazy import Documented
from detente.cli.lists import list_by_list
from detente.cli.names import count_of, issue_name, joined, option_name, party_name
from detente.cli.not_printed import not_printed, rules_that_stop, to_code_first
from detente.cli.opening import consent_of, open_case
from detente.cli.options import analysis_options, case_argument, progress_option, weights_option
from detente.cli.output import print_json
from detente.cli.packages import package_of
from detente.cli.picture import picture_option, refuse_other_endings, write_picture
from detente.cli.progress import progress_on_stderr
from detente.cli.standing import heading, interval, is_shown, number, options_words, party_sentences, rule_sentences
from detente.cli.tables import table_lines
from detente.core.errors import CaseError

LABEL = 36
INDENT = 4

LEGEND = (
    "Upper line: what the option is worth less the party's best option on the issue. Lower line: against the",
    "part of no agreement that falls on the issue by its weight: a convention, only the sum has a meaning.",
)

Part = Mapping[str, Any]


@click.command(
    "concessions",
    cls=Documented,
    examples=(
        "detente concessions river-basin commission-idea --consent cl_upper",
        "detente concessions two-rivals nash --json",
    ),
)
@case_argument
@click.argument("package", metavar="PACKAGE")
@weights_option
@picture_option
@analysis_options
@progress_option
def command(
    case: str,
    package: str,
    weights: str,
    picture: Path | None,
    as_of: datetime.date | None,
    consent: str | None,
    lens: str | None,
    seed: int,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Show what a package asks of each party on each issue, trades, and the smallest changes that reach no agreement.

    PACKAGE is the id of a text or package of the case, nash, kalai-smorodinsky, egalitarian, utilitarian, status-quo,
    or a YAML or JSON file with a choice of options.
    """
    from detente.registry.concessions import concession_report

    refuse_other_endings(picture)
    opened = open_case(case, as_of, lens)
    chosen = consent_of(opened, consent)
    asked = package_of(opened, package)
    with progress_on_stderr(progress) as told:
        report = concession_report(opened, asked, chosen, weights=weights, progress=told)
    if picture is not None:
        from detente.charts import concession_map

        entry = _drawn(opened, report)
        if is_shown(entry):
            write_picture(picture, concession_map(opened, entry, named=True))
        else:
            click.echo(f"{picture}: not drawn, as the package is not printed; the text says why.", err=True)
    if as_json:
        print_json(report)
    else:
        for line in list_by_list(opened, report, _one):
            click.echo(line)


def _drawn(case: Case, report: Part) -> Part:
    """Return the map that is drawn: that of the only consent list that has one."""
    parts = report.get("by_consent", {report.get("consent", ""): report})
    found = {name: part["map"] for name, part in parts.items() if part.get("map", {}).get("parties")}
    if len(found) == 1:
        return next(iter(found.values()))
    raise CaseError(
        where="--picture",
        what="a picture shows the package under one consent list",
        got=f"{len(found)} lists with numbers for it",
        allowed=f"Consent lists: {', '.join(found) or 'none that could be computed'}",
        hint="Choose one with --consent" if found else "Choose another package, or look at the text",
    )


def _one(case: Case, part: Part) -> Iterator[str]:
    if "map" not in part:
        return
    entry = part["map"]
    yield f"Package {heading(entry)}"
    if "choice" not in entry:
        yield f"  {entry['finding']}"
        yield from (f"Note: {note}" for note in part["notes"])
        return
    if entry["left_out"]:
        left = joined(issue_name(case, issue) for issue in entry["left_out"])
        yield f"  Also chooses on issues that are left out: {left}."
    if is_shown(entry):
        yield from (f"  {line}".rstrip() for line in _map(case, entry))
    else:
        yield f"  The package is {not_printed(case, entry)}"
    yield from (f"  {line}" for line in party_sentences(case, entry))
    yield from (f"  {line}" for line in rule_sentences(case, entry, {line["id"]: line for line in part["lines"]}))
    if not is_shown(entry):
        yield from rules_that_stop([entry])
    else:
        stopped: list[Part] = []
        beyond = list(_beyond(case, part, stopped))
        if None in entry["choice"].values():
            yield "Changes of one issue, and trades, leave open issues open and hold whatever those turn out to be."
        yield "With the stated red lines binding:"
        yield from beyond
        if part["with_inferred"] is not None:
            inferred = list(_beyond(case, part["with_inferred"], stopped))
            same = inferred == beyond
            yield f"With the stated and inferred red lines binding:{' the same.' if same else ''}"
            yield from () if same else inferred
        if stopped:
            if first := to_code_first(case, stopped):
                yield first
            yield from rules_that_stop(stopped)
    yield from (f"Assumed: {assumption}" for assumption in part["assumptions"])
    yield from (f"Note: {note}" for note in part["notes"])


def _map(case: Case, entry: Part) -> Iterator[str]:
    """Yield the table of issues by parties."""
    found = list(entry["parties"].values())
    rows = [
        [_label(case, issue, option), *(_cell(case, one["issues"][issue]) for one in found)]
        for issue, option in entry["choice"].items()
    ]
    if any("interactions" in one for one in found):
        joint = (interval(case, one["interactions"], sign=True) if "interactions" in one else "–" for one in found)
        rows.append(["joint values of pairs", *joint])
    rows.append(["sum: margin over no agreement", *(interval(case, one["margin"], sign=True) for one in found)])
    heads = ["issue", *(party_name(case, party) for party in entry["parties"])]
    yield from table_lines(heads, rows, label=LABEL, indent=INDENT, unbroken=True)
    yield from LEGEND


def _label(case: Case, issue: str, option: str | None) -> str:
    return f"{issue_name(case, issue)}\n  {'open' if option is None else option_name(case, issue, option)}"


def _cell(case: Case, found: Part) -> str:
    against = interval(case, found["against_no_agreement"], sign=True)
    return f"{interval(case, found['concession'])}\n{against}"


def _beyond(case: Case, part: Part, stopped: list[Part]) -> Iterator[str]:
    """Yield what would improve the package and the smallest changes; what may not be printed joins `stopped`."""
    for key, words in (
        ("improvements", "Changes of one issue after which nobody is worse off and somebody better"),
        ("trades", "Trades: changes of two issues after which nobody is worse off and two or more are better off"),
    ):
        found = part[key]
        yield f"  {words}: {found['count'] or 'none'}."
        for one in found["listed"]:
            gains = ", ".join(
                f"{party_name(case, party)} {number(case, gain, sign=True)}" for party, gain in one["gain"].items()
            )
            yield f"    {_changes(case, one, stopped)} ({gains})"
        if (more := found["count"] - len(found["listed"])) > 0:
            yield f"    … and {more:,} more."
    certain, possible = part["smallest_changes"]["certain"], part["smallest_changes"]["possible"]
    if certain is None:
        return
    yield "  Fewest issues to change so that a party is no worse off than without agreement and none of its red lines"
    yield "  is crossed, the others staying so:"
    for party, change in certain["by_party"].items():
        perhaps = None if possible is None else possible["by_party"].get(party)
        yield f"    {party_name(case, party)}: {_smallest(case, change, perhaps, stopped)}"
    if not certain["by_party"]:
        yield "    none needed: it holds for every party."
    else:
        perhaps = None if possible is None else possible["for_all"]
        yield f"    all parties: {_smallest(case, certain['for_all'], perhaps, stopped)}"


def _smallest(case: Case, certain: Part | None, possible: Part | None, stopped: list[Part]) -> str:
    if certain is not None:
        return _change(case, certain, stopped)
    if possible is not None:
        return f"only with unknown options at their best: {_change(case, possible, stopped)}"
    return "there is no such package; that is a finding."


def _change(case: Case, change: Part, stopped: list[Part]) -> str:
    changes = count_of(change["count"], "change") if change["count"] else "no change"
    if change["changes"] is None:
        return f"{changes}; too many packages tie to name one."
    if not change["changes"] and not change["settles"]:
        return f"{changes}."
    if not change["printable"]:
        stopped.append(change)
    if not change["changes_printable"]:
        return f"{changes}; not printed, see below."
    said = f"{changes}: {options_words(case, change['changes'])}" if change["changes"] else changes
    if not change["settles"]:
        return f"{said}."
    if not change["printable"]:
        return f"{said}; how open issues are settled is not printed, see below."
    return f"{said}; with open issues settled as {options_words(case, change['settles'])}."


def _changes(case: Case, one: Part, stopped: list[Part]) -> str:
    if one["printable"]:
        return options_words(case, one["changes"])
    stopped.append(one)
    return "not printed, see below"

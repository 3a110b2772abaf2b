"""`detente check CASE`: faults, contradictions and gaps, section by section."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from detente.cli.lazy import Documented
from detente.cli.options import as_of_option, case_argument, json_option
from detente.cli.output import print_json

if TYPE_CHECKING:
    from detente.case.remark import Report

MOST_SHOWN = 8
MOST_FAULTS = 50
TITLES = {
    "contradiction": "Contradictions",
    "line_without_refusal": "Red lines whose grounds rule nothing out",
    "refusal_without_line": "Refusals without a red line",
    "unread_file": "Files that are not read",
    "no_consent_list": "Consent lists",
    "uncoded": "Not coded: members of consent lists",
    "unknown_option": "Unknown options of coded issues",
    "uncoded_owner": "Not coded: whose consent an option needs",
    "ungrounded": "Numbers that rest on nothing",
    "ungrounded_line": "Red lines that rest on nothing",
    "without_position": "Numbers where the party has no coded position",
    "no_weight": "Parties without a weight above zero",
    "not_used": "Preferences that are not used",
    "hindsight": "Numbers and red lines that rest on what was public only later",
    "judged_later": "Numbers judged later",
    "lens": "Lenses that change nothing here",
    "dates": "Days that do not fit",
    "memory": "Cited from memory",
    "agenda": "Whose agenda this is",
}


@click.command("check", cls=Documented, examples=("detente check my-case", "detente check my-case --as-of 2022-01-27"))
@case_argument
@as_of_option
@json_option
@click.pass_context
def command(context: click.Context, case: str, as_of: datetime.date | None, as_json: bool) -> None:
    """Check a case: what contradicts itself, what is missing, which numbers rest on nothing or on hindsight.

    A case that cannot be read has faults: one line each on standard error, and exit code 2. Exit code 1 when a case
    contradicts itself; gaps alone are no break (exit code 0). With --as-of, what was public later is hindsight.
    """
    from detente.case.check import check_as_of, check_files
    from detente.case.remark import Kind

    report = check_files(case) if as_of is None else check_as_of(case, as_of)
    faults = report.of(Kind.FAULT)
    if as_json:
        print_json(report.as_json())
    elif faults:
        for fault in faults[:MOST_FAULTS]:
            click.echo(fault.sentence, err=True)
        if (more := len(faults) - MOST_FAULTS) > 0:
            click.echo(f"… and {more:,} more; --json lists all.", err=True)
    else:
        for line in lines_of(report):
            click.echo(line)
    if report.exit_code:
        context.exit(report.exit_code)


def lines_of(report: Report) -> Iterator[str]:
    """Yield the report section by section: first what must be mended, then the gaps."""
    for kind, count in report.counts.items():
        if not count:
            continue
        yield f"{TITLES.get(kind.value, kind.value.replace('_', ' '))}: {count}"
        remarks = report.of(kind)
        yield from (f"  {remark.sentence}" for remark in remarks[:MOST_SHOWN])
        if count > MOST_SHOWN:
            yield f"  … and {count - MOST_SHOWN} more; --json lists all."
    breaks = len(report.breaks)
    yield f"{report.case}: {breaks} to mend, {len(report.remarks) - breaks} to look at."

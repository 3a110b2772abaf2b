"""`detente signals CASE`: what signals cost and bind, what words can tell, and which pledges hold."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from detente.case.case import Case
from detente.cli.lazy import Documented
from detente.cli.opening import open_case
from detente.cli.options import as_of_option, case_argument, json_option, lens_option, progress_option
from detente.cli.output import print_json
from detente.cli.picture import picture_option, refuse_other_endings, write_picture
from detente.cli.progress import progress_on_stderr
from detente.cli.usage import Words

CHARTS = ("costs", "nerves")


@click.command(
    "signals",
    cls=Documented,
    examples=(
        "detente signals river-basin",
        "detente signals drafts-and-replies-2021-22 --picture nerves.svg --chart nerves",
    ),
)
@case_argument
@picture_option
@click.option(
    "--chart",
    type=Words(list(CHARTS)),
    default="costs",
    show_default=True,
    help="What --picture draws: what signals cost, or survival and lock-in of the first contest.",
)
@as_of_option
@lens_option
@json_option
@progress_option
def command(
    case: str,
    picture: Path | None,
    chart: str,
    as_of: datetime.date | None,
    lens: str | None,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Tell what signals cost and bind: what is lost anyway, what by going back, in public and in private.

    Also how far a public contest can run, how many statements can be told apart where words cost nothing, who would
    gain by the texts on the table, and from which cost on pledges hold. What lacks a number is named, not guessed.
    """
    from detente.registry.signals import signals_report
    from detente.wording.signals import report_lines

    refuse_other_endings(picture)
    opened = open_case(case, as_of, lens)
    with progress_on_stderr(progress) as told:
        report = signals_report(opened, progress=told)
    if picture is not None:
        _draw(picture, chart, opened, report)
    if as_json:
        print_json(report)
    else:
        for line in report_lines(opened, report):
            click.echo(line)


def _draw(picture: Path, chart: str, case: Case, report: Mapping[str, Any]) -> None:
    from detente.charts import signal_costs, survival_curves

    contest = next((one for one in report["contests"] if one["nerves"] is not None), None)
    if chart == "costs" and report["signals"]:
        write_picture(picture, signal_costs(case, report))
    elif chart == "nerves" and contest is not None:
        write_picture(picture, survival_curves(case, contest))
    else:
        missing = "the case lists no signals" if chart == "costs" else "no contest has audience costs on both sides"
        click.echo(f"{picture}: not drawn, {missing}.", err=True)

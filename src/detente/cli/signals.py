"""`detente signals CASE`: what signals cost and bind, what words can tell, and which pledges hold."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.opening import open_case
from detente.cli.options import as_of_option, case_argument, json_option, lens_option, progress_option
from detente.cli.output import print_json
from detente.cli.picture import picture_option, refuse_other_endings, write_picture
from detente.cli.progress import progress_on_stderr


@click.command(
    "signals",
    cls=Documented,
    examples=("detente signals river-basin", "detente signals drafts-and-replies-2021-22 --picture nerves.svg"),
)
@case_argument
@picture_option
@as_of_option
@lens_option
@json_option
@progress_option
def command(
    case: str,
    picture: Path | None,
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
        from detente.charts import survival_curves

        drawn = next((one for one in report["contests"] if one["nerves"] is not None), None)
        if drawn is None:
            click.echo(f"{picture}: not drawn, no contest has audience costs on both sides.", err=True)
        else:
            write_picture(picture, survival_curves(opened, drawn))
    if as_json:
        print_json(report)
    else:
        for line in report_lines(opened, report):
            click.echo(line)

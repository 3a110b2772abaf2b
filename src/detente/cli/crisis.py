"""`detente crisis CASE`: what both sides of a confrontation prefer to fighting, and what comes without agreement."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.opening import open_case, party_of
from detente.cli.options import as_of_option, case_argument, json_option, lens_option
from detente.cli.output import print_json
from detente.cli.picture import picture_option, refuse_other_endings, write_picture
from detente.cli.usage import Words

CHARTS = {
    "range": "bargaining_range",
    "offers": "risk_return",
    "patron": "patron_commitment",
    "deterrence": "deterrence_map",
    "risk": "risk_map",
    "shift": "war_region",
}


@click.command(
    "crisis",
    cls=Documented,
    examples=("detente crisis two-rivals", "detente crisis river-basin --pair TAR MEL --json"),
)
@case_argument
@click.option("--pair", nargs=2, metavar="A B", help="Only confrontations between these two parties.")
@click.option(
    "--chart",
    type=Words(list(CHARTS)),
    default="range",
    show_default=True,
    help="What --picture draws: ranges, offers, patrons, deterrence, risk over power, or shifts of power.",
)
@picture_option
@as_of_option
@lens_option
@json_option
def command(
    case: str,
    pair: tuple[str, str] | None,
    chart: str,
    picture: Path | None,
    as_of: datetime.date | None,
    lens: str | None,
    as_json: bool,
) -> None:
    """Tell what both sides of a confrontation prefer to fighting, on which conditions, and how far they hold.

    Chances and costs of fighting are judged, and each side has its own. Nothing here says how likely fighting is.
    """
    from detente.registry.crisis import crisis_report
    from detente.wording.crisis import report_lines

    refuse_other_endings(picture)
    opened = open_case(case, as_of, lens)
    sides = None if pair is None else tuple(party_of(opened, one, "--pair") for one in pair)
    report = crisis_report(opened, sides)
    if picture is not None:
        from detente import charts

        write_picture(picture, getattr(charts, CHARTS[chart])(opened, report))
    if as_json:
        print_json(report)
    else:
        for line in report_lines(opened, report):
            click.echo(line)

"""`detente ladder CASE`: the escalation ladder, where each party would stop, and what moves that."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from detente.cli.infer import Number
from detente.cli.lazy import Documented
from detente.cli.opening import open_case
from detente.cli.options import as_of_option, case_argument, json_option, lens_option, progress_option
from detente.cli.output import print_json
from detente.cli.picture import refuse_other_endings, write_picture
from detente.cli.progress import progress_on_stderr
from detente.cli.usage import Whole, Words
from detente.core.errors import DetenteError
from detente.core.streams import DRAWS

CLIMBS = ("next", "any")


@click.command(
    "ladder",
    cls=Documented,
    examples=("detente ladder river-basin", "detente ladder drafts-and-replies-2021-22 --climb any --months 0.5"),
)
@case_argument
@click.option(
    "--climb",
    type=Words(list(CLIMBS)),
    default="next",
    show_default=True,
    help="How far one act may go: to the party's next move up, or to any above.",
)
@click.option(
    "--months",
    type=Number(0, 120, above=True),
    default=1.0,
    show_default=True,
    metavar="N",
    help="How long an act stands before it is answered.",
)
@click.option("--horizontal", is_flag=True, help="Let moves in another theatre count as acts, too.")
@click.option(
    "--draws",
    type=Whole(1, 100_000),
    default=DRAWS,
    show_default=True,
    metavar="N",
    help="Draw the judged numbers, who acts first and the order of turns this often.",
)
@click.option("--seed", type=Whole(), default=0, show_default=True, metavar="N", help="Seed of these draws.")
@click.option(
    "--accidents", type=click.Path(path_type=Path), metavar="FILE", help="Draw chances of an accident into FILE."
)
@click.option(
    "--picture", type=click.Path(path_type=Path), metavar="FILE", help="Draw the ladder into FILE (.svg or .png)."
)
@as_of_option
@lens_option
@json_option
@progress_option
def command(
    case: str,
    climb: str,
    months: float,
    horizontal: bool,
    draws: int,
    seed: int,
    accidents: Path | None,
    picture: Path | None,
    as_of: datetime.date | None,
    lens: str | None,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Tell where each party would stop on the escalation ladder of the case, and which numbers move that.

    Reads the key crisis: its ladder, and the moves of the case that name a rung. What lacks an input is left out, with
    one sentence that names it.
    """
    from detente.compile.ladder import LadderChoices
    from detente.engines.ladder import Climb
    from detente.registry.ladder import ladder_report
    from detente.wording.ladder import report_lines

    refuse_other_endings(picture)
    refuse_other_endings(accidents)
    opened = open_case(case, as_of, lens)
    choices = LadderChoices(Climb(climb), months, horizontal, draws, seed)
    with progress_on_stderr(progress) as told:
        report = ladder_report(opened, choices, progress=told)
    from detente.charts import ladder, ladder_hazard

    for path, option, part, chart in (
        (picture, "--picture", "ladder", ladder),
        (accidents, "--accidents", "hazard", ladder_hazard),
    ):
        if path is None:
            continue
        if "not_computed" in report[part]:
            raise DetenteError(
                where=option,
                what="there is nothing to draw",
                allowed=str(report[part]["not_computed"]),
                hint=f"Add it to the case, or leave out {option}",
            )
        write_picture(path, chart(opened, report))
    if as_json:
        print_json(report)
    else:
        for line in report_lines(opened, report):
            click.echo(line)

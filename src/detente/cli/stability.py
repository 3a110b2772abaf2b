"""`detente stability CASE`: which states would last, for whom, and why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from detente.cli.lazy import Documented
from detente.cli.opening import open_case
from detente.cli.options import as_of_option, case_argument, json_option, lens_option, progress_option
from detente.cli.output import print_json
from detente.cli.packages import package_of
from detente.cli.picture import picture_option, refuse_other_endings, write_picture
from detente.cli.progress import progress_on_stderr
from detente.cli.usage import Whole, Words

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim", "limited", "non-myopic", "unknown", "strong")
VARIANTS = (
    *(f"{concept}-{variant}" for concept in ("nash", "gmr", "smr", "seq") for variant in "abcd"),
    *(f"{concept}-strong{variant}" for concept in ("gmr", "smr", "seq") for variant in ("", "-a", "-b", "-c", "-d")),
)
MOST_MOVES = 1000
REPLIES = ("legal", "once", "single")


@click.command(
    "stability",
    cls=Documented,
    examples=("detente stability river-basin", "detente stability elmira --from NYNNN --to NNYNY"),
)
@case_argument
@click.option(
    "--concept",
    "concepts",
    multiple=True,
    metavar="NAME",
    type=Words([*CONCEPTS, *VARIANTS], CONCEPTS),
    help="Use this concept: nash, gmr, smr, seq, sim, limited, non-myopic, unknown, strong; default: the first five, "
    "and those for unknown and strong comparisons that the case writes.",
)
@click.option(
    "--horizon",
    type=Whole(1, MOST_MOVES),
    metavar="N",
    help="How many moves the concept limited looks ahead, 3 by default.",
)
@click.option(
    "--reply",
    type=Words(list(REPLIES)),
    default="legal",
    show_default=True,
    help="How others may answer a move: any sequence, each once, or one move.",
)
@click.option("--from", "start", metavar="STATE", help="Where paths start; default: today's state.")
@click.option(
    "--to", "target", metavar="STATE", help="Show how to get there; default with --from: to each equilibrium."
)
@click.option("--coalitions", is_flag=True, help="Look at sets of parties that move together, too.")
@click.option(
    "--inverse",
    metavar="STATE",
    help="Ask what would make this state last: counts of rankings, fewest changes, single commitments.",
)
@click.option(
    "--draws",
    type=Whole(),
    default=200,
    show_default=True,
    metavar="N",
    help="Disturb the rankings this often to see which equilibria stay; 0 for not at all.",
)
@click.option("--seed", type=Whole(), default=0, show_default=True, metavar="N", help="Seed of these draws.")
@click.option("--package", metavar="PACKAGE", help="What may be accepted, where the case writes no graph model.")
@picture_option
@as_of_option
@lens_option
@json_option
@progress_option
def command(
    case: str,
    concepts: tuple[str, ...],
    horizon: int | None,
    reply: str,
    start: str | None,
    target: str | None,
    coalitions: bool,
    inverse: str | None,
    draws: int,
    seed: int,
    package: str | None,
    picture: Path | None,
    as_of: datetime.date | None,
    lens: str | None,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Tell which states would last, given who can do what alone and how each party ranks what comes of it.

    A state is a Y or an N per switch, in the order of the case file. A case without the key stability gets an assumed
    model: each party may accept the text on the table, act alone, or hold. No stable state is an answer too.
    """
    from detente.engines.stability import Reply
    from detente.registry.stability import stability_report
    from detente.registry.stability_concepts import HORIZON, LIMITED
    from detente.wording.stability import report_lines
    from detente.wording.stability_inverse import inverse_lines

    refuse_other_endings(picture)
    if horizon is not None and LIMITED not in concepts:
        raise click.UsageError(
            f"--horizon: only the concept limited looks so far, got {horizon}. Add --concept limited"
        )
    opened = open_case(case, as_of, lens)
    asked = None if package is None else package_of(opened, package)
    with progress_on_stderr(progress) as told:
        report: Mapping[str, Any] = stability_report(
            opened,
            concepts=concepts or None,
            reply=Reply(reply),
            horizon=horizon or HORIZON,
            asked=asked,
            start=start,
            target=target,
            coalitions=coalitions,
            inverse=inverse,
            draws=draws,
            seed=seed,
            progress=told,
        )
    if picture is not None:
        from detente.charts import stability_graph

        if report["graph"] is None:
            click.echo(f"{picture}: not drawn, there are too many states.", err=True)
        else:
            write_picture(picture, stability_graph(opened, report))
    if as_json:
        print_json(report)
    else:
        for line in (*report_lines(opened, report), *inverse_lines(opened, report)):
            click.echo(line)

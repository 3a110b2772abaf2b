"""`detente brief CASE`: the brief, as files."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.opening import consent_of, open_read, party_of
from detente.cli.options import analysis_options, case_argument, draws_option, progress_option
from detente.cli.output import folder_to_write, print_json
from detente.cli.progress import progress_on_stderr


@click.command(
    "brief",
    cls=Documented,
    examples=(
        "detente brief river-basin -o out",
        "detente brief drafts-and-replies-2021-22 --as-of 2022-01-27 --stance all",
    ),
)
@case_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder to write into; default: brief-<id of the case>.",
)
@click.option("--stance", metavar="PARTY|all", help="Lead with one party's agenda, or write one brief for each.")
@draws_option
@analysis_options
@progress_option
def command(
    case: str,
    output: Path | None,
    stance: str | None,
    draws: int,
    as_of: datetime.date | None,
    consent: str | None,
    lens: str | None,
    seed: int,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Write the brief (HTML in one file, Markdown, JSON) and print the paths of its files."""
    read = open_read(case, as_of, lens)
    opened = read.case
    chosen = consent_of(opened, consent)
    if stance is not None and stance != "all":
        party_of(opened, stance, "--stance")
    folder = folder_to_write(output or Path(f"brief-{opened.id}"))
    from detente.brief.write import write_brief  # after the words are checked: it brings charts and templates

    with progress_on_stderr(progress) as told:
        paths = write_brief(
            opened, folder, consent=chosen, stance=stance, lens=read.lensed, seed=seed, draws=draws, progress=told
        )
    if as_json:
        print_json([str(path) for path in paths])
    else:
        for path in paths:
            click.echo(path)

"""`detente import gmcr`: a graph model of GMCR+ becomes a case."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.output import folder_to_write


@click.command("gmcr", cls=Documented, examples=("detente import gmcr conflict.gmcr -o conflict-case",))
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="CASE", help="Folder of the new case."
)
def command(path: Path, output: Path) -> None:
    """Read a graph model (`.gmcr`, as GMCR+ saves it) and write it as a case.

    Decision makers become parties, options switches; impossible states, one-way options, rankings, unseen states and
    coalitions are kept.
    """
    from detente.case.save import dump_case
    from detente.interchange.gmcr import import_gmcr

    folder_to_write(output, must_be_new=True)
    found = import_gmcr(path)
    for note in found.notes:
        click.echo(note, err=True)
    dump_case(found.case, output)
    click.echo(output)
    section = found.case.stability
    switches = 0 if section is None else len(section.switches)
    parties = len(found.case.parties)
    counts = (
        f"{parties} {'party' if parties == 1 else 'parties'}, {switches} {'switch' if switches == 1 else 'switches'}"
    )
    click.echo(f"{counts}. Next: `detente stability {output}`.", err=True)

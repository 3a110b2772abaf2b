"""`detente new DIR`: a commented case to fill in, or a copy of another."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.output import folder_to_write


@click.command("new", cls=Documented, examples=("detente new my-case", "detente new my-basin --from river-basin"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--from", "source", metavar="CASE", help="Copy this case, with its record and comments, in place of it.")
def command(folder: Path, source: str | None) -> None:
    """Write a new case into DIR: commented files that pass `detente check`, without a number in them."""
    from detente.case.copying import copy_case
    from detente.case.scaffold import scaffold

    folder_to_write(folder, must_be_new=True)
    if source is None:
        scaffold(folder)
    else:
        copy_case(source, folder)
    click.echo(folder)
    click.echo(f"Next: edit {folder / 'case.yaml'}, then `detente check {folder}`.", err=True)

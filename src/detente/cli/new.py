"""`detente new DIR`: a commented case to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.output import folder_to_write


@click.command("new", cls=Documented, examples=("detente new my-case",))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write a new case into DIR: commented files that pass `detente check`, without a number in them."""
    from detente.case.scaffold import scaffold

    folder_to_write(folder, must_be_new=True)
    scaffold(folder)
    click.echo(folder)
    click.echo(f"Next: edit {folder / 'case.yaml'}, then `detente check {folder}`.", err=True)

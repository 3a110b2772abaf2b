"""`detente export CASE`: the case as it may leave, without what is restricted."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.names import count_of
from detente.cli.opening import open_whole
from detente.cli.options import case_argument
from detente.cli.output import folder_to_write

COUNTED = {"sources": "source", "statements": "statement", "events": "event", "positions": "position", "texts": "text"}


@click.command("export", cls=Documented, examples=("detente export my-case -o my-case-public",))
@case_argument
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder of the new case."
)
def command(case: str, output: Path) -> None:
    """Write the case without what is restricted: sources, statements, events, and all that rests on them.

    DIR must be new or empty. Words are not read: look through notes that may tell what a restricted source says.
    """
    from detente.case.as_of import export_public
    from detente.case.save import dump_case

    folder_to_write(output, must_be_new=True)
    whole = open_whole(case)
    public = export_public(whole)
    dump_case(public, output)
    click.echo(output)
    lost = {noun: len(getattr(whole, key)) - len(getattr(public, key)) for key, noun in COUNTED.items()}
    left_out = ", ".join(count_of(number, noun) for noun, number in lost.items() if number) or "nothing"
    click.echo(f"Left out: {left_out}. Words were not read: look through the notes before you pass it on.", err=True)

"""`detente import genius`: a Genius domain and its profiles become a case."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.output import folder_to_write


@click.command(
    "genius",
    cls=Documented,
    examples=(
        "detente import genius laptop/ -o laptop-case",
        "detente import genius laptop/domain.xml laptop/buyer.xml laptop/seller.xml -o laptop-case",
    ),
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="CASE", help="Folder of the new case."
)
def command(paths: tuple[Path, ...], output: Path) -> None:
    """Read a Genius domain and its preference profiles (XML) and write them as a case.

    PATH is one folder with one domain and its profiles, or a domain file and the profile files to take: one
    party for each. Utilities stay on the files' scale.
    """
    from detente.case.save import dump_case
    from detente.interchange.genius import import_genius

    folder_to_write(output, must_be_new=True)
    found = import_genius(paths)
    for note in found.notes:
        click.echo(note, err=True)
    dump_case(found.case, output)
    click.echo(output)
    click.echo(
        f"{len(found.case.parties)} parties, {len(found.case.issues)} issues. Next: `detente settle {output}`.",
        err=True,
    )

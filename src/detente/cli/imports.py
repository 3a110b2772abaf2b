"""`detente import …`: one command for each kind of file; importing them waits until one is used."""

from __future__ import annotations

import click

from detente.cli.lazy import Entry, LazyGroup

COMMANDS = {
    "genius": Entry("detente.cli.import_genius", "Read a Genius domain and its preference profiles."),
    "gmcr": Entry("detente.cli.import_gmcr", "Read a graph model of GMCR+ (.gmcr)."),
}


@click.group("import", cls=LazyGroup, entries=COMMANDS, examples=("detente import genius laptop/ -o laptop-case",))
def command() -> None:
    """Read another program's files into a case."""

"""`detente schema`: the JSON Schema of a case."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.output import write_text


@click.command("schema", cls=Documented, examples=("detente schema -o case.schema.json",))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file instead.")
def command(output: Path | None) -> None:
    """Print the JSON Schema of a case, for editors that complete and check while one types."""
    import json

    from detente.case.schema import json_schema

    text = json.dumps(json_schema(), ensure_ascii=False, indent=2)
    if output is None:
        click.echo(text)
    else:
        write_text(output, text + "\n")
        click.echo(output)

"""`detente cases`: what comes with the program."""

from __future__ import annotations

import click

from detente.case.library import library_cases
from detente.case.load import load_case
from detente.cli.lazy import Documented
from detente.cli.options import json_option
from detente.cli.output import print_json
from detente.core.fields import text_of


@click.command("cases", cls=Documented, examples=("detente cases",))
@json_option
def command(as_json: bool) -> None:
    """List the cases that come with the program: id, issues, parties, title."""
    rows = []
    for name in library_cases():
        case = load_case(name)
        rows.append(
            {"id": name, "title": text_of(case.title), "issues": len(case.issues), "parties": len(case.parties)}
        )
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("No case comes with this installation. `detente new DIR` begins one.")
        return
    width = max(len(str(row["id"])) for row in rows)
    for row in rows:
        click.echo(f"{row['id']!s:<{width}}  {row['issues']:>3} issues  {row['parties']:>3} parties  {row['title']}")

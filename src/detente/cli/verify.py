"""`detente verify CASE --corpus DIR`: whether citations can be proved from the documents themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.lazy import Documented
from detente.cli.names import count_of
from detente.cli.opening import open_whole
from detente.cli.options import case_argument, json_option
from detente.cli.output import print_json

if TYPE_CHECKING:
    from detente.evidence.verify import SpanCheck

MOST_SHOWN = 5


@click.command(
    "verify", cls=Documented, examples=("detente verify drafts-and-replies-2021-22 --corpus documents --json",)
)
@case_argument
@click.option(
    "--corpus",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder with the documents that the case's sources name.",
)
@json_option
@click.pass_context
def command(context: click.Context, case: str, corpus: Path, as_json: bool) -> None:
    """Prove the span citations of a case, character by character, and count the others.

    Exit code 1 when a citation is broken. The whole record is read, whatever the cut-off of the case.
    """
    from detente.evidence.verify import verify

    opened = open_whole(case)
    found = verify(opened.sources, opened.statements, corpus)
    if as_json:
        print_json(
            {
                "holds": found.holds,
                "proved": found.proved,
                "broken": found.broken,
                "locator": found.locator,
                "memory": found.memory,
            }
        )
    else:
        for line in _broken(found.broken):
            click.echo(line)
        click.echo(f"{count_of(len(found.proved), 'span')} proved, {len(found.broken)} broken.")
        click.echo(
            f"Not provable from bytes: {count_of(len(found.locator), 'statement')} cited by document and article, "
            f"{len(found.memory)} from memory."
        )
    if not found.holds:
        context.exit(1)


def _broken(checks: Iterable[SpanCheck]) -> Iterator[str]:
    """Yield a line for each broken span, or one for all spans of a source that are broken for the same reason."""
    groups: dict[tuple[str, str | None], list[SpanCheck]] = {}
    for check in checks:
        groups.setdefault((check.source, check.fault), []).append(check)
    for (source, fault), group in groups.items():
        first = group[0]
        if len(group) == 1:
            yield f"{first.statement}: source {source}, characters {first.start} to {first.end}: {fault}."
        else:
            statements = dict.fromkeys(check.statement for check in group)
            shown = ", ".join(list(statements)[:MOST_SHOWN]) + (", …" if len(statements) > MOST_SHOWN else "")
            yield f"source {source}, {count_of(len(group), 'span')} ({shown}): {fault}."

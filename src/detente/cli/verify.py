"""`detente verify CASE --corpus DIR`: whether citations can be proved from the documents themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.case.load import find_case
from detente.cli.lazy import Documented
from detente.cli.names import count_of
from detente.cli.opening import open_whole, own_case
from detente.cli.options import case_argument, json_option
from detente.cli.output import print_json
from detente.core.errors import DetenteError

if TYPE_CHECKING:
    from detente.case.review.reanchoring import Reanchored
    from detente.evidence.verify import SpanCheck

MOST_SHOWN = 5


@click.command(
    "verify",
    cls=Documented,
    examples=(
        "detente verify drafts-and-replies-2021-22 --corpus documents --json",
        "detente verify my-case --corpus documents --reanchor --before documents-of-march",
    ),
)
@case_argument
@click.option(
    "--corpus",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder with the documents that the case's sources name.",
)
@click.option("--reanchor", is_flag=True, help="Find citations again in documents that changed.")
@click.option(
    "--before",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="With --reanchor: the documents as they were; without them only words that nobody touched are found.",
)
@click.option("--apply", is_flag=True, help="With --reanchor: put what was found again into the record.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    case: str,
    corpus: Path,
    reanchor: bool,
    before: Path | None,
    apply: bool,
    as_json: bool,
) -> None:
    """Prove the span citations of a case, character by character, and count the others.

    Exit code 1 when a citation is broken. The whole record is read, whatever the cut-off of the case.
    """
    from detente.evidence.verify import verify

    if reanchor:
        lost = _reanchor(case, corpus, before, apply=apply, as_json=as_json)
        context.exit(1 if lost else 0)
    if before is not None or apply:
        raise DetenteError(
            where="--before" if before is not None else "--apply",
            what="this says how citations are found again",
            hint="Use it with --reanchor",
        )
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


def _reanchor(case: str, corpus: Path, before: Path | None, *, apply: bool, as_json: bool) -> bool:
    """Print what became of citations in changed documents; return whether one changed or vanished."""
    from detente.case.review.documents import documents_in
    from detente.case.review.folder import QUEUE, SOURCES, append, load_review
    from detente.case.review.reanchoring import items_to_review, reanchored, reanchored_queue, reanchoring_changes
    from detente.case.save import edit
    from detente.evidence.anchoring import Found

    path = own_case(case, "CASE") if apply else find_case(case)
    opened = open_whole(case)
    now, was = documents_in(corpus), documents_in(before) if before is not None else ()
    found = reanchored(opened, now, was)
    changes = reanchoring_changes(opened, found)
    if apply:
        review = load_review(path)
        sources, items = reanchored_queue(opened, review, now, was)
        append(review.folder / SOURCES, sources)
        append(review.folder / QUEUE, items)
        append(review.folder / QUEUE, (one for one in items_to_review(opened, found) if one.id not in review.items))
    written = edit(path, changes) if apply and changes else ()
    if as_json:
        print_json(
            {
                "changed": list(found.changed),
                "citations": found.citations,
                "files": [str(file) for file in written],
            }
        )
        return bool(found.of(Found.CHANGED) or found.of(Found.VANISHED))
    if not found.changed:
        click.echo("No document that the case cites by span has changed.")
        return False
    counts = ", ".join(f"{len(found.of(kind))} {kind.value}" for kind in Found)
    click.echo(f"{count_of(len(found.changed), 'changed document')} ({', '.join(found.changed)}): {counts}.")
    for one in found.citations:
        if one.found is not Found.SAME:
            click.echo(_moved(one))
    for file in written:
        click.echo(file)
    if apply and found.of(Found.CHANGED):
        click.echo(f"What changed waits in the review: `detente review {path}`.", err=True)
    if changes and not apply:
        click.echo("--apply puts what is the same or moved into the record.", err=True)
    return bool(found.of(Found.CHANGED) or found.of(Found.VANISHED))


def _moved(one: Reanchored) -> str:
    place = f"{one.statement}: {one.found.value}, {one.source} {one.old.start}–{one.old.end}"
    if one.new is None:
        return f"{place}: its words are not there any more."
    there = f"{place} → {one.new.start}–{one.new.end}"
    return f"{there}, {one.similarity:.0%} alike." if one.found.value == "changed" else f"{there}."


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

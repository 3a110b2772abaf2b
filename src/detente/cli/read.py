"""`detente read DOCS… -o CORPUS`: documents as clean text with offsets, and what was refused with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.lazy import Documented
from detente.cli.options import json_option, progress_option
from detente.cli.output import folder_to_write, print_json
from detente.cli.progress import progress_on_stderr
from detente.cli.tables import table_lines
from detente.cli.usage import Whole
from detente.core.errors import DetenteError, shortened

if TYPE_CHECKING:
    from detente.evidence.reading.refused import Refused

NAME_WIDTH = 34
MOST_NAMED = 5


@click.command(
    "read",
    cls=Documented,
    examples=("detente read documents -o corpus", "detente read reply.pdf speech.html -o corpus --json"),
)
@click.argument("documents", metavar="DOCS…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="CORPUS",
    help="Folder for what is read; documents that it holds already are read again only if they changed.",
)
@click.option("--drop", is_flag=True, help="Leave out documents of earlier runs that are not among DOCS now.")
@click.option(
    "--largest",
    type=Whole(1),
    default=100,
    show_default=True,
    metavar="MB",
    help="Refuse files that are larger.",
)
@json_option
@progress_option
@click.pass_context
def command(
    context: click.Context,
    documents: Sequence[Path],
    output: Path,
    drop: bool,
    largest: int,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Read files and folders of text, Markdown, saved web pages, PDF, DOCX and e-mail.

    Each document is parsed in a sub-process with limits. Exit code 1 when some were refused, 2 when none could be read.
    """
    from detente.evidence.reading.folder import PassedOver
    from detente.evidence.reading.limits import Limits
    from detente.evidence.reading.reading import Entered, Kept, read_into
    from detente.evidence.reading.refused import Refused

    folder_to_write(output)
    rows: list[dict[str, Any]] = []
    refused: list[Refused] = []
    passed_over: list[str] = []
    others: list[str] = []
    with progress_on_stderr(progress) as report:
        steps = read_into(documents, output, limits=Limits(file_mib=largest), drop=drop, progress=report)
        with closing(steps):  # type: ignore[type-var]
            for step in steps:
                if isinstance(step, Entered):
                    rows.append(_row(step.entry, step.state))
                elif isinstance(step, Refused):
                    refused.append(step)
                elif isinstance(step, PassedOver):
                    passed_over.append(step.name)
                elif isinstance(step, Kept):
                    others.append(step.name)
    if as_json:
        print_json(
            {
                "corpus": str(output),
                "read": rows,
                "refused": [{"file": one.name, "what": one.what, "hint": one.hint} for one in refused],
                "passed_over": passed_over,
                "dropped" if drop else "kept": others,
            }
        )
    else:
        _print(rows, refused, passed_over, others, drop=drop)
    if not rows:
        raise _nothing(documents, len(refused))
    if refused:
        context.exit(1)


def _row(entry: Mapping[str, Any], state: str) -> dict[str, Any]:
    """Return what is told of a document that was read."""
    roles = [one[2] for one in entry["paragraphs"]]
    return {
        "file": entry["name"],
        "state": state,
        **{
            key: entry.get(key)
            for key in ("format", "pages", "language", "encoding", "title", "author", "outlet", "published")
        },
        "paragraphs": len(roles),
        "body": roles.count("body"),
        "notes": entry.get("notes", []),
        "text": entry["text"],
    }


def _print(
    rows: Sequence[Mapping[str, Any]],
    refused: Sequence[Refused],
    passed_over: Sequence[str],
    others: Sequence[str],
    *,
    drop: bool,
) -> None:
    if rows:
        heads = ("file", "format", "pages", "body", "language", "date", "how the date is known")
        for line in table_lines(heads, [_cells(row) for row in rows], label=NAME_WIDTH, indent=0):
            click.echo(line)
        click.echo()
    for row in rows:
        for note in [*row["notes"], *([f"encoding {row['encoding']}"] if row["encoding"] else [])]:
            click.echo(f"{row['file']}: {note}.")
    for one in refused:
        click.echo(f"Refused: {one.line()}")
    states = [row["state"] for row in rows]
    parts = [f"{states.count(state)} {state}" for state in ("read", "changed", "unchanged") if state in states]
    click.echo(f"{', '.join(parts) or 'Nothing read'}; {len(refused)} refused; {_passed(passed_over)}.")
    if others:
        said = "left out" if drop else "kept; --drop leaves them out"
        click.echo(f"Not among the files this time: {_named(others)} ({said}).")


def _cells(row: Mapping[str, Any]) -> list[str]:
    published = row["published"] or {}
    return [
        shortened(row["file"], NAME_WIDTH, keep_end=True),
        row["format"],
        str(row["pages"] or ""),
        f"{row['body']} of {row['paragraphs']}",
        row["language"] or "?",
        published.get("when", "none"),
        published.get("how", ""),
    ]


def _passed(names: Sequence[str]) -> str:
    if not names:
        return "no other files"
    return f"passed over, no documents: {_named(names)}"


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(shortened(name, NAME_WIDTH, keep_end=True) for name in names[:MOST_NAMED])
    return f"{shown} and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else shown


def _nothing(documents: Sequence[Path], refused: int) -> DetenteError:
    where = str(documents[0]) if len(documents) == 1 else "detente read"
    if refused:
        return DetenteError(
            where=where,
            what="no document could be read",
            got=f"{refused} refused",
            hint="See the reasons above, or in refused.jsonl of the corpus",
        )
    return DetenteError(
        where=where,
        what="there are no documents in it",
        allowed="Documents end in .txt, .md, .html, .pdf, .docx or .eml",
        hint="Name a folder that holds some",
    )

"""`detente propose CASE`: positions, red lines and seats from reviewed statements, as a diff to apply."""

from __future__ import annotations

import datetime
import difflib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from detente.case.load import faults_of, find_case, load_case
from detente.case.review.proposals import Passed, Proposals, proposals
from detente.case.save import file_of, write_texts
from detente.case.yaml_append import appended
from detente.case.yamlfile import read_text
from detente.cli.lazy import Documented
from detente.cli.names import count_of
from detente.cli.opening import own_case
from detente.cli.options import case_argument, day_of, json_option
from detente.cli.output import print_json

HEADS = {
    "conflicts": "Conflicts, left as they are:",
    "claims": "Claims, never a position:",
    "others": "Nothing proposed:",
    "notes": "To know:",
}


@click.command(
    "propose",
    cls=Documented,
    examples=("detente propose my-case", "detente propose my-case --since 2024-02-01 --apply"),
)
@case_argument
@click.option("--apply", is_flag=True, help="Make the changes; without it they are only shown.")
@click.option(
    "--since", callback=day_of, metavar="DATE", help="Only statements that became public on this day or later."
)
@json_option
def command(case: str, apply: bool, since: datetime.date | None, as_json: bool) -> None:
    """Propose positions, red lines and seats in forums from the reviewed statements of a case, as a unified diff.

    Nothing that is coded is changed: what contradicts it is listed. `patch -p1` in the folder of the case applies the
    diff as --apply does.
    """
    path = own_case(case, "CASE") if apply else find_case(case)
    found = proposals(load_case(path), since)
    before, after = _texts(path, found)
    faults = faults_of(path, after) if after else ()
    if faults:
        raise faults[0]
    diff = "".join(_diff(path, before, after))
    written = write_texts(path, after) if apply and after else ()
    if as_json:
        print_json(
            {
                "additions": [
                    {"path": one.path, "value": one.value, "statement": one.statement} for one in found.additions
                ],
                **{name: getattr(found, name) for name in HEADS},
                "diff": diff,
                "files": [str(file) for file in written],
            }
        )
        return
    click.echo(diff, nl=False)
    for line in _told(found):
        click.echo(line, err=True)
    for file in written:
        click.echo(file, err=True)
    if found.additions and not apply:
        click.echo(f"{count_of(len(found.additions), 'addition')}. --apply makes them.", err=True)
    if not found.additions:
        click.echo("No statement proposes anything that is not coded yet.", err=True)


def _texts(path: Path, found: Proposals) -> tuple[dict[Path, str], dict[Path, str]]:
    """Return the texts of the files that would change, before and after."""
    before: dict[Path, str] = {}
    after: dict[Path, str] = {}
    for one in found.additions:
        file = file_of(path, str(one.path[0]))
        if file not in before:
            before[file] = read_text(file) if file.exists() else ""
            after[file] = before[file]
        after[file] = appended(after[file], one.path, one.value, str(file))
    return before, after


def _diff(path: Path, before: Mapping[Path, str], after: Mapping[Path, str]) -> Iterator[str]:
    base = path if path.is_dir() else path.parent
    for file, old in before.items():
        name = Path(os.path.relpath(file, base)).as_posix()
        yield from _lines(old, after[file], f"a/{name}" if old else "/dev/null", f"b/{name}")


def _lines(old: str, new: str, name_old: str, name_new: str) -> Iterator[str]:
    for line in difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), name_old, name_new):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _told(found: Proposals) -> Iterator[str]:
    for name, head in HEADS.items():
        listed: Iterable[Passed] = getattr(found, name)
        lines = [f"  {one.statement}: {one.why}." for one in listed]
        if lines:
            yield head
            yield from lines

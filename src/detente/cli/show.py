"""`detente show CASE`: positions side by side in the terminal."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from detente.case.case import Case
from detente.case.ledger.stances import Held
from detente.case.matrix import Cell, positions_matrix
from detente.case.position import Basis, Stance
from detente.cli.lazy import Documented
from detente.cli.names import issue_name, joined, party_name
from detente.cli.opening import consent_of, issue_of, open_case, party_of
from detente.cli.options import analysis_options, case_argument
from detente.cli.output import print_json
from detente.cli.tables import table_width
from detente.core.fields import text_of

if TYPE_CHECKING:
    from rich.table import Table

WIDEST_LABEL = 40
LETTER = {
    Stance.DEMANDS: "d",
    Stance.WOULD_ACCEPT: "a",
    Stance.WOULD_DISCUSS: "t",
    Stance.RULES_OUT: "r",
    Stance.NO_ANSWER: "n",
}
UNKNOWN = "·"
LEGEND = f"""\
One sign for each option, in the order of the case; options have no order of merit.
D demands, A would accept, T would talk about it, R rules out, N gave no answer, {UNKNOWN} unknown.
CAPITAL: the party says so. small: the coder infers it."""


@click.command(
    "show",
    cls=Documented,
    examples=(
        "detente show river-basin",
        "detente show river-basin --issue R1_border_flow",
        "detente show drafts-and-replies-2021-22 --as-of 2022-01-27",
    ),
)
@case_argument
@click.option("--issue", metavar="ID", help="Show one issue, with every option and who said what of it.")
@click.option("--party", metavar="ID", help="Show one party only.")
@analysis_options
def command(
    case: str,
    issue: str | None,
    party: str | None,
    as_of: datetime.date | None,
    consent: str | None,
    lens: str | None,
    seed: int,
    as_json: bool,
) -> None:
    """Show who holds which position on which issue: stated in capitals, inferred in small letters.

    With --consent only the parties of that list are shown.
    """
    opened = open_case(case, as_of, lens)
    issues = [issue_of(opened, issue)] if issue else [entry.id for entry in opened.issues]
    cells = positions_matrix(opened, _rows(opened, party, consent_of(opened, consent)))
    parties = list(dict.fromkeys(who for who, _ in cells))
    if as_json:
        print_json(_plain(opened, cells, parties, issues))
    elif not parties:
        click.echo("No party has a coded position in this case on this date.")
    elif issue or party:
        for line in _in_words(opened, cells, parties, issues):
            click.echo(line)
    else:
        _print_matrix(opened, cells, parties)


def _rows(case: Case, party: str | None, consent: str | None) -> Sequence[str] | None:
    if party is not None:
        return (party_of(case, party),)
    return case.consent_list[consent].parties or None if consent else None


def _plain(
    case: Case, cells: Mapping[tuple[str, str], Cell], parties: Sequence[str], issues: Sequence[str]
) -> dict[str, object]:
    return {
        "parties": [{"id": party, "name": party_name(case, party)} for party in parties],
        "issues": [
            {
                "id": issue,
                "title": text_of(case.issue[issue].title),
                "options": [{"id": option.id, "text": text_of(option.text)} for option in case.issue[issue].options],
                "cells": {
                    party: {
                        "speaker": cells[party, issue].speaker,
                        "stances": cells[party, issue].stances,
                        "unknown": cells[party, issue].unknown,
                    }
                    for party in parties
                },
            }
            for issue in issues
        ],
    }


def _in_words(
    case: Case, cells: Mapping[tuple[str, str], Cell], parties: Sequence[str], issues: Sequence[str]
) -> Iterator[str]:
    """Yield each option of each issue with those who said something of it."""
    for number, issue in enumerate(issues):
        if number:
            yield ""
        yield f"{text_of(case.issue[issue].title)} ({issue})"
        silent = [party for party in parties if not cells[party, issue].is_coded]
        for option in case.issue[issue].options:
            yield f"  {option.id}  {text_of(option.text)}"
            for party in parties:
                if (held := cells[party, issue].stances.get(option.id)) is not None:
                    yield f"      {party_name(case, party)}: {_words(held)}"
        if silent:
            yield f"  No coded position: {joined(party_name(case, party) for party in silent)}."


def _words(held: Held) -> str:
    stance = held.stance.value.replace("_", " ")
    said = stance.upper() if held.basis is Basis.STATED else stance
    return f"{said} ({held.basis.value}, {held.since}, {held.statement})"


def _print_matrix(case: Case, cells: Mapping[tuple[str, str], Cell], parties: Sequence[str]) -> None:
    """Print issues by parties, as many parties side by side as fit the width."""
    from rich.console import Console

    width = table_width()
    console = Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)
    labels = [_label(case, issue.id) for issue in case.issues]
    label = min(WIDEST_LABEL, max(len(line) for text in labels for line in text.splitlines()))
    column = max(*(len(_signs(case, cell)) for cell in cells.values()), *map(len, parties)) + 2
    side_by_side = max(1, (width - label - 1) // column)
    for start in range(0, len(parties), side_by_side):
        console.print(_table(case, cells, parties[start : start + side_by_side], label))
        console.print()
    console.print(LEGEND)
    console.print("; ".join(f"{party} = {name}" for party in parties if (name := party_name(case, party)) != party))
    represented = {cell.party: cell.speaker for cell in cells.values() if cell.speaker != cell.party}
    for party, speaker in represented.items():
        console.print(f"{party_name(case, party)}: the coded text of {party_name(case, speaker)}, an assumption.")


def _table(case: Case, cells: Mapping[tuple[str, str], Cell], parties: Sequence[str], label: int) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), show_edge=False, pad_edge=False)
    table.add_column("issue", width=label, overflow="fold")
    for party in parties:
        table.add_column(Text(party), no_wrap=True, justify="left")
    for issue in case.issues:
        table.add_row(Text(_label(case, issue.id)), *(Text(_signs(case, cells[party, issue.id])) for party in parties))
    return table


def _label(case: Case, issue: str) -> str:
    name = issue_name(case, issue)
    return name if name == issue else f"{name}\n  {issue}"


def _signs(case: Case, cell: Cell) -> str:
    return "".join(_sign(cell.stances.get(option.id)) for option in case.issue[cell.issue].options)


def _sign(held: Held | None) -> str:
    if held is None:
        return UNKNOWN
    letter = LETTER[held.stance]
    return letter.upper() if held.basis is Basis.STATED else letter

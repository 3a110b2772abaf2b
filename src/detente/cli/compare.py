"""`detente compare CASE PACKAGE...`: two to six packages side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from detente.case.case import Case
from detente.cli.lazy import Documented
from detente.cli.lists import list_by_list
from detente.cli.names import issue_name, option_name, party_name
from detente.cli.not_printed import not_printed, rules_that_stop
from detente.cli.opening import consent_of, open_case
from detente.cli.options import analysis_options, case_argument, weights_option
from detente.cli.output import print_json
from detente.cli.packages import package_of
from detente.cli.standing import heading, interval, is_shown, rule_sentences
from detente.cli.tables import table_lines

LABEL = 27
INDENT = 4
DIFFERS = "≠ "

Part = Mapping[str, Any]


@click.command(
    "compare",
    cls=Documented,
    examples=(
        "detente compare river-basin proposal reply --consent cl_upper",
        "detente compare two-rivals nash utilitarian no-agreement",
    ),
)
@case_argument
@click.argument("packages", metavar="PACKAGE...", nargs=-1, required=True)
@weights_option
@analysis_options
def command(
    case: str,
    packages: Sequence[str],
    weights: str,
    as_of: datetime.date | None,
    consent: str | None,
    lens: str | None,
    seed: int,
    as_json: bool,
) -> None:
    """Set two to six packages side by side: options, utilities, margins over no agreement, red lines crossed.

    A PACKAGE is named as for `detente concessions`, or no-agreement.
    """
    from detente.registry.concessions import comparison_report

    opened = open_case(case, as_of, lens)
    chosen = consent_of(opened, consent)
    asked = [package_of(opened, word) for word in packages]
    report = comparison_report(opened, asked, chosen, weights=weights)
    if as_json:
        print_json(report)
    else:
        for line in list_by_list(opened, report, _one):
            click.echo(line)


def _one(case: Case, part: Part) -> Iterator[str]:
    if "packages" not in part:
        return
    entries = part["packages"]
    heads = ["", *(entry["package"] for entry in entries)]
    yield ""
    yield from table_lines(heads, _options(case, part["issues"], entries), label=LABEL, indent=INDENT)
    yield ""
    yield from table_lines(heads, _values(case, part["parties"], entries), label=LABEL, indent=INDENT, unbroken=True)
    yield f"{DIFFERS.strip()}: the packages shown differ on this issue. Values: utility, and below it the margin over"
    yield "no agreement; from the least to the most over what is open or unknown."
    for entry in entries:
        yield from _notes_on(case, entry, {line["id"]: line for line in part["lines"]})
    stopped = [entry for entry in entries if "choice" in entry and not is_shown(entry)]
    if stopped:
        yield from rules_that_stop(stopped)
    yield from (f"Assumed: {assumption}" for assumption in part["assumptions"])
    yield from (f"Note: {note}" for note in part["notes"])


def _options(case: Case, issues: Sequence[str], entries: Sequence[Part]) -> list[list[str]]:
    """Return the options, issue by issue; which issues differ is told of the packages that are shown alone."""
    rows = []
    for issue in issues:
        shown = {entry["choice"][issue] for entry in entries if is_shown(entry)}
        cells = [_option(case, issue, entry) for entry in entries]
        rows.append([f"{DIFFERS if len(shown) > 1 else ''}{issue_name(case, issue)}", *cells])
    return rows


def _option(case: Case, issue: str, entry: Part) -> str:
    if "choice" not in entry:
        return "–"
    if not is_shown(entry):
        return "not printed"
    option = entry["choice"][issue]
    return "open" if option is None else option_name(case, issue, option)


def _values(case: Case, parties: Sequence[str], entries: Sequence[Part]) -> list[list[str]]:
    rows = [[party_name(case, party), *(_value(case, party, entry) for entry in entries)] for party in parties]
    return [*rows, ["red lines crossed", *(_crossed(entry) for entry in entries)]]


def _value(case: Case, party: str, entry: Part) -> str:
    if (found := entry["parties"].get(party)) is None:
        return "–"
    return f"{interval(case, found['total'])}\n{interval(case, found['margin'], sign=True)}"


def _crossed(entry: Part) -> str:
    if "choice" not in entry:
        return "–"
    perhaps = len(entry["lines_possibly_crossed"])
    return f"{len(entry['lines_crossed'])}" + (f"\nperhaps {perhaps} more" if perhaps else "")


def _notes_on(case: Case, entry: Part, lines: Mapping[str, Part]) -> Iterator[str]:
    """Yield what the tables cannot hold of one package."""
    if "finding" in entry:
        yield f"{heading(entry)}: {entry['finding']}"
    elif "choice" in entry:
        left = len(entry["left_out"])
        said = [f"{left} of its options {'is on an issue' if left == 1 else 'are on issues'} left out."] if left else []
        if not is_shown(entry):
            said.append(not_printed(case, entry))
        said += rule_sentences(case, entry, lines) if is_shown(entry) else ()
        if said:
            yield heading(entry)
            yield from (f"  {line}" for line in said)

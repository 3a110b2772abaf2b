"""`detente record CASE`: acts between parties, which came after which, and each party's build-up."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from detente.case.case import Case
from detente.cli.lazy import Documented
from detente.cli.opening import named, open_case
from detente.cli.options import (
    as_of_option,
    case_argument,
    day_of,
    json_option,
    progress_option,
)
from detente.cli.output import print_json
from detente.cli.picture import picture_option, refuse_other_endings, write_picture
from detente.cli.progress import progress_on_stderr
from detente.cli.usage import Whole, Words
from detente.core.errors import CaseError
from detente.core.streams import DRAWS

MOST_DAYS = 3650


@click.command(
    "record",
    cls=Documented,
    examples=("detente record river-basin", "detente record drafts-and-replies-2021-22 --pair USA RUS"),
)
@case_argument
@click.option("--pair", nargs=2, metavar="ID ID", help="Two parties only, with every act between them.")
@click.option(
    "--by",
    type=Words(["day", "week", "month"]),
    default="week",
    show_default=True,
    help="Periods of the series.",
)
@click.option(
    "--since",
    callback=day_of,
    metavar="DATE",
    help="First day covered; default: that of the case's period.",
)
@click.option(
    "--within",
    type=Whole(),
    default=14,
    show_default=True,
    metavar="DAYS",
    help="Days within which an act counts as followed.",
)
@click.option(
    "--draws",
    type=Whole(),
    default=DRAWS,
    show_default=True,
    metavar="N",
    help="Resample the record this often for the intervals; 0 for none.",
)
@picture_option
@as_of_option
@click.option(
    "--seed", type=Whole(), default=0, show_default=True, metavar="N", help="Seed of the resampling; counts keep."
)
@json_option
@progress_option
def command(
    case: str,
    pair: tuple[str, str] | None,
    by: str,
    since: datetime.date | None,
    within: int,
    draws: int,
    picture: Path | None,
    as_of: datetime.date | None,
    seed: int,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Count the acts between parties, and how often one comes after the other's; sequence, never cause."""
    from detente.registry.record import record_report

    refuse_other_endings(picture)
    opened = open_case(case, as_of)
    chosen = None if pair is None else _pair(opened, pair)
    _within(within)
    with progress_on_stderr(progress) as told:
        report = record_report(opened, chosen, by=by, since=since, days=within, draws=draws, seed=seed, progress=told)
    if picture is not None:
        from detente.charts import record

        write_picture(picture, record(opened, report))
    if as_json:
        print_json(report)
    else:
        for line in lines_of(opened, report, whole=chosen is not None):
            click.echo(line)


def _pair(case: Case, pair: tuple[str, str]) -> tuple[str, str]:
    known = {**case.party, **case.actors}
    first, second = (named("--pair", "party or actor", party, known) for party in pair)
    if first == second:
        raise CaseError(
            where="--pair",
            what="a pair is two parties",
            got=first,
            allowed="Acts of a party towards itself are not counted",
            hint="Name another party",
        )
    return first, second


def _within(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise CaseError(
            where="--within",
            what="nothing can follow within so many days",
            got=days,
            allowed=f"1 to {MOST_DAYS:,} days are allowed",
            hint="Pass 14 for two weeks",
        )


def lines_of(case: Case, report: Mapping[str, Any], *, whole: bool) -> Iterator[str]:
    """Yield the report as sentences; with `whole`, with every act between the pair."""
    from detente.wording import record as words

    if "not_computed" in report:
        yield f"Nothing is counted. {report['not_computed']}"
        return
    yield words.covered(report).text
    pairs = words.rotated_pairs(report["pairs"])
    for pair in pairs:
        if not whole and not words.says_something(pair):
            continue
        yield ""
        yield words.pair_words(case, pair).text
        yield from (f"  {words.acts_sentence(case, entry).text}" for entry in pair["acts"])
        yield from (f"  {words.follows_sentence(case, entry, report).text}" for entry in pair["answers"])
        yield f"  {words.weekly_sentence(case, pair).text}"
        if whole:
            yield from _sequence(case, pair)
    thin = None if whole else words.pairs_too_thin(case, report)
    if thin is not None:
        yield ""
        yield thin.text
    if not pairs:
        yield "No act of one party towards another is on record."
    yield from _section("Build-up, in steps of each kind", (one.text for one in words.build_up_sentences(case, report)))
    yield from _section("Author disputed: in no count above", _disputed(case, report))
    yield ""
    yield words.SEQUENCE_ONLY
    if report["tests"]:
        yield words.comparisons(report["tests"]).text


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if not number:
            yield ""
            yield title
        yield f"  {line}"


def _disputed(case: Case, report: Mapping[str, Any]) -> Iterator[str]:
    from detente.wording import record as words

    for event in report["disputed"]:
        first, *claims = words.dispute_sentences(case, event)
        yield first.text
        yield from (f"  {claim.text}" for claim in claims)


def _sequence(case: Case, pair: Mapping[str, Any]) -> Iterator[str]:
    from detente.wording import record as words

    yield "  In order of time (value on the scale; days to the other's next act in kind):"
    for act in pair["sequence"]:
        days = act["next_in_kind_days"]
        if days["low"] is None:
            wait = "none"
        elif days["high"] is None:
            wait = f"{days['low']} or more"
        else:
            wait = "–".join(dict.fromkeys(str(days[key]) for key in ("low", "high")))
        when = "–".join(dict.fromkeys(str(act[key]) for key in ("first", "last")))
        yield f"    {when} {words.actor_name(case, act['of']).text} ({act['value']:+g}; {wait}): {act['says']}"

"""Options that several commands share, each written once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

import click

from detente.cli.usage import Whole, Words
from detente.core.dates import interval_of
from detente.core.errors import LONGEST_VALUE, shortened
from detente.core.streams import DRAWS

F = TypeVar("F", bound=Callable[..., Any])


def day_of(ctx: click.Context, parameter: click.Parameter, value: str | None) -> datetime.date | None:
    """Return the day that a text names, or fail with a sentence."""
    if value is None:
        return None
    try:
        first, last = interval_of(value)
    except ValueError:
        first, last = datetime.date.min, datetime.date.max
    if first != last:
        got = shortened(value, LONGEST_VALUE)
        name = max(parameter.opts, key=len)
        raise click.UsageError(f'{name}: this is not a day, got "{got}". A day is written as 2022-02-17', ctx)
    return first


case_argument = click.argument("case", metavar="CASE")

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")

as_of_option = click.option(
    "--as-of",
    callback=day_of,
    metavar="DATE",
    help="Use only what was public on that day; default: the case's own cut-off.",
)

lens_option = click.option("--lens", metavar="ID", help="Read the numbers through one of the case's lenses.")

consent_option = click.option(
    "--consent", metavar="ID", help="Use one consent list of the case; default: each of them."
)

draws_option = click.option(
    "--draws",
    type=Whole(),
    default=DRAWS,
    show_default=True,
    metavar="N",
    help="Draw the judged numbers from their ranges this often; 0 for no draws.",
)

weights_option = click.option(
    "--weights",
    type=Words(["analyst", "equal"]),
    default="analyst",
    show_default=True,
    help="Use the case's weights, or the same weight for every issue.",
)

progress_option = click.option(
    "--progress/--no-progress",
    default=None,
    help="Show progress on standard error; default: only where it is a terminal.",
)


def analysis_options(command: F) -> F:
    """Give a command the options that every analysis of a case takes: as-of, consent, lens, seed, json."""
    seed = click.option(
        "--seed",
        type=Whole(),
        default=0,
        show_default=True,
        metavar="N",
        help="Seed of random draws; exact answers do not depend on it.",
    )
    for option in (json_option, seed, lens_option, consent_option, as_of_option):
        command = option(command)
    return command

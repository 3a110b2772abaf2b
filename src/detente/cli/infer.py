"""`detente infer CASE PARTY`: what dated acts say of a party's reservation and red lines, before and after."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.lazy import Documented
from detente.cli.opening import open_case, party_of
from detente.cli.options import as_of_option, case_argument, json_option, lens_option
from detente.cli.output import print_json, write_text
from detente.cli.picture import picture_option, refuse_other_endings, write_picture
from detente.cli.tables import table_lines
from detente.cli.usage import Whole
from detente.core.errors import LONGEST_VALUE, shortened

if TYPE_CHECKING:
    from detente.compile.inference import InferenceChoices

UNIFORM = "uniform"
CASE = "case"


class Number(click.FloatRange):
    """A number between two bounds, the lower one left out on request."""

    def __init__(self, lowest: float, highest: float | None = None, *, above: bool = False) -> None:
        super().__init__(min=lowest, max=highest, min_open=above)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number, or fail with a sentence."""
        try:
            number = float(super().convert(value, param, ctx))
        except click.BadParameter:
            number = math.nan
        if math.isnan(number):
            span = (
                f"{'above' if self.min_open else 'from'} {self.min:g}{'' if self.max is None else f' to {self.max:g}'}"
            )
            _refuse(param, ctx, f"this is not a number {span}", value, "Write one such as 0.5")
        return number


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) else number


def _refuse(param: click.Parameter | None, ctx: click.Context | None, what: str, got: object, hint: str) -> None:
    name = "" if param is None else max(param.opts, key=len)
    raise click.UsageError(f'{name}: {what}, got "{shortened(str(got), LONGEST_VALUE)}". {hint}', ctx)


def _prior(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[float, float, float] | str | None:
    """Return the prior that is asked for: None for the case's own."""
    if value is None or value == CASE:
        return None
    if value == UNIFORM:
        return UNIFORM
    numbers = [_number(part) for part in value.split(",")]
    known = [number for number in numbers if number is not None and abs(number) < float("inf")]
    if len(known) != len(numbers) or len(known) != 3 or known != sorted(known):
        hint = "Write case, uniform, or low, mode and high in this order, such as 0.2,0.4,0.7"
        _refuse(param, ctx, "this is no prior", value, hint)
    return known[0], known[1], known[2]


def _threats(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int]:
    """Return how many threats were carried out of how many that came due."""
    if value is None:
        return 0, 0
    parts = value.split("/")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        _refuse(param, ctx, "this is no count of threats", value, "Write carried out and due, such as 3/10")
    kept, due = int(parts[0]), int(parts[1])
    if kept > due:
        _refuse(param, ctx, "more were carried out than came due", value, "Write carried out and due, such as 3/10")
    return kept, due


def _costs(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """Return overrides of the table of costs by their word."""
    found: dict[str, str] = {}
    for value in values:
        word, sign, cost = value.partition("=")
        if not sign or not word or not cost:
            _refuse(param, ctx, "this changes no row", value, "Write ROW=costly, ROW=cheap or ROW=nothing")
        if found.get(word, cost) != cost:
            _refuse(param, ctx, "this row is given two costs", value, "Give it one")
        found[word] = cost
    return found


@click.command(
    "infer",
    cls=Documented,
    examples=(
        "detente infer river-basin MEL",
        "detente infer drafts-and-replies-2021-22 NATO --prior uniform --beta 20 --json",
        "detente infer river-basin MEL --lens-out lens.yaml",
    ),
)
@case_argument
@click.argument("party", metavar="PARTY")
@click.option(
    "--prior",
    callback=_prior,
    metavar="PRIOR",
    help="Prior of the reservation: case (its own range), uniform, or LOW,MODE,HIGH; default: case.",
)
@click.option(
    "--beta",
    type=Number(0, above=True),
    metavar="X",
    help="Precision of answers per width of the scale; inf takes each at its word. Default: 10.",
)
@click.option("--rho", type=Number(0, 1), metavar="P", help="Probability that a costly act is honest. Default: 0.8.")
@click.option("--hope", type=Number(0, 1), metavar="P", help="Probability of refusing in hope of more. Default: 0.5.")
@click.option(
    "--bias",
    type=Number(0, 1),
    metavar="B",
    help="How far apart speaker and hearer are, for words that cost nothing; default: from their utilities.",
)
@click.option("--cost", "costs", multiple=True, callback=_costs, metavar="ROW=COST", help="Change a row of the costs.")
@click.option("--threats", callback=_threats, metavar="K/N", help="Threats carried out, of those that came due.")
@click.option(
    "--draws",
    type=Whole(0, 10_000),
    default=0,
    show_default=True,
    metavar="N",
    help="Infer once more over N draws of the party's weights and values.",
)
@click.option("--seed", type=Whole(), default=0, show_default=True, metavar="N", help="Seed of the draws.")
@click.option("--table", is_flag=True, help="Print the table that says what counts, and stop.")
@click.option(
    "--lens-out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the posterior as a lens that you may add to the case.",
)
@picture_option
@as_of_option
@lens_option
@json_option
def command(
    case: str,
    party: str,
    prior: tuple[float, float, float] | str | None,
    beta: float | None,
    rho: float | None,
    hope: float | None,
    bias: float | None,
    costs: Mapping[str, str],
    threats: tuple[int, int],
    draws: int,
    seed: int,
    table: bool,
    lens_out: Path | None,
    picture: Path | None,
    as_of: datetime.date | None,
    lens: str | None,
    as_json: bool,
) -> None:
    """Infer the reservation and the red lines of PARTY from its dated acts: before, after, and by which statements.

    Columnists never move it, nor do words that cost nothing between opponents. Nothing is applied by this command.
    """
    from detente.registry.inference import inference_report
    from detente.wording.inference import inference_sentences

    refuse_other_endings(picture)
    choices = _choices(prior, beta, rho, hope, bias, costs, threats)
    opened = open_case(case, as_of, lens)
    asked = party_of(opened, party, "PARTY")
    if table:
        for line in _table(choices):
            click.echo(line)
        return
    report = inference_report(opened, asked, choices, draws=draws, seed=seed)
    if lens_out is not None:
        from detente.registry.inference import counterparts
        from detente.registry.inference_lens import inference_lens

        others = [inference_report(opened, one, choices) for one in counterparts(opened, asked)]
        found = inference_lens(opened, [report, *others])
        if found is None:
            click.echo(f"{lens_out}: not written, as the record moves nothing that a lens could change.", err=True)
        else:
            write_text(lens_out, _lens_text(found))
            click.echo(f"{lens_out}: a lens. It counts from when you add it to the case and choose it.", err=True)
    if picture is not None:
        from detente.charts import inference_bands

        write_picture(picture, inference_bands(opened, report))
    if as_json:
        print_json(report)
    else:
        for line in inference_sentences(opened, report):
            click.echo(line)


def _choices(
    prior: tuple[float, float, float] | str | None,
    beta: float | None,
    rho: float | None,
    hope: float | None,
    bias: float | None,
    costs: Mapping[str, str],
    threats: tuple[int, int],
) -> InferenceChoices:
    from detente.compile.costs import with_overrides
    from detente.compile.inference import BETA, HONESTY, HOPE, InferenceChoices

    return InferenceChoices(
        beta=BETA if beta is None else beta,
        honesty=HONESTY if rho is None else rho,
        hope=HOPE if hope is None else hope,
        prior=prior,
        costs=with_overrides(costs),
        bias=bias,
        threats=threats,
    )


def _table(choices: InferenceChoices) -> Iterator[str]:
    """Yield the table of costs, with what the analyst changed."""
    from detente.compile.costs import COSTS

    rows = [
        [str(row.word), str(choices.costs.get(row.word, row.cost)), "fixed" if row.fixed else "", row.why]
        for row in COSTS
    ]
    yield "What a statement of a party counts as: the first row that fits it decides."
    yield from table_lines(["row", "cost", "", "why"], rows, label=28, indent=0)
    yield "author_assertion and reported_event: in commentary. A statement without a text class counts for nothing."


def _lens_text(lens: Mapping[str, Any]) -> str:
    """Return a lens as the text of a file that may be put into a case folder or copied from."""
    import yaml

    class Plain(yaml.SafeDumper):
        """Writes what stands twice twice, so that a part can be copied."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    head = (
        "# Written by `detente infer`: an inference under assumptions, stated by nobody.\n"
        "# It changes nothing until you add it under `lenses` of the case and choose it with --lens.\n"
    )
    return head + yaml.dump({"lenses": [dict(lens)]}, Dumper=Plain, sort_keys=False, allow_unicode=True, width=110)

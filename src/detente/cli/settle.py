"""`detente settle CASE`: the settlement report, as JSON or as sentences."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from detente.case.case import Case
from detente.cli.drawn import drawn_lines
from detente.cli.lazy import Documented
from detente.cli.lists import list_by_list
from detente.cli.names import count_of, issue_name, joined, line_words, option_name, party_name
from detente.cli.not_printed import not_printed, rules_that_stop
from detente.cli.opening import consent_of, open_read
from detente.cli.options import analysis_options, case_argument, draws_option, progress_option, weights_option
from detente.cli.output import print_json
from detente.cli.progress import progress_on_stderr
from detente.cli.settle_trades import SOLUTIONS, trade_lines
from detente.cli.turns import in_turn, parties_in_turn
from detente.cli.usage import Whole

MOST_CONFLICTS = 10


@click.command(
    "settle",
    cls=Documented,
    examples=("detente settle river-basin", "detente settle river-basin --consent cl_basin --json"),
)
@case_argument
@weights_option
@draws_option
@click.option("--workers", type=Whole(1), help="Share the draws among so many threads; the answer stays the same.")
@analysis_options
@progress_option
def command(
    case: str,
    weights: str,
    draws: int,
    workers: int | None,
    as_of: datetime.date | None,
    consent: str | None,
    lens: str | None,
    seed: int,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Find the packages that break no red line and leave all of a consent list at least as well off.

    "No such package" is an answer (exit code 0).
    """
    from detente.uncertainty.answer import settlement_answer

    read = open_read(case, as_of, lens)
    opened = read.case
    chosen = consent_of(opened, consent)
    with progress_on_stderr(progress) as told:
        report = settlement_answer(
            opened, chosen, weights=weights, lens=lens, draws=draws, seed=seed, workers=workers, progress=told
        )
    from detente.case.lens_effect import effect_values, without_effect

    effect: dict[str, Any] = (
        {"lens": effect_values(read.lensed)} if read.lensed else {"lenses_without_effect": [*without_effect(opened)]}
    )
    report = {"case": report["case"], **effect, **report}
    if as_json:
        print_json(report)
    else:
        for line in lines_of(opened, report):
            click.echo(line)
        if silent := report.get("lenses_without_effect"):
            click.echo(f"Without effect in this case on this day: {joined(silent)}.")


def lines_of(case: Case, report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the report as sentences, one consent list after another."""
    return list_by_list(case, report, _one)


def _one(case: Case, part: Mapping[str, Any]) -> Iterator[str]:
    if "not_computed" in part:
        return
    lines = {line["id"]: line for line in part.get("lines", ())}
    turn = [*case.consent_list].index(part["consent"]) if part.get("consent") in case.consent_list else 0
    yield from _zone(case, part, "stated red lines binding", lines, turn)
    if (inferred := part.get("with_inferred")) is not None:
        yield from _zone(case, inferred, "stated and inferred red lines binding", lines, turn + 1)
    yield from _solutions(case, part.get("solutions", {}))
    yield from drawn_lines(case, part.get("draws"))
    yield from trade_lines(case, part)
    for assumption in part.get("assumptions", ()):
        yield f"Assumed: {assumption}"
    for note in part.get("notes", ()):
        yield f"Note: {note}"


def _zone(
    case: Case, zone: Mapping[str, Any], reading: str, lines: Mapping[str, Mapping[str, Any]], turn: int
) -> Iterator[str]:
    total, no_line, in_zone = (_count(zone["packages"][key]) for key in ("total", "no_red_line", "in_zone"))
    yield (
        f"With the {reading}: {total} packages in all, {no_line} break no red line, {in_zone} are in the agreement "
        f"zone."
    )
    for method in dict.fromkeys(count["method"] for count in zone["packages"].values() if isinstance(count, Mapping)):
        yield f"  Where a count is a range: {method}."
    if (frontier := zone.get("frontier")) is None:
        yield "  Frontier of the zone: too large to list."
    elif frontier:
        yield f"  Frontier of the zone: {count_of(len(frontier), 'point')}."
    else:
        yield "  No package is certain to be in the zone; that is a finding."
    if (possible := zone.get("possible")) is not None:
        best = possible.get("frontier")
        points = "too many points to list" if best is None else count_of(len(best), "point")
        yield f"  With unknown options at their best: {points} on the frontier."
    conflicts = zone.get("red_line_conflicts", ())
    for conflict in conflicts[:MOST_CONFLICTS]:
        words = [line_words(case, line, lines.get(line)) for line in conflict.get("lines", ())]
        words += [f"the reservation of {party_name(case, party)}" for party in conflict.get("reservations", ())]
        yield f"  Cannot hold together: {'; '.join(words)}."
    if (more := len(conflicts) - MOST_CONFLICTS) > 0:
        yield f"  … and {count_of(more, 'more such set')}; --json lists all."
    if (relaxed := zone.get("relaxations")) is not None:
        yield from (f"  {line}" for line in _relaxations(case, relaxed, lines, turn))


def _relaxations(
    case: Case, relaxed: Mapping[str, Any], lines: Mapping[str, Mapping[str, Any]], turn: int
) -> Iterator[str]:
    """Yield what would be in the zone if one thing did not hold, side by side, parties in turn; and who has sets."""
    opening = [one for one in relaxed["lines"] if str(one["packages"]) != "0"]
    for one in in_turn(case, opening, lambda one: str(lines[one["line"]]["party"]), turn):
        what = line_words(case, one["line"], lines.get(one["line"]))
        yield f"Packages in the zone if this alone did not hold, {what}: {_count(one['packages'])}."
    asking = [one for one in relaxed["reservations"] if str(one["packages"]) != "0"]
    for one in in_turn(case, asking, lambda one: str(one["parties"][0]), turn):
        what = _asks_nothing(case, one["parties"])
        yield f"Packages in the zone if this alone did not hold, {what}: {_count(one['packages'])}."
    key, words = ("certain", "worst") if relaxed["certain"] is not None else ("possible", "best")
    found = relaxed[key] or {"line_sets": [], "shortfalls": []}
    several = [one for one in found["line_sets"] if len(one["lines"]) > 1]
    if several:
        parties = parties_in_turn(case, (lines[line]["party"] for one in several for line in one["lines"]), turn)
        least = "" if found["line_sets_complete"] else "at least "
        yield (
            f"Smallest sets of several lines that would leave a package if none of them bound, unknown options at "
            f"their {words}: {least}{len(several)}, with lines of {joined(party_name(case, one) for one in parties)}; "
            "--json lists them."
        )
    for one in found["shortfalls"]:
        short = joined(f"{party_name(case, party)} by {value:.4g}" for party, value in one["short"].items())
        yield f"Packages that keep these lines, unknown options at their {words}, fall short: {short}."


def _asks_nothing(case: Case, parties: Iterable[str]) -> str:
    return f"the reservation of {joined(party_name(case, party) for party in parties)}"


def _solutions(case: Case, solutions: Mapping[str, Any]) -> Iterator[str]:
    if not any(solutions.values()):
        return
    yield "Benchmarks, which presume an enforceable deal:"
    said = ""
    for key, found in solutions.items():
        for solution in found:
            utility = joined(f"{party_name(case, party)} {value:.4g}" for party, value in solution["utility"].items())
            yield f"  {SOLUTIONS.get(key, key)}: {utility}"
            if not solution["printable"]:
                stopped = not_printed(case, solution)
                yield f"    {'not printed, as the one above.' if stopped == said else stopped}"
                said = stopped
                continue
            package = "; ".join(
                f"{issue_name(case, issue)}: {option_name(case, issue, option)}"
                for issue, option in solution["package"].items()
            )
            yield f"    {package}"
    yield from rules_that_stop(solution for found in solutions.values() for solution in found)


def _count(value: Any) -> str:
    """Return a count as the report gives it: an exact whole number, or a range."""
    if isinstance(value, Mapping):
        return f"{_count(value['low'])} to {_count(value['high'])}"
    text = str(value)
    return f"{int(text):,}" if text.isdigit() else text

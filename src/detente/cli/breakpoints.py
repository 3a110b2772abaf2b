"""`detente breakpoints CASE`: which single judgement, moved how far, turns each conclusion."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from detente.case.case import Case
from detente.cli.lazy import Documented
from detente.cli.names import count_of, issue_name, joined, option_name, party_name
from detente.cli.opening import consent_of, open_case
from detente.cli.options import analysis_options, case_argument, progress_option, weights_option
from detente.cli.output import print_json
from detente.cli.picture import picture_option, refuse_other_endings, write_picture
from detente.cli.progress import progress_on_stderr
from detente.cli.turns import in_turn, parties_in_turn
from detente.core.condition import Among, condition_words, parse_condition
from detente.core.fields import text_of

MOST = 6
"""Numbers, and pairs, printed per conclusion; lines are all printed, side by side."""

HALVES = ("first", "second")


@click.command(
    "breakpoints",
    cls=Documented,
    examples=("detente breakpoints river-basin", "detente breakpoints two-rivals --json"),
)
@case_argument
@weights_option
@picture_option
@analysis_options
@progress_option
def command(
    case: str,
    weights: str,
    picture: Path | None,
    as_of: datetime.date | None,
    consent: str | None,
    lens: str | None,
    seed: int,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Find what one would have to believe for each conclusion of the settlement to change."""
    from detente.uncertainty.breakpoints import breakpoint_report

    refuse_other_endings(picture)
    opened = open_case(case, as_of, lens)
    chosen = consent_of(opened, consent)
    with progress_on_stderr(progress) as told:
        report = breakpoint_report(opened, consent=chosen, weights=weights, progress=told)
    if picture is not None:
        from detente.charts import breakpoints

        write_picture(picture, breakpoints(opened, report, chosen))
    if as_json:
        print_json(report)
    else:
        for line in lines_of(opened, report):
            click.echo(line)


def lines_of(case: Case, report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the report as sentences, one consent list after another."""
    for number, (name, part) in enumerate(report["by_consent"].items()):
        if number:
            yield ""
        yield f"Consent list {name} ({text_of(case.consent_list[name].name)})"
        if "by_issue" in part:
            for issue, single in part["by_issue"].items():
                yield f"  {issue_name(case, issue)}"
                yield from (f"  {line}" for line in _part(case, single))
        else:
            yield from _part(case, part)


def _part(case: Case, part: Mapping[str, Any]) -> Iterator[str]:
    if "not_computed" in part:
        yield f"  {part['not_computed']}"
        return
    for turn, entry in enumerate(part["conclusions"]):
        yield f"  {_conclusion(entry)}"
        yield from (f"    {line}" for line in _turned(case, entry, turn))


LINES = {"stated": "stated red lines", "stated_and_inferred": "stated and inferred red lines"}


def _conclusion(entry: Mapping[str, Any]) -> str:
    said = entry["conclusion"]
    words = f"{'Some' if entry['now'] else 'No'} package keeps the {LINES[said['lines']]}"
    if said["what"] == "package":
        return f"{words}."
    worth = {"certain": "worst", "possible": "best"}[said["reading"]]
    return f"{words} and leaves all as well off as no agreement, unknown options at their {worth}."


def _turned(case: Case, entry: Mapping[str, Any], turn: int) -> Iterator[str]:
    found = [one for one in entry["singles"] if one["kind"] == "line"]
    lines = in_turn(case, found, lambda one: str(one["party"]), turn)
    if lines:
        how = "were stated" if entry["now"] else "did not bind"
        yield f"It turns if any one of these {how}: {'; '.join(line_in_words(case, one) for one in lines)}."
    every = [one for one in entry["singles"] if one["kind"] != "line"]
    numbers = [one for one in every if not one["beyond_scale"]]
    for one in numbers[:MOST]:
        where = "inside" if one["within_range"] else "outside"
        judged = "" if one["range"] is None else f", {where} its judged range {_span(one['range'])}"
        now = "not coded" if one["now"] is None else f"now {one['now']:g}"
        at = "at or " if one["reached"] else ""
        yield f"It turns if {number_in_words(case, one)}, {now}, is {at}{one['flips']} {one['threshold']:.6g}{judged}."
    if (more := len(numbers) - MOST) > 0:
        yield f"… and {count_of(more, 'more number')}; --json lists all."
    if beyond := len(every) - len(numbers):
        more_of = count_of(beyond, "further number" if numbers else "number")
        yield f"For {more_of} only a value beyond the scale would do; --json lists all."
    yield from _pairs(case, entry["pairs"], turn)
    yield from entry["notes"]


def _pairs(case: Case, pairs: Sequence[Mapping[str, Any]], turn: int) -> Iterator[str]:
    """Yield pairs one by one, or, if they are many, how many there are and of whom: a cut would be a choice."""
    shown = [pair for pair in pairs if not any(pair[half].get("beyond_scale") for half in HALVES)]
    if len(shown) <= MOST:
        for pair in shown:
            halves = joined(_half(case, pair[half]) for half in HALVES)
            yield f"It turns if two judgements change: {halves}."
    else:
        parties = parties_in_turn(case, (pair[half]["party"] for pair in shown for half in HALVES), turn)
        names = joined(party_name(case, party) for party in parties)
        yield f"It turns if two judgements change, in {len(shown)} ways, with judgements of {names}; --json lists all."
    if beyond := len(pairs) - len(shown):
        yield f"For {count_of(beyond, 'pair')} only values beyond the scale would do; --json lists all."


def _span(bounds: list[float]) -> str:
    return f"{bounds[0]:g} to {bounds[1]:g}"


def line_in_words(case: Case, line: Mapping[str, Any]) -> str:
    """Return a line of the report in words: whose it is, what it forbids, and its id."""
    if line["issue"] is None or line["option"] is None:
        return f"{party_name(case, line['party'])} refuses a combination [{line['line']}]"
    option = option_name(case, line["issue"], line["option"])
    return f"{party_name(case, line['party'])} refuses {option} ({issue_name(case, line['issue'])}) [{line['line']}]"


def number_in_words(case: Case, entry: Mapping[str, Any]) -> str:
    """Return what a number of the report is about: whose it is, what is judged, and ids in brackets."""
    issue, option, scenario = entry["issue"], entry["option"], entry["scenario"]
    match entry["kind"]:
        case "value":
            what = f"value of {option_name(case, issue, option)} ({issue_name(case, issue)}) [{issue} {option}]"
        case "weight":
            what = f"weight of {issue_name(case, issue)} [{issue}]"
        case "belief":
            what = f"belief in the scenario “{_scenario(case, scenario)}” [{scenario}]"
        case "payoff":
            what = f"value of the scenario “{_scenario(case, scenario)}” [{scenario}]"
        case "joint_value":
            rule = parse_condition(entry["when"])
            what = f"joint value of {condition_words(rule, lambda atom: _among(case, atom))} [{entry['when']}]"
        case _:
            what = "value of no agreement"
    return f"{party_name(case, entry['party'])}: {what}"


def _among(case: Case, atom: Among) -> str:
    options = " or ".join(option_name(case, atom.issue, option) for option in atom.options)
    return f"{options} ({issue_name(case, atom.issue)})"


def _scenario(case: Case, scenario: str) -> str:
    return next((text_of(one.text) for one in case.no_agreement.scenarios if one.id == scenario), scenario)


def _half(case: Case, half: Mapping[str, Any]) -> str:
    if half["kind"] == "line":
        how = "stated" if half["flips"] == "read_as_stated" else "not binding"
        return f"{line_in_words(case, half)}, {how}"
    return f"{number_in_words(case, half)} {half['flips']} {half['to']:.6g}"

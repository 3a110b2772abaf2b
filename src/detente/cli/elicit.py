"""`detente elicit CASE PARTY`: weights and values from at most 30 pairwise comparisons in the terminal."""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from detente.case.case import Case
from detente.case.digest import case_hash
from detente.case.save import edit
from detente.cli.elicit_dialogue import Dialogue, inconsistent_lines
from detente.cli.elicit_session import MOST_QUESTIONS, Session, check_place, check_session, load_session, save_session
from detente.cli.elicit_write import Signed, asked_about, change_lines, changes, fit_for_snippet, snippet
from detente.cli.lazy import Documented
from detente.cli.names import count_of, issue_name, option_name
from detente.cli.opening import named, open_case, own_case, party_of
from detente.cli.options import case_argument, day_of, json_option
from detente.cli.output import print_json, write_text
from detente.cli.usage import Whole
from detente.compile.elicitation import StartingRanges, start_of, starting_ranges
from detente.core.errors import CaseError, DetenteError
from detente.core.names import nearest
from detente.uncertainty.elicitation import (
    Judged,
    Judgement,
    Learner,
    Misfit,
    elicitation_report,
    inconsistencies,
    judged,
)
from detente.wording.naming import Naming, capped

LABEL, SHORTEST = 41, 20
NUMBER, RANGE, SHARE = 7, 15, 8
BESIDE = 3 * NUMBER + 2 * RANGE + SHARE


@click.command(
    "elicit",
    cls=Documented,
    examples=(
        "detente elicit river-basin TAR",
        "detente elicit my-case A --questions 12 --by Lee --write",
        "detente elicit my-case A --issue water --by Lee -o snippet.yaml",
    ),
)
@case_argument
@click.argument("party", metavar="PARTY")
@click.option(
    "--questions",
    type=Whole(1, MOST_QUESTIONS),
    default=MOST_QUESTIONS,
    show_default=True,
    metavar="N",
    help="Ask at most so many, from 1 to 30.",
)
@click.option("--issue", "issues", multiple=True, metavar="ID", help="Ask about this issue only; may be repeated.")
@click.option("--every-option", is_flag=True, help="Ask about options, too, of which the record says nothing.")
@click.option(
    "--session",
    "session_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where answers are kept; default: elicit-CASE-PARTY.yaml in the folder one is in.",
)
@click.option("--seed", type=Whole(), metavar="N", help="Seed of random draws, 0 by default; a session keeps its own.")
@click.option("--by", metavar="NAME", help="Who judges; needed with --write and -o.")
@click.option("--on", callback=day_of, metavar="DATE", help="Day of the judgement; default: today.")
@click.option("--because", multiple=True, metavar="ID", help="A statement, position or event it rests on; may repeat.")
@click.option("--write", is_flag=True, help="Put the numbers into the case, after showing what changes.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write them as YAML to paste instead."
)
@json_option
def command(
    case: str,
    party: str,
    questions: int,
    issues: tuple[str, ...],
    every_option: bool,
    session_file: Path | None,
    seed: int | None,
    by: str | None,
    on: datetime.date | None,
    because: tuple[str, ...],
    write: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Judge, from public material, what a party is taken to want, by pairwise comparisons.

    Each question compares two options, or two differences. Answers are kept at once: the same command goes on where it
    stopped. Questions go to standard error, the result to standard output.
    """
    opened = open_case(case)
    party = party_of(opened, party, "PARTY")
    _refuse_represented(opened, party)
    own = own_case(case, "--write") if write else None
    signed = _signed(opened, by, on, because) if write or output is not None else None
    path = session_file or Path(f"elicit-{opened.id}-{party}.yaml")
    if output is not None:
        fit_for_snippet(output, path)
    check_place(path)
    wanted = _wanted(opened, party, issues, every_option)
    session = _session(path, opened, party, seed, wanted)
    learner = Learner(start_of(session.ranges), session.seed)
    dialogue = Dialogue(opened, session, learner, questions, lambda changed: save_session(path, changed))
    session = dialogue.run()
    known = judged(session.ranges, learner, session.steps)
    if as_json:
        print_json(elicitation_report(session.case, party, session.ranges, learner, session.steps))
    else:
        for line in _result(opened, session, learner, known):
            click.echo(line)
    if session.steps:
        click.echo(f"Answers are kept in {path}; the same command goes on.", err=True)
    if signed is None:
        return
    signed = Signed(signed.by, signed.on, signed.because, len(session.steps))
    if not any(asked_about(known)):
        click.echo("Nothing was answered, so nothing is written.", err=True)
        return
    if output is not None:
        write_text(output, snippet(party, known, signed))
        click.echo(output, err=as_json)
    if own is not None:
        _write(own, opened, party, known, signed, as_json=as_json, dialogue=dialogue)


def _refuse_represented(case: Case, party: str) -> None:
    speaker = case.stand_in(party)
    if speaker != party:
        raise CaseError(
            where="PARTY",
            what=f"{party} is represented by the coded text of another party",
            got=party,
            allowed=f"Its numbers are those of {speaker}",
            hint=f"Ask for {speaker}",
        )


def _signed(case: Case, by: str | None, on: datetime.date | None, because: tuple[str, ...]) -> Signed:
    if by is None or not by.strip():
        raise DetenteError(
            where="--by",
            what="it is not said who judges",
            allowed="A number that is written has an author",
            hint="Add --by and a name",
        )
    for name in because:
        if case.public_since(name) is None:
            known = [*case.position, *case.statement, *case.event]
            raise CaseError(
                where="--because",
                what="the case has no such statement, position or event, or it was not public yet",
                got=name,
                allowed="Grounds are ids of the record",
                hint=nearest(name, known),
            )
    return Signed(by.strip(), datetime.date.today() if on is None else on, because, 0)


def _wanted(case: Case, party: str, issues: tuple[str, ...], every_option: bool) -> StartingRanges | None:
    """Return what a session would start from that asks about what the options name; None if they name nothing."""
    if not issues and not every_option:
        return None
    chosen = [named("--issue", "issue", issue, case.issue) for issue in issues] or None
    return starting_ranges(case, party, issues=chosen, every_option=every_option)


def _session(path: Path, case: Case, party: str, seed: int | None, wanted: StartingRanges | None) -> Session:
    """Return the session in a file, or a new one if there is no such file."""
    if not path.exists():
        ranges = starting_ranges(case, party) if wanted is None else wanted
        return Session(case.id, case_hash(case), party, 0 if seed is None else seed, ranges)
    session = load_session(path)
    unchanged = check_session(path, session, case, party)
    if seed is not None and seed != session.seed:
        raise CaseError(
            where="--seed",
            what=f"the session in {path} was begun with seed {session.seed}",
            got=seed,
            allowed="A session keeps its seed",
            hint="Leave --seed out, or begin another with --session",
        )
    if wanted is not None and wanted.options != session.ranges.options:
        raise CaseError(
            where="--issue, --every-option",
            what=f"the session in {path} asks about other options",
            allowed="A session keeps what it asks about",
            hint="Leave them out, or begin another with --session",
        )
    if not unchanged:
        click.echo(
            f"{path}: the case has changed since this session was begun; it goes on from what it started with.",
            err=True,
        )
    return session


def _result(case: Case, session: Session, learner: Learner, known: Judged) -> Iterator[str]:
    """Yield the result as text: what was asked about, and what does not fit."""
    weights, values = asked_about(known)
    who = Naming(case).the(session.party).text
    yield f"What {who} is taken to want, after {count_of(len(session.steps), 'comparison')}"
    if not weights and not values:
        yield "  Nothing was answered."
        return
    label = _label_width()
    over = f"{'range for the case':>{3 * NUMBER}}{'5% to 95%':>{RANGE}}{'before':>{RANGE}}  narrowed"
    yield f"{'':<{label}}{over}"
    yield " " * label + "".join(f"{word:>{NUMBER}}" for word in ("low", "mode", "high"))
    if weights:
        yield f"Weights (all together {session.ranges.total:.3g})"
        for issue, one in weights.items():
            yield _row(issue_name(case, issue), one, label)
    for issue, options in values.items():
        yield f"Values on {capped(issue_name(case, issue))}"
        for option, one in options.items():
            yield _row(option_name(case, issue, option), one, label)
    left = [len(known.weights) - len(weights), len(session.ranges.options) - sum(map(len, values.values()))]
    if any(left):
        yield f"Not asked about: {count_of(left[0], 'weight')}, {count_of(left[1], 'value')}; they stay as they are."
    found = list(inconsistencies(learner, session.steps))
    if all(one.misfit is Misfit.DEPARTS for one in found):
        yield "No answer contradicts the others."
    yield from inconsistent_lines(case, session, found)


def _label_width() -> int:
    """Return how wide names may be: as the terminal allows, 54 where the output is piped."""
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else LABEL + BESIDE
    return max(min(columns - BESIDE, LABEL), SHORTEST)


def _row(name: str, one: Judgement, label: int) -> str:
    name = name if len(name) <= label - 4 else f"{name[: label - 5]}…"
    numbers = "".join(f"{number:>{NUMBER}.3f}" for number in one.estimate)
    ranges = "".join(f"{f'{low:.3f}–{high:.3f}':>{RANGE}}" for low, _, high in (one.after, one.before))
    narrowed = f"by {one.narrowed:.0%}" if one.narrowed >= 0 else "wider"
    return f"  {name:<{label - 2}}{numbers}{ranges}  {narrowed}"


def _write(
    path: Path, case: Case, party: str, known: Judged, signed: Signed, *, as_json: bool, dialogue: Dialogue
) -> None:
    click.echo("This would change in the case:", err=True)
    for line in change_lines(case, party, known):
        click.echo(f"  {line}", err=True)
    if not dialogue.agreed("Write this? yes, or anything else to leave it > "):
        click.echo("The case is left as it was.", err=True)
        return
    for file in edit(path, changes(path, party, known, signed)):
        click.echo(file, err=as_json)

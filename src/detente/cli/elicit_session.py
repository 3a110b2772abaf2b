"""The session file of `detente elicit`: what was asked and answered, kept after every answer so that nothing is lost.

It holds all that the next question follows from (what the session started from, the seed, the answers), so it goes on
in the same way even if the case has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from detente.case.case import Case
from detente.case.digest import case_hash
from detente.case.save import to_yaml
from detente.case.yamlfile import Located, parse_yaml, read_text
from detente.cli.output import folder_to_write, plain, write_text
from detente.compile.elicitation import Range, StartingRanges
from detente.core.errors import CaseError, DetenteError
from detente.core.fields import Count, Id, Number, Part
from detente.maths.worths import Comparison
from detente.uncertainty.elicitation import Answer, Step, named

MOST_QUESTIONS = 30

HEAD = """\
# A session of `detente elicit`: the same command in the same folder goes on with it.
# Answers are judgements from public material of what the party is taken to want.
"""


@dataclass(frozen=True, slots=True)
class Session:
    """One elicitation of one party's weights and values."""

    case: str
    case_hash: str
    party: str
    seed: int
    ranges: StartingRanges
    steps: tuple[Step, ...] = ()

    def with_steps(self, steps: tuple[Step, ...]) -> Session:
        """Return the session with other answers."""
        return replace(self, steps=steps)


class _Side(Part):
    issue: Id
    options: tuple[Id, ...] = Field(min_length=1, max_length=2)


class _Answered(Part):
    first: _Side
    second: _Side
    answer: Answer


class _File(Part):
    elicitation: Literal["1"]
    case: Id
    case_hash: str
    party: Id
    seed: Count
    starting_weights: dict[Id, tuple[Number, Number, Number] | None] = Field(min_length=1)
    starting_values: dict[Id, dict[Id, tuple[Number, Number, Number] | None]]
    answers: tuple[_Answered, ...] = Field(default=(), max_length=MOST_QUESTIONS)


def check_place(path: Path) -> None:
    """Refuse a place where no session could be kept, before anything is asked.

    Raises
    ------
    DetenteError
        If the folder cannot be written to.
    """
    _or_another(lambda: folder_to_write(path.parent))


def save_session(path: Path, session: Session) -> None:
    """Write a session in one step: either all of it is there, or what was there before."""
    value = {
        "elicitation": "1",
        "case": session.case,
        "case_hash": session.case_hash,
        "party": session.party,
        "seed": session.seed,
        "starting_weights": session.ranges.weights,
        "starting_values": session.ranges.values,
        "answers": [named(step, session.ranges) for step in session.steps],
    }
    _or_another(lambda: write_text(path, HEAD + to_yaml(plain(value))))


def _or_another(action: Callable[[], object]) -> None:
    """Do something with the session's file; a refusal names the option that chooses another."""
    try:
        action()
    except DetenteError as error:
        hint = "Name another file with --session"
        raise DetenteError(
            where=error.where, what=error.what, got=error.got, allowed=error.allowed, hint=hint
        ) from None


def load_session(path: Path) -> Session:
    """Return the session in a file.

    Raises
    ------
    CaseError
        If it is no session, or one that does not fit together.
    """
    located = parse_yaml(read_text(path), str(path))
    if not isinstance(located.data, dict) or "elicitation" not in located.data:
        raise CaseError(
            where=str(path),
            what="this is no session of `detente elicit`",
            allowed="A session is the file that the command has written",
            hint="Name another file with --session",
        )
    try:
        file = _File.model_validate(located.data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = tuple(first["loc"])
        what = f"{'.'.join(map(str, place))}: {first['msg'][:1].lower()}{first['msg'][1:]}"
        raise _broken(located, place, what) from None
    return _session(file, located)


def check_session(path: Path, session: Session, case: Case, party: str) -> bool:
    """Return whether the case is still the one that the session was begun with.

    Raises
    ------
    CaseError
        If the session is about another case or party, or the case has lost something that it asks about.
    """
    for kind, begun, now in (("case", session.case, case.id), ("party", session.party, party)):
        if begun != now:
            raise CaseError(
                where=str(path),
                what=f"this session is about another {kind}",
                got=begun,
                allowed=f"Asked for is {kind} {now}",
                hint="Name another file with --session, or move this one away",
            )
    for issue, option in session.ranges.options:
        if issue not in case.issue or all(one.id != option for one in case.issue[issue].options):
            raise CaseError(
                where=str(path),
                what="the session asks about an option that the case no longer has",
                got=f"{issue}, {option}",
                allowed="A session goes on while all its options are there",
                hint="Begin a new session with another --session",
            )
    return session.case_hash == case_hash(case)


def _session(file: _File, located: Located) -> Session:
    ranges = StartingRanges(file.starting_weights, file.starting_values)
    if list(ranges.weights) != list(ranges.values):
        raise _broken(located, ("starting_values",), "these are not the issues of starting_weights, in their order")
    for issue, weight in ranges.weights.items():
        _check_range(located, ("starting_weights", issue), weight, None)
    for issue, options in ranges.values.items():
        if len(options) < 2:
            raise _broken(located, ("starting_values", issue), "there are not two options to compare")
        for option, value in options.items():
            _check_range(located, ("starting_values", issue, option), value, 1.0)
    places = {name: at for at, name in enumerate(ranges.options)}
    steps: list[Step] = []
    for at, entry in enumerate(file.answers):
        sides = []
        for name, side in (("first", entry.first), ("second", entry.second)):
            for option in side.options:
                if (side.issue, option) not in places:
                    what = f"the session did not start from this option ({side.issue}, {option})"
                    raise _broken(located, ("answers", at, name), what)
            sides.append(tuple(places[side.issue, option] for option in side.options))
        asked = Comparison(sides[0], sides[1])
        if not _is_question(asked, entry):
            raise _broken(located, ("answers", at), "this answer belongs to no question that is asked")
        if any(asked.key() == step.asked.key() for step in steps):
            raise _broken(located, ("answers", at), "this question is answered twice")
        steps.append(Step(asked, entry.answer))
    return Session(file.case, file.case_hash, file.party, file.seed, ranges, tuple(steps))


def _check_range(located: Located, place: tuple[str, ...], given: Range | None, most: float | None) -> None:
    if given is None:
        return
    low, mode, high = given
    if not (0 <= low <= mode <= high and low < high) or (most is not None and high > most):
        raise _broken(located, place, f"{low:g}, {mode:g}, {high:g} is no range with a low below its high")


def _is_question(asked: Comparison, entry: _Answered) -> bool:
    sides = {frozenset(asked.first), frozenset(asked.second)}
    distinct = len(sides) == 2 and all(len(set(side)) == len(side) for side in (asked.first, asked.second))
    if not distinct or len(asked.first) != len(asked.second):
        return False
    same_issue = entry.first.issue == entry.second.issue
    return (same_issue and bool(len(asked.first) == 1 or set.intersection(*map(set, sides)))) or (
        not same_issue and len(asked.first) == 2
    )


def _broken(located: Located, place: tuple[str | int, ...], what: str) -> CaseError:
    return CaseError(
        where=f"{located.file}:{located.line(place)}",
        what=what,
        allowed="The file is as the command wrote it, or as another session of it would be",
        hint="Undo the edit, or begin a new session with another --session",
    )

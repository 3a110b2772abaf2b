"""The dialogue of `detente elicit`: questions on standard error, answers from standard input."""

from __future__ import annotations

import io
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import click

from detente.case.case import Case
from detente.cli.elicit_session import Session
from detente.cli.names import issue_name, joined
from detente.core.errors import LONGEST_VALUE, shortened
from detente.maths.worths import Comparison
from detente.uncertainty.elicitation import (
    Answer,
    Inconsistency,
    Learner,
    Misfit,
    Step,
    inconsistencies,
    next_question,
)
from detente.wording import elicitation as words

WIDTH = 100

MOST_SHOWN = 5
"""How many inconsistencies are shown in words at once."""


class Wish(StrEnum):
    """What one may type besides an answer."""

    UNDO = "undo"
    REDO = "redo"
    LIST = "list"
    QUIT = "quit"


ANSWERS = {
    Answer.FIRST: ("1",),
    Answer.SECOND: ("2",),
    Answer.SAME: ("same", "s", "="),
    Answer.UNKNOWN: ("don't know", "dont know", "don’t know", "d", "?", "unknown"),
}
WISHES = {Wish.UNDO: ("undo", "u"), Wish.LIST: ("list", "l"), Wish.QUIT: ("quit", "q", "exit")}
_WORDS: dict[str, Answer | Wish] = {
    word: meaning for table in (ANSWERS, WISHES) for meaning, known in table.items() for word in known
}
_REDO = re.compile(r"(?:redo|r)\s*(\d{1,3})")
PROMPT = "1, 2, same, don't know (d), undo, redo K, list, quit > "
PROMPT_AGAIN = "1, 2, same, don't know (d); Enter keeps it > "
PROMPT_END = "redo K, undo, list; Enter ends > "


@dataclass(frozen=True, slots=True)
class Typed:
    """One line that was typed: an answer, a wish with its number, or neither."""

    meaning: Answer | Wish | None
    number: int = 0
    text: str = ""


def typed(line: str) -> Typed:
    """Return what a line means.

    Examples
    --------
    >>> typed("SAME").meaning, typed(" redo 4 ").number, typed("3").meaning
    (<Answer.SAME: 'same'>, 4, None)
    """
    text = " ".join(line.split()).lower()
    redo = _REDO.fullmatch(text)
    if redo is not None:
        return Typed(Wish.REDO, int(redo[1]), text)
    return Typed(_WORDS.get(text), 0, text)


class Dialogue:
    """One conversation; `keep` is called with the session after every change, before anything else happens."""

    def __init__(
        self, case: Case, session: Session, learner: Learner, limit: int, keep: Callable[[Session], None]
    ) -> None:
        self.case, self.session, self.learner, self.limit, self.keep = case, session, learner, limit, keep
        self.shown: set[tuple[int, ...]] = set()
        self.ended = False
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")

    def run(self) -> Session:
        """Ask until all is asked, or whoever answers has had enough; return the session as it then is."""
        _say(words.introduction(self.case, self.session.party))
        left = [issue.id for issue in self.case.issues if issue.id not in self.session.ranges.weights]
        if left:
            _say(f"Not asked about: {joined(issue_name(self.case, issue) for issue in left)}.")
        if self.session.steps:
            _say(f"The session goes on after {_answers(len(self.session.steps))}.")
            self._show_inconsistencies()
        while not self.ended:
            steps = self.session.steps
            question = next_question(self.learner, steps) if len(steps) < self.limit else None
            if question is None:
                self._finish()
            else:
                self._ask(question)
        return self.session

    def agreed(self, prompt: str) -> bool:
        """Ask for a yes; the end of the input is none."""
        return self._listen(prompt).text in ("yes", "y")

    def _ask(self, question: Comparison) -> None:
        self._show(len(self.session.steps) + 1, question)
        said = self._listen(PROMPT)
        if isinstance(said.meaning, Answer):
            self._set((*self.session.steps, Step(question, said.meaning)))
            self._show_inconsistencies()
        elif said.meaning is None:
            _say(_not_understood(said.text, "1, 2, same, don't know, undo, redo 3, list, quit"))
        else:
            self._obey(said)

    def _finish(self) -> None:
        count = len(self.session.steps)
        if count >= self.limit:
            _say(f"{_answers(count)} of at most {self.limit} given.")
        else:
            _say(f"{_answers(count)} given; there is no other question to ask.")
        said = self._listen(PROMPT_END)
        if not said.text or isinstance(said.meaning, Wish):
            self._obey(said if said.text else Typed(Wish.QUIT))
        else:
            _say(_not_understood(said.text, "redo 3, undo, list, Enter"))

    def _obey(self, said: Typed) -> None:
        steps = self.session.steps
        if said.meaning is Wish.QUIT:
            self.ended = True
        elif said.meaning is Wish.LIST:
            for line in self._listed(range(len(steps))):
                _say(line)
            if not steps:
                _say("Nothing is answered yet.")
        elif said.meaning is Wish.UNDO:
            if steps:
                self._set(steps[:-1])
                _say(f"Answer {len(steps)} is taken back.")
            else:
                _say("There is no answer to take back.")
        else:
            self._redo(said.number)

    def _redo(self, number: int) -> None:
        steps = self.session.steps
        if not 1 <= number <= len(steps):
            _say(f"There is no answer {number}; so far there are {len(steps)}.")
            return
        self._show(number, steps[number - 1].asked)
        said = self._listen(PROMPT_AGAIN)
        if not isinstance(said.meaning, Answer):
            _say(f"Answer {number} stays as it was.")
            return
        self._set((*steps[: number - 1], Step(steps[number - 1].asked, said.meaning), *steps[number:]))
        _say(f"Answer {number} is replaced.")
        self.shown.clear()
        self._show_inconsistencies()

    def _set(self, steps: tuple[Step, ...]) -> None:
        self.session = self.session.with_steps(steps)
        self.keep(self.session)

    def _show(self, number: int, question: Comparison) -> None:
        first, second = self.session.ranges.sides(question)
        asked = words.question(self.case, self.session.party, first, second)
        click.echo(err=True)
        _say(f"{number} of {max(self.limit, number)} · {asked.text}")
        _say(f"1  {asked.first}", 2)
        _say(f"2  {asked.second}", 2)

    def _show_inconsistencies(self) -> None:
        found = inconsistencies(self.learner, self.session.steps)
        new = [one for one in found if one.steps not in self.shown]
        self.shown |= {one.steps for one in new}
        for line in inconsistent_lines(self.case, self.session, new):
            _say(line)

    def _listed(self, places: range) -> Iterator[str]:
        for at in places:
            yield answer_line(self.case, self.session, at)

    def _listen(self, prompt: str) -> Typed:
        """Return what is typed next; the end of the input is a wish to end."""
        click.echo(prompt, nl=False, err=True)
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            click.echo(err=True)
            self.ended = True
            return Typed(Wish.QUIT, text="quit")
        if not sys.stdin.isatty():
            click.echo(shortened(line, WIDTH), err=True)
        return typed(line)


def inconsistent_lines(case: Case, session: Session, found: list[Inconsistency]) -> Iterator[str]:
    """Yield answers that do not fit in words, each with the offer to answer again."""
    for one in found[:MOST_SHOWN]:
        numbers = [at + 1 for at in one.steps]
        if one.probability is None:
            yield f"! {words.circle(numbers)}:"
        else:
            told = words.departing if one.misfit is Misfit.DEPARTS else words.improbable
            yield f"! {told(numbers[0], one.probability)}:"
        for at in one.steps:
            yield f"  {answer_line(case, session, at)}"
        offers = " or ".join(f"`redo {number}`" for number in numbers)
        yield f"  {offers} asks again; leaving them is an answer too."
    if len(found) > MOST_SHOWN:
        yield f"! {len(found) - MOST_SHOWN} more do not fit; --json lists all."


def answer_line(case: Case, session: Session, at: int) -> str:
    """Return an answer as a numbered sentence."""
    step = session.steps[at]
    said = words.sentence(case, *session.ranges.sides(step.asked), step.answer.value)
    return f"{at + 1}. {said[0].upper()}{said[1:]}."


def _answers(count: int) -> str:
    return f"{count} answer" if count == 1 else f"{count} answers"


def _not_understood(text: str, allowed: str) -> str:
    got = shortened(text, LONGEST_VALUE)
    return f'This was not understood, got "{got}". Type one of: {allowed}.' if text else f"Type one of: {allowed}."


def _say(text: str, indent: int = 0) -> None:
    """Print a text on standard error, broken to the width of the terminal."""
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
    lead = len(text) - len(text.lstrip()) + indent
    hang = " " * (lead + (3 if indent else 2 if text[:1] in "! 123456789" else 0))
    body = textwrap.wrap(text.strip(), max(width, 40), initial_indent=" " * lead, subsequent_indent=hang)
    click.echo("\n".join(body), err=True)

"""Comparisons in words: the question, an answer as a sentence, and answers that do not fit.

A question is about what a party is taken to want, judged from what is public; it is never put as what the party wants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.case import Case
from detente.compile.elicitation import Side
from detente.wording.naming import Naming

INTRODUCTION = (
    "You judge, from public material only, what {party} is taken to want. Where only something that is not public "
    "could tell, the answer is: don't know."
)


@dataclass(frozen=True, slots=True)
class Question:
    """A comparison as it is asked: a sentence, and the two answers to choose from."""

    text: str
    first: str
    second: str


def introduction(case: Case, party: str) -> str:
    """Return what is said before the first question."""
    return INTRODUCTION.format(party=Naming(case).the(party).text)


def question(case: Case, party: str, first: Side, second: Side) -> Question:
    """Return a comparison in words.

    Parameters
    ----------
    first, second : Side
        Two options of one issue; two steps that share their first-named or another option; or changes on two issues.
    """
    naming = Naming(case)
    who, issue = naming.the(party).text, naming.file(first.issue).text
    if len(first.options) == 1:
        one, other = _options(naming, first)[0], _options(naming, second)[0]
        return Question(f"On {issue}: which option is taken to be worth more to {who}?", one, other)
    if first.issue == second.issue:
        middle, far, near = _step(naming, first, second)
        return Question(f"On {issue}: which of these is {middle} taken to be nearer to, in worth to {who}?", near, far)
    text = f"Which is taken to count for more with {who}?"
    return Question(text, _change(naming, first), _change(naming, second))


def sentence(case: Case, first: Side, second: Side, answer: str) -> str:
    """Return an answer (`first`, `second`, `same`, `unknown`) as a sentence without its stop."""
    naming = Naming(case)
    issue = naming.file(first.issue).text
    if len(first.options) == 1:
        one, other = _options(naming, first)[0], _options(naming, second)[0]
        about = f"on {issue}, "
        more, same = "{0} is worth more than {1}", "{0} and {1} are worth about the same"
        unknown = "which of {0} and {1} is worth more is not known"
    elif first.issue == second.issue:
        middle, other, one = _step(naming, first, second)
        about = f"on {issue}, "
        more = f"{middle} is nearer in worth to {{0}} than to {{1}}"
        same = f"{middle} is about as near in worth to {{0}} as to {{1}}"
        unknown = f"whether {middle} is nearer in worth to {{0}} or to {{1}} is not known"
    else:
        one, other, about = _change(naming, first), _change(naming, second), ""
        more, same = "{0} counts for more than {1}", "{0} counts for about as much as {1}"
        unknown = "which counts for more is not known: {0}, or {1}"
    if answer == "second":
        one, other = other, one
    form = {"same": same, "unknown": unknown}.get(answer, more)
    return about + form.format(one, other)


def circle(numbers: Sequence[int]) -> str:
    """Return what is said of answers that go round in a circle, by their numbers."""
    shown = ", ".join(map(str, numbers[:-1])) + f" and {numbers[-1]}"
    return f"Answers {shown} go round in a circle, each saying that one thing counts for more than the next"


def improbable(number: int, probability: float) -> str:
    """Return what is said of an answer that all other answers make improbable."""
    return f"Answer {number} does not fit the other answers, which gave it a probability of {_percent(probability)}"


def departing(number: int, probability: float) -> str:
    """Return what is said of an answer that the starting ranges alone make improbable."""
    return (
        f"Answer {number} departs from the numbers that the case has so far, "
        f"which with the other answers gave it a probability of {_percent(probability)}"
    )


def _percent(probability: float) -> str:
    return f"{max(round(100 * probability), 1)}%"


def _options(naming: Naming, side: Side) -> list[str]:
    return [naming.option(side.issue, option).text for option in side.options]


def _change(naming: Naming, side: Side) -> str:
    one, other = _options(naming, side)
    return f"the difference between {one} and {other} on {naming.file(side.issue).text}"


def _step(naming: Naming, first: Side, second: Side) -> tuple[str, str, str]:
    """Return the option that two steps share, the end of the first step, and that of the second.

    Who says that the first step is the larger says that the shared option is nearer to the end of the second.
    """
    middle = next(option for option in first.options if option in second.options)
    far, near = (next(one for one in side.options if one != middle) for side in (first, second))
    names = [naming.option(first.issue, option).text for option in (middle, far, near)]
    return names[0], names[1], names[2]

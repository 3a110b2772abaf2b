"""Sentences made of runs: what the program says itself, what it quotes, what it counts, what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from detente.case.position import Basis


class Kind(StrEnum):
    """Whose words a run is."""

    OWN = "own"  # the program's own voice
    LABEL = "label"  # a name or title from the case, in the words of its authors
    QUOTED = "quoted"  # a party's words or proposal, or a paraphrase of them; attributed beside it
    NUMBER = "number"  # a quantity that the brief counts


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence.

    `basis` says how what it reports is known: stated is printed with a solid line, inferred with a dashed one.
    `cites` are the ids of the statements behind it; they become note numbers. `exact` is what a rounded text stands
    for; only the JSON form holds it.
    """

    text: str
    kind: Kind = Kind.OWN
    basis: Basis | None = None
    cites: tuple[str, ...] = ()
    exact: str = ""


Runs = tuple[Run, ...]
Part = str | Run | Sequence["Part"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, what it rests on, and the definition of what it counts.

    Attributes
    ----------
    runs : tuple of Run
        The words in order.
    rests_on : tuple of str
        Ids of positions and statements.
    meaning : tuple of Run
        What the counted words mean, printed beside it; empty if it counts nothing.
    lists : tuple of str
        Ids of the consent lists under which it holds; empty if it depends on none.
    """

    runs: Runs
    rests_on: tuple[str, ...] = ()
    meaning: Runs = ()
    lists: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return text_of_runs(self.runs)


def sentence(*parts: Part, because: Iterable[str] = (), meaning: Part = (), lists: Iterable[str] = ()) -> Sentence:
    """Return a sentence from strings, runs and nested sequences of them; its first letter is made a capital."""
    runs = list(flat(parts))
    if runs:
        runs[0] = replace(runs[0], text=capital(runs[0].text))
    return Sentence(tuple(runs), tuple(dict.fromkeys(because)), tuple(flat(meaning)), tuple(lists))


def flat(part: Part) -> Iterable[Run]:
    """Yield the runs of nested parts; a string is the program's own voice."""
    if isinstance(part, str):
        if part:
            yield Run(part)
    elif isinstance(part, Run):
        yield part
    else:
        for piece in part:
            yield from flat(piece)


def text_of_runs(runs: Iterable[Run]) -> str:
    """Return runs as plain text."""
    return "".join(run.text for run in runs)


def capital(text: str) -> str:
    """Return the text with a capital first letter, past an opening mark; a short label of ours stays as it is."""
    if text[:1] == "‹":
        return text
    at = 1 if text[:1] in "‘“(" else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def label(text: str) -> Run:
    """Return a name or title from the case."""
    return Run(text, Kind.LABEL)


def quoted(text: str, *, basis: Basis | None = None, cites: Iterable[str] = ()) -> Run:
    """Return a party's own words or proposal."""
    return Run(text, Kind.QUOTED, basis, tuple(cites))


def each_quoted(text: str) -> tuple[Part, ...]:
    """Return wordings that a record joins by semicolons, each within marks of its own."""
    pieces = re.split(r";(?![^(]*\))", text)
    return separated([quoted(f"“{piece.strip()}”") for piece in pieces if piece.strip()])


_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def count(number: int, one: str = "", many: str | None = None) -> tuple[Run, ...]:
    """Return a counted quantity, in words up to twelve: `count(5, "variant")` gives "five variants"."""
    word = _WORDS[number] if 0 <= number < len(_WORDS) else f"{number:,}"
    noun = one if number == 1 else (many if many is not None else f"{one}s" if one else "")
    return (Run(word, Kind.NUMBER), *((Run(f" {noun}"),) if noun else ()))


def series(parts: Sequence[Part], last: str = "and") -> tuple[Part, ...]:
    """Return parts joined as in "A, B and C"; as in "A; B, C; and D" where a name holds a comma itself."""
    between = mark_between(parts)
    before_last = f" {last} " if between == ", " else f"; {last} "
    joined: list[Part] = []
    for at, part in enumerate(parts):
        if at:
            joined.append(before_last if at == len(parts) - 1 else between)
        joined.append(part)
    return tuple(joined)


def mark_between(parts: Iterable[Part]) -> str:
    """Return what stands between names in a row: a semicolon if one of them holds a comma, else a comma."""
    names = (part.text for part in parts if isinstance(part, Run) and part.kind is Kind.LABEL)
    return "; " if any(", " in name and not name.startswith("‹") for name in names) else ", "


def some_of(parts: Sequence[Part], most: int, rest: str = "others") -> tuple[Part, ...]:
    """Return at most so many parts as a series, ending in "and others" if some are left out."""
    return series(parts) if len(parts) <= most else series([*parts[:most], rest])


def verb(names: Sequence[Run], one: str, many: str) -> str:
    """Return the verb that fits: several names, or one such as "states that supply arms" or "A, B", take the plural."""
    if len(names) != 1 or "," in names[0].text:
        return many
    words = re.split(r" (?:that|of|who|which|in|using|reported|seeking) ", names[0].text, maxsplit=1)[0].split()
    return many if words[-1][0].islower() and words[-1].endswith("s") else one


def separated(parts: Sequence[Part], mark: str = "; ") -> tuple[Part, ...]:
    """Return parts with a mark between them."""
    joined: list[Part] = []
    for at, part in enumerate(parts):
        joined += [mark, part] if at else [part]
    return tuple(joined)

"""The one grammar for rules over issues: `issue in [options]`, `and`, `or`, `not`, `if … then …`.

Links, red lines, interactions, infeasible states and the availability of moves are all written in it::

    A04 in [o2, o3]
    not (A18 in [o1] and A20 in [o1])
    if deployments in [rollback] then territory in [status-quo]

A condition over a partial package has three values: true, false, and not decided yet (``None``).

A switch of the graph model is read as an issue with the options Y (taken) and N (not taken); where switches are meant,
its bare name stands for `name in [Y]`: `attack and not release`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


class Condition:
    """A rule over issues; one of `Among`, `Not`, `Every`, `Some`, `Implies`."""

    __slots__ = ()

    def holds(self, package: Mapping[str, str]) -> bool | None:
        """Return whether a package (issue → option) satisfies the rule, or None while unset issues could decide."""
        raise NotImplementedError  # pragma: no cover - every subclass defines it

    def atoms(self) -> Iterator[Among]:
        """Yield each `issue in [options]` of the rule, left to right."""
        raise NotImplementedError  # pragma: no cover - every subclass defines it

    def issues(self) -> tuple[str, ...]:
        """Return the issues that the rule reads, in order of first mention."""
        return tuple(dict.fromkeys(atom.issue for atom in self.atoms()))


@dataclass(frozen=True, slots=True)
class Among(Condition):
    """The chosen option of an issue is among some."""

    issue: str
    options: tuple[str, ...]

    def holds(self, package: Mapping[str, str]) -> bool | None:
        chosen = package.get(self.issue)
        return None if chosen is None else chosen in self.options

    def atoms(self) -> Iterator[Among]:
        yield self

    def __str__(self) -> str:
        return f"{_word(self.issue)} in [{', '.join(map(_word, self.options))}]"


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The rule does not hold."""

    rule: Condition

    def holds(self, package: Mapping[str, str]) -> bool | None:
        value = self.rule.holds(package)
        return None if value is None else not value

    def atoms(self) -> Iterator[Among]:
        yield from self.rule.atoms()

    def __str__(self) -> str:
        return f"not {_inner(self.rule)}"


@dataclass(frozen=True, slots=True)
class Every(Condition):
    """All rules hold."""

    rules: tuple[Condition, ...]

    def holds(self, package: Mapping[str, str]) -> bool | None:
        values = [rule.holds(package) for rule in self.rules]
        if False in values:
            return False
        return None if None in values else True

    def atoms(self) -> Iterator[Among]:
        for rule in self.rules:
            yield from rule.atoms()

    def __str__(self) -> str:
        return " and ".join(map(_inner, self.rules))


@dataclass(frozen=True, slots=True)
class Some(Condition):
    """At least one rule holds."""

    rules: tuple[Condition, ...]

    def holds(self, package: Mapping[str, str]) -> bool | None:
        values = [rule.holds(package) for rule in self.rules]
        if True in values:
            return True
        return None if None in values else False

    def atoms(self) -> Iterator[Among]:
        for rule in self.rules:
            yield from rule.atoms()

    def __str__(self) -> str:
        return " or ".join(map(_inner, self.rules))


@dataclass(frozen=True, slots=True)
class Implies(Condition):
    """Whenever one rule holds, another does."""

    given: Condition
    then: Condition

    def holds(self, package: Mapping[str, str]) -> bool | None:
        given, then = self.given.holds(package), self.then.holds(package)
        if given is False or then is True:
            return True
        return None if given is None or then is None else False

    def atoms(self) -> Iterator[Among]:
        yield from self.given.atoms()
        yield from self.then.atoms()

    def __str__(self) -> str:
        return f"if {_inner(self.given)} then {_inner(self.then)}"


def condition_words(rule: Condition, atom: Callable[[Among], str]) -> str:
    """Return a rule as a clause, given words for `issue in [options]`.

    Examples
    --------
    >>> condition_words(
    ...     parse_condition("A in [x] and not B in [y]"), lambda among: f"{among.issue} at {among.options[0]}"
    ... )
    'A at x together with anything but B at y'
    """

    def inner(part: Condition) -> str:
        words = condition_words(part, atom)
        return words if isinstance(part, Among | Not) else f"({words})"

    match rule:
        case Among():
            return atom(rule)
        case Not(rule=Not(rule=twice)):
            return condition_words(twice, atom)
        case Not(rule=denied):
            return f"anything but {inner(denied)}"
        case Every(rules=rules):
            return " together with ".join(map(inner, rules))
        case Some(rules=rules):
            return ", or ".join(map(inner, rules))
        case Implies(given=given, then=then):
            return f"if {inner(given)}, then {inner(then)}"
    raise TypeError(f"no condition: {rule!r}")


_NAME = re.compile(r"[\w.+-]+")
_TOKEN = re.compile(r'\s*(?:(?P<name>[\w.+-]+)|"(?P<quoted>[^"]*)"|(?P<mark>[\[\](),]))')
_KEYWORDS = frozenset({"in", "and", "or", "not", "if", "then"})
_DEEPEST = 60


TAKEN = "Y"
"""The option of a switch that is taken; the other is `NOT_TAKEN`."""

NOT_TAKEN = "N"


def parse_condition(text: str, *, switches: bool = False) -> Condition:
    """Return the condition that a text says.

    Parameters
    ----------
    text : str
        The condition.
    switches : bool
        Whether it is over switches, so that a bare name stands for `name in [Y]`.

    Raises
    ------
    ValueError
        With the column and what was expected there.

    Examples
    --------
    >>> str(parse_condition("not A in [x] or (B in [y, z])"))
    'not A in [x] or B in [y, z]'
    >>> str(parse_condition("attack and not release", switches=True))
    'attack in [Y] and not release in [Y]'
    """
    reader = _Reader(text, switches)
    rule = reader.rule(0)
    reader.end()
    return rule


class _Reader:
    """A recursive-descent reader of one condition."""

    def __init__(self, text: str, switches: bool) -> None:
        self._switches = switches
        self._tokens = list(_split(text))
        self._at = 0

    def rule(self, depth: int) -> Condition:
        if depth > _DEEPEST:
            raise ValueError(f"nested deeper than {_DEEPEST} levels. Split the condition")
        if self._take("if"):
            given = self._alternatives(depth + 1)
            self._expect("then")
            return Implies(given, self.rule(depth + 1))
        return self._alternatives(depth)

    def end(self) -> None:
        word, column, _ = self._tokens[self._at]
        if word is not None:
            raise ValueError(f'column {column}: "{word}" is not expected here')

    def _alternatives(self, depth: int) -> Condition:
        rules = [self._conjunction(depth)]
        while self._take("or"):
            rules.append(self._conjunction(depth))
        return rules[0] if len(rules) == 1 else Some(tuple(rules))

    def _conjunction(self, depth: int) -> Condition:
        rules = [self._single(depth)]
        while self._take("and"):
            rules.append(self._single(depth))
        return rules[0] if len(rules) == 1 else Every(tuple(rules))

    def _single(self, depth: int) -> Condition:
        if depth > _DEEPEST:
            raise ValueError(f"nested deeper than {_DEEPEST} levels. Split the condition")
        if self._take("not"):
            return Not(self._single(depth + 1))
        if self._take("("):
            rule = self.rule(depth + 1)
            self._expect(")")
            return rule
        issue = self._name("a switch" if self._switches else "an issue")
        if self._switches and not self._next_is("in"):
            return Among(issue, (TAKEN,))
        self._expect("in")
        self._expect("[")
        options = [self._name("an option")]
        while self._take(","):
            options.append(self._name("an option"))
        self._expect("]")
        return Among(issue, tuple(dict.fromkeys(options)))

    def _next_is(self, word: str) -> bool:
        return self._tokens[self._at][0] == word and not self._tokens[self._at][2]

    def _take(self, word: str) -> bool:
        if self._next_is(word):
            self._at += 1
            return True
        return False

    def _expect(self, word: str) -> None:
        if not self._take(word):
            raise ValueError(f'column {self._tokens[self._at][1]}: "{word}" is expected')

    def _name(self, what: str) -> str:
        word, column, quoted = self._tokens[self._at]
        if word is None or (not quoted and (word in _KEYWORDS or not _NAME.fullmatch(word))):
            raise ValueError(f"column {column}: {what} is expected")
        self._at += 1
        return word


def _split(text: str) -> Iterator[tuple[str | None, int, bool]]:
    """Yield (word, column from 1, was it quoted), and at the end (None, column, False)."""
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            column = at + len(text[at:]) - len(text[at:].lstrip()) + 1
            raise ValueError(f'column {column}: "{text[column - 1]}" is not expected here')
        kind = match.lastgroup
        assert kind is not None
        yield match[kind], match.start(kind) + 1, kind == "quoted"
        at = match.end()
    yield None, len(text) + 1, False


def _word(name: str) -> str:
    return name if _NAME.fullmatch(name) and name not in _KEYWORDS else f'"{name}"'


def _inner(rule: Condition) -> str:
    return str(rule) if isinstance(rule, (Among, Not)) else f"({rule})"

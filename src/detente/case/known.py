"""The ids that a case defines, and what is wrong with a name that is none of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from detente.case.case import Case
from detente.case.problem import PathTo, Problem, alike, did_you_mean
from detente.core.condition import Condition


class Known:
    """The ids that a case defines, by what they name."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def parties(self) -> frozenset[str]:
        return frozenset(self.case.party)

    @cached_property
    def actors(self) -> frozenset[str]:
        return frozenset((*self.case.party, *self.case.actors, *(one.id for one in self.case.third_parties)))

    @cached_property
    def seats(self) -> frozenset[str]:
        return frozenset((*self.case.party, *(one.id for one in self.case.third_parties), *self.case.actors))

    @cached_property
    def issues(self) -> frozenset[str]:
        return frozenset(self.case.issue)

    @cached_property
    def options(self) -> Mapping[str, frozenset[str]]:
        return {issue.id: frozenset(option.id for option in issue.options) for issue in self.case.issues}

    @cached_property
    def evidence(self) -> frozenset[str]:
        return frozenset((*self.case.statement, *self.case.position, *self.case.event))

    @cached_property
    def scenarios(self) -> frozenset[str]:
        return frozenset(scenario.id for scenario in self.case.no_agreement.scenarios)


def unknown(name: str, known: Iterable[str], what: str, path: PathTo, hint: str = "") -> Iterator[Problem]:
    """Yield a problem if a name names nothing."""
    known = known if isinstance(known, (frozenset, Mapping)) else frozenset(known)
    if name not in known:
        choices = sorted(known)
        meant = did_you_mean(name, choices) or alike(name, choices)
        yield Problem(path, f"there is no such {what}", name, meant, hint or f"Correct the id, or define the {what}")


def each_unknown(names: Iterable[str], known: Iterable[str], what: str, path: PathTo) -> Iterator[Problem]:
    """Yield a problem for each name that names nothing, at its place in the list."""
    for place, name in enumerate(names):
        yield from unknown(name, known, what, (*path, place))


def unknown_grounds(names: Iterable[str], known: Known, path: PathTo) -> Iterator[Problem]:
    """Yield a problem for each ground that is no statement, position or event."""
    yield from each_unknown(names, known.evidence, "statement, position or event", path)


def repeated(names: Sequence[str], path: PathTo) -> Iterator[Problem]:
    """Yield a problem for each name that a list holds already."""
    for place, name in enumerate(names):
        if name in names[:place]:
            yield Problem((*path, place), "this id stands here twice", name, hint="Remove one of them")


def unknown_in(rule: Condition, known: Known, path: PathTo) -> Iterator[Problem]:
    """Yield a problem for each issue or option that a condition names and the case does not have."""
    for atom in rule.atoms():
        if atom.issue not in known.issues:
            yield from unknown(atom.issue, known.issues, "issue", path)
            continue
        for option in atom.options:
            yield from unknown(option, known.options[atom.issue], f'option of issue "{atom.issue}"', path)

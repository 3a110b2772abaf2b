"""How far two reviewers agree, and where they do not."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations

from detente.case.review.decision import Decision, differences
from detente.case.review.folder import Review
from detente.maths.agreement import Kappa, cohens_kappa


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A coding that two reviewers decided differently, in which respects, and whether somebody resolved it."""

    item: str
    differs: tuple[str, ...]
    first: Decision
    second: Decision
    resolved: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on the codings that both decided.

    Attributes
    ----------
    first, second : str
        Their names; `blind` names those who decided some of these without sight of the machine's act.
    kappas : mapping of str to Kappa
        `accept` over all that both decided, `act`, `actor`, `target` over what both kept. Several actors, or targets,
        are one category: {A, B} is another one than {A}.
    """

    first: str
    second: str
    blind: tuple[str, ...]
    kappas: Mapping[str, Kappa]
    disagreements: tuple[Disagreement, ...]


_CODES: Mapping[str, Callable[[Decision], Hashable]] = {
    "act": lambda one: one.codes.act.value if one.codes else None,
    "actor": lambda one: frozenset(one.codes.actors) if one.codes else None,
    "target": lambda one: frozenset(one.codes.targets) if one.codes else None,
}


def agreements(review: Review) -> tuple[Agreement, ...]:
    """Return the agreement of every two reviewers who decided some of the same codings, most in common first."""
    independent = {
        item: {one.by: one for one in decisions if not one.resolves} for item, decisions in review.standing().items()
    }
    resolved = {item for item, decisions in review.standing().items() if any(one.resolves for one in decisions)}
    names = list(dict.fromkeys(one.by for one in review.decisions if not one.resolves))
    found = []
    for first, second in combinations(names, 2):
        both = {
            item: (mine[first], mine[second])
            for item, mine in independent.items()
            if first in mine and second in mine and item in review.items
        }
        if both:
            found.append(_agreement(first, second, both, resolved))
    return tuple(sorted(found, key=lambda one: -one.kappas["accept"].items))


def _agreement(first: str, second: str, both: Mapping[str, tuple[Decision, Decision]], resolved: set[str]) -> Agreement:
    pairs = list(both.values())
    kept = [(one, other) for one, other in pairs if one.keeps and other.keeps]
    kappas = {"accept": cohens_kappa((one.keeps, other.keeps) for one, other in pairs)}
    kappas |= {name: cohens_kappa((code(one), code(other)) for one, other in kept) for name, code in _CODES.items()}
    apart = [
        Disagreement(item, differs, one, other, item in resolved)
        for item, (one, other) in both.items()
        if (differs := differences(one, other))
    ]
    blind = tuple(name for k, name in enumerate((first, second)) if any(pair[k].blind for pair in pairs))
    return Agreement(first, second, blind, kappas, tuple(apart))

"""Which package is meant by a word: a text on the table, a solution, the status quo, no agreement, or a choice.

| word | package |
|---|---|
| the id of a tabled text or of a package of the case | what it demands; open where it says nothing |
| `nash`, `kalai-smorodinsky`, `egalitarian`, `utilitarian` | the solution under each consent list |
| `nash:2` and the like | the second of several solutions that tie |
| `status-quo` | the options that the case marks as the status quo; open where it marks none |
| `no-agreement` | no package: the value of no agreement, for comparison |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from detente.case.case import Case
from detente.case.ledger.tabled import tabled_packages
from detente.core.errors import CaseError
from detente.core.fields import text_of
from detente.core.names import nearest
from detente.engines.settlement import Concept


class Kind(StrEnum):
    """What sort of package is asked about."""

    TABLED = "tabled"
    SOLUTION = "solution"
    STATUS_QUO = "status-quo"
    NO_AGREEMENT = "no-agreement"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Asked:
    """A package that is asked about.

    Attributes
    ----------
    name : str
        As it was asked for.
    choice : mapping of issue to option
        Empty for a solution, which follows from the consent list, and for no agreement.
    concept, place : Concept, int
        Which solution, and which of those that tie, from 1.
    public_record : bool
        Whether its own options stand in a public text, so that they may be printed whoever is coded.
    """

    name: str
    kind: Kind
    title: str = ""
    choice: Mapping[str, str] = field(default_factory=dict)
    concept: Concept | None = None
    place: int = 1
    public_record: bool = False


def asked_package(case: Case, word: str) -> Asked:
    """Return the package that a word means in a case.

    Raises
    ------
    CaseError
        With the nearest known word, if it means none.
    """
    for package in tabled_packages(case):
        if package.id == word:
            public = package.public_since is not None
            return Asked(word, Kind.TABLED, text_of(package.title), dict(package.choice), public_record=public)
    concept, _, place = word.partition(":")
    if concept in set(Concept):
        return Asked(word, Kind.SOLUTION, concept=Concept(concept), place=_place(word, place))
    if word == Kind.NO_AGREEMENT:
        return Asked(word, Kind.NO_AGREEMENT)
    if word == Kind.STATUS_QUO:
        return Asked(word, Kind.STATUS_QUO, choice=_status_quo(case))
    known = known_words(case)
    raise CaseError(
        where="PACKAGE",
        what="no package has this name",
        got=word,
        allowed=f"Packages: {', '.join(known)}; or a file with a choice",
        hint=nearest(word, known) or "Name one of them, or a file",
    )


def asked_choice(case: Case, name: str, choice: Mapping[str, str], *, where: Mapping[str, str] | None = None) -> Asked:
    """Return a package that somebody put together; `where` says, per issue, where its option stands.

    Raises
    ------
    CaseError
        With the nearest id, if the case has no such issue or option.
    """
    for issue, option in choice.items():
        place = (where or {}).get(issue, name)
        _known(place, "issue", issue, case.issue)
        _known(place, f'option of issue "{issue}"', option, [one.id for one in case.issue[issue].options])
    return Asked(name, Kind.CHOICE, choice=dict(choice))


def known_words(case: Case) -> tuple[str, ...]:
    """Return the words that mean a package in a case."""
    return (*(package.id for package in tabled_packages(case)), *Concept, Kind.STATUS_QUO, Kind.NO_AGREEMENT)


def _known(where: str, kind: str, got: str, known: Mapping[str, object] | list[str]) -> None:
    if got not in known:
        raise CaseError(
            where=where,
            what=f"the case has no such {kind}",
            got=got,
            allowed=f"It has: {', '.join(known)}",
            hint=nearest(got, known),
        )


def _place(word: str, place: str) -> int:
    if ":" not in word:
        return 1
    if place.isascii() and place.isdigit() and int(place) > 0:
        return int(place)
    raise CaseError(
        where="PACKAGE",
        what="after the colon stands which of several solutions that tie is meant",
        got=word,
        allowed="A whole number from 1",
        hint="Write nash:2 for the second, or leave the colon out",
    )


def _status_quo(case: Case) -> dict[str, str]:
    choice = {issue.id: option.id for issue in case.issues for option in issue.options if option.status_quo}
    if not choice:
        raise CaseError(
            where="PACKAGE",
            what="the case marks no option as the status quo",
            got=Kind.STATUS_QUO.value,
            allowed="It is put together from options with status_quo: true",
            hint="Mark them in the case, or name another package",
        )
    return choice

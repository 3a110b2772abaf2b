"""The packages on the table: those that tabled texts demand, and those that the case lists."""

from __future__ import annotations

from collections.abc import Iterable

from detente.case.case import Case
from detente.case.package import Package, TabledText
from detente.case.tabled import demanded_in


def tabled_packages(case: Case) -> tuple[Package, ...]:
    """Return the packages of all tabled texts that demand anything, then the packages that the case lists."""
    derived = (_package(case, text) for text in case.texts)
    return tuple(package for package in derived if package is not None) + case.packages


def authors_among(case: Case, package: str, members: Iterable[str]) -> tuple[str, ...]:
    """Return those of some parties whose own text or package it is, or that of the party that speaks for them."""
    authors = {author for text in case.texts if text.id == package for author in text.authors}
    authors |= {author for entry in case.packages if entry.id == package for author in entry.authors}
    return tuple(member for member in members if member in authors or case.stand_in(member) in authors)


def _package(case: Case, text: TabledText) -> Package | None:
    """Return the partial package that a text demands, with the positions it rests on; None if it demands nothing."""
    demanded = demanded_in(case, text)
    if not demanded:
        return None
    in_order = [issue.id for issue in case.issues if issue.id in demanded]
    return Package(
        id=text.id,
        title=text.title,
        authors=text.authors,
        status=text.status,
        happened=text.happened,
        public_since=text.public_since,
        because=tuple(p for issue in in_order for positions in demanded[issue].values() for p in positions),
        choice={issue: next(iter(demanded[issue])) for issue in in_order},
    )

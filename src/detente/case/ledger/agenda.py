"""Whose texts the list of issues stems from."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.case import Case


@dataclass(frozen=True, slots=True)
class AgendaShare:
    """The issues that the texts of one author (or of several together) first put on the table.

    An issue belongs to the earliest text that has an article or an item on it; issues in no text are listed
    with no author.
    """

    authors: tuple[str, ...]
    issues: tuple[str, ...]


def agenda_shares(case: Case) -> tuple[AgendaShare, ...]:
    """Return the share of each author, largest first; ties in file order."""
    raised: dict[str, set[str]] = {text.id: set() for text in case.texts}
    for text in case.texts:
        raised[text.id].update(issue for article in text.articles for issue in article.issues)
    for answer in case.answers:
        if answer.item is not None:
            raised[answer.text].add(answer.issue)
    owner: dict[str, tuple[str, ...]] = {}
    for text in sorted(case.texts, key=lambda text: (text.happened.first, text.public_since)):
        for raised_issue in raised[text.id]:
            owner.setdefault(raised_issue, text.authors)
    shares: dict[tuple[str, ...], list[str]] = {}
    for issue in case.issues:
        shares.setdefault(owner.get(issue.id, ()), []).append(issue.id)
    return tuple(
        AgendaShare(authors, tuple(issues))
        for authors, issues in sorted(shares.items(), key=lambda item: -len(item[1]))
    )

"""What things are called in a sentence or a table: short, the same everywhere, never a machine's id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from detente.case.case import Case
from detente.case.position import Basis
from detente.core.fields import text_of
from detente.wording.sentence import Kind, Run, label, quoted

T = TypeVar("T")
_TAKES_ARTICLE = re.compile(
    r"^United |(?:Federation|Union|Kingdom|States|Republic|Nations|Council|Senate|Congress|administration|team)$"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """Short names for the parties, issues, options and consent lists of one case."""

    case: Case

    def party(self, party: str) -> Run:
        """Return a party's name for a table: its short form, else its name before any bracket, cut if very long."""
        short = self.case.party[party].short
        return label(capped(short_name(self.case, party) if short is None else text_of(short)))

    def parties(self, parties: Iterable[str]) -> list[Run]:
        """Return the short names of several parties."""
        return [self.party(party) for party in parties]

    def the(self, party: str) -> Run:
        """Return a party's short name as it stands in a sentence: "the United States", "Georgia"."""
        name = short_name(self.case, party)
        return label(f"the {name}" if _TAKES_ARTICLE.search(name) else name)

    def all_the(self, parties: Iterable[str]) -> list[Run]:
        """Return several parties as they stand in a sentence."""
        return [self.the(party) for party in parties]

    def issue(self, issue: str) -> Run:
        """Return the short title of an issue."""
        item = self.case.issue[issue]
        short = text_of(item.short) if item.short is not None else ""
        return label(short if _is_plain(short) else text_of(item.title))

    def file(self, issue: str) -> Run:
        """Return the short title of an issue, marked as ours, as it stands in a sentence."""
        return label(ours(self.issue(issue).text))

    def option(self, issue: str, option: str, *, basis: Basis | None = None, cites: Iterable[str] = ()) -> Run:
        """Return an option under our short label for it: its short form where it has one."""
        item = self.case.issue[issue].option(option)
        short = text_of(item.short) if item.short is not None else ""
        return quoted(ours(short if _is_plain(short) else text_of(item.text)), basis=basis, cites=cites)

    def number_of_list(self, consent_list: str) -> int:
        """Return the number under which a consent list is printed: its place in the case."""
        return [entry.id for entry in self.case.consent_lists].index(consent_list) + 1

    def list(self, consent_list: str) -> Run:
        """Return the printed number of a consent list."""
        return Run(f"list {self.number_of_list(consent_list)}", Kind.LABEL)

    def lists(self, consent_lists: Sequence[str]) -> Run:
        """Return several consent lists, such as "lists 1 to 3 and 6"."""
        numbers = sorted(self.number_of_list(entry) for entry in consent_lists)
        if len(numbers) == len(self.case.consent_lists) and len(numbers) > 2:
            return label("every consent list")
        return label(("list " if len(numbers) == 1 else "lists ") + ranges(numbers))


LONGEST = 40


def capped(name: str) -> str:
    """Return a name of at most `LONGEST` characters, cut between words; Annex C gives it in full."""
    if len(name) <= LONGEST:
        return name
    return name[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",") + " …"


def ours(words: str) -> str:
    """Return a short label of our own between marks that are no quotation marks."""
    return f"‹{words}›"


def short_name(case: Case, party: str) -> str:
    """Return a party's name before any bracket. Never an alias: it may be one side's word for the party."""
    return re.split(r"\s*[(;:]", text_of(case.party[party].name), maxsplit=1)[0].strip()


def ranges(numbers: Sequence[int]) -> str:
    """Return sorted whole numbers in words for a reader: `[1, 2, 3, 6]` gives "1 to 3 and 6"."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    shown: list[str] = []
    for group in groups:
        shown += [f"{group[0]} to {group[-1]}"] if len(group) > 2 else [str(number) for number in group]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}"


def rotated(items: Sequence[T], turn: int) -> tuple[T, ...]:
    """Return the items beginning at another one, so that nobody always comes first."""
    if not items:
        return ()
    start = turn % len(items)
    return (*items[start:], *items[:start])


def _is_plain(short: str) -> bool:
    """Return whether a short form is words for a reader rather than a code such as A01."""
    return bool(re.search(r"[a-z]{3}", short))

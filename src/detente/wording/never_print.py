"""The never-print rules: words, numbers and packages that a brief must not hold. The rules are data.

`violations` reads the program's own voice only: quoted, attributed words are left out by its caller.
`howlers` looks at a package before it is printed: not at names but at whose consent is coded for what it changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from detente.case.case import Case
from detente.case.consent import Consent
from detente.case.ledger.stances import OPEN_STANCES, Held, held_stances
from detente.case.position import Stance
from detente.core.fields import text_of


class RuleKind(StrEnum):
    """What a rule looks at."""

    WORD = "word"
    NUMBER = "number"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class Rule:
    """One never-print rule with its reason and its two examples.

    Attributes
    ----------
    pattern : re.Pattern
        Of a word or number rule.
    topic : re.Pattern, optional
        Of a package rule: the texts it is about; None means every option.
    who, needs
        Of a package rule: in which roles, and what is needed of everyone in them.
    where : tuple of str
        Of a number rule: the sections it holds for; empty means all of the main part.
    """

    id: str
    kind: RuleKind
    reason: str
    stopped: object
    passes: object
    pattern: re.Pattern[str] = re.compile(r"(?!)")
    topic: re.Pattern[str] | None = None
    who: tuple[str, ...] = ()
    needs: str = ""
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule and what it stopped: the words found, or the issue, option and parties."""

    rule: str
    found: str
    reason: str
    issue: str | None = None
    option: str | None = None
    parties: tuple[str, ...] = ()


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, in the order of the data file."""
    text = (files("detente.wording") / "never_print.yaml").read_text(encoding="utf-8")
    return tuple(_rule(entry) for entry in yaml.safe_load(text))


def _rule(entry: Mapping[str, object]) -> Rule:
    topic = entry.get("topic")
    return Rule(
        id=str(entry["id"]),
        kind=RuleKind(str(entry["kind"])),
        reason=str(entry["reason"]),
        stopped=entry["stopped"],
        passes=entry["passes"],
        pattern=re.compile(str(entry.get("pattern", "(?!)")), re.IGNORECASE),
        topic=re.compile(str(topic), re.IGNORECASE) if topic else None,
        who=_words(entry.get("who")),
        needs=str(entry.get("needs", "")),
        where=_words(entry.get("where")),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else ()


def violations(text: str, *, section: str | None = None) -> tuple[Violation, ...]:
    """Return what the word rules, and the number rules of a section, find in a text of the program's own voice.

    Parameters
    ----------
    text : str
        Own words only; put quoted words outside.
    section : str, optional
        Key of the section of the main part that the text stands in; None applies no number rule.

    Examples
    --------
    >>> [v.rule for v in violations("The optimal package is the third.")]
    ['optimal']
    """
    return tuple(
        Violation(rule.id, match.group(), rule.reason)
        for rule in rules()
        if rule.kind is RuleKind.WORD
        or (rule.kind is RuleKind.NUMBER and section is not None and (not rule.where or section in rule.where))
        for match in rule.pattern.finditer(text)
    )


def term_violations(case: Case, text: str) -> tuple[Violation, ...]:
    """Return the contested wordings of the case's term sheet that a text of the program's own voice uses.

    A wording that is also the one to print, or part of it, is free; so is one of a single plain word, which may
    mean many things.
    """
    found = []
    for term in case.terms:
        prints = text_of(term.prints).casefold()
        for use in term.uses:
            for wording in re.split(r"\s*[;,]\s*", re.sub(r"\(.*?\)", "", use.wording)):
                plain = wording.strip().casefold()
                if len(plain.split()) < 2 or plain in prints or plain not in text.casefold():
                    continue
                reason = f"A wording of {use.who}; the term sheet prints “{text_of(term.prints)}”."
                found.append(Violation(f"term-{term.id}", wording, reason))
    return tuple(found)


def howlers(case: Case, package: Mapping[str, str], members: Iterable[str]) -> tuple[Violation, ...]:
    """Return why a package must not be printed, for each option in it that is not the status quo.

    Parameters
    ----------
    case : Case
        Cut at its date.
    package : mapping
        Issue → option.
    members : iterable of str
        The parties whose yes the consent list needs.
    """
    listed = tuple(members)
    found = []
    for issue, option in package.items():
        if case.issue[issue].option(option).status_quo:
            continue
        words = f"{text_of(case.issue[issue].title)} {text_of(case.issue[issue].option(option).text)}"
        consent = case.issue[issue].consent_for(option)
        for rule in rules():
            topical = rule.topic is None or rule.topic.search(words) is not None
            if rule.kind is not RuleKind.PACKAGE or not topical:
                continue
            failing = tuple(
                party
                for party in _in_roles(consent, rule.who, listed)
                if not _NEEDS[rule.needs](_Standing(case, party, issue, option, listed))
            )
            if failing:
                found.append(Violation(rule.id, words, rule.reason, issue, option, failing))
    return tuple(found)


def _in_roles(consent: Consent, roles: tuple[str, ...], members: tuple[str, ...]) -> tuple[str, ...]:
    groups = (members if role == "members" else getattr(consent, role) for role in roles)
    return tuple(dict.fromkeys(party for group in groups for party in group))


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a party stands to one option."""

    case: Case
    party: str
    issue: str
    option: str
    members: tuple[str, ...]

    @property
    def held(self) -> Held | None:
        return held_stances(self.case, self.party, self.issue).get(self.option)

    @property
    def is_coded(self) -> bool:
        return self.case.is_coded(self.party, self.issue)

    @property
    def is_member(self) -> bool:
        return self.party in self.members or any(self.case.stand_in(m) == self.party for m in self.members)

    @property
    def is_open(self) -> bool:
        return self.held is not None and self.held.stance in OPEN_STANCES

    @property
    def says_open(self) -> bool:
        return self.held is not None and self.is_open and self.held.is_stated

    @property
    def refuses_in_words(self) -> bool:
        return self.held is not None and self.held.stance is Stance.RULES_OUT and self.held.is_stated


_NEEDS: Mapping[str, Callable[[_Standing], bool]] = MappingProxyType(
    {
        "coded": lambda standing: standing.is_coded,
        "member": lambda standing: standing.is_member,
        "open": lambda standing: standing.is_open,
        "stated": lambda standing: standing.says_open,
        "not-refused": lambda standing: not standing.refuses_in_words,
        "never": lambda standing: False,
    }
)

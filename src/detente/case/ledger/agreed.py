"""Which agreed texts the parties rely on, and how evenly: never a verdict on who reads them rightly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.said import OWN_WORDS, in_order, is_of_case, speakers_of
from detente.evidence.claims import Reliance, Use
from detente.evidence.statement import Statement


@dataclass(frozen=True, slots=True)
class PrincipleUse:
    """A principle of a text (None: the text as such), with the statements that use it and the issues they are on."""

    principle: str | None
    statements: tuple[str, ...]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextUse:
    """How one party uses one agreed text, in its own words.

    `left_out` are the principles of the text, as far as the record lists them, that it neither invokes nor disputes.
    `both_ways` are those that it invokes on one issue and disputes on another.
    """

    party: str
    text: str
    is_party_to_it: bool
    invoked: tuple[PrincipleUse, ...]
    disputed: tuple[PrincipleUse, ...]
    left_out: tuple[str, ...]
    both_ways: tuple[str, ...]


Entry = tuple[Statement, Reliance]


def text_uses(case: Case) -> tuple[TextUse, ...]:
    """Return each party's use of each agreed text that it relies on, by date of the text, then as the parties stand."""
    entries: dict[tuple[str, str], list[Entry]] = {}
    for one in sorted(case.statements, key=in_order):
        if one.attribution in OWN_WORDS and is_of_case(case, one.issue):
            for entry in one.relies_on:
                for actor in speakers_of(case, one):
                    entries.setdefault((actor, entry.text), []).append((one, entry))
    texts = sorted(case.agreed_texts, key=lambda text: (text.date, text.id))
    return tuple(
        _use(case, party, text.id, entries[party, text.id])
        for text in texts
        for party in case.party
        if (party, text.id) in entries
    )


def _use(case: Case, party: str, text: str, entries: list[Entry]) -> TextUse:
    item = case.agreed_text[text]
    order = (None, *(one.id for one in item.principles))
    invoked = _by_principle(order, (one for one in entries if one[1].use is Use.INVOKES))
    disputed = _by_principle(order, (one for one in entries if one[1].use is Use.DISPUTES))
    used = {one.principle for one in (*invoked, *disputed)}
    against = {one.principle: set(one.issues) for one in disputed}
    return TextUse(
        party=party,
        text=text,
        is_party_to_it=party in item.parties,
        invoked=invoked,
        disputed=disputed,
        left_out=tuple(one.id for one in item.principles if one.id not in used),
        both_ways=tuple(
            one.principle
            for one in invoked
            if one.principle is not None and _on_two_issues(set(one.issues), against.get(one.principle, set()))
        ),
    )


def _on_two_issues(invoked: set[str], disputed: set[str]) -> bool:
    return any(one != other for one in invoked for other in disputed)


def _by_principle(order: Iterable[str | None], entries: Iterable[Entry]) -> tuple[PrincipleUse, ...]:
    found: dict[str | None, list[Statement]] = {}
    for statement, entry in entries:
        found.setdefault(entry.principle, []).append(statement)
    return tuple(
        PrincipleUse(
            principle,
            tuple(dict.fromkeys(one.id for one in found[principle])),
            tuple(sorted({one.issue or one.topic or "" for one in found[principle]} - {""})),
        )
        for principle in order
        if principle in found
    )

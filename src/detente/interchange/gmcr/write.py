"""From the `stability` section of a case to a `.gmcr` file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from detente.case.case import Case
from detente.case.stability import Direction, Stability, StatePreference
from detente.compile.stability import compile_stability, tie_groups
from detente.core.condition import TAKEN, Among, Condition, Every, Implies, Not, Some
from detente.core.errors import CaseError
from detente.core.fields import text_of
from detente.interchange.gmcr.numbering import program_codes
from detente.interchange.gmcr.read import DIRECTIONS, Pattern

_WRITTEN = dict(zip((Direction.BOTH, Direction.TAKE, Direction.DROP), DIRECTIONS, strict=True))
MOST_PATTERNS = 4096
MOST_CONDITIONS = 63
"""With more the weights that GMCR+ gives to conditions, powers of two, overflow."""


def to_gmcr(case: Case) -> tuple[str, tuple[str, ...]]:
    """Return the text of a `.gmcr` file, and sentences about what such a file cannot say.

    Rankings that are not ranked conditions throughout are written as rankings by hand, in the program's numbers of the
    states; a party without a ranking then gets one in which all states tie.

    Raises
    ------
    CaseError
        If the case writes no graph model, or a condition is too long when it is written as patterns.
    """
    section = case.stability
    if section is None:
        raise CaseError(
            where="stability",
            what="the case writes no graph model",
            allowed="What is exported is the key stability of the case",
            hint="Write one in context.yaml, or in stability.yaml",
        )
    compiled = compile_stability(case)
    trace, model = compiled.trace, compiled.model
    places = {name: at for at, name in enumerate(trace.switches)}
    states = [int(code) for code in model.occurring().nonzero()[0]]
    owned = [[places[one.id] for one in section.switches if one.party == party] for party in trace.parties]
    numbers = {code: number for number, code in enumerate(program_codes(states, owned), start=1)}
    given = {one.party: one for one in section.preferences}
    by_hand = any(one.ranking or one.weights or one.outcomes for one in section.preferences)
    makers = []
    for at, party in enumerate(trace.parties):
        groups = list(tie_groups(model.ranks[at], states))
        payoff = {code: len(groups) - place for place, tie in enumerate(groups) for code in tie}
        maker: dict[str, Any] = {
            "name": text_of(case.party[party].name),
            "options": owned[at],
            "preferences": _ranked(given.get(party), places),
            "payoffs": [payoff[code] for code in numbers],
            "misperceptions": [
                _condition(rule, places)
                for seen in section.misperceptions
                if seen.party == party
                for rule in (*seen.not_seen, *(Among(switch, (TAKEN,)) for switch in seen.switches))
            ],
        }
        if by_hand:  # of everybody, since the program opens no file in which one is missing
            ties = [[numbers[code] for code in tie] for tie in _as_written(given.get(party), trace.code, groups)]
            maker["preferenceRanking"] = [tie[0] if len(tie) == 1 else tie for tie in ties]
        makers.append(maker)
    data = {
        "program": "detente",
        "version": "1",
        "decisionMakers": makers,
        "options": [
            {"name": text_of(one.text), "permittedDirection": _WRITTEN[one.direction]} for one in section.switches
        ],
        "infeasibles": [_condition(one.when, places) for one in section.infeasible],
        "useManualPreferenceRanking": by_hand,
        "coalitions": _coalitions(section, trace.parties),
    }
    data["coalitionsFull"] = [
        makers[one] if isinstance(one, int) else {"members": [makers[member] for member in one]}
        for one in data["coalitions"]  # type: ignore[attr-defined]  # a list, two lines above
    ]
    tied = [
        f"{text_of(case.party[party].name)}: no ranking is coded, so one is written in which all states tie."
        for party in trace.unranked
        if by_hand
    ]
    long = [
        f"{maker['name']} has {len(maker['preferences'])} ranked conditions; the weights that GMCR+ gives them "
        f"overflow beyond {MOST_CONDITIONS}."
        for maker in makers
        if len(maker["preferences"]) > MOST_CONDITIONS
    ]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n", (*_not_said(section), *tied, *long)


def _as_written(given: StatePreference | None, code: Any, groups: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return ties in the order in which the case lists them, where it does."""
    if given is not None and given.ranking:
        return [tuple(code(word) for word in tie) for tie in given.ranking]
    return list(groups)


def _ranked(given: StatePreference | None, places: dict[str, int]) -> list[Any]:
    return [] if given is None else [_condition(rule, places) for rule in given.ranked_conditions]


def _coalitions(section: Stability, parties: Sequence[str]) -> list[Any]:
    """Return the partition: those who join in brackets, the others alone, each at the place of its first member."""
    joined = [[parties.index(party) for party in part] for part in section.coalitions if len(part) > 1]
    inside = {place for part in joined for place in part}
    alone: list[Any] = [place for place in range(len(parties)) if place not in inside]
    return sorted((*joined, *alone), key=lambda one: min(one) if isinstance(one, list) else one)


def _condition(rule: Condition, places: dict[str, int]) -> Any:
    """Return a condition as a pattern, or as a compound of several of which one holds."""
    patterns: list[Pattern] = []
    for pattern in _patterns(rule, wanted=True):
        if len(patterns) >= MOST_PATTERNS:
            raise CaseError(
                where="stability",
                what="this condition is too long when it is written as patterns",
                got=str(rule),
                allowed=f"At most {MOST_PATTERNS:,} patterns of Y and N",
                hint="Split it into several conditions",
            )
        letters: dict[int, str] = {}
        if all(letters.setdefault(places[name], letter) == letter for name, letter in pattern):
            found: Pattern = tuple(letters.items())
            patterns.append(found)
    if not patterns:  # it never holds: a pattern cannot say so, and Y together with N of one option would be refused
        raise CaseError(
            where="stability",
            what="this condition never holds, which a .gmcr file cannot say",
            got=str(rule),
            allowed="A condition that some state fulfils",
            hint="Remove it",
        )
    rows = [[list(pair) for pair in pattern] for pattern in dict.fromkeys(patterns)]
    return rows[0] if len(rows) == 1 else {"compound": True, "members": rows}


def _patterns(rule: Condition, *, wanted: bool) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield patterns of which one holds exactly where a rule has the wanted value."""
    match rule:
        case Among(issue=name, options=options):
            for letter in "YN":
                if (letter in options) is wanted:
                    yield ((name, letter),)
        case Not(rule=denied):
            yield from _patterns(denied, wanted=not wanted)
        case Implies(given=given, then=then):
            yield from _patterns(Some((Not(given), then)), wanted=wanted)
        case Every(rules=rules) | Some(rules=rules):
            if isinstance(rule, Every) is wanted:
                for parts in product(*(tuple(_patterns(one, wanted=wanted)) for one in rules)):
                    yield tuple(pair for part in parts for pair in part)
            else:
                for one in rules:
                    yield from _patterns(one, wanted=wanted)


def _not_said(section: Stability) -> Iterator[str]:
    if section.bans:
        yield "Left out: bans on switches in some states; such a file knows directions only."
    if any(one.preferences for one in section.misperceptions):
        yield "Left out: rankings that a party takes others to have; such a file knows unseen states only."
    if any(one.unknown or one.strong for one in section.preferences):
        yield "Left out: comparisons that are unknown or strong; such a file knows rankings only."
    if section.today is not None:
        yield "Left out: which state is today's."

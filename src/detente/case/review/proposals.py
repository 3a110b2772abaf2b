"""From reviewed statements to proposals: positions, red lines and seats in forums, none of them made without a person.

A statement speaks for a party if the party is its actor and nobody else is its voice. What an author asserts, what a
columnist reports and what one party says of another are claims: listed, and never a position. A statement becomes a
position only where it names an issue and an option; which stance follows from its act. What contradicts a position of
the case, or another statement of the same day, is listed as a conflict and left to a person.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from detente.case.case import Case
from detente.case.context import Publicity
from detente.case.ledger.said import teller_of
from detente.case.position import Basis, Stance
from detente.case.red_lines import is_relaxed
from detente.case.refusal import refused_options
from detente.core.fields import text_of
from detente.evidence.source import Grade
from detente.evidence.statement import Act, Attribution, Statement, TextClass

STANCE_OF: Mapping[Act, Stance] = MappingProxyType(
    {
        Act.DEMAND: Stance.DEMANDS,
        Act.PROPOSE: Stance.DEMANDS,
        Act.PRECONDITION: Stance.DEMANDS,
        Act.ACCEPT: Stance.WOULD_ACCEPT,
        Act.COMMIT: Stance.WOULD_ACCEPT,
        Act.ENGAGE: Stance.WOULD_DISCUSS,
        Act.REJECT: Stance.RULES_OUT,
        Act.RED_LINE: Stance.RULES_OUT,
    }
)
"""The stance on the named option that an act amounts to; other acts say nothing of an option."""

CONCLUDED = frozenset({Act.COMMIT, Act.PRECONDITION})
"""Acts from which a stance is concluded rather than read, so that it is coded as inferred."""

OWN_WORDS = frozenset({Attribution.OWN_DOCUMENT, Attribution.DOCUMENT_QUOTE, Attribution.DIRECT_QUOTE})
AUTHOR = frozenset({"author", "the author", "columnist"})


@dataclass(frozen=True, slots=True)
class Addition:
    """Something to append to a list of the case, with the statement it rests on."""

    path: tuple[str | int, ...]
    value: Mapping[str, Any] | str
    statement: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A reviewed statement that proposes nothing, or not what it might, and why."""

    statement: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """What reviewed statements propose.

    Attributes
    ----------
    additions : tuple of Addition
        In the order in which they are to be made.
    conflicts : tuple of Passed
        Statements that contradict what is coded, or each other.
    claims : tuple of Passed
        What others say of a party.
    others : tuple of Passed
        Statements that lack something, such as an option, or whose actor is no party.
    notes : tuple of Passed
        What a person should know of an addition, such as a red line whose probability is assumed.
    """

    additions: tuple[Addition, ...] = ()
    conflicts: tuple[Passed, ...] = ()
    claims: tuple[Passed, ...] = ()
    others: tuple[Passed, ...] = ()
    notes: tuple[Passed, ...] = ()


@dataclass(slots=True)
class _Found:
    additions: list[Addition] = field(default_factory=list)
    conflicts: list[Passed] = field(default_factory=list)
    claims: list[Passed] = field(default_factory=list)
    others: list[Passed] = field(default_factory=list)
    notes: list[Passed] = field(default_factory=list)


def proposals(case: Case, since: datetime.date | None = None) -> Proposals:
    """Return what the reviewed statements of a case propose that it does not code yet.

    Parameters
    ----------
    case : Case
        The whole case.
    since : date, optional
        Look only at statements that became public on this day or later.
    """
    found = _Found()
    reviewed = [
        one for one in case.statements if one.reviewed is not None and (since is None or one.public_since >= since)
    ]
    reviewed.sort(key=lambda one: (one.public_since, one.id))
    speaking = [one for one in reviewed if _speaks(case, one, found)]
    _positions(case, speaking, found)
    _forums(case, [one for one in speaking if one.act is Act.CONVENE_FORUM], found)
    return Proposals(*(tuple(getattr(found, name)) for name in ("additions", "conflicts", "claims", "others", "notes")))


def _speaks(case: Case, one: Statement, found: _Found) -> bool:
    """Return whether a statement speaks for a party; one that does not is listed."""
    parties = [actor for actor in one.actors if actor in case.party]
    if not parties:
        found.others.append(Passed(one.id, f"{', '.join(one.actors)} is no party of the case"))
        return False
    claim = _claim(case, one)
    if claim is not None:
        found.claims.append(Passed(one.id, claim))
        return False
    if one.negated:
        found.others.append(Passed(one.id, "it is negated: what follows from it is for a person to say"))
        return False
    return True


def _claim(case: Case, one: Statement) -> str | None:
    """Return why a statement is somebody else's claim about its actor; None if the actor itself speaks or acts."""
    about = ", ".join(one.actors)
    if one.attribution is Attribution.AUTHOR_ASSERTION:
        return f"the author asserts it of {about}"
    columnist = one.grade in {Grade.COMMENTARY, Grade.MEMORY}
    if one.attribution is Attribution.REPORTED_EVENT:
        return f"a commentator reports it of {about}" if columnist else None
    voice = one.voice
    teller = teller_of(case, one)
    if teller is not None:
        return f"{text_of(case.party[teller].name) if teller in case.party else teller} says it of {about}"
    if voice.casefold() in AUTHOR and one.attribution is not Attribution.OWN_DOCUMENT:
        return f"the author says it of {about}"
    return None


# positions and red lines


def _positions(case: Case, statements: Iterable[Statement], found: _Found) -> None:
    used = {name for position in case.positions for name in (*position.because, *position.see)}
    said: dict[tuple[str, str, str], tuple[Stance, str]] = {}
    for position in case.positions:
        for option, held_there in position.stances.items():
            said[position.party, position.issue, option] = (held_there.stance, f"position {position.id}")
    wanted = [one for one in statements if one.act in STANCE_OF and _is_complete(case, one, found)]
    split = _contradicting(case, wanted)
    for one in wanted:
        assert one.issue is not None
        assert one.option is not None
        for party in (actor for actor in one.actors if actor in case.party):
            key, stance = (party, one.issue, one.option), STANCE_OF[one.act]
            if (key, one.public_since) in split:
                if one.id not in used:
                    found.conflicts.append(
                        Passed(one.id, f"{_cell(key)}: statements of {one.public_since} contradict each other")
                    )
                continue
            held = said.get(key)
            if held is None:
                held = _other_demand(case, one, party, said) if stance is Stance.DEMANDS else None
            if held is not None and held[0] is not stance:
                if one.id not in used:
                    found.conflicts.append(
                        Passed(one.id, f"{_cell(key)}: {stance.value}, but {held[1]} says {held[0].value}")
                    )
                continue
            if held is None:
                name = _position_id(case, one, party)
                found.additions.append(Addition(("positions",), _position(one, party, stance, name), one.id))
                said[key] = (stance, f"statement {one.id}")
                if one.act is Act.PRECONDITION:
                    found.notes.append(
                        Passed(
                            one.id, "a precondition: a case has no field for what it is a condition of; see its text"
                        )
                    )
            if one.act is Act.RED_LINE:
                _red_line(case, one, party, found)


def _cell(key: tuple[str, str, str]) -> str:
    return f"{key[0]} on {key[1]} {key[2]}"


def _is_complete(case: Case, one: Statement, found: _Found) -> bool:
    if one.issue is None or one.issue not in case.issue:
        found.others.append(Passed(one.id, f"{one.act.value}, without an issue of the case"))
        return False
    if one.option is None or all(known.id != one.option for known in case.issue[one.issue].options):
        found.others.append(Passed(one.id, f"{one.act.value} on {one.issue}, without an option of it"))
        return False
    return True


def _contradicting(
    case: Case, statements: Iterable[Statement]
) -> frozenset[tuple[tuple[str, str, str], datetime.date]]:
    """Return the cells on which statements of one day say different things."""
    heard: dict[tuple[tuple[str, str, str], datetime.date], set[Stance]] = {}
    for one in statements:
        for party in one.actors:
            if party in case.party:
                key = (party, str(one.issue), str(one.option))
                heard.setdefault((key, one.public_since), set()).add(STANCE_OF[one.act])
    return frozenset(place for place, stances in heard.items() if len(stances) > 1)


def _other_demand(
    case: Case, one: Statement, party: str, said: Mapping[tuple[str, str, str], tuple[Stance, str]]
) -> tuple[Stance, str] | None:
    """Return a demand for another option of the issue: one excludes the other, so a person has to say which stands."""
    for option in case.issue[str(one.issue)].options:
        held = said.get((party, str(one.issue), option.id))
        if held is not None and held[0] is Stance.DEMANDS:
            return Stance.NO_ANSWER, f"{held[1]} demands {option.id}, and nothing"
    return None


def _position_id(case: Case, one: Statement, party: str) -> str:
    base = f"{party}-{one.id}"[:76]
    taken = {*case.position, *case.statement, *case.event}
    return next(name for name in (base, *(f"{base}-{k}" for k in range(2, 100))) if name not in taken)


def _position(one: Statement, party: str, stance: Stance, name: str) -> dict[str, Any]:
    in_words = one.attribution in OWN_WORDS or one.grade not in {Grade.COMMENTARY, Grade.MEMORY}
    reported = one.attribution is Attribution.REPORTED_EVENT
    stated = in_words and not reported and not one.hedged and one.act not in CONCLUDED
    value = stance.value if stated else {"stance": stance.value, "basis": Basis.INFERRED.value}
    return {
        "id": name,
        "party": party,
        "issue": one.issue,
        "because": [one.id],
        "stances": {str(one.option): value},
    }


def _red_line(case: Case, one: Statement, party: str, found: _Found) -> None:
    """Propose the line that a statement draws, grounded in the position in which the party refuses the option."""
    issue, option = str(one.issue), str(one.option)
    preference = case.preference.get(party)
    for line in () if preference is None else preference.red_lines:
        if (issue, option) in refused_options(case, line.never):
            if is_relaxed(case, line):
                found.conflicts.append(
                    Passed(one.id, f"{party} refuses {issue} {option} again, and line {line.id} is coded as relaxed")
                )
            return
    ground = next(
        (
            position.id
            for position in case.positions
            if position.party == party
            and position.issue == issue
            and option in position.stances
            and position.stances[option].stance is Stance.RULES_OUT
        ),
        None,
    ) or next(
        (
            str(addition.value["id"])
            for addition in found.additions
            if addition.path == ("positions",)
            and isinstance(addition.value, Mapping)
            and (addition.value["party"], addition.value["issue"]) == (party, issue)
            and option in addition.value["stances"]
        ),
        None,
    )
    if ground is None:  # pragma: no cover - a refusal was coded or proposed just before
        return
    taken = {line.id for preference in case.preferences for line in preference.red_lines}
    taken |= {
        str(addition.value["id"])
        for addition in found.additions
        if addition.path[0] == "preferences" and isinstance(addition.value, Mapping) and "never" in addition.value
    }
    base = f"{party}-{issue}-{option}"[:76]
    name = next(one for one in (base, *(f"{base}-{k}" for k in range(2, 100))) if one not in taken)
    new = {"id": name, "never": f"{issue} in [{option}]", "because": [ground]}
    _place_line(case, party, new, one, found)
    found.notes.append(Passed(one.id, f"line {name}: {_probability(case, one, ground, found)}"))
    if case.issue[issue].nesting is not None:
        found.notes.append(Passed(one.id, f"line {name}: whether {option} is too much or too little is for you to add"))


def _probability(case: Case, one: Statement, ground: str, found: _Found) -> str:
    """Return in words how probable it is that a line binds, and why: its ground is stated, or it is inferred."""
    if _is_inferred(case, ground, str(one.option), found):
        text_class: TextClass | None = TextClass.INFERRED
    else:
        said_in = case.position[ground].because[0] if ground in case.position else one.id
        text_class = case.statement[said_in].text_class
    if text_class is None:
        return "its ground has no class of text, so its probability is assumed (0 to 1)"
    prior = case.text_class_priors.get(text_class)
    if prior is None:
        return f"the case has no prior for {text_class.value}, so its probability is assumed (0 to 1)"
    return f"by the prior of {text_class.value} it binds with {prior.low:g} / {prior.mode:g} / {prior.high:g}"


def _is_inferred(case: Case, ground: str, option: str, found: _Found) -> bool:
    if ground in case.position:
        return case.position[ground].stances[option].basis is not Basis.STATED
    values = (one.value for one in found.additions if isinstance(one.value, Mapping) and one.value.get("id") == ground)
    return any(isinstance(value["stances"][option], Mapping) for value in values)


def _place_line(case: Case, party: str, line: Mapping[str, Any], one: Statement, found: _Found) -> None:
    for place, preference in enumerate(case.preferences):
        if preference.party == party:
            found.additions.append(Addition(("preferences", place, "red_lines"), line, one.id))
            return
    for place, addition in enumerate(found.additions):  # a party without an entry gets one for all its lines
        if (
            addition.path == ("preferences",)
            and isinstance(addition.value, Mapping)
            and addition.value["party"] == party
        ):
            lines = [*addition.value["red_lines"], line]
            found.additions[place] = Addition(
                ("preferences",), {"party": party, "red_lines": lines}, addition.statement
            )
            return
    found.additions.append(Addition(("preferences",), {"party": party, "red_lines": [line]}, one.id))


# forums


def _forums(case: Case, statements: Iterable[Statement], found: _Found) -> None:
    used = {name for forum in case.forums for name in forum.because}
    seats = {*case.party, *case.actors, *(one.id for one in case.third_parties)}
    for one in statements:
        if one.id in used:
            continue
        words = " ".join((text_of(one.says), one.topic or "")).casefold()
        named = [
            (place, forum)
            for place, forum in enumerate(case.forums)
            if text_of(forum.name).casefold() in words or forum.id.casefold() in words.split()
        ]
        callers = [actor for actor in one.actors if actor in case.party]
        if named:
            for place, forum in named:
                new = [actor for actor in callers if actor not in forum.members]
                found.additions += [Addition(("forums", place, "members"), actor, one.id) for actor in new]
            continue
        members = [*callers, *(target for target in one.targets if target in seats and target not in callers)]
        name = f"Talks that {' and '.join(text_of(case.party[actor].name) for actor in callers)} called for"
        new_forum: dict[str, Any] = {
            "id": f"forum-{one.id}"[:80],
            "name": name,
            "members": members,
            "publicity": Publicity.PROPOSED.value,
            **({"issues": [one.issue]} if one.issue in case.issue else {}),
            "because": [one.id],
            "since": one.public_since.isoformat(),
        }
        if all(new_forum["id"] != known.id for known in case.forums):
            found.additions.append(Addition(("forums",), new_forum, one.id))
            found.notes.append(Passed(one.id, "a forum that is called for: who would come is not known yet"))

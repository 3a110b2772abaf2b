"""The codes that a reviewer may type, each with how a typed word is read and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from detente.case.case import Case
from detente.case.review.item import Codes
from detente.core.dates import interval_of
from detente.core.fields import ID_PATTERN
from detente.core.names import nearest
from detente.evidence.claims import Kind
from detente.evidence.happened import Happened
from detente.evidence.statement import Act, Attribution, TextClass

NONE = "-"
"""Typed, it empties a field."""


class NotUnderstood(Exception):
    """What was typed does not fit the field; the message says what would."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the codes: its word in the dialogue, how it is shown, and how typed text changes the codes."""

    word: str
    shown: Callable[[Codes], str]
    typed: Callable[[Case, Codes, str], Codes]


def _changed(codes: Codes, **values: object) -> Codes:
    return Codes.model_validate({**{name: getattr(codes, name) for name in Codes.model_fields}, **values})


def _word(text: str, words: type[StrEnum], what: str) -> str:
    known = [one.value for one in words]
    found = text.casefold().replace(" ", "_")
    for one in known:
        if found == one.casefold():
            return one
    close = [one for one in known if one.casefold().startswith(found)]
    if len(close) == 1:
        return close[0]
    meant = f" {near}" if (near := nearest(text, known)) else ""
    raise NotUnderstood(f"There is no such {what}.{meant} It is one of {', '.join(known)}.")


def _act(_: Case, codes: Codes, text: str) -> Codes:
    return _changed(codes, act=_word(text, Act, "act"))


def _second(_: Case, codes: Codes, text: str) -> Codes:
    return _changed(codes, second_act=None if text == NONE else _word(text, Act, "act"))


def _attribution(_: Case, codes: Codes, text: str) -> Codes:
    return _changed(codes, attribution=_word(text, Attribution, "attribution"))


def _voice(_: Case, codes: Codes, text: str) -> Codes:
    return _changed(codes, voices=() if text == NONE else (*codes.voices[:-1], text))


def _ids(case: Case, text: str) -> tuple[str, ...]:
    known = {**dict.fromkeys(case.actors), **dict.fromkeys(case.party), **{one.id: None for one in case.third_parties}}
    by_case = {one.casefold(): one for one in known}
    found = []
    for name in (part.strip() for part in text.split(",")):
        if not re.fullmatch(ID_PATTERN, name) or name.startswith("x-"):
            raise NotUnderstood(
                f'"{name}" is no id. Ids are letters, digits and . _ + -, with commas between them: {", ".join(known)}.'
            )
        found.append(by_case.get(name.casefold(), name))
    return tuple(dict.fromkeys(found))


def _actors(case: Case, codes: Codes, text: str) -> Codes:
    if text == NONE:
        raise NotUnderstood("An act is somebody's. Name the actor, or reject the coding.")
    return _changed(codes, actors=_ids(case, text))


def _targets(case: Case, codes: Codes, text: str) -> Codes:
    return _changed(codes, targets=() if text == NONE else _ids(case, text))


def _issue(case: Case, codes: Codes, text: str) -> Codes:
    if text == NONE:
        return _changed(codes, issue=None, option=None)
    if text not in case.issue:
        meant = f" {near}" if (near := nearest(text, case.issue)) else ""
        raise NotUnderstood(f"The case has no such issue.{meant} It has: {', '.join(case.issue)}.")
    return _changed(codes, issue=text, option=codes.option if text == codes.issue else None)


def _option(case: Case, codes: Codes, text: str) -> Codes:
    if text == NONE:
        return _changed(codes, option=None)
    if codes.issue is None or codes.issue not in case.issue:
        raise NotUnderstood("An option belongs to an issue of the case, and none is given. Type - here.")
    known = [one.id for one in case.issue[codes.issue].options]
    if text not in known:
        raise NotUnderstood(f"Issue {codes.issue} has no such option. It has: {', '.join(known)}.")
    return _changed(codes, option=text)


def _date(_: Case, codes: Codes, text: str) -> Codes:
    if text == NONE:
        return _changed(codes, happened=None)
    try:
        interval_of(text)
    except ValueError:
        raise NotUnderstood("A time is written as 2022, 2022-02, 2022-02-17 or 2022-01-27/2022-02-03.") from None
    return _changed(codes, happened=Happened(when=text))


def _class(_: Case, codes: Codes, text: str) -> Codes:
    return _changed(codes, text_class=None if text == NONE else _word(text, TextClass, "class of text"))


def _kind(_: Case, codes: Codes, text: str) -> Codes:
    return _changed(codes, kind=None if text == NONE else _word(text, Kind, "kind"))


def _topic(_: Case, codes: Codes, text: str) -> Codes:
    return _changed(codes, topic=None if text == NONE else text)


def _flag(name: str) -> Callable[[Case, Codes, str], Codes]:
    def typed(_: Case, codes: Codes, text: str) -> Codes:
        word = text.casefold()
        if word not in ("yes", "no", NONE):
            raise NotUnderstood("It is yes or no.")
        return _changed(codes, **{name: word == "yes"})

    return typed


ACT = Field("act", lambda codes: codes.act.value, _act)
ACTOR = Field("actor", lambda codes: ", ".join(codes.actors), _actors)
TARGET = Field("target", lambda codes: ", ".join(codes.targets), _targets)

FIELDS = (
    ACT,
    Field("second act", lambda codes: codes.second_act.value if codes.second_act else "", _second),
    Field("voice", lambda codes: codes.voice, _voice),
    Field("attribution", lambda codes: codes.attribution.value, _attribution),
    ACTOR,
    TARGET,
    Field("issue", lambda codes: codes.issue or "", _issue),
    Field("option", lambda codes: codes.option or "", _option),
    Field("date", lambda codes: codes.happened.when if codes.happened else "", _date),
    Field("class of text", lambda codes: codes.text_class.value if codes.text_class else "", _class),
    Field("kind", lambda codes: codes.kind.value if codes.kind else "", _kind),
    Field("topic", lambda codes: codes.topic or "", _topic),
    Field("negated", lambda codes: "yes" if codes.negated else "no", _flag("negated")),
    Field("hedged", lambda codes: "yes" if codes.hedged else "no", _flag("hedged")),
)
"""What a correction asks, in this order; Enter keeps what is there and `-` empties it."""


def why_not_kept(case: Case, codes: Codes) -> str | None:
    """Return why codes cannot become a statement, in a sentence; None if they can."""
    if not codes.actors:
        return "It is not coded whose act this is. Correct the actor, or reject the coding."
    if codes.issue is not None and codes.issue not in case.issue:
        return f"The case has no issue {codes.issue}. Correct the issue."
    if codes.option is not None and (
        codes.issue is None or all(one.id != codes.option for one in case.issue[codes.issue].options)
    ):
        return f"Issue {codes.issue} has no option {codes.option}. Correct the option."
    return None

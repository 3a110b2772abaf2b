"""A sentence made from codes, to be replaced by a better one; and whether a sentence copies its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from detente.case.case import Case
from detente.case.review.item import Codes
from detente.core.fields import text_of
from detente.evidence.statement import Act, Attribution

MOST_COPIED = 7
"""Words in a row that a paraphrase may share with its source; one more is a quotation."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")

_VERBS: Mapping[Act, tuple[str, str, str]] = MappingProxyType(
    {
        Act.PROPOSE: ("proposes", "propose", "{about}"),
        Act.DEMAND: ("demands", "demand", "{about}"),
        Act.ACCEPT: ("accepts", "accept", "{about}"),
        Act.REJECT: ("rejects", "reject", "{about}"),
        Act.ENGAGE: ("is ready to talk", "are ready to talk", "about {about}"),
        Act.PRECONDITION: ("sets a condition", "set a condition", "on {about}"),
        Act.RED_LINE: ("draws a red line", "draw a red line", "at {about}"),
        Act.THREATEN: ("threatens", "threaten", "{whom} over {about}"),
        Act.SANCTION: ("imposes a cost", "impose a cost", "on {whom} over {about}"),
        Act.DEPLOY: ("moves forces", "move forces", "towards {whom} ({about})"),
        Act.DE_ESCALATE: ("draws back", "draw back", "from {whom} ({about})"),
        Act.REASSURE: ("reassures", "reassure", "{whom} about {about}"),
        Act.ACCUSE: ("accuses", "accuse", "{whom} over {about}"),
        Act.COMMIT: ("commits itself", "commit themselves", "to {about}"),
        Act.MEDIATE: ("mediates", "mediate", "between {whom} on {about}"),
        Act.CONVENE_FORUM: ("calls for talks", "call for talks", "with {whom} on {about}"),
        Act.PREDICT: ("expects something", "expect something", "of {about}"),
        Act.ASSESS_PERCEPTION: ("judges", "judge", "{about}"),
    }
)


def proposed_sentence(case: Case, codes: Codes) -> str:
    """Return what codes say as a plain sentence, attributed where another voice reports it.

    It is thin on purpose: it says no more than the codes, and a person writes what the passage says.
    """
    actors = _names(case, codes.actors) or "somebody"
    single, several, rest = _VERBS[codes.act]
    verb = several if len(codes.actors) > 1 else single
    whom = _names(case, codes.targets) or "others"
    sentence = f"{verb} {rest.format(about=_about(case, codes), whom=whom)}"
    if codes.negated:
        sentence = f"does not do this: {sentence}"
    if codes.hedged:
        sentence = f"may do this: {sentence}"
    by_author = codes.attribution in {Attribution.AUTHOR_ASSERTION, Attribution.REPORTED_EVENT}
    voice = codes.voice if not by_author else "the author"
    itself = {one.casefold().removeprefix("the ") for one in codes.actors}
    if voice.casefold().removeprefix("the ") in itself or codes.attribution is Attribution.OWN_DOCUMENT:
        return f"{_upper(actors)} {sentence}."
    return f"{_upper(actors)} {sentence}, says {_name(case, voice)}."


def copied_words(says: str, source: str) -> str | None:
    """Return the first words of a paraphrase that its source has in the same row, if they are more than seven.

    Examples
    --------
    >>> copied_words("It says they will come home before the next winter falls.", "They will come home before spring.")
    >>> copied_words("So we will all come home before the next winter.", "We will all come home before the next war.")
    'we will all come home before the next'
    """
    words, theirs = _words(says), _words(source)
    length = MOST_COPIED + 1
    known = {tuple(theirs[at : at + length]) for at in range(len(theirs) - length + 1)}
    for at in range(len(words) - length + 1):
        row = tuple(words[at : at + length])
        if row in known:
            return " ".join(row)
    return None


def _words(text: str) -> list[str]:
    return [one.group().casefold().replace("’", "'") for one in _WORD.finditer(text)]


def _about(case: Case, codes: Codes) -> str:
    issue = case.issue.get(codes.issue) if codes.issue else None
    if issue is None:
        return codes.topic.replace("_", " ") if codes.topic else "what the passage names"
    title = text_of(issue.short or issue.title)
    option = next((one for one in issue.options if one.id == codes.option), None)
    return f"“{title}”" if option is None else f"“{title}: {text_of(option.short or option.text)}”"


def _names(case: Case, ids: tuple[str, ...]) -> str:
    names = list(_each(case, ids))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _each(case: Case, ids: tuple[str, ...]) -> Iterator[str]:
    for one in ids:
        yield _name(case, one)


def _name(case: Case, actor: str) -> str:
    if actor in case.party:
        return text_of(case.party[actor].name)
    third = next((one for one in case.third_parties if one.id == actor), None)
    if third is not None:
        return text_of(third.name)
    if actor in case.actors:
        return text_of(case.actors[actor])
    return "the author" if actor.casefold() == "author" else actor.replace("-", " ").replace("_", " ")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

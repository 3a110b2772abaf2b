"""Whose act a clause tells of, and towards whom: by simple syntax, and by who is speaking.

The signs, in order: a passive with "by"; two actors "between A and B"; the subject before the verb, with those joined
to it; the possessor of a noun of action ("Iran's rejection of the offer"); the subject of the clause before, for a verb
without one; the speaker, for the first person and for what only a speaker can do (accuse, demand, judge). Who is named
besides is the target; where nobody is, the other side of the dispute, if the act has one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.evidence.coding.discourse import Discourse
from detente.evidence.coding.references import Reference
from detente.evidence.coding.syntax import is_oblique, sentence_start
from detente.evidence.coding.voices import AUTHOR, Voice
from detente.evidence.statement import Act, Attribution

AUTHORS_OWN = "AUTHOR"
_SPEAKERS_OWN = frozenset(
    {
        Act.ACCUSE,
        Act.DEMAND,
        Act.ASSESS_PERCEPTION,
        Act.PREDICT,
        Act.THREATEN,
        Act.PRECONDITION,
        Act.RED_LINE,
        Act.REASSURE,
        Act.REJECT,
        Act.PROPOSE,
    }
)
_JOINT = frozenset({Act.ENGAGE, Act.CONVENE_FORUM})
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|my|My|me)\b")
_BY = re.compile(r"\bby (?:the |its |both )?$")
_PASSIVE_BY = re.compile(
    r"\b(?:is|are|was|were|been|be|being)\b(?: \w+ly| not| also| now| again| never| already| further)* "
    r"\w+(?:ed|en|wn|ne|de|ld|nt|ught|id|ept|ung|t|ut)\b(?: (?!as\b)[\w’'-]+){0,2} by (?:the |its |both )?$"
)
_UNDER_INFINITIVE = re.compile(r"\bto be \w+ (?:\w+ ){0,2}by (?:the |its |both )?$")
_ACT_SAID = re.compile(
    r"\W+(?:\w+ly |has |have |had |also |again |never |now |still |side |delegation |"
    r"government |,[^,]{1,60}, ?|does not |will |would |could |cannot )*"
    r"(?:declin|refus|reject|demand|threaten|insist|accus|blam|warn|urg|propos|offer|claim|"
    r"request|ask|denounc|condemn|call|deni|deny|swor|swear|vow|pledg|"
    r"wants?\b|wish|expect|fear|believ|feel|felt|sees?\b|saw\b|is (?:certain|convinced|sure|"
    r"ready)|hopes?\b|think|thought|maintain|criticis|suggest|consider|regard|cannot (?:sign|"
    r"accept)|would not|will not)"
)
_BETWEEN = re.compile(r"\bbetween (?:the )?$")
_RELATIVE = re.compile(r"^(?:who|which|whose|that)\b")


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts, towards whom, and which sign decided."""

    actors: tuple[str, ...]
    targets: tuple[str, ...]
    reason: str


def roles_of(scene: Discourse, start: int, end: int, act: Act, voice: Voice) -> Roles:
    """Return whose act characters [start, end) tell of, and towards whom.

    Parameters
    ----------
    scene : Discourse
        The text, from `discourse_of`.
    voice : Voice
        Who speaks there, from `voice_of`.
    """
    actors, rest, reason = _actors(scene, start, end, act, voice)
    targets = tuple(actor for actor in dict.fromkeys(rest) if actor not in actors and not _is_unnamed(actor))
    if not targets:
        targets = _implied(scene, start, act, actors, voice)
        if targets:
            reason = f"{reason}; towards whom is guessed, since nobody is named"
    return Roles(actors, targets, reason)


def _actors(
    scene: Discourse, start: int, end: int, act: Act, voice: Voice
) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    inside = [one for one in scene.within(start, end) if one.end <= end]
    everybody = _named(inside)
    by_author = voice.voices[-1] == AUTHOR and voice.attribution is Attribution.AUTHOR_ASSERTION
    if by_author:
        return (AUTHORS_OWN,), everybody or _subject_before(scene, start), "the author's own judgement"
    speakers = voice.speakers
    text = scene.text[start:end]
    first = _FIRST_PERSON.search(text) is not None
    if speakers and first and not _other_subject(scene, inside, start, end):
        return speakers, everybody, "the first person"
    agents = _agents(scene, inside, start)
    if agents:
        return _named(agents), _named([one for one in inside if one not in agents]), 'the passive with "by"'
    subject = _subject(scene, inside, start, end)
    if scene.is_own and not speakers and (first or act in _SPEAKERS_OWN):
        return (), everybody, "the text does not say whose it is"
    explicit = bool(subject) and _names_act(scene, subject, act, end)
    joint = voice.attribution is Attribution.OWN_DOCUMENT and (len(speakers) > 1 or "PARTIES" in speakers)
    if joint and _named(subject) == ("PARTIES",):
        return speakers, (), "the parties together"
    if joint and subject:
        return _named(subject), _named([one for one in inside if one not in subject]), "the subject"
    if speakers and act in _SPEAKERS_OWN and not explicit:
        return speakers, everybody, "what only the speaker does"
    if subject:
        rest = [one for one in inside if one not in subject]
        return _named(subject), _named(rest), "the subject"
    if speakers:
        return speakers, everybody, "the speaker"
    owner = [one for one in inside if one.of and not one.is_head]
    before = _subject_before(scene, start)
    if before:
        return before, everybody, "the subject of the clause before"
    if owner:
        return owner[0].actors, _named([one for one in inside if one is not owner[0]]), "the possessor"
    if everybody:
        return everybody[:1], everybody[1:], "the only one named"
    return (), (), "nobody is named"


def _is_unnamed(actor: str) -> bool:
    return actor[:1].islower()


def _other_subject(scene: Discourse, inside: Sequence[Reference], start: int, end: int) -> bool:
    """Return whether the clause has a subject other than its first person."""
    first = _FIRST_PERSON.search(scene.text, start, end)
    subject = _subject(scene, inside, start, end)
    return bool(subject) and first is not None and subject[0].start < first.start()


def _named(found: Sequence[Reference]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor for one in found for actor in one.actors))


def _agents(scene: Discourse, inside: Sequence[Reference], scene_start: int) -> list[Reference]:
    """Return who stands after "by" in a passive clause, with those joined to them."""
    for number, one in enumerate(inside):
        if not _BY.search(scene.text, max(0, one.start - 12), one.start):
            continue
        before = scene.text[max(scene_start, one.start - 120) : one.start]
        if _PASSIVE_BY.search(before) and not _UNDER_INFINITIVE.search(before):
            return _with_joined(scene, inside, number)
    return []


def _subject(scene: Discourse, inside: Sequence[Reference], start: int, end: int) -> list[Reference]:
    """Return the heads before the verb: the first that is no object of a preposition, with those joined to it."""
    text = scene.text
    if _RELATIVE.match(text[start:end]):
        return []
    owner: list[Reference] = []
    for number, one in enumerate(inside):
        if _BETWEEN.search(text, max(0, one.start - 14), one.start):
            return _with_joined(scene, inside, number)
        if one.actors != ("",) and not is_oblique(text, one.start, start):
            if _after_verb(text, start, one.start):
                break
            if one.is_head or _possesses_act(text, one):
                return _with_joined(scene, inside, number)
            owner = owner or [one]
    return owner


_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|shall|should|must|may|might|can|could|did|"
    r"does|do|cannot|won't|isn't|aren't|didn't)\b"
    r"|(?<=[a-z] )\b\w{3,}ed\b"
)
_STARTS = re.compile(
    r"[,;:—(]\s*|\b(?:while|when|if|as|that|because|before|after|until|unless|whether|since|"
    r"although|though|and|but|or|where|how|what|why)\b\s*"
)
_POSSESSED_ACT = re.compile(r"(?:al|ion|ment|ance|ence|er|ure|nd|at|ge|st|ise|ure|sal|ack|aid|ort|ing|ch|ea|ll)s?$")


def _after_verb(text: str, start: int, at: int) -> bool:
    """Return whether a verb with another subject, or none, stands before a place: then the actor there is an object."""
    head = _STARTS.split(text[start:at])[-1]
    first = _FIRST_WORD.match(text[start:at])
    if first is not None and _VERB_FIRST.fullmatch(first[1]) and not _STARTS.search(text[start + 1 : at]):
        return True
    return _FINITE.search(head) is not None


_FIRST_WORD = re.compile(r"\W*(?:and |but |or |then |also |further |in turn |now |only )*([\w’'-]+)")
_VERB_FIRST = re.compile(
    r"to|will|would|shall|has|have|had|is|are|was|were|must|should|may|might|can|could|not|"
    r"[a-z]\w{2,}(?:ed|ing|es)"
)


def _names_act(scene: Discourse, subject: Sequence[Reference], act: Act, end: int) -> bool:
    """Return whether the verb after a subject says the act itself: then it is the subject's, whoever reports it."""
    return _ACT_SAID.match(scene.text, subject[-1].end, end) is not None


def _possesses_act(text: str, one: Reference) -> bool:
    return bool(one.of) and _POSSESSED_ACT.search(one.of) is not None


_JOINED = re.compile(
    r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+or\s+|\s+as well as\s+|\s+along with\s+|-|–|"
    r"/)(?:the\s+|its\s+|his\s+|their\s+|President\s+|both\s+)*"
)


def _with_joined(scene: Discourse, inside: Sequence[Reference], number: int) -> list[Reference]:
    """Return a reference and those joined to it by a comma or "and" with nothing but nouns between."""
    joined = [inside[number]]
    for one in inside[number + 1 :]:
        between = scene.text[joined[-1].end : one.start]
        noun = joined[-1].of
        if noun and between.lower().startswith((f" {noun}", f"’s {noun}", f"'s {noun}")):
            between = between[between.lower().index(noun) + len(noun) :]
        if _JOINED.fullmatch(between) is None:
            break
        joined.append(one)
    return joined


def _subject_before(scene: Discourse, start: int) -> tuple[str, ...]:
    """Return the subject of what comes before in the sentence, else the last subject of the sentence before."""
    text = scene.text
    sentence = sentence_start(text, start)
    here = list(scene.within(sentence, start))
    if _RELATIVE.match(text[start : start + 6]):
        near = [one for one in here if start - one.end < 40]
        if near:
            return near[-1].actors
    for number, one in enumerate(here):
        if one.is_head and not is_oblique(text, one.start):
            return _named(_with_joined(scene, here, number))
    if here:
        return here[0].actors
    previous = sentence_start(text, max(0, sentence - 3))
    earlier = [one for one in scene.within(previous, sentence) if one.is_head]
    subjects = [one for one in earlier if not is_oblique(text, one.start)]
    return (subjects or earlier)[0].actors if earlier else ()


def _implied(scene: Discourse, start: int, act: Act, actors: tuple[str, ...], voice: Voice) -> tuple[str, ...]:
    """Return towards whom an act is that names nobody: the other side, where the act has one."""
    if act in _JOINT or len(actors) != 1 or actors[0] in ("PARTIES", "ALL"):
        return ()
    if actors[0] == AUTHORS_OWN:
        return scene.protagonists
    return scene.counterparts(actors, start)

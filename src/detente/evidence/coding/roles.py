"""Whose act a clause tells of, and towards whom: by simple syntax, and by who is speaking.

The signs, in order: a passive with "by"; two actors "between A and B"; the subject before the verb, with those joined
to it; the possessor of a noun of action ("Iran's rejection of the offer"); the subject that the verb shares with the
one before ("rejected the draft and proposed another"); the subject of the clause before, for a verb without one; the
speaker, for the first person and for what only a speaker can do (accuse, demand, judge). Who is named besides is the
target; where nobody is, the other side of the dispute, if the act has one. What neither the clause nor its syntax says
but its surroundings suggest is marked as guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.evidence.coding.coding import Guess
from detente.evidence.coding.coordination import is_joined, shared_subject
from detente.evidence.coding.discourse import Discourse
from detente.evidence.coding.heads import antecedent, subject_of, with_joined
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


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts, towards whom, which sign decided, and what of it is guessed."""

    actors: tuple[str, ...]
    targets: tuple[str, ...]
    reason: str
    guessed: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """Who acts, who else is named, by which sign, and whether these stand elsewhere than in the clause."""

    actors: tuple[str, ...]
    others: tuple[str, ...]
    reason: str
    guessed: bool = False
    others_guessed: bool = False


def roles_of(scene: Discourse, start: int, end: int, act: Act, voice: Voice) -> Roles:
    """Return whose act characters [start, end) tell of, and towards whom.

    Parameters
    ----------
    scene : Discourse
        The text, from `discourse_of`.
    voice : Voice
        Who speaks there, from `voice_of`.
    """
    found = _actors(scene, start, end, act, voice)
    actors, reason = found.actors, found.reason
    targets = tuple(one for one in dict.fromkeys(found.others) if one not in actors and not _is_unnamed(scene, one))
    targets_guessed = bool(targets) and found.others_guessed
    if not targets:
        targets = _implied(scene, start, act, actors, voice)
        targets_guessed = bool(targets)
    if found.guessed:
        reason = f"{reason}; whose act it is is guessed, since the clause does not say"
    if targets_guessed:
        reason = f"{reason}; towards whom is guessed, since nobody is named"
    marks = ((Guess.ACTOR, found.guessed and bool(actors)), (Guess.TARGET, targets_guessed))
    return Roles(actors, targets, reason, tuple(name for name, is_so in marks if is_so))


def _actors(scene: Discourse, start: int, end: int, act: Act, voice: Voice) -> _Found:
    inside = [one for one in scene.within(start, end) if one.end <= end]
    everybody = _named(inside)
    by_author = voice.voices[-1] == AUTHOR and voice.attribution is Attribution.AUTHOR_ASSERTION
    if by_author:
        judged = everybody or _subject_before(scene, start)
        return _Found((AUTHORS_OWN,), judged, "the author's own judgement", others_guessed=not everybody)
    speakers = voice.speakers
    text = scene.text[start:end]
    first = _FIRST_PERSON.search(text) is not None
    if speakers and first and not _other_subject(scene, inside, start, end):
        return _Found(speakers, everybody, "the first person", voice.guessed)
    agents = _agents(scene, inside, start)
    if agents:
        return _Found(_named(agents), _without(inside, agents), 'the passive with "by"')
    subject = subject_of(scene, inside, start, end)
    if scene.is_own and not speakers and (first or act in _SPEAKERS_OWN):
        return _Found((), everybody, "the text does not say whose it is")
    explicit = bool(subject) and _names_act(scene, subject, act, end)
    joint = voice.attribution is Attribution.OWN_DOCUMENT and (len(speakers) > 1 or "PARTIES" in speakers)
    if joint and _named(subject) == ("PARTIES",):
        return _Found(speakers, (), "the parties together")
    if joint and subject:
        return _Found(_named(subject), _without(inside, subject), "the subject")
    whom = antecedent(scene, start)
    if whom is not None and not subject and not (speakers and act in _SPEAKERS_OWN):
        return _Found(whom.actors, everybody, "what the relative pronoun stands for")
    shared = None if subject else shared_subject(scene, start, end)
    if shared is not None and not (speakers and act in _SPEAKERS_OWN and not _ACT_SAID.match(scene.text, start - 1)):
        named = _named(shared.subject)
        return _Found(named, everybody, "the subject that the verb shares with the one before", shared.guessed)
    if speakers and act in _SPEAKERS_OWN and not explicit:
        return _Found(speakers, everybody, "what only the speaker does", voice.guessed)
    if subject:
        return _Found(_named(subject), _without(inside, subject), "the subject")
    if speakers and not _is_unnamed(scene, speakers[0]):  # a villager or a newspaper only tells of it
        own = voice.attribution is Attribution.OWN_DOCUMENT
        return _Found(speakers, everybody, "the speaker", not own)
    owner = [one for one in inside if one.of and not one.is_head]
    if is_joined(scene, start, end):
        return _Found((), everybody, "the subject that the verb shares is no actor that is known")
    before = _subject_before(scene, start)
    if before and before != speakers:
        return _Found(before, everybody, "the subject of the clause before", guessed=True)
    if owner:
        return _Found(owner[0].actors, _without(inside, owner[:1]), "the possessor", guessed=True)
    if everybody:
        return _Found(everybody[:1], everybody[1:], "the only one named", guessed=True)
    return _Found((), (), "nobody is named")


def _is_unnamed(scene: Discourse, actor: str) -> bool:
    return actor[:1].islower() and actor not in scene.listed


def _other_subject(scene: Discourse, inside: Sequence[Reference], start: int, end: int) -> bool:
    """Return whether the clause has a subject other than its first person."""
    first = _FIRST_PERSON.search(scene.text, start, end)
    subject = subject_of(scene, inside, start, end)
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
            return with_joined(scene, inside, number)
    return []


def _names_act(scene: Discourse, subject: Sequence[Reference], act: Act, end: int) -> bool:
    """Return whether the verb after a subject says the act itself: then it is the subject's, whoever reports it."""
    return _ACT_SAID.match(scene.text, subject[-1].end, end) is not None


def _without(inside: Sequence[Reference], some: Sequence[Reference]) -> tuple[str, ...]:
    return _named([one for one in inside if one not in some])


def _subject_before(scene: Discourse, start: int) -> tuple[str, ...]:
    """Return the subject of what comes before in the sentence, else the last subject of the sentence before."""
    text = scene.text
    sentence = sentence_start(text, start)
    here = list(scene.within(sentence, start))
    for number, one in enumerate(here):
        if one.is_head and not is_oblique(text, one.start):
            return _named(with_joined(scene, here, number))
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

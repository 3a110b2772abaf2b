"""Who is speaking in a clause, and how the text knows of it: the chain of voices, the outermost first.

The signs, in the order in which they decide: the clause stands in quotation marks and somebody said it; it stands in a
label's turn of an interview or briefing; a verb of saying governs it, before it, after it or in the middle of it;
the document is the actor's own; else the author reports or judges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from detente.evidence.coding.coordination import is_joined, shared_subject
from detente.evidence.coding.discourse import Discourse, Turn
from detente.evidence.coding.names import role_nouns
from detente.evidence.coding.quotations import Quotation
from detente.evidence.coding.references import By, Reference
from detente.evidence.coding.speech import acts_of_speech, speech_verbs
from detente.evidence.coding.syntax import SENTENCE_BREAK, is_oblique, sentence_start
from detente.evidence.statement import Act, Attribution

AUTHOR = "author"
_REACH = 160
_ACCORDING = re.compile(
    r"\b[Aa]ccording to |\b[Ii]n the (?:words|view|opinion|eyes|judgement|judgment) of |"
    r"\b[Ii]n a (?:letter|statement|note|message|speech|cable)[^.]{0,40}, "
)
_DOCUMENT_WORDS = re.compile(
    r"\b(?:text|letter|draft|article|paragraph|resolution|treaty|agreement|communiqu[eé]|"
    r"statement|declaration|document|note|memorandum|charter|clause|paper|title|entitled|"
    r"titled|called|headed|preamble|annex|protocol|report)\b[^.“\"]{0,30}$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:who|which|whose|that)\b")
_NEW_SUBJECT = re.compile(r"[;:]\s|,\s(?:while|whereas|but|although|though|as)\s")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it, outermost first, how the text knows, and which words or sign decided.

    `speakers` are the actors of the innermost voice; more than one where several speak together. `guessed` tells that
    no verb of saying names them.
    """

    voices: tuple[str, ...]
    attribution: Attribution
    reason: str
    speakers: tuple[str, ...] = ()
    guessed: bool = False


def voice_of(scene: Discourse, start: int, end: int, act: Act | None = None) -> Voice:
    """Return who speaks in characters [start, end) of a text.

    Parameters
    ----------
    scene : Discourse
        The text, from `discourse_of`.
    act : Act, optional
        Which act the clause carries: a judgement or forecast without a speaker is the author's own.
    """
    turn = scene.turn_at(start)
    quoted = scene.quotation_of(start, end)
    said = _quoted(scene, quoted, start) if quoted is not None else None
    if said is None:
        said = _reported(scene, start, end, own=scene.is_own or (turn is not None and not turn.asks))
    outer = _outer(scene, turn)
    if said is not None:
        return _joined(outer, said)
    if quoted is not None and _DOCUMENT_WORDS.search(scene.text, max(0, quoted.start - 60), quoted.start - 1):
        return Voice((*outer,), Attribution.DOCUMENT_QUOTE, "words quoted from a document", ())
    if turn is not None:
        return Voice(outer, Attribution.DIRECT_QUOTE, "the label before the turn", (turn.voice,))
    if scene.is_own:
        return Voice((AUTHOR,), Attribution.OWN_DOCUMENT, scene.own_reason or "the actor's own text", scene.own)
    if _judges(scene, start, end, act):
        return Voice((AUTHOR,), Attribution.AUTHOR_ASSERTION, "nobody else says it", ())
    return Voice((AUTHOR,), Attribution.REPORTED_EVENT, "the author reports it", ())


_OWN_PROPOSAL = re.compile(
    r"\b(?:should|ought|could|might|must|let|Let|would (?:be|help|do|have)|needs? to|better|I|"
    r"we|We|my|why not|Why not|perhaps|worth)\b"
)
_MINDS = re.compile(
    r"\b(?:believes?|believed|thinks?|thought|feels?|felt|fears?|feared|sees?|saw|considers?|"
    r"considered|regards?|regarded|suspects?|suspected|expects?|expected|doubts?|doubted|"
    r"(?:is|are|was|were) (?:certain|convinced|sure|afraid|persuaded))\b"
)


def _judges(scene: Discourse, start: int, end: int, act: Act | None) -> bool:
    """Return whether a clause that nobody else says is the author's own judgement, forecast, advice or blame."""
    text = scene.text[start:end]
    named = [one for one in scene.within(start, end) if one.is_head and one.by is not By.PRONOUN]
    mind = _MINDS.search(text)
    shares = act is Act.PROPOSE or (mind is not None and mind.start() < _NEAR)
    if shares and act in (Act.ASSESS_PERCEPTION, Act.PREDICT, Act.PROPOSE) and is_joined(scene, start, end):
        return False
    if act in (Act.ASSESS_PERCEPTION, Act.PREDICT):
        return not (
            mind is not None and named and named[0].start - start < 4 and mind.start() < named[0].end - start + 25
        )
    if act in (Act.PROPOSE, Act.MEDIATE, Act.CONVENE_FORUM):
        return _OWN_PROPOSAL.search(text) is not None if named or act is not Act.PROPOSE else True
    if act is Act.ACCUSE:
        return acts_of_speech().search(text) is None and _MINDS.search(text) is None
    return False


def _outer(scene: Discourse, turn: Turn | None) -> tuple[str, ...]:
    return (AUTHOR,) if turn is None else (AUTHOR, turn.voice)


def _joined(outer: tuple[str, ...], said: Voice) -> Voice:
    chain = list(outer)
    chain.extend(voice for voice in said.voices if voice != chain[-1])
    return replace(said, voices=tuple(chain))


def _quoted(scene: Discourse, quoted: Quotation, start: int, depth: int = 0) -> Voice | None:
    """Return who says a quotation: named after it, before it, or the speaker of the quotation before."""
    found, guessed = _speaker_after(scene, quoted.end) or _speaker_before(scene, quoted.start), False
    if found is None:
        previous = scene.quotation_before(quoted.start)
        if previous is not None and depth < _CHAIN and _continues(scene.text, previous, quoted):
            return _quoted(scene, previous, start, depth + 1)
        found, guessed = _subject_before(scene, quoted.start), True
    if found is None:
        return None
    reference, words = found
    above = _above(scene, reference, sentence_start(scene.text, reference.start))
    voices = tuple(dict.fromkeys((*above, *reference.actors[:1])))
    said = Voice(voices, Attribution.DIRECT_QUOTE, words, reference.actors, guessed)
    return _according(scene, quoted.start, quoted.end, sentence_start(scene.text, quoted.start), said)


def _continues(text: str, before: Quotation, after: Quotation) -> bool:
    """Return whether a quotation goes on after the one before without anybody new speaking."""
    between = text[before.end : after.start]
    return not before.closed or len(between) < _REACH


def _speaker_after(scene: Discourse, end: int) -> tuple[Reference, str] | None:
    """Return the speaker that stands right after a quotation: `," she said`, `," said the minister`."""
    text = scene.text
    tail = re.compile(r"[,.?!—–-]?[\"”’'»]?[,]?\s*(?:—\s*)?").match(text, end)
    at = tail.end() if tail else end
    if "\n\n" in text[end:at]:
        return None
    window = min(len(text), at + 90)
    verb = speech_verbs().search(text, at, window)
    if verb is None or SENTENCE_BREAK.search(text, at, verb.start() + 1):
        return None
    ended = text[end - 1 : end] in ".?!" and text[end - 2 : end] != ".."
    if ended and text[at : at + 1].isupper() and text[end - 1 : end] not in "?!":
        return None  # a new sentence: it may introduce the next quotation
    near = scene.within(at, verb.start())
    heads = [one for one in near if one.is_head]
    if heads and heads[0].start - at <= 4:
        return heads[0], text[heads[0].start : verb.end()]
    following = scene.within(verb.end(), min(window, verb.end() + 50))
    if verb.start() - at <= 4:
        heads = [one for one in following if one.is_head]
        if heads and not SENTENCE_BREAK.search(text, verb.end(), heads[0].start + 1):
            return heads[0], text[verb.start() : heads[0].end]
    return None


def _speaker_before(scene: Discourse, start: int) -> tuple[Reference, str] | None:
    """Return the speaker whose verb of saying introduces a quotation."""
    text = scene.text
    sentence = sentence_start(text, start - 1)
    verbs = list(speech_verbs().finditer(text, sentence, start)) + list(
        acts_of_speech().finditer(text, sentence, start)
    )
    for verb in sorted(verbs, key=lambda one: -one.start()):
        subject = _subject_of(scene, verb, sentence)
        if subject is not None:
            return subject, text[subject.start : verb.end()]
    return None


def _subject_before(scene: Discourse, start: int) -> tuple[Reference, str] | None:
    """Return the last actor of the sentence that leads up to a quotation: "The minister was blunt: ..."."""
    sentence = sentence_start(scene.text, start - 1)
    heads = [one for one in scene.within(sentence, start) if one.is_head]
    if heads:
        return heads[0], "the sentence that leads to the quotation"
    return None


def _reported(scene: Discourse, start: int, end: int, *, own: bool) -> Voice | None:
    """Return who is reported to say a clause, by a verb of saying before, within, or after it, outermost first."""
    text = scene.text
    sentence = sentence_start(text, start)
    said = None
    for verb in sorted(speech_verbs().finditer(text, sentence, start), key=lambda one: -one.start()):
        if not _governs(text, verb.end(), start):
            continue
        subject = _subject_of(scene, verb, sentence)
        if subject is not None:
            said = _speech(subject, text[subject.start : verb.end()], _above(scene, subject, sentence))
            break
    if own:
        return said  # who speaks for itself tells of others' words in its own voice
    if said is None:
        said = _said_inside(scene, start, end, sentence)
    tag = _said_after(scene, end)
    if tag is not None:
        said = tag if said is None else _joined(tag.voices, said)
    return _cited(scene, start, end, sentence, _according(scene, start, end, sentence, said))


def _speech(subject: Reference, words: str, above: tuple[str, ...] = ()) -> Voice:
    chain = tuple(dict.fromkeys((*above, *subject.actors[:1])))
    return Voice(chain, Attribution.REPORTED_SPEECH, words, subject.actors)


def _above(scene: Discourse, subject: Reference, sentence: int) -> tuple[str, ...]:
    """Return who is said to say what a speaker says, outermost first: "the paper reported that a minister said"."""
    text = scene.text
    found: list[str] = []
    at = subject.start
    for verb in sorted(speech_verbs().finditer(text, sentence, at), key=lambda one: -one.start()):
        if verb.end() > at or _EMBEDS.fullmatch(text, verb.end(), at) is None:
            continue
        outer = _subject_of(scene, verb, sentence)
        if outer is None or len(found) >= _DEEPEST:
            break
        found.append(outer.actors[0])
        at = outer.start
    return tuple(reversed(found))


def _according(scene: Discourse, start: int, end: int, sentence: int, said: Voice | None) -> Voice | None:
    """Return a voice with the source named by "according to" before, in or right after its clause as the outermost."""
    text = scene.text
    for sign in _ACCORDING.finditer(text, sentence, min(len(text), end + _TAIL)):
        follows = _AFTER_TAG if said is not None and _AT_ONCE.fullmatch(text, end, sign.start()) is None else _AT_ONCE
        if sign.start() > end and not follows.fullmatch(text, end, sign.start()):
            break
        if sign.start() < start and re.search(r";|,\s(?:and|but|while)\s", text[sign.end() : start]):
            continue
        source = _source(scene, sign.end())
        if source is None:
            continue
        actors, stop = source
        if said is None:
            return Voice(actors[:1], Attribution.REPORTED_SPEECH, text[sign.start() : stop], actors)
        if actors[0] in said.voices:
            return said
        return replace(said, voices=(actors[0], *said.voices))
    return said


def _cited(scene: Discourse, start: int, end: int, sentence: int, said: Voice | None) -> Voice | None:
    """Return a voice with whom it cites as the innermost: "the paper reported, citing two diplomats, that ...".

    Only somebody who can speak is cited as a voice; "citing violations of the truce" gives a reason.
    """
    text = scene.text
    for sign in _CITING.finditer(text, sentence, min(len(text), end + _TAIL)):
        leads = sign.end() <= start and _UP_TO_CLAUSE.fullmatch(text, sign.end(), start) is not None
        if not leads and (sign.start() < end or _AFTER_CLAUSE.fullmatch(text, end, sign.start()) is None):
            continue
        one = next(iter(scene.within(sign.end(), sign.end() + _TAIL)), None)
        if one is None or _COUNTED.fullmatch(text, sign.end(), one.start) is None or not _can_speak(text, one):
            continue
        words = text[sign.start() : one.end]
        above = () if said is None else tuple(voice for voice in said.voices if voice != one.actors[0])
        return Voice((*above, one.actors[0]), Attribution.REPORTED_SPEECH, words, one.actors)
    return said


def _can_speak(text: str, one: Reference) -> bool:
    if text[one.end : one.end + 1] in {"'", "’"} and (one.by is not By.NAME or one.of not in _speaking_nouns()):
        return False  # "its diplomats' safety"
    return one.by in (By.UNNAMED, By.PRIVATE) or one.is_person or one.of in _speaking_nouns()


def _speaking_nouns() -> frozenset[str]:
    nouns = role_nouns()
    return frozenset((*nouns["person"], *nouns["state"]))


def _source(scene: Discourse, at: int) -> tuple[tuple[str, ...], int] | None:
    """Return whom "according to" names, and where the name ends: an actor, else the capitalised name that stands there.

    A document ("according to the treaty") is no voice.
    """
    stop = _PHRASE.match(scene.text, at)
    end = at + _TAIL if stop is None else stop.end()
    named = [one for one in scene.within(at, end) if one.is_head or one.of]
    if named:
        return named[0].actors, named[0].end
    name = _NAME.match(scene.text, at)
    if name is None or _PAPER.search(name[0]):
        return None
    return ("-".join(name["name"].lower().replace(".", "").split()),), name.end()


def _governs(text: str, verb_end: int, start: int) -> bool:
    """Return whether a verb of saying governs the clause that begins at `start`."""
    between = text[verb_end:start]
    if SENTENCE_BREAK.search(between) or "\n\n" in between:
        return False
    if re.search(r"\bthat\b", between):
        return not re.search(r";\s|,\s(?:while|whereas|although|though)\s", between)
    return (
        len(between) <= 60
        and not _NEW_SUBJECT.search(between)
        and not re.search(r",\s(?:and|who|which|after|before|when|hours|days)\b", between)
    )


def _said_inside(scene: Discourse, start: int, end: int, sentence: int) -> Voice | None:
    """Return the voice of a clause that itself tells of saying: "Tiraspol speaks of a blockade"."""
    text = scene.text
    verb = None
    for pattern in (speech_verbs(), acts_of_speech()):
        one = pattern.search(text, start, min(end, start + 90))
        if one is not None and (verb is None or one.start() < verb.start()):
            verb = one
    if verb is None or not _is_verb(text, verb) or _INFINITIVE.match(text, verb.end()):
        return None
    subject = _subject_of(scene, verb, sentence)
    if subject is None or subject.start - start > _NEAR or (subject.start < start and verb.start() - start > 12):
        return None
    if scene.is_own and subject.actors == scene.own:
        return None
    return _speech(subject, text[subject.start : verb.end()], _above(scene, subject, sentence))


def _is_verb(text: str, verb: re.Match[str]) -> bool:
    """Return whether a form that could be a noun or adjective is a verb here."""
    before = re.search(r"([\w’']+)\W*$", text[max(0, verb.start() - 20) : verb.start()])
    word = before[1].lower() if before else ""
    if word in (
        "a",
        "an",
        "the",
        "this",
        "that",
        "its",
        "his",
        "her",
        "their",
        "our",
        "no",
        "to",
        "of",
        "any",
        "such",
        "for",
        "in",
        "by",
        "with",
        "into",
        "on",
        "under",
        "some",
        "be",
        "been",
        "being",
        "was",
        "were",
        "is",
        "are",
        "as",
    ):
        return False
    return not word.endswith(("’s", "'s")) and _MODAL.search(text, max(0, verb.start() - 24), verb.start()) is None


def _said_after(scene: Discourse, end: int) -> Voice | None:
    """Return who is said, after a comma, to have said the clause before it: ", the envoy added"."""
    text = scene.text
    if _TAG_START.match(text, end) is None:
        return None
    found = _speaker_after(scene, end)
    if found is None or _TAG_END.match(text, text.index(found[1], end) + len(found[1])) is None:
        return None
    reference, words = found
    return _speech(reference, words)


def _subject_of(scene: Discourse, verb: re.Match[str], sentence: int) -> Reference | None:
    """Return the actor that a verb has as its subject: the last head before it that is no object of a preposition."""
    if not _is_verb(scene.text, verb):
        return None
    before = [one for one in scene.within(sentence, verb.start()) if one.is_head]
    if _COORDINATED.search(scene.text, max(sentence, verb.start() - _REACH), verb.start()):
        shared = shared_subject(scene, verb.start(), min(len(scene.text), verb.start() + _REACH))
        if shared is not None:
            return shared.subject[0]
    for one in reversed(before):
        if is_oblique(scene.text, one.start) or scene.text[one.start : one.end].lower() in _OBJECTS:
            continue
        if _CITED.search(scene.text, max(0, one.start - 40), one.start):
            continue  # "the agency, citing a diplomat, said"
        between = _APPOSITION.sub(" ", scene.text[one.end : verb.start()])
        if _FIRST_SUBJECT.search(between) or len(between.split()) > _FAR:
            break
        return one
    if _COORDINATED.search(scene.text, sentence, verb.start()):
        return next((one for one in before if not is_oblique(scene.text, one.start)), None)
    return None


_EMBEDS = re.compile(
    r"(?:\s(?!(?:and|but|or|while|when|if|after|before|who|which)\b)[\w’'-]+){0,6}?(?:,?\sthat)?"
    r"(?:\s(?:the|its|his|her|their|a|an))?\s"
)
"""What may stand between a verb of saying and the speaker that it reports: a hearer, a day, "that"."""
_TAIL = 80
_DEEPEST = 4
_AT_ONCE = re.compile(r"[\s,—–”’\"']*")
_AFTER_TAG = re.compile(r"[,?!]?[\"”’']?,?\s[^.;:\n“\"]{3,70},\s")
_CITING = re.compile(r"\b(?:citing|quoting)\s")
_CITED = re.compile(r"\b(?:citing|quoting) (?:[\w-]+ ){0,3}$")
_UP_TO_CLAUSE = re.compile(r"[^,.;:\n“”\"]{1,80},\s(?:[^,.;:\n“”\"]{3,40}\s)?(?:that\s)?")
_AFTER_CLAUSE = re.compile(r",\s(?:[^,.;:\n“\"]{3,60},\s)?")
_COUNTED = re.compile(r"(?:[\w-]+ ){0,3}")
_PHRASE = re.compile(r"[^,.;:\n“”\"]{1,80}")
_NAME = re.compile(r"(?:the |a |an )?(?P<name>[A-ZÀ-Þ][\w’'&.-]*[\w](?: (?:of |the |for )?[A-ZÀ-Þ][\w’'&.-]*\w){0,4})")
_PAPER = re.compile(
    r"\b(?:Article|Treaty|Agreement|Accord|Charter|Convention|Resolution|Protocol|Constitution|Plan|Act|Annex|Pact)\b"
)
_OBJECTS = frozenset(
    ("them", "him", "us", "me", "himself", "herself", "itself", "themselves", "each other", "one another")
)
_APPOSITION = re.compile(r",[^,]{1,140},|\([^)]*\)")
_FIRST_SUBJECT = re.compile(r"\b(?:we|We|I|you|nobody|no one|people|who else)\b|;|: ")
_COORDINATED = re.compile(r"\b(?:and|but|then|or)\s(?:\w+ly\s|also\s|then\s|later\s|further\s)?$")
_INFINITIVE = re.compile(r"\s+(?:\w+ly\s+)?to\s+\w")
_TAG_START = re.compile(r",[\"”’']?\s(?!(?:and|but|while|when|as|who|which)\b)")
_TAG_END = re.compile(r"(?! that\b)[^,.;:\n—]{0,28}(?:[,.;:\n—]|$)")
_FAR = 7
_NEAR = 30
_CHAIN = 12  # so many quotations may go on without anybody being named again
_MODAL = re.compile(r"\b(?:may|might|could|would|should|can|must|shall|will|cannot|to)\s(?:\w+ly\s|not\s|also\s)?$")
